"""Sketches of texts, by which those that are nearly the same are found without comparing each with each.

A text is the set of its passages, all runs of three words; how alike two texts are is the share of the
passages that both have (Jaccard's index). MinHash with one permutation (Li, Owen, Zhang, 2012) makes of the
set a sketch of 128 numbers, the least hash of each of 128 bins, of which two texts share as many as they are
alike; an empty bin borrows from the next (Shrivastava and Li, 2014). Four neighbouring numbers are a band:
of two texts that are 75 % alike, one of the 32 bands is the same all but surely, of two that are 20 % alike,
in one case of twenty.
"""

import re
import unicodedata
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from html import unescape
from operator import eq

PASSAGE = 3
# Texts with fewer passages are too short to tell a copy from what everybody would write.
LEAST = 20
BINS, ROWS = 128, 4
BANDS = BINS // ROWS
MOST_OF_A_BAND = 50
MOST_COMPARED = 100
_BIN_SHIFT = 32 - 7
_WORD = 4  # bytes
_FACTORS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)
_MASK = 0xFFFFFFFF
# Scripts that are written without spaces between words: there each letter is taken for one.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_SPLIT = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_WORDS = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]*>")


class _Numbers(dict[str, int]):
    """A number for each word, the same in every process."""

    def __missing__(self, word: str) -> int:
        number = self[word] = zlib.crc32(word.encode("utf-8", "surrogatepass"))
        return number


def text_of(segments: Sequence[str]) -> str:
    """The text of a body without its marks, from the HTML between its slots."""
    return unescape(_TAG.sub(" ", " ".join(segments)))


def words(text: str) -> list[str]:
    """The words of a text, without regard to case and to forms of one letter."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.casefold()
    return (_SPLIT if _HAS_UNSPACED.search(text) else _WORDS).findall(text)


def passages(text: str) -> set[int]:
    """The passages of a text, as numbers of 32 bits."""
    numbers = _Numbers()
    found = list(map(numbers.__getitem__, words(text)))
    first, second, third = _FACTORS
    return {
        (a * first + b * second + c * third) & _MASK
        for a, b, c in zip(found, found[1:], found[2:], strict=False)
    }


def sketch(text: str) -> bytes:
    """The sketch of a text: 128 numbers of 32 bits; empty for one that is too short."""
    found = passages(text)
    if len(found) < LEAST:
        return b""
    # Of those in one bin the least comes last, and stays.
    least = {number >> _BIN_SHIFT: number for number in sorted(found, reverse=True)}
    numbers = array("I", bytes(BINS * _WORD))
    borrowed, distance = least[min(least)], 0
    for place in reversed(range(BINS)):
        if place in least:
            borrowed, distance = least[place], 0
        else:
            distance += 1
        numbers[place] = (borrowed + distance * _FACTORS[0]) & _MASK
    return numbers.tobytes()


def bands(of: bytes) -> Iterable[bytes]:
    """The bands of a sketch."""
    width = ROWS * _WORD
    return (of[start : start + width] for start in range(0, BINS * _WORD, width))


def likeness(one: set[int], other: set[int]) -> float:
    """How alike two texts are: the share of their passages that both have, from 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0


def shared(one: bytes, other: bytes) -> float:
    """The share of the numbers that two sketches have in common: about how alike their texts are."""
    equal: Iterable[bool] = map(eq, memoryview(one).cast("I"), memoryview(other).cast("I"))
    return sum(equal) / BINS


class Shelf:
    """Sketches by their bands. What has a band in common with one of them may be nearly the same.

    A shelf with many sketches of one band, as boilerplate makes them, takes no more of these.
    """

    def __init__(self) -> None:
        self._bands: list[dict[bytes, list[str]]] = [{} for _ in range(BANDS)]

    def put(self, name: str, of: bytes) -> None:
        """Put a sketch on the shelf."""
        for place, band in zip(self._bands, bands(of), strict=True):
            names = place.setdefault(band, [])
            if len(names) < MOST_OF_A_BAND:
                names.append(name)

    def near(self, of: bytes) -> Iterable[str]:
        """The names of those that may be nearly the same, those with most bands in common first."""
        counted: Counter[str] = Counter()
        for place, band in zip(self._bands, bands(of), strict=True):
            counted.update(place.get(band, ()))
        return (name for name, _ in counted.most_common(MOST_COMPARED))
