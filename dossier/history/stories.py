"""What became of each document, commit by commit, however it was renamed."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Literal

import msgspec

from dossier.history.commits import Commit, FileChange, Log
from dossier.history.versions import Version, document_of, parse, revised, version
from dossier.history.words import Revision
from dossier.model import Parsed, Record

# Of so many changes, the newest ones, is known what they did; older ones only count as a first one.
LIMIT = 2000


class Step(Record, frozen=True):
    """What a commit did to a document, on a day (UTC). `after` is None for the newest addition of a document
    that is still there: what it says now says enough.
    """

    kind: Literal["added", "revised", "removed"]
    time: int
    author: str
    before: Version | None = None
    after: Version | None = None
    revision: Revision | None = None


class Story(Record, frozen=True):
    """A document's steps, the newest first. `path` is that of its file now; '' where it was removed.

    `changed` is when it was changed last, seconds since 1970.
    """

    path: str
    changed: int
    steps: tuple[Step, ...]


class Stories(Record, frozen=True):
    """All documents' stories up to a revision. `ends` says that older commits weren't fetched."""

    revision: str = ""
    stories: tuple[Story, ...] = ()
    ends: bool = False


def day_of(time: int) -> str:
    """The day of a time, UTC; the first day there is for one that can't be."""
    try:
        return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d")
    except (OverflowError, OSError, ValueError):
        return "1970-01-01"


Placed = tuple[Commit, FileChange]


def stories_of(
    log: Log, read: Callable[[str], bytes], get: Callable[[bytes], bytes | None]
) -> tuple[Stories, dict[bytes, bytes]]:
    """The stories of a log, and what was compared, under keys by which `get` gives it the next time.

    `read` gives a file's bytes by git's id of them.
    """
    chains = _chains(log.commits)
    compared: dict[bytes, bytes] = {}
    comparing = _Comparing(read, get, compared)
    left = LIMIT
    counted = sorted(
        ((placed[0][0].time, key) for key, placed in chains.items() if not _is_new(key, placed)), reverse=True
    )
    told: dict[str, int] = {}
    for _, key in counted:
        told[key] = min(left, len(chains[key]))
        left -= told[key]
    stories = (_story(key, placed, told.get(key, 0), comparing) for key, placed in sorted(chains.items()))
    kept = tuple(story for story in stories if story.path or story.steps)
    return Stories(log.revision, kept, log.ends), compared


def _is_new(key: str, placed: list["Placed"]) -> bool:
    """Whether a document that is there was only ever added."""
    return _lives(key) and len(placed) == 1 and placed[0][1].status == "added"


def _lives(key: str) -> bool:
    return "\0" not in key


def _chains(commits: Iterable[Commit]) -> dict[str, list[Placed]]:
    """By what stands for a document, its changes, the newest first.

    A document that is there goes by its path now; one that was removed by its last path and the commit.
    """
    keys: dict[str, str] = {}
    chains: dict[str, list[Placed]] = {}
    for commit in commits:
        arrived: dict[str, str] = {}
        left: list[str] = []
        for change in commit.changes:
            key = keys.get(change.path, change.path)
            if change.status == "removed":
                key = f"{change.path}\0{commit.id}"
            chains.setdefault(key, []).append((commit, change))
            if change.status in ("revised", "moved", "removed"):
                arrived[change.former] = key
            if change.former != change.path or change.status == "added":
                left.append(change.path)
        for path in left:
            keys[path] = f"{path}\0before {commit.id}"
        keys |= arrived
    return chains


def _story(key: str, placed: list[Placed], count: int, comparing: "_Comparing") -> Story:
    path = key if _lives(key) else ""
    changed = next((commit.time for commit, change in placed if change.status in ("added", "revised")), 0)
    if _is_new(key, placed):
        commit, _ = placed[0]
        return Story(path, changed, (Step("added", commit.time, commit.author),))
    steps = [step for place in placed[:count] if (step := comparing.step(*place)) is not None]
    return Story(path, changed, tuple(steps))


class Compared(Record, frozen=True):
    """Two versions, and what differs."""

    before: Version | None
    after: Version | None
    revision: Revision | None


class _Comparing:
    """Compares versions; what was compared is kept, what was parsed is kept as long as it is needed again."""

    def __init__(
        self,
        read: Callable[[str], bytes],
        get: Callable[[bytes], bytes | None],
        compared: dict[bytes, bytes],
    ) -> None:
        self._read, self._get, self._compared = read, get, compared
        self._last: dict[tuple[str, str], Parsed] = {}

    def step(self, commit: Commit, change: FileChange) -> Step | None:
        if change.status == "moved" and _same_id(change):
            return None
        pair = self._pair(change)
        kind: Literal["added", "revised", "removed"] = (
            "revised" if change.status == "moved" else change.status
        )
        return Step(kind, commit.time, commit.author, pair.before, pair.after, pair.revision)

    def _pair(self, change: FileChange) -> Compared:
        names = "\0".join((change.former, change.before, change.path, change.after))
        key = hashlib.blake2b(names.encode("utf-8", "surrogateescape"), digest_size=16).digest()
        kept = self._get(key)
        if kept is None:
            kept = msgspec.msgpack.encode(self._work(change))
        self._compared[key] = kept
        return msgspec.msgpack.decode(kept, type=Compared)

    def _work(self, change: FileChange) -> Compared:
        before = self._parsed(change.former, change.before)
        after = self._parsed(change.path, change.after)
        one = document_of(before) if before else None
        other = document_of(after) if after else None
        revision = revised(before, after) if before and after and one and other else None
        return Compared(version(one) if one else None, version(other) if other else None, revision)

    def _parsed(self, path: str, blob: str) -> Parsed | None:
        if not blob:
            return None
        known = self._last.get((path, blob))
        if known is None:
            if len(self._last) > 1:
                self._last.clear()
            known = self._last[path, blob] = parse(path, self._read(blob))
        return known


def _same_id(change: FileChange) -> bool:
    return change.former.rpartition("/")[2] == change.path.rpartition("/")[2]


def changed_days(stories: Stories) -> dict[str, str]:
    """When each document that is there was changed last, by its path; ISO days, UTC."""
    return {story.path: day_of(story.changed) for story in stories.stories if story.path and story.changed}
