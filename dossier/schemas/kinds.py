"""What there is a schema of: each kind of document's front matter, the registers, the other YAML files."""

from collections.abc import Mapping

from dossier.documents import link_record, pages, registers, settings
from dossier.documents.shapes import Keys
from dossier.model import Record
from dossier.urls import FOLDERS, LINK_RECORD, REGISTERS, document_kind


class Kind(Record, frozen=True):
    """What is written in one kind of file.

    `place` names the files. A file has the keys of `shape`; or, where it is `keyed`, keys of its writer's
    own (an `id` or an `address`), each with a mapping that has those of `shape`. `what` names one such
    mapping.
    """

    name: str
    place: str
    what: str
    shape: Keys
    keyed: str = ""


def _kinds() -> dict[str, Kind]:
    kinds = [
        Kind(name, f"content/{FOLDERS[name]}/**/*.md", name, shape) for name, shape in pages.SHAPES.items()
    ]
    for path, kind in REGISTERS.items():
        kinds.append(Kind(FOLDERS[kind], path, kind, registers.SHAPES[kind], keyed="id"))
    kinds.append(Kind("links", LINK_RECORD, "link", link_record.SHAPE, keyed="address"))
    kinds.append(Kind("site", "site.yaml", "site", settings.SHAPE))
    return {kind.name: kind for kind in kinds}


KINDS: Mapping[str, Kind] = _kinds()


def kind_of(path: str) -> Kind | None:
    """What is written in a site's file; None for one of no kind."""
    if path in REGISTERS:
        return KINDS[FOLDERS[REGISTERS[path]]]
    return KINDS.get(document_kind(path) or "")
