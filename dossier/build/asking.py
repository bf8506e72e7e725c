"""Asking for the links out of a site, and remembering what came of it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from dossier import __version__, fetching, kept
from dossier.build.linkrecord import record, recorded
from dossier.build.options import Options
from dossier.check.links import Lines, findings_of, uses_of
from dossier.diagnostics import Diagnostic, DossierError, Mark, error
from dossier.external.manners import Manners, agent
from dossier.external.outcomes import Outcome, Outcomes
from dossier.library import Library
from dossier.model import LinkState, Parsed

KEEP_EVERY = 2.0  # seconds
MANY_HOSTS = 3
PLACE = "links"


@dataclass(frozen=True, kw_only=True)
class Outward:
    """How links out are to be checked. `now` is in seconds since 1970.

    With `record` what is found is written to the site, with `refresh` everything is asked again, with
    `private` also what isn't on the public internet.
    """

    now: float
    record: bool = False
    refresh: bool = False
    private: bool = False
    manners: Manners = field(default_factory=Manners)


@dataclass
class Asked:
    """What came of asking. `new` were asked this time; `written` says that the record was written anew."""

    findings: tuple[Diagnostic, ...] = ()
    links: int = 0
    new: int = 0
    written: bool = False


class InterruptedAsking(KeyboardInterrupt):
    """The round was broken off by the user; what had come by then is kept."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done, self.total = done, total


def ask(
    files: Mapping[str, Parsed],
    library: Library,
    options: Options,
    outward: Outward,
    state: Path | None,
    lines: Lines,
) -> Asked:
    """Ask for all links out whose outcome isn't known well enough. Raises DossierError, InterruptedAsking.

    `state` is the folder in which outcomes are kept, `lines` gives the lines of a file.
    """
    lacking = fetching.missing()
    if lacking is not None:
        raise DossierError(lacking)
    from dossier.external.rounds import Errand, go  # It needs the packages.

    uses = uses_of(files, library)
    used = {urldefrag(use.url).url for use in uses}
    memory = Memory(state, used)
    errand = Errand(
        urls=used,
        known=dict(memory.outcomes),
        agent=agent(__version__, library.site.check.contact or library.site.url),
        now=outward.now,
        today=options.today,
        told=memory.take,
        refresh=outward.refresh,
        private=outward.private,
        manners=outward.manners,
    )
    total = len(errand.pending())
    memory.progress = lambda done: options.progress("ask", done, total)
    try:
        go(errand)
    except KeyboardInterrupt:
        raise InterruptedAsking(len(memory.new), total) from None
    finally:
        off = is_offline(memory.new)
        memory.keep(with_new=not off)
    if off:
        raise DossierError(offline(total))
    on_record: Mapping[str, LinkState] = library.lapsed
    written = False
    if outward.record:
        states = recorded(library.lapsed, memory.outcomes.values(), used, options.today)
        written = record(options.site, states)
        on_record = {state.url: state for state in states}
    found = findings_of(uses, memory.outcomes, on_record, library, files, lines)
    return Asked(tuple(found), len(used), total, written)


def is_offline(asked: Sequence[Outcome]) -> bool:
    """Whether it must be this machine that isn't on the web: of many hosts, none could be reached."""
    hosts = {urlsplit(outcome.url).netloc for outcome in asked}
    return len(hosts) >= MANY_HOSTS and all(
        outcome.state == "unreachable" and not outcome.answered for outcome in asked
    )


def offline(links: int) -> Diagnostic:
    """The finding that nothing could be asked."""
    hint = "see whether this machine is on the web; nothing was recorded"
    return error(
        "dossier", Mark(), "offline", f"none of the servers of {links:,} links could be reached", hint
    )


class Memory:
    """The outcomes of a site's links, kept in `.dossier/` as they come. `new` are those of this time."""

    def __init__(self, state: Path | None, used: set[str]) -> None:
        self._place = state / PLACE if state else None
        known = kept.load(self._place, Outcomes) if self._place else None
        self._former = tuple(outcome for outcome in (known or Outcomes()).outcomes if outcome.url in used)
        self.outcomes = {outcome.url: outcome for outcome in self._former}
        self.new: list[Outcome] = []
        self.progress = _silent
        self._kept = time.monotonic()

    def take(self, outcome: Outcome) -> None:
        """Take an outcome in."""
        self.outcomes[outcome.url] = outcome
        self.new.append(outcome)
        self.progress(len(self.new))
        if time.monotonic() - self._kept > KEEP_EVERY and not is_offline(self.new):
            self.keep()

    def keep(self, *, with_new: bool = True) -> None:
        """Keep all of them. Where that can't be done they are asked for again."""
        self._kept = time.monotonic()
        if self._place is not None:
            outcomes = tuple(self.outcomes.values()) if with_new else self._former
            try:
                kept.store(self._place, Outcomes(outcomes))
            except OSError:
                self._place = None


def _silent(done: int) -> None:
    """Show no progress."""
