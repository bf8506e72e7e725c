"""Moving about in Chromium: contents that follow, notes in the margin, copying, lists that are narrowed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.conftest import Built, build, write
from tests.site.serving import served
from tests.site.test_browser import Visit, overflow, visit

NOTE = "notes/who-said-right-size.html"
TOPIC = "topics/nato-iraq-mission.html"
SHOWN = ".row-title >> visible=true"


@pytest.fixture
def window(browser: Browser, site: Built) -> Iterator[Visit]:
    with served(site.output, "/iraq/") as base:
        window = visit(browser, base)
        yield window
        window.page.close()
    assert window.troubles == []


def at_once(page: Page) -> None:
    """Scroll without taking time for it."""
    page.emulate_media(reduced_motion="reduce")


def test_the_contents_show_where_the_reader_is(window: Visit) -> None:
    window.open(NOTE)
    at_once(window.page)
    current = window.page.locator(".contents [aria-current]")
    expect(current).to_have_count(0)
    window.page.evaluate("document.getElementById('d-references').scrollIntoView()")
    expect(current).to_have_text("References")
    window.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(current).to_have_text("Related")


def test_footnotes_stand_beside_their_marks_where_there_is_room(window: Visit) -> None:
    window.open(NOTE)
    mark, note = window.page.locator(".footnote-ref").first, window.page.locator(".footnotes li").first
    beside, text = note.bounding_box(), window.page.locator(".prose").bounding_box()
    there = mark.bounding_box()
    assert beside
    assert text
    assert there
    assert beside["x"] >= text["x"] + text["width"]
    assert abs(beside["y"] - there["y"]) < 40
    assert overflow(window.page) <= 0
    window.page.set_viewport_size({"width": 900, "height": 800})
    expect(window.page.locator(".footnotes")).not_to_have_class("footnotes aside")
    below, end = note.bounding_box(), window.page.locator(".prose > p").last.bounding_box()
    assert below
    assert end
    assert below["y"] > end["y"]


def test_a_link_to_another_page_shows_its_head_by_pointer_and_by_keyboard(window: Visit) -> None:
    window.open(TOPIC)
    link, card = (
        window.page.locator(".cards + .more a, .rows .row-title").first,
        window.page.locator("#d-card"),
    )
    title = link.inner_text()
    link.scroll_into_view_if_needed()
    link.hover()
    expect(card.locator(".card-title")).to_have_text(title)
    window.page.mouse.move(0, 0)
    expect(card).to_have_count(0)
    window.page.locator(".row-by a").first.focus()
    window.page.keyboard.press("Tab")
    expect(card).to_be_visible()
    window.page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_a_link_that_is_touched_is_followed(browser: Browser, site: Built) -> None:
    with served(site.output, "/iraq/") as base:
        page = browser.new_page(viewport={"width": 400, "height": 800}, has_touch=True)
        page.goto(base + TOPIC)
        page.locator(".rows .row-title").first.tap()
        page.wait_for_url("**/articles/*")
        page.close()


@pytest.mark.parametrize("opened", ["served", "from a folder"])
def test_link_and_citation_are_copied(browser: Browser, site: Built, opened: str) -> None:
    with served(site.output, "/iraq/") as base:
        window = visit(browser, base if opened == "served" else site.output.as_uri() + "/")
        if opened == "served":
            window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        window.open("articles/nato-presser-2020-02-12.html")
        window.page.get_by_role("button", name="Copy citation").click()
        expect(window.page.get_by_role("status")).to_have_text("Copy citation: copied")
        if opened == "served":
            copied = window.page.evaluate("navigator.clipboard.readText()")
            assert "NATO, 12 February 2020, https://www.nato.int/" in copied
            window.page.get_by_role("button", name="Copy link").click()
            expect(window.page.get_by_role("status")).to_have_text("Copy link: copied")
            address = "https://dossier.example/iraq/articles/nato-presser-2020-02-12.html"
            assert window.page.evaluate("navigator.clipboard.readText()") == address
        window.page.close()
    assert window.troubles == []


def test_how_to_cite_is_there_without_scripts(browser: Browser, site: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site.output / NOTE).as_uri())
    page.get_by_text("Cite this").click()
    expect(page.locator(".citing-text")).to_contain_text("The Iraq File, ")
    context.close()


# ---------------------------------------------------------------- lists

MANY = {
    "site.yaml": "title: Many\npage_size: 20\n",
    "content/topics/t.md": "---\ntitle: A topic\n---\n",
    **{
        f"content/articles/a{n:03}.md": f"---\ntitle: Report {n:03}\ndate: {1990 + n % 30}-01-02\n"
        f"source: {'Herald' if n % 2 else 'Gazette'}\nkind: {'news' if n % 3 else 'report'}\ntopics: [t]\n"
        "---\n"
        for n in range(130)
    },
}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = build(write(tmp_path_factory.mktemp("many"), MANY))
    assert built.code == 0, built.said
    return built


def test_a_topics_list_is_narrowed_and_put_in_another_order(browser: Browser, many: Built) -> None:
    """Also by what stands on its further pages, which are read when that is first wanted."""
    with served(many.output) as base:
        window = visit(browser, base)
        window.open("topics/t.html")
        page, said = window.page, window.page.locator(".filters-said")
        assert page.locator(SHOWN).count() == 20
        field = page.get_by_label("Filter by title, source or date")
        field.fill("herald 2005")
        expect(said).to_have_text("4 of 130")
        assert sorted(page.locator(SHOWN).all_inner_texts()) == [f"Report {n:03}" for n in (15, 45, 75, 105)]
        assert "2 Jan 2005" in page.locator(".row-date >> visible=true").first.inner_text()
        field.fill("")
        page.get_by_label("Only this kind").select_option("Report")
        expect(said).to_have_text("44 of 130")
        page.get_by_label("Order").select_option("By title")
        assert page.locator(SHOWN).first.inner_text() == "Report 000"
        page.get_by_label("Only this kind").select_option("")
        page.get_by_role("button", name="30 more").click()
        assert page.locator(SHOWN).count() == 130
        page.locator(SHOWN).last.click()
        page.wait_for_url("**/articles/a129.html")
        page.close()
    assert window.troubles == []


def test_from_a_folder_the_list_on_the_page_is_narrowed(browser: Browser, many: Built) -> None:
    page = browser.new_page()
    page.goto((many.output / "topics/t.html").as_uri())
    page.get_by_label("Filter by title, source or date").fill("herald")
    expect(page.locator(".filters-said")).to_contain_text("of the 20 on this page")
    page.close()


def test_without_scripts_the_list_is_plain(browser: Browser, many: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((many.output / "topics/t.html").as_uri())
    assert page.locator(SHOWN).count() == 20
    assert page.locator("form").count() == 0
    page.get_by_role("link", name="All 130 articles").click()
    assert page.locator(SHOWN).count() == 20
    context.close()


# ---------------------------------------------------------------- much of it

FILL = """words => {
    const field = document.getElementById("d-filter");
    const begun = performance.now();
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.offsetHeight;
    return performance.now() - begun;
}"""


@pytest.mark.slow
def test_a_topic_of_5000_articles_stays_usable(browser: Browser, tmp_path: Path) -> None:
    files = {
        "site.yaml": "title: Much\nbibliographies: false\n",
        "content/topics/t.md": "---\ntitle: A topic\n---\n",
        **{
            f"content/articles/a{n}.md": f"---\ntitle: A report of a length that titles have, number {n}\n"
            f"date: {2014 + n % 12}-0{1 + n % 9}-1{n % 10}\nsource: Source {n % 50}\n"
            f"topics: [t]\nevents: [{{date: 2020-01-0{1 + n % 9}, title: Event {n}}}]\n"
            f"people: [Person {n % 400}, Other {n % 37}]\norganizations: [Body {n % 100}]\n"
            f"places: [Place {n % 90}]\n---\nText.\n"
            for n in range(5000)
        },
        **{
            f"content/notes/n{n}.md": f"---\ntitle: Note {n}\ndate: 2021-01-01\ntopics: [t]\n"
            f"summary: A summary of a note, as long as summaries are.\n---\nText.\n"
            for n in range(250)
        },
    }
    built = build(write(tmp_path, files))
    assert built.code == 0, built.said
    assert built.files["topics/t.html"].stat().st_size <= 150_000
    assert {"topics/t/notes.html", "topics/t/timeline.html", "topics/t/2.html"} <= built.files.keys()
    with served(built.output) as base:
        window = visit(browser, base)
        window.open("topics/t.html")
        page = window.page
        page.get_by_label("Filter by title, source or date").focus()
        page.keyboard.type("a")
        expect(page.locator(".filters-said")).to_have_text("5000 of 5000", timeout=60_000)
        for words in ("report", "source 7", "number 4321", "2019", "nothing like it"):
            # The best of three, since the machine may have other things to do.
            assert min(page.evaluate(FILL, words) for _ in range(3)) < 100
        page.close()
    assert window.troubles == []
