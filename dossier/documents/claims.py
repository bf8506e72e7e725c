"""Claims: what a document says of its statement's evidence, and the claims that notes and topics hold."""

import msgspec

from dossier import urls
from dossier.diagnostics import Mark
from dossier.documents import dates
from dossier.documents.parts import mappings
from dossier.documents.reading import Fields, Reading, Table, require, shortened
from dossier.documents.shapes import Keys, Many, takes
from dossier.documents.values import (
    LONGEST_NAME,
    choice,
    flag,
    identifier,
    line,
    names,
    passage,
    reference,
    title,
)
from dossier.frontmatter import Mapping, Node
from dossier.model import Body, Claim, Evidence

# Where the quotations of evidence stand, among the places of keys.
QUOTES = "evidence/"
STANCES = ("supports", "disputes", "mentions")
EVIDENCE: Table = {
    "article": reference("article", field="evidence"),
    "stance": choice(*STANCES),
    "quote": passage,
    "comment": line(),
    "speaker": line(LONGEST_NAME),
    "locator": line(LONGEST_NAME),
}
_ONE = "{article: …, stance: supports}"


@takes(Many(Keys(EVIDENCE, ("article", "stance"))))
def evidence(reading: Reading, key: str, node: Node) -> tuple[Evidence, ...]:
    """What articles say to a claim, each passage once."""
    found: dict[Evidence, Mapping] = {}
    for item, fields in mappings(reading, key, node, "a piece of evidence", EVIDENCE, _ONE):
        require(reading, fields, "article", item.mark, "write article: and the id of an article")
        require(reading, fields, "stance", item.mark, f"write stance: {', or '.join(STANCES)}")
        if "article" not in fields.values or "stance" not in fields.values:
            continue
        one = Evidence(**fields.values)
        if found.setdefault(one, item) is not item:
            message = f"this is already in '{key}'"
            reading.warning(item.mark, "repeated-item", message, "delete one of the two")
        elif one.quote:
            reading.marks[f"{QUOTES}{len(found) - 1}/quote"] = fields.marks["quote"]
    return tuple(found)


EVIDENCE_FIELDS: Table = {
    "evidence": evidence,
    "superseded_by": reference("claim"),
}
HELD: Table = {
    "id": identifier,
    "statement": title,
    "as_of": dates.date,
    "tags": names,
    **EVIDENCE_FIELDS,
    "draft": flag,
}


@takes(Many(Keys(HELD, ("id", "statement"))))
def claims(reading: Reading, key: str, node: Node) -> tuple[Claim, ...]:
    """The claims that a note or topic holds, as far as the list says; what they have of their holder is
    added later."""
    found: dict[str, Claim] = {}
    start = len(reading.references)
    for item, fields in mappings(reading, key, node, "a claim", HELD, "{id: a-short-name, statement: …}"):
        require(reading, fields, "statement", item.mark, "write statement: and one sentence, true or false")
        _require_id(reading, fields, item)
        quotes = {
            place: reading.marks.pop(place) for place in list(reading.marks) if place.startswith(QUOTES)
        }
        values = fields.values
        name = values.get("id", "")
        if name in found:
            message = f"the id '{shortened(name)}' is given twice in '{key}'"
            reading.error(
                fields.marks["id"], "duplicate-id", message, "give one of the two claims another id"
            )
        elif name:
            found[name] = Claim(path=reading.path, body=Body(), **{"statement": name, **values})
            _place(reading, name, fields.marks | quotes, start)
        start = len(reading.references)
    return tuple(found.values())


def _place(reading: Reading, name: str, marks: dict[str, Mark], start: int) -> None:
    """Name the claim in the places of its keys and in its references, which are those from `start` on."""
    prefix = f"claims/{name}/"
    reading.marks |= {prefix + key: mark for key, mark in marks.items()}
    reading.references[start:] = [
        msgspec.structs.replace(reference, field=prefix + reference.field)
        for reference in reading.references[start:]
    ]


def _require_id(reading: Reading, fields: Fields, item: Mapping) -> None:
    statement = fields.values.get("statement", "a short name")
    require(reading, fields, "id", item.mark, f"write id: {urls.slug(statement)}")
