"""`--verify`: everything that was kept is worked out again, and must come out the same."""

from dossier import memo as memos
from dossier.build import planning
from dossier.build.documents import Documents
from dossier.build.rendering import Made, Maker
from dossier.build.taking import differs
from dossier.diagnostics import Diagnostic, DossierError
from dossier.output import Tree
from dossier.sources import Entry, Index


def verify(maker: Maker, tree: Tree) -> None:
    """Build again without anything kept, and raise DossierError naming each result that differs."""
    memo = memos.nothing()
    try:
        found = _differences(maker, tree, Documents(maker.session.listing, Index(), memo))
    finally:
        memo.close()
    if found:
        raise DossierError(*found)


def _differences(maker: Maker, tree: Tree, fresh: Documents) -> list[Diagnostic]:
    session, planned = maker.session, maker.planned
    fresh.read(session.options)
    fresh.revision = planned.documents.revision
    entries = planned.documents.entries
    found = [differs(path, "parsed") for path, entry in entries.items() if _moved(path, entry, fresh)]
    again = planning.planned(fresh, session.options)
    made = Maker(again, maker.chosen, maker.closures, session, lambda path: None).make()
    plan = again.complete({path: page.row for path, page in made.items()})
    found += [differs(path, "planned") for path, row in again.rows.items() if planned.rows.get(path) != row]
    found += [differs(path, "planned") for path in planned.rows.keys() - again.rows.keys()]
    found += [differs(path, "rendered") for path, page in made.items() if _other(page, tree.files.get(path))]
    if planned.plan is None or (plan.findings, plan.withheld) != (
        planned.plan.findings,
        planned.plan.withheld,
    ):
        found.append(differs("site.yaml", "checked"))
    return found


def _other(page: Made, written: tuple[bytes, bytes] | None) -> bool:
    return written is not None and page.digest != written[0]


def _moved(path: str, entry: Entry, fresh: Documents) -> bool:
    """Whether a file that wasn't changed meanwhile came out otherwise."""
    other = fresh.entries.get(path)
    return other is not None and other.stat == entry.stat and other != entry
