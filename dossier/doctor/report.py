"""A report's lines, and what is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from dossier.diagnostics import DossierError
from dossier.model import Site

# What is well; what is worth knowing, and may well be as it should; what is in the way.
State = Literal["ok", "note", "wrong"]


class Line(NamedTuple):
    """One thing that was looked at: what it is, how it stands, and what to type if that is to change."""

    state: State
    subject: str
    told: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The site to look at (None where there is none), its settings, git's environment.

    The remote is only asked where this is `online`.
    """

    site: Path | None = None
    settings: Site = field(default_factory=lambda: Site(title=""))
    environment: Mapping[str, str] = field(default_factory=dict)
    online: bool = True


def trouble(subject: str, problem: DossierError, state: State = "wrong") -> Line:
    """A line of what stopped something."""
    finding = problem.diagnostics[0]
    return Line(state, subject, finding.message, finding.hint)
