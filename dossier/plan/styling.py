"""Citations and references in the citation style that a site has chosen, where it isn't dossier's own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dossier.evidence.segments import JOINER
from dossier.library import Library
from dossier.model import CITATION_STYLES, Article, Body, CitationItem, Slot
from dossier.plan.bibliographies import cited_work
from dossier.plan.notes import Notes, note_anchor, numbered
from dossier.views import Piece, ReferenceEntry

if TYPE_CHECKING:
    from dossier.citations import Citation, Formatted, Part


@dataclass(frozen=True)
class Styled:
    """What the site's style makes of a body: its citations by the numbers of their slots, and its notes."""

    formatted: "Formatted"
    citations: "Mapping[int, tuple[Part, ...]]"
    notes: Notes


def style_of(library: Library, body: Body) -> Styled | None:
    """What the site's style makes of a body's citations; None where the style is dossier's own."""
    name = library.site.citation_style
    if name == CITATION_STYLES[0] or not body.citations:
        return None
    from dossier.citations import carried, formatted  # Of the sites that have chosen a style.

    style = library.citation_style or (carried(name) if name in CITATION_STYLES[1:] else None)
    if style is None:
        return None
    found = (library.documents.get(identifier) for identifier in body.citations)
    works = tuple(cited_work(library, article) for article in found if isinstance(article, Article))
    if not works:
        return None
    citations = {number: _citation(library, slot) for number, slot in enumerate(body.slots) if slot.items}
    citations = {number: citation for number, citation in citations.items() if citation}
    notes = numbered(body.slots, citations) if style.notes else Notes()
    order = notes.order or tuple(citations)
    made = formatted(works, tuple(citations[number] for number in order), style, library.site.language)
    return Styled(made, dict(zip(order, made.citations, strict=True)), notes)


def _citation(library: Library, slot: Slot) -> "Citation":
    """The works of a citation that there are."""
    from dossier.citations import Cited

    return tuple(
        Cited(
            item.id,
            item.locator,
            item.prefix,
            "narrative" if slot.narrative else "suppressed" if item.suppressed else "",
        )
        for item in cited_items(library, slot)
    )


def cited_items(library: Library, slot: Slot) -> list[CitationItem]:
    """Those of a citation's items that are articles of the site."""
    return [item for item in slot.items if isinstance(library.documents.get(item.id), Article)]


def styled_citation(
    library: Library, slot: Slot, number: int, occurrences: dict[int, int], styled: Styled
) -> str:
    """The citation of a slot of this number as its style gives it, '' where it gives none."""
    parts = styled.citations.get(number, ())
    if not parts:
        return ""
    items = cited_items(library, slot)
    if number in styled.notes.numbers:
        html = _note_mark(library, slot, styled.notes.numbers[number], occurrences, styled)
    else:
        inner = parts[:-1] if styled.formatted.notes and closing(parts) else parts
        html = "".join(
            f"<a {citation_attributes(library, items[part.item], occurrences)}>{as_html(part.pieces)}</a>"
            if part.item >= 0
            else as_html(part.pieces)
            for part in inner
        )
        # What the style has drawn together with another (`[1–3]`) is still where its reference leads back to.
        shown = {part.item for part in parts}
        html += _places([item for n, item in enumerate(items) if n not in shown], occurrences)
        html = f'<span class="citations styled">{html}</span>'
    missing = (item for item in slot.items if item not in items)
    return html + "".join(
        f' <span class="broken" title="No such article">@{escape(item.id)}</span>' for item in missing
    )


def closing(parts: "Sequence[Part]") -> bool:
    """Whether the end of a note is its full stop, which isn't wanted within another note."""
    return parts[-1].item < 0 and "".join(piece.text for piece in parts[-1].pieces) == "."


def _note_mark(library: Library, slot: Slot, number: int, occurrences: dict[int, int], styled: Styled) -> str:
    """The mark of a citation's note; before it the author's name, where the text itself cites."""
    items = cited_items(library, slot)
    first, *others = items
    name = as_html(dict(styled.formatted.authors)[first.id]) or escape(library.documents[first.id].title)
    title = escape("; ".join(library.documents[item.id].title for item in items))
    cited = " ".join(f"ref-{item.number}" for item in items)
    anchor = citation_anchor(first, occurrences)
    link = (
        f'<a class="citation" id="{anchor}" href="#{note_anchor(number)}" role="doc-noteref" '
        f'data-cites="{cited}" title="{title}">{number}</a>'
    )
    mark = f'<sup class="footnote-ref">{link}</sup>{_places(others, occurrences)}'
    return f"{name}{mark}" if slot.narrative else JOINER + mark


def _places(items: Iterable[CitationItem], occurrences: dict[int, int]) -> str:
    """Places that references lead back to, where nothing is to be seen."""
    return "".join(f'<span id="{citation_anchor(item, occurrences)}"></span>' for item in items)


def as_html(pieces: Iterable[Piece]) -> str:
    """Pieces as HTML, without their links: what they will stand in is one."""
    texts = ((escape(piece.text, quote=False), piece.emphasis) for piece in pieces)
    return "".join(f"<{emphasis}>{text}</{emphasis}>" if emphasis else text for text, emphasis in texts)


def linked_html(pieces: Iterable[Piece]) -> str:
    """Pieces as HTML with their links out, whose addresses the style's reader has let through."""
    return "".join(
        f'<a rel="external" href="{escape(piece.url)}">{as_html([piece])}</a>'
        if piece.url
        else as_html([piece])
        for piece in pieces
    )


def citation_anchor(item: CitationItem, occurrences: dict[int, int]) -> str:
    """The anchor of the next citation of a reference."""
    occurrences[item.number] = occurrences.get(item.number, 0) + 1
    return f"cite-{item.number}-{occurrences[item.number]}"


def citation_attributes(library: Library, item: CitationItem, occurrences: dict[int, int]) -> str:
    """The attributes of a link from a citation to the reference that it means."""
    title = escape(library.documents[item.id].title)
    anchor = citation_anchor(item, occurrences)
    return f'class="citation" id="{anchor}" href="#ref-{item.number}" title="{title}"'


def styled_references(
    styled: Styled | None, ids: Sequence[str], entries: Sequence[ReferenceEntry]
) -> tuple[ReferenceEntry, ...]:
    """The entries of a reference list, which belong to these ids, in the words and order of their style."""
    if styled is None:
        return tuple(entries)
    known = dict(zip(ids, entries, strict=True))
    return tuple(
        replace(known[identifier], text=text, numbered=False)
        for identifier, text in styled.formatted.entries
        if identifier in known
    )
