"""`dossier serve`, as people at a terminal see it."""

import time
from collections.abc import Sequence

import click

from dossier.build import Result
from dossier.cli import printing
from dossier.cli.progress import Progress
from dossier.diagnostics import Diagnostic, printable
from dossier.serve import Settings, preview
from dossier.serve.phone import network_address, qr_code
from dossier.summary import counted

FEW = 3


class Terminal:
    """Tells each thing once, in a line where that is enough."""

    def __init__(self) -> None:
        self._progress = Progress()
        self._told: set[tuple[str, str, str]] = set()
        self._failed = False

    def building(self) -> None:
        self._progress = Progress()

    def progress(self, stage: str, done: int, total: int) -> None:
        self._progress(stage, done, total)

    def rests(self) -> None:
        """Take the progress bar away."""
        self._progress.end()

    def ready(self, address: str, settings: Settings) -> None:
        click.echo(f"serving {address}  (Ctrl-C ends it)")
        if settings.is_local:
            return
        shown = address
        if settings.host in ("0.0.0.0", "::"):
            shown = address.replace(settings.host, network_address())
        self.warn("everybody in this network can read the preview, drafts included", "leave out --host")
        click.echo(f"from other devices: {shown}")
        click.echo(qr_code(shown))

    def built(self, result: Result, edited: Sequence[str], first: bool) -> None:
        """Tell what was found, as far as it hasn't been told, and what was written."""
        new = [finding for finding in result.diagnostics if _known_by(finding) not in self._told]
        now = {_known_by(finding) for finding in result.diagnostics}
        mended = len(self._told - now)
        printing.print_diagnostics(new)
        if result.failed and (new or mended or not self._failed):
            click.echo(f"{printing.found(result)}; the served site is the last good one", err=True)
        elif not result.failed and (first or result.written or result.removed):
            self._say_written(result, edited, first)
        if mended and not result.failed:
            click.echo(f"mended: {printing.found(result) if result.diagnostics else 'no findings'}")
        self._told, self._failed = now, result.failed

    def _say_written(self, result: Result, edited: Sequence[str], first: bool) -> None:
        seconds = result.timings.total
        took = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
        if first:
            click.echo(f"{counted(result.pages, 'page')}, {result.written:,} written in {took}")
            return
        what = ", ".join(printable(path) for path in edited[:FEW]) or "changes"
        removed = f", {result.removed:,} removed" if result.removed else ""
        click.echo(f"{time.strftime('%H:%M:%S')}  {what}: {result.written:,} written{removed} in {took}")

    def warn(self, text: str, hint: str = "") -> None:
        click.echo(f"warning: {printable(text)}", err=True)
        if hint:
            click.echo(f"  hint: {hint}", err=True)


def _known_by(finding: Diagnostic) -> tuple[str, str, str]:
    """What a finding is known by, wherever it stands by now: what is written above it moves it."""
    return finding.path, finding.code, finding.message


def run_preview(settings: Settings, *, opens: bool) -> None:
    """Preview a site until Ctrl-C."""
    terminal = Terminal()
    try:
        preview(settings, terminal, open_browser if opens else None)
    finally:
        terminal.rests()
    click.echo("\nended")


def open_browser(address: str) -> None:
    """Open an address in the browser."""
    import webbrowser  # Only --open needs it.

    webbrowser.open(address)
