"""HTML in a text: comments are left out, and everything else is text, as it stands.

A comment is what its author doesn't want to publish, so none of it may reach a page; one that has no end is
an error. Tags are shown as they are written, with a finding that says so.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]{0,20})(?:[\s/][^<>]{0,2000})?>")
_ELEMENTS = frozenset(
    """a abbr article audio b blockquote br button center cite code dd del details div dl dt em embed
    figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd li
    link main mark meta nav object ol p pre q s script section small span strike strong style sub summary
    sup svg table tbody td textarea th thead tr tt u ul video""".split()  # noqa: SIM905 (seventy quoted words are harder to read)
)


def add_comments(md: MarkdownIt) -> None:
    """Let `md` leave out comments that stand on lines of their own; `comment` is the rule for all others."""
    interrupted = ["paragraph", "reference", "blockquote"]
    md.block.ruler.before("heading", "comment", _comment_block, {"alt": interrupted})


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`<!--` at the beginning of a line, up to the line that holds `-->`, or the end of what it stands in."""
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("<!--", first):
        return False
    line = start
    closing = state.src.find("-->", first, state.eMarks[line])
    while closing < 0 and line + 1 < end and not _is_outside(state, line + 1):
        line += 1
        closing = state.src.find("-->", state.bMarks[line], state.eMarks[line])
    rest = state.src[closing + 3 : state.eMarks[line]].strip() if closing >= 0 else ""
    if rest and line == start:
        return False  # part of a paragraph
    if not silent:
        state.line = line + 1
        token = state.push("comment", "", 0)
        token.map = [start, line + 1]
        token.info = "unclosed" if closing < 0 else rest
    return True


def _is_outside(state: StateBlock, line: int) -> bool:
    """Whether a line no longer belongs to the list item or footnote that is being read."""
    return 0 <= state.sCount[line] < state.blkIndent and not state.isEmpty(line)


def comment(state: StateInline, silent: bool) -> bool:
    """`<!-- … -->` within a paragraph."""
    start = state.pos
    if not state.src.startswith("<!--", start):
        return False
    if state.src.startswith(("<!-->", "<!--->"), start):
        end = state.src.index(">", start) + 1
    elif state.html_terminator_last("-->") < start + 4:
        return _shown(state, silent, "!--", 4)
    else:
        end = state.src.index("-->", start + 4) + 3
    if end > state.posMax:
        return _shown(state, silent, "!--", 4)
    if not silent:
        token = state.push("comment", "", 0)
        token.meta = {"text": state.src[start:end], "at": start, "length": end - start}
    state.pos = end
    return True


def tag(state: StateInline, silent: bool) -> bool:
    """A tag that opens an element of HTML; it is shown as text."""
    match = _TAG.match(state.src, state.pos, state.posMax)
    if not match or match[1].lower() not in _ELEMENTS:
        return False
    return _shown(state, silent, match[1].lower(), len(match[0]))


def _shown(state: StateInline, silent: bool, name: str, length: int) -> bool:
    """Take `<` for text, and note what it began."""
    if not silent:
        token = state.push("raw_html", "", 0)
        token.content = "<"
        token.meta = {"name": name, "at": state.pos, "length": length}
    state.pos += 1
    return True
