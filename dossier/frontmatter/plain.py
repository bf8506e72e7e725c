"""The quick way through front matter that is written plainly, without a YAML parser.

It takes lines of `key: value` at the left margin, the values texts of one line (bare, or in quotes without
escapes), lists in brackets on one line, and lists under their key, of texts or of such lines. It gives the
nodes and places that `reader` gives, and lets go of the whole at the first line that it doesn't understand
to its end: a mark of YAML's own where a value begins, a colon or hash in a bare text, a line that may go on
with the one above, a key given twice, a tab. So nothing that it takes can mean anything else.
"""

import re

from dossier.diagnostics import Mark
from dossier.frontmatter.nodes import Entry, Listing, Mapping, Node, Scalar

_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,60}"
_FIELD = re.compile(rf"({_KEY}):(?: +(.*))?")
_ITEM = re.compile(rf"( *)- +(?:({_KEY}):(?: +|$))?(.*)")
_FURTHER_FIELD = re.compile(rf"( +)({_KEY}):(?: +(.*))?")
# An item of a list in brackets: in quotes, or bare and begun by a letter or digit.
_IN_BRACKETS = re.compile(
    r"""(?:"([^"\\]*)"|'([^']*)'|([^\W_](?:[^\s"#,:?\[\]{}]|[ ](?=[^\s,#]))*))(?:, |$)"""
)
# What begins no bare text, and what may not stand in one.
_MARKS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_SPACES = re.compile("[\t\x85\u2028\u2029\ufeff]")


class _UnsureError(Exception):
    """The front matter is not written plainly."""


def read(text: str, first_line: int) -> Mapping | None:
    """The mapping that the text is, or None where YAML must be asked.

    The text has no control characters but tabs and line feeds.
    """
    if not text.endswith("\n") or _SPACES.search(text):
        return None
    try:
        return _Lines(text[:-1].split("\n"), first_line).mapping()
    except _UnsureError:
        return None


class _Lines:
    """The lines of a front matter; `next` is the one to read next."""

    def __init__(self, lines: list[str], first_line: int) -> None:
        self.lines = lines
        self.first_line = first_line
        self.next = 0

    def mapping(self) -> Mapping:
        """All lines."""
        lines, first_line = self.lines, self.first_line
        entries: list[Entry] = []
        first = -1
        while self.next < len(lines):
            number = self.next
            self.next += 1
            line = lines[number]
            if not line or line[0] == "#":
                continue
            field = _FIELD.fullmatch(line)
            if field is None:
                raise _UnsureError
            key, written = field.groups()
            mark = Mark(number + first_line, 1, len(key))
            value: Node = self.value(written, number, field.start(2)) if written else self.under(mark)
            entries.append(Entry(key, mark, value))
            if first < 0:
                first = number
        if first < 0 or len({entry.key for entry in entries}) != len(entries):
            raise _UnsureError
        return Mapping(self.rest(first, 0), tuple(entries))

    def rest(self, number: int, column: int) -> Mark:
        """The place of all that stands on a line from a column on."""
        return Mark(number + self.first_line, column + 1, len(self.lines[number].rstrip()) - column)

    def value(self, written: str, number: int, column: int) -> Node:
        """The value that begins at a column and is all that is left of its line."""
        line = number + self.first_line
        written = written.rstrip(" ")
        first, last = written[0], written[-1]
        if first == '"' or first == "'":
            text = written[1:-1]
            if len(written) < 2 or last != first or first in text or (first == '"' and "\\" in text):
                raise _UnsureError
            return Scalar(Mark(line, column + 2, len(text)), text, False)
        if first == "[" and last == "]":
            return self.brackets(written, line, column)
        if first in _MARKS or last == ":" or ": " in written or " #" in written:
            raise _UnsureError
        return Scalar(Mark(line, column + 1, len(written)), written)

    def brackets(self, written: str, line: int, column: int) -> Listing:
        """`[one, "two"]`."""
        items = []
        at, end = 1, len(written) - 1
        while at < end:
            item = _IN_BRACKETS.match(written, at, end)
            if item is None or (item.end() == end and written[end - 1] == " "):
                raise _UnsureError
            kind = item.lastindex or 0
            text = item[kind]
            items.append(Scalar(Mark(line, column + item.start(kind) + 1, len(text)), text, kind == 3))
            at = item.end()
        return Listing(Mark(line, column + 1, len(written)), tuple(items))

    def under(self, key: Mark) -> Node:
        """The list under a key, or the empty value of one without."""
        start = self.next
        items: list[Node] = []
        margin = -1
        while self.next < len(self.lines):
            item = _ITEM.fullmatch(self.lines[self.next])
            if item is None:
                break
            if margin < 0:
                margin = item.end(1)
            if item.end(1) != margin:
                raise _UnsureError
            self.next += 1
            items.append(self.fields(item) if item[2] else self.item(item))
        if items:
            return Listing(self.rest(start, margin), tuple(items))
        return Scalar(key, "")

    def item(self, item: re.Match[str]) -> Node:
        """A text in a list."""
        if not item[3]:
            raise _UnsureError
        return self.value(item[3], self.next - 1, item.start(3))

    def fields(self, item: re.Match[str]) -> Mapping:
        """Lines of `key: value` in a list; the first of them stands behind the dash."""
        start, margin = self.next - 1, item.start(2)
        found: tuple[str, str, int] = (item[2], item[3], item.start(3))
        entries: dict[str, Entry] = {}
        while True:
            key, written, column = found
            if not written or key in entries:
                raise _UnsureError
            number = self.next - 1
            mark = Mark(number + self.first_line, margin + 1, len(key))
            entries[key] = Entry(key, mark, self.value(written, number, column))
            line = self.lines[self.next] if self.next < len(self.lines) else ""
            further = _FURTHER_FIELD.fullmatch(line)
            if further is None or further.end(1) != margin:
                break
            self.next += 1
            found = (further[2], further[3], further.start(3))
        return Mapping(self.rest(start, margin), tuple(entries.values()))
