"""Readers of single values: texts, lists of them, choices, true and false, numbers."""

import re
import unicodedata
from collections.abc import Sequence

from dossier import urls
from dossier.diagnostics import did_you_mean
from dossier.documents.reading import Reader, Reading, shortened
from dossier.documents.shapes import Choice, Flag, Id, Link, Many, Text, Whole, takes
from dossier.frontmatter import Listing, Mapping, Node, Scalar
from dossier.model import ReferenceKind

# In characters; stated in docs/front-matter.md.
LONGEST_TITLE = 1_000
LONGEST_NAME = 300
LONGEST_LINE = 5_000
LONGEST_PASSAGE = 50_000
MOST_ITEMS = 1_000

_TRUE = frozenset(["true", "yes", "on"])
_FALSE = frozenset(["false", "no", "off"])
_WHOLE = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_NEEDS_QUOTES = re.compile(r"""[:,#\[\]{}"'&*!|>%@`]|^[-?]""")


def kind_of(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Scalar):
        return "a text"
    return "a list" if isinstance(node, Listing) else "a mapping of keys"


def as_item(text: str) -> str:
    """A text as it is typed within a list."""
    return f'"{text}"' if _NEEDS_QUOTES.search(text) and '"' not in text else text


def scalar_of(reading: Reading, key: str, node: Node, hint: str = "") -> Scalar | None:
    """The text that a field must be."""
    if isinstance(node, Scalar):
        return node
    if not hint and isinstance(node, Listing) and len(node.items) == 1 and isinstance(node.items[0], Scalar):
        hint = f"write {key}: {node.items[0].text}"
    message = f"'{key}' must be a text, not {kind_of(node)}"
    reading.error(node.mark, "wrong-type", message, hint or f"write {key}: …, in quotes if it has brackets")
    return None


def one_line(text: str) -> str:
    """The text with one space for white space of any kind and length."""
    return " ".join(text.split())


def line(longest: int = LONGEST_LINE) -> Reader:
    """A text of one line: white space of any kind and length is one space."""

    @takes(Text())
    def read(reading: Reading, key: str, node: Node) -> str | None:
        scalar = scalar_of(reading, key, node)
        return None if scalar is None else _within(reading, key, scalar, one_line(scalar.text), longest)

    return read


@takes(Text())
def passage(reading: Reading, key: str, node: Node) -> str | None:
    """A text whose line breaks are its own."""
    scalar = scalar_of(reading, key, node)
    return None if scalar is None else _within(reading, key, scalar, scalar.text.strip(), LONGEST_PASSAGE)


_title = line(LONGEST_TITLE)
_name = line(LONGEST_NAME)


@takes(Text())
def title(reading: Reading, key: str, node: Node) -> str | None:
    """A text that must not be empty."""
    text: str | None = _title(reading, key, node)
    if text == "":
        reading.error(node.mark, f"missing-{key}", f"the {key} is empty", f"write {key}: …")
        return None
    return text


def _within(reading: Reading, key: str, scalar: Scalar, text: str, longest: int) -> str | None:
    if len(text) <= longest:
        return text
    message = f"'{key}' has {len(text):,} characters; the limit is {longest:,}"
    reading.error(scalar.mark, "too-long", message, "shorten it; a long text belongs below the front matter")
    return None


def items(reading: Reading, key: str, node: Node, hint: str = "") -> Sequence[Node]:
    """The items of a list; none of them empty."""
    if not isinstance(node, Listing):
        if not hint and isinstance(node, Scalar):
            parts = [as_item(part.strip()) for part in node.text.strip("[] ").split(",") if part.strip()]
            hint = f"write {key}: [{', '.join(parts)}]" if len(node.text) <= 300 else ""
        message = f"'{key}' must be a list, not {kind_of(node)}"
        reading.error(node.mark, "wrong-type", message, hint or f"write {key}: […]")
        return ()
    if len(node.items) > MOST_ITEMS:
        message = f"'{key}' has {len(node.items):,} items; the limit is {MOST_ITEMS:,}"
        reading.error(node.mark, "too-long", message, "shorten the list")
        return ()
    return [item for item in node.items if not _empty_item(reading, key, item)]


def _empty_item(reading: Reading, key: str, item: Node) -> bool:
    if not isinstance(item, Scalar) or not (item.empty or item.text.isspace() or not item.text):
        return False
    hint = "delete it, or write what is missing"
    reading.error(item.mark, "empty-list-item", f"'{key}' has an empty item", hint)
    return True


def texts(reading: Reading, key: str, node: Node) -> dict[str, Scalar]:
    """The texts of a list, each once."""
    found: dict[str, Scalar] = {}
    for item in items(reading, key, node):
        if not isinstance(item, Scalar):
            hint = f"put it in quotes: {_as_written(item)}"
            message = f"an item of '{key}' must be a text, not {kind_of(item)}"
            reading.error(item.mark, "wrong-type", message, hint)
            continue
        text = one_line(item.text)
        if text in found:
            message = f"'{shortened(text)}' is already in '{key}'"
            reading.warning(item.mark, "repeated-item", message, "delete one of the two")
        elif len(text) <= LONGEST_NAME or _within(reading, key, item, text, LONGEST_NAME):
            found[text] = item
    return found


def _as_written(item: Node) -> str:
    if isinstance(item, Mapping) and len(item.entries) == 1 and isinstance(item.entries[0].value, Scalar):
        return f'"{item.entries[0].key}: {item.entries[0].value.text}"'
    return '"…"'


@takes(Many(Text()))
def names(reading: Reading, key: str, node: Node) -> tuple[str, ...]:
    """A list of texts of one line."""
    return tuple(texts(reading, key, node))


def references(kind: ReferenceKind, field: str = "") -> Reader:
    """A list of ids, each a reference from `field`, or from the key itself."""

    @takes(Many(Link(kind)))
    def read(reading: Reading, key: str, node: Node) -> tuple[str, ...]:
        ids = []
        for text, item in texts(reading, key, node).items():
            identifier = unicodedata.normalize("NFC", text)
            reading.reference(kind, identifier, field or key, item.mark)
            ids.append(identifier)
        return tuple(ids)

    return read


def reference(kind: ReferenceKind, field: str = "") -> Reader:
    """One id, which is a reference from `field`, or from the key itself."""

    @takes(Link(kind))
    def read(reading: Reading, key: str, node: Node) -> str | None:
        text = _name(reading, key, node)
        if not text:
            return None
        identifier = unicodedata.normalize("NFC", text)
        reading.reference(kind, identifier, field or key, node.mark)
        return identifier

    return read


def choice(*options: str) -> Reader:
    """One of these words."""
    listed = ", ".join(options)

    @takes(Choice(options))
    def read(reading: Reading, key: str, node: Node) -> str | None:
        scalar = scalar_of(reading, key, node, f"write one of: {listed}")
        if scalar is None or scalar.text in options:
            return None if scalar is None else scalar.text
        hint = did_you_mean(urls.slug(scalar.text[:60]), options, f"write one of: {listed}")
        message = f"no {key} '{shortened(scalar.text)}'"
        reading.error(scalar.mark, "unknown-choice", message, hint)
        return None

    return read


@takes(Flag())
def flag(reading: Reading, key: str, node: Node) -> bool:
    """True or false. What is neither is reported and true: a draft is never published by a slip."""
    word = node.text.strip().casefold() if isinstance(node, Scalar) else ""
    if word in _FALSE:
        return False
    if word not in _TRUE:
        message = f"'{key}' must be true or false" + (f", not '{shortened(word)}'" if word else "")
        reading.error(node.mark, "wrong-type", message, f"write {key}: true, or {key}: false")
    return True


def whole(least: int, most: int) -> Reader:
    """A whole number within a range."""

    @takes(Whole(least, most))
    def read(reading: Reading, key: str, node: Node) -> int | None:
        scalar = scalar_of(reading, key, node, f"write a number, as {key}: {max(least, 1)}")
        if scalar is None:
            return None
        if not _WHOLE.fullmatch(scalar.text):
            message = f"'{key}' must be a whole number, not '{shortened(scalar.text)}'"
            hint = f"write it in digits, as {key}: {max(least, 1)}"
            reading.error(scalar.mark, "wrong-type", message, hint)
            return None
        number = int(scalar.text)
        if not least <= number <= most:
            message = f"'{key}' is {number:,}, which is out of range"
            reading.error(scalar.mark, "out-of-range", message, f"write a number from {least:,} to {most:,}")
            return None
        return number

    return read


@takes(Id())
def identifier(reading: Reading, key: str, node: Node) -> str | None:
    """An id that can be part of an address."""
    scalar = scalar_of(reading, key, node, f"write {key}: a-short-name")
    if scalar is None:
        return None
    text = unicodedata.normalize("NFC", scalar.text.strip())
    problem = urls.id_problem(text)
    if problem:
        message = f"'{shortened(text)}' can't be an id: it {problem}"
        reading.error(scalar.mark, "bad-id", message, f"write {key}: {urls.slug(text)}")
        return None
    return text
