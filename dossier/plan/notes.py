"""Citations that are notes, in one count with the footnotes of the text."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from dossier.model import Slot


@dataclass(frozen=True)
class Notes:
    """The notes of a page.

    `numbers` are those of citations, by the numbers of their slots, `footnotes` those of the text's own
    footnotes, by the numbers that these have alone. `order` are the slots of all citations as a reader meets
    them: those within a footnote where it is referred to first.
    """

    numbers: dict[int, int] = field(default_factory=dict)
    footnotes: dict[int, int] = field(default_factory=dict)
    order: tuple[int, ...] = ()

    def before(self, footnote: int) -> list[int]:
        """The slots of the citations whose notes stand right before that of a footnote, or last, at 0."""
        last = max([*self.numbers.values(), *self.footnotes.values()], default=0)
        end = self.footnotes.get(footnote, last + 1)
        start = max((number for number in self.footnotes.values() if number < end), default=0)
        return [slot for slot, number in self.numbers.items() if start < number < end]


def numbered(slots: Sequence[Slot], citations: Container[int]) -> Notes:
    """Number the notes of a body: its citations outside its footnotes, and its footnotes."""
    places = [number for number, slot in enumerate(slots) if slot.kind == "note"]
    end = places[0] if places else len(slots)
    notes, order = Notes(), list[int]()
    count = 0
    for number, slot in enumerate(slots[:end]):
        if slot.kind == "citation" and number in citations:
            count += 1
            notes.numbers[number] = count
            order.append(number)
        elif slot.kind == "footnote" and int(slot.target) not in notes.footnotes:
            count += 1
            footnote = int(slot.target)
            notes.footnotes[footnote] = count
            order += _within(slots, citations, places, footnote)
    # Footnotes that only other footnotes refer to.
    for footnote in range(1, len(places)):
        if footnote not in notes.footnotes:
            count += 1
            notes.footnotes[footnote] = count
            order += _within(slots, citations, places, footnote)
    return Notes(notes.numbers, notes.footnotes, tuple(order))


def _within(slots: Sequence[Slot], citations: Container[int], places: list[int], footnote: int) -> list[int]:
    """The citations within a footnote."""
    within = range(places[footnote - 1], places[footnote])
    return [number for number in within if slots[number].kind == "citation" and number in citations]


def note_anchor(number: int) -> str:
    """The anchor of a citation's note, which no heading and no footnote has."""
    return f"fnc-{number}"
