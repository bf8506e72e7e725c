"""Where a cursor is in front matter that is being typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.lsp.matter import Spot, front_matter, spot
from tests.lsp.editor import CURSOR


def at(text: str) -> Spot | None:
    before, _, after = text.partition(CURSOR)
    lines = (before + after).split("\n")
    return spot(lines, range(len(lines)), before.count("\n"), len(before.rpartition("\n")[2]))


@pytest.mark.parametrize(
    ("text", "above", "key", "written"),
    [
        ("tit‸", (), None, "tit"),
        ("title: A\n‸", (), None, ""),
        ("kind: ne‸", (), "kind", "ne"),
        ("topics: [a, b‸", (), "topics", "b"),
        ('topics: ["a‸', (), "topics", "a"),
        ("topics:\n  - a‸", ("topics",), None, "a"),
        ("topics:\n- a‸", ("topics",), None, "a"),
        ("events:\n  - date: 2020\n    ti‸", ("events",), None, "ti"),
        ("events:\n  - date: 2020\n    places: [ba‸", ("events",), "places", "ba"),
        ("claims:\n  - id: a\n    evidence:\n      - article: x‸", ("claims", "evidence"), "article", "x"),
        ("claims:\n  - id: a\n    evidence:\n      - article: x\n  - st‸", ("claims",), None, "st"),
        ("links: [{title: A, url‸", ("links",), None, "url"),
        ("coordinates: {lat‸", ("coordinates",), None, "lat"),
        ("coordinates: {latitude: 3‸", ("coordinates",), "latitude", "3"),
        ("check:\n  quiet‸", ("check",), None, "quiet"),
        ("بغداد:\n  na‸", ("بغداد",), None, "na"),
    ],
)
def test_it_is_told_by_lines_and_their_indentation(
    text: str, above: tuple[str, ...], key: str | None, written: str
) -> None:
    found = at(text)
    assert found is not None
    assert (found.above, found.key, found.written) == (above, key, written)


def test_what_stands_beside_is_known() -> None:
    found = at("title: A\nkind: news\n‸\ntags: []\n")
    assert found is not None
    assert found.beside == {"title", "kind", "tags"}
    found = at("events:\n  - date: 2020\n    end: 2021\n    ‸\n  - title: T\n")
    assert found is not None
    assert found.beside == {"date", "end"}


@pytest.mark.parametrize("text", ["# a comm‸", "title: A # and‸", "topics: [a]‸"])
def test_there_is_nothing_to_say_in_comments_and_behind_lists(text: str) -> None:
    assert at(text) is None


def test_front_matter_ends_at_its_fence_or_nowhere() -> None:
    assert front_matter(["---", "a: b", "---", "text"]) == range(1, 2)
    assert front_matter(["---", "a: b", "text"]) == range(1, 3)
    assert front_matter(["text", "---"]) == range(0)
    assert front_matter([]) == range(0)


@given(text=st.text(st.sampled_from("ab:-[]{},\"'# \n‸"), max_size=40))
def test_nothing_that_is_typed_is_too_odd(text: str) -> None:
    found = at(text)
    if found is not None:
        line = text.partition(CURSOR)[0].rpartition("\n")[2]
        assert line[found.start :].startswith(found.written.rstrip("\n")) or found.written in line
