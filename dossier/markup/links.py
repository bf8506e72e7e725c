"""The inline rules for links, images and bare addresses.

They follow CommonMark as markdown-it-py's own do, and note where each address stands, which those do not.
An address stays as it is written, its entities and escapes decoded; `body` judges it.
"""

import re
from typing import NamedTuple

from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from dossier.markup import bare_urls

LONGEST_LABEL = 999

_PLAIN_TARGET = re.compile(r"([^\x00-\x20\x7f<>()\\&]+)\)")
_SPACES = re.compile(r"[ \t\n]*")
_SIZES = re.compile(r"\{[ ]{0,9}((?:(?:width|height)=(?:\d{1,5}|\"\d{1,5}\")[ ]{0,9}){1,4})\}")
_SIZE = re.compile(r"(width|height)=\"?(\d+)")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^<>\x00-\x20]*)>")
_EMAIL = re.compile(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)>"
)


class Target(NamedTuple):
    """What a link leads to: its address and title, where it ends in the text, and for a link by reference
    the label of its definition; else the place and length of the address as written."""

    url: str
    title: str
    end: int
    label: str = ""
    at: int = -1
    length: int = 0

    @property
    def meta(self) -> dict[str, object]:
        return {"label": self.label} if self.label else {"at": self.at, "length": self.length}


def link(state: StateInline, silent: bool) -> bool:
    """`[text](address "title")`, `[text][label]`, `[text][]` or `[label]`."""
    start, maximum = state.pos, state.posMax
    label_end = _label_end(state, start, False)
    target = _target(state, start + 1, label_end) if label_end >= 0 else None
    if target is None:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, label_end
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": target.url, "title": target.title} if target.title else {"href": target.url}
        opening.meta = target.meta
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = maximum
    state.pos = target.end
    return True


def image(state: StateInline, silent: bool) -> bool:
    """`![alternative text](address "caption"){width=300}`, or by reference like a link."""
    start = state.pos
    if not state.src.startswith("![", start) or state.html_terminator_last("]") < start:
        return False
    label_end = _label_end(state, start + 1, True)
    target = _target(state, start + 2, label_end) if label_end >= 0 else None
    if target is None:
        return False
    sizes = _SIZES.match(state.src, target.end, state.posMax)
    if not silent:
        children: list[Token] = []
        content = state.src[start + 2 : label_end]
        state.md.inline.parse(content, state.md, state.env, children)
        token = state.push("image", "img", 0)
        token.attrs = {"src": target.url, "alt": ""}
        token.children, token.content, token.meta = children, content, target.meta
        if target.title:
            token.attrs["title"] = target.title
        if sizes:
            token.attrs.update((name, str(int(number))) for name, number in _SIZE.findall(sizes[1]))
    state.pos = sizes.end() if sizes else target.end
    return True


def _label_end(state: StateInline, start: int, links: bool) -> int:
    """Where the bracket that opens at `start` closes; -1 where it doesn't, or holds links that it may not.

    As markdown-it-py's `parseLinkLabel`, at half the cost where brackets stand in brackets.
    """
    src, maximum, cache = state.src, state.posMax, state.cache
    before, level, pos = state.pos, 1, start + 1
    end = -1
    while pos < maximum:
        marker, at = src[pos], pos
        if marker == "]":
            level -= 1
            if not level:
                end = pos
                break
        pos = cache.get(at, -1)
        if pos < 0:
            state.pos = at
            state.md.inline.skipToken(state)
            pos = state.pos
        if marker == "[":
            if pos == at + 1:
                level += 1
            elif not links:
                break
    state.pos = before
    return end


def _target(state: StateInline, label_start: int, label_end: int) -> Target | None:
    after = label_end + 1
    follows = state.src[after] if after < state.posMax else ""
    if follows == "(":
        inline = _inline_target(state.src, after + 1, state.posMax)
        if inline:
            return inline
    references = state.env.get("references")
    if not references:
        return None
    label, end = "", after
    if follows == "[":
        closing = _label_end(state, after, True)
        if closing >= 0:
            label, end = state.src[after + 1 : closing], closing + 1
    label = label or state.src[label_start:label_end]
    if len(label) > LONGEST_LABEL:
        return None
    label = normalizeReference(label)
    definition = references.get(label)
    if definition is None:
        return None
    return Target(definition["href"], definition["title"], end, label)


def _inline_target(src: str, pos: int, maximum: int) -> Target | None:
    """The target in brackets whose content starts at `pos`."""
    plain = _PLAIN_TARGET.match(src, pos, maximum)
    if plain:
        return Target(plain[1], "", plain.end(), "", pos, plain.end() - 1 - pos)
    pos = at = _skip_spaces(src, pos, maximum)
    url, title, length = "", "", 0
    address = parseLinkDestination(src, pos, maximum)
    if address.ok:
        url, pos = address.str, address.pos
        length = pos - at
        if src[at] == "<":
            at, length = at + 1, length - 2
    before = pos
    pos = _skip_spaces(src, pos, maximum)
    if pos < maximum and pos != before:
        parsed = parseLinkTitle(src, pos, maximum)
        if parsed.ok:
            title, pos = parsed.str, _skip_spaces(src, parsed.pos, maximum)
    if pos >= maximum or src[pos] != ")":
        return None
    return Target(url, title, pos + 1, "", at, length)


def _skip_spaces(src: str, pos: int, maximum: int) -> int:
    spaces = _SPACES.match(src, pos, maximum)
    return spaces.end() if spaces else pos


def autolink(state: StateInline, silent: bool) -> bool:
    """`<https://example.org>` or `<name@example.org>`; in the words of a link, its text alone."""
    found = _AUTOLINK.match(state.src, state.pos, state.posMax)
    mail = None if found else _EMAIL.match(state.src, state.pos, state.posMax)
    match = found or mail
    if not match:
        return False
    if not silent and state.linkLevel:  # Links don't stand in links.
        state.pending += match[1]
    elif not silent:
        url = ("mailto:" if mail else "") + match[1]
        _push_link(state, url, match[1], state.pos + 1, len(match[1]))
    state.pos = match.end()
    return True


def bare_url(state: StateInline, silent: bool) -> bool:
    """`https://example.org/path` in running text, without the punctuation that ends a sentence."""
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    found = bare_urls.at(state.src, state.pos, state.posMax)
    if not found:
        return False
    scheme, rest = found
    if not silent:
        pending = state.pending
        if not pending.endswith(scheme):
            return False
        state.pending = pending[: -len(scheme)]
        written = scheme + rest
        url = unescapeAll(written)
        _push_link(state, url, url, state.pos - len(scheme), len(written))
    state.pos += len(rest)
    return True


def _push_link(state: StateInline, url: str, text: str, at: int, length: int) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": url}
    opening.meta = {"at": at, "length": length}
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1)
