"""`content/links.yaml`: what a check found of links out, so that every build of one commit says the same."""

import contextlib
import json
import os
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from dossier.diagnostics import DossierError, Mark, error
from dossier.external.outcomes import Outcome
from dossier.model import LinkState
from dossier.urls import LINK_RECORD

# An address that couldn't be reached for so many days is dead.
PATIENCE = 7
HEADER = """\
# Links out of the site that no longer lead to what they led to: dossier check --external --record
# writes this, and builds read it. An entry with `by_hand: true` is left as it is.
"""


def recorded(
    former: Mapping[str, LinkState], outcomes: Iterable[Outcome], used: Collection[str], today: str
) -> tuple[LinkState, ...]:
    """The states to be on record, sorted by address.

    `used` are the addresses that the site has, without fragments: others are forgotten. What a person wrote
    stays, and so does what wasn't asked this time.
    """
    states = {url: state for url, state in former.items() if state.by_hand or url in used}
    for outcome in outcomes:
        known = states.get(outcome.url)
        if outcome.url not in used or (known is not None and known.by_hand):
            continue
        if outcome.state == "dead":
            since = known.since if known is not None and known.state == "dead" else outcome.since
            states[outcome.url] = LinkState(outcome.url, "dead", since or today)
        elif outcome.state == "unreachable":
            states[outcome.url] = _unreachable(known, outcome, today)
        elif outcome.state in ("fine", "moved"):
            states.pop(outcome.url, None)
    return tuple(states[url] for url in sorted(states))


def _unreachable(known: LinkState | None, outcome: Outcome, today: str) -> LinkState:
    if known is not None and known.state == "dead":
        return known
    since = known.since if known is not None and known.since else outcome.since or today
    lasting = (date.fromisoformat(today) - date.fromisoformat(since)).days >= PATIENCE
    return LinkState(outcome.url, "dead" if lasting else "unreachable", since)


def written(states: Iterable[LinkState]) -> str:
    """The file's text."""
    lines = [HEADER]
    for state in states:
        lines.append(f"{json.dumps(state.url, ensure_ascii=False)}:\n  state: {state.state}\n")
        if state.since:
            lines.append(f"  since: {state.since}\n")
        if state.by_hand:
            lines.append("  by_hand: true\n")
        if state.comment:
            lines.append(f"  comment: {json.dumps(state.comment, ensure_ascii=False)}\n")
    return "".join(lines)


def record(site: Path, states: tuple[LinkState, ...]) -> bool:
    """Write the record in place of the one before it, if it differs. Raises DossierError.

    Without anything to record there need be no file.
    """
    place = site / LINK_RECORD
    text = written(states).encode()
    try:
        former = place.read_bytes() if place.exists() else None
        if former == text or (former is None and not states):
            return False
        beside = place.with_name(f".{place.name}.new")
        try:
            beside.write_bytes(text)
            os.replace(beside, place)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        hint = "make room, or check who may write there"
        finding = error(LINK_RECORD, Mark(), "disk", f"could not write the record of links: {reason}", hint)
        raise DossierError(finding) from problem
    return True
