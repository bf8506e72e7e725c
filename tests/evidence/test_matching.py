"""Whether quotations stand in their sources: a table of pairs, and laws that hold for all."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dossier.evidence.folding import fold
from dossier.evidence.matching import find, has_words

TABLE = (Path(__file__).parent / "pairs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (.+?) \| (.+?) \| (verified|differs) \|$", re.M)
ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\(n)")


def unescaped(cell: str) -> str:
    text = ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else " ", cell)
    return text.replace("¶", "\n")


PAIRS = [(unescaped(text), unescaped(quotation), verdict) for text, quotation, verdict in ROW.findall(TABLE)]


def verified(quotation: str, text: str) -> bool:
    return find(quotation, fold(text)) is not None


@pytest.mark.parametrize(("text", "quotation", "verdict"), PAIRS)
def test_every_pair_gets_its_verdict(text: str, quotation: str, verdict: str) -> None:
    assert verified(quotation, text) == (verdict == "verified")


def test_the_table_is_long_enough_and_all_of_it_is_read() -> None:
    assert TABLE.count("\n| ") == len(PAIRS) + 2 * TABLE.count("\n## ")
    assert len(PAIRS) >= 60


@pytest.mark.parametrize("quotation", ["", "…", "[…]", "[he]", "“”", " - ", "[he] […] [she]"])
def test_a_quotation_without_words_stands_nowhere(quotation: str) -> None:
    assert not verified(quotation, "he and “she” … - stay [he]")
    assert not has_words(quotation)


# ---------------------------------------------------------------- laws

WORDS = st.sampled_from(
    ["We", "will", "not", "leave", "Iraq", "NATO’s", "right-size", "2,500", "troops", "“as", "long”", "été"]
) | st.sampled_from(["—", "it’s", "U.S.", "forces,", "(all)", "Größe", "no", "Ираке", "35 %", "and"])
TEXTS = st.lists(WORDS, min_size=4, max_size=30)
# Each way of typing is another one of the same text.
TYPINGS = {
    "straight": {"“": '"', "”": '"', "’": "'", "—": "--"},
    "dashes": {"—": "–"},
    "single": {"“": "‘", "”": "’"},
    "guillemets": {"“": "«\u00a0", "”": "\u00a0»"},
    "joined": {" — ": "—"},
    "hyphens": {"-": "\u2010"},
    "no breaks": {" ": "\u00a0"},
    "breaks": {" ": "\n"},
    "many spaces": {" ": "   "},
    "soft hyphens": {"o": "\u00ado"},
    "decomposed": {"é": "e\u0301", "ö": "o\u0308"},
    "emphasis": {"not": "*not*", "leave": "__leave__"},
}


def typed(text: str, way: str) -> str:
    for old, new in TYPINGS[way].items():
        text = text.replace(old, new)
    return text


@given(TEXTS, st.data(), st.sampled_from(list(TYPINGS)), st.sampled_from(list(TYPINGS)))
@example(["We", "will", "not", "leave", "Iraq"], None, "emphasis", "no breaks")
def test_words_of_the_text_are_verified_however_either_is_typed(
    words: list[str], data: st.DataObject | None, one: str, other: str
) -> None:
    start = data.draw(st.integers(0, len(words) - 1)) if data else 1
    end = data.draw(st.integers(start + 1, len(words))) if data else 4
    quotation = " ".join(words[start:end])
    assume(has_words(quotation) and quotation.count("“") == quotation.count("”"))
    text = typed(" ".join(words), one)
    assert verified(typed(quotation, other).replace("\n", " "), text.replace("\n", " "))


@given(TEXTS, st.data())
def test_a_word_changed_is_never_verified(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from(["Syria", "never", "3,500", "Nato", "Irаq", "ete"]))
    quotation = " ".join([*words[:place], other, *words[place + 1 :]])
    assert not verified(quotation, " ".join(words))


@given(TEXTS, st.data())
def test_a_word_dropped_is_never_verified(words: list[str], data: st.DataObject) -> None:
    words = [f"{word}{number}" if word[-1].isalnum() else word for number, word in enumerate(words)]
    place = data.draw(st.integers(1, len(words) - 2))
    assume(words[place].strip("“”’—,"))
    quotation = " ".join([*words[:place], *words[place + 1 :]])
    assume(has_words(quotation) and fold(quotation).text not in fold(" ".join(words)).text)
    assert not verified(quotation, " ".join(words))
    assert verified(" ".join([*words[:place], "[…]", *words[place + 1 :]]), " ".join(words))


@given(st.text(max_size=60), st.text(max_size=12))
@example("[", "[[")
@example("a - b", " -")
@example("İi̇", "i̇")
def test_any_text_can_be_matched_with_any(text: str, quotation: str) -> None:
    source = fold(text)
    assert len(source.text) == len(source.marked)
    for span in find(quotation, source) or ():
        assert 0 <= span.start < span.end <= len(source.text)


@given(st.text(max_size=80))
def test_what_is_brought_to_its_form_has_it(text: str) -> None:
    folded = fold(text).marked
    assert "  " not in folded
    assert not set("“”’«»—\u00a0\u00ad\u2011").intersection(folded)


# ---------------------------------------------------------------- hostile texts

LONG = 300_000


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("a" * LONG, "a" * 5_000),
        ("a " * LONG, "b […] a"),
        ("ab " * LONG, "b"),
        ("a " * LONG, "[a]a " * 2_000),
        ("a b " * LONG, "a […] " * 40 + "c"),
        ("a b " * LONG, "a […] b […] " * 40 + "c"),
        ("a\n" * LONG, "a […] a […] a"),
        ("A " * LONG, "[a]b " * 30),
        (" " * LONG + "a", "a" + " " * LONG + "b"),
        ("*" * LONG + "a", "_" * LONG),
        ("[" * LONG, "[" * LONG + "a"),
        ("." * LONG, ". " * LONG + "a"),
        ("- " * LONG, "a" + " -" * LONG),
        ("e\u0301" * LONG, "e" + "\u0301" * 10_000),
        ("« " * LONG, "«" * LONG + "a"),
        ("''" * LONG, "a" + "'" * LONG),
    ],
)
def test_time_grows_no_faster_than_the_texts(text: str, quotation: str) -> None:
    begun = time.process_time()
    find(quotation, fold(text))
    assert time.process_time() - begun < 3
