"""Bibliographies as other programs read them."""

import json

import pytest
from pybtex.database import parse_string
from rispy import loads

from dossier.bibliography import bibtex, csl_json, ris
from dossier.views import BibliographyView, CitedName, CitedWork
from tests.bibliography.csl import problems

REPORT = CitedWork(
    id="crs-2020",
    kind="report",
    title="Iraq & the “50%” question: {sources} of $1_000 #1",
    authors=(CitedName("Ursula von der Leyen", "von der Leyen", "Ursula"), CitedName("Research Service")),
    container="",
    publisher="Congressional Research Service",
    genre="Report",
    date="2020-02",
    url="https://example.org/a_b?c=d&e=%20f",
    archive="https://web.archive.org/web/2020/https://example.org/",
    accessed="2026-11-24",
    language="en",
    abstract="First line.\nER  - \nSecond \\ line ~ ^.",
    tags=("troop numbers", "نص"),
    page="articles/crs-2020.html",
)
NEWS = CitedWork(
    id="x",
    kind="news",
    title="خبر",
    authors=(CitedName("وكالة"),),
    container="Al-Monitor",
    publisher="",
    genre="",
    date="2020-02-12",
    url="",
    archive="",
    accessed="",
    language="ar",
    abstract="",
    tags=(),
    page="articles/x.html",
)
BOTH = BibliographyView((REPORT, NEWS))


def test_csl_json_is_of_its_schema() -> None:
    items = json.loads(csl_json.write(BOTH))
    assert problems(items) == []
    report, news = items
    assert report["author"] == [
        {"family": "von der Leyen", "given": "Ursula"},
        {"literal": "Research Service"},
    ]
    assert report["issued"] == {"date-parts": [[2020, 2]]}
    assert report["publisher"] == "Congressional Research Service"
    assert (news["type"], news["container-title"]) == ("article-newspaper", "Al-Monitor")
    assert "URL" not in news


def test_bibtex_is_read_by_another_library() -> None:
    entries = parse_string(bibtex.write(BOTH).decode(), "bibtex").entries
    report, news = entries["crs-2020"], entries["x"]
    assert (report.type, news.type) == ("techreport", "article")
    assert report.fields["institution"] == "Congressional Research Service"
    assert report.fields["title"] == r"{Iraq \& the “50\%” question: \{sources\} of \$1\_000 \#1}"
    assert report.fields["url"] == REPORT.url
    people = report.persons["author"]
    assert (people[0].prelast_names, people[0].last_names, people[0].first_names) == (
        ["von", "der"],
        ["Leyen"],
        ["Ursula"],
    )
    assert people[1].last_names == ["{Research Service}"]
    assert (report.fields["year"], report.fields["month"]) == ("2020", "feb")
    assert news.fields["journal"] == "Al-Monitor"


def test_ris_is_read_back_and_no_text_begins_a_tag() -> None:
    report, news = loads(ris.write(BOTH).decode())
    assert report["type_of_reference"] == "RPRT"
    assert report["abstract"] == "First line. ER - Second \\ line ~ ^."
    assert report["authors"] == ["von der Leyen, Ursula", "Research Service"]
    assert report["date"] == "2020/02//"
    assert report["urls"] == [REPORT.url]
    assert report["keywords"] == ["troop numbers", "نص"]
    assert (news["title"], news["secondary_title"]) == ("خبر", "Al-Monitor")
    assert all(line[2:6] == "  - " for line in ris.write(BOTH).decode().splitlines() if line)


@pytest.mark.parametrize("form", [csl_json, bibtex, ris])
def test_an_empty_bibliography_is_a_file_all_the_same(form) -> None:
    assert form.write(BibliographyView(())).strip() in (b"[]", b"")
