"""Pages as a browser prints them: whole addresses, numbered references, where they are from."""

import re
from io import BytesIO

import pytest
from pdfminer.high_level import extract_pages, extract_text
from playwright.sync_api import Browser

from tests.site.conftest import Built


@pytest.fixture(scope="module")
def printed(site: Built, browser: Browser) -> dict[str, bytes]:
    """Some pages, printed from a browser that is set to dark."""
    names = ("notes/who-said-right-size", "topics/nato-iraq-mission", "articles/aa-nato-relocates-2026-03-20")
    page = browser.new_page(color_scheme="dark")
    found = {}
    for name in names:
        page.goto((site.output / f"{name}.html").as_uri())
        found[name] = page.pdf(format="A4")
    page.close()
    return found


def said(data: bytes) -> str:
    """The text on one line, without spaces, for addresses are broken."""
    return re.sub(r"\s", "", extract_text(BytesIO(data)))


@pytest.mark.slow
def test_references_are_numbered_with_their_whole_addresses(printed: dict[str, bytes]) -> None:
    text = said(printed["notes/who-said-right-size"])
    assert "2.DavidVergun:EsperDiscussesRebalancing" in text
    assert (
        "Original<https://www.defense.gov/News/News-Stories/Article/Article/2082281/"
        "esper-discusses-rebalancing-us-forces-to-align-with-national-defense-strategy/>"
    ) in text
    article = said(printed["articles/aa-nato-relocates-2026-03-20"])
    assert "<https://www.aa.com.tr/en/world/nato-relocates-iraq-mission-personnel-to-europe" in article


@pytest.mark.slow
def test_each_paper_says_where_it_is_from_and_counts_its_pages(printed: dict[str, bytes]) -> None:
    for name, data in printed.items():
        assert f"https://dossier.example/iraq/{name}.html" in said(data)
        count = len(list(extract_pages(BytesIO(data))))
        assert f"{count}/{count}" in said(data)


@pytest.mark.slow
def test_what_is_of_use_on_a_screen_alone_is_left_out(printed: dict[str, bytes]) -> None:
    text = said(printed["notes/who-said-right-size"])
    for words in ("Skiptocontent", "Onthispage", "forreferencemanagers", "Atomfeed", "↑"):
        assert words not in text
