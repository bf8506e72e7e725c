"""Which folder may be an output, what stands in it, and which of it is dossier's own."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dossier.diagnostics import Diagnostic, DossierError, Mark, error
from dossier.folders import PREVIEWS, STAGING_INSIDE, STATE
from dossier.model import Record
from dossier.walking import Stat, Walk, packed, walk

# Inside the output: the paths that dossier wrote there. It says whose the folder is when `.dossier/` is gone.
MARKER = ".dossier-site"
HEADER = "Made by dossier, which replaces and deletes the files listed here, and no others.\n"
NOWHERE = Mark()
CHUNK = 1 << 20


class Written(Record, frozen=True):
    """An output file as it was left: its stat, the digest of its bytes, and the key of what made it."""

    stat: Stat
    digest: bytes
    key: bytes


class Manifest(Record, frozen=True):
    """What a build left in an output folder. `inputs` and `report` are the build's own words.

    `stamp` is the file system's time when the stats were taken: a file that isn't older is compared by its
    bytes.
    """

    inputs: bytes
    stamp: int
    files: dict[str, Written]
    report: bytes


@dataclass
class Tree:
    """All files that an output is to have, by path: the digest of each one's bytes, and its key.

    `changed` are those whose bytes were prepared because the output has others, or none.
    """

    files: dict[str, tuple[bytes, bytes]]
    changed: set[str]
    inputs: bytes
    report: bytes

    def manifest(self, stats: Mapping[str, Stat], stamp: int) -> Manifest:
        """The manifest of the tree. A file without a stat is known by its bytes alone."""
        unknown = (0, 0, 0, 0)
        files = {
            path: Written(stats.get(path, unknown), digest, key) for path, (digest, key) in self.files.items()
        }
        return Manifest(self.inputs, stamp, files, self.report)


# ---------------------------------------------------------------- what may be an output


def refuse(folder: Path, site: Path, *, preview: bool = False) -> None:
    """Raise DossierError where a folder must never be written to, whatever is in it; or not by a preview."""
    reason = _not_a_preview(folder, site) if preview else _reason(folder, site)
    if reason:
        hint = "give the output a folder of its own: --output DIR"
        raise DossierError(
            error(str(folder), NOWHERE, "output-folder", f"the output can't be here: {reason}", hint)
        )


def _not_a_preview(folder: Path, site: Path) -> str:
    if folder not in [site / STATE / name for name in PREVIEWS]:
        return f"a preview is written to {STATE}/ alone"
    return _no_folder(folder)


def _no_folder(folder: Path) -> str:
    if folder.is_symlink():
        return "it is a symbolic link"
    return "it is a file" if folder.exists() and not folder.is_dir() else ""


def _reason(folder: Path, site: Path) -> str:
    if reason := _no_folder(folder):
        return reason
    real, own = Path(os.path.realpath(folder)), Path(os.path.realpath(site))
    if real == Path(real.anchor):
        return "it is the root of the file system"
    if real == Path(os.path.realpath(Path.home())):
        return "it is your home folder"
    if real == own or real in own.parents:
        return "the site lies in it"
    for part in ("content", "themes", STATE, ".git"):
        if own / part in (real, *real.parents):
            return f"it is the site's {part}/, or lies in it"
    working = Path(os.path.realpath(os.curdir))
    if real == working or real in working.parents:
        return "it is the current folder, or one above it"
    if os.path.lexists(folder / ".git"):
        return "it holds a Git repository (.git)"
    return ""


def check_paths(paths: Iterable[str]) -> None:
    """Raise DossierError where output paths leave the folder, or two could be the same file on some disk."""
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    problems = []
    for path in paths:
        if not _inside(path):
            message = f"this output path would leave its folder: {path!r}"
            problems.append(error("site.yaml", NOWHERE, "output-path", message))
            continue
        same = seen.setdefault(folded(path), path)
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = path
            folder = folder.rpartition("/")[0]
        if same != path:
            problems.append(_collision(same, path))
    spellings: dict[str, str] = {}
    for folder, path in folders.items():
        spelling = folded(folder)
        other = spellings.setdefault(spelling, folder)
        if other != folder:
            problems.append(_collision(folders[other], path))
        elif spelling in seen:
            problems.append(_collision(seen[spelling], path))
    if problems:
        raise DossierError(*problems)


_ODD = re.compile(
    rf"[\x00-\x1f\\]|^[^/]*:|(?:^|/)(?:\.{{0,2}}|\.git|{re.escape(MARKER)}|{re.escape(STAGING_INSIDE)})(?:/|$)"
)


def _inside(path: str) -> bool:
    """Whether a path stays in the output, and isn't one of those with a meaning of their own."""
    return _ODD.search(path) is None


def folded(path: str) -> str:
    """A path as those systems see it that tell neither case nor the forms of a character apart."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _collision(one: str, other: str) -> Diagnostic:
    message = f"'{one}' and '{other}' would be the same file on some systems"
    return error("site.yaml", NOWHERE, "output-collision", message, "rename one of their sources")


# ---------------------------------------------------------------- what is there


@dataclass
class Survey:
    """What stands in an output folder: regular files with their stats; and all else, never followed."""

    files: dict[str, Stat] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)

    def digest(self) -> bytes:
        """The digest that a walk through this output has."""
        return hashlib.blake2b(packed(self.files.items(), self.others), digest_size=16).digest()

    @property
    def empty(self) -> bool:
        return not (self.files or self.others or self.folders)


def digest_of_file(place: str) -> bytes:
    """The digest of a file's bytes; empty where it can't be read."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        with open(place, "rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError:
        return b""
    return digest.digest()


def survey(folder: Path) -> Survey:
    """Look at an output folder. One that isn't there is empty."""
    if not folder.is_dir():
        return Survey()
    try:
        return to_survey(walk(str(folder), "", lambda name: name == STAGING_INSIDE))
    except OSError as problem:
        raise failure(problem, "read the output") from problem


def to_survey(walked: Walk) -> Survey:
    """What a walk through an output has seen."""
    return Survey(walked.files, walked.others, walked.folders)


def claimed(folder: Path) -> set[str] | None:
    """The paths that a folder's marker says are dossier's; None where there is no marker.

    They need no check, since they are only ever compared with what was found inside the folder.
    """
    try:
        text = (folder / MARKER).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    if not text.startswith(HEADER):
        return None
    return set(text.removeprefix(HEADER).split("\n"))


def marker(paths: Iterable[str]) -> bytes:
    """The marker's bytes."""
    return (HEADER + "".join(f"{path}\n" for path in sorted(paths))).encode()


def above(path: str) -> Iterator[str]:
    """The folders that a path lies in, nearest first."""
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def failure(problem: OSError, doing: str) -> DossierError:
    """The stop for a disk that is full, broken, read-only or not ours: one line with path and cause."""
    path, cause = _told(problem)
    message = f"could not {doing}: {cause}"
    return DossierError(error(path, NOWHERE, "disk", message, "the site is as it was before"))


def incomplete(problem: OSError) -> DossierError:
    """The stop for a disk that failed while the site was put in place, and again when that was taken back."""
    path, cause = _told(problem)
    message = f"could not put all of the site in place, nor take it back: {cause}"
    hint = "build again when the cause is mended: that completes it"
    return DossierError(error(path, NOWHERE, "incomplete-site", message, hint))


def _told(problem: OSError) -> tuple[str, str]:
    path = str(problem.filename2 or problem.filename or "the output")
    return path, (problem.strerror or str(problem)).lower()
