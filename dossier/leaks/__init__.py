"""What must not become public, and may stand in a site's files all the same: credentials, and where one was.

Pure functions of a file's bytes. They look for what is known by its form; a secret without one isn't found.
"""

from collections.abc import Iterator

from dossier import urls
from dossier.diagnostics import Diagnostic, Mark, warning
from dossier.leaks.credentials import credentials
from dossier.leaks.location import location

PICTURES = frozenset([".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg", ".mp4", ".webm", ".pdf"])
POINTER = b"version https://git-lfs.github.com/spec/v1\n"


def leaks(path: str, data: bytes) -> Iterator[Diagnostic]:
    """The findings in a file's bytes."""
    yield from credentials(path, data)
    if data.startswith(POINTER):
        message = "this is a pointer of Git LFS, not the file that it stands for"
        yield warning(path, Mark(), "lfs-pointer", message, "fetch the file itself: git lfs pull")
    if urls.suffix_of(path) in PICTURES:
        where = location(data)
        if where:
            message = f"it says where it was taken ({where})"
            hint = f"take that out: exiftool -gps:all= -xmp:geotag= {path}, or save it anew without metadata"
            yield warning(path, Mark(), "picture-location", message, hint)
