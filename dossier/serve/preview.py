"""The preview's loop: wait for changes, build, tell the pages; until it is interrupted."""

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Protocol
from urllib.parse import quote

from dossier import build, documents
from dossier.build import Options, Result, Warm
from dossier.build.session import ANSWER, settle
from dossier.diagnostics import DossierError
from dossier.model import Site
from dossier.serve.addresses import base_path
from dossier.serve.app import App
from dossier.serve.files import Output
from dossier.serve.hub import Hub
from dossier.serve.server import bound, serving
from dossier.serve.settings import DEFAULT_PORT, Settings
from dossier.serve.state import State
from dossier.serve.telling import being_written, built, told_of
from dossier.serve.watching import Changes, Watch, watching
from dossier.walking import bundled_themes

# After so many seconds without a change there is time for what can wait.
IDLE = 1.0
# So often it is looked whether another day has begun.
TURN = 20.0
# Another command at work on the site is waited for, so many seconds at a time.
BUSY = 0.3


class Reporter(Protocol):
    """Who tells people at the terminal what happens."""

    def building(self) -> None: ...

    def rests(self) -> None: ...

    def progress(self, stage: str, done: int, total: int) -> None: ...

    def ready(self, address: str, settings: Settings) -> None: ...

    def built(self, result: Result, edited: Sequence[str], first: bool) -> None: ...

    def warn(self, text: str, hint: str = "") -> None: ...


@dataclass
class Preview:
    """One preview of one site."""

    settings: Settings
    reporter: Reporter
    output: Output
    hub: Hub
    state: State
    warm: Warm | None = None
    kept: bool = True  # Whether what is warm is on the disk, too.
    waiting: Changes | None = None  # Changes that another command's work on the site holds up.
    unindexed: int = 0  # How many parts of the search index have yet to follow.
    _closed: bool = False  # Whether this holds the gate.

    # ------------------------------------------------------------ building

    def build(self, changes: Changes | None) -> None:
        """Build, and tell the terminal and the pages what came of it. `None` is the first time."""
        paths = changes.paths if changes else ()
        writing = being_written(paths, self.output)
        state = replace(self.state, today=self.settings.today(), base=self._base(changes))
        self.reporter.building()
        result = self._result(changes, state.today)
        self.reporter.rests()
        self.waiting = (changes or Changes(everything=True)) if is_busy(result) else None
        if self.waiting is not None:
            return
        self.kept = False
        if not result.failed:
            number = state.build + bool(result.changed or result.removed_paths or changes is None)
            state = replace(state, build=number, documents=result.documents)
        self.state = state
        self.reporter.built(result, [each.path for each in writing], changes is None)
        self.hub.tell(built(result, state, writing, self.output), told_of(result, state))

    def _result(self, changes: Changes | None, today: str) -> Result:
        settings = self.settings
        options = Options(
            site=settings.site,
            today=today,
            output=settings.output,
            drafts=settings.drafts,
            jobs=settings.jobs,
            preview=True,
            index_at_most=0 if changes is None or changes else 1,
            progress=self._progress,
        )
        try:
            warm = None
            if self.warm is not None and changes is not None:
                known = None if changes.everything else frozenset(changes.paths)
                warm = replace(self.warm, changed=known)
            result = build.build(options, warm)
            self.warm = result.warm
            self.unindexed = result.unindexed
            return result
        except DossierError as problem:
            self.warm, self.unindexed = None, 0
            return Result(diagnostics=problem.diagnostics, failed=True)
        finally:
            self._open_gate()

    def _progress(self, stage: str, done: int, total: int) -> None:
        if stage == "put in place":
            if done == 0:
                self.output.gate.acquire()
                self._closed = True
            else:
                self._open_gate()
        else:
            self.reporter.progress(stage, done, total)

    def _open_gate(self) -> None:
        if self._closed:
            self._closed = False
            self.output.gate.release()

    def _base(self, changes: Changes | None) -> str:
        """The path of the site's address, which `site.yaml` has."""
        if changes is not None and not changes.everything and "site.yaml" not in changes.paths:
            return self.state.base
        try:
            value = documents.parse("site.yaml", (self.settings.site / "site.yaml").read_bytes()).value
        except OSError:
            return self.state.base
        return base_path(value.url) if isinstance(value, Site) else self.state.base

    def rest(self) -> None:
        """Do what can wait: index what is searched, part by part; write what the next start has a use for."""
        if self.unindexed:
            self._result(Changes(), self.state.today)
            return
        if self.warm is not None and not self.kept:
            self.warm = replace(self.warm, seal=self.warm.keep())
            gc.collect()
        self.kept = True


def is_busy(result: Result) -> bool:
    """Whether a build was kept from its work by another command."""
    return any(finding.code == "busy" for finding in result.diagnostics)


def preview(settings: Settings, reporter: Reporter, opened: Callable[[str], object] | None = None) -> None:
    """Preview a site until the process is interrupted. `opened` is called with the address once it is up.

    The first build may fork workers, and comes before all threads: a fork would find their locks as they
    happen to be. What changes until files are watched is looked for once they are.
    """
    made = _made(settings, reporter)
    with interruptible(), bound(settings) as listening:
        port = listening.getsockname()[1]
        themes = bundled_themes()
        if not settings.port and port != DEFAULT_PORT:
            reporter.warn(f"port {DEFAULT_PORT} is taken, so this is {port}")
        bundled = Path(themes) if themes and themes != str(settings.site / "themes") else None
        made.build(None)
        with watching(settings.site, bundled, poll=settings.poll, warn=reporter.warn) as watch:
            app = App(made.output, made.hub, lambda: made.state, settings.host, port)
            with serving(app, made.hub, listening):
                name = "localhost" if settings.is_local else settings.host
                address = f"http://{name}:{port}{quote(made.state.base)}"
                reporter.ready(address, settings)
                if opened is not None:
                    opened(address)
                _loop(made, watch)


def _loop(made: Preview, watch: Watch) -> None:
    settle()  # What a build leaves behind from now on is collected between two of them.
    sys.setswitchinterval(ANSWER)
    changes = Changes(everything=True)
    while True:
        if changes:
            watch.follow(changes)
            made.build(changes)
        elif made.state.today != made.settings.today():
            made.build(Changes(everything=True))
        else:
            made.rest()
        if made.waiting is not None:
            changes = watch.next(BUSY)
            changes.join(made.waiting)
        else:
            changes = watch.next(TURN if made.kept else IDLE)


def _made(settings: Settings, reporter: Reporter) -> Preview:
    session = os.urandom(8).hex()
    state = State(settings, session, reporter.warn, today=settings.today())
    return Preview(settings, reporter, Output(settings.output), Hub(session), state)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """End the block, without a word, on Ctrl-C or when the process is told to end; once."""

    def end(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)  # What is being cleaned up isn't interrupted again.
        raise KeyboardInterrupt

    former = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
