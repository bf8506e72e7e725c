"""Writing a file whole or not at all, and never over one that isn't as an export left it."""

import os
from pathlib import Path

from dossier import kept
from dossier.diagnostics import DossierError, Mark, error
from dossier.folders import OUTPUT, STATE
from dossier.model import Record
from dossier.output import digest_of_file
from dossier.publish.whole import Write, write_whole

RECORD = "exports"


class Exported(Record, frozen=True):
    """By absolute path, the digests of files that exports left there."""

    files: dict[str, tuple[bytes, ...]]


def refuse(place: Path, site: Path) -> None:
    """Raise DossierError for a place that has a meaning of its own for the site."""
    within = (
        place.resolve().relative_to(site.resolve())
        if place.resolve().is_relative_to(site.resolve())
        else None
    )
    if within is not None and within.parts[0] in ("content", "themes", "site.yaml", STATE, OUTPUT):
        message = f"{within.parts[0]} is part of the site: an export can't be there"
        raise DossierError(
            error(str(place), Mark(), "output-folder", message, "give it another place: --output FILE")
        )


def put(place: Path, write: Write, state: Path, *, force: bool) -> int:
    """Write a file in place of none, or of one that an export left as it is, and return its size.

    `state` is the site's `.dossier/`, which knows what exports left. Raises DossierError where the file that
    is there is another, unless that may be lost, and where it can't be written.
    """
    known = kept.load(state / RECORD, Exported) or Exported({})
    name = str(place.resolve())
    if os.path.lexists(place) and not force and digest_of_file(name) not in known.files.get(name, ()):
        hint = "name another file with --output, or let this one be replaced with --force"
        message = "there is such a file already, and no export left it as it is"
        raise DossierError(error(str(place), Mark(), "exists", message, hint))

    def remember(written: Path) -> None:
        # Before it is in place, so that it is known whenever this is cut short.
        former = known.files.get(name, ())[-1:]
        _remember(state, Exported({**known.files, name: (*former, digest_of_file(str(written)))}))

    return write_whole(place, write, "export", remember)


def _remember(state: Path, exported: Exported) -> None:
    """Keep what exports left; where nothing can be kept, the next one asks for --force."""
    try:
        state.mkdir(exist_ok=True)
        kept.hide(state)
        kept.store(state / RECORD, exported)
    except OSError:
        return
