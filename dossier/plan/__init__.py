"""Library -> pages: every page of the site, each with exactly what its template may see."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from dossier.history import Stories
from dossier.library import Library
from dossier.library.entities import KINDS
from dossier.plan.bibliographies import bibliography_pages
from dossier.plan.changes import change_record, changes_pages
from dossier.plan.claims import claim_page, claims_pages
from dossier.plan.documents import article_page, neighbours_of, note_page
from dossier.plan.entities import entity_pages, index_pages
from dossier.plan.feeds import feed_pages, robots, sitemap
from dossier.plan.frame import ChangeRecord, Frame, Recipe, document_path, frame
from dossier.plan.lists import list_pages, timeline_pages, topic_rest_pages
from dossier.plan.metadata import meta
from dossier.plan.redirects import clashes, redirect_pages
from dossier.plan.related import Threads
from dossier.plan.search import search_pages
from dossier.plan.topics import home_page, topic_page, topics_page
from dossier.views import NotFoundView, Page

__all__ = ["Recipe", "clashes", "plan", "recipes"]


def plan(library: Library, stories: Stories | None = None) -> tuple[Page, ...]:
    """All pages of a library's site, in the order of their paths."""
    return tuple(recipe.make() for recipe in recipes(library, stories))


def recipes(library: Library, stories: Stories | None = None) -> tuple[Recipe, ...]:
    """What makes all pages of a library's site, in the order of their paths."""
    record = change_record(library, stories)
    frames = {depth: frame(library, "../" * depth, record) for depth in range(4)}
    found = [
        Recipe("index.html", partial(home_page, frames[0])),
        *_document_pages(frames[1]),
        *topic_rest_pages(frames),
        *entity_pages(frames),
        *list_pages(frames),
        *timeline_pages(frames[1]),
        *claims_pages(frames),
        *feed_pages(frames[0], frames[2]),
        *bibliography_pages(library),
        *changes_pages(frames),
        Recipe("404.html", partial(_not_found, library, record)),
        Recipe("robots.txt", partial(robots, library)),
    ]
    if library.topics:
        found.append(Recipe("topics/index.html", partial(topics_page, frames[1])))
    for kind in KINDS:
        if library.entities[kind]:
            found.extend(index_pages(frames, kind))
    found.extend(search_pages(frames[0], [recipe.path for recipe in found]))
    if library.site.url:
        paths = [recipe.path for recipe in found]
        found.append(Recipe("sitemap.xml", partial(sitemap, library, paths)))
    found.extend(redirect_pages(library, frozenset(recipe.path for recipe in found)))
    return tuple(sorted(found, key=lambda recipe: recipe.path))


def _document_pages(frame: Frame) -> Iterator[Recipe]:
    library = frame.library
    threads = Threads(library)
    beside = neighbours_of(library.articles)
    for article in library.articles:
        yield Recipe(document_path(article), partial(article_page, frame, article, beside, threads))
    beside = neighbours_of(library.notes)
    for note in library.notes:
        yield Recipe(document_path(note), partial(note_page, frame, note, beside, threads))
    dated = sorted(library.claims, key=lambda claim: (claim.as_of, claim.id), reverse=True)
    beside = neighbours_of(dated)
    for claim in library.claims:
        yield Recipe(document_path(claim), partial(claim_page, frame, claim, beside))
    for topic in library.topics:
        yield Recipe(document_path(topic), partial(topic_page, frame, topic))


def _not_found(library: Library, record: ChangeRecord) -> Page:
    """The page for lost readers. It is served at any depth, so its links begin at the site's own path.

    Where the site doesn't say its address, that is the root of its host.
    """
    base = urlsplit(library.site.url).path.rstrip("/") + "/"
    at_base: Frame = frame(library, base, record)
    view = NotFoundView(
        site=at_base.site,
        meta=meta(at_base, (("Page not found", "404.html"),), "This page does not exist."),
        section="",
        crumbs=(),
        topics=at_base.site.topics,
    )
    return Page("404.html", "404.html", view)
