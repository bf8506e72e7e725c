"""A dossier made of texts in memory: no disk, no theme, no bytes of HTML."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from textwrap import dedent

import pytest

from dossier import documents, urls
from dossier.build.quoted import quotations_in
from dossier.diagnostics import Diagnostic
from dossier.evidence.standings import Standing
from dossier.evidence.verifying import OnFile
from dossier.library import Library, link
from dossier.model import Article, Parsed
from dossier.plan import plan
from dossier.views import AnyView, Page

TODAY = "2026-05-31"


@dataclass(frozen=True)
class Dossier:
    """Files joined into a library, and the pages planned from it."""

    library: Library
    diagnostics: tuple[Diagnostic, ...]

    @cached_property
    def pages(self) -> dict[str, Page]:
        planned = plan(self.library)
        pages = {page.path: page for page in planned}
        assert len(pages) == len(planned), "two pages at one path"
        return pages

    def view(self, path: str) -> AnyView:
        return self.pages[path].view

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.diagnostics]


Make = Callable[..., Dossier]


@pytest.fixture
def make() -> Make:
    """`make({"articles/a.md": "title: A"})`: texts by path below content/ -> Dossier.

    A Markdown text without fences is front matter alone. Findings of single files fail the test: they are
    not the subject here.
    """
    return made


def made(
    files: dict[str, str], *, site: str = "title: Test", today: str = TODAY, drafts: bool = False
) -> Dossier:
    texts = {
        "site.yaml": site,
        **{f"content/{path}": fenced(path, dedent(text)) for path, text in files.items()},
    }
    parsed = [
        documents.parse(path, text.encode())
        for path, text in texts.items()
        if urls.document_kind(path) not in ("asset", None)
    ]
    assert [finding for one in parsed for finding in one.diagnostics] == []
    library, findings = link(parsed, frozenset(texts), today, drafts, standings_of(parsed))
    return Dossier(library, findings)


def standings_of(parsed: Iterable[Parsed]) -> dict[tuple[str, str], Standing]:
    """How all quotations stand to the texts of these articles."""
    asked, standings = quotations_in(parsed), {}
    for one in parsed:
        if isinstance(one.value, Article) and one.value.id in asked:
            html = "" if one.value.text == "summary" else "".join(one.segments)
            words = OnFile([excerpt.text for excerpt in one.value.excerpts], lambda html=html: html)
            standings |= {(one.value.id, text): words.standing(text) for text in asked[one.value.id]}
    return standings


def fenced(path: str, text: str) -> str:
    """The text with its front matter between fences, for a Markdown file that has none."""
    text = text.lstrip("\n")
    return f"---\n{text.rstrip()}\n---\n" if path.endswith(".md") and not text.startswith("---") else text
