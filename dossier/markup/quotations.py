"""Quotations with a citation: which words they are, and who is named as having said them.

A quotation is what stands in quotation marks directly before a citation in brackets, with only white space
between the two, or a block quote that ends in one. The marks of one block are read from its beginning, each
kind for itself, in one pass.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from dossier.diagnostics import Mark
from dossier.markup.mentions import Cited
from dossier.model import Quotation

if TYPE_CHECKING:
    from markdown_it.token import Token

# How many marks of one kind may be open at once. Of more, the first are forgotten.
DEEPEST = 8

_KINDS = {
    **dict.fromkeys("“”„‟", "double"),
    **dict.fromkeys("«»", "guillemets"),
    **dict.fromkeys("‹›", "small guillemets"),
    **dict.fromkeys("「」", "corners"),
    **dict.fromkeys("『』", "white corners"),
    '"': "straight",
}
_MARK = re.compile("[“”„‟‘’‚‛«»‹›「」『』\"']")
_CLOSES = {"”": "“„‟”", "“": "„", "»": "«»", "«": "»", "›": "‹›", "‹": "›", "」": "「", "』": "『"}
_OPENING = "([{-–—/“‘„‚«‹「『\"'"
_NAMED = re.compile(r"\(([^()“”„\"«»‘]{1,200}),\s*\Z")
_ATTRIBUTION = re.compile(r"(?:\A|\n)[ \t]*(?:—|–|―|--) ?([^\n]{1,200})\Z")
_NAME_ENDS = re.compile(r"[,(:;]")


class Found(NamedTuple):
    """A quotation in a block's text: its words, who is named, its opening mark, and how many of these marks
    there are from the opening one to the end."""

    text: str
    speaker: str
    mark: str
    marks: int


class Quotes:
    """The quotation marks of one block, as far as its plain text has been read."""

    def __init__(self) -> None:
        self._parts: list[tuple[int, str]] = []
        self._length = 0
        # Where the last thing that is no white space ends; the last pair of marks; what was cited last;
        # the open marks by their kinds; the last single ones by what closes them.
        self._solid = 0
        self._pair = (-1, -1)
        self._used = -1
        self._open: dict[str, list[tuple[int, str]]] = {}
        self._single: dict[str, int] = {}

    def read(self, text: str) -> None:
        """Go on with a piece of the block's plain text, which ends at a citation."""
        if not text:
            return
        before = self._parts[-1][1][-1] if self._parts else " "
        for found in _MARK.finditer(text):
            at = found.start()
            previous = text[at - 1] if at else before
            following = text[at + 1 : at + 2] or " "
            self._take(found[0], self._length + at, previous, following)
        self._parts.append((self._length, text))
        solid = text.rstrip()
        if solid:
            self._solid = self._length + len(solid)
        self._length += len(text)

    def cited(self) -> Found | None:
        """The quotation that ends where the text ends, if one does; each is given once."""
        start, end = self._pair
        if end < 0 or end + 1 != self._solid or end == self._used:
            return None
        self._used = end
        text = self._between(start, end + 1)
        self._single.pop("'" if text[0] == "'" else "’" if text[0] in "‘‚‛" else "", None)
        count = text.count(text[0])
        return Found(" ".join(text[1:-1].split()), self._speaker(start), text[0], count)

    def _take(self, mark: str, at: int, previous: str, following: str) -> None:
        opens = (previous.isspace() or previous in _OPENING) and not following.isspace()
        closes = not previous.isspace() and not following.isalnum()
        german = mark == "‘" and closes and not opens and "’" in self._single
        if not german and (mark in "‘‚‛" or (mark == "'" and opens)):
            self._single["'" if mark == "'" else "’"] = at
            return
        if mark in "‘’'":
            # An apostrophe looks the same: it closes nothing for good.
            start = self._single.get("'" if mark == "'" else "’")
            if closes and start is not None:
                self._pair = (start, at)
            return
        stack = self._open.setdefault(_KINDS[mark], [])
        if mark == '"':
            if closes and stack:
                self._close(stack, at)
            elif opens:
                self._push(stack, at, mark)
        elif stack and stack[-1][1] in _CLOSES.get(mark, ""):
            self._close(stack, at)
        elif mark not in "”」』" or opens:
            self._push(stack, at, mark)

    def _push(self, stack: list[tuple[int, str]], at: int, mark: str) -> None:
        stack.append((at, mark))
        if len(stack) > DEEPEST:
            del stack[0]

    def _close(self, stack: list[tuple[int, str]], at: int) -> None:
        self._pair = (stack.pop()[0], at)

    def _between(self, start: int, end: int) -> str:
        parts: list[str] = []
        for offset, text in reversed(self._parts):
            parts.append(text[max(start - offset, 0) : max(end - offset, 0)])
            if offset <= start:
                break
        return "".join(reversed(parts))

    def _speaker(self, start: int) -> str:
        """Who is named right before a place: `(Name, `."""
        named = _NAMED.search(self._between(max(start - 200, 0), start))
        return name_of(named[1]) if named else ""


def name_of(text: str) -> str:
    """The name in what stands before a quotation: up to its comma; nothing where it isn't one.

    >>> name_of("Mark Esper, US Secretary of Defense"), name_of("as he said")
    ('Mark Esper', '')
    """
    name = " ".join(_NAME_ENDS.split(text, maxsplit=1)[0].split())
    words = name.split(" ")
    named = not (words[0][:1].islower() or words[-1][:1].islower()) or ("-" in name and len(words) == 1)
    return name if name and named and len(words) <= 8 else ""


class BlockQuote(NamedTuple):
    """A block quote as far as its last paragraph: the plain texts of those before, and its place."""

    paragraphs: list[str]
    mark: Mark


def of_block(paragraphs: Sequence[str]) -> tuple[str, str]:
    """The words of a block quote and their speaker, who may be named on the last line, after a dash."""
    text = "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs[:-1])
    last = paragraphs[-1].rstrip().removesuffix(".").rstrip() if paragraphs else ""
    signed = _ATTRIBUTION.search(last)
    if signed and (text or last[: signed.start()].strip()):
        rest = " ".join(last[: signed.start()].split())
        return "\n".join(filter(None, (text, rest))), " ".join(
            _NAME_ENDS.split(signed[1], maxsplit=1)[0].split()
        )
    return "\n".join(filter(None, (text, " ".join(paragraphs[-1].split())))), ""


def block_quote_of(tokens: "Sequence[Token]", index: int) -> list[int]:
    """The indexes of a block quote's texts up to the last, which is at `index`; none where there is no quote.

    An admonition is none.
    """
    after = index + 1
    while after < len(tokens) and tokens[after].nesting < 0 and tokens[after].type != "blockquote_close":
        after += 1
    closing = tokens[after] if after < len(tokens) else None
    if closing is None or closing.type != "blockquote_close" or closing.tag == "aside":
        return []
    texts = [index]
    for number in range(index - 1, -1, -1):
        token = tokens[number]
        if token.type == "blockquote_open" and token.level == closing.level:
            break
        if token.type == "inline":
            texts.append(number)
    return texts[::-1]


def quotation(text: str, cited: Sequence[Cited], speaker: str) -> Quotation | None:
    """The quotation of these words, unless they are none."""
    if not any(map(str.isalnum, text)):
        return None
    return Quotation(text, tuple(dict.fromkeys(item.id for item in cited)), speaker)


def span_of(found: Found, text: str, citation: int) -> tuple[int, int]:
    """The place and the length of a quotation's first line in the Markdown of its block.

    `citation` is the place of its citation, which stands for it where it can't be found.
    """
    at = citation
    for _ in range(found.marks):
        at = text.rfind(found.mark, 0, at)
        if at < 0:
            return citation, 1
    end = text.find("\n", at, citation)
    return at, len(text[at : citation if end < 0 else end].rstrip())
