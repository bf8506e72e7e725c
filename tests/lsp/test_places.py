"""Places of texts in every script, as the protocol and as dossier count them."""

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind

from dossier.diagnostics import Mark
from dossier.lsp.places import Units, lines_of

LINES = st.text(st.sampled_from("aé٣نص𝒳𝒴 \u2028\x85\t"), max_size=12)
ENCODINGS = st.sampled_from(list(PositionEncodingKind))


def test_utf_16_is_counted_unless_something_else_was_agreed_on() -> None:
    lines = lines_of("𝒳 قال [@a]\nb")
    at = Units().range(lines, Mark(1, 9, 1))
    assert (at.start.character, at.end.character) == (9, 10)
    assert Units(PositionEncodingKind.Utf8).range(lines, Mark(1, 9, 1)).start.character == 14
    assert Units(PositionEncodingKind.Utf32).range(lines, Mark(1, 9, 1)).start.character == 8


@given(text=LINES, start=st.integers(0, 12), length=st.integers(0, 12), encoding=ENCODINGS)
def test_a_place_comes_back_as_it_went(text: str, start: int, length: int, encoding: str) -> None:
    units, start = Units(encoding), min(start, len(text))
    there = units.range([text], Mark(1, start + 1, length))
    assert units.place([text], there.start) == (1, start + 1)
    assert units.place([text], there.end) == (1, min(start + length, len(text)) + 1)


@given(text=LINES, character=st.integers(0, 60), line=st.integers(0, 5), encoding=ENCODINGS)
def test_places_beyond_a_text_are_at_its_ends(text: str, character: int, line: int, encoding: str) -> None:
    number, column = Units(encoding).place([text], Position(line, character))
    assert number == 1
    assert 1 <= column <= len(text) + 1


def test_lines_end_where_editors_end_them() -> None:
    assert lines_of("a\r\nb\rc\nd\u2028e\x0bf\x85g\n") == ["a", "b", "c", "d\u2028e\x0bf\x85g", ""]


def test_what_is_wrong_with_a_whole_file_is_at_its_beginning() -> None:
    at = Units().range(["abc"], Mark())
    assert (at.start, at.end) == (Position(0, 0), Position(0, 0))
