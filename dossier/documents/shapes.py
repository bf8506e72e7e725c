"""What readers take, said beside them, so that schemas and editors know it from the readers themselves."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from dossier.model import ReferenceKind


class Shape(msgspec.Struct, frozen=True):
    """What may be written for a value."""


class Text(Shape, frozen=True):
    """A text that matches an expression in full, white space around it aside; any text without one."""

    pattern: str = ""


class Choice(Shape, frozen=True):
    """One of these words; or, with `other`, a text that matches this expression."""

    options: tuple[str, ...]
    other: str = ""


class Flag(Shape, frozen=True):
    """True or false."""


class Whole(Shape, frozen=True):
    """A whole number from `least` to `most`."""

    least: int
    most: int


class Degrees(Shape, frozen=True):
    """Degrees, with a decimal point, of at most this size."""

    most: int


class Date(Shape, frozen=True):
    """A day, a month, a year or a time; only a day or a time where it is `precise`."""

    precise: bool = False


class Id(Shape, frozen=True):
    """A text that can be part of an address."""


class Link(Shape, frozen=True):
    """The id of something elsewhere in the site."""

    kind: ReferenceKind


class Many(Shape, frozen=True):
    """A list."""

    item: Shape


class Keys(Shape, frozen=True):
    """A mapping with the keys of a table, of which some must be given."""

    table: Mapping[str, Callable[..., Any]]
    required: tuple[str, ...] = ()


class Codes(Shape, frozen=True):
    """A mapping from codes of findings to values."""

    value: Shape


_SHAPES: dict[Callable[..., Any], Shape] = {}
Read = TypeVar("Read", bound=Callable[..., Any])


def takes(shape: Shape) -> Callable[[Read], Read]:
    """Say what a reader takes."""

    def say(reader: Read) -> Read:
        _SHAPES[reader] = shape
        return reader

    return say


def shape_of(reader: Callable[..., Any]) -> Shape:
    """What a reader takes."""
    return _SHAPES[reader]
