"""What the articles on file make of a claim: its state, which is derived and never typed.

Two articles are independent where neither who printed them nor where their reports come from is the same.
Who printed an article is its outlet, or that outlet's owner; where its report comes from is the outlet too,
unless the article repeats another article or an agency: then it is whoever that leads to in the end. An
article of which either isn't known is independent of nothing.
"""

from collections.abc import Iterable
from typing import NamedTuple

from dossier.model import ClaimState, Record, Stance


class Witness(NamedTuple):
    """An article that is evidence. `printer` and `origin` are keys, equal for what is one and the same;
    '' where not known."""

    article: str
    printer: str
    origin: str
    date: str = ""


class Weighed(Record, frozen=True):
    """A claim's state, and the articles that stand for independent sources on either side."""

    state: ClaimState
    supporting: tuple[str, ...] = ()
    disputing: tuple[str, ...] = ()


def weigh(testimony: Iterable[tuple[Stance, Witness]], superseded: bool = False) -> Weighed:
    """The state that evidence gives a claim, in whatever order it comes.

    Of the states that hold, the first of these: superseded; disputed, by one article or more, whatever
    supports it; corroborated, by two independent sources or more; single-source; unsupported.
    """
    found = list(testimony)
    supporting = independent(witness for stance, witness in found if stance == "supports")
    disputing = independent(witness for stance, witness in found if stance == "disputes")
    return Weighed(
        _state(len(supporting), len(disputing), superseded),
        tuple(witness.article for witness in supporting),
        tuple(witness.article for witness in disputing),
    )


def _state(supporting: int, disputing: int, superseded: bool) -> ClaimState:
    if superseded:
        return "superseded"
    if disputing:
        return "disputed"
    if supporting > 1:
        return "corroborated"
    return "single-source" if supporting else "unsupported"


def independent(witnesses: Iterable[Witness]) -> tuple[Witness, ...]:
    """As many of these as are independent of one another, each in the stead of one source.

    They are a largest matching of printers with origins (Kuhn's augmenting paths), so one article more never
    makes them fewer. Where several articles have the same printer and origin, the outlet's own stands for
    them, else the oldest.
    """
    ordered = sorted(set(witnesses), key=_preference)
    best: dict[str, dict[str, Witness]] = {}
    for witness in ordered:
        if witness.printer and witness.origin:
            best.setdefault(witness.printer, {}).setdefault(witness.origin, witness)
    printers: dict[str, str] = {}
    for printer in best:
        _match(printer, best, printers)
    chosen = sorted((best[printer][origin] for origin, printer in printers.items()), key=_preference)
    return tuple(chosen or ordered[:1])


def _preference(witness: Witness) -> tuple[bool, str, str]:
    return witness.printer != witness.origin, witness.date or "9999", witness.article


def _match(start: str, best: dict[str, dict[str, Witness]], printers: dict[str, str]) -> None:
    """Find an origin for one printer more, if those that have one can make room. `printers` is by origin."""
    reached: dict[str, str] = {}
    queue = [start]
    for printer in queue:
        for origin in best[printer]:
            if origin in reached:
                continue
            reached[origin] = printer
            if origin in printers:
                queue.append(printers[origin])
                continue
            while origin:
                printer = reached[origin]
                freed = next((other for other, held in printers.items() if held == printer), "")
                printers[origin] = printer
                origin = freed
            return
