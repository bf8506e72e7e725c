"""Texts that are nearly the same, found without comparing each with each."""

import hashlib
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.check.sketches import BANDS, LEAST, ROWS, Shelf, bands, likeness, passages, shared, sketch, words
from tests.check.desk import article, codes, seen

VOCABULARY = [
    f"{first}{last}" for first in "bcdfghklmnprst" for last in ("a", "el", "io", "ur", "ond", "iks")
]


def prose(seed: int, length: int = 300) -> list[str]:
    """Words in a row that no other seed gives."""
    return random.Random(seed).choices(VOCABULARY, k=length)


def edited(text: list[str], every: int, seed: int = 99) -> list[str]:
    """The text with one word in so many exchanged."""
    others = random.Random(seed)
    return [others.choice(VOCABULARY) if place % every == 0 else word for place, word in enumerate(text)]


def test_a_report_printed_twice_is_found_at_the_second_with_the_share() -> None:
    text = prose(1)
    again = edited(text, 40)
    files = {
        "articles/a.md": article("a", " ".join(text)),
        "articles/b.md": article("b", " ".join(again)),
        "articles/c.md": article("c", " ".join(prose(2))),
    }
    (finding,) = seen(files)
    alike = likeness(passages(" ".join(text)), passages(" ".join(again)))
    assert 0.75 < alike < 0.95
    assert (finding.path, finding.code) == ("content/articles/b.md", "near-duplicate")
    assert finding.message == f"{int(alike * 100)} % of the text is that of 'a'"
    assert codes(files, site=f"check: {{similarity: {int(alike * 100) + 1}}}\n") == []


def test_marks_case_and_line_breaks_make_no_other_text() -> None:
    text = prose(3)
    marked = (
        "**"
        + " ".join(text[:50]).upper()
        + "**\n\n> "
        + " ".join(text[50:180])
        + "\n\n# "
        + " ".join(text[180:])
    )
    files = {"articles/a.md": article("a", " ".join(text)), "articles/b.md": article("b", marked)}
    assert seen(files)[0].message == "100 % of the text is that of 'a'"


@pytest.mark.parametrize(
    ("one", "other"),
    [("via: b\n", ""), ("", "via: a\n"), ("via: Reuters\n", "via: Reuters\n")],
    ids=["first", "second", "both"],
)
def test_a_report_that_says_what_it_repeats_is_left_alone(one: str, other: str) -> None:
    text = " ".join(prose(4))
    files = {"articles/a.md": article("a", text, one), "articles/b.md": article("b", text, other)}
    assert codes(files) == []


def test_one_page_clipped_twice_is_one_finding() -> None:
    text = " ".join(prose(5))
    files = {
        "articles/a.md": article("a", text),
        "articles/b.md": article("b", text).replace("b.example", "a.example"),
    }
    assert [code for _, code in codes(files)] == ["same-url"]


def test_of_many_that_are_alike_each_is_named_once() -> None:
    text = " ".join(prose(6))
    files = {f"articles/a{n:02}.md": article(f"a{n}", text) for n in range(20)}
    found = seen(files)
    assert len(found) == 19
    assert {finding.message for finding in found} == {"100 % of the text is that of 'a00'"}


def test_short_texts_are_not_compared() -> None:
    short = " ".join(prose(7, LEAST + 1))
    assert sketch(short) == b""
    assert codes({"articles/a.md": article("a", short), "articles/b.md": article("b", short)}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Right-size, he said.", ["right", "size", "he", "said"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("e\u0301lan \u00e9lan", ["élan", "élan"]),
        ("北约在伊拉克", ["北", "约", "在", "伊", "拉", "克"]),
        ("حلف الناتو", ["حلف", "الناتو"]),
        ("", []),
    ],
)
def test_words_of_any_script(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("length", [40, 150, 600])
@pytest.mark.parametrize("every", [60, 30, 20])
def test_sketches_tell_how_alike_texts_are_and_share_a_band(length: int, every: int) -> None:
    """Of a hundred pairs above the limit of 75 % none is missed, whatever the length."""
    missed = 0
    for seed in range(100):
        text = prose(seed, length)
        one, other = " ".join(text), " ".join(edited(text, every, seed + 1000))
        alike = likeness(passages(one), passages(other))
        first, second = sketch(one), sketch(other)
        if length > 100:
            assert abs(shared(first, second) - alike) < 0.2
        if alike >= 0.75:
            missed += not any(a == b for a, b in zip(bands(first), bands(second), strict=True))
    assert missed == 0


def test_a_shelf_gives_what_is_near_and_little_else() -> None:
    shelf = Shelf()
    for seed in range(500):
        shelf.put(str(seed), sketch(" ".join(prose(seed))))
    near = [list(shelf.near(sketch(" ".join(edited(prose(seed), 25))))) for seed in range(100)]
    assert all(found[0] == str(seed) for seed, found in enumerate(near))
    assert sum(map(len, near)) < 110


def test_a_shelf_of_one_text_stays_small() -> None:
    shelf = Shelf()
    of = sketch(" ".join(prose(1)))
    for number in range(1000):
        shelf.put(str(number), of)
    assert len(list(shelf.near(of))) <= 100


def test_a_sketch_is_the_same_in_every_process_and_every_python() -> None:
    """It is kept on the disk, and decides what is found."""
    of = sketch(" ".join(f"word{number}" for number in range(60)))
    assert len(of) == 4 * ROWS * BANDS
    assert hashlib.blake2b(of, digest_size=8).hexdigest() == "6146367b94f3fd91"


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share(one: str, other: str) -> None:
    first, second = passages(one), passages(other)
    assert 0 <= likeness(first, second) == likeness(second, first) <= 1
    assert likeness(first, first) == (1.0 if first else 0.0)


def test_passages_overlap() -> None:
    found = prose(8, 10)
    assert len(passages(" ".join(found))) == len(set(zip(found, found[1:], found[2:], strict=False)))
    assert all(a != b for a, b in pairwise(sorted(passages(" ".join(found)))))
