"""Any Markdown to a body, by markdown-it-py: text to tokens, and tokens to HTML."""

from markdown_it.token import Token

from dossier.diagnostics import Mark, error
from dossier.markup.body import Reading
from dossier.markup.html import plain_text
from dossier.markup.parser import parser
from dossier.markup.places import Places
from dossier.markup.rendered import Rendered, nothing, rendered

# Blocks whose text is not part of a document's opening.
_NOT_OPENING = {"heading_open": "heading_close", "table_open": "table_close"}


def convert(text: str, path: str, first_line: int, citations: bool, opening_words: int) -> Rendered:
    """The body of a text. The arguments are those of `markup.render`."""
    try:
        return _convert(text, path, Places(text, first_line), citations, opening_words)
    except RecursionError:
        message, hint = "the text is nested too deeply", "nest its lists, quotes and brackets less"
        return nothing(error(path, Mark(first_line, 1), "too-deep", message, hint))


def _convert(text: str, path: str, places: Places, citations: bool, opening_words: int) -> Rendered:
    md = parser()
    env = {"citations": citations}
    tokens = md.parse(text, env)
    reading = Reading(md, env, path, places)
    reading.read(tokens)
    if reading.too_deep:
        return nothing(*reading.diagnostics)
    html = md.renderer.render(tokens, md.options, env)
    words, opening = _words(tokens, opening_words)
    return rendered(
        html,
        reading.slots,
        reading.headings,
        reading.numbers,
        reading.mentions,
        reading.assets,
        words,
        opening,
        reading.references,
        reading.links,
        reading.quotations,
        reading.diagnostics,
        reading.silences,
    )


def _words(tokens: list[Token], opening_words: int) -> tuple[int, str]:
    """How many words a text has, without its code, and the first of its running text."""
    count = 0
    opening: list[str] = []
    until = ""
    for token in tokens:
        kind = token.type
        if kind == "inline":
            words = plain_text(token.children or ()).split()
            count += len(words)
            if not until and len(opening) < opening_words:
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
    return count, " ".join(opening[:opening_words])
