"""Ids, routes and relative links. An address is a function of the path alone."""

import hashlib
import posixpath
import re
import unicodedata
from typing import Literal
from urllib.parse import unquote

from dossier.model import EntityKind

DocumentKind = Literal["article", "note", "topic", "claim"]
FileKind = Literal["site", "article", "note", "topic", "claim", "register", "links", "style", "asset"]

DOCUMENT_FOLDERS: dict[str, DocumentKind] = {
    "articles": "article",
    "notes": "note",
    "topics": "topic",
    "claims": "claim",
}
FOLDERS: dict[str, str] = {
    "article": "articles",
    "note": "notes",
    "topic": "topics",
    "claim": "claims",
    "person": "people",
    "organization": "organizations",
    "place": "places",
    "source": "sources",
}
REGISTERS: dict[str, EntityKind] = {
    "content/people.yaml": "person",
    "content/organizations.yaml": "organization",
    "content/places.yaml": "place",
    "content/sources.yaml": "source",
}
LINK_RECORD = "content/links.yaml"
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
ASSET_SUFFIXES = frozenset(
    (
        *PICTURES,
        *(".pdf", ".csv", ".json", ".txt", ".mp3", ".mp4", ".webm", ".ogg", ".zip"),
    )
)
# Names that Windows keeps for devices, whatever the suffix.
RESERVED_NAMES = frozenset(
    ["con", "prn", "aux", "nul", "index"]
    + [f"com{digit}" for digit in "123456789"]
    + [f"lpt{digit}" for digit in "123456789"]
)
DEVICES = RESERVED_NAMES - {"index"}
LONGEST_ID = 120
LONGEST_PATH = 240
_NAME = re.compile(r'[^<>:"|?*\\/#%\x00-\x1f\x7f]+')
_USUAL_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_NOT_WORD = re.compile(r"[^\w]+|_+")


def document_kind(path: str) -> FileKind | None:
    """What a site's file is, by its path alone; None for a file that dossier has no use for."""
    if path == "site.yaml":
        return "site"
    if path in REGISTERS:
        return "register"
    if path == LINK_RECORD:
        return "links"
    top, _, rest = path.partition("/")
    if top != "content" or not rest:
        return None
    folder, _, name = rest.partition("/")
    suffix = suffix_of(path)
    if suffix == ".md":
        return DOCUMENT_FOLDERS.get(folder) if name else None
    if suffix == ".csl":
        return "style"
    return "asset" if suffix in ASSET_SUFFIXES else None


def suffix_of(path: str) -> str:
    """The lower-case suffix of a path's last part, with its dot; '' where it has none."""
    name = path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return (dot + suffix).lower() if stem else ""


def document_id(path: str) -> str:
    """The id of a document: its file's stem, in NFC.

    >>> document_id("content/articles/2020/nato-expands.md")
    'nato-expands'
    """
    name = path.rpartition("/")[2]
    return unicodedata.normalize("NFC", name.removesuffix(".md"))


def id_problem(identifier: str) -> str:
    """Why an id can't be part of an address on every system, or '' where it can.

    An id is made of letters, digits, hyphens, underscores and dots, of any script.
    """
    if not identifier:
        return "is empty"
    if len(identifier) <= LONGEST_ID and _USUAL_ID.fullmatch(identifier) and identifier not in RESERVED_NAMES:
        return ""
    if len(identifier.encode()) > LONGEST_ID:
        return f"is longer than {LONGEST_ID} bytes"
    if identifier.partition(".")[0].lower() in RESERVED_NAMES:
        return "is a reserved name"
    allowed = all(c.isalnum() or c in "-_." or unicodedata.category(c) in ("Mn", "Mc") for c in identifier)
    if not allowed:
        return "has characters other than letters, digits, '-', '_' and '.'"
    if not identifier[0].isalnum() or identifier.endswith("."):
        return "must begin with a letter or digit, and not end in a dot"
    return ""


def slug(text: str) -> str:
    """An id made from a name or title: lower case, Unicode letters kept, all else one hyphen.

    A text without any letter or digit gets an id from its digest, so that it never collides.

    >>> slug("José Antonio Agüero Martínez"), slug("Ain al-Asad / Erbil")
    ('josé-antonio-agüero-martínez', 'ain-al-asad-erbil')
    """
    words = _NOT_WORD.sub("-", unicodedata.normalize("NFKC", text).lower()).strip("-")
    while len(words.encode()) > LONGEST_ID - 12:
        words = words[: (LONGEST_ID - 12) // 2].rstrip("-")
    if words and words not in RESERVED_NAMES:
        return unicodedata.normalize("NFC", words)
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{words}-{digest}" if words else f"x-{digest}"


def is_former_address(text: str) -> bool:
    """Whether an alias is an address of the site, not a name."""
    return text.startswith("/") or text.endswith(".html") or "://" in text


def former_path(address: str) -> str:
    """The output path behind an address of the site: a page's own, or that of a folder's index.

    >>> former_path("articles/old.html"), former_path("/2019/old/"), former_path("/posts/old")
    ('articles/old.html', '2019/old/index.html', 'posts/old/index.html')
    """
    path = unicodedata.normalize("NFC", unquote(address).removeprefix("/"))
    if path.endswith(".html"):
        return path
    return f"{path.removesuffix('/')}/index.html" if path.strip("/") else "index.html"


def former_problem(path: str) -> str:
    """Why there can't be a page at an output path, or ''."""
    parts = path.split("/")
    if "://" in path or parts[0].endswith(":"):
        return "begins with a scheme"
    if any(part in ("", ".", "..") for part in parts):
        return "has an empty part, or leads upwards"
    if any(not _NAME.fullmatch(part) or part.endswith((".", " ")) for part in parts):
        return "has characters that some systems forbid in names"
    if any(part[0] in ".~" or part.partition(".")[0].lower() in DEVICES for part in parts):
        return "has a name that is hidden or reserved"
    return "is too long" if len(path.encode()) > LONGEST_PATH else ""


def page_path(kind: str, identifier: str) -> str:
    """The output path of the page of a document or entity: `articles/<id>.html`."""
    return f"{FOLDERS[kind]}/{identifier}.html"


def asset_path(path: str) -> str:
    """The output path of an asset: its path without `content/`."""
    return path.removeprefix("content/")


def resolved(page: str, address: str) -> str:
    """The output path to which a relative address on a page leads.

    >>> resolved("notes/a.html", "../articles/gr%C3%B6%C3%9Fe.png?x#y")
    'articles/größe.png'
    """
    path = unquote(address.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def relative(page: str, target: str) -> str:
    """The address of the output path `target`, relative to the page that links to it.

    >>> relative("topics/iraq.html", "articles/a.html"), relative("index.html", "articles/a.html")
    ('../articles/a.html', 'articles/a.html')
    >>> relative("articles/a.html", "articles/b.html")
    'b.html'
    """
    here, there = page.split("/")[:-1], target.split("/")
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])
