"""What the preview adds to a page on its way out. None of it is ever in a build.

One script from the site's own origin, with what it needs to know in its attributes; and where the page's
content security policy wouldn't let that script run, the policy of the served copy allows it.
"""

import json
import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from urllib.parse import unquote, urlsplit

CLIENT = "/.dossier/client.js"
_POLICY = re.compile(
    rb"""<meta[^>]+http-equiv=["']?content-security-policy["']?[^>]*?content=(["])(.*?)\1[^>]*>""",
    re.IGNORECASE | re.DOTALL,
)
_HREF = re.compile(rb"""<a\s[^>]*?href="([^"]*)\"""", re.IGNORECASE)
_NEEDED = ("script-src", "connect-src")


def with_client(html: bytes, facts: Mapping[str, object]) -> bytes:
    """A page with the preview's script at the end of its head."""
    told = escape(json.dumps(facts, ensure_ascii=False)).encode()
    tag = b'<script src="%b" data-dossier="%b" defer></script>' % (CLIENT.encode(), told)
    html = _POLICY.sub(_allowing, html)
    for place in (b"</head>", b"<body", b"</html>"):
        at = html.find(place)
        if at >= 0:
            return html[:at] + tag + html[at:]
    return html + tag


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


def broken_links(html: bytes, page: str, is_there: Callable[[str], bool]) -> list[str]:
    """The addresses, as the page has them, of links within the site that lead to no file."""
    broken = []
    for raw in dict.fromkeys(_HREF.findall(html)):
        address = unescape(raw.decode("utf-8", "replace"))
        target = target_of(address, page)
        if target is not None and not is_there(target):
            broken.append(address)
    return broken


def target_of(address: str, page: str) -> str | None:
    """The output path that a link on a page leads to; None where it leads elsewhere, '' where outside.

    >>> target_of("../articles/a.html#x", "notes/n.html"), target_of("https://example.org/", "n.html")
    ('articles/a.html', None)
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    found = page.split("/")[:-1]
    for part in unquote(parts.path).split("/"):
        if part == "..":
            if not found:
                return ""
            found.pop()
        elif part != ".":
            found.append(part)
    return "/".join(found)


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
