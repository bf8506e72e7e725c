"""New files, whole or not at all, and never in the place of another."""

import contextlib
import os
from pathlib import Path


def place_new(place: Path, data: bytes) -> None:
    """Write a file that isn't there yet, in a folder that may not be there yet.

    On Linux a call that is killed leaves nothing behind; elsewhere perhaps a hidden file. Raises
    FileExistsError where there is a file by now, and OSError where it can't be written.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    if _place_unnamed(place, data):
        return
    beside = place.with_name(f".{place.name[:80]}.{os.getpid()}.new")
    try:
        with open(beside, "wb") as file:
            file.write(data)
        _name(beside, place)
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()


def _place_unnamed(place: Path, data: bytes) -> bool:
    """Write a file that has no name before it is whole; False where the system has no such files."""
    if not hasattr(os, "O_TMPFILE"):
        return False
    try:
        unnamed = os.open(place.parent, os.O_TMPFILE | os.O_WRONLY, 0o666)
    except OSError:  # Some file systems have none; of what else is wrong the other way tells.
        return False
    with open(unnamed, "wb") as file:
        file.write(data)
        file.flush()
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            # Only with a folder given does Python follow the link by which Linux names an open file.
            os.link(f"/proc/self/fd/{unnamed}", place.name, src_dir_fd=folder, dst_dir_fd=folder)
        except FileExistsError:
            raise
        except OSError:  # Without /proc, or on some file systems, it can't be named.
            return False
        finally:
            os.close(folder)
    return True


def _name(beside: Path, place: Path) -> None:
    """Give a file its name, unless that is taken: a link never replaces anything."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:  # Not every file system has links.
        if place.exists():
            raise FileExistsError(f"{place} is there by now") from None
        beside.rename(place)
