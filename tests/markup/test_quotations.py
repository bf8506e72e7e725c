"""Quotations with a citation are noticed in texts, with their speakers and their places."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.diagnostics import Mark
from dossier.markup import commonmark, direct
from dossier.model import Quotation

from .examples import note, whole

# What stands in a note, its quotation's words, and who is named as the speaker.
QUOTED = [
    ("He said “we stay” [@a].", "we stay", ""),
    ('He said "we stay" [@a].', "we stay", ""),
    ("He said ‘we stay’ [@a].", "we stay", ""),
    ("He said 'we stay' [@a].", "we stay", ""),
    ("Il dit « nous restons » [@a].", "nous restons", ""),
    ("Er sagt „wir bleiben“ [@a].", "wir bleiben", ""),
    ("Er sagt ‚wir bleiben‘ [@a].", "wir bleiben", ""),
    ("Er sagt »wir bleiben« [@a].", "wir bleiben", ""),
    ("Hän sanoi »jäämme» [@a].", "jäämme", ""),
    ("Han sade ”vi stannar” [@a].", "vi stannar", ""),
    ("他说「我们留下」[@a]。", "我们留下", ""),
    ("“We stay”[@a]", "we stay".capitalize(), ""),
    ("“We\nstay”\n[@a]", "We stay", ""),
    ("“We *really* **stay**” [@a]", "We really stay", ""),
    ("*“We stay”* [@a]", "We stay", ""),
    ("**“We [stay](b.md)”** [@a]", "We stay", ""),
    ("“We are in [[iraq|Iraq]]” [@a]", "We are in Iraq", ""),
    ("“We say ‘we don’t know’ and ‘maybe’” [@a]", "We say ‘we don’t know’ and ‘maybe’", ""),
    ("‘It’s the troops’ duty’ [@a]", "It’s the troops’ duty", ""),
    ("“He said “no”” [@a]", "He said “no”", ""),
    ('"He said "no" twice" [@a]', 'He said "no" twice', ""),
    ("“One” and “two” [@a]", "two", ""),
    ("“We `stay`” [@a]", "We stay", ""),
    ("(Mark Esper, “we stay” [@a])", "we stay", "Mark Esper"),
    ("(Mark Esper, US Secretary of Defense, “we stay” [@a])", "we stay", "Mark Esper"),
    ("([[mark-esper|Mark Esper]], “we stay” [@a])", "we stay", "Mark Esper"),
    ("([[mark-esper]], “we stay” [@a])", "we stay", "mark-esper"),
    ("(as he said, “we stay” [@a])", "we stay", ""),
    ("(he was asked\nby Esper, “we stay” [@a])", "we stay", ""),
    ('“we stay” [@a]{speaker="Mark Esper"}.', "we stay", "Mark Esper"),
    ("“we stay” [@a, p. 4]{speaker=“Mark Esper”}", "we stay", "Mark Esper"),
    ("(Ada, “we stay” [@a]{speaker=esper})", "we stay", "esper"),
    ("> We stay. [@a]", "We stay.", ""),
    ("> We stay [@a].", "We stay", ""),
    ("> We\n> stay.\n>\n> For *long*. [@a]", "We stay.\nFor long.", ""),
    ("> We stay.\n>\n> — Mark Esper, Secretary [@a]", "We stay.", "Mark Esper"),
    ("> We stay.\n> -- Mark Esper [@a]", "We stay.", "Mark Esper"),
    ("> — We stay [@a]", "— We stay", ""),
    ("> “We stay” [@a]", "“We stay”", ""),
    ("> We stay. [@a]{speaker=Esper}", "We stay.", "Esper"),
    ("> - One\n> - two [@a]", "One\ntwo", ""),
    ("> He was asked.\n>> We stay. [@a]", "We stay.", ""),
    ("- x\n\n  > We stay. [@a]", "We stay.", ""),
    ("| x | “We stay” [@a] |\n| - | - |", "We stay", ""),
    ("x[^1]\n\n[^1]: “We stay” [@a]", "We stay", ""),
    ("Term\n: “We stay” [@a]", "We stay", ""),
]


@pytest.mark.parametrize(("text", "words", "speaker"), QUOTED)
def test_a_quotation_is(text: str, words: str, speaker: str) -> None:
    body = note(text).body
    assert body.quotations == (Quotation(words, ("a",), speaker),)
    kinds = [slot.kind for slot in body.slots]
    place = kinds.index("quotation")
    assert kinds[place + 1 :] in ([], ["note"])
    assert body.slots[place - 1].items[0].id == "a"


@pytest.mark.parametrize(
    "text",
    [
        "We stay [@a].",
        "“We stay” [see above].",
        "“We stay”, he said [@a].",
        "“We stay” @a",
        "We stay” [@a]",
        "“We stay [@a]",
        "“…” [@a]",
        "The troops’ duty’ [@a]",
        "5'11\" [@a]",
        "> [@a]",
        "> We stay.",
        "> We stay [@a] for long.",
        "> [!NOTE]\n> We stay [@a]",
        "`“we stay”` and [@a]",
    ],
)
def test_no_quotation_is(text: str) -> None:
    assert note(text).body.quotations == ()


def test_several_articles_are_cited_for_one() -> None:
    body = note("“We stay” [@a; see @b, p. 3; @a]").body
    assert body.quotations == (Quotation("We stay", ("a", "b")),)


def test_only_the_citation_that_follows_is_its_own() -> None:
    body = note("“We stay” [@a] [@b], “we go” [@c].").body
    assert [quotation.articles for quotation in body.quotations] == [("a",), ("c",)]


def test_its_slot_stands_behind_its_citation() -> None:
    assert whole(note("“We stay” [@a], he said.")) == (
        "<p>“We stay” {{cite 1 a}}{{quotation}}, he said.</p>\n"
    )


def test_articles_have_none() -> None:
    assert direct.convert("“We stay” [@a]", "content/articles/x.md", 1, False, 0).body.quotations == ()


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("He “is\nin” “a\nb” [@a]", [(2, 5, "“a")]),
        ("He said 'no' and 'it's no' [@a]", [(1, 18, "'it's no'")]),
        ("- x\n- He said “no” [@a]", [(2, 11, "“no”")]),
        ("A\n\n> One\n> two.\n>\n> Three [@a]", [(3, 3, "One")]),
        ("> [!NOTE]\n> “no” [@a]", [(2, 3, "“no”")]),
        ("| a | “no” [@a] |\n| - | - |", [(1, 7, "“no”")]),
        ("a\\\n  b “no” [@a] *“yes\nsir”*\n[@b]", [(2, 5, "“no”"), (2, 16, "“yes")]),
    ],
)
def test_its_place_is_known(text: str, under: list[tuple[int, int, str]]) -> None:
    lines = text.split("\n")
    assert under == [
        (mark.line, mark.column, lines[mark.line - 1][mark.column - 1 : mark.column - 1 + mark.length])
        for mark in note(text).quoted
    ]


def test_a_speaker_without_a_quotation_is_a_finding() -> None:
    found = note("We stay [@a]{speaker=Esper}.").diagnostics
    assert [(one.mark, one.code) for one in found] == [(Mark(1, 9, 19), "unused-speaker")]


PIECES = st.sampled_from(
    [*"“”‘’'\"«»„ \n.,—()*a1", "Ada", "[@a]", "[@b; @c]", "@d", "{speaker=Ada}", '{speaker="A B"}', "> "]
) | st.sampled_from(["\n\n", "[[x|“y”]]", "`”`", "https://a.b", "\n>\n> ", "(Ada, “", "” [@a]"])


@given(st.lists(PIECES, max_size=24).map("".join))
@settings(max_examples=1000)
def test_both_ways_of_reading_find_the_same(text: str) -> None:
    quick = direct.convert(text, "content/notes/n.md", 3, True, 6)
    if quick is not None:
        assert quick == commonmark.convert(text, "content/notes/n.md", 3, True, 6)


@pytest.mark.parametrize(
    "text",
    [
        "“" * 30_000 + "” [@a]",
        "“a” [@a] " * 6_000,
        "‘a’ [@a] b’ [@a] " * 3_000,
        "(" * 20_000 + "“a” [@a] " * 3_000,
        "“" * 10_000 + "a” [@a] " * 6_000,
        "\"'" * 30_000 + " [@a]",
        "> a\n>\n" * 6_000 + "> [@a]",
        "> - a [@a]\n" * 3_000,
    ],
)
def test_hostile_marks_take_no_longer_than_their_length(text: str) -> None:
    begun = time.process_time()
    note(text)
    assert time.process_time() - begun < 3
