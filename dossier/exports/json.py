"""The data and their schema as JSON."""

from importlib.resources import files

import msgspec

from dossier.exports.data import SCHEMA, Dossier, schema


def as_json(dossier: Dossier) -> bytes:
    """The data, a value on each line."""
    return msgspec.json.format(msgspec.json.encode(dossier), indent=1) + b"\n"


def schema_as_json() -> bytes:
    """The schema, as it comes out of the types."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=1) + b"\n"


def kept_schema() -> bytes:
    """The schema, as it comes with dossier."""
    return files("dossier.exports").joinpath(SCHEMA).read_bytes()
