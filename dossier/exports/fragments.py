"""HTML that dossier made, written again as XHTML with links, ids and pictures put right for another place."""

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
# Attributes without a meaning outside the site's own pages and scripts.
_DROPPED = ("data-", "on")
Attributes = dict[str, str]
# Where a link leads, and what a picture shows: the new address; None where the words alone are to stay.
Address = Callable[[str], str | None]


def unchanged(text: str) -> str:
    """The text itself."""
    return text


def rewritten(
    html: str, link: Address, picture: Address = unchanged, identifier: Callable[[str], str] = unchanged
) -> str:
    """The HTML as XHTML; `link`, `picture` and `identifier` give its addresses and ids anew.

    A link without an address becomes a span, a picture without one its alternative text.
    """
    writer = _Writer(link, picture, identifier)
    writer.feed(html)
    writer.close()
    return "".join(writer.pieces)


def opening_tag(tag: str, attributes: Attributes, *, closed: bool = False) -> str:
    """An opening tag; `closed` ends the element as XML does."""
    given = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{given}/>" if closed else f"<{tag}{given}>"


class _Writer(HTMLParser):
    def __init__(self, link: Address, picture: Address, identifier: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self._link, self._picture, self._identifier = link, picture, identifier
        self._links: list[str] = []
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: name if value is None else value for name, value in attrs}
        attributes = {name: value for name, value in attributes.items() if not name.startswith(_DROPPED)}
        if "id" in attributes:
            attributes["id"] = self._identifier(attributes["id"])
        if tag == "img":
            self._image(attributes)
        elif tag == "a":
            self._anchor(attributes)
        else:
            self.pieces.append(opening_tag(tag, attributes, closed=tag in VOID))

    def _anchor(self, attributes: Attributes) -> None:
        address = self._link(attributes["href"]) if "href" in attributes else None
        if address is None:
            attributes = {
                name: value for name, value in attributes.items() if name in ("id", "class", "title")
            }
        else:
            attributes["href"] = address
        self._links.append("span" if address is None else "a")
        self.pieces.append(opening_tag(self._links[-1], attributes))

    def _image(self, attributes: Attributes) -> None:
        address = self._picture(attributes.get("src", ""))
        if address is None:
            self.pieces.append(escape(attributes.get("alt", ""), quote=False))
        else:
            attributes = {"src": address, "alt": attributes.get("alt", ""), **_but(attributes, "src", "alt")}
            self.pieces.append(opening_tag("img", attributes, closed=True))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self.pieces.append(f"</{self._links.pop()}>")
        elif tag not in VOID:
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(escape(data, quote=False))


def _but(attributes: Attributes, *names: str) -> Attributes:
    unwanted = (*names, "loading", "decoding", "srcset", "sizes")
    return {name: value for name, value in attributes.items() if name not in unwanted}
