"""Where a link leads, and which addresses are refused."""

import pytest

from dossier.markup.addresses import Destination, destination

PATH, PAGE = "content/notes/2020/n.md", "notes/n.html"


def judged(url: str) -> Destination:
    """A link's destination in a note that lies in a folder of its own."""
    return destination(url, PATH, PAGE)


@pytest.mark.parametrize(
    ("url", "kind", "target", "fragment"),
    [
        ("x.md", "document", "content/notes/2020/x.md", ""),
        ("../../articles/x.md#a b", "document", "content/articles/x.md", "a b"),
        ("/content/articles/./x.MD?y#z", "document", "content/articles/x.MD", "z"),
        ("a%20b.md", "document", "content/notes/2020/a b.md", ""),
        ("größe.md#gr%C3%B6%C3%9Fe", "document", "content/notes/2020/größe.md", "größe"),
        ("x.png", "asset", "content/notes/2020/x.png", ""),
        ("media/", "asset", "content/notes/2020/media", ""),
        ("#the-figures", "fragment", "", "the-figures"),
        ("#", "plain", "", ""),
        ("", "plain", "", ""),
        ("/", "plain", "", ""),
        ("mailto:a@b.org", "mail", "", ""),
        ("https://example.org", "web", "", ""),
        ("../../../../x.png", "outside", "", ""),
        ("/../x.png", "outside", "", ""),
        ("%2e%2e/../../../x.png", "outside", "", ""),
    ],
)
def test_kinds(url: str, kind: str, target: str, fragment: str) -> None:
    found = judged(url)
    assert (found.kind, found.target, found.fragment) == (kind, target, fragment)


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("x.png", "2020/x.png"),
        ("../a b.pdf#page=3", "a%20b.pdf#page=3"),
        ("../../articles/é.csv?v=1", "../articles/%C3%A9.csv?v=1"),
        ("/content/a\"'<>&.png", "../a%22'%3C%3E&.png"),
        ("./a:b.png", "2020/a%3Ab.png"),
        ("a\\..\\b.png", "2020/a%5C..%5Cb.png"),
        ("/", "../index.html"),
        ("?x=<", "?x=%3C"),
        ("https://example.org/é?a=<b>&c=%41", "https://example.org/%C3%A9?a=%3Cb%3E&c=%41"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ],
)
def test_addresses_on_the_page(url: str, href: str) -> None:
    assert judged(url).href == href


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:x",
        "java\nscript:x",
        "\x01javascript:x",
        " javascript:x",
        "javascript\t:x",
        "java\u200bscript:x",
        "java\xadscript:x",
        "\ufeffjavascript:x",
        "javascript&colon;x".replace("&colon;", ":"),
        "data:text/html,x",
        "data:image/png;base64,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "about:blank",
        "ftp://example.org",
        "tel:+1",
        "//example.org/x",
        "/\n/example.org",
        "x:y",
        "a%00b.png",
    ],
)
def test_refused(url: str) -> None:
    assert judged(url).kind == "unsafe"
    assert judged(url).href == ""


def test_without_a_site_relative_links_stay() -> None:
    assert destination("../a b.md", "", "") == Destination("plain", "../a%20b.md")
    assert destination("javascript:x", "", "").kind == "unsafe"
