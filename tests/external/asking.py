"""Asking for addresses in tests: on this machine, and without waiting."""

import time
from collections.abc import Iterable, Mapping

from dossier.external.manners import Manners
from dossier.external.outcomes import Outcome
from dossier.external.rounds import Errand, go
from tests.external.server import QUICK

TODAY = "2026-05-20"


def ask(
    urls: Iterable[str],
    *,
    known: Mapping[str, Outcome] | None = None,
    manners: Manners = QUICK,
    private: bool = True,
    refresh: bool = False,
    now: float | None = None,
) -> dict[str, Outcome]:
    """The outcomes of those that were asked for, by address."""
    told: dict[str, Outcome] = {}
    errand = Errand(
        urls=urls,
        known=known or {},
        agent="dossier-test",
        now=time.time() if now is None else now,
        today=TODAY,
        told=lambda outcome: told.update({outcome.url: outcome}),
        private=private,
        refresh=refresh,
        manners=manners,
    )
    go(errand)
    return told


def ask_one(url: str, **given: object) -> Outcome:
    """The outcome of one address."""
    (outcome,) = ask([url], **given).values()  # type: ignore[arg-type]
    return outcome
