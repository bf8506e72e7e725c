"""`--verify`: everything that was kept is worked out again, and must come out the same."""

from dossier import memo as memos
from dossier.build import planning, rendering
from dossier.build.documents import Documents
from dossier.build.planning import Planned
from dossier.build.session import Session
from dossier.diagnostics import Diagnostic, DossierError, Mark, error
from dossier.output import Tree
from dossier.sources import Entry, Index
from dossier.theme import Theme


def verify(session: Session, documents: Documents, planned: Planned, chosen: Theme, tree: Tree) -> None:
    """Build again without anything kept, and raise DossierError naming each result that differs."""
    fresh = Documents(session.listing, Index(), memos.nothing())
    fresh.read(session.options)
    found = [
        _differs(path, "parsed") for path, entry in documents.entries.items() if _moved(path, entry, fresh)
    ]
    again = planning.planned(fresh, session.options)
    former = {row.path: row for row in planned.plan.rows}
    found += [_differs(row.path, "planned") for row in again.plan.rows if former.get(row.path) != row]
    if again.plan.findings != planned.plan.findings:
        found.append(_differs("site.yaml", "checked"))
    rendered = rendering.render(again.plan.rows, again, chosen, None, session.options)
    found += [
        _differs(path, "rendered")
        for path, page in rendered.items()
        if path in tree.files and page.digest != tree.files[path][0]
    ]
    if found:
        raise DossierError(*found)


def _moved(path: str, entry: Entry, fresh: Documents) -> bool:
    """Whether a file that wasn't changed meanwhile came out otherwise."""
    other = fresh.entries.get(path)
    return other is not None and other.stat == entry.stat and other != entry


def _differs(path: str, how: str) -> Diagnostic:
    hint = "this is a mistake in dossier, please report it; deleting .dossier/ mends this site"
    message = f"what was kept of this is not what comes out when it is {how} again"
    return error(path, Mark(), "not-reproducible", message, hint)
