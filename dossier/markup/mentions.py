"""The inline rules for what names other documents: wiki links and citations.

A wiki link is Obsidian's: `[[id]]`, `[[id|text]]`, `[[id#heading|text]]`. A citation is Pandoc's: `[@id]`,
`[see @a, p. 4; @b]`, or `@id` in running text.
"""

import re
import unicodedata
from typing import NamedTuple

from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import StateInline

# Marks that combine with the letter before them, for the scripts whose words need them.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u0900-\u0963\u0971-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u102b-\u103e"
)
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_ID = rf"(?>[^\W_]{_LETTER}*(?:[\-_.:]+{_LETTER}+)*)"
# What may not stand before a citation: it would be an e-mail address, a path, or escaped.
_BEFORE = r"[^\W_]|[\\./@+\-]"
_CITED = re.compile(rf"(?<!{_BEFORE})-?@({_ID})(?!@)")
_NARRATIVE = re.compile(rf"@({_ID})(?!@)")
_NOT_BEFORE = re.compile(_BEFORE)
_GROUP = re.compile(r"\[([^\[\]@`]*@[^\[\]`]*)\]")
# Documents of a citation, between semicolons that end no entity.
_PARTS = re.compile(r"(?:&#?\w{1,31};|[^;])+")
_WIKI = re.compile(r"\[\[([^\[\]|#\n]*)(?:#([^\[\]|\n]*))?(?:\|([^\[\]]*))?\]\]")


class Cited(NamedTuple):
    """One document of a citation, and where its id stands in the text of its block."""

    id: str
    prefix: str
    locator: str
    at: int
    length: int


def wiki(state: StateInline, silent: bool) -> bool:
    """`[[id#heading|text]]`; of the id and the heading one may be missing, and the text too."""
    match = _WIKI.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    target, fragment, text = (part.strip() if part else "" for part in match.groups())
    if not target and not fragment:
        return False
    if not silent:
        token = state.push("wiki", "", 0)
        token.content = " ".join(unescapeAll(text).split())
        part = 1 if target else 2
        written = match[part]
        at = match.start(part) + len(written) - len(written.lstrip())
        length = len(target or fragment)
        target = unicodedata.normalize("NFC", target)
        token.meta = {"target": target, "fragment": fragment, "at": at, "length": length}
    state.pos = match.end()
    return True


def citation(state: StateInline, silent: bool) -> bool:
    """`[see @id, p. 4; @other]`. One that names no id, or two without a semicolon, is plain text."""
    match = _GROUP.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    items = [_cited(part[0], match.start(1) + part.start()) for part in _PARTS.finditer(match[1])]
    if None in items:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"items": items, "narrative": False}
        token.content = match[0]
    state.pos = match.end()
    return True


def _cited(part: str, start: int) -> Cited | None:
    match = _CITED.search(part)
    if not match or _CITED.search(part, match.end()):
        return None
    at = start + match.start(1)
    locator = _tidy(part[match.end() :].lstrip(" ,\n"))
    identifier = unicodedata.normalize("NFC", match[1])
    return Cited(identifier, _tidy(part[: match.start()]), locator, at, len(match[1]))


def narrative(state: StateInline, silent: bool) -> bool:
    """`@id` in running text; not in a word, an e-mail address or a path."""
    pos = state.pos
    if state.linkLevel or (pos and _NOT_BEFORE.match(state.src, pos - 1)):
        return False
    match = _NARRATIVE.match(state.src, pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        identifier = unicodedata.normalize("NFC", match[1])
        items = [Cited(identifier, "", "", pos + 1, len(match[1]))]
        token.meta = {"items": items, "narrative": True}
        token.content = match[0]
    state.pos = match.end()
    return True


def _tidy(text: str) -> str:
    return " ".join(unescapeAll(text).split())
