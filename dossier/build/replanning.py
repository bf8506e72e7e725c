"""Which pages a change can't reach, so that they needn't be planned again.

Most edits of an article, a note or a claim change only what is shown of it: its title, its summary, its text.
They leave where it stands: its dates, topics, people, citations. Such a change reaches the pages that link to
the document, and no others: *a page that shows anything of a document links to it*, which the planning of
pages keeps to, and the comparison with clean builds holds it to.
"""

from collections.abc import Collection, Mapping
from urllib.parse import quote

import msgspec

from dossier.build.documents import Documents, Kept
from dossier.build.histories import changed_pages, is_record
from dossier.build.options import Options
from dossier.build.planning import Row, kept_plan, mark_of
from dossier.build.quoted import Quoted
from dossier.library.model import document_kind_of
from dossier.model import Article, Claim, Note, Parsed
from dossier.urls import FOLDERS, page_path

# A change of more documents is planned as a whole.
FEW = 20
# What is shown of a document, by the pages that link to it and by its own; all else says where it stands. The
# addresses of an article are shown elsewhere too: by texts that have one of them for a link that lapsed.
SHOWN = {
    Article: (
        *("title", "summary", "authors", "language", "kind", "tags"),
        *("text", "body", "capture", "obtained"),
    ),
    Note: ("title", "summary", "authors", "tags", "status", "body"),
    Claim: ("statement", "tags", "body"),
}
SHOWN_OF_BODY = ("digest", "headings", "words", "opening", "links", "checksum", "quotations")
# It names every page, but shows nothing of a document that isn't part of where it stands.
NAMES_ONLY = frozenset(["sitemap.xml"])


def untouched(
    documents: Documents, options: Options, paths: Collection[str], former_quoted: Quoted, quoted: Quoted
) -> dict[str, Row]:
    """The pages of the plan before this one that no change since then reaches.

    An article whose quotations stand otherwise than before has changed, too: who quotes it links to it.
    """
    former_entries = documents.index.entries
    if former_entries.keys() != documents.entries.keys():
        return {}
    changed = [
        path for path, entry in documents.entries.items() if former_entries[path].outline != entry.outline
    ]
    changed += quoted.moved(former_quoted) - set(changed)
    few = len(changed) <= FEW
    beside = former_quoted.digest() + documents.index.revision.encode()
    former = kept_plan(documents, former_entries, options, beside) if few else None
    if former is None or len(former.rows) != len(paths):
        return {}
    touched: set[bytes] = set()
    moved = documents.revision != documents.index.revision
    for path in changed:
        addresses = _addresses(documents, path)
        if addresses is None:
            return {}
        touched |= {mark_of(address) for address in addresses}
    recorded = changed_pages(documents)
    if recorded is None or any(is_record(row.path) and row.path not in paths for row in former.rows):
        return {}
    return {
        row.path: row
        for row in former.rows
        if row.path in paths
        and row.path not in recorded
        and not (moved and is_record(row.path))
        and (row.template in NAMES_ONLY or not any(mark in row.shows for mark in touched))
    }


def _addresses(documents: Documents, path: str) -> set[bytes] | None:
    """How pages link to a document, if all that changed of it is what is shown; else None."""
    former = _head(documents, documents.index.entries[path].digest)
    current = _head(documents, documents.entries[path].digest)
    if former is None or current is None or type(former.value) is not type(current.value):
        return None
    one, other = former.value, current.value
    if not isinstance(one, Article | Note | Claim) or not isinstance(other, Article | Note | Claim):
        return None
    shown: Mapping[str, object] = {name: getattr(other, name) for name in SHOWN[type(one)]}
    body = msgspec.structs.replace(one.body, **{name: getattr(other.body, name) for name in SHOWN_OF_BODY})
    if body != other.body or msgspec.structs.replace(one, **shown) != other:
        return None
    kind = document_kind_of(one)
    address = page_path(kind, one.id)
    return {address.encode(), f"{FOLDERS[kind]}/{quote(one.id)}.html".encode()}


def _head(documents: Documents, digest: bytes) -> Parsed | None:
    kept = documents.memo.get("heads", digest)
    if kept is None:
        return None
    return msgspec.msgpack.decode(msgspec.msgpack.decode(kept, type=Kept).head, type=Parsed)
