"""Citations and references in the styles that a site can choose, as the styles' own guides give them."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dossier.citations import Cited, Formatted, formatted
from dossier.model import CITATION_STYLES
from dossier.views import CitedName, CitedWork, Piece

STYLES = CITATION_STYLES[1:]
NEWS = CitedWork(
    id="news-a",
    kind="news",
    title="Esper discusses “rebalancing” in the DoD",
    authors=(CitedName("David Vergun", "Vergun", "David"),),
    container="DoD News",
    publisher="",
    genre="",
    date="2020-02-12",
    url="https://example.org/a",
    archive="",
    accessed="2026-11-24",
    language="en",
    abstract="",
    tags=(),
    page="articles/news-a.html",
)
SECOND = replace(NEWS, id="news-b", title="A second one", date="2020-03")
REPORT = replace(
    NEWS,
    id="report",
    kind="report",
    title="Iraq: Issues",
    authors=(CitedName("Congressional Research Service"),),
    container="",
    publisher="CRS",
    genre="Report",
    date="2020",
)
WORKS = (NEWS, SECOND, REPORT)


def text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def cited(style: str, *items: Cited, works: tuple[CitedWork, ...] = WORKS) -> Formatted:
    return formatted(works, items, style, "en")


def test_chicago_author_date() -> None:
    """The Chicago Manual of Style, 17th edition, 15.5–15.9: https://www.chicagomanualofstyle.org"""
    found = cited("chicago-author-date", Cited("news-a", "p. 4"), Cited("report"), Cited("news-b", "", True))
    assert [text(pieces) for pieces in found.citations] == [
        "(Vergun 2020a, p. 4)",
        "(Congressional Research Service 2020)",
        "Vergun (2020b)",
    ]
    assert {identifier: text(pieces) for identifier, pieces in found.entries} == {
        "report": "Congressional Research Service. 2020. Iraq: Issues. Report. CRS. https://example.org/a.",
        "news-a": (
            "Vergun, David. 2020a. “Esper discusses “rebalancing” in the DoD.” DoD News, February 12. "
            "https://example.org/a."
        ),
        "news-b": "Vergun, David. 2020b. “A second one.” DoD News, March. https://example.org/a.",
    }
    assert found.entries[0][0] == "report"
    emphasised = [piece.text for _, pieces in found.entries for piece in pieces if piece.emphasis == "em"]
    assert emphasised == ["Iraq: Issues", "DoD News", "DoD News"]


def test_apa() -> None:
    """Publication Manual of the APA, 7th edition, 8.10–8.19 and 10.1: https://apastyle.apa.org"""
    found = cited("apa", Cited("news-a", "p. 4"), Cited("news-b"))
    assert [text(pieces) for pieces in found.citations] == ["(Vergun, 2020a, p. 4)", "(Vergun, 2020b)"]
    entries = dict(found.entries)
    assert text(entries["news-a"]) == (
        "Vergun, D. (2020a, February 12). Esper discusses “rebalancing” in the DoD. DoD News. https://example.org/a"
    )
    assert text(entries["report"]).startswith(
        "Congressional Research Service. (2020). Iraq: Issues [Report]. CRS."
    )


def test_chicago_notes() -> None:
    """The Chicago Manual of Style, 17th edition, 14.191: a newspaper article in a note."""
    found = cited("chicago-notes", Cited("news-a"))
    assert found.notes
    assert found.citations == ()
    assert text(dict(found.entries)["news-b"]) == (
        "David Vergun, “A second one,” DoD News, March 2020, https://example.org/a."
    )


@pytest.mark.parametrize("style", STYLES)
def test_every_style_lists_every_work_once(style: str) -> None:
    found = cited(style, *(Cited(work.id) for work in WORKS))
    assert sorted(identifier for identifier, _ in found.entries) == ["news-a", "news-b", "report"]
    assert len(found.citations) == (0 if found.notes else 3)
    assert all(text(pieces) for pieces in found.citations)
    for identifier, pieces in found.entries:
        title = next(work.title for work in WORKS if work.id == identifier)
        assert title.split("“")[0] in text(pieces)


HOSTILE = st.text(st.sampled_from("ab <>&\"'“”{}$\\#@*_`[]()~^%/:-–صé"), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(title=HOSTILE, name=HOSTILE, locator=HOSTILE)
@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "chicago-notes"])
def test_words_stay_words(style: str, title: str, name: str, locator: str) -> None:
    """Nothing in a title, a name or a locator is a command: of Typst, of its mathematics, or of HTML."""
    work = replace(REPORT, title=f"x {title} y", authors=(CitedName(f"n {name} m"),))
    found = cited(style, Cited("report", locator), works=(work,))
    ((_, pieces),) = found.entries
    assert "".join(work.title.split()) in "".join(text(pieces).split())


def test_the_same_arguments_give_the_same_pieces() -> None:
    formatted.cache_clear()
    first = cited("apa", Cited("news-a"))
    formatted.cache_clear()
    assert cited("apa", Cited("news-a")) == first
