"""Admonitions, as GitHub writes them: a block quote whose first line is `[!NOTE]`.

A title of one's own may follow on that line, as in Obsidian: `> [!NOTE] How we counted`.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

KINDS = ("note", "tip", "important", "warning", "caution")

_MARKER = re.compile(rf"\[!({'|'.join(KINDS)})\][ \t]*([^\n]*)(?:\n|\Z)", re.IGNORECASE)


def add_admonitions(md: MarkdownIt) -> None:
    """Let `md` read admonitions."""
    md.core.ruler.after("block", "admonitions", _admonitions)


def _admonitions(state: StateCore) -> None:
    """Turn the block quotes that are admonitions into asides with a title."""
    if "[!" not in state.src:
        return
    tokens: list[Token] = []
    asides: list[bool] = []
    source = state.tokens
    index = 0
    while index < len(source):
        token = source[index]
        tokens.append(token)
        index += 1
        if token.type == "blockquote_open":
            marker = _MARKER.match(source[index + 1].content) if _opens_with_text(source, index) else None
            asides.append(marker is not None)
            if marker:
                index = _begin(tokens, source, index, marker)
        elif token.type == "blockquote_close" and asides.pop():
            token.tag = "aside"
    state.tokens = tokens


def _opens_with_text(tokens: list[Token], index: int) -> bool:
    return tokens[index].type == "paragraph_open" and tokens[index + 1].type == "inline"


def _begin(tokens: list[Token], source: list[Token], index: int, marker: re.Match[str]) -> int:
    """Add an aside's title, and take the marker from its first paragraph; gives the index to go on at."""
    kind = marker[1].lower()
    quote, opening, text, closing = tokens[-1], source[index], source[index + 1], source[index + 2]
    quote.tag = "aside"
    quote.attrs = {"class": f"admonition {kind}", "role": "note"}
    title = Token("inline", "", 0, level=text.level, content=marker[2].strip() or kind.capitalize())
    title.map = [text.map[0], text.map[0] + 1] if text.map else None
    title.children = []
    tokens += [
        opening.copy(attrs={"class": "admonition-title"}, hidden=False),
        title,
        closing.copy(hidden=False),
    ]
    text.content = text.content[marker.end() :]
    if not text.content.strip():
        return index + 3
    if text.map:
        text.map = [text.map[0] + 1, text.map[1]]
    return index
