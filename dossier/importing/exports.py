"""Exports that are one file, read in a process of its own: strangers filled their fields."""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from dossier.clip.apart import Apart
from dossier.clip.reader import mishap
from dossier.diagnostics import Diagnostic, DossierError, Mark, error
from dossier.importing.items import Batch, Item
from dossier.importing.writing import cleaned
from dossier.model import Record

LARGEST = 64 << 20


class Request(Record, frozen=True):
    """A file to read, as what, how it is called, and where it was found, for its links."""

    form: str
    place: str
    data: bytes
    address: str = ""


class Answer(Record, frozen=True):
    """What a file holds."""

    items: tuple[Item, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    read: int = 0


def read_apart(request: Request) -> Batch:
    """What a file holds, or why it can't be told."""
    if len(request.data) > LARGEST:
        message = f"the file has more than {LARGEST >> 20} MB, the limit"
        wrong = error(request.place, Mark(), "import-format", message, "export it in several files")
        return Batch(findings=[wrong])
    with Apart("dossier.importing.exports:answer") as apart:
        data = apart.call(msgspec.msgpack.encode(request))
        if data is None:
            said = mishap(apart)
            hint = "look whether the file is what it should be, and export it again"
            return Batch(findings=[error(request.place, Mark(), said.code, said.message, hint)])
    answered = msgspec.msgpack.decode(data, type=Answer)
    return Batch(list(answered.items), list(answered.findings), read=answered.read)


def answer(data: bytes) -> bytes:
    """A request and its answer, as bytes; whatever a parser raises is an answer, too."""
    request = msgspec.msgpack.decode(data, type=Request)
    try:
        answered = _read(request)
    except DossierError as problem:
        answered = Answer(findings=_tellable(problem.diagnostics))
    except ModuleNotFoundError as problem:
        message = f"what is in it needs a package that isn't installed: {problem.name}"
        hint = "install it: python -m pip install 'dossier-site[clip]'"
        answered = Answer(findings=(error(request.place, Mark(), "clip-missing", message, hint),))
    except (Exception, MemoryError) as problem:
        what = f"{type(problem).__name__}: {' '.join(str(problem).split())[:200]}"
        message = f"the file can't be read: {what}"
        hint = "look whether it is what the program exported, and export it again"
        answered = Answer(findings=_tellable([error(request.place, Mark(), "import-format", message, hint)]))
    return msgspec.msgpack.encode(answered)


def _read(request: Request) -> Answer:
    # Each knows libraries that the others do without.
    match request.form:
        case "feed":
            from dossier.importing.feed import read_feed as read
        case "bookmarks":
            from dossier.importing.bookmarks import read_bookmarks as read
        case _:
            from dossier.importing.zotero import read_library as read
    batch = read(request.place, request.data, request.address)
    items = tuple(replace(cleaned(item), findings=_tellable(item.findings)) for item in batch.items)
    return Answer(items, _tellable(batch.findings), batch.read or len(batch.items))


def _tellable(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings without halves of characters, which JSON can have and no encoding can."""
    return tuple(
        replace(finding, message=finding.message.encode("utf-8", "replace").decode()) for finding in findings
    )
