"""The direct way from plainly written Markdown to HTML, without tokens.

It takes texts made of paragraphs, headings (`#`), bullet lists of single lines and quotes of paragraphs, with
a blank line between two blocks, and lets go of every text that holds anything else. It is exact because of
what it lets go: lines that could begin or end another block, or that have white space around them; a list
right after a list, which might be one; what can define something for the whole text; HTML and tabs.
What is left are blocks that end at their blank line, whatever stands before and after them.
"""

import re

from dossier.diagnostics import Mark
from dossier.markup.headings import Anchors
from dossier.markup.inline import Inline, UncertainError
from dossier.markup.quotations import BlockQuote
from dossier.markup.rendered import Rendered, rendered
from dossier.model import Heading

# What a line may begin with that is more than a paragraph's line. Emphasis may begin one.
_MORE = r"[#>`~\-+=:|\s]|[*_](?![*_]?[^\s*_])|\d{1,9}[.)](?:\s|\Z)"
_FIRST = re.compile(_MORE)
_FURTHER = re.compile(rf"\n(?:{_MORE})")
_HEADING = re.compile(r"(#{1,6}) +([^\s#].*)")
_MARKERS = ("- ", "* ", "+ ")


def convert(text: str, path: str, first_line: int, citations: bool, opening_words: int) -> Rendered | None:
    """The body of a text; None if it isn't plainly written. The arguments are those of `markup.render`."""
    if "<" in text or "\t" in text or "\0" in text:
        return None
    blocks = _Blocks(text, Inline(path, citations))
    try:
        html = blocks.read(text, first_line)
    except UncertainError:
        return None
    inline, running = blocks.inline, "\n".join(blocks.running)
    words = len(running.split())
    for heading in blocks.titles:
        words += len(heading.split())
    return rendered(
        html,
        inline.slots,
        blocks.headings,
        inline.numbers,
        inline.mentions,
        inline.assets,
        words,
        " ".join(running.split(None, opening_words)[:opening_words]) if opening_words else "",
        inline.references,
        inline.links,
        inline.quotations,
    )


class _Blocks:
    """One reading of a text. `titles` is the plain text of its headings, `running` of its other blocks."""

    def __init__(self, text: str, inline: Inline) -> None:
        self.inline = inline
        self.headings: list[Heading] = []
        self.titles: list[str] = []
        self.running: list[str] = []
        # A heading of the first level moves all headings down by one.
        self._shift = int("#" in text and (text.startswith("# ") or "\n# " in text))
        self._anchors = Anchors()

    def read(self, text: str, line: int) -> str:
        """The HTML of all blocks; `line` is the number of the text's first line."""
        html: list[str] = []
        after_list = False
        for chunk in text.split("\n\n"):
            block, at = chunk.strip("\n"), line + chunk.startswith("\n")
            line += chunk.count("\n") + 2
            if block[:1] == "#":
                block, at = self._headings(html, block, at)
                after_list = False
            if not block:
                continue
            is_list = block[:2] in _MARKERS
            if is_list and after_list:
                raise UncertainError
            after_list = is_list
            html.append(self._list(block, at) if is_list else self._text(block, at))
        return "".join(html)

    def _headings(self, html: list[str], block: str, line: int) -> tuple[str, int]:
        """Read the headings that a block begins with; gives the rest of it, and its line."""
        lines = block.split("\n")
        count = 0
        while count < len(lines) and lines[count][:1] == "#":
            html.append(self._heading(lines[count], line + count))
            count += 1
        return "\n".join(lines[count:]), line + count

    def _heading(self, title: str, line: int) -> str:
        match = _HEADING.fullmatch(title)
        if match is None or title[-1] == "#":
            raise UncertainError
        html, plain = self._inline(match[2], line, match.start(2))
        self.titles.append(plain)
        level = min(len(match[1]) + self._shift, 6)
        text = " ".join(plain.split())
        if not text:
            return f"<h{level}>{html}</h{level}>\n"
        anchor = self._anchors.add(text)
        self.headings.append(Heading(level, anchor, text))
        return f'<h{level} id="{anchor}">{html}</h{level}>\n'

    def _text(self, block: str, line: int) -> str:
        if block[0] == ">":
            return self._quote(block, line)
        return f"<p>{self._running(block, line)}</p>\n"

    def _quote(self, block: str, line: int) -> str:
        html = []
        parts = block.split("\n>\n")
        first = parts[0].partition("\n")[0]
        quote = BlockQuote([], Mark(line, 3, len(first) - 2))
        for number, part in enumerate(parts, start=1):
            lines = f"\n{part}"
            text = lines.replace("\n> ", "\n")[1:]
            further = lines.count("\n")
            # A line without its mark continues the quote only where no other block begins.
            if len(lines) - len(text) - 1 != 2 * further or text.startswith("[!"):
                raise UncertainError
            last = quote if number == len(parts) else None
            html.append(f"<p>{self._running(text, line, 2, last)}</p>\n")
            quote.paragraphs.append(self.running[-1])
            line += further + 1
        return f"<blockquote>\n{''.join(html)}</blockquote>\n"

    def _list(self, block: str, line: int) -> str:
        html = ["<ul>\n"]
        marker = block[:2]
        for number, item in enumerate(block.split("\n"), start=line):
            if item[:2] != marker:
                raise UncertainError
            html.append(f"<li>{self._running(item[2:], number, 2)}</li>\n")
        html.append("</ul>\n")
        return "".join(html)

    def _running(self, text: str, line: int, prefix: int = 0, quote: BlockQuote | None = None) -> str:
        """A paragraph's text, before each of whose lines stand `prefix` characters."""
        if _FIRST.match(text) or (text[:1] == "[" and "]:" in text):
            raise UncertainError
        if "\n" in text and (" \n" in text or _FURTHER.search(text)):
            raise UncertainError
        html, plain = self._inline(text, line, prefix, quote)
        self.running.append(plain)
        return html

    def _inline(self, text: str, line: int, prefix: int, quote: BlockQuote | None = None) -> tuple[str, str]:
        if not text or text[-1].isspace():
            raise UncertainError
        return self.inline.read(text, line, prefix, quote)
