"""What happens to the files of a site, as it really comes: in bursts, through temporary files, by halves."""

import contextlib
import errno
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from watchdog.events import (
    DirCreatedEvent,
    DirModifiedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileClosedNoWriteEvent,
    FileDeletedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from dossier import urls
from dossier.folders import STATE
from dossier.serve.mounts import silent_kind
from dossier.walking import ignored

PARTS = ("content", "themes")
POLLING = 1.0
# A file that was closed or renamed is whole; one that is only being written may not be.
WHOLE, HALF = 0.004, 0.06
# Of a burst (a checkout, a copied folder) the end is waited for, but not for ever.
MANY, QUIET, LONGEST = 3, 0.12, 3.0
# Of so many files the system may not have told all: its own queue is bounded.
LOST = 200
TICK = 0.25
RAISE = {
    errno.ENOSPC: "sudo sysctl fs.inotify.max_user_watches=524288",
    errno.EMFILE: "sudo sysctl fs.inotify.max_user_instances=512",
}
# Between what is watched and who waits: a path below the site and whether its file is whole; or, as None,
# that something happened of which no path tells.
Told = tuple[str, bool] | None
Warn = Callable[[str, str], object]


@dataclass
class Changes:
    """The paths below the site to which something happened.

    `everything`: they may not be all, so that all files must be looked at. `half` are files that may be only
    half written, `ours` is the number of those that the site may have a use for.
    """

    paths: set[str] = field(default_factory=set)
    everything: bool = False
    half: set[str] = field(default_factory=set)
    ours: int = 0

    def __bool__(self) -> bool:
        return bool(self.paths) or self.everything

    def take(self, told: Told) -> None:
        """Count one more event to these."""
        if told is None:
            self.everything = True
            return
        path, whole = told
        if path not in self.paths:
            self.paths.add(path)
            self.ours += is_ours(path)
            self.everything |= self.ours > LOST
        if whole:
            self.half.discard(path)
        else:
            self.half.add(path)

    def join(self, others: "Changes") -> None:
        """Count others to these."""
        self.paths |= others.paths
        self.half |= others.half
        self.everything |= others.everything
        self.ours += others.ours

    @property
    def patience(self) -> float:
        """How long to wait for what belongs to these, too."""
        if self.ours >= MANY:
            return QUIET
        return HALF if self.half or not (self.ours or self.everything) else WHOLE


def is_ours(path: str) -> bool:
    """Whether a site has a use for a file of this name: editors write others beside it."""
    return path == "site.yaml" or path.startswith("themes/") or urls.document_kind(path) is not None


class Watch(FileSystemEventHandler):
    """A site's files, watched; or polled, where that is asked for or they can't be: then `warn` says why."""

    def __init__(self, site: Path, extra: Path | None, *, poll: bool, warn: Warn) -> None:
        self._site = os.path.realpath(site)
        self._extra = os.path.realpath(extra) if extra else ""
        self._warn = warn
        self._queue: SimpleQueue[Told] = SimpleQueue()
        self._watched: dict[str, ObservedWatch] = {}
        self._names: dict[str, str] = {}
        self._grew = False  # Whether there are folders that weren't there when watching began.
        self._observer: BaseObserver | None = None
        self.polling = poll
        kind = silent_kind(str(site))
        if poll:
            self._poll()
        elif kind:
            self._poll(f"the files lie on {kind}, which doesn't tell of changes by others")
        else:
            self._begin()

    # ------------------------------------------------------------ watching

    def _begin(self) -> None:
        try:
            observer = self._observer = Observer()
            self._schedule(observer)
            observer.start()
            self._try_one_more()
        except OSError as problem:
            self._give_up(problem)

    def _give_up(self, problem: OSError) -> None:
        reason = {
            errno.ENOSPC: "the system's limit of watched folders is reached",
            errno.EMFILE: "the system's limit of watching programs is reached",
        }
        told = problem.strerror or str(problem)
        self._poll(reason.get(problem.errno or 0, f"can't watch the files ({told.lower()})"), problem.errno)

    def _poll(self, reason: str = "", number: int | None = None) -> None:
        """Look at all files every second from here on. What happened meanwhile is looked for at once."""
        self.stop()
        self.polling = True
        self._watched.clear()
        self._observer = PollingObserver(timeout=POLLING)
        self._schedule(self._observer)
        self._observer.start()
        if reason:
            hint = f"raise it: {RAISE[number]}" if number in RAISE else ""
            self._warn(f"{reason}, so they are looked at every second", hint)
            self._queue.put(None)

    def _schedule(self, observer: BaseObserver) -> None:
        """Watch the real places of all parts: a link is not told of what happens behind it."""
        settings = os.path.realpath(os.path.join(self._site, "site.yaml"))
        self._names = {self._site: "", settings: "site.yaml"}
        for part in PARTS:
            self._schedule_part(observer, part)
        if self._extra:
            observer.schedule(self, self._extra, recursive=True)
        for folder in {self._site, os.path.dirname(settings)}:
            observer.schedule(self, folder, recursive=False)

    def _schedule_part(self, observer: BaseObserver, part: str) -> None:
        place = os.path.realpath(os.path.join(self._site, part))
        if os.path.isdir(place):
            self._names[place] = part
            self._watched[part] = observer.schedule(self, place, recursive=True)

    def _try_one_more(self) -> None:
        """Raise OSError where nothing more can be watched: so it may have been for a folder before."""
        place = os.path.join(self._site, STATE)
        if self._observer is not None and sys.platform.startswith("linux") and os.path.isdir(place):
            self._observer.unschedule(self._observer.schedule(FileSystemEventHandler(), place))

    def follow(self, changes: Changes) -> None:
        """Watch what has come: a whole part that was exchanged, folders in it."""
        if self._observer is None:
            return
        for part in changes.paths.intersection(PARTS):
            with contextlib.suppress(OSError, KeyError):
                self._observer.unschedule(self._watched.pop(part))
            with contextlib.suppress(OSError):
                self._schedule_part(self._observer, part)
        if self._grew and not self.polling:
            self._grew = False
            try:
                self._try_one_more()
            except OSError as problem:
                self._give_up(problem)

    def stop(self) -> None:
        if self._observer is not None:
            with contextlib.suppress(Exception):  # It may be half started.
                self._observer.stop()
                self._observer.join(1)

    # ------------------------------------------------------------ events

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take an event, if it says that a file of the site changed."""
        if isinstance(event, FileOpenedEvent | FileClosedNoWriteEvent | DirModifiedEvent):
            return
        if isinstance(event, DirCreatedEvent | DirMovedEvent):
            self._grew = True
        whole = isinstance(event, FileClosedEvent | FileMovedEvent | FileDeletedEvent) or event.is_directory
        for place in {event.src_path, event.dest_path} - {""}:
            path = self._path(os.fsdecode(place))
            if path is not None:
                self._queue.put((path, whole))

    def lost(self) -> None:
        """Note that events may have been lost."""
        self._queue.put(None)

    def _path(self, place: str) -> str | None:
        """A path below the site, with forward slashes; None for what is no file of the site."""
        path = self._below(place)
        if path is None:
            return "themes" if self._extra and place.startswith(self._extra) else None
        first, *rest = path.split("/")
        if path != "site.yaml" and first not in PARTS:
            return None
        return None if any(ignored(part) for part in rest if part) else path

    def _below(self, place: str) -> str | None:
        top, rest = place, ""
        while top not in self._names:
            above, name = os.path.split(top)
            if above == top:
                return None
            top, rest = above, f"{name}/{rest}" if rest else name
        return "/".join(filter(None, (self._names[top], rest)))

    # ------------------------------------------------------------ waiting

    def next(self, patience: float) -> Changes:
        """Wait for something to happen, then for the end of it. Empty where nothing did for that long."""
        changes = Changes()
        started = time.monotonic()
        while not changes and time.monotonic() - started < patience:
            with contextlib.suppress(Empty):
                changes.take(self._queue.get(timeout=min(TICK, patience)))
        started = time.monotonic()
        while changes and time.monotonic() - started < LONGEST:
            try:
                changes.take(self._queue.get(timeout=changes.patience))
            except Empty:
                break
        return changes


class _Worries(logging.Handler):
    """What watchdog warns of is that events were lost, or that something can't be watched any more."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.WARNING)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        self._watch.lost()


@contextlib.contextmanager
def watching(site: Path, extra: Path | None, *, poll: bool, warn: Warn) -> Iterator[Watch]:
    """A watch that ends with the block."""
    # It warns of folders that come in folders that come, and watches them.
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, r"watchdog\.")
    watch = Watch(site, extra, poll=poll, warn=warn)
    logger, worries = logging.getLogger("watchdog"), _Worries(watch)
    logger.addHandler(worries)
    logger.propagate = False
    try:
        yield watch
    finally:
        logger.removeHandler(worries)
        watch.stop()
