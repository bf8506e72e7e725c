"""The history that a site shows: read from git once for each commit, kept for all builds until the next.

Only what is committed counts. What a build shows of it depends on the commit that is checked out and on how
much of the history was fetched: the revision, which is part of what builds are known by.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dossier.build.options import Options
from dossier.diagnostics import Diagnostic, Mark, info
from dossier.model import Parsed, Record, Site
from dossier.revision import repository, revision
from dossier.urls import document_id, document_kind, page_path

if TYPE_CHECKING:
    from dossier.build.documents import Documents
    from dossier.history import Stories

TABLE = "history"
# The log of the commit that was read last.
LOG = b"log"
# Of a site where git isn't there to be asked.
NO_GIT = "no git"


class Told(Record, frozen=True):
    """What came of reading a history: the stories, encoded, or why they couldn't be read."""

    stories: bytes
    problem: str = ""


def revision_of(documents: "Documents", site: Path) -> str:
    """The revision of the history that a site shows; '' where it shows none, or has none."""
    seen = documents.listing.seen
    found = seen.revision if seen is not None else revision(str(site))
    if not found or _changes(documents) != "git":
        return ""
    from dossier.history import executable  # Few sites get here.

    return found if executable() else NO_GIT


def _changes(documents: "Documents") -> str:
    """Where the site's settings say that changes are known from."""
    entry = documents.entries.get("site.yaml")
    if entry is None:
        return ""
    head = documents.known_heads.get(entry.digest)
    if head is None:
        from dossier.build.documents import Kept

        kept = documents.memo.get("heads", entry.digest)
        if kept is None:
            return "git"
        head = msgspec.msgpack.decode(msgspec.msgpack.decode(kept, type=Kept).head, type=Parsed)
    return head.value.changes if isinstance(head.value, Site) else "git"


def stories_of_site(documents: "Documents", options: Options) -> "tuple[Stories | None, list[Diagnostic]]":
    """The stories of a site's documents; None where there is no history. What is wrong with it is said."""
    if not documents.revision:
        return None, []
    from dossier.history import Stories

    if documents.revision == NO_GIT:
        return None, [_lost("git isn't installed", "install git, or write changes: dates")]
    told = _known(documents, documents.revision)
    if told is None:
        told = _read(documents, str(options.site))
        documents.memo.put(TABLE, [(_key(documents.revision), msgspec.msgpack.encode(told))])
    if told.problem:
        hint = "fetch it all (git fetch --unshallow, or git clone without --filter), or write changes: dates"
        return None, [_lost(told.problem, hint)]
    stories = msgspec.msgpack.decode(told.stories, type=Stories)
    return stories, [_ends()] if stories.ends else []


def _known(documents: "Documents", wanted: str) -> Told | None:
    kept = documents.memo.get(TABLE, _key(wanted))
    return msgspec.msgpack.decode(kept, type=Told) if kept is not None else None


def _key(wanted: str) -> bytes:
    return b"stories " + hashlib.blake2b(wanted.encode(), digest_size=16).digest()


def _read(documents: "Documents", site: str) -> Told:
    """Read the commits that aren't known yet, and compare what they changed."""
    from dossier import history

    memo = documents.memo
    place = repository(site)
    if place is None:
        return Told(b"", "the repository is gone")
    kept = memo.get(TABLE, LOG)
    former = msgspec.msgpack.decode(kept, type=history.Log) if kept is not None else None
    try:
        log = history.history_log(place, site, documents.revision, former)
        with history.Blobs(place, site) as blobs:
            stories, compared = history.stories_of(log, blobs.read, lambda key: memo.get(TABLE, key))
    except history.Unreadable as problem:
        return Told(b"", str(problem))
    memo.put(TABLE, [(LOG, msgspec.msgpack.encode(log)), *compared.items()])
    used = {_key(documents.revision), _key(documents.index.revision), LOG}
    memo.prune(TABLE, compared.keys() | used)
    return Told(msgspec.msgpack.encode(stories))


def _lost(why: str, hint: str) -> Diagnostic:
    message = f"the site's history can't be read: {why}; what changed is told by the documents' dates"
    return info("site.yaml", Mark(), "history-unreadable", message, hint)


def _ends() -> Diagnostic:
    message = "only part of the site's history is here, so that older changes are missing from what changed"
    hint = "git fetch --unshallow; on GitHub, actions/checkout with fetch-depth: 0; or write changes: dates"
    return info("site.yaml", Mark(), "history-shallow", message, hint)


# ---------------------------------------------------------------- what a commit changes in pages


def is_record(path: str) -> bool:
    """Whether a page or feed shows what changed."""
    folder, _, name = path.rpartition("/")
    return folder == "changes" or (name.startswith("changes") and folder.startswith("topics/"))


def changed_pages(documents: "Documents") -> set[str] | None:
    """The pages of articles that show another day of their last change than before; None where unknown."""
    before, after = documents.index.revision, documents.revision
    if before == after:
        return set()
    from dossier.history import Stories, changed_days

    days = []
    for wanted in (before, after):
        told = _known(documents, wanted) if wanted and wanted != NO_GIT else None
        if told is None or told.problem:
            return None
        days.append(changed_days(msgspec.msgpack.decode(told.stories, type=Stories)))
    one, other = days
    paths = {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}
    return {page_path("article", document_id(path)) for path in paths if document_kind(path) == "article"}
