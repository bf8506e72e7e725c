"""One version of a document: what its bytes at a commit say, and what differs between two."""

import re
from html import unescape
from itertools import chain, zip_longest

from dossier import documents
from dossier.history.words import Openness, Revision, difference
from dossier.library.model import date_of, document_kind_of
from dossier.model import Article, Claim, Document, Note, Parsed, Record, Slot, Topic
from dossier.urls import DocumentKind

# What a page's text is made of: the ends of what stands on lines of its own.
_BLOCK = re.compile(
    r"</?(?:p|h[2-6]|li|ul|ol|dl|dt|dd|blockquote|pre|table|thead|tbody|tr|figure|figcaption|div|section|hr)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_NEVER_COMPARED = frozenset(["path", "body", "time", "draft"])


class Version(Record, frozen=True):
    """A document as it was: enough to say whether it was public, and by what name. `date` is EDTF."""

    kind: DocumentKind
    id: str
    title: str
    date: str
    draft: bool
    topics: tuple[str, ...]


def version(document: Document) -> Version:
    """What is kept of a document."""
    topics = (document.id,) if isinstance(document, Topic) else document.topics
    return Version(
        document_kind_of(document),
        document.id,
        document.title,
        date_of(document),
        document.draft,
        topics,
    )


def document_of(parsed: Parsed) -> Document | None:
    """The document that a file held; None where it couldn't be read."""
    value = parsed.value
    return value if isinstance(value, Article | Note | Topic | Claim) else None


def parse(path: str, data: bytes) -> Parsed:
    """What a file said, whatever its bytes are."""
    return documents.parse(path, data)


def revised(before: Parsed, after: Parsed) -> Revision:
    """What differs between two versions of a document."""
    one, other = document_of(before), document_of(after)
    if one is None or other is None or type(one) is not type(other):
        return Revision()
    openness = max(_openness(one), _openness(other), key=("always", "default", "never").index)
    between = difference(paragraphs(before, one), paragraphs(after, other))
    fields = tuple(
        name
        for name in one.__struct_fields__
        if name not in _NEVER_COMPARED and getattr(one, name) != getattr(other, name)
    )
    shown = openness != "never"
    return Revision(
        fields,
        between.added,
        between.removed,
        between.parts if shown else (),
        between.more if shown else between.added + between.removed,
        openness,
    )


def _openness(document: Document) -> Openness:
    """Whether a document's text may be published: somebody else's by its rights, one's own always."""
    if not isinstance(document, Article) or document.text == "summary" or document.rights == "full":
        return "always"
    return "never" if document.rights else "default"


def paragraphs(parsed: Parsed, document: Document) -> list[str]:
    """The text of a document as its page shows it, without what a page leaves out."""
    slots = map(_shown, document.body.slots)
    html = "".join(chain.from_iterable(zip_longest(parsed.segments, slots, fillvalue="")))
    return [text for block in _BLOCK.split(html) if (text := " ".join(unescape(_TAG.sub("", block)).split()))]


def _shown(slot: Slot) -> str:
    """What stands in a slot: a link's own words, the ids of a citation."""
    if slot.kind == "citation":
        return "[" + "; ".join(item.id for item in slot.items) + "]" if slot.items else ""
    return "" if slot.kind == "quotation" else slot.html or slot.target


def public_since(version: Version | None, day: str) -> str:
    """From when a version that was committed on that day was public; '' where it never was.

    A date of a month or year has come with its first day, as everywhere.
    """
    if version is None or version.draft:
        return ""
    date = version.date
    if date <= day[: len(date)]:
        return day
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]
