"""What a YAML parser complains about, in a curator's words.

The parsers say where they gave up, which is often a line or more after the mistake, and each in its own
words. So the lines around that place are read again for the mistakes that people make; the complaint itself
only chooses among them.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

# Lists and keys in one another; no front matter needs more than a few.
DEEPEST = 12
TOO_DEEP = (
    f"lists and keys are nested more than {DEEPEST} deep",
    "close the brackets, or put the value in quotes",
)


class Trouble(NamedTuple):
    """Where a parser gave up. Lines and columns count from 0; at `start_line` the broken value began."""

    lines: tuple[str, ...]
    line: int
    column: int
    start_line: int | None
    start_column: int
    problem: str
    context: str


class Mistake(NamedTuple):
    """A mistake with its place (from 0), and what to type instead."""

    line: int
    column: int
    length: int
    message: str
    hint: str
    code: str = "yaml-syntax"


# A line's indentation, dashes and key; then its value. Linear: no part can match what another does.
_FIELD = re.compile(
    r"(?P<lead>[ ]*(?:- +)*)(?:(?P<key>[^\s:#\"'\[\]{},-][^\s:#\"'\[\]{},]*):(?: +|$))?(?P<value>.*)"
)
_NO_SPACE = re.compile(r"[ ]*(?:- +)*(?P<key>[\w-]+):(?!//)(?P<value>[^\s:].*)")
_KEY_LINE = re.compile(r"[ ]*(?:- +)*[\w-]+:(?:\s|$)")
_ITEM_END = re.compile(r"[,\]}]")
_SPECIAL = "@`%&*!|>?-{[]},"


def explain(trouble: Trouble) -> Mistake:
    """The mistake behind a parser's complaint."""
    last = max(0, len(trouble.lines) - 1)
    while last and not trouble.lines[last].strip():
        last -= 1
    if trouble.line > last:
        trouble = trouble._replace(line=last, column=len(trouble.lines[last]))
    for recognise in _RECOGNISERS:
        mistake = recognise(trouble)
        if mistake is not None:
            return mistake
    message = f"this is not YAML: {trouble.problem}"
    return Mistake(
        trouble.line, trouble.column, 1, message, "put the value in quotes, or see docs/front-matter.md"
    )


def quoted(value: str) -> str:
    """A value in the quotes that need the fewest changes to it.

    >>> print(quoted("NATO: a"), quoted('the "right size": a'), quoted("Iraq's \\"army\\""))
    "NATO: a" 'the "right size": a' 'Iraq''s "army"'
    """
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def in_quotes(lines: Sequence[str], line: int, column: int) -> tuple[str, str]:
    """The value that begins at a place (from 0), and the hint to put it in quotes."""
    field = _line(lines, line)
    if column == field.start:
        return field.value, f"put it in quotes: {field.mend(quoted(field.value))}"
    written = _ITEM_END.split(lines[line][column:])[0].rstrip()
    return written, f"put it in quotes: {quoted(written)}"


class _Line(NamedTuple):
    number: int
    start: int
    lead: str
    key: str
    value: str

    def mend(self, value: str) -> str:
        """The field with another value, as it should be typed."""
        return f"{self.key}: {value}" if self.key else value


def _line(lines: Sequence[str], number: int) -> _Line:
    match = _FIELD.match(lines[number])
    if match is None:
        return _Line(number, 0, "", "", "")
    value = match["value"].rstrip()
    return _Line(number, match.start("value"), match["lead"], match["key"] or "", value)


def _at_value(line: _Line, message: str, hint: str, code: str = "yaml-syntax") -> Mistake:
    return Mistake(line.number, line.start, max(len(line.value), 1), message, hint, code)


def _quote_end(value: str) -> int:
    """Where the quoted text at the start of a value ends, after its closing quote; 0 where it doesn't."""
    quote, position = value[0], 1
    while position < len(value):
        character = value[position]
        if character == "\\" and quote == '"':
            position += 1
        elif character == quote:
            if quote == "'" and value[position + 1 : position + 2] == "'":
                position += 1
            else:
                return position + 1
        position += 1
    return 0


def _open_quote(trouble: Trouble) -> Mistake | None:
    """A quoted value that goes on into lines that look like other fields."""
    if trouble.problem.startswith("mapping values") or "flow" in trouble.context:
        return None
    if "simple key" in trouble.context:
        return None
    first = trouble.start_line or 0
    for number in range(trouble.line, first - 1, -1):
        line = _line(trouble.lines, number)
        if line.value[:1] not in ("'", '"') or not line.value or _quote_end(line.value):
            continue
        following = trouble.lines[number + 1] if number + 1 < len(trouble.lines) else ""
        if not following.strip() or _KEY_LINE.match(following):
            quote = line.value[0]
            hint = f"close it at the end of the line: {line.mend(line.value + quote)}"
            return _at_value(line, "the quote is not closed", hint)
    return None


def _after_quote(trouble: Trouble) -> Mistake | None:
    """Text behind a closing quote: an apostrophe in single quotes, or quotes around the first words only."""
    line = _line(trouble.lines, trouble.line)
    if line.value[:1] not in ("'", '"') or not line.value:
        return None
    end = _quote_end(line.value)
    rest = line.value[end:].strip()
    if not end or not rest or rest[0] in "#,]}":
        return None
    if line.value[-1] == line.value[0]:
        message = "the quote ends within the text"
        inner = line.value[1:-1] if line.value[0] == "'" else line.value
        whole = inner.replace("''", "'") if line.value[0] == "'" else inner
    else:
        message, whole = "text stands behind the closing quote", line.value
    hint = f"put the whole value in quotes: {line.mend(quoted(whole))}"
    return Mistake(line.number, line.start + end, max(len(line.value) - end, 1), message, hint)


def _open_bracket(trouble: Trouble) -> Mistake | None:
    """A flow list or mapping that its line doesn't close."""
    if "flow" not in trouble.context or "expected ','" not in trouble.problem or trouble.start_line is None:
        return None
    written = trouble.lines[trouble.start_line].rstrip()
    opening = written[trouble.start_column : trouble.start_column + 1]
    closing = {"[": "]", "{": "}"}.get(opening)
    what = "list" if opening == "[" else "mapping"
    if closing is None:
        return None
    if trouble.line == trouble.start_line and closing in written[trouble.start_column :]:
        message = f"this {what} can't be read: a comma is missing, or an item holds ':' or quotes"
        hint = f"separate items with commas, and put those with ':' in quotes: {opening}\"a: b\", c{closing}"
        return Mistake(trouble.line, trouble.start_column, len(written) - trouble.start_column, message, hint)
    mended = written[trouble.start_column :].rstrip(", ") + closing
    line = _line(trouble.lines, trouble.start_line)
    whole = line.mend(mended) if line.start == trouble.start_column else mended
    hint = f"close it with '{closing}': {whole}"
    length = len(written) - trouble.start_column
    return Mistake(trouble.start_line, trouble.start_column, length, f"the {what} is not closed", hint)


def _empty_item(trouble: Trouble) -> Mistake | None:
    if "node content" not in trouble.problem or trouble.lines[trouble.line][trouble.column :][:1] not in (
        ",",
        "]",
    ):
        return None
    hint = "delete the comma, or write what is missing"
    return Mistake(trouble.line, trouble.column, 1, "the list has an empty item", hint, "empty-list-item")


def _special_start(trouble: Trouble) -> Mistake | None:
    """A value whose first character means something in YAML."""
    line = _line(trouble.lines, trouble.line)
    if not line.value or line.value[0] not in _SPECIAL or "flow" in trouble.context:
        return None
    if not line.key and not line.lead.strip():
        return None
    message = f"a value that begins with '{line.value[0]}' must be in quotes"
    return _at_value(line, message, f"put it in quotes: {line.mend(quoted(line.value))}")


def _too_deep(trouble: Trouble) -> Mistake | None:
    """Brackets beyond the limit of newer parsers, which look for a colon before they tell the first."""
    if "nesting depth" not in trouble.problem:
        return None
    return Mistake(trouble.line, trouble.column, 1, *TOO_DEEP)


def _escape(trouble: Trouble) -> Mistake | None:
    if "escape" not in trouble.problem:
        return None
    line = _line(trouble.lines, trouble.line)
    hint = f"double the backslash, or use single quotes: {line.mend(_single(line.value))}"
    return _at_value(line, "a backslash in double quotes must be followed by an escape that YAML knows", hint)


def _single(value: str) -> str:
    return "'" + value.strip('"').replace("'", "''") + "'"


def _missing_space(trouble: Trouble) -> Mistake | None:
    """`title:NATO`, which YAML takes for a text without a key."""
    for number in range(trouble.line, max(trouble.line - 2, -1), -1):
        match = _NO_SPACE.match(trouble.lines[number])
        if match:
            colon = match.start("value") - 1
            hint = f"put a space after the colon: {match['key']}: {match['value'].rstrip()}"
            return Mistake(number, colon, 1, "there is no space after the colon", hint)
    return None


def _colon_in_value(trouble: Trouble) -> Mistake | None:
    if not trouble.problem.startswith("mapping values"):
        return None
    line = _line(trouble.lines, trouble.line)
    if line.key and (": " in line.value or line.value.endswith(":")):
        message = "a value with a colon must be in quotes"
        return _at_value(line, message, f"put it in quotes: {line.mend(quoted(line.value))}")
    above = _above(trouble)
    if line.key and above is not None and len(line.lead) > len(above.lead) and above.value:
        hint = f"begin '{line.key}' in the same column as '{above.key}'" if above.key else "unindent it"
        message = "this key is indented further than the one above it, which has a value already"
        start = len(line.lead)
        return Mistake(line.number, start, len(line.key), message, hint)
    return None


def _above(trouble: Trouble) -> _Line | None:
    for number in range(trouble.line - 1, -1, -1):
        if trouble.lines[number].strip():
            return _line(trouble.lines, number)
    return None


def _no_key(trouble: Trouble) -> Mistake | None:
    """A line without a colon where a key is expected."""
    if "expected ':'" not in trouble.problem or trouble.start_line is None:
        return None
    written = trouble.lines[trouble.start_line].rstrip()
    column = trouble.start_column
    hint = "write 'key: value'; to continue the line above, begin this one with two spaces"
    return Mistake(trouble.start_line, column, max(len(written) - column, 1), "this line has no 'key:'", hint)


def _first_key_indented(trouble: Trouble) -> Mistake | None:
    if "document start" not in trouble.problem:
        return None
    if any(line.rstrip() == "..." for line in trouble.lines[: trouble.line]):
        message = "'...' ends the YAML, but more follows it"
        return Mistake(
            trouble.line, 0, max(len(trouble.lines[trouble.line]), 1), message, "delete the line '...'"
        )
    first = next(number for number, line in enumerate(trouble.lines) if line.strip())
    indentation = len(trouble.lines[first]) - len(trouble.lines[first].lstrip())
    message = "the first key is indented, and the others are not"
    return Mistake(first, 0, max(indentation, 1), message, "begin every key at the start of its line")


def _misplaced(trouble: Trouble) -> Mistake | None:
    """Indentation that fits nothing above it."""
    if "block" not in trouble.context and "block end" not in trouble.problem:
        return None
    written = trouble.lines[trouble.line]
    start = len(written) - len(written.lstrip())
    length = max(len(written.strip()), 1)
    if written[start : start + 2].rstrip() == "-" and start == 0:
        hint = "write the list's key first, as 'topics:', and the items under it"
        return Mistake(trouble.line, start, length, "a list item without a key above it", hint)
    message = "this line's indentation fits none of the lines above it"
    return Mistake(
        trouble.line, start, length, message, "begin the fields that belong together in the same column"
    )


_RECOGNISERS: tuple[Callable[[Trouble], Mistake | None], ...] = (
    _too_deep,
    _escape,
    _first_key_indented,
    _open_quote,
    _after_quote,
    _open_bracket,
    _empty_item,
    _special_start,
    _missing_space,
    _colon_in_value,
    _no_key,
    _misplaced,
)
