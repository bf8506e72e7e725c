"""The quick way through plain paragraphs changes nothing."""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.markup.parser import Parser

SPEC = Path(__file__).parents[1] / "data" / "commonmark" / "spec.json"
EXAMPLES = [example["markdown"] for example in json.loads(SPEC.read_text(encoding="utf-8"))]


@cache
def parsers() -> tuple[Parser, Parser]:
    """The parser as it is, and one without the quick way."""
    slow = Parser()
    slow.disable("plain_paragraph")
    return Parser(), slow


def assert_same(text: str) -> None:
    quick, slow = ([token.as_dict() for token in md.parse(text, {"citations": True})] for md in parsers())
    assert quick == slow


def test_on_the_specification() -> None:
    for example in EXAMPLES:
        assert_same(example)


@pytest.mark.parametrize(
    "text",
    [
        "a\n\n: b",
        "a\n\n\n: b",
        "a\nb\n\n: c",
        "a|b\n-|-\nc",
        "a\n: b\nc\n: d",
        "a\n---",
        "a\n2. b",
        "1986. a",
        "a\n1986 b",
        "[a]: b\nc",
        "[a] b\n[^1]: c",
        "- a\n\n b\n- c\nd\n  e",
        "> a\nb\n> c\n\nd",
        "a\n<!-- b\n\nc -->",
        "  a\n    b\n\tc",
        "> a\n\n: b",
    ],
)
def test_on_what_follows_a_paragraph(text: str) -> None:
    assert_same(text)


PIECES = st.sampled_from(
    [
        *"abc123 \t\n\n\n>-*_#=`~:|[]()<!.+",
        "    ",
        "1. ",
        "- ",
        "> ",
        "[^1]: ",
        "<!--",
        "-->",
        "|-|",
        "\u00a0",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_on_anything(text: str) -> None:
    assert_same(text)
