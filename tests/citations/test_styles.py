"""Citations and references in the styles that a site can choose, as the styles' own guides give them."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dossier.citations import Citation, Cited, Formatted, Part, carried, formatted
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


def shown(parts: Iterable[Part]) -> str:
    return "".join(text(part.pieces) for part in parts)


def cited(style: str, *citations: Cited | Citation, works: tuple[CitedWork, ...] = WORKS) -> Formatted:
    given = tuple(each if isinstance(each, tuple) else (each,) for each in citations)
    return formatted(works, given, carried(style), "en")


def test_chicago_author_date() -> None:
    """The Chicago Manual of Style, 17th edition, 15.5–15.9: https://www.chicagomanualofstyle.org"""
    found = cited(
        "chicago-author-date", Cited("news-a", "p. 4"), Cited("report"), Cited("news-b", form="narrative")
    )
    assert [shown(parts) for parts in found.citations] == [
        "(Vergun 2020b, 4)",
        "(Congressional Research Service 2020)",
        "Vergun (2020a)",
    ]
    assert {identifier: text(pieces) for identifier, pieces in found.entries} == {
        "report": "Congressional Research Service. 2020. Iraq: Issues. Report. CRS. https://example.org/a.",
        "news-a": (
            "Vergun, David. 2020b. “Esper discusses “rebalancing” in the DoD.” DoD News, February 12. "
            "https://example.org/a."
        ),
        "news-b": "Vergun, David. 2020a. “A second one.” DoD News, March. https://example.org/a.",
    }
    assert found.entries[0][0] == "report"
    emphasised = [piece.text for _, pieces in found.entries for piece in pieces if piece.emphasis == "em"]
    assert emphasised == ["Iraq: Issues", "DoD News", "DoD News"]


def test_apa() -> None:
    """Publication Manual of the APA, 7th edition, 8.10–8.19 and 10.1: https://apastyle.apa.org"""
    found = cited("apa", Cited("news-a", "p. 4"), Cited("news-b"))
    assert [shown(parts) for parts in found.citations] == ["(Vergun, 2020a, p.\u00a04)", "(Vergun, 2020b)"]
    entries = dict(found.entries)
    assert text(entries["news-a"]) == (
        "Vergun, D. (2020a, February 12). Esper discusses “rebalancing” in the DoD. DoD News. https://example.org/a"
    )
    assert text(entries["report"]).startswith(
        "Congressional Research Service. (2020). Iraq: Issues [Report]. CRS."
    )


def test_chicago_notes() -> None:
    """The Chicago Manual of Style, 17th edition, 14.191: a newspaper article in a note."""
    second = Cited("news-b", "chapter 2, passim", "see")
    found = cited("chicago-notes", Cited("news-b", "4"), second, works=(SECOND,))
    assert found.notes
    assert shown(found.citations[0]) == (
        "David Vergun, “A second one,” DoD News, March 2020, 4, https://example.org/a."
    )
    assert shown(found.citations[1]) == "see Vergun, “A second one,” chap.\u00a02, passim."
    assert text(dict(found.entries)["news-b"]) == (
        "Vergun, David. “A second one.” DoD News, March 2020. https://example.org/a."
    )


def test_works_of_one_citation_are_ordered_and_drawn_together_by_the_style() -> None:
    both = (Cited("news-a"), Cited("news-b"))
    found = cited("chicago-author-date", both).citations[0]
    assert shown(found) == "(Vergun 2020b; 2020a)"
    assert [part.item for part in found] == [-1, 0, -1, 1, -1]
    assert shown(cited("apa", (Cited("report"), Cited("news-a"))).citations[0]) == (
        "(Congressional Research Service, 2020; Vergun, 2020a)"
    )


def test_words_around_works_keep_them_in_their_places() -> None:
    citation = (Cited("news-b", "chap. 2, passim", "see"), Cited("report", "33", "and, at length,"))
    assert shown(cited("apa", citation).citations[0]) == (
        "(see Vergun, 2020b, chap.\u00a02, passim; "
        "and, at length, Congressional Research Service, 2020, p.\u00a033)"
    )


def test_an_author_whom_the_text_names_isnt_named_again() -> None:
    citation = (Cited("news-a", "12", form="suppressed"), Cited("report", form="suppressed"))
    assert shown(cited("chicago-author-date", citation).citations[0]) == "(2020b, 12; 2020)"


def test_a_style_of_names_alone_never_says_nothing() -> None:
    """As the MLA's, which sites can have as a file."""
    asked = (Cited("report"), Cited("report", form="narrative"), Cited("report", form="suppressed"))
    found = cited("modern-language-association", *asked, works=(REPORT,))
    name = "Congressional Research Service"
    assert [shown(parts) for parts in found.citations] == [f"({name})", name, f"({name})"]


@pytest.mark.parametrize("style", ["apa", "chicago-author-date"])
def test_works_without_an_author_are_under_their_publishers(style: str) -> None:
    """Chicago 15.37, APA 9.8. Left alone, the processor counts them as one author's."""
    news = replace(NEWS, authors=())
    report = replace(REPORT, authors=(), publisher="NATO")
    found = cited(style, Cited("news-a"), Cited("report", form="narrative"), works=(news, report))
    comma = "," if style == "apa" else ""
    assert [shown(parts) for parts in found.citations] == [f"(DoD News{comma} 2020)", "NATO (2020)"]
    entries = {identifier: text(pieces) for identifier, pieces in found.entries}
    assert entries["report"].count("NATO") == 1


@pytest.mark.parametrize("style", STYLES)
def test_every_style_lists_every_work_once(style: str) -> None:
    found = cited(style, *(Cited(work.id) for work in WORKS))
    assert sorted(identifier for identifier, _ in found.entries) == ["news-a", "news-b", "report"]
    assert [sum(part.item >= 0 for part in parts) for parts in found.citations] == [1, 1, 1]
    assert all(shown(parts) for parts in found.citations)
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


@pytest.mark.parametrize(
    ("language", "reference"),
    [
        ("en", "Vergun, D. (2020, March). A second one. DoD News."),
        ("de", "Vergun, D. (2020, März). A second one. DoD News."),
        ("fr-CA", "Vergun, D. (2020, mars). A second one. DoD News."),
    ],
)
def test_words_and_dates_are_in_the_sites_language(language: str, reference: str) -> None:
    found = formatted((SECOND,), ((Cited("news-b"),),), carried("apa"), language)
    assert text(found.entries[0][1]).startswith(reference)


def test_quotation_marks_are_those_of_the_region() -> None:
    marks = {}
    for language in ("en", "en-GB", "de"):
        found = formatted((SECOND,), ((Cited("news-b"),),), carried("harvard-cite-them-right"), language)
        title = text(found.entries[0][1])
        marks[language] = title[title.index("A second") - 1]
    assert marks == {"en": "“", "en-GB": "‘", "de": "„"}
