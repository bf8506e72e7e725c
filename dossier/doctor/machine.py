"""The machine: whether files can be watched, how their names are told apart, and how much room there is."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from dossier.doctor.report import Asked, Line
from dossier.folders import STATE

INOTIFY = Path("/proc/sys/fs/inotify")
PARTS = ("content", "themes")
# Other programs watch, too: so many times what a site needs should be there.
SPARE = 4
FEW_INSTANCES = 128
LITTLE = 200_000_000


def surroundings(asked: Asked) -> Iterator[Line]:
    """What is to be known of the machine and of the disk that a site lies on."""
    yield from _encodings()
    if asked.site is None:
        yield Line("note", "site", "there is no site.yaml here or above", "dossier new site DIR")
        return
    yield Line("ok", "site", f"{asked.site}: {asked.settings.title or 'its settings can’t be read'}")
    yield _disk(asked.site)
    yield _names(asked.site)
    yield from _watching(asked.site)


def _encodings() -> Iterator[Line]:
    encoding = getattr(sys.stdout, "encoding", "") or "utf-8"
    if encoding.lower().replace("-", "") != "utf8":
        hint = "set PYTHONUTF8=1 in the environment"
        yield Line("note", "terminal", f"it is written to in {encoding}, which lacks many letters", hint)


def _disk(site: Path) -> Line:
    try:
        free = shutil.disk_usage(site).free
    except OSError as problem:
        return Line("wrong", "disk", f"it can't be asked: {problem.strerror}")
    kept = _size(site / STATE)
    told = f"{free / 1e9:,.1f} GB free; {STATE}/ has {kept / 1e6:,.1f} MB, and may be deleted at any moment"
    return Line("ok" if free > LITTLE else "wrong", "disk", told, "" if free > LITTLE else "make room")


def _size(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue  # It went meanwhile, as kept things may.
    return total


def _names(site: Path) -> Line:
    """Whether two names that differ by case alone are one, as on macOS and Windows."""
    other = site / "SITE.YAML"
    if other.exists() and os.path.samefile(other, site / "site.yaml"):
        return Line("ok", "names", "this disk doesn't tell their case; dossier does, for hosts that do")
    return Line("ok", "names", "this disk tells their case")


def _watching(site: Path) -> Iterator[Line]:
    try:
        from dossier.serve.mounts import silent_kind  # Its room needs packages that may be missing.
    except ImportError as problem:
        yield Line("wrong", "watching", f"the preview can't be loaded: {problem}")
        return
    kind = silent_kind(str(site))
    if kind:
        told = f"the site lies on {kind}, which doesn't tell of changes made elsewhere"
        yield Line("note", "watching", told, "dossier serve --poll")
    watches, instances = _limit("max_user_watches"), _limit("max_user_instances")
    if not watches:
        yield Line("ok", "watching", f"by {sys.platform}'s own means, without limits that can be seen")
        return
    needed = sum(1 + sum(len(folders) for _, folders, _ in os.walk(site / part)) for part in PARTS) + 2
    told = f"inotify: {watches:,} folders for each user, this site has {needed:,}; {instances:,} programs"
    hint = f"sudo sysctl fs.inotify.max_user_watches={max(524_288, needed * SPARE * 2)}"
    if needed > watches:
        yield Line("wrong", "watching", told, hint + ", or dossier serve --poll")
    elif needed * SPARE > watches:
        yield Line("note", "watching", told, hint)
    elif instances < FEW_INSTANCES:
        yield Line("note", "watching", told, "sudo sysctl fs.inotify.max_user_instances=512")
    else:
        yield Line("ok", "watching", told)


def _limit(name: str) -> int:
    """A limit of inotify; 0 where there is none, as on other systems than Linux."""
    try:
        return int((INOTIFY / name).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
