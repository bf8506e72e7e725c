"""What a link or an image may point at, and the address that it gets on its page."""

import re
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote

from dossier.urls import asset_path, document_id, document_kind, page_path, relative, suffix_of

DestinationKind = Literal["web", "mail", "fragment", "document", "asset", "plain", "unsafe", "outside"]

_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_SAFE = re.compile(r"(?:[A-Za-z0-9;/?:@&=+$,\-_.!~*'()#]++|%[0-9A-Fa-f]{2})*+")
_PATH = re.compile(r"[^?#]*")
_SAFE_IN_PATH = "/~!$&'()*+,;=@"


class Destination(NamedTuple):
    """Where a link leads: `href` is its address on the page; `target` a path in the site, for a `document`
    or an `asset`, or what is wrong with it, for an `unsafe` one; `fragment` what follows its `#`."""

    kind: DestinationKind
    href: str = ""
    target: str = ""
    fragment: str = ""


def page_of(path: str) -> str:
    """The output path of a document's page; '' for a text that is no document of a site."""
    kind = document_kind(path)
    return page_path(kind, document_id(path)) if kind in ("article", "note", "topic", "claim") else ""


def destination(url: str, path: str, page: str) -> Destination:
    """Judge an address as it was written, its entities and escapes decoded.

    Relative addresses start at the folder of the document at `path`, those that begin with `/` at the
    site's folder. Without a page there is no site around the text, and they stay as they are.
    """
    bare = _INVISIBLE.sub("", url)
    scheme = _SCHEME.match(bare)
    if scheme:
        return _with_scheme(scheme[1], url if url.startswith(scheme[0]) else bare)
    if bare.startswith("//"):
        return Destination("unsafe", target="//")
    if url.startswith("#") and len(url) > 1:
        return Destination("fragment", encoded(url), fragment=unquote(url[1:]))
    if not page or not bare or url[0] in "?#":
        return Destination("plain", encoded(url))
    return _in_site(url, path, page)


def _with_scheme(scheme: str, url: str) -> Destination:
    match scheme.lower():
        case "http" | "https":
            return Destination("web", encoded(url))
        case "mailto":
            return Destination("mail", encoded(url))
    return Destination("unsafe", target=scheme.lower() + ":")


def _in_site(url: str, path: str, page: str) -> Destination:
    written = _PATH.match(url)
    end = written.end() if written else 0
    steps = unquote(url[:end])
    parts = [] if steps.startswith("/") else path.split("/")[:-1]
    for step in steps.split("/"):
        if step == "..":
            if not parts:
                return Destination("outside")
            parts.pop()
        elif step not in ("", "."):
            parts.append(step)
    target = "/".join(parts)
    if "\0" in target:
        return Destination("unsafe", target="%00")
    if suffix_of(target) == ".md":
        return Destination("document", "", target, unquote(url[end:].partition("#")[2]))
    href = quote(relative(page, asset_path(target) if target else "index.html"), safe=_SAFE_IN_PATH)
    return Destination("asset" if target else "plain", href + encoded(url[end:]), target)


def encoded(url: str) -> str:
    """The address with everything percent-encoded that may not stand in one."""
    if _SAFE.fullmatch(url):
        return url
    # markdown-it-py takes 30 ms to import, and few addresses need it.
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(url)
