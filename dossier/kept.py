"""The folder `.dossier/`: its lock, and single values kept in files, checked when read and written whole.

A file that is missing, damaged, foreign or of another format reads as None; nobody is ever told to clean up.
"""

import contextlib
import os
import zlib
from pathlib import Path
from typing import TypeVar

import msgspec

from dossier import locking
from dossier.diagnostics import DossierError, Mark, error
from dossier.folders import STATE

FORMAT = b"dossier 1\n"
Value = TypeVar("Value")


def load(path: Path, kind: type[Value]) -> Value | None:
    """The value kept in a file, or None where there is none that can be trusted."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    start = len(FORMAT) + 4
    if len(data) < start or not data.startswith(FORMAT):
        return None
    payload = memoryview(data)[start:]
    if zlib.crc32(payload) != int.from_bytes(data[len(FORMAT) : start], "big"):
        return None
    try:
        return msgspec.msgpack.decode(payload, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def store(path: Path, value: object) -> None:
    """Keep a value in a file, in place of the one before it."""
    written = path.with_name(path.name + ".new")
    _write(written, value, durable=False)
    os.replace(written, path)


def announce(path: Path, value: object) -> None:
    """Keep a value in a new file, so that it outlasts a power cut. One cut short reads as None."""
    _write(path, value, durable=True)


def _write(path: Path, value: object, *, durable: bool) -> None:
    payload = msgspec.msgpack.encode(value)
    try:
        with open(path, "wb") as file:
            file.write(FORMAT + zlib.crc32(payload).to_bytes(4, "big"))
            file.write(payload)
            if durable:
                file.flush()
                os.fsync(file.fileno())
    except OSError as problem:
        problem.filename = problem.filename or str(path)
        raise


class State:
    """A site's `.dossier/`, locked: one command at a time writes it and the site's output.

    The lock belongs to the process and ends with it, however that ends; the file left behind locks nothing.
    """

    def __init__(self, folder: Path, descriptor: int) -> None:
        self.folder = folder
        self._descriptor = descriptor

    def now(self) -> int:
        """The file system's own time, in nanoseconds: what a file changed in this moment would be stamped."""
        return locking.now(self._descriptor, str(self.folder / "lock"))

    def release(self) -> None:
        """Let the next command in."""
        with contextlib.suppress(OSError):  # Nothing was written to it that could be lost.
            os.close(self._descriptor)


def hide(folder: Path) -> None:
    """Hide a site's `.dossier/` from git. Raises OSError."""
    if not (folder / ".gitignore").exists():
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def open_state(site: Path) -> State | None:
    """The site's `.dossier/`, made if need be and hidden from git; None where nothing can be written.

    Raises DossierError where another command is at work on the site.
    """
    folder = site / STATE
    try:
        os.makedirs(folder / "outputs", exist_ok=True)
        hide(folder)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        return None
    try:
        locking.hold(descriptor)
    except OSError as problem:
        if problem.errno not in locking.HELD:
            message = f"could not lock the site: {(problem.strerror or str(problem)).lower()}"
            raise DossierError(error(f"{STATE}/lock", Mark(), "disk", message)) from None
        message = "another dossier is at work on this site"
        busy = error(f"{STATE}/lock", Mark(), "busy", message, "wait for it to end, or end it")
        raise DossierError(busy) from None
    return State(folder, descriptor)
