"""A piece of HTML, as feeds and notes hold them, in Markdown that says nothing but its text.

A whole page is `pages`' matter, which looks for its main text; here all is the text.
"""

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml.etree import Element, SubElement, _Element
from lxml.html import HtmlElement

from dossier.clip.markdown import to_markdown, to_words
from dossier.clip.pages import parsed

_LEFT_OUT = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "title", "svg", "math", "object", "embed"),
        *("form", "button", "input", "select", "textarea"),
    )
)
_PARAGRAPHS = frozenset(
    (
        *("p", "div", "section", "article", "aside", "main", "header", "footer", "nav", "address", "center"),
        *("figure", "figcaption", "dl", "dt", "dd", "details", "summary", "fieldset", "body", "html"),
    )
)
_SPANS = {"b": "#b", "strong": "#b", "i": "#i", "em": "#i", "cite": "#i", "dfn": "#i", "var": "#i"}
DEEPEST = 60


def fragment(html: str, address: str = "") -> str:
    """The text as Markdown. Links start at `address`, where that is known."""
    return to_markdown(_body(html, address))


def words(html: str) -> str:
    """The text without marks."""
    return to_words(_body(html, ""))


def _body(html: str, address: str) -> _Element:
    """The whole in the words of `markdown`."""
    body = Element("body")
    tree = parsed(f"<div>{html}</div>")
    if tree is not None:
        _fill(body, tree, address, 0)
    return body


def marked(html: str, classes: str) -> Iterator[tuple[str, str]]:
    """The texts of elements of a class, each with that of the next element behind it: a highlight's place."""
    tree = parsed(f"<div>{html}</div>")
    for element in () if tree is None else tree.iter("span"):
        if classes in (element.get("class") or "").split():
            behind = element.getnext()
            yield "".join(element.itertext()), "" if behind is None else "".join(behind.itertext())


def _fill(target: _Element, source: HtmlElement, address: str, depth: int) -> None:
    """Put what an element holds into another one, in the words of `markdown`."""
    _text(target, source.text)
    for child in source:
        if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            if depth >= DEEPEST:
                _text(target, "".join(child.itertext()))
            else:
                _put(target, child, address, depth + 1)
        _text(target, child.tail)


def _text(target: _Element, text: str | None) -> None:
    """Add a text behind all that is there."""
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _put(target: _Element, child: HtmlElement, address: str, depth: int) -> None:
    tag = str(child.tag)
    made: _Element
    if tag in _SPANS:
        made = SubElement(target, "hi", rend=_SPANS[tag])
    elif tag in _PARAGRAPHS:
        made = SubElement(target, "p")
    elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        made = SubElement(target, "head", rend=f"h{max(2, int(tag[1]))}")
    elif tag in ("ul", "ol"):
        made = SubElement(target, "list", rend=tag)
    elif tag in ("pre", "code", "kbd", "samp"):
        SubElement(target, "code").text = "".join(child.itertext())
        return
    elif tag == "a" and child.get("href"):
        made = SubElement(target, "ref", target=_address(child.get("href") or "", address))
    elif tag == "iframe" and child.get("src"):
        made = SubElement(target, "ref", target=_address(child.get("src") or "", address))
        made.text = made.get("target")
        return
    elif tag in _RENAMED:
        made = SubElement(target, _RENAMED[tag])
    else:
        _fill(target, child, address, depth)
        return
    _fill(made, child, address, depth)


_RENAMED = {
    "li": "item",
    "blockquote": "quote",
    "br": "lb",
    "table": "table",
    "tr": "row",
    "td": "cell",
    "th": "cell",
}


def _address(href: str, address: str) -> str:
    try:
        return urljoin(address, href.strip()) if address else href.strip()
    except ValueError:
        return ""
