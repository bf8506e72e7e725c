"""Places as dossier counts them, in characters from 1, and as the protocol does, in code units from 0."""

import re
from collections.abc import Sequence

from lsprotocol.types import Position, PositionEncodingKind, Range

from dossier.diagnostics import Mark

_ENDS = re.compile(r"\r\n|\r|\n")
# Bytes of a character's last code unit, and how many bytes make a unit.
_ENCODINGS = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


def lines_of(text: str) -> list[str]:
    """The lines of a text as the protocol counts them: they end in LF, CRLF or CR, and in nothing else."""
    return _ENDS.split(text)


class Units:
    """Columns in the code units that client and server agreed on."""

    def __init__(self, encoding: PositionEncodingKind | str | None = None) -> None:
        kind = PositionEncodingKind(encoding) if encoding else PositionEncodingKind.Utf16
        self._codec, self._bytes = _ENCODINGS[kind]

    def units(self, text: str) -> int:
        """How many units a text has."""
        return len(text) if text.isascii() else len(text.encode(self._codec, "surrogatepass")) // self._bytes

    def characters(self, line: str, units: int) -> int:
        """How many characters of a line so many units are; of a character that they cut, none."""
        if line.isascii():
            return min(units, len(line))
        data = line.encode(self._codec, "surrogatepass")[: units * self._bytes]
        return len(data.decode(self._codec, "ignore"))

    def range(self, lines: Sequence[str], mark: Mark) -> Range:
        """The range of a mark; the very beginning for one of the whole file."""
        if not mark.line or not lines:
            return Range(Position(0, 0), Position(0, 0))
        number = min(mark.line, len(lines)) - 1
        line, start = lines[number], max(mark.column - 1, 0)
        first = self.units(line[:start])
        return Range(
            Position(number, first),
            Position(number, first + self.units(line[start : start + mark.length])),
        )

    def place(self, lines: Sequence[str], position: Position) -> tuple[int, int]:
        """The line of a position and its column, both in dossier's count."""
        number = min(position.line, max(len(lines) - 1, 0))
        line = lines[number] if lines else ""
        return number + 1, self.characters(line, position.character) + 1


def covers(mark: Mark, line: int, column: int) -> bool:
    """Whether a cursor at a place is on what is marked, or right behind it."""
    return mark.line == line and mark.column <= column <= mark.column + mark.length
