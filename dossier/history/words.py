"""What differs between two texts, word by word, so that it can be read.

The shortest way from one to the other is found by E. W. Myers' algorithm ("An O(ND) Difference Algorithm and
Its Variations", 1986), in time that grows with the length times the number of differences, up to a limit
beyond which a passage counts as replaced. First by paragraphs, then by words within those that differ.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Literal, TypeVar

from dossier.model import Record

Kind = Literal["same", "added", "removed"]
Openness = Literal["always", "default", "never"]
Item = TypeVar("Item", bound=str)

# Differences beyond which two passages are taken as wholly different.
MOST_DIFFERENCES = 400
# Words that are shown around a difference, and of all of a text's differences.
CONTEXT, MOST_WORDS = 8, 400
# So few unchanged words between two changes are harder to read than no such words.
ISLAND = 2
_WORD = re.compile(r"\S+")


class Run(Record, frozen=True):
    """Words in a row that were kept, added or removed."""

    kind: Kind
    text: str


class Part(Record, frozen=True):
    """A paragraph with differences; it may begin and end in the middle."""

    runs: tuple[Run, ...]


class Revision(Record, frozen=True):
    """What a change did to a document.

    `fields` are the front matter's keys that changed; `added` and `removed` count words of the text. `parts`
    show the differences as far as there is room, `more` counts the words of those that they don't show. They
    may be published where the text may, before and after: `always`, never, or as the site's own rights say.
    """

    fields: tuple[str, ...] = ()
    added: int = 0
    removed: int = 0
    parts: tuple[Part, ...] = ()
    more: int = 0
    openness: Openness = "always"


class Difference(Record, frozen=True):
    """What differs between two texts."""

    added: int
    removed: int
    parts: tuple[Part, ...]
    more: int


def difference(before: Sequence[str], after: Sequence[str]) -> Difference:
    """What differs between two texts, given as paragraphs of plain text."""
    parts: list[Part] = []
    added = removed = more = 0
    room = MOST_WORDS
    for one, other in _pairs(before, after):
        if room <= 0:  # What isn't shown is only counted.
            plus, minus = _counts(_WORD.findall(one), _WORD.findall(other))
            added, removed, more = added + plus, removed + minus, more + plus + minus
            continue
        runs = _readable(script(_WORD.findall(one), _WORD.findall(other)))
        plus = sum(len(words) for kind, words in runs if kind == "added")
        minus = sum(len(words) for kind, words in runs if kind == "removed")
        added, removed = added + plus, removed + minus
        part, taken, hidden = _part(runs, room)
        room, more = room - taken, more + hidden
        if part.runs:
            parts.append(part)
    return Difference(added, removed, tuple(parts), more)


WordRuns = list[tuple[Kind, list[str]]]


def _counts(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many words came and went, whatever their order."""
    one, other = Counter(old), Counter(new)
    return (other - one).total(), (one - other).total()


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The paragraphs that differ, each with the one that took its place; '' where there is none."""
    gone: list[str] = []
    come: list[str] = []
    for kind, paragraphs in [*script(before, after), ("same", [])]:
        if kind == "removed":
            gone += paragraphs
        elif kind == "added":
            come += paragraphs
        else:
            yield from zip_longest(gone, come, fillvalue="")
            gone, come = [], []


def _readable(runs: WordRuns) -> WordRuns:
    """The same change with the removed words of a passage before the added ones, and no islands between."""
    joined: WordRuns = []
    gone: list[str] = []
    come: list[str] = []

    def flush() -> None:
        if gone:
            joined.append(("removed", gone))
        if come:
            joined.append(("added", come))

    for place, (kind, words) in enumerate(runs):
        if kind == "removed":
            gone = gone + words
        elif kind == "added":
            come = come + words
        elif (gone or come) and place + 1 < len(runs) and len(words) <= ISLAND:
            gone, come = gone + words, come + words
        else:
            flush()
            gone, come = [], []
            joined.append((kind, words))
    flush()
    return joined


def _part(runs: WordRuns, room: int) -> tuple[Part, int, int]:
    """The runs with little around the differences; how many words that took, and how many had no room."""
    shown: list[Run] = []
    taken = hidden = 0
    for place, (kind, words) in enumerate(runs):
        if kind == "same":
            first, last = place == 0, place == len(runs) - 1
            text = _context(words, first, last)
            if taken < room:
                shown.append(Run(kind, text))
        else:
            fitting = words[: max(0, room - taken)]
            taken, hidden = taken + len(fitting), hidden + len(words) - len(fitting)
            if fitting:
                text = " ".join(fitting) + (" …" if len(fitting) < len(words) else "")
                shown.append(Run(kind, text))
    if all(run.kind == "same" for run in shown):
        shown = []
    return Part(tuple(shown)), taken, hidden


def _context(words: list[str], first: bool, last: bool) -> str:
    if first and not last and len(words) > CONTEXT:
        return "… " + " ".join(words[-CONTEXT:])
    if last and not first and len(words) > CONTEXT:
        return " ".join(words[:CONTEXT]) + " …"
    if len(words) > 2 * CONTEXT:
        return " ".join(words[:CONTEXT]) + " … " + " ".join(words[-CONTEXT:])
    return " ".join(words)


def script(before: Sequence[str], after: Sequence[str]) -> WordRuns:
    """How one sequence becomes the other: what stays, what goes and what comes, in order.

    What stays and goes, together, is `before`; what stays and comes is `after`.

    >>> script(["a", "b", "c"], ["a", "x", "c"])
    [('same', ['a']), ('removed', ['b']), ('added', ['x']), ('same', ['c'])]
    """
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = list(before[start : len(before) - end]), list(after[start : len(after) - end])
    steps = _shortest(old, new)
    runs: WordRuns = [("same", list(before[:start]))]
    runs += [("removed", old), ("added", new)] if steps is None else steps
    runs.append(("same", list(before[len(before) - end :])))
    return _merged(runs)


def _merged(runs: WordRuns) -> WordRuns:
    merged: WordRuns = []
    for kind, words in runs:
        if words and merged and merged[-1][0] == kind:
            merged[-1][1].extend(words)
        elif words:
            merged.append((kind, list(words)))
    return merged


def _shortest(old: list[str], new: list[str]) -> WordRuns | None:
    """The shortest script; None where it has more differences than are looked for."""
    if not old or not new:
        return [("removed", old), ("added", new)]
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for differences in range(min(len(old) + len(new), MOST_DIFFERENCES) + 1):
        trail.append(dict(furthest))
        for diagonal in range(-differences, differences + 1, 2):
            down = diagonal == -differences or (
                diagonal != differences and furthest[diagonal - 1] < furthest[diagonal + 1]
            )
            x = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            furthest[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _traced(old, new, trail)
    return None


def _traced(old: list[str], new: list[str], trail: list[dict[int, int]]) -> WordRuns:
    """The script, by following the trail back from the end."""
    x, y = len(old), len(new)
    runs: WordRuns = []
    for differences in range(len(trail) - 1, -1, -1):
        furthest, diagonal = trail[differences], x - y
        down = diagonal == -differences or (
            diagonal != differences and furthest[diagonal - 1] < furthest[diagonal + 1]
        )
        former = diagonal + 1 if down else diagonal - 1
        former_x = furthest[former]
        former_y = former_x - former
        while x > max(former_x, 0) and y > max(former_y, 0):
            x, y = x - 1, y - 1
            runs.append(("same", [old[x]]))
        if differences:
            if down:
                y -= 1
                runs.append(("added", [new[y]]))
            else:
                x -= 1
                runs.append(("removed", [old[x]]))
    runs.reverse()
    return _merged(runs)
