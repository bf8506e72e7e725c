"""Markdown to a body: HTML, headings, links and citations. docs/markdown.md is for those who write it.

One function turns text into tokens and tokens into HTML, `_convert`; the rest describes what it found.
"""

import hashlib

import msgspec
from markdown_it.token import Token

from dossier.diagnostics import Diagnostic, Mark, error
from dossier.markup.body import Reading
from dossier.markup.html import SLOT, plain_text
from dossier.markup.parser import parser
from dossier.markup.places import Places
from dossier.model import Body, Record, Reference

__all__ = ["LONGEST_TEXT", "OPENING_WORDS", "Rendered", "render"]

# Characters; about 150,000 words. Of prose they take a tenth of a second, of the most hostile text ten.
LONGEST_TEXT = 1_000_000
OPENING_WORDS = 300

# Blocks whose text is not part of a document's opening.
_NOT_OPENING = {"heading_open": "heading_close", "table_open": "table_close"}
_ENCODER = msgspec.msgpack.Encoder()


class Rendered(Record, frozen=True):
    """A body, its HTML cut at its slots, what it refers to, and what is wrong with it."""

    body: Body
    segments: tuple[str, ...]
    references: tuple[Reference, ...]
    diagnostics: tuple[Diagnostic, ...]


def render(text: str, *, path: str, first_line: int, citations: bool) -> Rendered:
    """Turn the Markdown of a document into its body. Never raises, whatever the text.

    `path` is the document's path in the site, from which relative links start; without one they stay as
    they are written. The text's lines end in a line feed, and the first is the line `first_line` of its
    file. With `citations`, `[@id]` and `@id` cite articles; without, they stay text.
    """
    if len(text) > LONGEST_TEXT:
        message = f"the text has {len(text):,} characters; {LONGEST_TEXT:,} are the most that one may have"
        finding = error(path, Mark(first_line, 1), "too-large", message, "divide it into several documents")
        return _nothing(finding)
    try:
        return _convert(text, path, Places(text, first_line), citations)
    except RecursionError:
        message, hint = "the text is nested too deeply", "nest its lists, quotes and brackets less"
        return _nothing(error(path, Mark(first_line, 1), "too-deep", message, hint))


def _convert(text: str, path: str, places: Places, citations: bool) -> Rendered:
    md = parser()
    env = {"citations": citations}
    tokens = md.parse(text, env)
    reading = Reading(md, env, path, places)
    reading.read(tokens)
    if reading.too_deep:
        return _nothing(*reading.diagnostics)
    segments = tuple(md.renderer.render(tokens, md.options, env).split(SLOT))
    slots, headings = tuple(reading.slots), tuple(reading.headings)
    words, opening = _words(tokens)
    body = Body(
        digest=_digest(segments, slots, headings),
        slots=slots,
        headings=headings,
        citations=tuple(reading.numbers),
        mentions=tuple(reading.mentions),
        assets=tuple(reading.assets),
        words=words,
        opening=opening,
    )
    return Rendered(body, segments, tuple(reading.references), tuple(reading.diagnostics))


def _words(tokens: list[Token]) -> tuple[int, str]:
    """How many words a text has, without its code, and the first of its running text."""
    count = 0
    opening: list[str] = []
    until = ""
    for token in tokens:
        kind = token.type
        if kind == "inline":
            words = plain_text(token.children or ()).split()
            count += len(words)
            if not until and len(opening) < OPENING_WORDS:
                opening += words
        elif until:
            if kind == until:
                until = ""
        elif kind in _NOT_OPENING:
            until = _NOT_OPENING[kind]
        elif kind == "footnote_block_open":
            until = "footnote_block_close"
        elif token.attrs.get("class") == "admonition-title":
            until = "paragraph_close"
    return count, " ".join(opening[:OPENING_WORDS])


def _digest(*values: object) -> str:
    return hashlib.blake2b(_ENCODER.encode(values), digest_size=16).hexdigest()


def _nothing(*findings: Diagnostic) -> Rendered:
    """What a text becomes that can't be shown."""
    return Rendered(Body(digest=_digest(("",), (), ())), ("",), (), findings)
