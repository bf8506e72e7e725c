"""Findings, summaries and timings as people, editors and CI systems read them."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click
import msgspec

from dossier.diagnostics import Diagnostic, Severity, parts, printable, show

if TYPE_CHECKING:
    from dossier.build import Options, Result
    from dossier.build.result import Timings

# rich is imported where something is coloured or tabular, since it takes longer to load than a small build.
STYLES = {"excerpt": "none", "hint": "cyan"}
SLOWEST = 10


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
            click.echo(show(diagnostic), err=True)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for diagnostic in diagnostics:
        colour = "red" if diagnostic.severity == Severity.ERROR else "yellow"
        for role, line in parts(diagnostic):
            style = {"head": f"bold {colour}", "caret": f"bold {colour}"}.get(role) or STYLES[role]
            console.print(Text(line, style=style))


def print_findings(diagnostics: Iterable[Diagnostic], form: str) -> None:
    """Findings in a form: `text` on stderr; `json` and `github` on stdout."""
    if form == "json":
        fields = [_fields(diagnostic) for diagnostic in diagnostics]
        click.echo(msgspec.json.format(msgspec.json.encode(fields)).decode())
    elif form == "github":
        for diagnostic in diagnostics:
            click.echo(github(diagnostic))
    else:
        print_diagnostics(diagnostics)


def _fields(diagnostic: Diagnostic) -> Mapping[str, Any]:
    mark = diagnostic.mark
    return {
        "path": diagnostic.path,
        "line": mark.line,
        "column": mark.column,
        "length": mark.length,
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def github(diagnostic: Diagnostic) -> str:
    """A finding as a workflow command, which GitHub shows at its line of a pull request."""
    mark = diagnostic.mark
    place = {"file": diagnostic.path}
    if mark.line:
        place |= {"line": str(mark.line), "col": str(max(mark.column, 1))}
        place["endColumn"] = str(max(mark.column, 1) + mark.length)
    place["title"] = diagnostic.code
    properties = ",".join(f"{name}={_escaped(value, property_=True)}" for name, value in place.items())
    hint = f"\nhint: {diagnostic.hint}" if diagnostic.hint else ""
    return f"::{diagnostic.severity} {properties}::{_escaped(diagnostic.message + hint)}"


def _escaped(text: str, *, property_: bool = False) -> str:
    lines = (printable(line) for line in text.split("\n"))
    escaped = "%0A".join(line.replace("%", "%25") for line in lines)
    return escaped.replace(":", "%3A").replace(",", "%2C") if property_ else escaped


def counted(number: int, word: str) -> str:
    """A number with its noun.

    >>> counted(1, "page"), counted(12, "page")
    ('1 page', '12 pages')
    """
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def print_summary(result: "Result", options: "Options") -> None:
    """One line on stdout: what was done and where to look; and the explanation that was asked for."""
    if result.explanation is not None:
        told = "is rendered" if result.explanation.rendered else "is not rendered"
        click.echo(f"{result.explanation.page} {told}: {'; '.join(result.explanation.reasons)}")
    if result.recovered:
        click.echo("completed a build that had been cut short")
    folder = shown_path(options.folder)
    if result.failed:
        click.echo(f"{found(result)}; nothing was written, {folder} is as it was", err=True)
        return
    done = f"{result.written:,} written, {result.removed:,} removed in {result.timings.total:.1f} s"
    warned = f"; {counted(result.warnings, 'warning')}" if result.warnings else ""
    click.echo(f"{counted(result.pages, 'page')}, {done} → {os.path.join(folder, 'index.html')}{warned}")


def shown_path(path: Path) -> str:
    """A path as a person here would write it: relative where it lies below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def found(result: "Result") -> str:
    """How many findings there are, in words."""
    counts = [(result.errors, "error"), (result.warnings, "warning")]
    return " and ".join(counted(number, word) for number, word in counts if number) or "no findings"


def print_check(result: "Result") -> None:
    """One line on stdout: how many findings."""
    click.echo(f"{counted(result.pages, 'page')} checked: {found(result)}")


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
