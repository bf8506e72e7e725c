"""What is shown of a document reaches the pages that link to it, and no others."""

from functools import cache
from pathlib import Path

import msgspec
import pytest

from dossier import documents, sources
from dossier.build import linking
from dossier.build.documents import essence
from dossier.build.planning import mark_of, marks_of, shown
from dossier.build.replanning import NAMES_ONLY, SHOWN
from dossier.library import link
from dossier.library.model import document_kind_of
from dossier.model import Article, Body, Claim, Heading, Note, Parsed, Topic
from dossier.plan import plan
from dossier.urls import page_path
from dossier.views import Page
from tests.conftest import REPOSITORY
from tests.engine.site import Site

# Every document of the dossier is tried, one in so many always and the others in the slow run.
TURNS = 9

NEW: dict[str, object] = {
    "title": "Aaa, another title",
    "summary": "Another summary.",
    "authors": ("Another Author",),
    "language": "ar",
    "kind": "dataset",
    "tags": ("another",),
    "text": "excerpts",
    "capture": "sha256:" + 64 * "0",
    "obtained": "typed",
    "status": "another status",
    "statement": "Another statement",
}


@cache
def heads() -> tuple[Parsed, ...]:
    """This repository's dossier, as planning sees it."""
    listing = sources.scan(REPOSITORY, None)
    parsed = [documents.parse(path, sources.read(listing, path)[0]) for path in sorted(listing.documents)]
    return tuple(
        msgspec.structs.replace(each, value=essence(each.value), segments=())
        if isinstance(each.value, Article | Note | Topic | Claim)
        else each
        for each in parsed
    )


def pages(parsed: tuple[Parsed, ...]) -> dict[str, Page]:
    library, _ = link(parsed, frozenset(head.path for head in parsed), "2026-06-01", False)
    return {page.path: page for page in plan(library)}


@cache
def before() -> dict[str, Page]:
    return pages(heads())


def reached_without_a_link(place: int) -> list[str]:
    """The pages that change with what is shown of a document, though they don't link to it."""
    head = heads()[place]
    value = head.value
    assert isinstance(value, Article | Note | Claim)
    body: Body = msgspec.structs.replace(
        value.body, headings=(Heading(2, "another", "Another"),), words=7, opening="Another opening."
    )
    fields = {name: NEW[name] for name in SHOWN[type(value)] if name != "body"}
    changed = msgspec.structs.replace(head, value=msgspec.structs.replace(value, body=body, **fields))
    after = pages((*heads()[:place], changed, *heads()[place + 1 :]))
    assert after.keys() == before().keys()
    mark = mark_of(page_path(document_kind_of(value), value.id).encode())
    differing = [page for path, page in before().items() if shown(page) != shown(after[path])]
    assert len(differing) > 1
    return [
        page.path for page in differing if page.template in NAMES_ONLY or mark not in marks_of(shown(page))
    ]


@pytest.mark.parametrize(
    "turn", [0, *(pytest.param(turn, marks=pytest.mark.slow) for turn in range(1, TURNS))]
)
def test_what_is_shown_of_a_document_reaches_pages_that_link_to_it(turn: int) -> None:
    places = [place for place, head in enumerate(heads()) if isinstance(head.value, Article | Note | Claim)]
    for place in places[turn::TURNS]:
        assert reached_without_a_link(place) == []


def test_few_pages_are_planned_for_a_title(site: Site) -> None:
    site.write({f"content/articles/x{n}.md": f"---\ntitle: X {n}\n---\nText.\n" for n in range(30)})
    site.build()
    site.write({"content/articles/x7.md": "---\ntitle: Another\n---\nText.\n"})
    result = site.build()
    assert 0 < result.rendered < 12
    assert "Another" in site.read("public/articles/index.html")


def test_an_edited_template_is_rendered_from_what_is_kept(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All pages are, and nothing is linked or planned for it."""
    pages = site.build().pages

    def never(*_arguments: object) -> None:
        raise AssertionError("linked again")

    site.write({"themes/plain/templates/all.txt": "other {{ view | string }}\n{{ body }}\n"})
    with monkeypatch.context() as patched:
        patched.setattr(linking, "link", never)
        result = site.build()
    bibliographies = sum("bibliography." in path for path in site.tree())
    assert result.rendered == pages - bibliographies
    assert site.tree() == site.clean(tmp_path / "clean")
