"""A site that somebody edits, as far as it has been looked at, and what is to be told of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from lsprotocol import types as lsp

from dossier.build.session import settle
from dossier.diagnostics import Diagnostic, Severity
from dossier.lsp.choices import Choices, choices_of
from dossier.lsp.open_site import OpenSite, Snapshot
from dossier.lsp.places import Units, lines_of

_SEVERITY = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}
# The findings that were told, by path.
Told = dict[str, tuple[Diagnostic, ...]]


@dataclass
class Running:
    """A site that somebody edits, and how far it has been looked at."""

    site: OpenSite
    choices: Choices | None = None
    told: Told = field(default_factory=dict)
    versions: dict[str, int | None] = field(default_factory=dict)
    begun: bool = False
    look: bool = False
    busy: bool = False
    again: bool = False
    timer: asyncio.TimerHandle | None = None

    @property
    def snapshot(self) -> Snapshot | None:
        """The site as it was a moment ago; None before it has been read."""
        return self.site.snapshot

    def refresh(self, units: Units, look: bool) -> list[tuple[str, int | None, list[lsp.Diagnostic]]]:
        """Take in what changed; gives the findings of the files of which there are others than were told."""
        versions, first = dict(self.versions), not self.begun
        if first:
            self.site.begin()
            self.begun = True
        elif look:
            self.site.look_again()
        snapshot = self.site.join(thoroughly=look or first)
        self.choices = choices_of(snapshot)
        if first:
            settle()
        found, told = dict(snapshot.findings), self.told
        changed = [path for path in found.keys() | told.keys() if found.get(path) != told.get(path)]
        telling = [
            (path, versions.get(path), self._diagnostics(path, found.get(path, ()), units))
            for path in sorted(changed)
        ]
        self.told = found
        return telling

    def _diagnostics(self, path: str, found: Sequence[Diagnostic], units: Units) -> list[lsp.Diagnostic]:
        lines = lines_of(self.site.text(path)) if any(finding.mark.line for finding in found) else []
        return [
            lsp.Diagnostic(
                range=units.range(lines, finding.mark),
                severity=_SEVERITY[finding.severity],
                code=finding.code,
                source="dossier",
                message=finding.message + (f"\nhint: {finding.hint}" if finding.hint else ""),
            )
            for finding in found
        ]


@dataclass(frozen=True)
class File:
    """A file that is asked about: its site, its path in it, its lines."""

    running: Running
    path: str
    text: str
    lines: list[str]
