"""Library -> pages: every page of the site, each with exactly what its template may see."""

from urllib.parse import urlsplit

from dossier.library import Library
from dossier.library.entities import KINDS
from dossier.plan.documents import article_page, neighbours_of, note_page
from dossier.plan.entities import entity_pages, index_pages
from dossier.plan.feeds import feed_pages, robots, sitemap
from dossier.plan.frame import Frame, frame
from dossier.plan.lists import list_pages, timeline_pages, topic_rest_pages
from dossier.plan.metadata import meta
from dossier.plan.topics import home_page, topic_page, topics_page
from dossier.views import NotFoundView, Page

__all__ = ["plan"]


def plan(library: Library) -> tuple[Page, ...]:
    """All pages of a library's site, in the order of their paths."""
    frames = {depth: frame(library, "../" * depth) for depth in range(3)}
    first_topic = {document.id: document.topics[0] for document in library.articles if document.topics}
    article_neighbours = neighbours_of(frames[1], library.articles, first_topic)
    note_neighbours = neighbours_of(frames[1], library.notes, {})
    pages = [
        home_page(frames[0]),
        *(article_page(frames[1], article, article_neighbours) for article in library.articles),
        *(note_page(frames[1], note, note_neighbours) for note in library.notes),
        *(topic_page(frames[1], topic) for topic in library.topics),
        *topic_rest_pages(frames),
        *entity_pages(frames),
        *list_pages(frames),
        *timeline_pages(frames),
        *feed_pages(frames[0], frames[2]),
        _not_found(library),
        robots(library),
    ]
    if library.topics:
        pages.append(topics_page(frames[1]))
    for kind in KINDS:
        if library.entities[kind]:
            pages.extend(index_pages(frames, kind))
    site_map = sitemap(library, pages)
    if site_map:
        pages.append(site_map)
    return tuple(sorted(pages, key=lambda page: page.path))


def _not_found(library: Library) -> Page:
    """The page for lost readers. It is served at any depth, so its links begin at the site's own path."""
    base = urlsplit(library.site.url).path.rstrip("/") + "/" if library.site.url else ""
    at_base: Frame = frame(library, base)
    view = NotFoundView(
        site=at_base.site,
        meta=meta(at_base, (("Page not found", "404.html"),), "This page does not exist."),
        section="",
        crumbs=(),
        topics=at_base.site.topics,
    )
    return Page("404.html", "404.html", view)
