"""Texts brought to one form, in which quotations are compared: what is only typography is taken away.

What is left decides: letters with their accents and their case, digits, punctuation, and the order of all.
Nothing here depends on a language. To replace what doesn't occur costs a look with `memchr`, so that even a
hundred replacements take less time than one pass in Python.
"""

import re
from typing import NamedTuple
from unicodedata import is_normalized, normalize

# Seen by nobody: soft hyphens, joiners, marks of direction, the stretching of Arabic, variation selectors.
_IGNORED = (
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\u0640\ufe0e\ufe0f"
)
_SPACES = (
    "\t\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u202f\u205f\u3000\u2028\u2029"
)
_QUOTES = '"`“”„‟‘’‚‛‹›«»「」『』〝〞〟´′″\u02bc\u02b9'
_DASHES = "\u2013\u2014\u2015\u2012\u2e3a\u2e3b\ufe58"
_HYPHENS = "\u2010\u2011\u2212\ufe63\u2043"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ſ": "s"}
_FULL_WIDTH = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
# French sets its marks off from what they enclose; where German turns them round, it doesn't.
_FRENCH = re.compile("(?<![^\\s([])«[ \u00a0\u202f]|[ \u00a0\u202f]»(?![^\\W_])")
# How the characters of the block of full-width forms begin in UTF-8.
_FULL_WIDTH_BYTES = (b"\xef\xbc", b"\xef\xbd")

# In this order: each may rely on those before it.
_ASCII = (
    *((space, " ") for space in _SPACES if space.isascii()),
    *((quote, "'") for quote in _QUOTES if quote.isascii()),
    ("---", "\u2013"),
    ("--", "\u2013"),
)
_WIDER = (
    *((space, " ") for space in _SPACES if not space.isascii()),
    *((quote, "'") for quote in _QUOTES if not quote.isascii()),
    *((dash, "\u2013") for dash in _DASHES if dash != "\u2013"),
    *((hyphen, "-") for hyphen in _HYPHENS),
    ("\u2026", "..."),
    ("\u22ef", "..."),
    *_LIGATURES.items(),
)
_TIDY = (
    (" - ", "\u2013"),
    *((space + "\u2013", "\u2013") for space in " \n"),
    *(("\u2013" + space, "\u2013") for space in " \n"),
    (" -", "-"),
    *(("-" + space, "-") for space in " \n"),
    *((" " + mark, mark) for mark in ":;?!%"),
    (". . .", "..."),
    ("''", "'"),
    (".'", "'."),
    (",'", "',"),
)
# Marks of emphasis stand at a word's edge; between letters or figures a star or low line means itself.
_EMPHASIS = re.compile(r"(?<![^\W_])[*_]+(?=\S)|(?<=\S)[*_]+(?![^\W_])")


class Folded(NamedTuple):
    """A text in the form in which quotations are compared.

    Both strings have the same length. In `text` all white space is one space, every dash and hyphen `-` and
    every quotation mark and apostrophe `'`. `marked` keeps apart what tells where words and blocks end: `–`
    for a dash, `-` for a hyphen or a minus sign; a line feed between two blocks.
    """

    text: str
    marked: str


def fold(text: str) -> Folded:
    """Bring a text to the form for comparison; a line feed in it stands between two blocks.

    >>> fold("“Iraq” — it’s  a\\u00a0non\\u00adstarter").text
    "'Iraq'-it's a nonstarter"
    """
    for old, new in _ASCII:
        text = text.replace(old, new)
    if not text.isascii():
        text = _fold_wider(text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub("", text)
    text = _one_space(text)
    for old, new in _TIDY:
        text = text.replace(old, new)
    return Folded(text.replace("\n", " ").replace("\u2013", "-"), text)


def _fold_wider(text: str) -> str:
    for ignored in _IGNORED:
        text = text.replace(ignored, "")
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    if "«" in text:
        text = _FRENCH.sub("'", text)
    for old, new in _WIDER:
        text = text.replace(old, new)
    encoded = text.encode("utf-8", "surrogatepass")
    if any(beginning in encoded for beginning in _FULL_WIDTH_BYTES):
        for old, new in _FULL_WIDTH.items():
            text = text.replace(old, new)
    return text


def _one_space(text: str) -> str:
    """Runs of white space as one space, or as one line feed where they hold one."""
    while "  " in text:
        text = text.replace("  ", " ")
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    while "\n\n" in text:
        text = text.replace("\n\n", "\n")
    return text.strip()
