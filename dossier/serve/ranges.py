"""Which part of a file a request asks for."""

import re

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """The part of a file that a `Range` asks for, as start and stop; None where it asks for all of it.

    Raises ValueError where the file has no such part. Several ranges at once are answered with everything,
    as servers may.

    >>> asked_range("bytes=0-99", 1000), asked_range("bytes=-100", 1000), asked_range("", 1000)
    ((0, 100), (900, 1000), None)
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, stop = max(0, size - int(found[2])), size
    else:
        start, stop = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
        if found[2] and int(found[2]) < start:
            return None
    if start >= size:
        raise ValueError(header)
    return start, stop


def is_known(header: str, tag: str) -> bool:
    """Whether an `If-None-Match` names the tag."""
    return header.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in header.split(","))
