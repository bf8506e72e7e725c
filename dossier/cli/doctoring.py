"""`dossier doctor`: what of a machine, a repository and its host stands in the way."""

import os
import sys
from pathlib import Path

from dossier.build.holding import read_settings
from dossier.cli.printing import is_terminal, say
from dossier.diagnostics import DossierError, printable
from dossier.doctor import Asked, Line, examine
from dossier.model import Site

WIDTH = 16
COLOURS = {"ok": "\x1b[32m", "note": "\x1b[34m", "wrong": "\x1b[1;31m"}


def run_doctor(site: Path | None, *, online: bool) -> bool:
    """Print the report, and give whether anything is in the way."""
    settings = _settings(site)
    asked = Asked(site=site, settings=settings, environment=dict(os.environ), online=online)
    wrong = False
    for line in examine(asked):
        say(shown(line, coloured=is_terminal(sys.stdout)))
        wrong |= line.state == "wrong"
    return wrong


def shown(line: Line, *, coloured: bool) -> str:
    """A line of the report, and its hint below."""
    state = f"{line.state:5}"
    if coloured:
        state = f"{COLOURS[line.state]}{state}\x1b[0m"
    text = f"{state} {printable(line.subject):{WIDTH}} {printable(line.told)}"
    return text + (f"\n{'':{6}}{'':{WIDTH}} → {printable(line.hint)}" if line.hint else "")


def _settings(site: Path | None) -> Site:
    """What a site's settings say, as far as they can be read: a check tells what is wrong with them."""
    try:
        return (read_settings(site) if site else None) or Site(title="")
    except DossierError:
        return Site(title="")
