"""The filters that templates have beside a choice of Jinja's own. All are pure functions of their input."""

import json as python_json
import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from urllib.parse import quote, urlsplit

from jinja2.filters import FILTERS
from markupsafe import Markup

from dossier import linked_data
from dossier.dates import in_words, within_year
from dossier.views import View

# Jinja's filters that templates may use: those that need no clock, no chance and no trust in their input.
KEPT = (
    *("abs", "batch", "capitalize", "default", "e", "escape", "first", "float", "format", "groupby", "int"),
    *("items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr"),
    *("replace", "reverse", "round", "select", "selectattr", "slice", "sort", "string", "sum", "title"),
    *("trim", "truncate", "unique", "upper", "urlencode", "wordcount"),
)
_IN_SCRIPT = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
_JSON = python_json.JSONEncoder(ensure_ascii=False).encode
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INVISIBLE = re.compile(
    r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff]"
)
_NOT_PLAIN = re.compile(r"%(?![0-9A-Fa-f]{2})|[^\w!#$%&'()*+,./:;=?@~-]")


def json(value: object) -> Markup:
    """The value as JSON that is safe inside a script element too."""
    return in_script(_JSON(value))


def json_ld(view: View) -> Markup:
    """What the page says of itself in schema.org's words, safe inside a script element."""
    return in_script(linked_data.json_ld(view))


def in_script(text: str) -> Markup:
    """JSON text made safe inside a script element; what is safe already stays the same."""
    return Markup(text.translate(_IN_SCRIPT))


@lru_cache(maxsize=4096)
def safe_url(address: str) -> str:
    """The address where it is http, https, mailto or relative to the site; else ''.

    >>> safe_url("https://example.org/a b"), safe_url("../a.html#b"), safe_url("java\\tscript&colon;alert(1)")
    ('https://example.org/a%20b', '../a.html#b', '')
    >>> safe_url("//example.org"), safe_url("data:text/html,x")
    ('', '')
    """
    seen = _INVISIBLE.sub("", unescape(address))
    scheme = _SCHEME.match(seen)
    if scheme:
        return _quoted(address) if scheme[1].lower() in ("http", "https", "mailto") else ""
    leaves_the_site = seen.replace("\\", "/").startswith("//")
    return "" if leaves_the_site else _quoted(address)


def _quoted(address: str) -> str:
    """The address with all that an address can't hold percent-encoded; letters of any script stay."""
    return _NOT_PLAIN.sub(lambda found: quote(found[0], safe="", errors="replace"), address.strip())


def host(address: str) -> str:
    """The name of the machine that an address leads to, without `www.`; the address where it names none.

    >>> host("https://www.nato.int/cps/en/topics_166936.htm"), host("../a.html")
    ('nato.int', '../a.html')
    """
    try:
        name = urlsplit(address).hostname
    except ValueError:
        return address
    return name.removeprefix("www.") if name else address


def number(value: int) -> str:
    """A count with thousands apart: `1,234`."""
    return f"{value:,}"


def plural(count: int, one: str, many: str) -> str:
    """A count with its noun: `1 article`, `1,234 articles`."""
    return f"{count:,} {one if count == 1 else many}"


def listed(names: Iterable[object], last: str = "and") -> str:
    """Names as a sentence lists them: `A`, `A and B`, `A, B and C`."""
    words = [str(name) for name in names]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


OWN = {
    "date": in_words,
    "day": within_year,
    "host": host,
    "in_script": in_script,
    "json": json,
    "json_ld": json_ld,
    "listed": listed,
    "number": number,
    "plural": plural,
    "safe_url": safe_url,
}
ALL = {name: FILTERS[name] for name in KEPT} | OWN
