"""The page on which the browser searches."""

from collections.abc import Iterable, Iterator
from functools import partial

from dossier.plan.frame import Frame, Recipe
from dossier.plan.metadata import Trail, crumbs, meta
from dossier.search import FOLDER, is_searched, shard_count
from dossier.views import Page, SearchView

PATH = "search.html"


def search_pages(frame: Frame, paths: Iterable[str]) -> Iterator[Recipe]:
    """The search page of a site that is to have one; `paths` are those of all its other pages."""
    pages = sum(map(is_searched, paths))
    if frame.library.site.search and pages:
        yield Recipe(PATH, partial(_search_page, frame, shard_count(pages)))


def _search_page(frame: Frame, shards: int) -> Page:
    trail: Trail = (("Search", PATH),)
    view = SearchView(
        site=frame.site,
        meta=meta(frame, trail, f"Search {frame.site.title}"),
        section="search",
        crumbs=crumbs(frame, trail),
        title="Search",
        shards=tuple(f"{frame.root}{FOLDER}/{shard}/" for shard in range(shards)),
    )
    return Page(PATH, PATH, view)
