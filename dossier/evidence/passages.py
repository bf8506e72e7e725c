"""Quotations in the HTML of a body, as `markup` makes it: whether it has them, and where.

Most quotations are typed as their source is. They are sought in the HTML as they are, and only where they
aren't found there so is its plain text made and folded.
"""

import html as entities
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dossier.evidence.folding import fold
from dossier.evidence.matching import Span, find
from dossier.model import Slot

_BLOCK = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|blockquote|pre|table|thead|tbody|tr|td|th|dl|dt|dd|div|figure|figcaption|aside|hr)"
    r"(?: [^<>]*)?/?>"
)
_TAG = re.compile(r"<[^<>]*>")
_PIECE = re.compile(r"<[^<>]*>|&#?\w{1,31};")
_FOOTNOTE = re.compile(
    r'<sup class="footnote-ref">[^\n]{0,200}?</sup>|<a [^<>]*class="footnote-back"[^<>]*>[^<>]*</a>'
)
_BREAK = "<br>", "<br />"
_OPENS = ("<p>", "<li>", "<td>", "<dd>")
_CLOSES = ("</p>", "</li>", "</td>", "</dd>")
_SAME_LENGTH = (
    *((space, " ") for space in "\u00a0\u202f\u2009"),
    *((dash, "-") for dash in "–—‑‐−"),
    *((mark, "'") for mark in "’‘"),
)
# What is one letter or figure more or less in the folded text doesn't count.
_LETTER = re.compile("[^\\W_\u0640\u02bc\u02b9]")


def slot_texts(slots: Iterable[Slot]) -> list[str]:
    """The HTML of slots as far as the text itself has it."""
    return [slot.html or entities.escape(slot.target) for slot in slots]


def plain(html: str) -> str:
    """The plain text of a body's HTML, for `fold`; line feeds stand between two blocks.

    >>> plain("<p>A <em>b</em>\\nc</p>\\n<p>d &amp; e</p>").split("\\n")
    ['', 'A b c', ' ', 'd & e', '']
    """
    if "footnote" in html:
        html = _FOOTNOTE.sub("", html)
    html = html.replace("\n", " ")
    for line_break in _BREAK:
        html = html.replace(line_break, " ")
    html = _BLOCK.sub("\n", html)
    if "<" in html:
        html = _TAG.sub("", html)
    return entities.unescape(html) if "&" in html else html


def exactly(html: str, quotation: str) -> Span | None:
    """Where HTML has a quotation letter for letter, between white space or the ends of a block.

    Spaces, dashes and apostrophes may be of another kind. That it is None says nothing.
    """
    words = quotation.rstrip(" .,")
    if len(words) < 2 or not (words[0].isalpha() and words[-1].isalpha()) or "\n" in words:
        return None
    if "&" in words or "<" in words or ">" in words or '"' in words:
        words = escaped(words)
    start = html.find(words)
    if start < 0:
        html, words = _of_one_kind(html), _of_one_kind(words)
        start = html.find(words)
    return _whole(html, start, start + len(words)) if start >= 0 else None


def _of_one_kind(text: str) -> str:
    """A text of the same length, in which some characters that `fold` takes for the same are the same."""
    text = text.replace("\n", " ")
    if not text.isascii():
        for old, new in _SAME_LENGTH:
            text = text.replace(old, new)
    return text


def _whole(html: str, start: int, end: int) -> Span | None:
    """A stretch of HTML, if it is plain that no word and no tag is cut in two at its ends."""
    begins = not start or html[start - 1] in " \n“‘(«" or html.endswith(_OPENS, 0, start)
    ends = end == len(html) or html[end] in " \n”)»" or html.startswith(_CLOSES, end)
    if not ends and html[end] in ".,;:!?":
        after = html[end + 1 : end + 2]
        ends = not after or after in " \n”’)»" or html.startswith(_CLOSES, end + 1)
    outside = html.rfind("<", 0, start) <= html.rfind(">", 0, start)
    return Span(start, end) if begins and ends and outside else None


def escaped(text: str) -> str:
    """Text as `markup` writes it in HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


class Passage(NamedTuple):
    """A quotation that a body has, and the anchor that it is to get there."""

    anchor: str
    quotation: str


def highlighted(html: str, passages: Sequence[Passage]) -> str:
    """The HTML with its passages marked: `<mark class="quoted" id="…">`, once more after each tag within.

    Every anchor is in what comes out. That of a passage which isn't found stands at the beginning.
    """
    spans: list[tuple[Span, str]] = []
    lost: list[str] = []
    body: _Located | None = None
    for passage in passages:
        span = exactly(html, passage.quotation)
        if span is None:
            body = body or _Located(html)
            span = body.find(passage.quotation)
        if span is None:
            lost.append(f'<span id="{passage.anchor}"></span>')
        else:
            spans.append((span, passage.anchor))
    return "".join(lost) + "".join(_marked(html, sorted(spans, key=_outer_first)))


def _outer_first(found: tuple[Span, str]) -> tuple[int, int, str]:
    span, anchor = found
    return span.start, -span.end, anchor


class _Located:
    """A body's plain text whose places in the HTML are known."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._text = plain(html)
        self._folded = fold(self._text)
        self._letters = [found.start() for found in _LETTER.finditer(self._folded.text)]

    def find(self, quotation: str) -> Span | None:
        """Where the HTML has a quotation."""
        found = find(quotation, self._folded)
        if found is None:
            return None
        first = bisect_right(self._letters, found[0].start - 1)
        last = bisect_right(self._letters, found[-1].end - 1) - 1
        places = self._places
        if last >= len(places) or len(places) != len(self._letters) or first > last:
            return None
        return Span(places[first][0], places[last][1])

    @property
    def _places(self) -> list[tuple[int, int]]:
        """Where each letter and figure of the text stands in the HTML."""
        places: list[tuple[int, int]] = []
        done = 0
        html = self._html
        skipped = {found.start(): found.end() for found in _FOOTNOTE.finditer(html)}
        for found in _PIECE.finditer(html):
            start = found.start()
            if start < done:
                continue
            places += (letter.span() for letter in _LETTER.finditer(html, done, start))
            done = skipped.get(start, found.end())
            if found[0][0] == "&" and _LETTER.search(entities.unescape(found[0])):
                places.append((start, done))
        places += (letter.span() for letter in _LETTER.finditer(html, done))
        return places


def _marked(html: str, spans: Sequence[tuple[Span, str]]) -> Iterator[str]:
    """The HTML in pieces, with marks around the spans, the outer ones first."""
    waiting = list(spans[::-1])
    opened: list[_Open] = []
    done = 0
    for cut in sorted({place for span, _ in spans for place in span}):
        if opened:
            yield from _stretch(html[done:cut], opened)
        else:
            yield html[done:cut]
        done = cut
        opened = [one for one in opened if one.end > cut]
        while waiting and waiting[-1][0].start == cut:
            span, anchor = waiting.pop()
            opened.append(_Open(span.end, anchor))
    yield html[done:]


class _Open:
    """A passage that has begun; only its first mark bears the anchor."""

    def __init__(self, end: int, anchor: str) -> None:
        self.end = end
        self._anchor = anchor

    def mark(self) -> str:
        anchor, self._anchor = self._anchor, ""
        return f'<mark class="quoted" id="{anchor}">' if anchor else '<mark class="quoted">'


def _stretch(html: str, opened: Sequence[_Open]) -> Iterator[str]:
    """A stretch of HTML, whose texts are put in the marks of the passages that are open."""
    done = 0
    for tag in _TAG.finditer(html):
        yield _text(html[done : tag.start()], opened)
        yield tag[0]
        done = tag.end()
    yield _text(html[done:], opened)


def _text(text: str, opened: Sequence[_Open]) -> str:
    if not text.strip():
        return text
    return "".join([one.mark() for one in opened]) + text + "</mark>" * len(opened)
