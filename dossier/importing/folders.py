"""The folder that another program keeps: its files, and those that documents show."""

import filecmp
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dossier import urls
from dossier.diagnostics import Diagnostic, DossierError, Mark, error, info
from dossier.importing.items import shown_place

LARGEST_TEXT = 8 << 20
MOST_FILES = 200_000
MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


@dataclass
class Folder:
    """A folder's files, by their paths in it with forward slashes, sorted. Links aren't followed."""

    root: Path
    files: list[str] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    def place(self, path: str) -> str:
        """A file as it is shown in findings."""
        return shown_place(self.root / path)

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None where they can't be had, which is told."""
        place = self.root / path
        try:
            if place.stat().st_size > LARGEST_TEXT:
                message = f"the file has more than {LARGEST_TEXT >> 20} MB, the limit of a text"
                self._wrong(path, message, "divide it")
                return None
            return place.read_bytes()
        except OSError as problem:
            reason = (problem.strerror or str(problem)).lower()
            self._wrong(path, f"can't be read: {reason}", "check who may read it", "unreadable")
            return None

    def _wrong(self, path: str, message: str, hint: str, code: str = "import-format") -> None:
        self.findings.append(error(self.place(path), Mark(), code, message, hint))

    def leave(self, path: str, why: str) -> None:
        """Say of a file that nothing is made of it."""
        self.findings.append(info(self.place(path), Mark(), "not-imported", why))


def look_through(root: Path, site: Path, skip: Callable[[str], bool] = lambda name: False) -> Folder:
    """List a folder, without hidden files, what is to be skipped, and the dossier at `site` itself.

    Raises DossierError.
    """
    if not root.is_dir():
        message = "there is no such folder" if not root.exists() else "this is a file, not a folder"
        raise DossierError(error(str(root), Mark(), "no-source", message, "name the folder"))
    own = (os.path.realpath(site), os.path.realpath(site / "content"))
    inside = os.path.realpath(root)
    if inside in own or inside.startswith(own[1] + os.sep):
        hint = "name the other program's folder"
        raise DossierError(error(str(root), Mark(), "no-source", "this is the dossier's own folder", hint))
    folder = Folder(root)
    for above, folders, names in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not skip(name)
            and os.path.realpath(os.path.join(above, name)) not in own
        )
        within = os.path.relpath(above, root).replace(os.sep, "/")
        prefix = "" if within == "." else f"{within}/"
        for name in [name for name in folders if os.path.islink(os.path.join(above, name))]:
            folder.leave(prefix + name, "it is a link to a folder, which isn't followed")
        for name in sorted(names):
            path = prefix + name
            if name.startswith("."):
                continue
            if os.path.islink(os.path.join(above, name)) or not os.path.isfile(os.path.join(above, name)):
                folder.leave(path, "it is a link or no regular file, which isn't followed")
            else:
                folder.files.append(path)
        if len(folder.files) > MOST_FILES:
            message = f"there are more than {MOST_FILES:,} files in it"
            raise DossierError(error(str(root), Mark(), "import-format", message, "name a folder within it"))
    folder.files.sort()
    return folder


@dataclass
class Attachments:
    """Where files that documents show are put: beside them, each once, under a name that nothing has."""

    site: Path
    _given: dict[tuple[str, str], str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def put(self, source: Path, beside: str) -> str:
        """The path in the site for a file, next to a document at a path; '' for what isn't published."""
        suffix = urls.suffix_of(source.name)
        if suffix not in urls.ASSET_SUFFIXES:
            return ""
        folder = f"{beside.rpartition('/')[0]}/attachments"
        key = (str(source), folder)
        if key not in self._given:
            self._given[key] = self._free(source, folder, urls.slug(source.stem), suffix)
        return self._given[key]

    def _free(self, source: Path, folder: str, stem: str, suffix: str) -> str:
        for path in self._names(folder, stem, suffix):
            place = self.site / path
            if path.casefold() not in self._taken and (
                not place.exists() or (place.is_file() and filecmp.cmp(place, source, shallow=False))
            ):
                self._taken.add(path.casefold())
                return path
        raise AssertionError("numbers don't end")

    def _names(self, folder: str, stem: str, suffix: str) -> Iterator[str]:
        yield f"{folder}/{stem}{suffix}"
        number = 2
        while True:
            yield f"{folder}/{stem}-{number}{suffix}"
            number += 1
