"""Papers, read back by another program: cover, contents, running heads, bookmarks, whole addresses."""

import re
import sys
from io import BytesIO

import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTTextContainer
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from dossier.diagnostics import DossierError
from dossier.exports.pdf import pdf
from tests.conftest import REPOSITORY, absent
from tests.exports.conftest import Desk

FONTS = REPOSITORY / "themes" / "briefing"
ASSETS = {p.relative_to(FONTS).as_posix(): p.read_bytes() for p in FONTS.glob("assets/fonts/*.woff2")}


@pytest.fixture
def paper(desk: Desk) -> bytes:
    try:
        return pdf(desk.briefing(), ASSETS)
    except DossierError as problem:
        absent(problem.diagnostics[0].hint)


def lines(data: bytes) -> list[list[str]]:
    """The lines of each page."""
    return [
        [line for box in page if isinstance(box, LTTextContainer) for line in box.get_text().splitlines()]
        for page in extract_pages(BytesIO(data))
    ]


@pytest.mark.slow
def test_cover_contents_and_running_heads(paper: bytes) -> None:
    pages = lines(paper)
    cover, contents = pages[:2]
    assert cover[:3] == ["The File", "The mission", "What it is & was."]
    assert not any(line.startswith("1 / ") for line in cover)
    names = ["Overview", "Claims", "Timeline", "Second note", "First note", "Sources"]
    numbers = [int(number) for number in re.findall(r"(?<!/ )\b(\d+)$(?! /)", "\n".join(contents), re.M)]
    told = " ".join(contents)
    assert [told.index(name) for name in names] == sorted(told.index(name) for name in names)
    for name, number in zip(names, numbers, strict=True):
        page = [line.strip() for line in pages[number - 1]]
        assert page.count(name) == 2, (name, page)  # its title, and the running head
        assert "The mission" in page
        assert f"{number} / {len(pages)}" in page


@pytest.mark.slow
def test_bookmarks_and_what_it_says_of_itself(paper: bytes) -> None:
    document = PDFDocument(PDFParser(BytesIO(paper)))
    outline = [(level, title) for level, title, *_ in document.get_outlines()]
    assert outline[:3] == [(1, "Overview"), (2, "How"), (1, "Claims")]
    assert outline[-1] == (1, "Sources")
    assert document.catalog["Lang"] == b"en"
    assert "StructTreeRoot" in document.catalog
    assert document.info[0]["Creator"] == b"dossier"


@pytest.mark.slow
def test_sources_are_numbered_with_their_whole_addresses(paper: bytes) -> None:
    text = extract_text(BytesIO(paper))
    assert "https://a.example/one?x=1&y=2" in text
    assert "https://web.archive.org/web/20200213000000/https://a.example/" in re.sub(r"\n", "", text)
    assert "zanzibar" not in text.lower()


@pytest.mark.slow
def test_the_same_dossier_gives_the_same_bytes(desk: Desk, paper: bytes) -> None:
    first, second = (desk.run("pdf", "iraq", "--output", "-", PYTHONHASHSEED=seed) for seed in "17")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith(b"%PDF-")
    assert first.stdout == second.stdout


def test_without_weasyprint_it_says_what_to_install(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(DossierError) as caught:
        pdf(desk.briefing(), {})
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.hint) == ("pdf-missing", "install it: pip install 'dossier-site[pdf]'")
