"""Addresses in running text: `https://example.org/path`, without the punctuation that ends a sentence."""

import re

_BARE_URL = re.compile(
    r"://[^\W_][^\s<>\[\]\"`\\^{|}«»\x00-\x1f\x7f\u2010-\u205e\u3000-\u301f\uff00-\uff0f]*"
)
_HTTP = re.compile(r"(?<![A-Za-z0-9+.\-/@_])https?\Z", re.IGNORECASE)


def at(text: str, colon: int, end: int) -> tuple[str, str] | None:
    """The scheme before the colon and the rest from the colon on, of the address around it."""
    scheme = _HTTP.search(text[max(0, colon - 6) : colon])
    match = _BARE_URL.match(text, colon, end) if scheme else None
    if not scheme or not match:
        return None
    rest = _without_ending(match[0])
    return None if len(rest) < 4 else (scheme[0], rest)


def _without_ending(url: str) -> str:
    """The address without closing punctuation, and without `)` that no `(` in it opens."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while end:
        last = url[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last not in "?!.,:;'*_~":
            break
        end -= 1
    return url[:end]
