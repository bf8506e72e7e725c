"""Events and dated documents, in the order of time."""

from collections.abc import Iterable

from dossier.library.model import document_kind_of
from dossier.model import Article, Document, Event, Note
from dossier.plan.frame import Frame, document_path, label_of
from dossier.views import TimelineEntry, TimelineYear

Recorded = tuple[Event, Document]


def events_of(frame: Frame, documents: Iterable[Document]) -> tuple[TimelineEntry, ...]:
    """The events that documents record, oldest first.

    An event that several documents record in the same words is shown once, with all its sources.
    """
    return entries(frame, ((event, document) for document in documents for event in document.events))


def entries(frame: Frame, recorded: Iterable[Recorded]) -> tuple[TimelineEntry, ...]:
    """Events with the documents that record them, oldest first, as `events_of` shows them."""
    merged: dict[tuple[str, str], tuple[Event, Document, dict[str, None]]] = {}
    for event, document in recorded:
        sources = event.articles or ((document.id,) if isinstance(document, Article) else ())
        _, _, known = merged.setdefault((event.date, event.title), (event, document, {}))
        known.update(dict.fromkeys(sources))
    ordered = sorted(merged.values(), key=lambda found: (found[0].date, found[0].title))
    return tuple(
        _event(frame, event, document, sources, f"event-{number}")
        for number, (event, document, sources) in enumerate(ordered, start=1)
    )


def _event(
    frame: Frame, event: Event, document: Document, sources: Iterable[str], anchor: str
) -> TimelineEntry:
    known = frame.library.documents
    return TimelineEntry(
        kind="event",
        date=event.date,
        end=event.end,
        title=event.title,
        summary=event.summary,
        url=frame.root + document_path(document),
        anchor=anchor,
        label="Event",
        sources=tuple(frame.links[source] for source in sources if source in known),
        entities=frame.named("person", event.people)
        + frame.named("organization", event.organizations)
        + frame.named("place", event.places),
    )


def dated(frame: Frame, documents: Iterable[Article | Note]) -> tuple[TimelineEntry, ...]:
    """Documents as entries of a timeline, oldest first; undated ones are left out."""
    ordered = sorted(documents, key=lambda document: (document.date, document.id))
    return tuple(dated_entry(frame, document) for document in ordered if document.date)


def dated_entry(frame: Frame, document: Article | Note) -> TimelineEntry:
    """A dated document as an entry of a timeline."""
    source = frame.source(document) if isinstance(document, Article) else None
    return TimelineEntry(
        kind="article" if isinstance(document, Article) else "note",
        date=document.date,
        end="",
        title=document.title,
        summary="",
        url=frame.root + document_path(document),
        anchor=f"event-{document_kind_of(document)}-{document.id}",
        label=label_of(document),
        sources=(source,) if source else (),
    )


def by_year(entries: Iterable[TimelineEntry]) -> tuple[TimelineYear, ...]:
    """Entries grouped by year, oldest first; on one date, events stand before documents."""
    groups: dict[str, list[TimelineEntry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.date, entry.kind != "event")):
        groups.setdefault(entry.date[:4], []).append(entry)
    return tuple(TimelineYear(year, tuple(group)) for year, group in groups.items())
