"""The inline rules for what names other documents: wiki links and citations.

A wiki link is Obsidian's: `[[id]]`, `[[id|text]]`, `[[id#heading|text]]`. A citation is Pandoc's: `[@id]`,
`[see @a, p. 4; -@b]`, or `@id` in running text, perhaps with a place in brackets: `@id [p. 4]`.
"""

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
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
# What may follow `@id` in running text: a locator, a number with perhaps a word or sign before it.
_PLACE = re.compile(r"[ \n]?\[((?:[§¶]{1,2}|[^\W\d_]{1,10}\.?)?\s?\d[^\[\]@`]{0,200})\](?![(\[{:])")
_GROUP = re.compile(r"\[([^\[\]@`]*@[^\[\]`]*)\]")
# Documents of a citation, between semicolons that end no entity.
_PARTS = re.compile(r"(?:&#?\w{1,31};|[^;])+")
_SPEAKER = re.compile(r"\{speaker=(?:\"([^\"\n]{1,300})\"|“([^”\n]{1,300})”|([^\s{}\"]{1,300}))\}")
_WIKI = re.compile(r"\[\[([^\[\]|#\n]*)(?:#([^\[\]|\n]*))?(?:\|([^\[\]]*))?\]\]")


class Cited(NamedTuple):
    """One document of a citation, and where its id stands in the text of its block."""

    id: str
    prefix: str
    locator: str
    at: int
    length: int
    suppressed: bool = False


class WikiLink(NamedTuple):
    """A wiki link, and where its id (or its heading, if it has no id) stands in the text of its block."""

    target: str
    fragment: str
    text: str
    at: int
    length: int
    end: int


def wiki_link(text: str, pos: int, maximum: int) -> WikiLink | None:
    """The wiki link that begins at `pos`; of the id and the heading one may be missing, and the text too."""
    match = _WIKI.match(text, pos, maximum)
    if not match:
        return None
    target, fragment, shown = (part.strip() if part else "" for part in match.groups())
    if not target and not fragment:
        return None
    part = 1 if target else 2
    written = match[part]
    at = match.start(part) + len(written) - len(written.lstrip())
    length = len(target or fragment)
    return WikiLink(unicodedata.normalize("NFC", target), fragment, _tidy(shown), at, length, match.end())


def wiki(state: "StateInline", silent: bool) -> bool:
    """`[[id#heading|text]]`."""
    found = wiki_link(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("wiki", "", 0)
        token.content = found.text
        token.meta = {
            "target": found.target,
            "fragment": found.fragment,
            "at": found.at,
            "length": found.length,
        }
    state.pos = found.end
    return True


class Group(NamedTuple):
    """A citation in brackets, and where it ends in the text of its block."""

    items: list[Cited]
    end: int


def group(text: str, pos: int, maximum: int) -> Group | None:
    """The citation in brackets that begins at `pos`.

    One that names no id, or two without a semicolon, is plain text.
    """
    match = _GROUP.match(text, pos, maximum)
    if not match:
        return None
    items = []
    for part in _PARTS.finditer(match[1]):
        cited = _cited(part[0], match.start(1) + part.start())
        if cited is None:
            return None
        items.append(cited)
    return Group(items, match.end())


def speaker_after(text: str, pos: int, maximum: int) -> tuple[str, int]:
    """Who is named as the speaker right behind a citation, `{speaker="Name"}`, and where that ends."""
    found = _SPEAKER.match(text, pos, maximum)
    if found is None:
        return "", pos
    return " ".join((found[1] or found[2] or found[3]).split()), found.end()


def citation(state: "StateInline", silent: bool) -> bool:
    """`[see @id, p. 4; @other]`, perhaps with an attribute that names a speaker."""
    found = group(state.src, state.pos, state.posMax)
    if not found:
        return False
    speaker, end = speaker_after(state.src, found.end, state.posMax)
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"items": found.items, "narrative": False, "at": state.pos, "speaker": speaker}
        token.content = state.src[state.pos : end]
    state.pos = end
    return True


def _cited(part: str, start: int) -> Cited | None:
    match = _CITED.search(part)
    if not match or _CITED.search(part, match.end()):
        return None
    at = start + match.start(1)
    locator = _tidy(part[match.end() :].lstrip(" ,\n"))
    identifier = unicodedata.normalize("NFC", match[1])
    suppressed = match[0].startswith("-")
    return Cited(identifier, _tidy(part[: match.start()]), locator, at, len(match[1]), suppressed)


def cited_in_text(text: str, pos: int, maximum: int) -> Group | None:
    """The `@id` that begins at `pos`, with its locator: `@id [p. 4]`; not in a word, an address or a path."""
    if pos and _NOT_BEFORE.match(text, pos - 1):
        return None
    match = _NARRATIVE.match(text, pos, maximum)
    if match is None:
        return None
    place = _PLACE.match(text, match.end(), maximum)
    locator, end = (_tidy(place[1]), place.end()) if place else ("", match.end())
    return Group([Cited(unicodedata.normalize("NFC", match[1]), "", locator, pos + 1, len(match[1]))], end)


def narrative(state: "StateInline", silent: bool) -> bool:
    """`@id` in running text."""
    found = None if state.linkLevel else cited_in_text(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"items": found.items, "narrative": True}
        token.content = state.src[state.pos : found.end]
    state.pos = found.end
    return True


def _tidy(text: str) -> str:
    if "\\" in text or "&" in text:
        # markdown-it-py takes 30 ms to import, and few citations need it.
        from markdown_it.common.utils import unescapeAll

        text = unescapeAll(text)
    return " ".join(text.split())
