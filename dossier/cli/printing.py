"""Findings, summaries and timings as people, editors and CI systems read them."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from dossier.diagnostics import Diagnostic, Severity, parts, printable, show
from dossier.summary import counted, shown_path, summary

if TYPE_CHECKING:
    from dossier.build import Options, Result
    from dossier.build.result import Timings

# rich is imported where something is coloured or tabular, since it takes longer to load than a small build.
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
STYLES = {"excerpt": "none", "hint": "cyan"}
SLOWEST = 10


def say(text: str, to: TextIO | None = None) -> None:
    """Print a line, to stdout if not told otherwise, at once. (click takes long to load.)"""
    print(text, file=to or sys.stdout, flush=True)


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sees the stream, and wants colour. https://no-color.org"""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Findings on stderr: coloured on a terminal, else plain."""
    diagnostics = tuple(diagnostics)
    if not diagnostics:
        return
    if not is_terminal(sys.stderr):
        for diagnostic in diagnostics:
            say(show(diagnostic), to=sys.stderr)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for diagnostic in diagnostics:
        colour = COLOURS[diagnostic.severity]
        for role, line in parts(diagnostic):
            style = {"head": f"bold {colour}", "caret": f"bold {colour}"}.get(role) or STYLES[role]
            console.print(Text(line, style=style))


def print_findings(diagnostics: Sequence[Diagnostic], form: str) -> None:
    """Findings in a form: `text` on stderr, the others on stdout."""
    if form == "text":
        print_diagnostics(diagnostics)
        return
    from dossier.cli.forms import FORMS  # Of use to other programs only.

    written = FORMS[form](diagnostics)
    if written:
        say(written)


def print_summary(result: "Result", options: "Options") -> None:
    """One line on stdout: what was done and where to look; and the explanation that was asked for."""
    if result.explanation is not None:
        told = "is rendered" if result.explanation.rendered else "is not rendered"
        say(f"{result.explanation.page} {told}: {'; '.join(result.explanation.reasons)}")
    if result.recovered:
        say("completed a build that had been cut short")
    if result.failed:
        folder = shown_path(str(options.folder))
        told = f"nothing was written, {folder} is as it was"
        if any(finding.code == "incomplete-site" for finding in result.diagnostics):
            told = f"{folder} is neither as it was nor as it will be"
        say(f"{found(result)}; {told}", to=sys.stderr)
        return
    counts = {"written": result.written, "removed": result.removed, "warnings": result.warnings}
    say(summary(result.pages, str(options.folder), result.timings.total, **counts))


def found(result: "Result") -> str:
    """How many findings there are, in words."""
    counts = [(result.errors, "error"), (result.warnings, "warning"), (result.infos, "remark")]
    named = [counted(number, word) for number, word in counts if number]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]])) or "no findings"


def print_timings(timings: "Timings") -> None:
    """Where the time went: by stage, and the slowest pages and templates."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True, no_color=not is_terminal(sys.stdout))
    shares = {
        "stage": timings.stages,
        "slowest pages": dict(sorted(timings.pages.items(), key=_slowest)[:SLOWEST]),
        "slowest templates": dict(sorted(timings.templates.items(), key=_slowest)[:SLOWEST]),
    }
    for title, seconds_of in shares.items():
        if seconds_of:
            table = Table(box=None, pad_edge=False)
            table.add_column(title, min_width=24)
            table.add_column("ms", justify="right")
            for name, seconds in seconds_of.items():
                table.add_row(printable(name), f"{seconds * 1000:,.1f}")
            console.print(table)


def _slowest(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]
