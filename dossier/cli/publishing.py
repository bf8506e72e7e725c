"""`dossier publish`: asking, showing progress, and telling what was published where."""

import os
import sys
from typing import Any

import click

from dossier.cli import printing
from dossier.cli.printing import say
from dossier.cli.progress import Progress
from dossier.diagnostics import printable
from dossier.publish import Outcome, Request, publish
from dossier.publish.pages import megabytes, repository_page
from dossier.published import RECORD
from dossier.summary import counted, shown_path

SIGNS = {"added": "+", "changed": "~", "removed": "-"}


def run_publish(**asked: Any) -> None:
    """Publish, and say what came of it. Raises DossierError, and Exit where the build found anything."""
    with Progress() as progress:

        def ask(question: str) -> bool:
            progress.end()
            return click.confirm(printable_lines(question), default=False, err=True)

        request = Request(
            **asked, environment=dict(os.environ), ask=ask if is_attended() else None, progress=progress
        )
        outcome = publish(request)
    printing.print_diagnostics((*outcome.result.diagnostics, *outcome.notices))
    if outcome.result.failed:
        say(f"{printing.found(outcome.result)}; nothing was published", to=sys.stderr)
        raise click.exceptions.Exit(1)
    if not request.record:
        tell(outcome, dry_run=request.dry_run)
    elif not outcome.recorded:
        say(f"{RECORD} has all addresses; nothing was published")
    if outcome.recorded:
        noun = "address" if outcome.recorded == 1 else "addresses"
        say(f"{outcome.recorded:,} new {noun} in {RECORD}: commit it with your next change")


def is_attended() -> bool:
    """Whether somebody can be asked: at a terminal, and not where a program runs on its own."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not os.environ.get("CI")


def printable_lines(text: str) -> str:
    """The text as it can be shown, line by line."""
    return "\n".join(map(printable, text.split("\n")))


def tell(outcome: Outcome, *, dry_run: bool) -> None:
    """What was published, or would be."""
    changes, place = outcome.difference, printable(shown_path(outcome.place))
    whole = f"{counted(outcome.files, 'file')}, {megabytes(outcome.size)}"
    if not changes:
        say(f"{place} is up to date ({whole})")
        return
    counts = [f"{len(paths):,} {how}" for how, paths in changes._asdict().items() if paths]
    if dry_run:
        for how, paths in changes._asdict().items():
            for path in paths:
                say(f"{SIGNS[how]} {printable(path)}")
        say(f"{place} would have {', '.join(counts)} ({whole}); nothing was published")
        return
    say(f"published to {place}: {', '.join(counts)} ({whole})")
    if not outcome.remote:
        return
    if not outcome.former:
        say(first_time(outcome))
    elif outcome.address:
        say(f"readers find it in a minute or two at {printable(outcome.address)}")


def first_time(outcome: Outcome) -> str:
    """What is left to do once."""
    page = repository_page(outcome.remote)
    branch = outcome.place.rpartition("/")[2]
    where = f"{page}/settings/pages" if page else "the settings of its host"
    then = f"; then readers find it at {outcome.address}" if outcome.address else ""
    other = ""
    if outcome.workflows:
        other = f"; {' and '.join(outcome.workflows)} would publish, too, and only one of the two is served"
    return f"to have it served: {where}, Deploy from a branch, {branch}, / (root){then}{other}"
