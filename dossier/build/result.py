"""What a build gives back: findings, counts, times and reasons."""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dossier.diagnostics import Diagnostic, Severity
from dossier.model import Record

if TYPE_CHECKING:
    from dossier.build.asking import Asked
    from dossier.build.warm import Warm


@dataclass(frozen=True)
class Explanation:
    """Why a page was rendered, or not. Each reason is a sentence."""

    page: str
    rendered: bool
    reasons: tuple[str, ...]


@dataclass
class Timings:
    """Where the time went: seconds by stage in their order, by page and by template."""

    stages: dict[str, float] = field(default_factory=dict)
    pages: dict[str, float] = field(default_factory=dict)
    templates: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of a block to a stage."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - started

    @property
    def total(self) -> float:
        return time.perf_counter() - self.started


@dataclass
class Result:
    """A build's outcome. `written`, `removed` and `unchanged` count output files, assets included.

    Where there are errors (or, in a strict build, any findings) nothing was written: `failed` is true and
    the site is the last good one. `changed` and `removed_paths` are the paths of output files,
    `documents` those of the site's documents. `unindexed` parts of the search index have yet to be made.
    `warm` is for the next build in the same process, `asked` what came of links out, where they were asked.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    failed: bool = False
    pages: int = 0
    assets: int = 0
    written: int = 0
    removed: int = 0
    rendered: int = 0
    parsed: int = 0
    recovered: bool = False
    unindexed: int = 0
    explanation: Explanation | None = None
    changed: tuple[str, ...] = ()
    removed_paths: tuple[str, ...] = ()
    documents: Collection[str] = ()
    warm: "Warm | None" = None
    asked: "Asked | None" = None
    timings: Timings = field(default_factory=Timings)

    @property
    def errors(self) -> int:
        return sum(finding.severity == Severity.ERROR for finding in self.diagnostics)

    @property
    def warnings(self) -> int:
        return sum(finding.severity == Severity.WARNING for finding in self.diagnostics)

    @property
    def infos(self) -> int:
        return len(self.diagnostics) - self.errors - self.warnings


class Report(Record, frozen=True):
    """What the manifest keeps of a build's result, for builds that find nothing changed."""

    diagnostics: tuple[Diagnostic, ...]
    pages: int
    assets: int
