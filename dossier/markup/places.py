"""Where in its file a thing of a body stands.

The parser gives each block its lines and its content: the lines' text without indentation, list markers and
`>`. The inline rules give offsets in that content. Each line of the content is a piece of its source line,
so that an offset can be traced back by finding that piece, from the right, since only what stands before it
was taken away. A table's row is one line with several contents, which stand in it in their order.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.common.utils import mdTrim
from markdown_it.token import Token

from dossier.diagnostics import Mark

_BAR = re.compile(r"\|")
_DEFINED = re.compile(r"(?<!\\)\]:[\s>]*(?:<([^<>\n]*)>|(\S+))")


class _Line(NamedTuple):
    """A line of a block's content: its start in it, its line in the text, and its start in that."""

    start: int
    line: int
    column: int


class Places:
    """The places of one text, whose first line is the line `first_line` of its file."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._split: list[str] = []
        self._blocks: dict[int, list[_Line]] = {}
        self._cells: dict[int, tuple[int, list[int]]] = {}
        self._definitions: dict[int, Mark] = {}

    @property
    def _lines(self) -> list[str]:
        if not self._split:
            self._split = self._text.split("\n")
        return self._split

    def line(self, line: int, written: str = "") -> Mark:
        """What is written on a line of the text, counted from 0; all of the line where nothing is named."""
        text = self._lines[line]
        column = max(text.find(written or text.strip()), 0)
        return Mark(self._first_line + line, column + 1, len(written or text.strip()))

    def text(self, first: int, end: int) -> str:
        """The text's lines from the first up to the one at the end, counted from 0."""
        return "\n".join(self._lines[first:end])

    def inline(self, tokens: Sequence[Token], index: int, at: int, length: int) -> Mark:
        """A span of the content of the inline token at `index`."""
        token = tokens[index]
        if token.map is None:
            return Mark()
        if index and tokens[index - 1].type in ("td_open", "th_open"):
            if index not in self._cells:
                self._place_row(tokens, index)
            column, bars = self._cells[index]
            column += at + bisect_left(bars, at)  # a bar is written as `\|` in a table
            return Mark(self._first_line + token.map[0], column + 1, length)
        if index not in self._blocks:
            self._blocks[index] = self._place_block(token.content, *token.map)
        lines = self._blocks[index]
        found = lines[bisect_right(lines, at, key=lambda line: line.start) - 1]
        return Mark(self._first_line + found.line, max(found.column + at - found.start, 0) + 1, length)

    def definition(self, first: int, end: int) -> Mark:
        """The address of the link definition on the given lines of the text, counted from 0."""
        if first not in self._definitions:
            self._definitions[first] = self._find_definition(first, end)
        return self._definitions[first]

    def _find_definition(self, first: int, end: int) -> Mark:
        written = self.text(first, end)
        found = _DEFINED.search(written)
        if not found:
            return self.line(first)
        part = 1 if found[1] is not None else 2
        at = found.start(part)
        column = at - (written.rfind("\n", 0, at) + 1)
        return Mark(self._first_line + first + written.count("\n", 0, at), column + 1, len(found[part]))

    def _place_block(self, content: str, first: int, end: int) -> list[_Line]:
        pieces = content.split("\n")
        shift = 0  # a first line of nothing but exotic white space is trimmed away
        while shift < end - first - len(pieces) and mdTrim(pieces[0]) not in self._lines[first + shift]:
            shift += 1
        placed, start = [], 0
        for number, piece in enumerate(pieces, first + shift):
            column = self._lines[number].rfind(mdTrim(piece)) if number < len(self._lines) else 0
            indent = len(piece) - len(piece.lstrip(" \t"))
            placed.append(_Line(start, number, max(column, 0) - indent))
            start += len(piece) + 1
        return placed

    def _place_row(self, tokens: Sequence[Token], index: int) -> None:
        while tokens[index].type != "tr_open":
            index -= 1
        first = tokens[index].map
        text = self._lines[first[0]] if first else ""
        cursor = 0
        while tokens[index].type != "tr_close":
            token = tokens[index]
            if token.type == "inline":
                written = token.content.replace("|", "\\|")
                column = max(text.find(written, cursor), 0)
                self._cells[index] = column, [bar.start() for bar in _BAR.finditer(token.content)]
                if written:
                    cursor = text.find("|", column + len(written)) + 1 or len(text)
            index += 1
