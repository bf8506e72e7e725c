"""What the file system says of all files in a folder: one `stat` each, nothing read.

It is the first thing that a build does, often the only one, and loads next to nothing.
"""

import marshal
import os

from dossier.digests import digest_of

TYPE_CHECKING = False  # The typing module takes longer to load than a small site to walk.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# What the file system says of a file: size, times of modification and change (ns), inode.
Stat = tuple[int, int, int, int]

NEVER = frozenset(["node_modules", "__pycache__", "Thumbs.db", "desktop.ini"])
LEFTOVERS: tuple[str, ...] = ("~", ".swp", ".swo", ".swx", ".tmp", ".orig", ".part", ".crdownload")
LEFTOVERS += ("___jb_tmp___", "___jb_old___")  # Of JetBrains' editors, while they save.
SAVING = ".sb-"  # In the names of folders in which macOS prepares what is saved.


class Walk:
    """The regular files of a folder by path.

    `others` are the paths of what is neither a file nor a folder, never followed, and of files that went
    while they were looked at.
    """

    __slots__ = ("files", "folders", "others")

    def __init__(self) -> None:
        self.files: dict[str, Stat] = {}
        self.folders: set[str] = set()
        self.others: set[str] = set()

    def digest(self) -> bytes:
        """The digest of the files and all else that isn't a folder, whatever order the disk has them in."""
        return digest_of(packed(self.files.items(), self.others))


def packed(files: "Iterable[tuple[str, Stat]]", others: "Iterable[str]") -> bytes:
    """A walk's files and others as bytes: equal ones have equal bytes."""
    return marshal.dumps((sorted(files), sorted(others)), 0)


def walk(folder: str, prefix: str, skip: "Callable[[str], bool]") -> Walk:
    """Walk through a folder; paths begin with the prefix. `skip` tells which names are left out.

    Raises OSError where it or one below can't be listed.
    """
    walked = Walk()
    _walk(_entries(folder), prefix, skip, walked)
    return walked


def _walk(
    entries: "Iterable[os.DirEntry[str]]", prefix: str, skip: "Callable[[str], bool]", walked: Walk
) -> None:
    files = walked.files
    for entry in entries:
        name = entry.name
        if skip(name):
            continue
        if entry.is_file(follow_symlinks=False):
            try:
                stat = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                walked.others.add(prefix + name)
                continue
            # As `to_stat`, without a call for each of all files.
            files[prefix + name] = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        elif entry.is_dir(follow_symlinks=False):
            within = _entries(entry.path)
            if os.path.islink(entry.path):  # It took the folder's place, and leads who knows where.
                walked.others.add(prefix + name)
                continue
            walked.folders.add(prefix + name)
            _walk(within, f"{prefix}{name}/", skip, walked)
        else:
            walked.others.add(prefix + name)


def _entries(folder: str) -> "list[os.DirEntry[str]]":
    with os.scandir(folder) as entries:
        return list(entries)


def to_stat(status: os.stat_result) -> Stat:
    """What is kept of a file's status."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def older_than(stat: Stat, stamp: int) -> bool:
    """Whether a file was last changed before a time of its file system."""
    return stat[1] < stamp and stat[2] < stamp


def ignored(name: str) -> bool:
    """Whether a name is that of a hidden file or of something an editor left behind."""
    return (
        name[0] == "."
        or name.endswith(LEFTOVERS)
        or SAVING in name
        or name in NEVER
        or (name[0] == "#" and name[-1] == "#")
    )


def bundled_themes() -> str | None:
    """The folder of the themes that come with dossier: in a wheel beside its code, in a checkout above it."""
    package = os.path.dirname(__file__)
    for folder in (os.path.join(package, "themes"), os.path.join(os.path.dirname(package), "themes")):
        if os.path.isdir(os.path.join(folder, "briefing")):
            return folder
    return None
