"""Articles that are one and the same page on the web, however its address is written."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from dossier.check.desk import Desk
from dossier.diagnostics import Diagnostic, warning

# Parameters that say how a reader came to a page, not which page it is.
_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_.*|hsa_.*|at_.*|fb_.*|_hs.*|mc_[ce]id|[fgdty]bclid|[gdymt]s?clid|twclid|ttclid|li_fat_id|"
    r"g[bc]lid|[gw]braid|igshid|_g[al]|cmpid|cmp|ncid|ocid|wt_mc|xtor|ito|smid|smtyp|spm|ref|ref_src|ref_url|"
    r"guccounter|guce_.*|share|shared|amp|amp_.*|sharetype|ns_.*",
    re.I,
)
_MOBILE = frozenset(["www", "m", "mobile", "amp", "touch"])
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.I)
_AMP_PATH = re.compile(r"(?:/amp|\.amp(?=\.html?$)|\.amp)/?$|\.amp(?=\.html?$)", re.I)
_WRAPPED = re.compile(
    r"(?:(?:www\.)?google\.[a-z.]+/amp/(?:s/)?|[\w-]+\.cdn\.ampproject\.org/[a-z]/(?:s/)?|"
    r"web\.archive\.org/web/\d{1,14}(?:[a-z]{2}_)?/)(?:https?:/+)?(.+)",
    re.I,
)


def find(desk: Desk) -> Iterator[Diagnostic]:
    """Every article whose address is that of one before it, in the order of paths."""
    first: dict[str, str] = {}
    for article in sorted(desk.library.articles, key=lambda article: article.path):
        if not article.url:
            continue
        other = first.setdefault(normalised(article.url), article.id)
        if other != article.id:
            message = f"the same page as '{other}'"
            hint = f"keep one of the two files, and name it where the other was named: [@{other}]"
            yield warning(article.path, desk.mark(article, "url"), "same-url", message, hint)


def normalised(url: str) -> str:
    """What is left of an address when all is taken away that doesn't decide which page it is.

    Without scheme, `www.` and its like, port, fragment and last slash; parameters of tracking gone and the
    others sorted; AMP pages, copies in AMP caches and in the Wayback Machine as what they are copies of.

    >>> normalised("http://m.example.org/a/?utm_source=x&b=1#c"), normalised("https://www.example.org/a?b=1")
    ('example.org/a?b=1', 'example.org/a?b=1')
    """
    address = url.strip()
    for _ in range(5):  # A wrapper in a wrapper, as often as makes sense.
        scheme, separator, rest = address.partition("://")
        wrapped = _WRAPPED.fullmatch(rest if separator else scheme)
        if wrapped is None:
            break
        address = f"https://{wrapped[1]}"
    try:
        parts = urlsplit(address)
        host = _host(parts.hostname or "")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # No address at all; a finding of its own.
        return address
    query = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if _tells(name, value)
    ]
    found = host + port + _path(parts.path)
    if query:
        found += "?" + urlencode(sorted(query))
    return found + (f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else "")


def _host(host: str) -> str:
    """The host without the labels that only say how the page is shown: `www.`, `m.`, `amp.`."""
    labels = host.rstrip(".").split(".")
    kept = [label for label in labels[:-2] if label not in _MOBILE]
    return ".".join([*kept, *labels[-2:]])


def _path(path: str) -> str:
    steps: list[str] = []
    for step in re.sub(r"/{2,}", "/", path).split("/"):
        if step == "..":
            steps = steps[:-1] or steps
        elif step != ".":
            steps.append(step)
    plain = "/".join(steps)
    while (shorter := _AMP_PATH.sub("", _INDEX.sub("/", plain)).rstrip("/")) != plain:
        plain = shorter
    return quote(unquote(plain), safe="/~!$&'()*+,;=:@-._")


def _tells(name: str, value: str) -> bool:
    """Whether a parameter decides which page it is."""
    return not _TRACKING.fullmatch(name) and (name.lower(), value.lower()) not in _AMP_OUTPUT


_AMP_OUTPUT = frozenset([("outputtype", "amp"), ("output", "amp"), ("view", "amp")])
