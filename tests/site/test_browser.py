"""Pages in Chromium: nothing overflows, nothing is refused, nothing leaves, nothing hostile runs."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.site.conftest import Built, build, write
from tests.site.serving import served

WIDTHS = (360, 1440)
SEVERAL = (
    "index.html",
    "topics/nato-iraq-mission.html",
    "notes/who-said-right-size.html",
    "articles/dod-vergun-2020-02-12.html",
    "claims/decision-moved-trainers.html",
    "claims/index.html",
)
# Tells what a content security policy refuses, which a page can't see otherwise.
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
    event => window.refused.push(event.violatedDirective + " " + event.blockedURI));
"""


@dataclass
class Visit:
    """What happened while pages were open."""

    page: Page
    base: str
    troubles: list[str] = field(default_factory=list)

    def open(self, name: str) -> None:
        answer = self.page.goto(self.base + quote(name, safe="/?="), wait_until="load")
        assert answer is not None
        assert answer.ok, name
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.troubles += [f"{name}: refused {what}" for what in self.page.evaluate("window.refused")]


def visit(browser: Browser, base: str, width: int = 1440, scheme: str = "light") -> Visit:
    """A new window that listens for dialogs, errors, refusals, failures and requests that leave the site."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.set_default_timeout(20_000)
    found = Visit(page, base)
    page.add_init_script(LISTEN)

    def dialog(opened) -> None:
        found.troubles.append(f"dialog: {opened.message}")
        opened.dismiss()

    def console(message) -> None:
        if message.type in ("error", "warning"):
            found.troubles.append(f"console: {message.text} {message.location['url']}")

    def request(asked) -> None:
        if not asked.url.startswith(base):
            found.troubles.append(f"left the site for {asked.url}")

    def failed(asked) -> None:
        if asked.failure != "net::ERR_ABORTED":  # the icon of a page that was left before it came
            found.troubles.append(f"failed: {asked.url} {asked.failure}")

    page.on("dialog", dialog)
    page.on("console", console)
    page.on("pageerror", lambda error: found.troubles.append(f"error: {error}"))
    page.on("request", request)
    page.on("requestfailed", failed)
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def is_styled(page: Page) -> bool:
    """Whether the stylesheet is there, and with it at least one of its own typefaces."""
    return page.evaluate("[...document.fonts].some(face => face.status === 'loaded')")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_several_pages_wide_and_phone(browser: Browser, site: Built, width: int, scheme: str) -> None:
    with served(site.output, "/iraq/") as base:
        window = visit(browser, base, width, scheme)
        for name in SEVERAL:
            window.open(name)
            assert overflow(window.page) <= 0, f"{name} scrolls sideways at {width} px"
            assert is_styled(window.page)
        window.page.close()
    assert window.troubles == []


@pytest.mark.slow
def test_the_site_opens_from_a_folder(browser: Browser, site: Built) -> None:
    window = visit(browser, site.output.as_uri() + "/")
    for name in SEVERAL:
        window.open(name)
        assert is_styled(window.page)
    window.page.click("nav a >> nth=0")
    window.page.wait_for_load_state()
    assert window.page.url.startswith("file://")
    window.page.close()
    assert window.troubles == []


def test_pages_are_readable_without_javascript(browser: Browser, site: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site.output / "notes/who-said-right-size.html").as_uri())
    assert "Esper" in page.inner_text("main")
    context.close()


QUOTING = {
    "site.yaml": "title: Quoting\nrights: full\n",
    "content/articles/full.md": "---\ntitle: Full\n---\n"
    + "Filling.\n\n" * 60
    + "They said that we will not leave Iraq.\n\n"
    + "Filling.\n\n" * 60,
    "content/articles/excerpt.md": "---\ntitle: Excerpt\nrights: excerpt\n---\n"
    + "Filling.\n\n" * 90
    + "They said that we will not leave Iraq.\n",
    "content/notes/n.md": "---\ntitle: N\ndate: 2020-01-01\n---\n"
    "“we will not leave Iraq” [@full]; “we will not leave” [@excerpt].\n",
}


IN_SIGHT = """() => {
    const top = document.querySelector(":target").getBoundingClientRect().top;
    return top >= 0 && top < innerHeight;
}"""


def test_a_quotations_mark_leads_to_its_passage_which_is_marked(browser: Browser, tmp_path: Path) -> None:
    """By a text fragment, of which Chromium makes the block the target; and by the anchor alone."""
    built = build(write(tmp_path, QUOTING))
    assert built.code == 0, built.said
    with served(built.output, "/iraq/") as base:
        window = visit(browser, base)
        page = window.page
        for link in ("a.check.verified", "a.passage"):
            for number, words in enumerate(["we will not leave Iraq", "we will not leave"]):
                window.open("notes/n.html")
                page.locator(link).nth(number).click()
                page.wait_for_url("**/articles/*")
                target = page.locator(":target")
                assert words in " ".join(target.inner_text().split())
                page.wait_for_function(IN_SIGHT)
        assert target.evaluate("element => getComputedStyle(element).backgroundColor") != "rgba(0, 0, 0, 0)"
        page.close()
    assert window.troubles == []


STATES = "[...document.querySelectorAll('table.claims tbody .state')].map(cell => cell.textContent)"


@pytest.mark.parametrize("opened", ["served", "from a folder"])
def test_a_table_of_claims_is_sorted_by_its_columns(browser: Browser, site: Built, opened: str) -> None:
    with served(site.output, "/iraq/") as base:
        window = visit(browser, base if opened == "served" else site.output.as_uri() + "/")
        window.open("claims/index.html")
        page = window.page
        before = page.evaluate(STATES)
        header = page.get_by_role("columnheader", name="State")
        header.get_by_role("button").press("Enter")
        ranks = {"Disputed": 0, "Corroborated": 1, "Single source": 2, "Superseded": 4}
        found = page.evaluate(STATES)
        assert [ranks[state] for state in found] == sorted(ranks[state] for state in before)
        assert header.get_attribute("aria-sort") == "ascending"
        header.get_by_role("button").click()
        assert page.evaluate(STATES)[0] == "Superseded"
        assert header.get_attribute("aria-sort") == "descending"
        page.get_by_role("columnheader", name="Dispute").get_by_role("button").click(click_count=2)
        first = page.locator("table.claims tbody tr").first
        assert "No American was harmed" in first.inner_text()
        assert header.get_attribute("aria-sort") is None
        page.close()
    assert window.troubles == []


def test_a_table_of_claims_is_plain_without_javascript(browser: Browser, site: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site.output / "claims/index.html").as_uri())
    assert page.get_by_role("columnheader", name="State").is_visible()
    assert page.get_by_role("button").count() == 0
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bare", "empty", "hostile"])
def test_every_page_of_the_small_sites(browser: Browser, name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    with served(built.output, "/a%20b/" if name == "hostile" else "/") as base:
        window = visit(browser, base, 360)
        for page in built.pages:
            window.open(page)
            assert overflow(window.page) <= 0, f"{page} scrolls sideways"
            if name == "hostile":
                for link in window.page.query_selector_all("a[href]")[:80]:
                    address = link.evaluate("link => link.protocol")
                    assert address in ("http:", "https:", "mailto:"), link.get_attribute("href")
        window.page.close()
    assert window.troubles == []


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_the_site(browser: Browser, site: Built, width: int) -> None:
    wide = []
    with served(site.output, "/iraq/") as base:
        window = visit(browser, base, width)
        for name in site.pages:
            window.open(name)
            if overflow(window.page) > 0:
                wide.append(name)
        window.page.close()
    assert wide == []
    assert window.troubles == []
