"""The commits of a site's branch that changed its documents, the newest first.

The branch is what one comes to by first parents: what a merge brought in counts as changed by the merge, on
the day on which it was merged. So every change counts once, on the branch that is published.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from dossier.history.git import Unreadable, ask, is_partial, records
from dossier.model import Record
from dossier.revision import Place, commit_of
from dossier.urls import DOCUMENT_FOLDERS, document_kind

# `git log` in a form that can't be confused, whatever is in names and messages.
HEADER, FIELD = b"\x01", b"\x02"
LOG = (
    *("log", "--first-parent", "-m", "--root", "--raw", "-z", "--no-abbrev", "--relative"),
    *("-M50%", "-l2000", "--no-color", "--no-ext-diff", "--no-textconv", "--no-show-signature"),
    *("--no-mailmap", "--no-notes", "--no-decorate", "--encoding=UTF-8"),
    "--format=%x01%H%x02%ct%x02%an",
)
DOCUMENTS = frozenset(DOCUMENT_FOLDERS.values())
REGULAR = ("100644", "100755")

Status = Literal["added", "revised", "moved", "removed"]


class FileChange(Record, frozen=True):
    """What a commit did to a document's file; `before` and `after` are git's ids of its bytes.

    `former` is the path that it had before; one that was moved has the same bytes.
    """

    status: Status
    path: str
    former: str
    before: str
    after: str


class Commit(Record, frozen=True):
    """A commit: its id, when it was made (seconds since 1970, UTC), by whom, and what it did to documents."""

    id: str
    time: int
    author: str
    changes: tuple[FileChange, ...]


class Log(Record, frozen=True):
    """The commits up to a revision, the newest first. `ends` says that older ones weren't fetched."""

    revision: str
    head: str
    commits: tuple[Commit, ...] = ()
    ends: bool = False


@dataclass(frozen=True)
class _Asked:
    place: Place
    site: str

    def __call__(self, *arguments: str) -> bytes:
        return ask(self.place, self.site, arguments)


def history_log(place: Place, site: str, revision: str, former: Log | None = None) -> Log:
    """The log of a site's revision. Only commits that `former` doesn't have are looked at.

    Raises Unreadable.
    """
    if is_partial(place):
        raise Unreadable("this is a partial clone, without the files of older commits")
    git = _Asked(place, site)
    head = commit_of(revision)
    if head == "HEAD":
        head = git("rev-parse", "--verify", "HEAD^{commit}").decode("ascii", "replace").strip()
    shallow = _ends(place)
    same_end = former is not None and former.revision.partition(" ")[2] == revision.partition(" ")[2]
    if former is not None and same_end and _leads_to(git, former.head, head):
        newer = _commits(git, f"{former.head}..{head}", shallow)
        return msgspec.structs.replace(
            former, revision=revision, head=head, commits=(*newer, *former.commits)
        )
    return Log(revision, head, tuple(_commits(git, head, shallow)), bool(shallow))


def _leads_to(git: Callable[..., bytes], old: str, new: str) -> bool:
    """Whether first parents lead from the new commit to the old one."""
    if old == new:
        return True
    try:
        lines = git("rev-list", "--first-parent", "--parents", f"{old}..{new}", "--").split(b"\n")
    except Unreadable:
        return False  # The old one is gone.
    last = next((line for line in reversed(lines) if line), b"").split()
    return len(last) > 1 and last[1] == old.encode()


def _ends(place: Place) -> frozenset[str]:
    """The commits whose parents weren't fetched."""
    try:
        with open(f"{place.shared}/shallow", encoding="ascii", errors="replace") as file:
            return frozenset(file.read().split())
    except OSError:
        return frozenset()


def _commits(git: Callable[..., bytes], span: str, shallow: frozenset[str]) -> Iterator[Commit]:
    """The commits that changed documents. What the first of a shallow clone began with, it didn't add."""
    tokens = records(git(*LOG, span, "--", "content"))
    head: list[bytes] = []
    changes: list[FileChange] = []
    for token in tokens:
        if token.startswith(HEADER):
            yield from _commit(head, changes, shallow)
            head, changes = token[1:].split(FIELD, 2), []
        elif token.lstrip(b"\n").startswith(b":"):
            modes = token.lstrip(b"\n")[1:].decode("ascii", "replace").split()
            paths = [next(tokens) for _ in range(2 if modes[4][0] in "RC" else 1)]
            changes += _change(modes, [_text(path) for path in paths])
    yield from _commit(head, changes, shallow)


def _commit(head: list[bytes], changes: list[FileChange], shallow: frozenset[str]) -> Iterator[Commit]:
    if not head or not changes:
        return
    identifier = head[0].decode("ascii", "replace")
    if identifier not in shallow:
        author = head[2].decode("utf-8", "replace").strip()
        changes.sort(key=lambda change: change.path)
        yield Commit(identifier, int(head[1] or 0), author, tuple(changes))


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _change(modes: list[str], paths: list[str]) -> Iterator[FileChange]:
    """A line of `--raw` as changes of documents; of other files, and of links, there are none."""
    before_mode, after_mode, before, after, status = modes
    former, path = paths[0], paths[-1]
    was = before_mode in REGULAR and _is_document(former)
    stays = after_mode in REGULAR and _is_document(path) and status[0] != "D"
    if was and stays and document_kind(former) == document_kind(path):
        kind: Status = "revised" if before != after else "moved"
        if before != after or former != path:
            yield FileChange(kind, path, former, before, after)
        return
    if was:
        yield FileChange("removed", former, former, before, "")
    if stays:
        yield FileChange("added", path, path, "", after)


def _is_document(path: str) -> bool:
    return path.isprintable() and document_kind(path) in DOCUMENTS
