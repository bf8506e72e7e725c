"""A file that is handed over: written whole, or not at all."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from dossier.diagnostics import DossierError, Mark, error

Write = Callable[[BinaryIO], object]


def write_whole(place: Path, write: Write, what: str, ready: Callable[[Path], object] | None = None) -> int:
    """Write a file beside its place, put it there, in place of one that may be there, and return its size.

    `ready` is called with the file beside once that is on the disk. Raises DossierError where it can't be
    written; `what` it is, in a word.
    """
    written = place.with_name(f".{place.name}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(written, "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            if ready is not None:
                ready(written)
            os.replace(written, place)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
        return place.stat().st_size
    except OSError as problem:
        cause = (problem.strerror or str(problem)).lower()
        stop = error(str(place), Mark(), "disk", f"could not write the {what}: {cause}", "make room for it")
        raise DossierError(stop) from problem
