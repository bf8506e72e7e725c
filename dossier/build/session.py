"""What every command on a site begins with: its lock, what a killed build left, and its listing."""

import contextlib
import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dossier import engine as engines
from dossier import kept, output, sources
from dossier.build.options import Options
from dossier.build.result import Result
from dossier.build.warm import Seal, Warm
from dossier.diagnostics import Diagnostic, DossierError, with_excerpts
from dossier.folders import STATE
from dossier.looking import Look
from dossier.sources import Index, Listing
from dossier.walking import bundled_themes

if TYPE_CHECKING:
    from dossier.build.documents import Documents

# So long, in seconds, does a thread at work keep a server from an answer; each takes several turns.
ANSWER = 0.001


@dataclass
class Session:
    """One command's hold of a site. `state` is None where nothing can be kept, or another command is at work.

    `stamp` is the file system's time before the files were listed. `alone` says that this process will build
    no more.
    """

    options: Options
    state: kept.State | None
    result: Result
    engine: bytes
    stamp: int
    listing: Listing
    warm: Warm | None = None
    alone: bool = False

    @property
    def arguments(self) -> tuple[object, ...]:
        """All that a build depends on besides the files of site and output."""
        options = self.options
        asked = (options.today, options.drafts, options.preview, options.url)
        return self.engine, *asked, self.listing.findings

    @cached_property
    def index(self) -> Index:
        """The files of the build before this one; of another engine's build, none."""
        if self.warm is not None:
            return self.warm.index
        index = kept.load(self.state.folder / "index", Index) if self.state else None
        return index if index is not None and index.engine == self.engine else Index()

    @contextlib.contextmanager
    def documents(self) -> Iterator["Documents"]:
        """The site's files, read and parsed as far as they aren't known; their index is kept."""
        from dossier import memo as memos  # A build without changes needs neither SQLite nor the parsers.
        from dossier.build.documents import Documents
        from dossier.build.histories import revision_of

        memo = memos.open_memo(self.state.folder, self.engine) if self.state else memos.nothing()
        try:
            documents = Documents(self.listing, self.index, memo)
            if self.warm is not None:
                documents.known_heads, documents.plans = self.warm.heads, self.warm.plans
                documents.reread.update(self.warm.pending)
                if self.warm.changed is not None and self.listing.documents is self.warm.listing.documents:
                    documents.suspects = self.warm.changed | self.warm.young
            with self.result.timings.stage("read and parse"):
                documents.read(self.options)
                documents.revision = revision_of(documents, self.options.site)
            self.result.parsed = documents.parsed
            if self.state is not None and self.warm is None:
                index = documents.index_of(self.engine, self.stamp)
                with contextlib.suppress(OSError):  # A full disk costs time here, never a build.
                    kept.store(self.state.folder / "index", index)
            yield documents
        finally:
            memo.close()

    def with_excerpts(self, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings in order of place, each with its line."""
        return with_excerpts(findings, self.lines)

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file; none where it can't be read."""
        if path not in self.listing.files:
            return ()
        try:
            data, _ = sources.read(self.listing, path)
        except OSError:
            return ()
        return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")


@contextlib.contextmanager
def opened(
    options: Options, *, wait: bool = True, warm: Warm | None = None, look: Look | None = None
) -> Iterator[Session]:
    """Begin a command on a site. One that must not wait for another command does without its state.

    `look` is what this process holds and has seen of the site already.

    Garbage collection is off meanwhile: the data of a build is frozen, without cycles, and lives until the
    end, so that collecting finds nothing, over and over, in a fifth of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        state = kept.State(options.site / STATE, look.lock) if look else _state(options, wait)
        try:
            result = Result(recovered=state is not None and look is None and output.recover(state))
            with result.timings.stage("list"):
                session = _listed(options, state, result, warm, look)
            yield session
        finally:
            if state is not None:
                state.release()
    finally:
        if collecting:
            gc.enable()


def settle() -> None:
    """Let what has been read live until the end; collecting garbage, from now on, needn't look at it."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _listed(
    options: Options, state: kept.State | None, result: Result, warm: Warm | None, look: Look | None
) -> Session:
    stamp = look.stamp if look else state.now() if state else 0
    if warm is not None and (state is None or Seal.of(options.folder, warm.place) != warm.seal):
        warm = None  # Somebody else has built meanwhile.
    listing = None
    if warm is not None and warm.changed is not None:
        listing = sources.relisted(warm.listing, warm.changed)
    if listing is None:
        listing = sources.scan(options.site, bundled_themes(), look.site if look else None)
    result.documents = listing.documents
    engine = engines.digest() if warm is None else warm.engine
    return Session(options, state, result, engine, stamp, listing, warm, alone=look is not None)


def _state(options: Options, wait: bool) -> kept.State | None:
    try:
        return kept.open_state(options.site)
    except DossierError:
        if wait:
            raise
        return None
