"""Payloads of public collections in every field and body: nothing of them is more than text.

In Chromium the pages' own content security policy is switched off, so that whatever could run would.
"""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

from dossier import documents
from dossier.model import Article
from tests.markup.examples import note
from tests.markup.test_hostile import assert_harmless_body
from tests.site.conftest import Built, build, write
from tests.site.serving import served
from tests.trust.payloads import Payload, front_matter, hostile_site, in_contexts, payloads

PAYLOADS = payloads()
# What a page could run or load, other than the theme's own files; and the words of payloads, where they run.
LISTEN = "window.ran = (...given) => { throw new Error('a payload ran'); };"
TROUBLES = """() => {
    const found = [];
    const own = location.origin + "/";
    const FOREIGN = "iframe frame object embed applet base math style video audio meter".split(" ");
    const RUNNING = "srcdoc formaction ping srcset background".split(" ");
    for (const element of document.querySelectorAll("*")) {
        const name = element.localName;
        if (FOREIGN.includes(name)) found.push("element " + name);
        if (name === "script" && element.type !== "application/ld+json" && !element.src.startsWith(own))
            found.push("script " + element.outerHTML.slice(0, 200));
        for (const attribute of element.attributes) {
            if (/^on/i.test(attribute.name) || RUNNING.includes(attribute.name))
                found.push(`${name} ${attribute.name}=${attribute.value.slice(0, 100)}`);
        }
        for (const key of ["href", "src", "action"]) {
            if (!element.hasAttribute(key) || name === "link") continue;
            if (!URL.canParse(element.getAttribute(key), location.href)) continue;  // It leads nowhere.
            const protocol = new URL(element.getAttribute(key), location.href).protocol;
            if (!["http:", "https:", "mailto:"].includes(protocol)) found.push(`${name} ${key} ${protocol}`);
            if (key === "src" && !new URL(element.getAttribute(key), location.href).href.startsWith(own))
                found.push(`${name} loads ${element.getAttribute(key)}`);
        }
    }
    return found;
}"""


def test_there_are_at_least_three_hundred_of_five_collections() -> None:
    assert len(PAYLOADS) >= 300
    assert len({payload.text for payload in PAYLOADS}) == len(PAYLOADS)
    assert len({payload.source for payload in PAYLOADS}) == 5


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_is_text_in_every_context_of_a_body(payload: Payload) -> None:
    assert_harmless_body(note(in_contexts(payload.text)))


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_is_no_address(payload: Payload) -> None:
    """Fields of addresses take `http` and `https` alone, and whatever they refuse is said."""
    fields = {"title": "T", "url": payload.text, "archive_url": payload.text}
    parsed = documents.parse("content/articles/a.md", front_matter(**fields).encode())
    assert {finding.path for finding in parsed.diagnostics} <= {"content/articles/a.md"}
    if isinstance(parsed.value, Article):
        for address in filter(None, (parsed.value.url, parsed.value.archive_url)):
            assert address.startswith(("http://", "https://")), address
            assert not set("\"<>`' \t\n").intersection(address), address
        assert parsed.value.url or parsed.diagnostics


@pytest.mark.parametrize(
    "payload", [one for one in PAYLOADS if not one.is_text], ids=lambda one: ascii(one.text)
)
def test_control_characters_are_refused(payload: Payload) -> None:
    for text in (front_matter(title="T") + payload.text, f"---\ntitle: '{payload.text}'\n---\n"):
        found = documents.parse("content/articles/a.md", text.encode()).diagnostics
        assert "control-character" in {finding.code for finding in found}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = build(write(tmp_path_factory.mktemp("payloads"), hostile_site()))
    assert built.code == 0, built.said
    return built


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def listen(page: Page, base: str, troubles: list[str]) -> None:
    """Note whatever a payload could bring about."""

    def said(message: ConsoleMessage) -> None:
        lacking = "Failed to load resource" in message.text and message.location["url"].startswith(base)
        if message.type == "error" and not lacking:  # Pictures that a payload names aren't there.
            troubles.append(f"console {message.text} {page.url}")

    def asked(request: Request) -> None:
        if not request.url.startswith(base):
            troubles.append(f"left for {request.url} {page.url}")

    def asks(dialog: Dialog) -> None:
        troubles.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", asks)
    page.on("pageerror", lambda error: troubles.append(f"error {error} {page.url}"))
    page.on("console", said)
    page.on("popup", lambda other: troubles.append(f"popup {other.url}"))
    page.on("request", asked)


class Attributes(HTMLParser):
    """Notes the attributes of a page that could run something, or draw over the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{tag} {name}" for name, _ in attrs if name == "style" or name.startswith("on")]


@pytest.mark.slow
def test_no_page_has_attributes_that_run_or_draw(built: Built) -> None:
    for name in built.pages:
        attributes = Attributes()
        attributes.feed(built.files[name].read_text(encoding="utf-8"))
        assert attributes.found == [], name


@pytest.mark.slow
def test_nothing_runs_loads_or_asks_in_a_browser(
    page: Page, built: Built, record_property: Callable[[str, object], None]
) -> None:
    record_property("cases", sum(payload.is_text for payload in PAYLOADS))
    troubles: list[str] = []
    with served(built.output) as base:
        listen(page, base, troubles)
        for name in built.pages:
            page.goto(base + quote(name), wait_until="load")
            assert page.url == base + quote(name)
            troubles += [f"{name}: {what}" for what in page.evaluate(TROUBLES)]
    assert troubles == []
