"""Long lists in pages: articles, notes, all documents, the site's timeline."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from dossier.library.model import dated_documents
from dossier.model import Article, Note
from dossier.plan.frame import Frame
from dossier.plan.metadata import Trail, crumbs, meta
from dossier.plan.timelines import by_year, dated, events_of
from dossier.plan.topics import year_groups
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


def list_pages(frames: Frames) -> Iterator[Page]:
    """The indexes of articles and of notes, and the list of all documents by date."""
    library = frames[1].library
    undated = [article for article in library.articles if not article.date]
    everything = [*dated_documents(library), *undated]
    site = library.site.title
    if library.articles:
        yield from _documents(
            frames, "articles", "Articles", f"Every article on file in {site}", library.articles
        )
    if library.notes:
        yield from _documents(frames, "notes", "Notes", f"The curators’ own writing in {site}", library.notes)
    if everything:
        intro = f"Every article and note in {site}, by date"
        yield from _documents(frames, "documents", "All documents", intro, everything)


def _documents(
    frames: Frames, section: str, title: str, intro: str, documents: Sequence[Article | Note]
) -> Iterator[Page]:
    size = frames[1].library.site.page_size
    # No document has an address in documents/, so its further pages need no folder of their own.
    folder = section if section == "documents" else f"{section}/index"
    paths, parts = paged(documents, size, f"{section}/index.html", folder)
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), start=1):
        frame = frames[path.count("/")]
        trail: Trail = ((title, path),)
        view = DocumentsView(
            site=frame.site,
            meta=meta(frame, trail, intro),
            section=section,
            crumbs=crumbs(frame, trail),
            title=title,
            intro=intro,
            total=len(documents),
            years=year_groups(frame.cards[document.id] for document in part),
            pager=pager(frame, paths, number),
        )
        yield Page(path, f"{section}.html", view)


def topic_rest_pages(frames: Frames) -> Iterator[Page]:
    """The further pages of topics that have more articles than one page shows."""
    library = frames[1].library
    for topic in library.topics:
        articles = library.topic_articles.get(topic.id, ())
        first = f"topics/{topic.id}.html"
        paths, parts = paged(articles, library.site.page_size, first, f"topics/{topic.id}")
        for number, (path, part) in list(enumerate(zip(paths, parts, strict=True), start=1))[1:]:
            frame = frames[path.count("/")]
            title = f"{topic.title}: articles"
            trail: Trail = (("Topics", "topics/index.html"), (topic.title, first), (title, path))
            view = DocumentsView(
                site=frame.site,
                meta=meta(frame, trail, topic.summary),
                section="topics",
                crumbs=crumbs(frame, trail),
                title=title,
                intro=topic.summary,
                total=len(articles),
                years=year_groups(frame.cards[article.id] for article in part),
                pager=pager(frame, paths, number),
            )
            yield Page(path, "articles.html", view)


def timeline_pages(frames: Frames) -> Iterator[Page]:
    """The site's timeline: every event and dated document, oldest first."""
    library = frames[1].library
    frame = frames[1]
    entries = _entries(frame)
    if not entries:
        return
    paths, parts = paged(entries, library.site.page_size * 3, "timeline/index.html", "timeline")
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), start=1):
        trail: Trail = (("Timeline", path),)
        view = TimelineView(
            site=frame.site,
            meta=meta(frame, trail, f"Every dated event and document in {library.site.title}"),
            section="timeline",
            crumbs=crumbs(frame, trail),
            title="Timeline",
            total=len(entries),
            years=by_year(part),
            pager=pager(frame, paths, number),
        )
        yield Page(path, "timeline.html", view)


def _entries(frame: Frame) -> list[TimelineEntry]:
    documents = frame.library.documents.values()
    years = by_year((*events_of(frame, documents), *dated(frame, dated_documents(frame.library))))
    return [entry for year in years for entry in year.entries]
