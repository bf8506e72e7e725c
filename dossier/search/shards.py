"""Which pages are searched, and in which shard of the index each one is."""

import zlib

from dossier.urls import FOLDERS

# As many as Pagefind indexes in about the time that the rest of a small build takes.
PAGES_IN_A_SHARD = 400
_FOLDERS = frozenset(FOLDERS.values())


def is_searched(path: str) -> bool:
    """Whether search finds the page of an output path: those of documents and entities, and no lists.

    >>> is_searched("articles/a.html"), is_searched("articles/index.html"), is_searched("people/ada/2.html")
    (True, False, False)
    """
    folder, _, name = path.partition("/")
    return folder in _FOLDERS and name.endswith(".html") and "/" not in name and name != "index.html"


def shard_count(pages: int) -> int:
    """How many shards there are for so many pages: a power of two, so that they are seldom dealt out anew."""
    count = 1
    while count * PAGES_IN_A_SHARD < pages:
        count *= 2
    return count


def shard_of(path: str, count: int) -> int:
    """The shard of a page: a function of its path, so that a new page leaves the others where they are."""
    return zlib.crc32(path.encode()) % count
