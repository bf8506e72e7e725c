"""Which commit a site stands on, as git's own files tell it, without running git."""

import os

from dossier.digests import digest_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    class Place(NamedTuple):
        """A repository: its work tree's folder, that of its own files, that of what its work trees share."""

        top: str
        folder: str
        shared: str
else:
    from collections import namedtuple

    Place = namedtuple("Place", ["top", "folder", "shared"])

HEXADECIMAL = frozenset("0123456789abcdef")
# How many references may lead to one another.
LONGEST_CHAIN = 5
# What HEAD says where references are kept in tables.
TABLES = "refs/heads/.invalid"


def repository(site: str) -> Place | None:
    """The repository in whose work tree a site lies; None where there is none."""
    top = os.path.realpath(site)
    while True:
        found = os.path.join(top, ".git")
        if os.path.isdir(found):
            folder = found
            break
        line = _first_line(found)
        if line.startswith("gitdir: "):  # A linked work tree, or a submodule.
            folder = os.path.join(top, line[8:])
            break
        above = os.path.dirname(top)
        if above == top:
            return None
        top = above
    if not os.path.isfile(os.path.join(folder, "HEAD")):
        return None
    shared = _first_line(os.path.join(folder, "commondir"))
    return Place(top, folder, os.path.join(folder, shared) if shared else folder)


def revision(site: str) -> str:
    """What tells one state of a site's history from another; '' where it has none.

    It is the id of the commit that is checked out, as far as that can be read, and in a shallow clone a
    digest of where that ends.
    """
    place = repository(site)
    if place is None:
        return ""
    commit = _commit(place)
    if not commit:
        return ""
    shallow = _bytes(os.path.join(place.shared, "shallow"))
    return f"{commit} {digest_of(shallow).hex()}" if shallow else commit


def commit_of(revision: str) -> str:
    """The id of a revision's commit; `HEAD` where git's files didn't tell."""
    commit = revision.partition(" ")[0]
    return commit if _is_id(commit) else "HEAD"


def _commit(place: Place) -> str:
    name = _first_line(os.path.join(place.folder, "HEAD"))
    for _ in range(LONGEST_CHAIN):
        if not name.startswith("ref: "):
            break
        name = _reference(place, name[5:].strip())
    return name if _is_id(name) or name.startswith("tables:") else ""


def _reference(place: Place, name: str) -> str:
    """What a reference says: an id, or `ref: ` and another one."""
    if name == TABLES:
        tables = _bytes(os.path.join(place.folder, "reftable", "tables.list"))
        tables += _bytes(os.path.join(place.shared, "reftable", "tables.list"))
        return f"tables:{digest_of(tables).hex()}"
    if ".." in name or name.startswith("/"):
        return ""
    for folder in (place.folder, place.shared):
        said = _first_line(os.path.join(folder, name))
        if said:
            return said
    wanted = name.encode("utf-8", "surrogateescape")
    for line in _bytes(os.path.join(place.shared, "packed-refs")).splitlines():
        if line.endswith(wanted) and line[-len(wanted) - 1 : -len(wanted)] == b" ":
            return line.partition(b" ")[0].decode("ascii", "replace")
    return ""


def _is_id(text: str) -> bool:
    return len(text) in (40, 64) and HEXADECIMAL.issuperset(text)


def _first_line(path: str) -> str:
    return _bytes(path).partition(b"\n")[0].decode("utf-8", "surrogateescape").strip()


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
