"""Reading fields by a table: a key, and the function that makes a value of its node or reports why not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from dossier import frontmatter
from dossier.diagnostics import Diagnostic, Mark, error, warning
from dossier.documents.keys import suggestion, unknown_key_hint
from dossier.frontmatter import Node, Scalar
from dossier.model import Reference, ReferenceKind, Silence


def shortened(text: str) -> str:
    """A text short enough to be named in a message."""
    return text if len(text) <= 60 else text[:59] + "…"


class Reading:
    """What has been found in one file so far: findings, references to other files, and places of keys that
    are not the file's own."""

    def __init__(self, path: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        self.path = path
        self.diagnostics = list(diagnostics)
        self.references: list[Reference] = []
        self.silences: list[Silence] = []
        self.marks: dict[str, Mark] = {}

    def error(self, mark: Mark, code: str, message: str, hint: str) -> None:
        self.diagnostics.append(error(self.path, mark, code, message, hint))

    def warning(self, mark: Mark, code: str, message: str, hint: str) -> None:
        self.diagnostics.append(warning(self.path, mark, code, message, hint))

    def reference(self, kind: ReferenceKind, target: str, field: str, mark: Mark) -> None:
        self.references.append(Reference(kind, target, "", field, mark))


# A reader returns None for a value that it has reported; the field then keeps its default.
Reader = Callable[[Reading, str, Node], Any]
Table = Mapping[str, Reader]


class Fields(NamedTuple):
    """What a mapping gives. `meant` are its keys, those under a wrong name included; `marks` their places.

    `what` is the mapping's name in messages: `an article`.
    """

    what: str
    values: dict[str, Any]
    meant: frozenset[str]
    marks: dict[str, Mark]


def read_fields(reading: Reading, what: str, mapping: frontmatter.Mapping, table: Table) -> Fields:
    """The values of a mapping's keys.

    A key without a value counts as not given, but for `draft`, which must never be guessed.
    """
    values: dict[str, Any] = {}
    meant: set[str] = set()
    marks: dict[str, Mark] = {}
    uncertain = False
    for entry in mapping.entries:
        key, node = entry.key, entry.value
        if key in table and key not in marks:
            marks[key] = node.mark
            if type(node) is Scalar and node.empty and key != "draft":
                continue
            meant.add(key)
            value = table[key](reading, key, node)
            if value is not None:
                values[key] = value
            continue
        wanted = key if key in table else suggestion(key, node, table)
        if wanted != key:
            hint = unknown_key_hint(key, node, table, wanted)
            reading.error(entry.mark, "unknown-key", f"{what} has no key '{shortened(key)}'", hint)
            meant.add(wanted)
        if wanted == "draft":  # misspelt or repeated, it must not publish anything
            uncertain = True
    if uncertain:
        values["draft"] = True
    return Fields(what, values, frozenset(meant), marks)


def require(reading: Reading, fields: Fields, key: str, start: Mark, hint: str) -> None:
    """Report a key that must be given and isn't; `start` is the place of what should hold it."""
    if key in fields.meant:
        return
    if key in fields.marks:
        reading.error(fields.marks[key], f"missing-{key}", f"the {key} is empty", hint)
    else:
        reading.error(
            start, f"missing-{key}", f"{fields.what} without {'an' if key[0] in 'aeiou' else 'a'} {key}", hint
        )
