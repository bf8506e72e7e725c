"""The parts of a body that depend on other documents: its links' addresses and its reference list."""

from collections.abc import Iterator
from html import escape

from dossier import urls
from dossier.library import Library, Target
from dossier.library.checks import find_slot_target
from dossier.model import Article, Body, CitationItem, Quotation, Slot
from dossier.plan.frame import STATE_LABELS, Frame, document_path
from dossier.plan.quotations import mark, quoted_from
from dossier.plan.sources import archived_on, lapsed
from dossier.plan.styling import (
    Given,
    citation_attributes,
    given_by,
    style_of,
    styled_citation,
    styled_references,
)
from dossier.views import Link, ReferenceEntry


def anchors(frame: Frame, body: Body) -> tuple[str, ...]:
    """The HTML of a body's slots, in order. A target that isn't there is marked as broken, never dropped."""
    occurrences: dict[int, int] = {}
    given = given_by(style_of(frame.library, body))
    quotations = iter(body.quotations)
    return tuple(_anchor(frame, slot, occurrences, given, quotations) for slot in body.slots)


def _anchor(
    frame: Frame, slot: Slot, occurrences: dict[int, int], given: Given, quotations: Iterator[Quotation]
) -> str:
    match slot.kind:
        case "citation":
            styled = styled_citation(frame.library, slot, occurrences, given)
            return styled or _citation(frame.library, slot, occurrences)
        case "quotation":
            return mark(frame, next(quotations))
    return _link(frame, slot)


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
        return f"{escape(_short(library, document))} <a {attributes}>[{item.number}]</a>"
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
