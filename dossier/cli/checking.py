"""Checking a site, and telling what came of it."""

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

import click
import msgspec

from dossier.build import Options, Result
from dossier.build.asking import InterruptedAsking, Outward
from dossier.build.checking import check
from dossier.cli import printing
from dossier.cli.progress import Progress
from dossier.diagnostics import Diagnostic
from dossier.revision import repository
from dossier.summary import counted

# The forms that are read beside all of a repository.
OF_REPOSITORIES = ("github", "sarif")


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
    printing.print_findings(placed(result.diagnostics, options.site, form), form)
    if form == "text":
        print_outcome(result)
    return result.failed


def placed(findings: Sequence[Diagnostic], site: Path, form: str) -> Sequence[Diagnostic]:
    """The findings, their paths beginning at the repository's top in forms that are read beside all of it."""
    place = repository(str(site)) if form in OF_REPOSITORIES else None
    below = Path(os.path.realpath(site)).relative_to(place.top).as_posix() if place else "."
    if below == ".":
        return findings
    return [msgspec.structs.replace(finding, path=f"{below}/{finding.path}") for finding in findings]


def print_outcome(result: Result) -> None:
    """One line on stdout: what was checked, and how many findings; another where the record was written."""
    what = counted(result.pages, "page")
    if result.asked is not None:
        now = f", {result.asked.new:,} of them now" if result.asked.new != result.asked.links else ""
        what += f" and {counted(result.asked.links, 'link')} out{now}"
    printing.say(f"{what} checked: {printing.found(result)}")
    if result.asked is not None and result.asked.written:
        printing.say("content/links.yaml written: commit it, so that pages mark what it names")
