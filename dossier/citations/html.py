"""A style's HTML as plain pieces of text, which can hold nothing but what a reference needs."""

from html.parser import HTMLParser

from dossier.views import Emphasis, Piece

KEPT: dict[str, Emphasis] = {
    "em": "em",
    "i": "em",
    "strong": "strong",
    "b": "strong",
    "sup": "sup",
    "sub": "sub",
}


def pieces(html: str) -> tuple[Piece, ...]:
    """The text with its emphasis and its links out, and nothing else."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Piece] = []
        self._emphasis: list[Emphasis] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in KEPT:
            self._emphasis.append(KEPT[tag])
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self._links.append(address if address.startswith(("https://", "http://")) else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in KEPT and self._emphasis:
            self._emphasis.pop()
        elif tag == "a" and self._links:
            self._links.pop()

    def handle_data(self, data: str) -> None:
        emphasis: Emphasis = self._emphasis[-1] if self._emphasis else ""
        url = next((link for link in self._links if link), "")
        self.found.append(Piece(data.replace(JOINER, ""), emphasis, url))


# Put after a quotation mark that ends a title, since the processor takes the style's own for a second one.
JOINER = "\u2060"
