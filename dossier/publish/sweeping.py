"""The last look at what goes out: nothing of this machine in it, and no page of what is held back."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from dossier import sources
from dossier.build.holding import Held
from dossier.diagnostics import Diagnostic, DossierError, Mark, error
from dossier.publish.contents import Contents, chunks

# Shorter ones, as `/root` or `/srv`, stand in many a text.
FEWEST_PARTS = 3
OVERLAP = 4096


def sweep(building: Held, contents: Contents, paths: Iterable[str]) -> None:
    """Raise DossierError where files that go out name folders of this machine, or are pages of drafts.

    `paths` are those that readers don't have yet.
    """
    findings = set(_drafts(building, contents))
    wanted = machine_paths(building.session.options.site)
    for path in paths:
        found = _found_in(building.folder, path, contents, wanted) if wanted else b""
        if found:
            findings.add(_local_path(building, path, found))
    if findings:
        raise DossierError(*sorted(findings))


def machine_paths(site: Path) -> tuple[bytes, ...]:
    """The paths by which this machine's folders may show: of the site, and of whoever is at work."""
    folders = {os.path.abspath(site), os.path.realpath(site), os.path.expanduser("~")}
    telling = {folder for folder in folders if len(Path(folder).parts) >= FEWEST_PARTS}
    # As Windows has them, too, in addresses and in strings of programs.
    forms = telling | {folder.replace("\\", other) for folder in telling for other in ("/", "\\\\")}
    return tuple(sorted(map(os.fsencode, forms)))


def _found_in(folder: Path, path: str, contents: Contents, wanted: tuple[bytes, ...]) -> bytes:
    """The first of these paths that a file names; b'' where it names none."""
    before = b""
    for chunk in chunks(folder, path, contents[path]):
        text = before + chunk
        for one in wanted:
            if one in text:
                return one
        before = text[-OVERLAP:]
    return b""


def _local_path(building: Held, path: str, found: bytes) -> Diagnostic:
    """The finding, where it can be told at the place in the site's own file that has the path."""
    told = os.fsdecode(found)
    message = f"this would tell readers of a folder on this machine: {told}"
    hint = "write a path from the site's folder on, or an address"
    listing = building.session.listing
    for name in listing.documents | listing.assets:
        try:
            data, _ = sources.read(listing, name)
        except OSError:
            continue
        place = data.find(found)
        if place != -1:
            start = data.rfind(b"\n", 0, place) + 1
            column = len(data[start:place].decode("utf-8", "replace")) + 1
            mark = Mark(data.count(b"\n", 0, place) + 1, column, len(told))
            (shown,) = building.session.with_excerpts([error(name, mark, "local-path", message, hint)])
            return shown
    return error(path, Mark(), "local-path", message, hint)


def _drafts(building: Held, contents: Contents) -> Iterator[Diagnostic]:
    """A finding for each page of a document that is held back: there is never one, and that is looked at."""
    for page, path in building.held_back.items():
        if page in contents:
            message = f"'{page}' would be published, and its document is held back"
            hint = "this is a mistake in dossier: nothing was published, please report it"
            yield error(path, Mark(), "draft-published", message, hint)
