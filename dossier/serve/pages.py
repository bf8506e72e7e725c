"""What the preview adds to a page on its way out. None of it is ever in a build.

One script from the site's own origin, with what it needs to know in its attributes; and where the page's
content security policy wouldn't let that script run, the policy of the served copy allows it.
"""

import json
import re
from collections.abc import Mapping
from html import escape, unescape

CLIENT = "/.dossier/client.js"
_POLICY = re.compile(
    rb"""<meta[^>]+http-equiv=["']?content-security-policy["']?[^>]*?content=(["])(.*?)\1[^>]*>""",
    re.IGNORECASE | re.DOTALL,
)
# Where the head begins, or what stands for it: before anything but a comment.
_BEGINNING = re.compile(rb"<head(?:\s[^>]*)?>|<html(?:\s[^>]*)?>|<!doctype[^>]*>", re.IGNORECASE)
_NEEDED = ("script-src", "connect-src")


def with_client(html: bytes, facts: Mapping[str, object]) -> bytes:
    """A page with the preview's script before all others, so that it sees the page as it was served."""
    told = escape(json.dumps(facts, ensure_ascii=False)).encode()
    tag = b'<script src="%b" data-dossier="%b" defer></script>' % (CLIENT.encode(), told)
    html = _POLICY.sub(_allowing, html)
    found = _BEGINNING.search(html)
    at = found.end() if found else 0
    return html[:at] + tag + html[at:]


def _allowing(found: "re.Match[bytes]") -> bytes:
    policy = unescape(found[2].decode("utf-8", "replace"))
    allowed = allowing(policy)
    if allowed == policy:
        return found[0]
    return found[0].replace(found[2], escape(allowed).encode())


def allowing(policy: str) -> str:
    """A content security policy that lets scripts of the site's own origin run, and ask it.

    >>> allowing("default-src 'self'"), allowing("default-src 'none'; script-src 'none'")
    ("default-src 'self'", "default-src 'none'; script-src 'self'; connect-src 'self'")
    """
    rules = [rule.split() for rule in policy.split(";") if rule.strip()]
    named = {rule[0].lower(): rule for rule in rules}
    changed = False
    for name in _NEEDED:
        rule = named.get(name) or named.get("default-src")
        if rule is None or "'self'" in rule or (name not in named and "*" in rule):
            continue
        sources = [source for source in rule[1:] if source != "'none'"] + ["'self'"]
        changed = True
        if name in named:
            named[name][1:] = sources
        else:
            rules.append([name, *sources])
    return "; ".join(" ".join(rule) for rule in rules) if changed else policy


_TITLE = re.compile(rb"<h1[^>]*>(.*?)</h1>|<title>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")


def title(html: bytes) -> str:
    """What a page is called: its heading, or what stands in its place.

    >>> title(b"<title>A site</title><h1>Caf&eacute; <em>noir</em></h1>"), title(b"<title>A site</title>")
    ('Caf\u00e9 noir', 'A site')
    """
    found = {bool(match[1]): match for match in _TITLE.finditer(html)}
    match = found.get(True) or found.get(False)
    text = _TAG.sub(b"", match[1] or match[2]).decode("utf-8", "replace") if match else ""
    return " ".join(unescape(text).split())


_BLOCK = re.compile(rb"<(?:p|li|h[1-6]|blockquote|pre|td|th|dt|dd|figcaption)[\s>]")


def changed_block(before: bytes, after: bytes) -> int:
    """The number of the first block (paragraph, item, heading …) of a page that isn't as it was; -1 if none.

    Where the body of the text changed that counts, not what is told about it above.
    """
    start = max(after.find(b'class="prose"'), after.find(b"<main"), 0)
    begun = max(before.find(b'class="prose"'), before.find(b"<main"), 0)
    old, new = _blocks(before, begun), _blocks(after, start)
    skipped = len(_BLOCK.findall(after[:start]))
    for number, block in enumerate(new):
        if number >= len(old) or block != old[number]:
            return skipped + number
    return skipped + len(new) - 1 if len(old) > len(new) else -1


def _blocks(html: bytes, start: int) -> list[bytes]:
    places = [found.start() for found in _BLOCK.finditer(html, start)]
    return [html[at:end] for at, end in zip(places, [*places[1:], len(html)], strict=True)]
