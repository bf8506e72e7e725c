"""Checking a site, and telling what came of it."""

import sys
import time
from dataclasses import replace
from typing import TypedDict

import click

from dossier.build import Options, Result
from dossier.build.asking import InterruptedAsking, Outward
from dossier.build.checking import check
from dossier.cli import printing
from dossier.cli.progress import Progress
from dossier.summary import counted


class Asking(TypedDict):
    """The options of a check of links out."""

    record: bool
    refresh: bool
    private: bool


def run_check(options: Options, form: str, asking: Asking | None) -> bool:
    """Check a site and print what was found; gives whether it failed. With `asking`, links out are asked."""
    outward = None if asking is None else Outward(now=time.time(), **asking)
    try:
        with Progress() as progress:
            result = check(replace(options, progress=progress), outward)
    except InterruptedAsking as cut_short:
        told = f"{cut_short.done:,} of {counted(cut_short.total, 'link')} asked, and kept"
        printing.say(f"interrupted: {told}; the next check goes on from there", to=sys.stderr)
        raise click.exceptions.Exit(130) from None
    printing.print_findings(result.diagnostics, form)
    if form == "text":
        print_outcome(result)
    return result.failed


def print_outcome(result: Result) -> None:
    """One line on stdout: what was checked, and how many findings; another where the record was written."""
    what = counted(result.pages, "page")
    if result.asked is not None:
        now = f", {result.asked.new:,} of them now" if result.asked.new != result.asked.links else ""
        what += f" and {counted(result.asked.links, 'link')} out{now}"
    printing.say(f"{what} checked: {printing.found(result)}")
    if result.asked is not None and result.asked.written:
        printing.say("content/links.yaml written: commit it, so that pages mark what it names")
