"""A style's HTML as plain pieces of text, which can hold nothing but what a reference needs."""

from html.parser import HTMLParser
from itertools import groupby

from dossier.views import Emphasis, Piece

KEPT: dict[str, Emphasis] = {
    "em": "em",
    "i": "em",
    "strong": "strong",
    "b": "strong",
    "sup": "sup",
    "sub": "sub",
}
# Put after a quotation mark that ends a title, since the processor takes the style's own for a second one.
JOINER = "\u2060"
PLACE = "#loc-"

Pieces = tuple[Piece, ...]


def pieces(html: str) -> Pieces:
    """The text with its emphasis and its links out, and nothing else."""
    return tuple(piece for _, piece in _read(html))


def parts(html: str) -> list[tuple[str, Pieces]]:
    """The text in its parts, each with the place that it leads to, '' for what stands between."""
    return [
        (place, tuple(piece for _, piece in found))
        for place, found in groupby(_read(html), key=lambda one: one[0])
    ]


def _read(html: str) -> list[tuple[str, Piece]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, Piece]] = []
        self._emphasis: list[Emphasis] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in KEPT:
            self._emphasis.append(KEPT[tag])
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in KEPT and self._emphasis:
            self._emphasis.pop()
        elif tag == "a" and self._links:
            self._links.pop()

    def handle_data(self, data: str) -> None:
        emphasis: Emphasis = self._emphasis[-1] if self._emphasis else ""
        url = next((link for link in self._links if link.startswith(("https://", "http://"))), "")
        place = next((link[1:] for link in self._links if link.startswith(PLACE)), "")
        text = data.replace(JOINER, "")
        if text:
            self.found.append((place, Piece(text, emphasis, url)))
