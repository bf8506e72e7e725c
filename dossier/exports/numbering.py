"""Texts of several documents with one list of sources: each article has one number in all of them."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from dossier.model import CITATION_STYLES, Article, Body, Slot
from dossier.plan.bodies import anchors, references
from dossier.plan.frame import Frame
from dossier.plan.styling import style_of
from dossier.views import ReferenceEntry


@dataclass(frozen=True)
class Numbered:
    """Texts with the HTML of their slots, and the sources of all.

    `apart` says that a text's own ids, those of its citations too, are its own alone, as those of notes are.
    """

    anchors: tuple[tuple[str, ...], ...]
    sources: tuple[ReferenceEntry, ...]
    apart: bool


def numbered(frame: Frame, bodies: Sequence[Body], others: Iterable[str]) -> Numbered:
    """The texts with the numbers that their citations have together; `others` are sources cited elsewhere."""
    known = frame.library.documents
    cited = (identifier for body in bodies for identifier in body.citations)
    ids = [i for i in dict.fromkeys([*cited, *others]) if isinstance(known.get(i), Article)]
    numbers = {identifier: number for number, identifier in enumerate(ids, start=1)}
    bodies = [replace(body, slots=tuple(_slot(slot, numbers) for slot in body.slots)) for body in bodies]
    joined = Body(
        slots=tuple(slot for body in bodies for slot in body.slots),
        citations=tuple(ids),
        quotations=tuple(quotation for body in bodies for quotation in body.quotations),
    )
    styled = style_of(frame.library, joined)
    apart = styled is not None and bool(styled.formatted.notes)
    if apart:
        each = tuple(anchors(frame, replace(body, citations=tuple(ids))) for body in bodies)
    else:
        each = tuple(_divided(anchors(frame, joined), bodies))
    sources = references(frame, joined)
    lacking = _lacking(frame, ids, sources)
    return Numbered(each, (*sources, *lacking), apart)


def _slot(slot: Slot, numbers: dict[str, int]) -> Slot:
    if not slot.items:
        return slot
    return replace(slot, items=tuple(replace(i, number=numbers.get(i.id, 0)) for i in slot.items))


def _divided(found: tuple[str, ...], bodies: Iterable[Body]) -> Iterable[tuple[str, ...]]:
    """The HTML of the slots of each body."""
    start = 0
    for body in bodies:
        yield found[start : start + len(body.slots)]
        start += len(body.slots)


def _lacking(frame: Frame, ids: Sequence[str], sources: Sequence[ReferenceEntry]) -> list[ReferenceEntry]:
    """The sources that a citation style leaves out since no text cites them."""
    known = {entry.number for entry in sources}
    if len(known) == len(ids):
        return []
    site = replace(frame.library.site, citation_style=CITATION_STYLES[0])
    plain = dataclasses.replace(frame, library=dataclasses.replace(frame.library, site=site))
    entries = references(plain, Body(citations=tuple(ids)))
    return [replace(entry, numbered=False) for entry in entries if entry.number not in known]
