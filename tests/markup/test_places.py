"""Every reference knows its line, its column and the length of its target as it is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.markup import Rendered

from .examples import note


def marked(text: str, first_line: int = 1) -> list[tuple[int, int, str]]:
    """The line, the column and the text under the mark of each reference, in the order of the text."""
    lines = text.split("\n")
    places = []
    for reference in note(text, first_line).references:
        mark = reference.mark
        written = lines[mark.line - first_line][mark.column - 1 : mark.column - 1 + mark.length]
        places.append((mark.line, mark.column, written))
    return sorted(places)


@pytest.mark.parametrize(
    ("where", "text", "expected"),
    [
        ("a paragraph", "See [[nato]] and [@a, p. 4].", [(1, 7, "nato"), (1, 20, "a")]),
        ("a line of its own", "One\n  two @a-b.\nthree [[c]]", [(2, 8, "a-b"), (3, 9, "c")]),
        ("the same target", "@a @a\n@a", [(1, 2, "a"), (1, 5, "a"), (2, 2, "a")]),
        ("a list", "- x\n  - y [[a]]\n\n    z @a", [(2, 9, "a"), (4, 8, "a")]),
        ("a numbered list", "1. @a\n10. @a", [(1, 5, "a"), (2, 6, "a")]),
        ("a list with tabs", "-\t@a\n\n\t@b\n\n-\t-\t@c", [(1, 4, "a"), (3, 3, "b"), (5, 6, "c")]),
        ("a quote", "> @a\n> > @b\n> > @c", [(1, 4, "a"), (2, 6, "b"), (3, 6, "c")]),
        ("a lazy quote", "> @a\n@b\n   @c", [(1, 4, "a"), (2, 2, "b"), (3, 5, "c")]),
        ("an admonition", "> [!NOTE] @a\n> @b\n> @c", [(1, 12, "a"), (2, 4, "b"), (3, 4, "c")]),
        ("a heading", "##  @a and @a ##\n\n@b\n==", [(1, 6, "a"), (1, 13, "a"), (3, 2, "b")]),
        (
            "a table",
            "|@a|x|\n|-|-|\n| @a \\| [[b\\|@a]] |  @a|",
            [(1, 3, "a"), (3, 4, "a"), (3, 11, "b"), (3, 23, "a")],
        ),
        ("a table without edges", "> @a | @b\n> - | -\n>  | @b\n> @a | @a", None),
        ("a footnote", "x[^1]\n\n[^1]: See [[a]].\n\n    And @b.", [(3, 13, "a"), (5, 10, "b")]),
        ("definitions", "[[a]]\n: @b\n\n  @c", [(1, 3, "a"), (2, 4, "b"), (4, 4, "c")]),
        ("code before it", "`@a` [[x `@a`]] @a", [(1, 8, "x `@a`"), (1, 18, "a")]),
        ("emphasis", "**_@a_ [*x*](b.md)**", [(1, 5, "a"), (1, 14, "b.md")]),
        ("a caption", '![@x](a.png "b.png") ![](<a b.png>)', [(1, 7, "a.png"), (1, 27, "a b.png")]),
        ("a link with all there is", '[x](  y.md#z\n  "t") [x](<y.md>)', [(1, 7, "y.md#z"), (2, 13, "y.md")]),
        ("a definition", "[x] [y][x]\n\n> [x]:\n>   <y.md> 't'", [(4, 6, "y.md"), (4, 6, "y.md")]),
        ("an image in a link", "[![](a.png)](b.md)", [(1, 6, "a.png"), (1, 14, "b.md")]),
        ("a prefix and a suffix", "[see  @a,\np. 4; -@b]", [(1, 8, "a"), (2, 9, "b")]),
        ("other alphabets", "Größe 🇮🇶 @größe [[größe]]", [(1, 11, "größe"), (1, 19, "größe")]),
        ("a hard break", "a\\\n  @a  \n @b", [(2, 4, "a"), (3, 3, "b")]),
    ],
)
def test_in(where: str, text: str, expected: list[tuple[int, int, str]] | None) -> None:
    expected = expected or [(1, 4, "a"), (1, 9, "b"), (3, 7, "b"), (4, 4, "a"), (4, 9, "a")]
    assert marked(text) == expected
    assert marked(text, first_line=20) == [(line + 19, column, word) for line, column, word in expected]


def test_a_split_wiki_link_and_a_missing_heading_are_placed_too() -> None:
    rendered = note("| a | b |\n|-|-|\n| x | [[a|b]] |\n\n> - [a](#b)\n", first_line=7)
    assert [(found.mark.line, found.mark.column, found.mark.length) for found in rendered.diagnostics] == [
        (9, 7, 3),
        (11, 9, 2),
    ]


# Lines that begin or continue all kinds of blocks, with a place for a target.
LINES = st.sampled_from(
    [
        "{}",
        "> {}",
        "> > {}",
        "- {}",
        "  {}",
        "\t{}",
        "1. a {}",
        "- - {}",
        "> - {}",
        "  > {}",
        "## {} ##",
        "| {} | b",
        "a | {}",
        "",
        ">",
        "-|-",
        "> -|-",
        "a",
        ": {}",
        "[^1]: {}",
        "    {}",
        "* a",
        "===",
        "[^1]",
        "```",
        "> [!NOTE] {}",
        "\xa0",
        "\\",
    ]
)
TARGETS = st.sampled_from(
    ["[[{}]]", "[[{}\\|x]]", "@{}", "[@{}; @b]", "[x]({}.md)", "*@{}*", "![x [@b]]({}.png)", "`x` @{}"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(LINES, TARGETS, TARGETS), max_size=12))
def test_marks_lie_on_their_targets(parts: list[tuple[str, str, str]]) -> None:
    # Each target is unique, so that a mark on another one of the same name would be noticed.
    lines = []
    for number, (line, first, second) in enumerate(parts):
        lines.append(line.format(first.format(f"t{number}a") + " " + second.format(f"t{number}b")))
    text = "\n".join(lines)
    assert_marks_lie_on_targets(text, note(text))


def assert_marks_lie_on_targets(text: str, rendered: Rendered) -> None:
    lines = text.split("\n")
    for reference in rendered.references:
        mark = reference.mark
        written = lines[mark.line - 1][mark.column - 1 : mark.column - 1 + mark.length]
        assert reference.target.removeprefix("content/notes/") == written, (text, reference)
