"""Why a page was rendered or not: which parts of its key changed, and which fields of its view."""

import msgspec

from dossier.build.rendering import KEY_PARTS, Maker
from dossier.build.result import Explanation
from dossier.diagnostics import DossierError, Mark, did_you_mean, error
from dossier.output import Tree, Writer
from dossier.views import Page

SENTENCES = {
    "engine": "dossier itself changed, or Python, or a package that it stands on",
    "theme": "its template changed, or one that it needs",
    "body": "the text of its document changed",
}


def explain(page: str, maker: Maker, tree: Tree, writer: Writer) -> Explanation:
    """The reasons for a page's being rendered or not. Raises DossierError where there is no such page."""
    rows = maker.planned.rows
    if page not in rows:
        hint = did_you_mean(page, rows, "pages are named by their path in the output: articles/<id>.html")
        raise DossierError(error(page, Mark(), "unknown-page", "the site has no such page", hint))
    former = writer.manifest.files.get(page) if writer.manifest else None
    if former is None or not former.key:
        return Explanation(page, True, ("no build on record has made it",))
    _, current = tree.files[page]
    reasons = [
        SENTENCES.get(part) or _view(page, former.key[place], maker)
        for part, place in KEY_PARTS.items()
        if former.key[place] != current[place]
    ]
    if reasons:
        return Explanation(page, True, tuple(reasons))
    if writer.written(page) is None:
        what = "deleted" if page not in writer.found.files else "changed"
        return Explanation(page, True, (f"its file in the output was {what} by others",))
    return Explanation(page, False, ("its engine, theme, view and body are those of the file on disk",))


def _view(page: str, former_digest: bytes, maker: Maker) -> str:
    """What changed in a page's view, by the names of its fields where the former view is still kept."""
    memo = maker.planned.documents.memo
    kept = memo.get("views", former_digest)
    if kept is None:
        return "its view changed: what it shows of the site besides its own text"
    former = msgspec.msgpack.decode(kept, type=Page)
    current = maker.planned.page(page, memo)
    names = [
        *(f"view.{name}" for name in changed_fields(former.view, current.view)),
        *(["template"] if former.template != current.template else []),
        *(["anchors"] if former.anchors != current.anchors else []),
    ]
    return f"its view changed: {', '.join(names)}"


def changed_fields(one: msgspec.Struct, other: msgspec.Struct) -> list[str]:
    """The names of the fields in which two views differ."""
    if type(one) is not type(other):
        return ["(kind)"]
    return [name for name in one.__struct_fields__ if getattr(one, name) != getattr(other, name)]
