"""The output folder as the server sees it: regular files, reached without following any link."""

import contextlib
import hashlib
import os
import stat as modes
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from dossier import urls

TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".geojson": "application/geo+json",
    ".webmanifest": "application/manifest+json",
}
TEXTS = ("application/json", "application/xml", "application/geo+json", "application/manifest+json")
CASE_BLIND = sys.platform in ("darwin", "win32")
PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | NO_LINK


@dataclass(frozen=True)
class Opened:
    """An open file of the output: to be closed by whoever has it."""

    descriptor: int
    size: int
    tag: str


class Output:
    """The files of an output folder. `gate` is held while a build puts its changes in place.

    So whoever opens files through here sees the state before a build or after it, never one between.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.gate = Lock()

    def is_file(self, parts: Sequence[str]) -> bool:
        stat = self._stat(parts)
        return stat is not None and modes.S_ISREG(stat.st_mode)

    def is_folder(self, parts: Sequence[str]) -> bool:
        stat = self._stat(parts)
        return stat is not None and modes.S_ISDIR(stat.st_mode)

    def _stat(self, parts: Sequence[str]) -> os.stat_result | None:
        """The stat of what is under a path, if no part of it is a link and each is spelled like this."""
        place = str(self.folder)
        stat = None
        try:
            for part in parts:
                if CASE_BLIND and part not in os.listdir(place):
                    return None
                place = os.path.join(place, part)
                stat = os.lstat(place)
                if modes.S_ISLNK(stat.st_mode):
                    return None
        except (OSError, ValueError):
            return None
        return stat

    def open(self, path: str) -> Opened | None:
        """Open a regular file, part by part, following no link even if one appears meanwhile."""
        try:
            descriptor = self._open(path.split("/"))
        except (OSError, ValueError):
            return None
        stat = os.fstat(descriptor)
        if not modes.S_ISREG(stat.st_mode):
            os.close(descriptor)
            return None
        return Opened(descriptor, stat.st_size, _tag(stat))

    def tag(self, path: str) -> str:
        """What changes with a file; '' where there is none."""
        stat = self._stat(path.split("/"))
        return _tag(stat) if stat else ""

    def _open(self, parts: list[str]) -> int:
        if os.open not in os.supports_dir_fd:
            if not self.is_file(parts):
                raise FileNotFoundError
            return os.open(os.path.join(self.folder, *parts), os.O_RDONLY | PLAIN)
        folder = os.open(self.folder, FOLDER)
        try:
            for part in parts[:-1]:
                inner = os.open(part, FOLDER, dir_fd=folder)
                os.close(folder)
                folder = inner
            return os.open(parts[-1], os.O_RDONLY | PLAIN | NO_LINK, dir_fd=folder)
        finally:
            os.close(folder)

    def read(self, path: str) -> tuple[bytes, str] | None:
        """A file's bytes and its tag."""
        with self.gate:
            opened = self.open(path)
        if opened is None:
            return None
        return b"".join(pieces(opened, 0, opened.size)), opened.tag

    def like(self, path: str) -> str:
        """A file whose path differs from this one in case alone, or ''."""
        place, found = str(self.folder), []
        for part in path.split("/"):
            with contextlib.suppress(OSError):
                names = [name for name in os.listdir(place) if name.casefold() == part.casefold()]
                if names:
                    found.append(names[0])
                    place = os.path.join(place, names[0])
                    continue
            return ""
        return "/".join(found) if "/".join(found) != path else ""


def _tag(stat: os.stat_result) -> str:
    seen = f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
    return f'"{hashlib.blake2b(seen.encode(), digest_size=12).hexdigest()}"'


def pieces(opened: Opened, start: int, stop: int) -> Iterator[bytes]:
    """The bytes of a file from `start` to `stop`, piece by piece; closes it."""
    try:
        os.lseek(opened.descriptor, start, os.SEEK_SET)
        while start < stop and (piece := os.read(opened.descriptor, min(1 << 18, stop - start))):
            start += len(piece)
            yield piece
    finally:
        os.close(opened.descriptor)


def content_type(path: str) -> str:
    """The content type of an output file, with its charset where it has one."""
    kind = TYPES.get(urls.suffix_of(path), "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in TEXTS else kind
