"""What of a site differs from what was published before."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from dossier.git import Entry

PLAIN_FILE = "100644"


class Difference(NamedTuple):
    """Paths, each sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        """What has other bytes than before, or is new."""
        return tuple(sorted((*self.added, *self.changed)))

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def difference(former: Mapping[str, Entry], ids: Mapping[str, str], keep: Collection[str]) -> Difference:
    """What changes from a branch's files to those with these ids. What is to be kept isn't removed.

    An item of `keep` is a path, or a folder with a slash at its end.
    """
    folders = tuple(item for item in keep if item.endswith("/"))
    stays = {path for path in former if path in keep or (folders and path.startswith(folders))}
    plain = {path: Entry(PLAIN_FILE, identifier) for path, identifier in ids.items()}
    return Difference(
        tuple(sorted(plain.keys() - former.keys())),
        tuple(sorted(path for path in plain.keys() & former.keys() if former[path] != plain[path])),
        tuple(sorted(former.keys() - plain.keys() - stays)),
    )
