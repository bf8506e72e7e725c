"""Former addresses: a page at each, which leads to where its document or entity is now."""

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from dossier import languages, urls
from dossier.library import Library
from dossier.plan.frame import Recipe, absolute, document_path
from dossier.views import Link, Page, RedirectView

TEMPLATE = "redirect.html"


class Former(NamedTuple):
    """A former address: its output path; where it leads, by path and title; and whose it is.

    `owner` is a document's id or an entity's `folder/id`.
    """

    path: str
    target: str
    title: str
    owner: str


def formers(library: Library) -> Iterator[Former]:
    """All former addresses, in the order of what they are of."""
    for document in library.documents.values():
        for path in document.formerly:
            yield Former(path, document_path(document), document.title, document.id)
    for kind, entities in library.entities.items():
        for entity in entities.values():
            for path in entity.formerly:
                target = urls.page_path(kind, entity.id)
                yield Former(path, target, entity.name, f"{urls.FOLDERS[kind]}/{entity.id}")


def redirect_pages(library: Library, taken: Collection[str]) -> Iterator[Recipe]:
    """A page for each former address that isn't the address of another page."""
    seen = set(taken)
    for former in formers(library):
        if former.path not in seen:
            seen.add(former.path)
            yield Recipe(former.path, partial(_page, library, former), is_former=True)


def clashes(library: Library, recipes: Iterable[Recipe]) -> Iterator[tuple[Former, str]]:
    """Former addresses at which there is another page, or that are another's too; each with what is there.

    Case makes no difference: to many systems such two are one file.
    """
    found = list(formers(library))
    if not found:
        return
    taken = {recipe.path.casefold(): f"the page {recipe.path}" for recipe in recipes if not recipe.is_former}
    for former in found:
        there = taken.setdefault(former.path.casefold(), f"a former address of '{former.owner}'")
        if there != f"a former address of '{former.owner}'":
            yield former, there


def _page(library: Library, former: Former) -> Page:
    root = "../" * former.path.count("/")
    view = RedirectView(
        language=library.site.language,
        direction=languages.direction(library.site.language),
        root=root,
        target=Link(root + former.target, former.title),
        canonical=absolute(library.site.url, former.target),
    )
    return Page(former.path, TEMPLATE, view)
