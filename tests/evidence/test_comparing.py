"""The nearest passage is shown with the words in which it differs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.evidence.comparing import nearest
from dossier.evidence.folding import fold

SPEECH = (
    "The Secretary General spoke. “We will not withdraw our troops from Iraq — unless they ask us — and that "
    "is what the government has said.” He left."
)
SHORT = "Nothing of the kind was said."


@pytest.mark.parametrize(
    ("quotation", "shown"),
    [
        (
            "We will withdraw our troops",
            "The Secretary General spoke. 'We will {+not+} withdraw our troops from Iraq – unless …",
        ),
        (
            "we will not withdraw our men",
            "The Secretary General spoke. [-we-] {+'We+} will not withdraw our [-men-] {+troops+} from Iraq "
            "– unless …",
        ),
        (
            "our forces from Syria",
            "… 'We will not withdraw our [-forces-] {+troops+} from [-Syria-] {+Iraq+} – unless they ask …",
        ),
        (
            "is what the government has never said",
            "… us – and that is what the government has [-never-] said'. He left.",
        ),
        ("unless they kindly ask", "… troops from Iraq – unless they [-kindly-] ask us – and that …"),
    ],
)
def test_it_shows(quotation: str, shown: str) -> None:
    found = nearest(fold(quotation), [fold(SHORT), fold(SPEECH)])
    assert found is not None
    assert (found.source, found.words) == (1, shown)


def test_it_stands_where_most_of_it_is_and_the_rarest() -> None:
    often = "the of and to in " * 200
    source = fold(f"{often} the troops of NATO and the ministers. {often}")
    found = nearest(fold("the troops of NATO and the generals"), [source])
    assert found is not None
    assert "troops of NATO and the [-generals-] {+ministers.+}" in found.words


def test_nothing_is_near_what_has_no_word_of_it() -> None:
    assert nearest(fold("Something else"), [fold(SHORT)]) is None
    assert nearest(fold("Something else"), []) is None
    assert nearest(fold("Something else"), [fold("")]) is None


WORDS = st.lists(st.sampled_from(["a", "b", "C", "c", "d’", "“e", "–", "1,000", "f."]), max_size=12).map(
    " ".join
)


@given(WORDS, st.lists(WORDS, max_size=3))
def test_both_texts_can_be_read_off(quotation: str, sources: list[str]) -> None:
    found = nearest(fold(quotation), [fold(source) for source in sources])
    if found is None:
        return
    theirs = found.words.replace("{+", "").replace("+}", "").split()
    depth, kept = 0, []
    for word in theirs:
        depth += word.startswith("[-")
        kept += [] if depth else [word]
        depth -= word.endswith("-]")
    whole = " ".join(fold(sources[found.source]).marked.replace("\u2013", " \u2013 ").split())
    assert " ".join(word for word in kept if word != "…") in whole


@pytest.mark.parametrize("quotation", ["a " * 20_000, "b a " * 10_000, "c"])
def test_time_is_bounded(quotation: str) -> None:
    source = fold("a " * 150_000 + "b c")
    begun = time.process_time()
    nearest(fold(quotation), [source])
    assert time.process_time() - begun < 2
