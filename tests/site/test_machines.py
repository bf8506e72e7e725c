"""What machines read: Atom, JSON Feed, sitemap, robots.txt, JSON-LD."""

import json
import re
from datetime import datetime
from xml.etree import ElementTree

import pytest

from tests.site.conftest import Built

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITES = ("site", "bare", "hostile", "empty")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ARTICLE_TYPES = {"NewsArticle", "AnalysisNewsArticle", "Report", "Dataset", "Article"}


@pytest.fixture(params=SITES)
def built(request: pytest.FixtureRequest) -> Built:
    return request.getfixturevalue(request.param)


def named(built: Built, file: str) -> dict[str, bytes]:
    """Every output file of that name, its path and bytes."""
    return {name: path.read_bytes() for name, path in built.files.items() if name.split("/")[-1] == file}


def is_time(text: str | None) -> bool:
    return bool(text and RFC_3339.fullmatch(text) and datetime.fromisoformat(text))


def test_atom_feeds_have_what_rfc_4287_asks_for(built: Built) -> None:
    feeds = named(built, "feed.xml")
    assert "feed.xml" in feeds
    for name, data in feeds.items():
        feed = ElementTree.fromstring(data)
        assert feed.tag == f"{ATOM}feed"
        entries = feed.findall(f"{ATOM}entry")
        for part in (feed, *entries):
            for required in ("id", "title", "updated"):
                (element,) = part.findall(f"{ATOM}{required}")
                assert (element.text or "").strip(), (name, required)
            assert is_time(part.findtext(f"{ATOM}updated")), name
            assert feed.find(f"{ATOM}author/{ATOM}name") is not None or part.find(f"{ATOM}author") is not None
        for entry in entries:
            links = [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")]
            assert links.count("alternate") == 1, name
            assert all(is_time(element.text) for element in entry.findall(f"{ATOM}published"))
        assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1
        identifiers = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len({*identifiers, feed.findtext(f"{ATOM}id")}) == len(identifiers) + 1, name


def test_json_feeds_have_what_version_1_1_asks_for(built: Built) -> None:
    for name, data in named(built, "feed.json").items():
        feed = json.loads(data)
        assert feed["version"] == "https://jsonfeed.org/version/1.1", name
        assert isinstance(feed["title"], str), name
        assert all(author.keys() & {"name", "url", "avatar"} for author in feed.get("authors", []))
        identifiers = [item["id"] for item in feed["items"]]
        assert all(isinstance(identifier, str) for identifier in identifiers)
        assert len(set(identifiers)) == len(identifiers)
        for item in feed["items"]:
            assert item.get("content_html") or item.get("content_text"), (name, item["id"])
            assert is_time(item["date_published"])
            assert is_time(item.get("date_modified", item["date_published"]))
            assert all(author.keys() & {"name", "url", "avatar"} for author in item.get("authors", []))


def test_feeds_of_a_site_with_an_address_hold_absolute_addresses(site: Built) -> None:
    for name, data in named(site, "feed.xml").items():
        links = [link.get("href", "") for link in ElementTree.fromstring(data).iter(f"{ATOM}link")]
        assert all(re.match("https?://", link) for link in links), name
    for name, data in named(site, "feed.json").items():
        assert all(
            item["url"].startswith("https://dossier.example/iraq/") for item in json.loads(data)["items"]
        ), name


def test_feeds_hold_no_live_markup_even_once_decoded(hostile: Built) -> None:
    for data in named(hostile, "feed.xml").values():
        for element in ElementTree.fromstring(data).iter():
            if element.get("type") in ("html", "xhtml"):
                assert "<script" not in (element.text or "")
                assert "onerror=" not in re.sub(r"&[^;]+;", "", element.text or "")
    for data in named(hostile, "feed.json").values():
        assert "<script" not in "".join(item.get("content_html", "") for item in json.loads(data)["items"])


def test_the_sitemap_lists_the_pages(site: Built, bare: Built) -> None:
    root = ElementTree.fromstring(site.files["sitemap.xml"].read_bytes())
    assert root.tag == f"{SITEMAP}urlset"
    locations = [element.text or "" for element in root.iter(f"{SITEMAP}loc")]
    assert len(locations) == len(set(locations))
    indexed = {page.canonical for name, page in site.pages.items() if name != "404.html"}
    assert set(locations) == indexed
    for element in root.iter(f"{SITEMAP}lastmod"):
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", element.text or "")
    assert "sitemap.xml" not in bare.files


def test_robots_txt_allows_all_and_names_the_sitemap(site: Built, bare: Built) -> None:
    assert site.files["robots.txt"].read_text() == (
        "User-agent: *\nDisallow:\n\nSitemap: https://dossier.example/iraq/sitemap.xml\n"
    )
    assert bare.files["robots.txt"].read_text() == "User-agent: *\nDisallow:\n"


def test_json_ld_says_what_each_page_is(built: Built) -> None:
    for name, page in built.pages.items():
        nodes = [node for block in page.json_ld for node in block["@graph"]]
        assert all(block["@context"] == "https://schema.org" for block in page.json_ld), name
        types = {node["@type"] for node in nodes}
        folder, _, file = name.partition("/")
        if name == "index.html":
            assert "WebSite" in types
        elif name != "404.html":
            assert "BreadcrumbList" in types, name
        if "/" in file or file in ("", "index.html") or name == "404.html":
            continue
        if folder == "articles":
            assert types & ARTICLE_TYPES, name
        elif folder == "notes":
            assert "Article" in types, name
        elif folder == "topics":
            assert "CollectionPage" in types, name


def test_json_ld_gives_a_notes_citations(site: Built) -> None:
    (block,) = site.pages["notes/who-said-right-size.html"].json_ld
    (note,) = [node for node in block["@graph"] if node["@type"] == "Article"]
    assert note["datePublished"]
    cited = note["citation"]
    assert len(cited) >= 2
    assert all(work["url"].startswith("http") for work in cited)
