"""Keeping the list of published addresses, which is the curator's to commit."""

import os
from collections.abc import Collection
from pathlib import Path

from dossier import published
from dossier.build.holding import held
from dossier.build.lasting import record_of
from dossier.diagnostics import DossierError, Mark, error
from dossier.publish.request import Outcome, Request
from dossier.sources import Listing


def list_addresses(request: Request) -> Outcome:
    """Build a site strictly, and list its addresses, which others publish. Raises DossierError."""
    with held(request.options()) as building:
        outcome = Outcome(building.build({}, ()), published.RECORD)
        if not outcome.result.failed:
            outcome.recorded = record(request.site, building.lasting)
    return outcome


def record(site: Path, lasting: Collection[str]) -> int:
    """Add addresses to a site's list, and say how many are new. Raises DossierError."""
    known = record_of(Listing(site))
    new = set(lasting).difference(known or ())
    if known is not None and not new:
        return 0
    place = site / published.RECORD
    try:
        written = place.with_name(f".{place.name}.new")
        written.write_bytes(published.written_record({*(known or ()), *lasting}))
        os.replace(written, place)
    except OSError as problem:
        cause = (problem.strerror or str(problem)).lower()
        message = f"the site is published, but its addresses could not be listed: {cause}"
        hint = "see who may write the file, then publish again"
        raise DossierError(error(published.RECORD, Mark(), "disk", message, hint)) from problem
    return len(new)
