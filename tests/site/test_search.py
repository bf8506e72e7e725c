"""Searching in Chromium: words, filters, keys, a base path, hostile text, and a folder without a server."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.conftest import Built, build, write
from tests.site.serving import served
from tests.site.test_browser import visit

HIT = "#d-results li"
HOSTILE = """---
title: "<img src=x onerror=alert(1)> zanzibar"
date: 2020-02-12
source: "<script>alert(2)</script>"
---
Zanzibar &lt;img src=x onerror=alert(3)&gt; `<mark onclick=alert(4)>` zanzibar.
"""


def headlines(page: Page) -> list[str]:
    page.wait_for_selector(HIT)
    return page.locator(f"{HIT} h3").all_inner_texts()


def test_words_are_found_below_a_base_path(browser: Browser, site: Built) -> None:
    with served(site.output, "/iraq/") as base:
        window = visit(browser, base)
        window.open("search.html?q=right-sizing")
        page = window.page
        assert any("Esper" in title for title in headlines(page))
        assert "found for “right-sizing”" in page.inner_text("#d-found")
        assert page.locator(f"{HIT} mark").first.inner_text().startswith("right-siz")
        page.locator(f"{HIT} h3 a").first.click()
        page.wait_for_load_state()
        assert page.url.startswith(base)
        assert page.locator("h1").count() == 1
        page.close()
    assert window.troubles == []


def test_filters_narrow_the_results_and_stand_in_the_address(browser: Browser, site: Built) -> None:
    with served(site.output, "/iraq/") as base:
        window = visit(browser, base)
        window.open("search.html?q=NATO")
        page = window.page
        headlines(page)
        before = page.inner_text("#d-found")
        page.select_option("select[name=kind]", "Note")
        expect(page.locator("#d-found")).not_to_have_text(before)
        expect(page.locator(f"{HIT} .kicker").first).to_contain_text("Note")
        kinds = page.locator(f"{HIT} .kicker").all_inner_texts()
        assert kinds
        assert all(kind.startswith("Note") for kind in kinds)
        assert "kind=Note" in page.url
        page.reload()
        headlines(page)
        assert page.input_value("select[name=kind]") == "Note"
        page.close()
    assert window.troubles == []


def test_keys_lead_to_the_search_and_through_it(browser: Browser, site: Built) -> None:
    with served(site.output) as base:
        window = visit(browser, base)
        window.open("notes/who-said-right-size.html")
        page = window.page
        page.keyboard.press("/")
        page.wait_for_url("**/search.html")
        page.keyboard.type("trainers")
        page.locator("#d-found", has_text="“trainers”").wait_for()
        first = headlines(page)[0]
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent") == first
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.id") == "d-query"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "search.html" not in address)
        page.close()
    assert window.troubles == []


def test_what_is_found_of_hostile_text_is_text(browser: Browser, tmp_path: Path) -> None:
    files = {"site.yaml": "title: T\nsearch: true\nrights: full\n", "content/articles/h.md": HOSTILE}
    built = build(write(tmp_path, files))
    assert built.code == 0, built.said
    with served(built.output) as base:
        window = visit(browser, base)
        window.open("search.html?q=zanzibar")
        page = window.page
        assert headlines(page) == ["<img src=x onerror=alert(1)> zanzibar"]
        assert page.locator(f"{HIT} img, {HIT} script, {HIT} [onclick]").count() == 0
        assert "<img src=x onerror=alert(3)>" in page.locator(HIT).inner_text()
        page.close()
    assert window.troubles == []


def test_a_page_opened_from_a_folder_says_where_the_search_works(browser: Browser, site: Built) -> None:
    window = visit(browser, site.output.as_uri() + "/")
    window.open("search.html")
    assert "works where the site is served" in window.page.inner_text("#d-found")
    assert window.page.is_disabled("#d-query")
    window.page.close()
    assert window.troubles == []


def test_without_scripts_the_page_leads_to_the_list_of_everything(browser: Browser, site: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site.output / "search.html").as_uri())
    assert page.get_by_role("link", name="the list of all documents").count() == 1
    context.close()


@pytest.mark.slow
def test_many_shards_are_searched_as_one(browser: Browser, tmp_path: Path) -> None:
    files = {"site.yaml": "title: T\nsearch: true\nrights: full\n"}
    for number in range(900):
        text = f"---\ntitle: Article {number}\n---\nZanzibar w{number}x.\n"
        files[f"content/articles/a{number}.md"] = text
    built = build(write(tmp_path, files))
    assert built.code == 0, built.said
    assert (built.output / "search/3/pagefind-entry.json").is_file()
    assert not (built.output / "search/3/wasm.en.pagefind").exists()
    with served(built.output) as base:
        window = visit(browser, base)
        window.open("search.html?q=zanzibar")
        headlines(window.page)
        assert window.page.inner_text("#d-found") == "900 found for “zanzibar”"
        window.page.click(".search-more button")
        expect(window.page.locator(HIT)).to_have_count(20)
        window.page.close()
    assert window.troubles == []
