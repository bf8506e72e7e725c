"""The four registers: people, organizations, places and sources, each a mapping from ids to fields."""

import sys
import unicodedata

from msgspec.structs import replace

from dossier import urls
from dossier.diagnostics import Mark
from dossier.documents.addresses import coordinates
from dossier.documents.aliases import aliases
from dossier.documents.parts import allow, links
from dossier.documents.reading import Reading, Table, read_fields, require, shortened
from dossier.documents.shapes import Keys
from dossier.documents.values import LONGEST_NAME, kind_of, line, title
from dossier.frontmatter import Entry, Listing, Mapping, Scalar
from dossier.model import Entity, EntityKind, Register

_COMMON: Table = {"name": title, "aliases": aliases, "description": line(), "links": links, "allow": allow}
TABLES: dict[EntityKind, Table] = {
    "person": {**_COMMON, "role": line(LONGEST_NAME)},
    "organization": _COMMON,
    "place": {**_COMMON, "coordinates": coordinates},
    "source": {**_COMMON, "owner": line(LONGEST_NAME)},
}
SHAPES = {kind: Keys(table, ("name",)) for kind, table in TABLES.items()}
_NAMED: dict[EntityKind, str] = {
    "person": "a person",
    "organization": "an organization",
    "place": "a place",
    "source": "a source",
}


def read_register(reading: Reading, mapping: Mapping) -> Register:
    """The entities of one register, in the file's order. An entry without a name goes by its id."""
    kind = urls.REGISTERS[reading.path]
    entities = []
    first_entries: dict[str, Entry] = {}
    for entry in mapping.entries:
        before = len(reading.silences)
        entity = _entity(reading, kind, entry)
        _keep_within(reading, before, entry, mapping)
        if entity is None:
            continue
        first = first_entries.setdefault(entity.id, entry)
        if first is entry:
            entities.append(entity)
        elif first.key != entry.key:  # a key that is repeated as it stands has been reported
            message = f"the id '{entity.id}' is given twice, in two Unicode forms"
            reading.error(entry.mark, "duplicate-id", message, "keep one of the two entries")
    _check_names(reading, entities, first_entries)
    return Register(reading.path, kind, tuple(entities))


def _keep_within(reading: Reading, before: int, entry: Entry, mapping: Mapping) -> None:
    """Let what an entry allows hold in this entry alone."""
    if len(reading.silences) > before:
        first = entry.mark.line
        last = min((e.mark.line for e in mapping.entries if e.mark.line > first), default=sys.maxsize) - 1
        for place in range(before, len(reading.silences)):
            reading.silences[place] = replace(reading.silences[place], first=first, last=last)


def _entity(reading: Reading, kind: EntityKind, entry: Entry) -> Entity | None:
    what = _NAMED[kind]
    identifier = unicodedata.normalize("NFC", entry.key)
    problem = urls.id_problem(identifier)
    if problem:
        message = f"'{shortened(identifier)}' can't be an id: it {problem}"
        reading.error(entry.mark, "bad-id", message, f"write {urls.slug(identifier)}: and the name under it")
        return None
    node = entry.value
    if isinstance(node, Scalar) and node.empty:
        node = Mapping(entry.mark, ())
    if not isinstance(node, Mapping):
        named = node.text if isinstance(node, Scalar) and len(node.text) <= 60 else "…"
        message = f"{what} must be a mapping of keys, not {kind_of(node)}"
        reading.error(
            node.mark, "wrong-type", message, f"write 'name: {named}' in a line of its own, indented"
        )
        return None
    fields = read_fields(reading, what, node, TABLES[kind])
    require(reading, fields, "name", entry.mark, "add a line under it: name: …")
    values = {"name": identifier, **fields.values}
    if "aliases" in values:
        values["aliases"], values["formerly"] = values["aliases"]
    return Entity(kind=kind, id=identifier, **values)


def _check_names(reading: Reading, entities: list[Entity], entries: dict[str, Entry]) -> None:
    """Names and aliases that two entries share, placed at the second."""
    owners: dict[str, Entity] = {}
    for entity in entities:
        for name in (entity.name, *entity.aliases):
            other = owners.setdefault(name.casefold(), entity)
            if other is not entity:
                reading.warning(
                    _mark_of(entries[entity.id], name),
                    "duplicate-alias",
                    f"the name '{shortened(name)}' belongs to '{other.id}' already",
                    f"keep it in one of them; documents can name the other by its id, '{entity.id}'",
                )


def _mark_of(entry: Entry, name: str) -> Mark:
    """The place of a name or an alias in an entry."""
    for field in entry.value.entries if isinstance(entry.value, Mapping) else ():
        if field.key in ("name", "aliases"):
            nodes = field.value.items if isinstance(field.value, Listing) else (field.value,)
            for node in nodes:
                if isinstance(node, Scalar) and " ".join(node.text.split()) == name:
                    return node.mark
    return entry.mark
