"""The passage of a source that a quotation comes nearest to, with the words in which the two differ.

Words are compared as `folding` leaves them. The nearest stretch of the source is the one with the most, and
the rarest, of the quotation's words and pairs of words; within it both are aligned at the least cost. That
takes time in proportion to the source, and to the square of the quotation, which is bounded.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from dossier.evidence.folding import Folded

# Words of a quotation that are compared; more would be no help.
MOST_WORDS = 120
# Words of the source that are shown before and after.
CONTEXT = 4
# What it costs to set two words beside each other that are the same, or but for their case; and what two cost
# that are not, or one without another.
SAME, OTHER_CASE, ALONE = -1, 1, 3
_AT_THE_END = ".,'"


class Nearest(NamedTuple):
    """A passage beside a quotation: in which of the sources it stands, and how much it has of the quotation
    (0 to 1). In `words`, `[-…-]` stands in the quotation only and `{+…+}` in the source only."""

    source: int
    share: float
    words: str


def nearest(quotation: Folded, sources: Sequence[Folded]) -> Nearest | None:
    """The passage that comes nearest to a quotation without omissions; None where nothing is near."""
    quoted = words_of(Folded("", quotation.marked.strip(" '")))[:MOST_WORDS]
    if not quoted:
        return None
    best: Nearest | None = None
    for number, source in enumerate(sources):
        words = words_of(source)
        start, end = _window(quoted, words)
        aligned = _aligned(quoted, words[start:end])
        share = sum(one == other for one, other in aligned) / len(quoted)
        if share and (best is None or share > best.share):
            best = Nearest(number, share, _shown(aligned, words, start))
    return best


def words_of(text: Folded) -> list[str]:
    """The words of a text, and its dashes."""
    return text.marked.replace("\u2013", " \u2013 ").split()


def _window(quoted: Sequence[str], words: Sequence[str]) -> tuple[int, int]:
    """The stretch of the source that has most of the quotation, with room to spare on either side."""
    size = len(quoted) + len(quoted) // 4 + 2
    known = set(quoted)
    counts = Counter(word for word in words if word in known)
    pairs = set(pairwise(quoted))
    values = [1 / counts[word] if word in known else 0.0 for word in words]
    for place, pair in enumerate(pairwise(words), start=1):
        if pair in pairs:
            values[place] += 1.0
    sums = [0.0, *accumulate(values)]
    ends = range(min(size, len(words)), len(words) + 1)
    end = max(ends, key=lambda end: (sums[end] - sums[max(end - size, 0)], -end))
    return max(end - size - len(quoted) // 2, 0), min(end + len(quoted) // 2, len(words))


Pair = tuple[str, str]


def _aligned(quoted: Sequence[str], words: Sequence[str]) -> list[Pair]:
    """The words of both side by side, '' where one has none, with the fewest that differ.

    What the source has before the first and after the last of them doesn't count.
    """
    bare = [word.lstrip("'") for word in words]
    costs = [[_cost(quoted[0], other) for other in bare]] if len(quoted) > 1 else []
    costs += [[_cost(one, other) for other in words] for one in quoted[1:-1]]
    costs.append([_cost(quoted[-1].rstrip(_AT_THE_END), other.rstrip(_AT_THE_END)) for other in bare])
    rows = [[0] * (len(words) + 1)]
    for number, beside in enumerate(costs, start=1):
        above, row = rows[-1], [number * ALONE]
        for place, cost in enumerate(beside):
            row.append(min(above[place] + cost, above[place + 1] + ALONE, row[place] + ALONE))
        rows.append(row)
    return _traced(quoted, words, rows, costs)


def _cost(one: str, other: str) -> int:
    if one == other:
        return SAME
    return OTHER_CASE if one.casefold() == other.casefold() else ALONE


def _traced(
    quoted: Sequence[str],
    words: Sequence[str],
    rows: Sequence[Sequence[int]],
    costs: Sequence[Sequence[int]],
) -> list[Pair]:
    number = len(quoted)
    place = min(range(len(words) + 1), key=lambda place: (rows[number][place], -place))
    aligned: list[Pair] = [("", word) for word in reversed(words[place:])]
    while number:
        reached = rows[number][place]
        cost = costs[number - 1][place - 1] if place else ALONE
        if place and reached == rows[number - 1][place - 1] + cost:
            number, place = number - 1, place - 1
            aligned.append((words[place] if cost == SAME else quoted[number], words[place]))
        elif reached == rows[number - 1][place] + ALONE:
            number -= 1
            aligned.append((quoted[number], ""))
        else:
            place -= 1
            aligned.append(("", words[place]))
    aligned += [("", word) for word in reversed(words[:place])]
    return aligned[::-1]


def _shown(aligned: Sequence[Pair], words: Sequence[str], start: int) -> str:
    """The pairs as one text, with some words of the source around what they have in common."""
    common = [place for place, (one, other) in enumerate(aligned) if one]
    first, last = common[0], common[-1]
    before = [other for _, other in aligned[:first]]
    after = [other for _, other in aligned[last + 1 :]]
    earlier = [*words[:start], *before]
    later = [*after, *words[start + sum(bool(other) for _, other in aligned) :]]
    shown = [*earlier[-CONTEXT:], *_marked(aligned[first : last + 1]), *later[:CONTEXT]]
    text = " ".join(shown)
    return ("… " if len(earlier) > CONTEXT else "") + text + (" …" if len(later) > CONTEXT else "")


def _marked(aligned: Iterable[Pair]) -> list[str]:
    shown: list[str] = []
    ours: list[str] = []
    theirs: list[str] = []

    def differing() -> None:
        if ours:
            shown.append(f"[-{' '.join(ours)}-]")
        if theirs:
            shown.append(f"{{+{' '.join(theirs)}+}}")
        ours.clear()
        theirs.clear()

    for one, other in aligned:
        if one == other:
            differing()
            shown.append(other)
        else:
            ours.extend(filter(None, [one]))
            theirs.extend(filter(None, [other]))
    differing()
    return shown
