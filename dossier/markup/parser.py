"""The Markdown parser, as it is configured for dossier.

The inline rules of markdown-it-py are tried one after another at every special character; here one rule
finds the next special character and calls the one rule that it may begin.
"""

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, backtick, emphasis, entity, escape, newline, strikethrough
from mdit_py_plugins.deflist import deflist_plugin

from dossier.markup import footnotes, links, mentions, raw_html
from dossier.markup.admonitions import add_admonitions
from dossier.markup.footnotes import add_footnotes
from dossier.markup.html import HtmlRenderer
from dossier.markup.paragraphs import add_plain_paragraphs

# Levels of blocks in blocks, and of brackets in brackets; a list in a list is two.
DEEPEST_NESTING = 30

_SPECIAL = re.compile(r"[\n!&*:<@\[\\\]_`~]")


class Parser(MarkdownIt):
    """CommonMark without HTML, with tables, strikethrough, footnotes, definition lists and admonitions;
    with wiki links, and with citations where `env["citations"]` is true.

    Addresses stay in the tokens as they are written: `body` judges and resolves them.
    """

    renderer: HtmlRenderer

    def __init__(self) -> None:
        options = {"html": False, "xhtmlOut": False, "maxNesting": DEEPEST_NESTING}
        super().__init__("commonmark", options, renderer_cls=HtmlRenderer)
        self.enable(["table", "strikethrough"])
        self.disable("html_block")
        self.use(deflist_plugin)
        add_footnotes(self)
        add_admonitions(self)
        raw_html.add_comments(self)
        add_plain_paragraphs(self)
        self.core.ruler.at("normalize", _normalize)
        self.inline.ruler.push("construct", _construct)
        self.inline.ruler.enableOnly("construct")

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


@cache
def parser() -> Parser:
    """The parser of this process. It holds no state between texts."""
    return Parser()


def _normalize(state: StateCore) -> None:
    """NUL becomes U+FFFD, as CommonMark wants it; lines end in a line feed already."""
    if "\0" in state.src:
        state.src = state.src.replace("\0", "\ufffd")


def _bracket(state: StateInline, silent: bool) -> bool:
    if state.html_terminator_last("]") < state.pos:
        return False
    follows = state.src[state.pos + 1 : state.pos + 2]
    if follows == "^" and footnotes.reference(state, silent):
        return True
    if follows == "[" and mentions.wiki(state, silent):
        return True
    if links.link(state, silent):
        return True
    return bool(state.env.get("citations")) and mentions.citation(state, silent)


def _angle(state: StateInline, silent: bool) -> bool:
    return links.autolink(state, silent) or raw_html.comment(state, silent) or raw_html.tag(state, silent)


def _at_sign(state: StateInline, silent: bool) -> bool:
    return bool(state.env.get("citations")) and mentions.narrative(state, silent)


_CONSTRUCTS: dict[str, Callable[[StateInline, bool], bool]] = {
    "\n": newline,
    "!": links.image,
    "&": entity,
    "*": emphasis.tokenize,
    ":": links.bare_url,
    "<": _angle,
    "@": _at_sign,
    "[": _bracket,
    "\\": escape,
    "_": emphasis.tokenize,
    "`": backtick,
    "~": strikethrough.tokenize,
}


def _construct(state: StateInline, silent: bool) -> bool:
    """Pass over plain text to the next special character; where there is none, read what that begins."""
    pos, maximum = state.pos, state.posMax
    found = _SPECIAL.search(state.src, pos, maximum)
    end = found.start() if found else maximum
    if end > pos:
        state.pos = end
        if silent:
            return True
        state.append_pending(state.src[pos:end])
        if end == maximum:
            return True
    construct = _CONSTRUCTS.get(state.src[end])
    if construct and construct(state, silent):
        return True
    if end > pos:
        state.append_pending(state.src[end])
        state.pos = end + 1
        return True
    return False
