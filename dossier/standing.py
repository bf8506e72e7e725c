"""Whether everything stands as the last build left it, by what that noted and what a look has seen."""

import os
import sys

from dossier.digests import SIZE, blake2b
from dossier.folders import STATE, standing_place
from dossier.looking import Look
from dossier.walking import walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = b"dossier standing 1\n"


class Standing:
    """How everything stood when there was nothing more to do.

    `folders` are those in which the packages lie that dossier stands on: what is installed there changes
    their times. `report` is what the build had to say, empty where that is only the number of pages.
    """

    __slots__ = ("folders", "pages", "report")

    def __init__(self, pages: int, folders: "Iterable[str]", report: bytes) -> None:
        self.pages, self.folders, self.report = pages, sorted(folders), report

    def packed(self) -> bytes:
        """The standing as bytes."""
        folders = "\0".join(self.folders).encode("utf-8", "surrogateescape")
        return b"%d\n%d\n" % (self.pages, len(folders)) + folders + self.report

    def mark(self, day: str, drafts: bool, site: bytes) -> bytes:
        """The digest of all that a build looks at but its output, and of what this says."""
        mark = blake2b(sys.version.encode() + day.encode() + b"\0\1"[drafts : drafts + 1])
        for part in (site, code_digest(), self.packed()):
            mark.update(b"%d:" % len(part) + part)
        for folder in self.folders:
            try:
                mark.update(b"%d " % os.stat(folder).st_mtime_ns)
            except OSError:
                mark.update(b"- ")
        return mark.digest()


def code_digest() -> bytes:
    """The digest of the stats of dossier's own code."""
    return walk(os.path.dirname(__file__), "", lambda name: name == "__pycache__").digest()


def store(place: str, standing: Standing, mark: bytes, output: bytes) -> None:
    """Keep a standing, its mark and the output's digest in place of those before."""
    with open(place + ".new", "wb") as file:
        file.write(FORMAT + mark + output + standing.packed())
    os.replace(place + ".new", place)


def stands(seen: Look) -> Standing | None:
    """What the last build noted, if everything stands as it left it."""
    try:
        place = standing_place(os.path.join(seen.asked.site, STATE), seen.asked.output)
        with open(place, "rb") as file:
            data = file.read()
    except OSError:
        return None
    output = len(FORMAT) + blake2b().digest_size
    start = output + SIZE
    if len(data) < start or not data.startswith(FORMAT):
        return None
    try:
        pages, length, rest = data[start:].split(b"\n", 2)
        folders, report = rest[: int(length)].decode("utf-8", "surrogateescape"), rest[int(length) :]
        standing = Standing(int(pages), folders.split("\0"), report)
    except ValueError:
        return None
    mark = standing.mark(seen.day, seen.asked.drafts, seen.site.digest())
    if mark != data[len(FORMAT) : output]:
        return None  # Without waiting for the other walk.
    return standing if seen.output_digest() == data[output:start] else None
