"""New files, whole or not at all, and never in the place of another."""

import contextlib
import os
from pathlib import Path


def place_new(place: Path, data: bytes) -> None:
    """Write a file that isn't there yet, in a folder that may not be there yet.

    Raises FileExistsError where there is one by now, and OSError where it can't be written.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name[:80]}.{os.getpid()}.new")
    try:
        with open(beside, "wb") as file:
            file.write(data)
        _take(beside, place)
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()


def _take(beside: Path, place: Path) -> None:
    """Give a file its name, unless that is taken: a link never replaces anything."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:  # Not every file system has links.
        if place.exists():
            raise FileExistsError(f"{place} is there by now") from None
        beside.rename(place)
