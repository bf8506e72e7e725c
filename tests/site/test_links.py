"""Every link of the built site is alive: from a folder, at a host's root, below a path."""

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from dossier.serve.broken import Places, broken
from dossier.serve.files import Output
from tests.site.conftest import Built
from tests.site.pages import outgoing, style_urls
from tests.site.serving import served

SITE_URL = "https://dossier.example/iraq/"
SITES = ("site", "bare", "hostile", "empty")


def inner(built: Built, page: str) -> Iterator[str]:
    """The addresses on a page that stay within the site."""
    found = built.pages[page]
    yield from (url for url in [*found.links, *found.loaded] if not outgoing(url))


def has_fragment(built: Built, target: str, fragment: str) -> bool:
    """Whether a file of the site has this anchor; behind `:~:` stand words that a browser looks for."""
    anchor = fragment.partition(":~:")[0]
    return not anchor or unquote(anchor) in built.pages[target].ids


@pytest.mark.parametrize("name", SITES)
def test_from_a_folder(name: str, request: pytest.FixtureRequest) -> None:
    """As a browser reads file:// addresses: a link names a file, since a folder has no index there."""
    built: Built = request.getfixturevalue(name)
    root = built.output.as_uri() + "/"
    dead = []
    for page in built.pages:
        if page == "404.html":
            continue  # a host serves it at any depth, so its links begin at the host's root
        for url in inner(built, page):
            parts = urlsplit(urljoin(root + page, url))
            target = Path(unquote(parts.path))
            relative = target.relative_to(built.output).as_posix() if target.is_file() else ""
            if not relative or not has_fragment(built, relative, parts.fragment):
                dead.append(f"{page}: {url}")
    assert dead == []


@pytest.mark.parametrize("base", ["/", "/iraq/"])
def test_over_http(site: Built, base: str) -> None:
    """Following links from the home page alone meets every page, and no dead end or redirection."""
    with served(site.output, base) as home:
        connection = HTTPConnection(urlsplit(home).netloc, timeout=10)
        seen: dict[str, str] = {}
        waiting, dead = [(home, "the start")], []
        while waiting:
            address, found_on = waiting.pop()
            plain, _, fragment = address.partition("#")
            if plain not in seen:
                path = unquote(urlsplit(plain).path)
                name = path.removeprefix(base) if path.startswith(base) else "outside/"
                name += "index.html" if name.endswith("/") or not name else ""
                connection.request("GET", urlsplit(plain).path)
                answer = connection.getresponse()
                answer.read()
                seen[plain] = name
                if answer.status != 200:
                    dead.append(f"{found_on}: {address} answers {answer.status}")
                    continue
                if name.endswith(".html"):
                    waiting += [(urljoin(plain, url), name) for url in inner(site, name)]
                elif name.endswith(".css"):
                    waiting += [(urljoin(plain, url), name) for url in style_urls(site.files[name])]
            if fragment and not has_fragment(site, seen[plain], fragment):
                dead.append(f"{found_on}: {address} has no such anchor")
        connection.close()
    assert dead == []
    assert set(site.pages) - set(seen.values()) == {"404.html"}


def test_the_page_for_lost_readers_works_at_any_depth_below_the_sites_address(site: Built) -> None:
    base = urlsplit(SITE_URL).path
    with served(site.output, base) as home:
        connection = HTTPConnection(urlsplit(home).netloc, timeout=10)

        def status(address: str) -> int:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            return answer.status

        lost = f"{base}some/deep/page.html"
        assert status(lost) == 404
        urls = [urljoin(lost, url) for url in inner(site, "404.html") if not url.startswith("#")]
        assert [url for url in urls if status(url) != 200] == []
        assert f"{base}index.html" in urls
        connection.close()


@pytest.mark.parametrize("name", SITES)
def test_every_link_has_an_address(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    assert [page for page, read in built.pages.items() if "" in read.links] == []


def test_absolute_addresses_of_the_site_are_its_pages(site: Built) -> None:
    """Canonical links, OpenGraph and JSON-LD say where a page will be, and it is there."""
    for name, page in site.pages.items():
        own = SITE_URL + (name.removesuffix("index.html") if name.endswith("index.html") else name)
        assert unquote(page.canonical) == own
        assert page.meta["og:url"] == page.canonical
        assert page.meta["og:title"] == page.title.split(" · ")[0]


def test_nothing_is_loaded_from_elsewhere(site: Built) -> None:
    loaded = [(name, url) for name, page in site.pages.items() for url in page.loaded if outgoing(url)]
    loaded += [
        (name, url)
        for name, path in site.files.items()
        if name.endswith((".css", ".svg"))
        for url in style_urls(path)
        if outgoing(url)
    ]
    assert loaded == []


def test_a_preview_marks_nothing_as_broken(site: Built) -> None:
    places = Places(Output(site.output))
    for name in site.pages.keys() - {"404.html"}:  # Its links begin at the site's own path.
        assert broken(site.files[name].read_bytes(), name, places) == {}, name
