"""A quick way through plain paragraphs, which most text is made of.

At every line of a paragraph markdown-it-py asks nine rules whether something else begins there. This rule
looks at the first characters of each line once. Where something else could begin, it lets go, and the usual
rules read the paragraph: what comes out is the same with and without it.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

# What begins a block or ends a paragraph; `[` begins a link's definition, on a first line only.
_BEGINNING = re.compile(r"[#>`~\-+*_=:|\[]|\d{1,9}[.)]|<!--")
_ENDING = re.compile(r"[#>`~\-+*_=:|]|\[\^|\d{1,9}[.)]|<!--")


def add_plain_paragraphs(md: MarkdownIt) -> None:
    """Let `md` try this rule first."""
    md.block.ruler.before("table", "plain_paragraph", plain_paragraph)


def plain_paragraph(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A paragraph none of whose lines could begin anything else."""
    begins, shifts, ends, src = state.bMarks, state.tShift, state.eMarks, state.src
    first = begins[start] + shifts[start]
    if silent or state.is_code_block(start) or _BEGINNING.match(src, first):
        return False
    line = start + 1
    while line < state.lineMax:
        first = begins[line] + shifts[line]
        if first >= ends[line]:
            break
        if _ENDING.match(src, first):
            return False
        line += 1
    if line == start + 1 and _is_term(state, line):
        return False
    content = mdTrim(state.getLines(start, line, state.blkIndent, False))
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [start, line], []
    state.push("paragraph_close", "p", -1)
    return True


def _is_term(state: StateBlock, blank: int) -> bool:
    """Whether a definition follows the single line before a blank one."""
    line = blank + 1
    if line >= state.lineMax:
        return False
    return state.src[state.bMarks[line] + state.tShift[line]] in ":~" if not state.isEmpty(line) else False
