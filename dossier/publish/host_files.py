"""`_headers` and `_redirects`, which Netlify, Cloudflare Pages and others read beside a site.

https://docs.netlify.com/routing/headers/, https://developers.cloudflare.com/pages/configuration/headers/
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlsplit

from dossier.publish.contents import Contents, made_file

HEADERS, REDIRECTS = "_headers", "_redirects"
# What holds for any theme: pages say themselves what they may load, but not who may frame them.
EVERYWHERE = (
    "Content-Security-Policy: object-src 'none'; base-uri 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: strict-origin-when-cross-origin",
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=()",
)
TYPES = {
    "feed.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}


def headers_file(paths: Iterable[str], url: str) -> Contents:
    """The headers that a site's files are to be served with, below the path of its address."""
    base = urlsplit(url).path.rstrip("/")
    rules: list[tuple[str, tuple[str, ...]]] = [(f"{base}/*", EVERYWHERE)]
    for path in sorted(paths):
        kind = TYPES.get(path.rpartition("/")[2])
        if kind:
            rules.append((f"{base}/{quote(path)}", (f"Content-Type: {kind}",)))
    text = "".join(f"{place}\n" + "".join(f"  {line}\n" for line in lines) for place, lines in rules)
    return {HEADERS: made_file(text.encode())}


def redirects_file(former: Mapping[str, str], url: str) -> Contents:
    """Permanent redirects from former addresses, below the path of the site's address.

    The pages that lead on stay, for whoever serves the site without reading this.
    """
    base = urlsplit(url).path.rstrip("/")
    lines = []
    for path, target in sorted(former.items()):
        shown = path.removesuffix("index.html") if path.endswith("/index.html") else path
        lines.append(f"{base}/{quote(shown)} {base}/{quote(target)} 301\n")
    return {REDIRECTS: made_file("".join(lines).encode())}
