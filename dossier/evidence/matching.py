"""Whether a quotation stands in a text, word for word.

What may differ is what editors may change without a word, and what they mark: typography (`folding`), a comma
or full stop at the end, and quotation marks around the whole; `[…]` or `…` for an omission, `[word]` for an
insertion, `[T]he` for a letter whose case was changed. An insertion replaces nothing: the words around it
must follow one another in the source.

Everything takes time in proportion to the lengths of quotation and text: strings are sought by `str.find`,
and how often is bounded.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple
from unicodedata import category

from dossier.evidence.folding import Folded, fold

# A part of a quotation with fewer words than this must stand in one paragraph with the part beside it:
# three common words can be found in every long text, if only far enough apart.
WORDS_THAT_STAND_ALONE = 3
# Bounds: places of a text that are looked at for one part, endings that are tried, omissions or insertions.
MOST_PLACES = 10_000
MOST_TRIES = 50
MOST_MARKS = 50

_OMISSION = re.compile(r"[\[(] ?\.{2,} ?[\])]|\.{3,}")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_NO_SPACE_BEFORE = frozenset(".,:;?!%)]")
# What a part's beginning and end may have more or less of than the source.
_BEGINNING, _ENDING = " '", " '.,"
# What may be left off before an apostrophe; not `n`, with which French denies.
_ELIDED = {"l", "d", "s", "m", "t", "c", "j", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"} | {
    *("all", "coll", "dall", "dell", "nell", "quell", "quest", "sant", "sull", "un")
}
# Scripts that set no space between words: Thai to Tibetan, Myanmar, Khmer, kana, Han.
_UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


class Part(NamedTuple):
    """A part of a quotation without omissions: its text, and the places of letters whose case is free."""

    text: str
    free: tuple[int, ...] = ()


class Span(NamedTuple):
    """From `start` up to `end` in a folded text."""

    start: int
    end: int


def find(quotation: str, source: Folded) -> tuple[Span, ...] | None:
    """Where the parts of a quotation stand in a text, in its order; None where they don't.

    `quotation` is plain text, without the quotation marks around it. One that has no words stands nowhere.

    >>> source = fold("We will not withdraw our troops from Iraq.")
    >>> find("We will […] withdraw", source) is not None, find("We will withdraw", source)
    (True, None)
    """
    folded = fold(quotation)
    if not _has_words(folded.text):
        return None
    whole = next(places(Part(folded.text.lstrip(_BEGINNING).rstrip(_ENDING)), source, 0), None)
    if whole is not None:
        return (whole,)
    for variant in dict.fromkeys(parts_of(folded, source)):
        found = _in_order(variant, source)
        if found is not None:
            return found
    return None


def has_words(quotation: str) -> bool:
    """Whether a quotation holds a letter or a figure of its source."""
    return _has_words(fold(quotation).text)


def _has_words(text: str) -> bool:
    if "[" in text or "." in text:
        text = _BRACKETS.sub("", _OMISSION.sub("", text))
    return any(map(str.isalnum, text))


def parts_of(quotation: Folded, source: Folded) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """A quotation cut at its omissions, without its insertions.

    In two ways: with what stands in brackets in the source itself kept as it is, and without any of it.
    """
    runs = _OMISSION.split(quotation.text)
    if len(runs) > MOST_MARKS or quotation.text.count("[") > MOST_MARKS:
        return (), ()
    return _parts(runs, source.text if "[" in source.text else ""), _parts(runs, "")


def _parts(runs: list[str], source: str) -> tuple[Part, ...]:
    parts = (_part(run, source) for run in runs)
    return tuple(part for part in parts if any(letter.isalnum() for letter in part.text))


def _part(run: str, source: str) -> Part:
    """One part, without the insertions that the source doesn't have."""
    text, free, done = "", [], 0
    for found in _BRACKETS.finditer(run):
        text = _joined(text, run[done : found.start()])
        done = found.end()
        inside = found[1]
        if source and found[0] in source:
            text = _joined(text, found[0])
        elif len(inside) == 1 and inside.isalpha() and run[done : done + 1].isalpha():
            free.append(len(text))
            text += inside
    text = _joined(text, run[done:])
    trimmed = text.lstrip(_BEGINNING)
    shift = len(text) - len(trimmed)
    return Part(trimmed.rstrip(_ENDING), tuple(place - shift for place in free))


def _joined(text: str, more: str) -> str:
    """Two pieces of a run, with one space where an insertion stood between two."""
    if text.endswith(" ") and (more.startswith(" ") or more[:1] in _NO_SPACE_BEFORE):
        text = text[:-1]
    return text + more


def _in_order(parts: tuple[Part, ...], source: Folded) -> tuple[Span, ...] | None:
    """The parts one after another, as close together as they stand."""
    start = 0
    for part in parts[:-1]:
        found = next(places(part, source, start), None)
        if found is None:
            return None
        start = found.end
    if not parts:
        return None
    before = [list(places(part, source, 0)) for part in parts[:-1]]
    for last in islice(places(parts[-1], source, start), MOST_TRIES):
        spans = _nearest(before, last)
        if spans is not None and _near(parts, spans, source):
            return spans
    return None


def _nearest(before: Sequence[Sequence[Span]], last: Span) -> tuple[Span, ...] | None:
    """Of the places of every part those that lie nearest before the last one's."""
    spans = [last]
    for places in reversed(before):
        index = bisect_right(places, spans[0].start, key=lambda place: place.end)
        if not index:
            return None
        spans.insert(0, places[index - 1])
    return tuple(spans)


def _near(parts: tuple[Part, ...], spans: tuple[Span, ...], source: Folded) -> bool:
    """Whether every short part stands in one block with one beside it."""
    if len(parts) == 1:
        return True
    apart = [source.marked.find("\n", one.end, other.start) >= 0 for one, other in pairwise(spans)]
    beside = [True, *apart, True]
    return all(
        len(part.text.split()) >= WORDS_THAT_STAND_ALONE or not (before and after)
        for part, before, after in zip(parts, beside, beside[1:], strict=False)
    )


def places(part: Part, source: Folded, start: int = 0) -> Iterator[Span]:
    """Where a part stands in a text, from `start` on."""
    anchor, offset = _anchor(part)
    if not anchor:
        return
    at = start + offset - 1
    for _ in range(MOST_PLACES):
        at = source.text.find(anchor, at + 1)
        if at < 0:
            return
        if _stands(part, source, at - offset):
            yield Span(at - offset, at - offset + len(part.text))


def _anchor(part: Part) -> tuple[str, int]:
    """The longest stretch of a part whose letters are all certain, and its offset."""
    if not part.free:
        return part.text, 0
    edges = [-1, *part.free, len(part.text)]
    _, start, end = max((end - start, start + 1, end) for start, end in pairwise(edges))
    return part.text[start:end], start


def _stands(part: Part, source: Folded, start: int) -> bool:
    """Whether a part stands at a place, and begins and ends where words do."""
    end = start + len(part.text)
    if start < 0 or end > len(source.text):
        return False
    if part.free:
        done = 0
        for place in part.free:
            if not source.text.startswith(part.text[done:place], start + done):
                return False
            if source.text[start + place].casefold() != part.text[place].casefold():
                return False
            done = place + 1
        if not source.text.startswith(part.text[done:], start + done):
            return False
    return begins_whole(source, start) and ends_whole(source, end)


# ---------------------------------------------------------------- where words and numbers begin and end


def begins_whole(source: Folded, start: int) -> bool:
    """Whether no word, number or compound is cut in two before a place."""
    text = source.text
    if not start or start >= len(text):
        return True
    first, before = text[start], text[start - 1]
    if _in_word(first) and _in_word(before):
        return bool(_UNSPACED.match(first) or _UNSPACED.match(before)) and not category(first).startswith("M")
    if not first.isalnum():
        return True
    further = text[start - 2] if start > 1 else " "
    if before == "-" and source.marked[start - 1] == "-":
        return not (first.isdigit() or further.isalnum())
    if before == "'" and further.isalnum():
        return _word_before(text, start - 1).casefold() in _ELIDED
    if first.isdigit() and before == ".":
        return False
    if first.isdigit() and further.isdigit():
        return before not in ",:/" and not (before == " " and _one_number(text, start - 1))
    return True


def ends_whole(source: Folded, end: int) -> bool:
    """Whether no word, number or compound is cut in two at a place."""
    text = source.text
    if end >= len(text) or not end:
        return True
    last, after = text[end - 1], text[end]
    if category(after).startswith("M"):
        return False
    if _in_word(last) and _in_word(after):
        return bool(_UNSPACED.match(last) or _UNSPACED.match(after))
    if not last.isalnum():
        return True
    further = text[end + 1] if end + 1 < len(text) else " "
    if after == "-" and source.marked[end] == "-":
        return not further.isalnum()
    if after == "'" and further.isalnum():
        # A possessive or `is` may be left off, but not `can't`.
        return further == "s" and not text[end + 2 : end + 3].isalnum()
    if last.isdigit():
        if after in "%‰°":
            return False
        if further.isdigit():
            return after not in ".,:/" and not (after == " " and _one_number(text, end))
    return True


def _in_word(letter: str) -> bool:
    return letter.isalnum() or category(letter).startswith("M")


def _word_before(text: str, end: int) -> str:
    start = end
    while start and end - start < 8 and text[start - 1].isalpha():
        start -= 1
    return text[start:end]


def _one_number(text: str, space: int) -> bool:
    """Whether a space stands between the thousands of one number, as in `35 000`."""
    before = re.search(r"(?<!\d)\d{1,3}\Z", text[max(space - 4, 0) : space])
    return bool(before and re.match(r"\d{3}(?!\d)", text[space + 1 : space + 5]))
