"""Cards beside citations in Chromium: by pointer and by keyboard, gone with Escape."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.conftest import Built
from tests.site.serving import served
from tests.site.test_browser import visit

NOTE = "notes/who-said-right-size.html"


@pytest.fixture
def page(browser: Browser, site: Built) -> Iterator[Page]:
    with served(site.output, "/iraq/") as base:
        window = visit(browser, base)
        window.open(NOTE)
        yield window.page
        window.page.close()
    assert window.troubles == []


def test_a_citation_that_is_pointed_at_shows_its_source(page: Page) -> None:
    link = page.locator("a.citation").first
    target = link.get_attribute("href")
    title = page.locator(f"{target} .reference-title").inner_text()
    link.hover()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text(title)
    assert link.get_attribute("aria-describedby") == "d-card"
    more = page.locator(f"{target} .reference-more").text_content()
    assert more
    expect(card).to_contain_text(more)
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.locator("h1").hover()
    expect(card).to_have_count(0)


def test_a_citation_that_has_the_focus_shows_its_source_until_escape(page: Page) -> None:
    page.locator("a.citation").nth(1).evaluate("link => link.previousElementSibling?.focus()")
    page.keyboard.press("Tab")
    for _ in range(60):
        if page.evaluate("document.activeElement.classList.contains('citation')"):
            break
        page.keyboard.press("Tab")
    card = page.get_by_role("tooltip")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert page.evaluate("document.activeElement.classList.contains('citation')")


def test_a_card_stays_in_a_narrow_window(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    link = page.locator("a.citation").last
    link.scroll_into_view_if_needed()
    link.hover()
    box = page.get_by_role("tooltip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_citation_leads_to_its_reference(page: Page) -> None:
    page.locator("a.citation").first.click()
    expect(page.get_by_role("tooltip")).to_have_count(0)
    assert "#ref-" in page.url
