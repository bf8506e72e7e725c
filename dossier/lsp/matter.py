"""Where a cursor is in YAML that is being typed, and seldom whole: told by lines and their indentation."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dossier.documents.shapes import Codes, Keys, Many, Shape, shape_of
from dossier.schemas import Kind
from dossier.schemas.descriptions import item_of

_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_LINE = re.compile(
    r"(?P<indent> *)(?P<dashes>(?:- +)*)(?:(?P<key>[^\s:#\"'\[\]{},][^:#\"'\[\]{},]*?)[ ]*:(?:[ ]+|$))?"
)


class Spot(NamedTuple):
    """Where a cursor is: in a key, if `key` is None, or in that key's value.

    `above` are the keys that lead there, `beside` those that stand beside it already. `written` is what has
    been typed of the key or value so far; it begins at the column `start`, from 0.
    """

    above: tuple[str, ...]
    key: str | None
    beside: frozenset[str]
    written: str
    start: int
    in_list: bool = False


def front_matter(lines: Sequence[str]) -> range:
    """The lines of a document's front matter, from 0, fences aside; all that follow where it has no end."""
    if not lines or not _FENCE.match(lines[0]):
        return range(0)
    for number in range(1, len(lines)):
        if _FENCE.match(lines[number]):
            return range(1, number)
    return range(1, len(lines))


def yaml_lines(path: str, lines: Sequence[str]) -> range:
    """The lines of a file that are YAML, from 0: a document's front matter, all lines of another file."""
    return front_matter(lines) if path.endswith(".md") else range(len(lines))


def spot(lines: Sequence[str], within: range, line: int, column: int) -> Spot | None:
    """Where a cursor is that stands before a column of a line, both from 0; None where that can't be said."""
    before = lines[line][:column]
    if before.lstrip().startswith("#") or " #" in before:
        return None
    found = _LINE.match(before)
    assert found is not None  # It matches the empty text.
    level = found.end("dashes")
    above, beside = _around(lines, within, line, level if found["dashes"] else -1, found)
    if found["key"] is None:
        written = before[level:]
        if found["dashes"] and written[:1] == "{":
            return _in_braces(above, before, level)
        if written[:1] in ("[", "{", '"', "'"):
            return None
        return Spot(above, None, beside, written, level, in_list=bool(found["dashes"]))
    return _in_value(above, found["key"], before, found.end())


def _in_value(above: tuple[str, ...], key: str, before: str, start: int) -> Spot | None:
    value = before[start:]
    if value[:1] == "{":
        return _in_braces((*above, key), before, start)
    in_list = value[:1] == "["
    if in_list and value.rfind("{") > value.rfind("}"):
        return _in_braces((*above, key), before, start + value.rfind("{"))
    if in_list:
        if value.rstrip().endswith("]"):
            return None
        start += max(value.rfind("["), value.rfind(",")) + 1
    written = before[start:].lstrip()
    start = len(before) - len(written)
    if written[:1] in ('"', "'"):
        written, start = written[1:], start + 1
    return Spot(above, key, frozenset(), written, start, in_list)


def _in_braces(above: tuple[str, ...], before: str, start: int) -> Spot:
    """The place in a mapping in braces, which begins at a column and isn't closed."""
    value = before[start:]
    opened = value.rfind("[")
    # A comma in a list within is none of the mapping's.
    last = value.rfind(",") if value.rfind("]") > opened or opened < 0 else value.rfind(",", 0, opened)
    start += max(value.rfind("{"), last) + 1
    part = before[start:]
    inner, colon, rest = part.strip().partition(":")
    if not colon:
        beside = frozenset(re.findall(r"[{,]\s*([\w-]+)\s*:", value))
        return Spot(above, None, beside, part.lstrip(), start + len(part) - len(part.lstrip()))
    in_list = rest.lstrip()[:1] == "["
    written = rest.rpartition(",")[2].rpartition("[")[2].lstrip() if in_list else rest.lstrip()
    return Spot(above, inner, frozenset(), written, len(before) - len(written), in_list)


def _around(
    lines: Sequence[str], within: range, line: int, dash: int, found: re.Match[str]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """The keys above a place, the outermost first, and those beside it."""
    above: list[str] = []
    beside: set[str] = set()
    level = found.end("dashes")
    # Keys at or left of a dash are above it; of keys in a mapping only what is further left is.
    limit = len(found["indent"]) if dash >= 0 else level - 1
    for indent, start, key, dashed in _keys_before(lines, within, line):
        if dash < 0 and start == level and not above:
            beside.add(key)
            if dashed:
                dash, limit = indent, indent
            continue
        if start <= limit and (not dashed or start < limit):
            above.append(key)
            dash, limit = (indent, indent) if dashed else (-1, start - 1)
        if above and limit < 0:
            break
    if not above:
        beside |= {key for _, start, key, _ in _keys_after(lines, within, line) if start == level}
    return tuple(reversed(above)), frozenset(beside)


def _keys_before(lines: Sequence[str], within: range, line: int) -> Iterator[tuple[int, int, str, bool]]:
    for number in range(line - 1, within.start - 1, -1):
        yield from _key_of(lines[number])


def _keys_after(lines: Sequence[str], within: range, line: int) -> Iterator[tuple[int, int, str, bool]]:
    for number in range(line + 1, within.stop):
        yield from _key_of(lines[number])


def _key_of(line: str) -> Iterator[tuple[int, int, str, bool]]:
    """A line's key: the line's indentation, the key's, the key, and whether it begins an item of a list."""
    found = _LINE.match(line)
    if found is not None and found["key"] is not None and not line.lstrip().startswith("#"):
        yield len(found["indent"]), found.end("dashes"), found["key"], bool(found["dashes"])


def _within_shape(kind: Kind, above: Sequence[str]) -> Sequence[str]:
    """The keys that lead to a place from where a kind's shape begins: in a keyed file, one level down."""
    return above[1:] if kind.keyed else above


def what_at(kind: Kind, above: Sequence[str]) -> str:
    """What the mapping below these keys of a file is called where its keys are described."""
    within = _within_shape(kind, above)
    return item_of(within[-1]) if within else kind.what


def shape_at(kind: Kind, above: Sequence[str]) -> Keys | Codes | None:
    """What the mapping below these keys of a file is made of; None where there is none."""
    shape: Shape = kind.shape
    for key in _within_shape(kind, above):
        if not isinstance(shape, Keys) or key not in shape.table:
            return None
        shape = shape_of(shape.table[key])
        if isinstance(shape, Many):
            shape = shape.item
    if kind.keyed and not above:
        return None
    return shape if isinstance(shape, Keys | Codes) else None


def value_at(kind: Kind, above: Sequence[str], key: str) -> Shape | None:
    """What is written for a key below others: of a list, one item."""
    holder = shape_at(kind, above)
    if isinstance(holder, Codes):
        return holder.value
    if holder is None or key not in holder.table:
        return None
    shape = shape_of(holder.table[key])
    return shape.item if isinstance(shape, Many) else shape
