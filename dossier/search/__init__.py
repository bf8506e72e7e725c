"""Full-text search without a server: an index of what pages show, made by Pagefind, read by the browser.

The index is cut into shards, since it is made anew wherever its text changed, and to make all of it takes
longer than all else of a build. The browser merges them.
"""

from dossier.search.entries import SearchEntry, search_entry
from dossier.search.indexing import FOLDER, Indexed, executable, index_shard, missing
from dossier.search.shards import is_searched, shard_count, shard_of

__all__ = [
    "FOLDER",
    "Indexed",
    "SearchEntry",
    "executable",
    "index_shard",
    "is_searched",
    "missing",
    "search_entry",
    "shard_count",
    "shard_of",
]
