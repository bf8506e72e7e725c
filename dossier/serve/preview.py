"""The preview's loop: wait for changes, build, tell the pages; until it is interrupted."""

import contextlib
import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any, Protocol
from urllib.parse import quote

from dossier import build, documents, urls
from dossier.build import Options, Result, Warm
from dossier.diagnostics import Diagnostic, DossierError
from dossier.model import Site
from dossier.serve.addresses import base_path
from dossier.serve.app import App
from dossier.serve.files import Output
from dossier.serve.findings import for_overlay
from dossier.serve.hub import Hub
from dossier.serve.pages import changed_block
from dossier.serve.server import bound, serving
from dossier.serve.settings import Settings
from dossier.serve.state import State
from dossier.serve.watching import RAISE, Changes, Watch, watching
from dossier.walking import bundled_themes

# Of a change of many documents none is the one being written.
FEW = 5
# After so many seconds without a change there is time for what can wait.
IDLE = 1.0
STYLES, IMAGES = (".css",), (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")


class Reporter(Protocol):
    """Who tells people at the terminal what happens."""

    def building(self) -> None: ...

    def rests(self) -> None: ...

    def progress(self, stage: str, done: int, total: int) -> None: ...

    def ready(self, address: str, settings: Settings) -> None: ...

    def built(self, result: Result, edited: Sequence[str], first: bool) -> None: ...

    def findings(self, diagnostics: Sequence[Diagnostic]) -> None: ...

    def warn(self, text: str, hint: str = "") -> None: ...


@dataclass
class Preview:
    """One preview of one site."""

    settings: Settings
    reporter: Reporter
    output: Output
    hub: Hub
    state: State
    found: tuple[Diagnostic, ...] = ()
    warm: Warm | None = None
    kept: bool = True  # Whether what is warm is on the disk, too.
    unindexed: int = 0  # How many parts of the search index have yet to follow.
    _closed: bool = False  # Whether this holds the gate.

    # ------------------------------------------------------------ building

    def build(self, changes: Changes | None) -> None:
        """Build, and tell the terminal and the pages what came of it."""
        before = self._edited(changes)
        self.reporter.building()
        result = self._result(changes)
        self.reporter.rests()
        self._say(result, [path for path, _, _ in before], first=changes is None)
        changed = set(result.changed)
        self.kept = False
        self.state = replace(self.state, base=self._base(changes))
        if not result.failed:
            number = self.state.build + bool(changed or result.removed_paths or changes is None)
            self.state = replace(self.state, build=number, documents=result.documents)
        self._tell(result, before)
        self.found = result.diagnostics

    def _result(self, changes: Changes | None) -> Result:
        settings = self.settings
        options = Options(
            site=settings.site,
            today=settings.today,
            output=settings.output,
            drafts=settings.drafts,
            jobs=settings.jobs,
            index_at_most=0 if changes is None or changes.paths else 1,
            progress=self._progress,
        )
        try:
            warm = None
            if self.warm is not None and changes is not None:
                warm = replace(self.warm, changed=frozenset(changes.paths))
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
        if changes is not None and "site.yaml" not in changes.paths:
            return self.state.base
        try:
            value = documents.parse("site.yaml", (self.settings.site / "site.yaml").read_bytes()).value
        except OSError:
            return self.state.base
        return base_path(value.url) if isinstance(value, Site) else self.state.base

    def rest(self) -> None:
        """Do what can wait: index what is searched, part by part; write what the next start has a use for."""
        if self.unindexed:
            self._result(Changes())
            return
        if self.warm is not None and not self.kept:
            self.warm = replace(self.warm, seal=self.warm.keep())
            gc.collect()
        self.kept = True

    # ------------------------------------------------------------ telling

    def _say(self, result: Result, edited: Sequence[str], *, first: bool) -> None:
        """Tell the terminal; findings only where they aren't those it has been told already."""
        if result.diagnostics != self.found or first:
            self.reporter.findings(result.diagnostics)
        self.reporter.built(result, edited, first)

    def _tell(self, result: Result, before: Sequence[tuple[str, str, bytes]]) -> None:
        findings = for_overlay(result.diagnostics, self.settings)
        changed, removed = list(result.changed), list(result.removed_paths)
        message: dict[str, Any] = {
            "type": "built",
            "build": self.state.build,
            "findings": findings,
            "changed": changed,
            "removed": removed,
            "styles": any(path.endswith(STYLES) for path in changed),
            "images": any(path.endswith(IMAGES) for path in changed),
            "everything": False,
            "edited": [self._change(path, page, old) for path, page, old in before],
        }
        self.hub.tell(message, {"build": self.state.build, "findings": findings})

    def _edited(self, changes: Changes | None) -> list[tuple[str, str, bytes]]:
        """The documents that are being written: file, page, and the page's bytes before the build."""
        if changes is None or len(changes.paths) > FEW:
            return []
        found = []
        for path in sorted(changes.paths):
            kind = urls.document_kind(path)
            if kind in ("article", "note", "topic", "claim"):
                page = urls.page_path(kind, urls.document_id(path))
                read = self.output.read(page)
                found.append((path, page, read[0] if read else b""))
        return found

    def _change(self, path: str, page: str, old: bytes) -> dict[str, Any]:
        read = self.output.read(page)
        block = changed_block(old, read[0]) if read and old else -1
        return {"page": page, "path": path, "address": quote(self.state.base + page), "block": block}


def preview(settings: Settings, reporter: Reporter, opened: Callable[[str], object] | None = None) -> None:
    """Preview a site until the process is interrupted. `opened` is called with the address once it is up."""
    made = _made(settings, reporter)
    with interruptible(), bound(settings) as listening:
        port = listening.getsockname()[1]
        themes = bundled_themes()
        bundled = Path(themes) if themes and themes != str(settings.site / "themes") else None
        with watching(settings.site, bundled, poll=settings.poll) as watch:
            if watch.problem:
                reporter.warn(
                    f"{watch.problem}, so they are looked at every second", f"raise the limit: {RAISE}"
                )
            made.build(None)
            app = App(made.output, made.hub, lambda: made.state, settings.host, port)
            with serving(app, made.hub, listening):
                name = "localhost" if settings.is_local else settings.host
                address = f"http://{name}:{port}{quote(made.state.base)}"
                reporter.ready(address, settings)
                if opened is not None:
                    opened(address)
                _loop(made, watch)


def _loop(made: Preview, watch: Watch) -> None:
    # What there is by now stays; what a build leaves behind is collected between two of them.
    gc.collect()
    gc.freeze()
    gc.enable()
    while True:
        changes = watch.next(None if made.kept else IDLE)
        if changes:
            watch.follow(changes)
            made.build(changes)
        else:
            made.rest()


def _made(settings: Settings, reporter: Reporter) -> Preview:
    session = os.urandom(8).hex()
    state = State(settings, session, reporter.warn)
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
