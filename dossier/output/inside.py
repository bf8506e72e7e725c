"""Changing the files of an output folder without being led out of it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

# How a folder is opened that is no link; 0 where files can't be named from open folders.
_HAS_THEM = {os.open, os.mkdir, os.rename, os.unlink, os.rmdir} <= os.supports_dir_fd
OPEN_FOLDERS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW if _HAS_THEM else 0


class Inside:
    """An output folder whose files are reached from one folder to the next, never through a link.

    Links that somebody puts there after the folder was looked at lead nowhere. Where a system has no open
    folders (Windows), paths are used.
    """

    def __init__(self, output: Path) -> None:
        self.output = str(output)
        self._folder, self._descriptor = "", -1

    def __enter__(self) -> "Inside":
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def put(self, place: Path, path: str) -> None:
        """Move a file to a path, in place of what is there. Raises OSError."""
        with self._at(path, make=True) as (name, folder):
            os.replace(place, name, dst_dir_fd=folder)

    def take(self, path: str, place: Path) -> None:
        """Move a file from a path to a place. Raises OSError."""
        with self._at(path) as (name, folder):
            os.replace(name, place, src_dir_fd=folder)

    def remove(self, path: str) -> None:
        """Delete a file. Raises OSError."""
        with self._at(path) as (name, folder):
            os.unlink(name, dir_fd=folder)

    def remove_folder(self, path: str) -> None:
        """Delete an empty folder. Raises OSError."""
        with self._at(path) as (name, folder):
            os.rmdir(name, dir_fd=folder)

    @contextlib.contextmanager
    def _at(self, path: str, *, make: bool = False) -> Iterator[tuple[str, int | None]]:
        """A file's name in its open folder, or its whole path, which errors name in any case."""
        folder, _, name = path.rpartition("/")
        if not OPEN_FOLDERS:
            if make:
                os.makedirs(os.path.join(self.output, folder), exist_ok=True)
            yield os.path.join(self.output, path), None
            return
        try:
            yield name, self._open(folder, make=make)
        except OSError as problem:
            problem.filename, problem.filename2 = os.path.join(self.output, path), None
            raise

    def _open(self, folder: str, *, make: bool = False) -> int:
        """The descriptor of a folder, which is the last one's if that is the same."""
        if self._descriptor >= 0 and folder == self._folder:
            return self._descriptor
        self._close()
        descriptor = os.open(self.output, OPEN_FOLDERS)
        try:
            for part in filter(None, folder.split("/")):
                if make:
                    with contextlib.suppress(FileExistsError):
                        os.mkdir(part, dir_fd=descriptor)
                inner = os.open(part, OPEN_FOLDERS, dir_fd=descriptor)
                os.close(descriptor)
                descriptor = inner
        except BaseException:
            os.close(descriptor)
            raise
        self._folder, self._descriptor = folder, descriptor
        return descriptor

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)
