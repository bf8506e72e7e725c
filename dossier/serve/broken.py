"""What on a page leads nowhere: links and pictures of the site without a file, links without their place."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from dossier.serve.files import Output

_LEADS = re.compile(
    rb"""<(?:a\s[^>]*?href|(?:img|source|audio|video)\s[^>]*?src)="([^"]*)\"""", re.IGNORECASE
)
_ID = re.compile(rb"""\sid="([^"]*)\"""")
# What follows it names words to be shown, not a place. https://wicg.github.io/scroll-to-text-fragment/
_TEXT = ":~:"
OUTSIDE = ".."
# Of so many pages the places that links can lead to are kept.
KEPT = 2000


class Places:
    """Which places the pages of an output have, looked up again where a page has changed."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self._known: dict[str, tuple[str, frozenset[bytes]]] = {}

    def file(self, path: str) -> str:
        """The file that an output path leads to, as GitHub Pages finds it; '' where there is none."""
        path = f"{path}index.html" if not path or path.endswith("/") else path
        for candidate in (path, f"{path}.html", f"{path}/index.html"):
            if self.output.is_file(candidate.split("/")):
                return candidate
        return ""

    def has(self, path: str, place: bytes) -> bool:
        """Whether a page has an element of that id."""
        tag = self.output.tag(path)
        known = self._known.get(path)
        if known is None or known[0] != tag:
            read = self.output.read(path)
            known = (read[1], ids(read[0])) if read else ("", frozenset())
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[path] = known
        return place in known[1]


def broken(html: bytes, page: str, places: Places) -> dict[str, str]:
    """The addresses, as the page has them, of what leads nowhere within the site; and why each does."""
    own = ids(html)
    return {
        address: reason for address in _addresses(html) if (reason := _reason(address, page, own, places))
    }


def ids(html: bytes) -> frozenset[bytes]:
    """The ids that a page's elements have, as bytes of its text."""
    return frozenset(_ID.findall(html))


def _addresses(html: bytes) -> Iterator[str]:
    for raw in dict.fromkeys(_LEADS.findall(html)):
        yield unescape(raw.decode("utf-8", "replace"))


def _reason(address: str, page: str, own: frozenset[bytes], places: Places) -> str:
    target = target_of(address, page)
    if target is None:
        return ""
    path, fragment = target
    place = fragment.encode()
    if path == page:
        return "" if not place or place in own or place == b"top" else f"this page has no place #{fragment}"
    file = places.file(path)
    if not file:
        like = places.output.like(path) or places.output.like(f"{path}.html")
        if like:
            return f"leads to no file of this site; {like} differs in case, which counts on the web"
        return "leads to no file of this site"
    if place and file.endswith(".html") and not places.has(file, place):
        return f"{file} has no place #{fragment}"
    return ""


def target_of(address: str, page: str) -> tuple[str, str] | None:
    """The output path that a link on a page leads to, and the fragment; None where it leads elsewhere.

    >>> target_of("../articles/a.html#x", "notes/n.html"), target_of("https://example.org/", "n.html")
    (('articles/a.html', 'x'), None)
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return OUTSIDE, ""
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return None
    fragment = unquote(parts.fragment.partition(_TEXT)[0])
    if not parts.path:
        return page, fragment
    found = page.split("/")[:-1]
    for part in unquote(parts.path).split("/"):
        if part == "..":
            if not found:
                return OUTSIDE, fragment
            found.pop()
        elif part != ".":
            found.append(part)
    return "/".join(found), fragment
