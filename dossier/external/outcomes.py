"""What came of asking for an address, and how long that holds."""

from typing import Literal, NamedTuple

from dossier.model import Record

# `unasked`: its robots.txt, or its server, wouldn't have it asked for; that says nothing against it.
State = Literal["fine", "moved", "dead", "unreachable", "certificate", "private", "unasked"]

HOUR, DAY = 3_600, 86_400
# What is fine is fine for long; what may have been a bad moment is asked for again soon.
AGES: dict[State, int] = {
    "fine": 14 * DAY,
    "moved": 14 * DAY,
    "dead": 7 * DAY,
    "unreachable": 6 * HOUR,
    "certificate": DAY,
    "private": 0,
    "unasked": 7 * DAY,
}


class Found(NamedTuple):
    """What an address comes to; see `Outcome`."""

    state: State
    reason: str = ""
    location: str = ""
    answered: bool = True


class Outcome(Record, frozen=True):
    """What came of an address, without its fragment.

    `reason` says it in a few words; `location` is where a moved one is now. `asked` is when, in seconds since
    1970; `since` the day since which it has been found so each time. `answered` says that a server spoke.
    """

    url: str
    state: State
    reason: str = ""
    location: str = ""
    asked: float = 0.0
    since: str = ""
    answered: bool = True

    def holds(self, now: float) -> bool:
        """Whether it needn't be asked for again yet."""
        return 0 <= now - self.asked < AGES[self.state]


class Outcomes(Record, frozen=True):
    """What is kept of a site's links."""

    outcomes: tuple[Outcome, ...] = ()
