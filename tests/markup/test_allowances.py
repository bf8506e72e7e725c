"""Comments that allow a kind of finding in the block after them."""

import pytest

from dossier.diagnostics import Mark
from dossier.model import Silence

from .examples import note, whole

COMMENT = "<!-- dossier: allow raw-html: it is the subject -->"


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        ("One\ntwo\nthree", (5, 7)),
        ("> One\n>\n> two", (5, 7)),
        ("- one\n\n  two\n- three", (5, 9)),
        ("## One\n\ntwo", (5, 5)),
        ("| a |\n| - |\n| b |", (5, 7)),
        ("```\na\n\nb\n```", (5, 9)),
        ("> [!NOTE]\n> One", (5, 6)),
    ],
)
def test_a_comment_allows_its_codes_in_the_block_after_it(block: str, lines: tuple[int, int]) -> None:
    text = f"Before.\n\n{COMMENT}\n\n{block}\n\nAfter.\n"
    rendered = note(text)
    assert rendered.silences == (Silence("raw-html", "it is the subject", Mark(3, 1, len(COMMENT)), *lines),)
    assert "dossier:" not in whole(rendered)
    (silence,) = note(text, first_line=11).silences
    assert (silence.first, silence.last, silence.mark.line) == (lines[0] + 10, lines[1] + 10, 13)


def test_a_comment_may_have_several_codes_and_several_lines_and_others_behind_it() -> None:
    rendered = note(
        "<!-- dossier: allow raw-html,\n  unsafe-link: a reason: with\n  a colon -->\n"
        "<!-- not for readers -->\n<!-- dossier: allow unknown-link -->\nText.\n"
    )
    assert rendered.diagnostics == ()
    assert [(s.code, s.reason, s.first, s.last) for s in rendered.silences] == [
        ("raw-html", "a reason: with a colon", 6, 6),
        ("unsafe-link", "a reason: with a colon", 6, 6),
        ("unknown-link", "", 6, 6),
    ]


def test_within_a_list_the_block_after_it_is_the_lists() -> None:
    (silence,) = note("- one\n\n  <!-- dossier: allow raw-html: x -->\n\n  two\n\nthree\n").silences
    assert (silence.first, silence.last) == (5, 5)


@pytest.mark.parametrize(
    "text", ["<!-- dossier is good -->\n", "`<!-- dossier: allow x -->`\n", "\\<!-- dossier: a -->\n"]
)
def test_other_comments_and_code_say_nothing_to_dossier(text: str) -> None:
    rendered = note(text)
    assert (rendered.silences, rendered.diagnostics) == ((), ())
