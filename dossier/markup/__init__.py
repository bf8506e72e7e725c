"""Markdown to a body: HTML, headings, links and citations. docs/markdown.md is for those who write it.

Plainly written texts go the direct way, `direct`; all others are read by markdown-it-py, `commonmark`. What
comes out is the same: the way is only a matter of time.
"""

from dossier.diagnostics import Mark, error
from dossier.markup import direct
from dossier.markup.rendered import Rendered, nothing

__all__ = ["LONGEST_TEXT", "OPENING_WORDS", "Rendered", "render"]

# Characters; about 150,000 words. Of prose they take a tenth of a second, of the most hostile text ten.
LONGEST_TEXT = 1_000_000
OPENING_WORDS = 300


def render(
    text: str, *, path: str, first_line: int, citations: bool, opening_words: int = OPENING_WORDS
) -> Rendered:
    """Turn the Markdown of a document into its body. Never raises, whatever the text.

    `path` is the document's path in the site, from which relative links start; without one they stay as
    they are written. The text's lines end in a line feed, and the first is the line `first_line` of its
    file. With `citations`, `[@id]` and `@id` cite articles; without, they stay text. The body's opening has
    at most `opening_words`.
    """
    if len(text) > LONGEST_TEXT:
        message = f"the text has {len(text):,} characters; {LONGEST_TEXT:,} are the most that one may have"
        finding = error(path, Mark(first_line, 1), "too-large", message, "divide it into several documents")
        return nothing(finding)
    result = direct.convert(text, path, first_line, citations, opening_words)
    if result is not None:
        return result
    # markdown-it-py takes 30 ms to import, and many a build parses only plainly written texts.
    from dossier.markup import commonmark

    return commonmark.convert(text, path, first_line, citations, opening_words)
