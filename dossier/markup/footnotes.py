"""Footnotes: `[^label]` in the text, and `[^label]: The note.` anywhere in the document."""

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

_REFERENCE = re.compile(r"\[\^([^\s\[\]]{1,200})\]")
# Without any definition in the document only a label like this is taken for a footnote that is missing.
_NUMBER = re.compile(r"\d{1,3}")


class Definition(NamedTuple):
    """One definition: its label, and its line in the text, from 0."""

    label: str
    line: int


def add_footnotes(md: MarkdownIt) -> None:
    """Let `md` read footnotes; the inline rule `reference` is for the caller to call."""
    md.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    md.core.ruler.after("inline", "footnote_tail", _gather)


def reference(state: StateInline, silent: bool) -> bool:
    """`[^label]`. Where no such note is defined, a token `footnote_missing` says so."""
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    notes = state.env.get("footnotes")
    label = match[1]
    if not notes or ":" + label not in notes["refs"]:
        return _missing(state, silent, match, bool(notes))
    if not silent:
        ids, listed = notes["refs"], notes.setdefault("list", {})
        if ids[":" + label] < 0:
            ids[":" + label] = len(listed)
            listed[len(listed)] = {"label": label, "count": 0}
        number = ids[":" + label]
        token = state.push("footnote_ref", "", 0)
        token.meta = {"id": number, "subId": listed[number]["count"], "label": label}
        listed[number]["count"] += 1
    state.pos = match.end()
    return True


def _missing(state: StateInline, silent: bool, match: re.Match[str], others: bool) -> bool:
    if not others and not _NUMBER.fullmatch(match[1]):
        return False
    if not silent:
        token = state.push("footnote_missing", "", 0)
        token.content = match[0]
        token.meta = {"label": match[1], "at": match.start(1), "length": len(match[1])}
    state.pos = match.end()
    return True


def _gather(state: StateCore) -> None:
    """Move the notes that are referred to to the end, in the order of their first references.

    `env["definitions"]` keeps what was defined. A note may be defined within another one.
    """
    notes = state.env.get("footnotes")
    if not notes:
        return
    definitions = state.env["definitions"] = []
    contents: dict[str, list[Token]] = {}
    levels: list[tuple[str, list[Token]]] = [("", [])]
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            definitions.append(Definition(token.meta["label"], token.map[0] if token.map else 0))
            levels.append((token.meta["label"], []))
        elif token.type == "footnote_reference_close":
            label, tokens = levels.pop()
            contents[label] = tokens
        else:
            levels[-1][1].append(token)
    state.tokens = levels[0][1]
    if notes["list"]:
        state.tokens.append(Token("footnote_block_open", "", 1))
        for number, note in notes["list"].items():
            state.tokens += _note(number, note["count"], contents.get(note["label"], []))
        state.tokens.append(Token("footnote_block_close", "", -1))


def _note(number: int, references: int, content: list[Token]) -> list[Token]:
    """A note, with the links back to its references in its last paragraph."""
    end = len(content) - (bool(content) and content[-1].type == "paragraph_close")
    anchors = [Token("footnote_anchor", "", 0, meta={"id": number, "subId": i}) for i in range(references)]
    opening = Token("footnote_open", "", 1, meta={"id": number})
    return [opening, *content[:end], *anchors, *content[end:], Token("footnote_close", "", -1)]
