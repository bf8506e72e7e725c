"""The only reader of a site: which files it has, whether they changed, and their bytes.

A listing is made anew for each build with one `stat` per file; an index of the build before it says which
files are as they were. Size, times and inode only decide whether a file is read again: what counts is the
digest of its bytes. A file that was changed in the very tick of the clock in which the index was begun
looks unchanged ever after; so, as in git's index, an entry that isn't older than its index is read again.
"""

import hashlib
import os
import stat as modes
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from dossier import urls
from dossier.diagnostics import Diagnostic, Mark, did_you_mean, error, warning
from dossier.looking import PARTS, Site
from dossier.model import Record
from dossier.walking import Stat, ignored, to_stat

NOWHERE = Mark()
CHUNK = 1 << 20
READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Entry(Record, frozen=True):
    """A file as an index knows it. `outline` and `body` are the build's own words about a document."""

    stat: Stat
    digest: bytes
    outline: bytes = b""
    body: str = ""


class Index(Record, frozen=True):
    """The files of a build.

    `memo` is the name of the memo that has the results for them. `stamp` is the file system's own time when
    their listing was begun. `revision` is that of the history that the site showed, if any.
    """

    engine: bytes = b""
    memo: bytes = b""
    stamp: int = 0
    entries: dict[str, Entry] = msgspec.field(default_factory=dict)
    revision: str = ""

    def current(self, files: Mapping[str, Stat]) -> dict[str, Entry]:
        """The entries of those files that needn't be read again."""
        known, stamp = self.entries.get, self.stamp
        return {
            path: entry
            for path, stat in files.items()
            if (entry := known(path)) is not None
            and entry.stat == stat
            and (stat[1] < stamp and stat[2] < stamp)  # As `older_than`, without a call for each of them.
        }


@dataclass
class Listing:
    """The files of a site by their paths, sorted, and what is odd about them.

    `documents` are those that are parsed, `assets` those of `content/` that are published as they are.
    `elsewhere` leads from a path to the file's real place where that isn't simply the path below the site:
    bundled themes, and names that the disk keeps in another Unicode form than NFC. `linked` says that a
    link was followed, so that one file can have two paths. `seen` are the files of a plain site as they have
    been walked through.
    """

    site: Path
    files: dict[str, Stat] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    assets: set[str] = field(default_factory=set)
    elsewhere: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    linked: bool = False
    seen: Site | None = None

    def place(self, path: str) -> str:
        """Where a file is on the disk."""
        return self.elsewhere.get(path) or os.path.join(self.site, path)


def scan(site: Path, themes: str | None, seen: Site | None = None) -> Listing:
    """List a site: `site.yaml`, `content/`, `themes/`, and under its own themes the bundled ones.

    `seen` are its files as they have been walked through already.
    """
    try:
        seen = seen or Site(str(site), themes)
    except OSError:
        seen = None
    listing = _listed(site, seen) if seen and plain(seen) else _walked(site, themes)
    listing.files = {path: listing.files[path] for path in sorted(listing.files)}
    listing.findings.sort()
    return listing


def plain(seen: Site) -> bool:
    """Whether there are only regular files and folders, whose names have but one form."""
    return not any(walk.others for walk in seen.parts.values()) and all(
        path.isascii() for walk in seen.parts.values() for path in walk.files
    )


def _listed(site: Path, seen: Site) -> Listing:
    """The listing of a plain site."""
    listing = Listing(site, seen=seen)
    bundled = seen.parts.get("bundled")
    if bundled is not None:
        above = os.path.dirname(seen.bundled)
        listing.elsewhere = {path: os.path.join(above, path) for path in bundled.files}
        listing.files = dict(bundled.files)
    if seen.settings is not None:
        listing.files["site.yaml"] = seen.settings
        listing.documents.add("site.yaml")
    for path, stat in seen.parts["themes"].files.items():
        listing.files[path] = stat
        listing.elsewhere.pop(path, None)
    folders = tuple(f"content/{folder}/" for folder in urls.DOCUMENT_FOLDERS)
    for path, stat in seen.parts["content"].files.items():
        if path.endswith(".md") and path.startswith(folders):  # Most are, and there may be many.
            listing.files[path] = stat
            listing.documents.add(path)
            continue
        kind = urls.document_kind(path)
        if kind is None:
            _say_unused(listing, path)
            continue
        listing.files[path] = stat
        (listing.assets if kind == "asset" else listing.documents).add(path)
    return listing


def _walked(site: Path, themes: str | None) -> Listing:
    """The listing of a site in which links must be followed, or names brought into one form."""
    listing = Listing(site)
    if themes is not None and os.path.realpath(themes) != os.path.realpath(site / "themes"):
        _Walk(listing, themes, "themes").run()
        for path in listing.files:
            listing.elsewhere[path] = os.path.join(os.path.dirname(themes), path)
        listing.findings.clear()
    settings = site / "site.yaml"
    if settings.is_file():
        listing.files["site.yaml"] = to_stat(settings.stat())
        listing.documents.add("site.yaml")
    for part in PARTS:
        _Walk(listing, os.path.join(site, part), part).run()
    return listing


def relisted(former: Listing, changed: Collection[str]) -> Listing | None:
    """A listing after nothing but these paths may have changed; None where all must be listed anew."""
    if former.linked:
        return None
    files = dict(former.files)
    for path in changed:
        try:
            stat = os.lstat(os.path.join(former.site, path))
        except OSError:
            if path in files or any(listed.startswith(f"{path}/") for listed in files):
                return None
            continue  # It came and went.
        if path not in files or path in former.elsewhere or not modes.S_ISREG(stat.st_mode):
            return None
        files[path] = to_stat(stat)
    return replace(former, files=files)


class _Walk:
    """One walk through `content/` or `themes/`."""

    def __init__(self, listing: Listing, folder: str, name: str) -> None:
        self.listing, self.folder, self.name = listing, folder, name
        self.top = os.path.realpath(folder)

    def run(self) -> None:
        if os.path.isdir(self.folder):
            self._folder(self.folder, self.name, (self.top,))

    def _folder(self, folder: str, name: str, above: tuple[str, ...]) -> None:
        try:
            with os.scandir(folder) as found:
                entries = list(found)
        except OSError as problem:
            self._unreadable(name, problem)
            return
        if not self._holds(os.path.realpath(folder)):  # A link took its place meanwhile.
            self._leaves(name)
            return
        for entry in entries:
            if not ignored(entry.name):
                self._entry(entry, f"{name}/{entry.name}", above)

    def _entry(self, entry: os.DirEntry[str], path: str, above: tuple[str, ...]) -> None:
        try:
            linked = entry.is_symlink()
            if linked and not self._may_follow(entry.path, path, above):
                return
            self.listing.linked |= linked
            if entry.is_file():
                self._file(entry, path)
            elif entry.is_dir():
                inner = (*above, os.path.realpath(entry.path)) if linked else above
                self._folder(entry.path, path, inner)
            else:
                self._warn(path, "special-file", "not a regular file, so it is left out", "")
        except OSError as problem:
            self._unreadable(path, problem)

    def _may_follow(self, place: str, path: str, above: tuple[str, ...]) -> bool:
        """Whether a link stays in its part of the site and doesn't lead back to a folder it lies in."""
        target = os.path.realpath(place)
        around = (*above, os.path.realpath(os.path.dirname(place)))
        if not os.path.exists(target):
            self._warn(path, "broken-link", "a symbolic link to nothing, so it is left out", "")
        elif not self._holds(target):
            self._leaves(path)
        elif any(f"{folder}{os.sep}".startswith(f"{target}{os.sep}") for folder in around):
            self._warn(path, "link-loop", "a symbolic link to a folder it lies in is not followed", "")
        else:
            return True
        return False

    def _holds(self, target: str) -> bool:
        return os.path.commonpath([self.top, target]) == self.top

    def _leaves(self, path: str) -> None:
        message = f"a symbolic link that leaves {self.name}/ is not followed"
        self._warn(path, "link-outside", message, f"copy the file into {self.name}/")

    def _file(self, entry: os.DirEntry[str], path: str) -> None:
        """Take a file that has a use; name one that looks like a misplaced document."""
        if not path.isascii():
            normal = self._normal(entry.path, path)
            if normal is None:
                return
            path = normal
        kind = urls.document_kind(path) if self.name == "content" else "theme"
        if kind is None:
            _say_unused(self.listing, path)
            return
        if self.name == "content":
            self._take(entry, path, self.listing.assets if kind == "asset" else self.listing.documents)
        else:
            if path.isascii():
                self.listing.elsewhere.pop(path, None)  # The site's own stands in for a bundled one.
            self._take(entry, path, set())

    def _take(self, entry: os.DirEntry[str], path: str, kind: set[str]) -> None:
        try:
            self.listing.files[path] = to_stat(entry.stat())
        except FileNotFoundError:
            return  # It went between being listed and being looked at.
        kind.add(path)

    def _normal(self, place: str, path: str) -> str | None:
        """A path in NFC, whatever form the disk has; None where it can't be used."""
        try:
            path.encode()
        except UnicodeEncodeError:
            self._warn(path, "file-name", "the file's name is not UTF-8, so it is left out", "rename it")
            return None
        normal = unicodedata.normalize("NFC", path)
        if self.name == "content" and normal in self.listing.files:
            message = "two files whose names differ only in their Unicode form (NFC and NFD)"
            self.listing.findings.append(error(normal, NOWHERE, "same-name", message, "rename one of them"))
            return None
        self.listing.elsewhere.pop(normal, None)
        if normal != path:
            self.listing.elsewhere[normal] = place
        return normal

    def _warn(self, path: str, code: str, message: str, hint: str) -> None:
        self.listing.findings.append(warning(shown(path), NOWHERE, code, message, hint))

    def _unreadable(self, path: str, problem: OSError) -> None:
        self.listing.findings.append(unreadable(path, problem))


def _say_unused(listing: Listing, path: str) -> None:
    """Name a file that looks like a misplaced document."""
    suffix = urls.suffix_of(path)
    if suffix in (".md", ".markdown"):
        folders = ", ".join(f"content/{folder}/" for folder in urls.DOCUMENT_FOLDERS)
        wanted = "" if suffix == ".md" else " and name it .md"
        message, hint = "no document is read from here", f"move it to one of {folders}{wanted}"
    elif suffix in (".yaml", ".yml"):
        message = "no register has this name"
        registers = (*urls.REGISTERS, urls.LINK_RECORD)
        hint = did_you_mean(path, registers, "registers are " + ", ".join(registers))
    else:
        return
    listing.findings.append(warning(shown(path), NOWHERE, "unused-file", message, hint))


def shown(path: str) -> str:
    """A path as text that can be printed and kept, whatever bytes its name has."""
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def unreadable(path: str, problem: OSError) -> Diagnostic:
    """The finding for a file that can't be read."""
    reason = (problem.strerror or str(problem)).lower()
    return error(shown(path), NOWHERE, "unreadable", f"can't be read: {reason}", "check who may read it")


# ---------------------------------------------------------------- reading


def read(listing: Listing, path: str) -> tuple[bytes, Stat]:
    """A file's bytes and what the file system said of it while they were read. Raises OSError."""
    for _ in range(5):
        descriptor, before = _open(listing.place(path), listing.linked)
        try:
            data = b"".join(_chunks(descriptor, before[0]))
            if to_stat(os.fstat(descriptor)) == before:
                break
        finally:
            os.close(descriptor)
    return data, before


def fingerprint(listing: Listing, path: str) -> tuple[bytes, Stat]:
    """The digest of a file's bytes without holding them in memory, and its stat. Raises OSError."""
    descriptor, stat = _open(listing.place(path), listing.linked)
    try:
        digest = hashlib.blake2b(digest_size=16)
        for chunk in _chunks(descriptor, stat[0]):
            digest.update(chunk)
    finally:
        os.close(descriptor)
    return digest.digest(), stat


def chunks(listing: Listing, path: str) -> Iterator[bytes]:
    """A file's bytes, piece by piece. Raises OSError."""
    descriptor, stat = _open(listing.place(path), listing.linked)
    try:
        yield from _chunks(descriptor, stat[0])
    finally:
        os.close(descriptor)


def digest_of(path: str, data: bytes) -> bytes:
    """The digest of the arguments of `parse`: a path and the bytes of its file."""
    digest = hashlib.blake2b(path.encode() + b"\0", digest_size=16)
    digest.update(data)
    return digest.digest()


def _open(place: str, linked: bool) -> tuple[int, Stat]:
    """Open a regular file for reading. A pipe that took its place meanwhile neither blocks nor is read.

    Nor is what a link leads to that did, in a site that had none.
    """
    follow = 0 if linked else getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(place, READING | follow)
    status = os.fstat(descriptor)
    if not modes.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise OSError(0, "not a regular file", place)
    return descriptor, to_stat(status)


def _chunks(descriptor: int, size: int) -> Iterator[bytes]:
    wanted = min(size + 1, CHUNK)
    while chunk := os.read(descriptor, wanted):
        yield chunk
        if len(chunk) < wanted:
            return  # The end: of a regular file, a part is read only there.
