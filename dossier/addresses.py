"""Addresses of the web in one form, by which two that lead to one document are known to.

What is taken away changes nothing of what a reader gets: the scheme, `www.` and hosts for phones, default
ports, fragments, parameters that follow readers about, the order of the others, spellings of one path.
"""

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

_HOST_PREFIX = re.compile(r"(?:(?:^|(?<=\.))(?:www\d?|m|mobile|amp|touch)\.)+(?=[^.]+\.)")
_COPIES = re.compile(
    r"https?://(?:web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?P<archived>https?:/.*)|"
    r"(?:(?:www\.)?google\.[a-z.]{2,6}/amp|[\w-]+\.cdn\.ampproject\.org/[a-z])/(?:s/)?(?P<amp>.+))",
    re.I,
)
# Parameters that say how a reader came, not what is read.
_FOLLOWING = re.compile(
    r"utm_.*|mtm_.*|pk_.*|hsa_.*|at_(?:medium|campaign|custom\d|link.*|ptr.*|bbc.*)|_hs(?:enc|mi)|mc_[ce]id|"
    r"(?:fb|g|dc|ms|y|tw|tt|wb|gb|li_fat|ig)(?:clid|raid|shid|id_ref)|gclsrc|igshid|fb_.*|cmpid|icid|"
    r"ocid|ncid|ito|smid|smtyp|ref_?src|referr?er|cmp|xtor|spm|s_cid|__twitter_impression|guccounter|"
    r"guce_referr?er.*|amp|outputtype|share(?:_?id)?|taid|trk|trkcampaign|vero_id|wickedid|oly_(?:anon|enc)_id|"
    r"_ga|_gl",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_SAFE = "!$&'()*+,;=:@-._~/"


def normal_address(address: str) -> str:
    """The form in which two addresses of one document are equal: `host/path?query`, without a scheme.

    A copy in the Wayback Machine or an AMP cache has the form of what it is a copy of. A fragment that tells
    pages apart (`#!…`, `#/…`) stays. What is no address keeps its text.

    >>> normal_address("http://www.Example.org:80/a/?utm_source=x&b=2&a=1#top")
    'example.org/a?a=1&b=2'
    >>> normal_address("https://m.example.org/a/amp/") == normal_address("https://example.org/a")
    True
    """
    address = unicodedata.normalize("NFC", address.strip())
    for _ in range(3):
        copy = _COPIES.fullmatch(address)
        if copy is None:
            break
        address = re.sub(r"^(https?:)/+", r"\1//", copy["archived"] or f"https://{copy['amp']}")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return address
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return address
    host = _HOST_PREFIX.sub("", _ascii_host(parts.hostname.rstrip(".")))
    shown_port = "" if port in (None, 80, 443) else f":{port}"
    query = _query(parts.query)
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return host + shown_port + _path(parts.path) + (f"?{query}" if query else "") + fragment


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _path(path: str) -> str:
    path = quote(unquote_to_bytes(path), safe=_SAFE)
    steps: list[str] = []
    for step in re.sub(r"/{2,}", "/", path).split("/"):
        if step == "..":
            steps = steps[:-1] or steps
        elif step != ".":
            steps.append(step)
    path = "/".join(steps)
    former = ""
    while former != path:
        former = path
        path = _INDEX.sub("", path.rstrip("/"))
        path = path[:-4] if path.lower().endswith("/amp") else path
    return path


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = sorted(pair for pair in pairs if not _FOLLOWING.fullmatch(pair[0]))
    return urlencode(kept, errors="surrogateescape")
