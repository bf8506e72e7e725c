"""What differs between two texts is found whatever they are, and can be read."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.history.words import MOST_WORDS, difference, script

WORDS = st.lists(st.sampled_from("abcd"), max_size=14)


@given(WORDS, WORDS)
def test_what_stays_goes_and_comes_is_both_texts(before: list[str], after: list[str]) -> None:
    runs = script(before, after)
    assert [word for kind, words in runs if kind != "added" for word in words] == before
    assert [word for kind, words in runs if kind != "removed" for word in words] == after


@given(WORDS)
def test_equal_texts_have_no_differences(text: list[str]) -> None:
    assert all(kind == "same" for kind, _ in script(text, text))
    assert difference([" ".join(text)], [" ".join(text)]).parts == ()


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("One two three.", "One 2 three.", "One -two +2 three."),
        ("It goes on.", "They go on.", "-It_goes +They_go on."),
        # One word that stayed between two changes is no help to readers.
        ("a x b y c d e", "a 1 b 2 c d e", "a -x_b_y +1_b_2 c_d_e"),
        ("Text.", "Text. And more.", "Text. +And_more."),
        ("Text.", "", "-Text."),
    ],
)
def test_a_change_reads_well(before: str, after: str, shown: str) -> None:
    parts = difference([before] if before else [], [after] if after else []).parts
    signs = {"same": "", "added": "+", "removed": "-"}
    assert (
        " ".join(signs[run.kind] + run.text.replace(" ", "_") for part in parts for run in part.runs) == shown
    )


def test_paragraphs_that_stayed_are_left_out() -> None:
    before = [f"Paragraph {number}." for number in range(50)]
    after = [*before[:20], "Another one.", *before[21:]]
    (part,) = difference(before, after).parts
    assert [run.kind for run in part.runs] == ["removed", "added"]


def test_little_is_shown_of_much() -> None:
    found = difference([], ["word " * 10_000])
    assert (found.added, found.more) == (10_000, 10_000 - MOST_WORDS)
    assert sum(len(run.text.split()) for part in found.parts for run in part.runs) <= MOST_WORDS + 1


@pytest.mark.parametrize("words", [("a", "b"), tuple(map(str, range(5000)))])
def test_texts_that_have_nothing_in_common_take_no_long(words: tuple[str, ...]) -> None:
    before = [" ".join(words[(i * 7) % len(words)] for i in range(50_000))] * 20
    after = [" ".join(words[(i * i) % len(words)] for i in range(50_000))] * 20
    began = time.process_time()
    difference(before, after)
    assert time.process_time() - began < 5
