"""Which file of the output an address means, as GitHub Pages would find it; and which requests to refuse.

Nothing here touches the disk: what there is, is asked through `Files`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import quote, unquote_to_bytes, urlsplit

from dossier.serve.settings import LOOPBACK

# Of the preview itself. The output has no such folder, since names that begin with a dot are hidden.
OWN = "/.dossier/"
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]/@\s]+)(?::([1-9]\d{0,4}))?")


class Files(Protocol):
    """What the output has."""

    def is_file(self, parts: Sequence[str]) -> bool: ...

    def is_folder(self, parts: Sequence[str]) -> bool: ...


@dataclass(frozen=True)
class Found:
    """An output file, by its path."""

    path: str


@dataclass(frozen=True)
class Moved:
    """An address that has to end in a slash: the one to go to."""

    address: str


@dataclass(frozen=True)
class Missing:
    """An address that leads to nothing; `path` is what it would be, for finding others like it."""

    path: str = ""


@dataclass(frozen=True)
class Refused:
    """An address that no browser asks for on its own."""

    reason: str


def base_path(url: str) -> str:
    """The path that a site's address ends in, with slashes around it.

    >>> base_path("https://example.org/iraq"), base_path("https://example.org"), base_path("")
    ('/iraq/', '/', '/')
    """
    path = unquote_to_bytes(urlsplit(url).path).decode("utf-8", "replace").strip("/")
    return f"/{path}/" if path else "/"


def resolve(raw: bytes, base: str, files: Files) -> Found | Moved | Missing | Refused:
    """What an address means. `raw` is the path as it was sent, without the query."""
    path = decoded(raw)
    if isinstance(path, Refused):
        return path
    if path == base.rstrip("/"):
        return Moved(quote(base))
    if not path.startswith(base):
        return Moved(quote(base)) if path == "/" else Missing()
    inside = path[len(base) :]
    parts = inside.split("/")
    folder = parts.pop() == ""
    if not folder:
        parts = inside.split("/")
    if any(part == "" for part in parts) or any(part.startswith(".") for part in parts):
        return Missing()
    return _find(parts, folder, base, files)


def decoded(raw: bytes) -> str | Refused:
    """A path, decoded once. One that could mean something else to somebody else is refused."""
    if not raw.startswith(b"/"):
        return Refused("the address must be a path")
    data = unquote_to_bytes(raw)
    if b"\\" in data or any(byte < 0x20 or byte == 0x7F for byte in data):
        return Refused("the address has a backslash or a control character")
    try:
        path = data.decode()
    except UnicodeDecodeError:
        return Refused("the address is not UTF-8")
    if ".." in path.split("/"):
        return Refused("the address leads upwards")
    return path


def _find(parts: list[str], folder: bool, base: str, files: Files) -> Found | Moved | Missing:
    path = "/".join(parts)
    if folder:
        index = [*parts, "index.html"]
        return Found("/".join(index)) if files.is_file(index) else Missing(path + "/index.html")
    if files.is_file(parts):
        return Found(path)
    page = [*parts[:-1], parts[-1] + ".html"]
    if files.is_file(page):
        return Found("/".join(page))
    if files.is_folder(parts) and files.is_file([*parts, "index.html"]):
        return Moved(quote(f"{base}{path}/"))
    return Missing(path)


# ---------------------------------------------------------------- who asks


def is_own_host(header: str, host: str, port: int) -> bool:
    """Whether a `Host` names this server, and not a foreign name that was made to lead here.

    Where others may reach the server, addresses in numbers are fine too: no name can be made into one.
    """
    found = _HOST.fullmatch(header)
    if found is None or int(found[2] or 80) != port:
        return False
    name = found[1].strip("[]").lower().rstrip(".")
    if name in LOOPBACK or name == host.lower():
        return True
    return host not in LOOPBACK and _is_number(name)


def is_own_origin(header: str, host: str, port: int) -> bool:
    """Whether an `Origin` is a page of this server."""
    scheme, _, rest = header.partition("://")
    return scheme == "http" and is_own_host(rest, host, port)


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
