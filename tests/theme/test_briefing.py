"""The default theme shows every page kind, whole and safe, whatever its view holds or lacks."""

import json
import re
from xml.etree import ElementTree

import pytest

from dossier.theme import PAGE_TEMPLATES, check
from tests.theme.pages import Seen, briefing, filled, rendered
from tests.theme.views import bare, full

PAGES = [name for name in PAGE_TEMPLATES if name.endswith(".html")]
SAMPLES = [(kind, name) for kind in ("full", "bare") for name in PAGE_TEMPLATES]
HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(1)>&]]>{{ 7*7 }}\u2028\x00\x0b\x85\ufffe"""
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sample(kind: str, name: str) -> bytes:
    return rendered(name, (full() if kind == "full" else bare())[name])


def hostile(name: str) -> bytes:
    return rendered(name, filled(full()[name], HOSTILE))


def test_the_theme_is_whole() -> None:
    assert check(briefing()) == ()


@pytest.mark.parametrize(("kind", "name"), SAMPLES)
def test_every_page_is_made_from_the_fullest_and_the_barest_view(kind: str, name: str) -> None:
    page = sample(kind, name)
    assert page.endswith((b"\n", b"}\n"))
    assert page == sample(kind, name)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("kind", ["full", "bare"])
def test_pages_are_well_formed(kind: str, name: str) -> None:
    seen = Seen(sample(kind, name).decode())
    assert seen.unbalanced == []
    assert seen.count("h1") == 1
    assert seen.count("main") == 1
    ids = seen.attributes("id")
    assert sorted(set(ids)) == sorted(ids)
    labels = {word for value in seen.attributes("aria-labelledby") for word in value.split()}
    assert labels <= set(ids)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_no_inline_code_and_nobody_else(name: str) -> None:
    seen = Seen(sample("full", name).decode())
    assert seen.count("style") == 0
    assert all(
        "style" not in given and not any(key.startswith("on") for key in given) for _, given in seen.tags
    )
    scripts = [given for tag, given in seen.tags if tag == "script" and "src" not in given]
    assert all(given.get("type") == "application/ld+json" for given in scripts)
    loaded = [
        given["href"] for tag, given in seen.tags if tag == "link" and given["rel"] in ("stylesheet", "icon")
    ]
    assert loaded
    assert all("//" not in address for address in loaded + seen.attributes("src"))


@pytest.mark.parametrize("name", [name for name in PAGES if name != "404.html"])
def test_a_bare_page_shows_no_empty_section(name: str) -> None:
    page = sample("bare", name).decode()
    assert not re.search(r"<(section|ul|ol|dl|nav|p|h[1-6])[^>]*>\s*</\1>", page)
    assert Seen(page).count("section") <= 1


@pytest.mark.parametrize("name", PAGES)
def test_hostile_words_stay_words(name: str) -> None:
    page = hostile(name).decode()
    ours, theirs = Seen(sample("full", name).decode()), Seen(page)
    assert theirs.unbalanced == []
    assert {tag for tag, _ in theirs.tags} <= {tag for tag, _ in ours.tags}
    assert {key for _, given in theirs.tags for key in given} <= {
        key for _, given in ours.tags for key in given
    }
    assert "{{ 7*7 }}" in page
    for script in theirs.scripts:
        json.loads(script)
    assert not re.search("[\x00\x0b\x85\ufffe]", page)


def test_addresses_that_could_run_something_lead_nowhere() -> None:
    for name in PAGES:
        seen = Seen(rendered(name, filled(full()[name], "javascript:alert(1)")).decode())
        external = [
            given.get("href", "") for _, given in seen.tags if given.get("rel") in ("external", "canonical")
        ]
        assert not any(address.startswith("javascript") for address in external), name


def test_foreign_words_say_their_language() -> None:
    article = sample("full", "article.html").decode()
    assert '<h1 lang="da" dir="ltr">' in article
    assert '<blockquote lang="da" dir="ltr">' in article
    assert 'lang="ar" dir="rtl"' in sample("full", "home.html").decode()


def test_dates_are_as_precise_as_the_source() -> None:
    page = sample("full", "home.html").decode()
    assert '<time datetime="2020-02-12">12 February 2020</time>' in page
    assert '<time datetime="2026-02">February 2026</time>' in page
    assert '<time datetime="2020">2020</time>' in page


def test_references_and_citations_lead_to_each_other() -> None:
    seen = Seen(sample("full", "note.html").decode())
    ids, targets = set(seen.attributes("id")), {a[1:] for a in seen.attributes("href") if a.startswith("#")}
    assert {"ref-1", "ref-2", "cite-1-1", "cite-1-2", "cite-2-1"} <= ids & targets
    assert targets <= ids


@pytest.mark.parametrize("make", [sample, lambda _, name: hostile(name)], ids=["sample", "hostile"])
def test_atom(make) -> None:  # type: ignore[no-untyped-def]
    feed = ElementTree.fromstring(make("full", "feed.xml"))
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        assert all(element.find(ATOM + child) is not None for child in ("id", "title", "updated"))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert all(not list(text) for name in ("title", "summary") for text in feed.iter(ATOM + name))


def test_a_feed_without_authors_is_its_sites() -> None:
    feed = ElementTree.fromstring(sample("bare", "feed.xml"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Bare"


@pytest.mark.parametrize("make", [sample, lambda _, name: hostile(name)], ids=["sample", "hostile"])
def test_json_feed(make) -> None:  # type: ignore[no-untyped-def]
    page = make("full", "feed.json")
    feed = json.loads(page)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert [item["content_text"] for item in feed["items"] if item["id"] and item["url"]]
    assert b"<" not in page


def test_the_sitemap_and_robots() -> None:
    sitemap = ElementTree.fromstring(sample("full", "sitemap.xml"))
    assert [loc.text for loc in sitemap.iter(f"{SITEMAP}loc")][1] == "https://example.org/a?b=1&c=2"
    ElementTree.fromstring(hostile("sitemap.xml"))
    robots = sample("full", "robots.txt").decode()
    assert robots == "User-agent: *\nDisallow:\n\nSitemap: https://example.org/sitemap.xml\n"
    assert sample("bare", "robots.txt").decode() == "User-agent: *\nDisallow:\n"
