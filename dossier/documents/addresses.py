"""Web addresses, languages and coordinates."""

import re

from dossier.documents.reading import Reading, Table, read_fields, require, shortened
from dossier.documents.shapes import Degrees, Keys, Text, takes
from dossier.documents.values import kind_of, scalar_of
from dossier.frontmatter import Listing, Mapping, Node, Scalar
from dossier.languages import NAMES
from dossier.model import Coordinates

LONGEST_URL = 4_000
URL = Text(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@]\S*")

# The characters that may stand in an address as they are; letters of every script among them (an IRI).
_UNSAFE = re.compile(r"[\s\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_URL = re.compile(
    r"https?://(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)(?::(?P<port>\d{1,5}))?(?P<rest>[/?#].*)?", re.I
)
_BARE_HOST = re.compile(r"(?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[/?#].*)?", re.I)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_LANGUAGE = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)",
    re.I | re.ASCII,
)
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,15})?", re.ASCII)


def url_problem(address: str) -> tuple[str, str] | None:
    """Why a text is no web address, and what to write instead.

    >>> url_problem("www.nato.int/a")
    ('the address has no https://', 'write https://www.nato.int/a')
    """
    if len(address) > LONGEST_URL:
        return f"the address has {len(address):,} characters; the limit is {LONGEST_URL:,}", "shorten it"
    match = _URL.fullmatch(address)
    if match is None:
        return _no_url(address)
    if match["port"] and int(match["port"]) > 65535:
        return f"there is no port {match['port']}", "delete the port"
    unsafe = _UNSAFE.search(address)
    if unsafe:
        escaped = "".join(f"%{byte:02X}" for byte in unsafe[0].encode())
        return f"an address can't hold '{unsafe[0]}'", f"write {escaped} instead of it"
    return None


def _no_url(address: str) -> tuple[str, str]:
    if _BARE_HOST.fullmatch(address):
        return "the address has no https://", f"write https://{address.removeprefix('//')}"
    if re.match(r"https?://[^/?#]*@", address, re.I):
        return "the address holds a name or a password", "delete everything between '//' and '@', and the '@'"
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return (
            f"'{scheme[1].lower()}:' is not an address of the web",
            "write an address that begins with https://",
        )
    message = f"'{shortened(address)}' is not a web address"
    return message, "write the whole address, as https://example.org/page"


@takes(URL)
def url(reading: Reading, key: str, node: Node) -> str | None:
    """An address of the web: http or https."""
    scalar = scalar_of(reading, key, node, f"write {key}: https://…")
    if scalar is None:
        return None
    address = scalar.text.strip()
    problem = url_problem(address)
    if problem:
        reading.error(scalar.mark, "bad-url", *problem)
        return None
    return address


@takes(Text(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@][^\s?#]*"))
def site_url(reading: Reading, key: str, node: Node) -> str | None:
    """Where a site is published: an address without query and fragment, and without its last slash."""
    address = url(reading, key, node)
    if address is None:
        return None
    base = re.split(r"[?#]", address, maxsplit=1)[0]
    if base != address:
        hint = f"write {key}: {base}"
        reading.error(node.mark, "bad-url", "a site's address has no '?' and no '#'", hint)
        return None
    return base.rstrip("/")


@takes(Text(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"))
def language(reading: Reading, key: str, node: Node) -> str | None:
    """A language tag of BCP 47, in its usual spelling: `de`, `pt-BR`, `zh-Hans`."""
    scalar = scalar_of(reading, key, node, f"write {key}: en")
    if scalar is None:
        return None
    text = scalar.text.strip()
    match = _LANGUAGE.fullmatch(text)
    if match is None:
        message = f"'{shortened(text)}' is not a language tag"
        reading.error(scalar.mark, "bad-language", message, _language_hint(key, text))
        return None
    tag = match["language"].lower()
    tag += f"-{match['script'].title()}" if match["script"] else ""
    tag += f"-{match['region'].upper()}" if match["region"] else ""
    return tag + match["variants"].lower()


def _language_hint(key: str, text: str) -> str:
    for tag, name in NAMES.items():
        if name.casefold() == text.casefold():
            return f"write {key}: {tag}"
    if _LANGUAGE.fullmatch(text.replace("_", "-")):
        return f"write {key}: {text.replace('_', '-')}"
    return "write its short code, as en, ar, pt-BR or zh-Hans"


def _read_degrees(reading: Reading, key: str, node: Node) -> float | None:
    hint = f"write degrees as a decimal number: {key}: 33.31"
    scalar = scalar_of(reading, key, node, hint)
    if scalar is None:
        return None
    text = scalar.text.strip()
    if not _DEGREES.fullmatch(text):
        if _DEGREES.fullmatch(text.replace(",", ".")):
            hint = f"write {key}: {text.replace(',', '.')}"
        message = f"'{shortened(text)}' is not a number of degrees"
        reading.error(scalar.mark, "bad-coordinates", message, hint)
        return None
    return float(text)


@takes(Degrees(90))
def _latitude(reading: Reading, key: str, node: Node) -> float | None:
    return _read_degrees(reading, key, node)


@takes(Degrees(180))
def _longitude(reading: Reading, key: str, node: Node) -> float | None:
    return _read_degrees(reading, key, node)


COORDINATES: Table = {"latitude": _latitude, "longitude": _longitude}


@takes(Keys(COORDINATES, ("latitude", "longitude")))
def coordinates(reading: Reading, key: str, node: Node) -> Coordinates | None:
    """`{latitude: 33.31, longitude: 44.36}`, in degrees."""
    if not isinstance(node, Mapping):
        given = (
            [item.text for item in node.items if isinstance(item, Scalar)]
            if isinstance(node, Listing)
            else []
        )
        pair = given if len(given) == 2 else ["33.31", "44.36"]
        message = f"'{key}' must be latitude and longitude, not {kind_of(node)}"
        hint = f"write {key}: {{latitude: {pair[0]}, longitude: {pair[1]}}}"
        reading.error(node.mark, "wrong-type", message, hint)
        return None
    fields = read_fields(reading, "a pair of coordinates", node, COORDINATES)
    for part in ("latitude", "longitude"):
        require(reading, fields, part, node.mark, f"write {key}: {{latitude: 33.31, longitude: 44.36}}")
    latitude, longitude = fields.values.get("latitude"), fields.values.get("longitude")
    if latitude is None or longitude is None:
        return None
    for part, value, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if abs(value) > most:
            message = f"a {part} lies between -{most} and {most}"
            hint = f"write degrees: {part}: 33.31"
            if abs(latitude) <= 180 and abs(longitude) <= 90:
                hint = f"if they have changed places, write {{latitude: {longitude}, longitude: {latitude}}}"
            reading.error(fields.marks[part], "bad-coordinates", message, hint)
            return None
    return Coordinates(latitude, longitude)
