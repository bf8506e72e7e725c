"""Citations and references in the citation style that a site has chosen, where it isn't dossier's own."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from msgspec.structs import replace

from dossier.citations import Cited, Formatted, formatted
from dossier.library import Library
from dossier.model import CITATION_STYLES, Article, Body, CitationItem, Slot
from dossier.plan.bibliographies import cited_work
from dossier.views import Piece, ReferenceEntry

Given = Iterator[tuple[Piece, ...]]
BRACKETS = {"(": ")", "[": "]"}


def style_of(library: Library, body: Body) -> Formatted | None:
    """What the site's style makes of a body's citations; None where the style is dossier's own."""
    style = library.site.citation_style
    if style == CITATION_STYLES[0] or not body.citations:
        return None
    found = (library.documents.get(identifier) for identifier in body.citations)
    works = tuple(cited_work(library, article) for article in found if isinstance(article, Article))
    known = {work.id for work in works}
    items = ((item, slot.narrative) for slot in body.slots for item in slot.items if item.id in known)
    cited = tuple(Cited(item.id, item.locator, narrative) for item, narrative in items)
    return formatted(works, cited, style, library.site.language) if works else None


def given_by(style: Formatted | None) -> Given:
    """The citations of a style, one by one in the order of the body; none of a style of notes."""
    return iter(style.citations if style else ())


def styled_citation(library: Library, slot: Slot, occurrences: dict[int, int], given: Given) -> str:
    """A citation as its style gives it, '' where it gives none. Several stand in one pair of brackets."""
    articles = [isinstance(library.documents.get(item.id), Article) for item in slot.items]
    texts = [_html(next(given, ())) if known else "" for known in articles]
    if not any(texts):
        return ""
    first = next(text for text in texts if text)
    opening = "" if slot.narrative or first[0] not in BRACKETS else first[0]
    closing = BRACKETS.get(opening, "")
    items = []
    for item, text in zip(slot.items, texts, strict=True):
        prefix = f"{escape(item.prefix)} " if item.prefix else ""
        inner = text.removeprefix(opening).removesuffix(closing)
        missing = f'<span class="broken" title="No such article">@{escape(item.id)}</span>'
        link = f"<a {citation_attributes(library, item, occurrences)}>{inner}</a>" if inner else missing
        items.append(prefix + link)
    return f'<span class="citations">{opening}{"; ".join(items)}{closing}</span>'


def _html(pieces: Iterable[Piece]) -> str:
    """Pieces as HTML, without their links: what they will stand in is one."""
    texts = ((escape(piece.text, quote=False), piece.emphasis) for piece in pieces)
    return "".join(f"<{emphasis}>{text}</{emphasis}>" if emphasis else text for text, emphasis in texts)


def citation_attributes(library: Library, item: CitationItem, occurrences: dict[int, int]) -> str:
    """The attributes of a link from a citation to the reference that it means."""
    occurrences[item.number] = occurrences.get(item.number, 0) + 1
    identifier = f"cite-{item.number}-{occurrences[item.number]}"
    title = escape(library.documents[item.id].title)
    return f'class="citation" id="{identifier}" href="#ref-{item.number}" title="{title}"'


def styled_references(
    style: Formatted | None, ids: Sequence[str], entries: Sequence[ReferenceEntry]
) -> tuple[ReferenceEntry, ...]:
    """The entries of a reference list, which belong to these ids, in the words and order of their style."""
    if style is None:
        return tuple(entries)
    known = dict(zip(ids, entries, strict=True))
    return tuple(
        replace(known[identifier], text=text, numbered=style.notes)
        for identifier, text in style.entries
        if identifier in known
    )
