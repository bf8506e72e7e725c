"""The direct way from plainly written Markdown to HTML gives what markdown-it-py gives, or nothing."""

import json
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from dossier.markup import commonmark, direct
from dossier.markup.inline import AFTER, BEFORE

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "tests" / "data" / "commonmark" / "spec.json"
DEMONSTRATION = sorted((ROOT / "content").glob("*/*.md"))
PATH = "content/notes/n.md"


def goes_directly(text: str, path: str = PATH, opening_words: int = 6) -> bool:
    """Whether a text goes the direct way, with citations and without; if so, it must come to the same."""
    direct_ways = set()
    for citations in (True, False):
        quick = direct.convert(text, path, 5, citations, opening_words)
        if quick is not None:
            assert quick == commonmark.convert(text, path, 5, citations, opening_words)
        direct_ways.add(quick is not None)
    return any(direct_ways)


def body_of(document: str) -> str:
    return document.split("\n---\n", 1)[1]


def test_on_the_specification() -> None:
    examples = json.loads(SPEC.read_text(encoding="utf-8"))
    assert sum(goes_directly(example["markdown"]) for example in examples) > 50


def test_on_the_demonstration() -> None:
    texts = [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in DEMONSTRATION]
    assert sum(goes_directly(body_of(text), path, 300) for path, text in texts) > len(texts) * 0.8


def benchmark_documents() -> Iterator[str]:
    """The articles, notes and topics of a small benchmark."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import corpus
        import layouts
    finally:
        sys.path.pop(0)
    made = corpus.make_corpus(100, seed=7)
    yield from (layouts.dossier_article(article) for article in made.articles())
    yield from (layouts.dossier_note(note) for note in made.notes())
    yield from (layouts.dossier_topic(topic) for topic in made.topics)


def test_on_the_benchmark() -> None:
    assert all(goes_directly(body_of(document)) for document in benchmark_documents())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "a\nb\n\n\n\nc",
        "# a\n## b\nc\n\n## b",
        "###### a",
        "- a\n- *b*\n\nc\n\n- d",
        "> a\n> b [@c]\n>\n> d [[e]]\n\n> f",
        "a *b **c [@d] e** f* g",
        "**Note:** _b_ (*c*) “*d*”, snake_case 2019_20_21",
        "a [sic] b [c](d.md#e) f [g](h/i.png) j [k](https://l.m/n_o_p)",
        "see https://a.b/c_d_e. And (http://f.g)!",
        "On `a * b` [@c, p. 4; see @d]\n[@e] @f, g@h",
        '1986\\. A \\*b\\* AT&T ~500 c > d "e"',
        "[[a#B c|d & e]] f [[g]]",
    ],
)
def test_what_goes_directly(text: str) -> None:
    assert goes_directly(text)


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n- b",
        "- a\nb",
        "- a\n  - b",
        "> a\nb",
        "> [!NOTE]\n> a",
        "a\n---",
        "a\n\n: b",
        "a | b\n- | -\nc | d",
        "[a]: b",
        "a[^1]\n\n[^1]: b",
        "a  \nb",
        "a\\\nb",
        "\ta",
        "a\n b",
        "1. a",
        "***a***",
        "*a",
        "a*b*c*",
        "_a *b_ c*",
        "&amp;",
        "<b>",
        "![a](b.png)",
        "[a](#b)",
        "[a](javascript:b)",
        "[a *b](c) d*",
        "``a`b``",
        "~~a~~",
        "## a ##",
        "[[#a]]",
        "\u00a0\n\na",
    ],
)
def test_what_does_not(text: str) -> None:
    assert not goes_directly(text)


def test_only_a_mark_of_punctuation_may_stand_beside_emphasis() -> None:
    assert all(isMdAsciiPunct(ord(mark)) or isPunctChar(mark) for mark in BEFORE + AFTER)
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if character.isalnum():
            assert not isPunctChar(character), unicodedata.name(character)
            assert not isWhiteSpace(code)
        if isWhiteSpace(code):
            assert character.isspace()


# fmt: off
WORDS = st.sampled_from(
    ["a", "word", "NATO", "snake_case", "it's", "1986", "5.5", "AT&T", "é", "日本", "𝒳", "٣", "½", "²",
     "“said”", "(x)", "—", "x*y", "a.", "b,", "c:", "d?"]
)
CONSTRUCTS = st.sampled_from(
    ["*a*", "**a b**", "_a_", "__b__", "`c`", "`c d`", "(*a*)", '"*a*"', "*a*,", "-*a*-", "**`x`**",
     "[a](b.md)", "[a](../x/b.md#c)", "[a b](x.png)", "[a](https://e.org/a_b*c)", "*[a](https://b.c)*",
     "[*a*](u)", "[a](b c)", "[sic]", "[…]", "![a](b.png)", "[^1]", "[a](mailto:a@b.c)", "a@b.c",
     "https://e.org/a_b.", "http://x.y/?a=1&amp;b", "https://e.org/?a&b", "ftp://a.b",
     "@id", "[@id]", "[@a; see @b, p. 4]", "[[a|b]]", "[[a#b]]", "[[#x]]", "\\*", "\\[", "\\@", "\\\\"]
)
BITS = st.sampled_from(
    ["*", "**", "_", "__", "***", "`", "``", "~", "~~", "!", "[", "]", "(", ")", "[[", "]]", "](", "|",
     "#", "@", "&amp;", "&", "&lt", "\\", '"', "'", "“", "”", "«", ".", ":", "://", "-", "–", "…", "/",
     "<b>", "<", ">", "=", "+", "{", "%", "\u00a0", "\u2009", "\u3000", "\u200b", "\u0301", "\u2028"]
)
STARTS = st.sampled_from(
    ["# ", "## ", "- ", "* ", "+ ", "> ", ">", "> - ", "1. ", "2) ", "1986. ", "    ", "\t", ": ", "~ ",
     "[a]: ", "[^1]: ", "|-|-|", "---", "===", "***", "```", "> [!NOTE]", "<!-- x -->", "#tag", "-x",
     "**B** ", "_a ", "[a](b) ", "[sic] ", "@id "]
)
# fmt: on
SPACES = st.sampled_from(["", " ", " ", " ", "  "])
PIECES = st.tuples(SPACES, WORDS | CONSTRUCTS | CONSTRUCTS | BITS).map("".join)
INLINE = st.lists(PIECES, min_size=1, max_size=6).map("".join).map(str.strip)
LINES = INLINE | INLINE | st.tuples(STARTS, INLINE).map("".join) | st.tuples(INLINE, BITS).map("".join)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
HEADINGS = st.tuples(st.integers(1, 6), INLINE).map(lambda made: "#" * made[0] + " " + made[1])
LISTS = st.tuples(st.sampled_from("-*+"), st.lists(INLINE, min_size=1, max_size=3)).map(
    lambda made: "\n".join(f"{made[0]} {item}" for item in made[1])
)
QUOTES = st.lists(INLINE.map("> ".__add__) | st.just(">"), min_size=1, max_size=3).map("\n".join)
BLOCKS = PARAGRAPHS | PARAGRAPHS | HEADINGS | LISTS | QUOTES
GAPS = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n \n"])
TEXTS = st.lists(st.tuples(BLOCKS, GAPS).map("".join), min_size=1, max_size=4).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_on_anything(text: str) -> None:
    goes_directly(text)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(TEXTS)
def test_on_very_much(text: str) -> None:
    goes_directly(text)


@pytest.mark.parametrize(
    "piece", ["[", "[a] ", "[@a] ", "# a\n", "*a ", "&a", "://", "[a](", "@a", "> a\n>\n"]
)
def test_a_long_text_takes_no_longer_than_its_length_says(piece: str) -> None:
    begun = time.process_time()
    direct.convert((piece * 200_000).rstrip(), PATH, 1, True, 6)
    assert time.process_time() - begun < 5
