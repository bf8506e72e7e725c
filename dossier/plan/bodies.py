"""The parts of a body that depend on other documents: its links' addresses and its reference list."""

from html import escape

from dossier import urls
from dossier.library import Library, Target
from dossier.library.checks import find_slot_target
from dossier.model import Article, Body, CitationItem, Slot
from dossier.plan.frame import STATE_LABELS, Frame, document_path
from dossier.plan.notes import note_anchor
from dossier.plan.quotations import mark, quoted_from
from dossier.plan.sources import archived_on, lapsed
from dossier.plan.styling import (
    citation_attributes,
    cited_items,
    linked_html,
    style_of,
    styled_citation,
    styled_references,
)
from dossier.views import Link, ReferenceEntry


def anchors(frame: Frame, body: Body) -> tuple[str, ...]:
    """The HTML of a body's slots, in order. A target that isn't there is marked as broken, never dropped.

    Notes of a text that has no footnotes of its own stand behind it, in one anchor more.
    """
    filling = _Filling(frame, body)
    found = tuple(filling.anchor(number, slot) for number, slot in enumerate(body.slots))
    rest = filling.notes() if not any(slot.kind == "note" for slot in body.slots) else ""
    return (
        (*found, f'<div class="footnotes" role="doc-endnotes">\n<ol>\n{rest}</ol>\n</div>\n')
        if rest
        else found
    )


class _Filling:
    """Fills the slots of one body, in their order."""

    def __init__(self, frame: Frame, body: Body) -> None:
        self._frame, self._body = frame, body
        self._styled = style_of(frame.library, body)
        self._occurrences: dict[int, int] = {}
        self._quotations = iter(body.quotations)
        self._footnotes = sum(slot.kind == "note" for slot in body.slots) - 1
        self._noted = 0
        # Where each citation's references lead back to from its note.
        self._backs: dict[int, str] = {}

    def anchor(self, number: int, slot: Slot) -> str:
        match slot.kind:
            case "citation":
                return self._cite(number, slot)
            case "quotation":
                return mark(self._frame, next(self._quotations))
            case "footnote":
                footnotes = self._styled.notes.footnotes if self._styled else {}
                return str(footnotes.get(int(slot.target), slot.target))
            case "note":
                return self.notes()
        return _link(self._frame, slot)

    def _cite(self, number: int, slot: Slot) -> str:
        library = self._frame.library
        if self._styled is None:
            return _citation(library, slot, self._occurrences)
        for item in cited_items(library, slot)[:1]:
            self._backs[number] = f"cite-{item.number}-{self._occurrences.get(item.number, 0) + 1}"
        styled = styled_citation(library, slot, number, self._occurrences, self._styled)
        return styled or _citation(library, slot, self._occurrences)

    def notes(self) -> str:
        """The notes before the next footnote, or behind the last."""
        if self._styled is None:
            return ""
        self._noted += 1
        footnote = self._noted if self._noted <= self._footnotes else 0
        return "".join(map(self._note, self._styled.notes.before(footnote)))

    def _note(self, number: int) -> str:
        assert self._styled is not None
        library = self._frame.library
        items = cited_items(library, self._body.slots[number])
        texts = []
        for part in self._styled.citations[number]:
            text = linked_html(part.pieces)
            if part.item >= 0:
                address = self._frame.root + document_path(library.documents[items[part.item].id])
                text += f' <a class="out" href="{escape(address)}">On file</a>'
            texts.append(text)
        anchor = note_anchor(self._styled.notes.numbers[number])
        back = f'<a href="#{self._backs[number]}" class="footnote-back" role="doc-backlink">\u21a9\ufe0e</a>'
        return f'<li id="{anchor}">{"".join(texts)} {back}</li>\n'


def _link(frame: Frame, slot: Slot) -> str:
    target = find_slot_target(slot, frame.library.targets, frame.library.file_targets)
    if target is None:
        text = slot.html or escape(slot.target)
        return f'<span class="broken" title="No such document: {escape(slot.target)}">{text}</span>'
    address = frame.root + urls.page_path(target.kind, target.id)
    if slot.fragment:
        address += "#" + slot.fragment
    css_class = "wiki" if slot.kind == "wiki" else "document"
    if target.kind == "claim":
        return _claim_link(frame, address, css_class, target, slot.html)
    return f'<a class="{css_class}" href="{escape(address)}">{slot.html or escape(target.title)}</a>'


def _claim_link(frame: Frame, address: str, css_class: str, target: Target, text: str) -> str:
    """A link to a claim says how the claim stands; the statement is its title where the text is another."""
    state = frame.library.weighed[target.id].state
    title = f' title="{escape(target.title)}"' if text else ""
    badge = f' <span class="state {state}">{STATE_LABELS[state].lower()}</span>'
    words = (text or escape(target.title)) + badge
    return f'<a class="{css_class} claim" href="{escape(address)}"{title}>{words}</a>'


def _citation(library: Library, slot: Slot, occurrences: dict[int, int]) -> str:
    items = [_cited(library, item, occurrences, slot.narrative) for item in slot.items]
    if slot.narrative:
        return "".join(items)
    return '<span class="citations">[' + "; ".join(items) + "]</span>"


def _cited(library: Library, item: CitationItem, occurrences: dict[int, int], narrative: bool) -> str:
    document = library.documents.get(item.id)
    prefix = f"{escape(item.prefix)} " if item.prefix else ""
    locator = f", {escape(item.locator)}" if item.locator else ""
    if not isinstance(document, Article):
        return f'{prefix}<span class="broken" title="No such article">@{escape(item.id)}</span>{locator}'
    attributes = citation_attributes(library, item, occurrences)
    if narrative:
        return f"{escape(_short(library, document))} <a {attributes}>[{item.number}{locator}]</a>"
    return f"{prefix}<a {attributes}>{item.number}</a>{locator}"


def _short(library: Library, article: Article) -> str:
    """How running text names an article: its author or outlet, and the year."""
    who = article.authors[0] if len(article.authors) == 1 else _outlet(library, article) or article.title
    return f"{who} ({article.date[:4]})" if article.date else who


def _outlet(library: Library, article: Article) -> str:
    """The name of the outlet that published an article, which may be written as an id or an alias."""
    if not article.source:
        return ""
    return library.entities["source"][library.names["source"][article.source]].name


def references(frame: Frame, body: Body) -> tuple[ReferenceEntry, ...]:
    """The articles that a body cites, in the order of their numbers, or of the site's citation style."""
    counts: dict[int, int] = {}
    for slot in body.slots:
        for item in slot.items:
            counts[item.number] = counts.get(item.number, 0) + 1
    entries, ids = [], []
    quoted = quoted_from(frame, body)
    for number, identifier in enumerate(body.citations, start=1):
        article = frame.library.documents.get(identifier)
        if isinstance(article, Article):
            passages = quoted.get(identifier, ())
            entries.append(_entry(frame, article, number, counts.get(number, 0), passages))
            ids.append(identifier)
    return styled_references(style_of(frame.library, body), ids, entries)


def _entry(
    frame: Frame, article: Article, number: int, occurrences: int, passages: tuple[Link, ...]
) -> ReferenceEntry:
    return ReferenceEntry(
        number=number,
        anchor=f"ref-{number}",
        url=frame.root + document_path(article),
        title=article.title,
        authors=article.authors,
        source=frame.source(article),
        date=article.date,
        original=article.url,
        archive=article.archive_url,
        backlinks=tuple(f"cite-{number}-{occurrence}" for occurrence in range(1, occurrences + 1)),
        archived_on=archived_on(article),
        lapsed=lapsed(frame, article),
        summary=article.summary or next((excerpt.text for excerpt in article.excerpts), ""),
        passages=passages,
    )
