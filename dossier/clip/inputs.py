"""What is asked for -> pieces of work: addresses to fetch, and bytes of files, packages and stdin."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from dossier.clip.captures import DamagedError
from dossier.clip.fetching import too_large
from dossier.clip.forms import form_of
from dossier.clip.packages import pages_of_wacz, pages_of_warc
from dossier.clip.taken import Said, Taken, failed

STDIN = "-"
MOST_LISTED = 100_000
_CONTENT_TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "email": "message/rfc822",
    "text": "text/plain",
}


class Piece(NamedTuple):
    """One source: an address that is to be fetched, bytes that are there, or why there are none."""

    name: str
    address: str = ""
    taken: Taken | None = None
    problem: Said | None = None


def listed_in(text: str) -> list[str]:
    """The inputs that a list file names: a line each, without empty ones and comments.

    >>> listed_in("# sources\\nhttps://example.org/a  # why\\n\\nnotes.txt\\n")
    ['https://example.org/a', 'notes.txt']
    """
    lines = (line.partition(" #")[0].strip() for line in text.lstrip("\ufeff").splitlines())
    return [line for line in lines if line and not line.startswith("#")][:MOST_LISTED]


def pieces(inputs: list[str], stdin: BinaryIO, largest: int, now: str) -> Iterator[Piece]:
    """The sources, one at a time; of a package its pages."""
    for name in inputs:
        if "://" in name:
            yield Piece(name, address=name)
        elif name == STDIN:
            data = stdin.read(largest + 1)
            yield _of_bytes("stdin", data, largest, now)
        else:
            yield from _of_file(name, largest, now)


def _of_file(name: str, largest: int, now: str) -> Iterator[Piece]:
    path = Path(name)
    try:
        if path.is_dir():
            message = "it is a folder"
            yield Piece(name, problem=failed("no-source", message, f"name the files in it: {name}/*"))
            return
        with open(path, "rb") as file:
            start = file.read(2048)
            file.seek(0)
            form = form_of(start, "", path.name)
            if form in ("warc", "wacz"):
                yield from _of_package(name, file, form == "wacz", largest)
                return
            yield _of_bytes(path.name, file.read(largest + 1), largest, now, name)
    except FileNotFoundError:
        hint = (
            f"write https://{name}" if "." in name.partition("/")[0] and "/" in name else "look at its name"
        )
        yield Piece(name, problem=failed("no-source", "there is no such file", hint))
    except OSError as problem:
        why = (problem.strerror or str(problem)).lower()
        yield Piece(
            name, problem=failed("no-source", f"the file can't be read: {why}", "check who may read it")
        )


def _of_package(name: str, file: BinaryIO, zipped: bool, largest: int) -> Iterator[Piece]:
    count = 0
    try:
        for taken in (pages_of_wacz if zipped else pages_of_warc)(file, largest):
            count += 1
            shown = f"{name}: {taken.asked}"
            if len(taken.data) > largest:
                yield Piece(shown, problem=too_large(largest))
            else:
                yield Piece(shown, taken=taken)
    except DamagedError as problem:
        yield Piece(
            name, problem=failed("damaged", f"the package can't be read: {problem}", "fetch it again")
        )
        return
    if not count:
        message = "no page, text or PDF is in the package"
        yield Piece(name, problem=failed("no-text", message, "look at it with a replay tool"))


def _of_bytes(name: str, data: bytes, largest: int, now: str, path: str = "") -> Piece:
    shown = path or name
    if len(data) > largest:
        return Piece(shown, problem=too_large(largest))
    if not data.strip():
        return Piece(shown, problem=failed("no-text", "the file is empty", "look at what was saved"))
    kind = _CONTENT_TYPES.get(form_of(data, "", name), "")
    taken = Taken(shown, data, now, content_type=kind, name="" if name == "stdin" else name)
    return Piece(shown, taken=taken)
