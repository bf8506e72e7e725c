"""What happens to the files of a site, as it really comes: in bursts, through temporary files, by halves."""

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from watchdog.events import (
    DirModifiedEvent,
    FileClosedEvent,
    FileClosedNoWriteEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from dossier.walking import ignored

PARTS = ("content", "themes")
POLLING = 1.0
# A file that was closed or renamed is whole; one that is only being written may not be.
WHOLE, HALF = 0.004, 0.06
# Of a burst (a checkout, a copied folder) the end is waited for, but not for ever.
MANY, QUIET, LONGEST = 3, 0.12, 1.5
RAISE = "sudo sysctl fs.inotify.max_user_watches=524288"
TICK = 0.25


@dataclass
class Changes:
    """The paths below the site to which something happened. `half`: one may be only half written."""

    paths: set[str] = field(default_factory=set)
    half: bool = False

    def __bool__(self) -> bool:
        return bool(self.paths)


class Watch(FileSystemEventHandler):
    """A site's files, watched. `problem` says why they are polled instead, where they are."""

    def __init__(self, site: Path, extra: Path | None, *, poll: bool) -> None:
        self._site = str(site)
        self._real = os.path.realpath(site)
        self._extra = str(extra) if extra else ""
        self._queue: SimpleQueue[tuple[str, bool]] = SimpleQueue()
        self._watched: dict[str, ObservedWatch] = {}
        self.polling = poll
        self.problem = ""
        self._observer = self._start(PollingObserver(timeout=POLLING) if poll else Observer())

    # ------------------------------------------------------------ watching

    def _start(self, observer: BaseObserver) -> BaseObserver:
        try:
            self._schedule(observer)
            observer.start()
        except OSError as problem:
            with contextlib.suppress(Exception):  # It is half started.
                observer.stop()
            if self.polling:
                raise
            self.polling = True
            self.problem = f"can't watch the files ({(problem.strerror or str(problem)).lower()})"
            self._watched.clear()
            return self._start(PollingObserver(timeout=POLLING))
        return observer

    def _schedule(self, observer: BaseObserver) -> None:
        for part in PARTS:
            place = os.path.join(self._site, part)
            if os.path.isdir(place):
                self._watched[part] = observer.schedule(self, place, recursive=True)
        if self._extra:
            observer.schedule(self, self._extra, recursive=True)
        observer.schedule(self, self._site, recursive=False)

    def follow(self, changes: Changes) -> None:
        """Watch a whole part anew that has come, gone or been exchanged."""
        for part in changes.paths.intersection(PARTS):
            with contextlib.suppress(OSError, KeyError):
                self._observer.unschedule(self._watched.pop(part))
            place = os.path.join(self._site, part)
            if os.path.isdir(place):
                with contextlib.suppress(OSError):
                    self._watched[part] = self._observer.schedule(self, place, recursive=True)

    def stop(self) -> None:
        self._observer.stop()
        self._observer.join(1)

    # ------------------------------------------------------------ events

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take an event, if it says that a file of the site changed."""
        if isinstance(event, FileOpenedEvent | FileClosedNoWriteEvent | DirModifiedEvent):
            return
        whole = isinstance(event, FileClosedEvent | FileMovedEvent) or event.event_type != "modified"
        for place in {event.src_path, event.dest_path} - {""}:
            path = self._path(os.fsdecode(place))
            if path is not None:
                self._queue.put((path, whole))

    def _path(self, place: str) -> str | None:
        """A path below the site, with forward slashes; None for what is no file of the site."""
        for top in (self._site, self._real):
            if place.startswith(top + os.sep):
                path = place[len(top) + 1 :].replace(os.sep, "/")
                break
        else:
            return "themes" if self._extra and place.startswith(self._extra) else None
        first, *rest = path.split("/")
        if path != "site.yaml" and first not in PARTS:
            return None
        return None if any(ignored(part) for part in rest if part) else path

    def next(self, patience: float | None) -> Changes:
        """Wait for something to happen, then for the end of it. Empty where nothing did for that long."""
        changes = Changes()
        started = time.monotonic()
        while not changes and (patience is None or time.monotonic() - started < patience):
            with contextlib.suppress(Empty):
                self._take(self._queue.get(timeout=TICK), changes)
        started = time.monotonic()
        while changes and time.monotonic() - started < LONGEST:
            wait = QUIET if len(changes.paths) >= MANY else HALF if changes.half else WHOLE
            try:
                self._take(self._queue.get(timeout=wait), changes)
            except Empty:
                break
        return changes

    def _take(self, event: tuple[str, bool], changes: Changes) -> None:
        path, whole = event
        changes.paths.add(path)
        changes.half = not whole


@contextlib.contextmanager
def watching(site: Path, extra: Path | None, *, poll: bool) -> Iterator[Watch]:
    """A watch that ends with the block."""
    watch = Watch(site, extra, poll=poll)
    try:
        yield watch
    finally:
        watch.stop()
