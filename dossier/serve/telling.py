"""What open pages are told of a build, as plain data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from dossier import urls
from dossier.build import Result
from dossier.serve.files import Output
from dossier.serve.findings import for_pages
from dossier.serve.pages import changed_block, title
from dossier.serve.state import State

# Of a change of many documents none is the one being written.
FEW = 5
# Of so many changed files it isn't told which: each page asks for itself.
MANY = 200
STYLES, SCRIPTS = (".css",), (".js",)


@dataclass(frozen=True)
class Writing:
    """A document that is being written: its file, its page, and the page's bytes before the build."""

    path: str
    page: str
    before: bytes


def being_written(paths: Iterable[str], output: Output) -> list[Writing]:
    """The documents among the files that changed; none where these are many."""
    found = []
    for path in sorted(paths):
        kind = urls.document_kind(path)
        if kind in ("article", "note", "topic", "claim"):
            page = urls.page_path(kind, urls.document_id(path))
            read = output.read(page)
            found.append(Writing(path, page, read[0] if read else b""))
    return found if len(found) <= FEW else []


def told_of(result: Result, state: State) -> dict[str, Any]:
    """What a page that comes, or comes back, is told first."""
    return {
        "build": state.build,
        "failed": result.failed,
        "findings": for_pages(result.diagnostics, state.settings, state.pages),
    }


def built(result: Result, state: State, writing: Sequence[Writing], output: Output) -> dict[str, Any]:
    """What pages are told of a build: what is wrong, and which files of the output changed."""
    changed, removed = list(result.changed), list(result.removed_paths)
    many = len(changed) + len(removed) > MANY
    return {
        **told_of(result, state),
        "type": "built",
        "everything": many,
        "changed": [] if many else changed,
        "removed": [] if many else removed,
        "styles": any(path.endswith(STYLES) for path in changed),
        "scripts": [path for path in changed if path.endswith(SCRIPTS)],
        "images": [path for path in changed if path.endswith(urls.PICTURES)],
        "edited": [_edited(each, state, output) for each in writing],
    }


def _edited(writing: Writing, state: State, output: Output) -> dict[str, Any]:
    read = output.read(writing.page)
    block = changed_block(writing.before, read[0]) if read and writing.before else -1
    return {
        "page": writing.page,
        "path": writing.path,
        "title": title(read[0]) if read else writing.page,
        "address": quote(state.base + writing.page),
        "block": block,
    }
