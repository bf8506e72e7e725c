"""Values as they are written, each with its place. Fields give them types; YAML's guesses are not made."""

import msgspec

from dossier.diagnostics import Mark


class Scalar(msgspec.Struct, frozen=True, gc=False):
    """A text as it is written: `2020`, `No` and `1e3` stay these characters.

    The mark covers the text, within its quotes where it has some; of a text of several lines, the first.
    `plain` means without quotes. A missing value is an empty plain scalar with the mark of its key.
    """

    mark: Mark
    text: str
    plain: bool = True

    @property
    def empty(self) -> bool:
        """Whether nothing was given: `key:`, `key: ~` or `key: null`."""
        return self.plain and self.text in ("", "~", "null")


class Listing(msgspec.Struct, frozen=True):
    """A list. The mark covers its first line."""

    mark: Mark
    items: tuple["Node", ...]


class Entry(msgspec.Struct, frozen=True):
    """A key, its place and its value."""

    key: str
    mark: Mark
    value: "Node"


class Mapping(msgspec.Struct, frozen=True):
    """Keys with values, a repeated key (which has been reported) twice. The mark covers its first line."""

    mark: Mark
    entries: tuple[Entry, ...]


Node = Scalar | Listing | Mapping
