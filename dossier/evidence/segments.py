"""The HTML of a body put together again. Every page of a document needs it, few the passages in it."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

JOINER = "\u2060"
_JOINED = re.compile(rf'[ \n]?{JOINER}(?=<sup class="footnote-ref">)')


def joined(segments: Sequence[str], between: Iterable[str]) -> str:
    """The HTML of a body, with what stands in its slots.

    A note's mark that begins with a word joiner takes the place of the white space before it.
    """
    html = "".join(chain.from_iterable(zip_longest(segments, between, fillvalue="")))
    return _JOINED.sub("", html) if JOINER in html else html
