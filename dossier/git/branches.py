"""A published branch as it stands at its remote: its files, and who made its latest commits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dossier.git.remotes import Remote
from dossier.git.repository import Repository
from dossier.git.running import GitError, decoded

# Commits that dossier made say in a trailer what they were made from.
SOURCE = "Dossier-Source"
# So many commits of others may stand above the last one of dossier's.
FAR = 200
FIELDS = ("%H", "%an", "%cs", "%s", f"%(trailers:key={SOURCE},valueonly,separator=%x20)")


class Entry(NamedTuple):
    """A file of a commit: its mode (`100644`) and the id of its bytes."""

    mode: str
    id: str


class Commit(NamedTuple):
    """A commit. `source` is what dossier made it from: a commit's id or `none`; empty for others' commits."""

    id: str
    author: str
    day: str
    subject: str
    source: str


@dataclass(frozen=True)
class Tip:
    """A branch at its remote; without `id` where it isn't there.

    `ours` is the latest commit that dossier made, `others` those above it, newest first, and `touched` the
    paths in which they differ from it.
    """

    id: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    ours: Commit | None = None
    others: tuple[Commit, ...] = ()
    touched: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The commit that was last published."""
        return self.ours.source if self.ours else ""


def read_tip(repository: Repository, remote: Remote, branch: str, tip: str) -> Tip:
    """A branch whose tip is that commit, fetched where it isn't here. Raises DossierError."""
    if not tip:
        return Tip()
    try:
        entries = _entries(repository, tip)
    except GitError:
        _fetch(repository, remote, branch)
        entries = _entries(repository, tip)
    ours, others = _history(repository, tip)
    touched: tuple[str, ...] = ()
    if ours and others:
        told = repository.git.run("diff-tree", "-r", "-z", "--name-only", "--no-ext-diff", ours.id, tip)
        touched = tuple(path for path in decoded(told).split("\0") if path)
    return Tip(tip, entries, ours, others, touched)


def _fetch(repository: Repository, remote: Remote, branch: str) -> None:
    """Fetch a branch's objects; of refs only the one by which git itself remembers the remote's branch."""
    options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
    try:
        repository.git.run("fetch", *options, remote.name, f"refs/heads/{branch}")
    except GitError as problem:
        raise remote.stop(problem) from problem


def _entries(repository: Repository, commit: str) -> dict[str, Entry]:
    found = {}
    for line in decoded(repository.git.run("ls-tree", "-r", "-z", "--full-tree", commit)).split("\0"):
        if line:
            head, _, path = line.partition("\t")
            mode, _, identifier = head.split(" ")
            found[path] = Entry(mode, identifier)
    return found


def _history(repository: Repository, tip: str) -> tuple[Commit | None, tuple[Commit, ...]]:
    """The latest commit of dossier's, and those above it."""
    shape = "--format=" + "%x00".join(FIELDS) + "%x00"
    options = ("--first-parent", f"--max-count={FAR}", "--no-show-signature", "--no-color", shape)
    words = repository.git.text("log", *options, tip).split("\0")
    others: list[Commit] = []
    for start in range(0, len(words) - len(FIELDS) + 1, len(FIELDS)):
        identifier, *rest, source = (word.strip() for word in words[start : start + len(FIELDS)])
        commit = Commit(identifier, rest[0], rest[1], rest[2], source.partition(" ")[0])
        if commit.source:
            return commit, tuple(others)
        others.append(commit)
    return None, tuple(others)
