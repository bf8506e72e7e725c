"""A shape -> a JSON Schema, in draft 7: the newest that all editors' servers know.

https://json-schema.org/draft-07/json-schema-validation

Editors read YAML by its core schema, so that `2020` is a number to them and `no` a text. dossier reads the
text as it is written, whatever it looks like: wherever a text may stand, these schemas take numbers and truth
values.
"""

import re
from typing import Any

from dossier.documents.shapes import (
    Choice,
    Codes,
    Date,
    Degrees,
    Flag,
    Id,
    Keys,
    Link,
    Many,
    Shape,
    Text,
    Whole,
    shape_of,
)
from dossier.documents.values import MOST_ITEMS
from dossier.findings.codes import CODES
from dossier.schemas.descriptions import description, item_of
from dossier.schemas.kinds import Kind

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
# What a key stands for that has no value: nothing was given.
NOTHING: Schema = {"type": "null"}
_WORDS = ["string", "number", "boolean"]
_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK = r"[Tt ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d{1,9})?)? ?([Zz]|[+-]\d\d(:?\d\d)?)"
_MONTH = r"\d{4}(-(0[1-9]|1[0-2]))?"
# Letters and digits of every script; of ASCII's other characters only these three.
_ID: Schema = {
    "pattern": r"^\s*[^\s!-/:-@\[-`{-~][^\s!-,/:-@\[-^`{-~]*\s*$",
    "patternErrorMessage": "an id has letters, digits, '-', '_' and '.', and begins with a letter or digit",
}
_ADDRESS: Schema = {
    "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^#]+$",
    "patternErrorMessage": "an address begins with https:// and stands without its '#'",
}
_FLAGS = ("true", "yes", "on", "false", "no", "off")


def schema(kind: Kind) -> Schema:
    """The schema of one kind of file."""
    made: Schema = {"$schema": DRAFT, "title": f"dossier: {kind.place}"}
    each = _keys(kind.shape, kind.what)
    if not kind.keyed:
        return made | each
    names = _ID if kind.keyed == "id" else _ADDRESS
    made |= {"type": ["object", "null"], "propertyNames": names}
    return made | {"additionalProperties": each}


def _keys(shape: Keys, what: str) -> Schema:
    properties = {}
    for key, reader in shape.table.items():
        value = of_value(shape_of(reader), key, given=key in shape.required)
        properties[key] = {**_said(description(what, key)), **value}
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return made | ({"required": list(shape.required)} if shape.required else {})


def _said(text: str) -> Schema:
    """What is said of a key; once more for editors that show Markdown only where it is called so."""
    return {"description": text, "markdownDescription": text}


def of_value(shape: Shape, key: str, *, given: bool) -> Schema:
    """The schema of a value. One that must be `given` can't be left empty."""
    match shape:
        case Many(item):
            one = of_value(item, item_of(key), given=True)
            kinds = ["array"] if given else ["array", "null"]
            return {"type": kinds, "items": one, "maxItems": MOST_ITEMS}
        case Keys():
            made = _keys(shape, key)
            return made if given else {**made, "type": ["object", "null"]}
        case Codes(value):
            lowerable = sorted(name for name, code in CODES.items() if not code.fixed)
            of_code = of_value(value, key, given=False)
            return {
                "type": ["object", "null"],
                "properties": {name: {**_said(CODES[name].means), **of_code} for name in lowerable},
                "additionalProperties": False,
            }
    if isinstance(shape, Text | Link) and not getattr(shape, "pattern", ""):
        return {"type": _WORDS, "pattern": r"\S"} if given else {"type": [*_WORDS, "null"]}
    # A draft must not be published by a slip.
    return _scalar(shape) if given or key == "draft" else {"anyOf": [_scalar(shape), NOTHING]}


def _scalar(shape: Shape) -> Schema:
    match shape:
        case Choice(options, other):
            one: Schema = {"enum": list(options)}
            return {"anyOf": [one, _matching(other)]} if other else one
        case Whole(least, most):
            return {
                "anyOf": [
                    {"type": "integer", "minimum": least, "maximum": most},
                    {"type": "string", "pattern": r"^[+-]?\d{1,9}$"},
                ]
            }
        case Degrees(most):
            return {
                "anyOf": [
                    {"type": "number", "minimum": -most, "maximum": most},
                    {"type": "string", "pattern": r"^\s*[+-]?\d{1,3}(\.\d{1,15})?\s*$"},
                ]
            }
        case Date(precise):
            day = _matching(f"{_DAY}({_CLOCK})?")
            if precise:
                return day
            year: Schema = {"type": "integer", "minimum": 1, "maximum": 9999}
            return {"anyOf": [day, _matching(_MONTH), year]}
        case Id():
            return {"type": _WORDS, **_ID}
        case Flag():
            words = "|".join("".join(f"[{letter.upper()}{letter}]" for letter in word) for word in _FLAGS)
            return {"anyOf": [{"type": "boolean"}, _matching(words)]}
        case Text(pattern):
            return _matching(pattern)
    raise TypeError(shape)


def _matching(pattern: str) -> Schema:
    """A text that matches; also one that YAML takes for a number or a truth value, if such a text can."""
    kinds = ["string"]
    kinds += ["number"] if re.fullmatch(pattern, "2020") else []
    kinds += ["boolean"] if re.fullmatch(pattern, "true") else []
    return {"type": kinds, "pattern": rf"^\s*({pattern})\s*$"}
