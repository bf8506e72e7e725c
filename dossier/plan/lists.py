"""Long lists in pages: articles, notes, all documents, the site's timeline."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from dossier.library.model import dated_documents
from dossier.model import Article, Note, Topic
from dossier.plan.bibliographies import bibliography_links
from dossier.plan.frame import Frame, Recipe, document_path
from dossier.plan.metadata import Trail, crumbs, meta
from dossier.plan.timelines import by_year, dated_entry, events_of
from dossier.plan.topics import (
    TOPIC_NOTES,
    TOPIC_TIMELINE,
    topic_notes_path,
    topic_timeline,
    topic_timeline_path,
    year_groups,
)
from dossier.views import DocumentsView, Link, Page, Pager, TimelineEntry, TimelineView

Item = TypeVar("Item")
Frames = Mapping[int, Frame]


def paged(
    items: Sequence[Item], size: int, first: str, folder: str
) -> tuple[list[str], list[tuple[Item, ...]]]:
    """The output paths of a list's pages and the items on each: `first`, then `folder/2.html` and so on."""
    parts = [tuple(items[start : start + size]) for start in range(0, len(items), size)] or [()]
    paths = [first, *(f"{folder}/{number}.html" for number in range(2, len(parts) + 1))]
    return paths, parts


def pager(frame: Frame, paths: Sequence[str], number: int) -> Pager:
    """Where page `number` (from 1) stands among its list's pages."""
    return Pager(
        number=number,
        count=len(paths),
        previous=frame.root + paths[number - 2] if number > 1 else "",
        next=frame.root + paths[number] if number < len(paths) else "",
        pages=tuple(Link(frame.root + path, str(page)) for page, path in enumerate(paths, start=1)),
    )


def list_pages(frames: Frames) -> Iterator[Recipe]:
    """The indexes of articles and of notes, and the list of all documents by date."""
    library = frames[1].library
    undated = [article for article in library.articles if not article.date]
    everything = [*dated_documents(library), *undated]
    site = library.site.title
    if library.articles:
        intro = f"Every article on file in {site}"
        yield from _documents(frames, "articles", "Articles", intro, library.articles)
    if library.notes:
        intro = f"The curators’ own writing in {site}"
        yield from _documents(frames, "notes", "Notes", intro, library.notes)
    if everything:
        intro = f"Every article and note in {site}, by date"
        yield from _documents(frames, "documents", "All documents", intro, everything)


def _documents(
    frames: Frames, section: str, title: str, intro: str, documents: Sequence[Article | Note]
) -> Iterator[Recipe]:
    size = frames[1].library.site.page_size
    # No document has an address in documents/, so its further pages need no folder of their own.
    folder = section if section == "documents" else f"{section}/index"
    paths, parts = paged(documents, size, f"{section}/index.html", folder)
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), start=1):
        listed = _Listed(section, title, intro, ((title, path),), len(documents), part, paths, number)
        yield Recipe(path, partial(_list_page, frames[path.count("/")], listed))


def topic_rest_pages(frames: Frames) -> Iterator[Recipe]:
    """The further pages of topics that have more than one page shows: articles, notes, timeline."""
    library = frames[1].library
    for topic in library.topics:
        articles = library.topic_articles.get(topic.id, ())
        notes = library.topic_notes.get(topic.id, ())
        first = document_path(topic)
        paths, parts = paged(articles, library.site.page_size, first, f"topics/{topic.id}")
        yield from _topic_list(frames, topic, f"{topic.title}: articles", len(articles), paths, parts, 2)
        if len(notes) > TOPIC_NOTES:
            path = topic_notes_path(topic)
            pages, cut = paged(notes, library.site.page_size, path, path.removesuffix(".html"))
            yield from _topic_list(frames, topic, f"{topic.title}: notes", len(notes), pages, cut, 1)
        recorded = len(topic.events) + sum(len(one.events) for one in notes)
        recorded += sum(len(one.events) for one in articles)
        if recorded + len(notes) > TOPIC_TIMELINE:
            yield from _topic_timeline(frames, topic)


def _topic_list(
    frames: Frames,
    topic: Topic,
    title: str,
    total: int,
    paths: list[str],
    parts: Sequence[Sequence[Article | Note]],
    first: int,
) -> Iterator[Recipe]:
    """The pages of a topic's list, from number `first` on."""
    for number, (path, part) in list(enumerate(zip(paths, parts, strict=True), start=1))[first - 1 :]:
        trail: Trail = (("Topics", "topics/index.html"), (topic.title, document_path(topic)), (title, path))
        listed = _Listed("topics", title, topic.summary, trail, total, part, paths, number)
        yield Recipe(path, partial(_list_page, frames[path.count("/")], listed))


def _topic_timeline(frames: Frames, topic: Topic) -> Iterator[Recipe]:
    path = topic_timeline_path(topic)
    frame = frames[path.count("/")]
    rows = topic_timeline(frame, topic)
    if len(rows) <= TOPIC_TIMELINE:  # Events that several documents record are shown once.
        return
    size = frame.library.site.page_size * 3
    paths, parts = paged(rows, size, path, path.removesuffix(".html"))
    title = f"{topic.title}: timeline"
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), start=1):
        trail: Trail = (("Topics", "topics/index.html"), (topic.title, document_path(topic)), (title, path))
        yield Recipe(path, partial(_timeline, frames[path.count("/")], trail, len(rows), part, paths, number))


@dataclass(frozen=True, slots=True)
class _Listed:
    """One page of a list of documents."""

    section: str
    title: str
    intro: str
    trail: Trail
    total: int
    part: Sequence[Article | Note]
    paths: list[str]
    number: int


def _list_page(frame: Frame, listed: _Listed) -> Page:
    view = DocumentsView(
        site=frame.site,
        meta=meta(frame, listed.trail, listed.intro),
        section=listed.section,
        crumbs=crumbs(frame, listed.trail),
        title=listed.title,
        intro=listed.intro,
        total=listed.total,
        years=year_groups(frame.cards[document.id] for document in listed.part),
        pager=pager(frame, listed.paths, listed.number),
        bibliographies=bibliography_links(frame, "", listed.part) if listed.section == "articles" else (),
    )
    template = "articles.html" if listed.section == "topics" else f"{listed.section}.html"
    return Page(listed.paths[listed.number - 1], template, view)


def timeline_pages(frame: Frame) -> Iterator[Recipe]:
    """The site's timeline: every event and dated document, oldest first; on one date, events first."""
    library = frame.library
    events = events_of(frame, library.documents.values())
    rows: list[TimelineEntry | Article | Note] = [*events, *reversed(dated_documents(library))]
    rows.sort(key=lambda row: row.date)
    if not rows:
        return
    paths, parts = paged(rows, library.site.page_size * 3, "timeline/index.html", "timeline")
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), start=1):
        trail: Trail = (("Timeline", path),)
        yield Recipe(path, partial(_timeline, frame, trail, len(rows), part, paths, number))


def _timeline(
    frame: Frame,
    trail: Trail,
    total: int,
    rows: Sequence[TimelineEntry | Article | Note],
    paths: list[str],
    number: int,
) -> Page:
    whole = trail[-2][0] if len(trail) > 1 else frame.library.site.title
    entries = (row if isinstance(row, TimelineEntry) else dated_entry(frame, row) for row in rows)
    view = TimelineView(
        site=frame.site,
        meta=meta(frame, trail, f"Every dated event and document in {whole}"),
        section="timeline" if len(trail) == 1 else "topics",
        crumbs=crumbs(frame, trail),
        title=trail[-1][0],
        total=total,
        years=by_year(entries),
        pager=pager(frame, paths, number),
    )
    return Page(paths[number - 1], "timeline.html", view)
