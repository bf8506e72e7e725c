"""Quotations in the HTML of a text: found in it, and marked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.evidence.folding import fold
from dossier.evidence.matching import find
from dossier.evidence.passages import Passage, exactly, highlighted, plain, slot_texts
from dossier.evidence.segments import joined
from dossier.markup import render

TEXT = """The “right-size” of the force was *said* to be 500 & more.
It isn’t known – yet.

- We will not leave Iraq.
- They[^1] asked **us** to stay [there](https://example.org).

> To stay, as
> asked: `forever`.

| What | When |
| ---- | ---- |
| It ends | in May |

[^1]: The ministers.
"""


def html_of(text: str) -> str:
    rendered = render(text, path="content/articles/a.md", first_line=1, citations=False)
    return joined(rendered.segments, slot_texts(rendered.body.slots))


def marked(text: str, *quotations: str) -> str:
    passages = [Passage(f"q{number}", words) for number, words in enumerate(quotations, start=1)]
    return highlighted(html_of(text), passages)


def test_plain_text_has_a_line_for_each_block() -> None:
    lines = [" ".join(line.split()) for line in plain(html_of(TEXT)).split("\n")]
    assert [line for line in lines if line] == [
        "The “right-size” of the force was said to be 500 & more. It isn’t known – yet.",
        "We will not leave Iraq.",
        "They asked us to stay there.",
        "To stay, as asked: forever.",
        "What",
        "When",
        "It ends",
        "in May",
        "The ministers.",
    ]


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("We will not leave", '<li><mark class="quoted" id="q1">We will not leave</mark> Iraq.</li>'),
        ("isn't known - yet.", '<mark class="quoted" id="q1">isn’t known – yet</mark>.</p>'),
        (
            "force was said to be 500 & more. It isn't",
            'the <mark class="quoted" id="q1">force was </mark><em><mark class="quoted">said</mark></em>'
            '<mark class="quoted"> to be 500 &amp; more.\nIt isn’t</mark> known',
        ),
        (
            "asked us to stay there",
            '<mark class="quoted" id="q1">asked </mark><strong><mark class="quoted">us</mark></strong>'
            '<mark class="quoted"> to stay </mark><a href="https://example.org" rel="external">'
            '<mark class="quoted">there</mark></a>.',
        ),
        ("To stay, as asked: forever", '<p><mark class="quoted" id="q1">To stay, as\nasked: </mark><code>'),
        ("We will […] leave", '<mark class="quoted" id="q1">We will not leave</mark> Iraq.'),
        (
            "leave Iraq. They asked",
            'leave Iraq.</mark></li>\n<li><mark class="quoted">They</mark><sup class="footnote-ref">',
        ),
    ],
)
def test_a_passage_is_marked(quotation: str, expected: str) -> None:
    assert expected in marked(TEXT, quotation)


def test_passages_may_lie_in_one_another() -> None:
    assert '<mark class="quoted" id="q1">We will </mark><mark class="quoted">' in marked(
        TEXT, "We will not leave Iraq", "not leave"
    )
    assert marked("a bb cc dd", "a bb cc", "bb cc dd") == (
        '<p><mark class="quoted" id="q1">a </mark><mark class="quoted"><mark class="quoted" id="q2">bb cc'
        '</mark></mark><mark class="quoted"> dd</mark></p>\n'
    )


def test_the_anchor_of_a_passage_that_is_not_found_is_there_all_the_same() -> None:
    assert marked("We stay.", "We go") == '<span id="q1"></span><p>We stay.</p>\n'


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("unable to go", "able to go"),
        ("we can't go", "we can"),
        ("35 000 men", "000 men"),
        ("in 2,500 men", "in 2"),
        ("[x](https://example.org/ab 'we stay here')", "we stay"),
        ("![we stay here](a.png)", "stay"),
        ("non-nuclear arms", "nuclear arms"),
    ],
)
def test_a_quick_look_finds_nothing_that_a_close_one_would_not(text: str, quotation: str) -> None:
    assert exactly(html_of(text), quotation) is None


PIECES = st.sampled_from(
    [
        "we",
        "stay",
        "not",
        "can't",
        "’s",
        "*",
        "**",
        " ",
        "\n",
        "\n\n",
        "- ",
        "> ",
        "“",
        '"',
        "&",
        "<",
        "—",
        "-",
    ]
) | st.sampled_from(["35", " 000", ".", ",", "[a](b.md)", "`c`", "é", "\u00a0", "[^1]", "\n\n[^1]: d"])


@given(st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES, min_size=1, max_size=6).map("".join))
def test_both_looks_agree_and_marks_change_no_word(text: str, quotation: str) -> None:
    html = html_of(text)
    if exactly(html, quotation) is not None:
        assert find(quotation, fold(plain(html))) is not None
    once = highlighted(html, [Passage("q1", quotation), Passage("q2", "we stay")])
    assert re.sub(r"</?mark[^>]*>|<span id=\"q\d\"></span>", "", once) == html
    assert once.count('id="q1"') == once.count('id="q2"') == 1
    assert once.count("<mark") == once.count("</mark>")
