"""What of a machine, a repository and its host stands in the way of dossier, as far as that can be seen.

It changes nothing. Each thing is looked at by itself, so that one that is broken doesn't hide the next.
"""

from collections.abc import Iterator

from dossier.doctor.hosting import hosted
from dossier.doctor.machine import surroundings
from dossier.doctor.packages import installed
from dossier.doctor.report import Asked, Line, State

__all__ = ["Asked", "Line", "State", "examine"]


def examine(asked: Asked) -> Iterator[Line]:
    """The lines of a report, each as soon as it is known."""
    yield from installed(asked)
    yield from surroundings(asked)
    yield from hosted(asked)
