"""Reading sources in a process of its own: what a source does to its reader, it does to itself alone."""

from types import TracebackType
from typing import Self

import msgspec

from dossier.clip.apart import LONGEST, Apart
from dossier.clip.reading import Request, read
from dossier.clip.taken import Found, Said, failed


class Reader:
    """A process that reads one source after the other."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._apart = Apart("dossier.clip.reader:answer", longest)

    def read(self, request: Request) -> Found:
        """What the source says, or that it couldn't be read within the limits."""
        answer = self._apart.call(msgspec.msgpack.encode(request))
        if answer is None:
            return Found(said=(mishap(self._apart),))
        return msgspec.msgpack.decode(answer, type=Found)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._apart.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def mishap(apart: Apart) -> Said:
    """Why a process gave no answer."""
    if apart.late:
        message = f"reading it took longer than {apart.longest:g} s"
        return failed("unreadable-source", message, "save the page again, or only its text, and clip that")
    message = (
        "the process that read it ended: it takes more memory than there may be, or the parser fell over"
    )
    return failed("unreadable-source", message, "save its text, and clip that")


def answer(data: bytes) -> bytes:
    """A request and its answer, as bytes; whatever a parser raises is an answer, too."""
    try:
        found = read(msgspec.msgpack.decode(data, type=Request))
    except (Exception, MemoryError) as problem:
        what = f"it can't be read: {type(problem).__name__}: {' '.join(str(problem).split())[:200]}"
        found = Found(said=(failed("unreadable-source", what, "save its text, and clip that"),))
    return msgspec.msgpack.encode(found)
