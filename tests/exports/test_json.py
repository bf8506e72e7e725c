"""The dossier as data: by its schema, documented, and with nothing that isn't published."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema

from dossier.exports.collecting import collect
from dossier.exports.data import schema
from dossier.exports.json import as_json, kept_schema, schema_as_json
from tests.conftest import REPOSITORY
from tests.exports.conftest import Desk

SCHEMA = REPOSITORY / "dossier" / "exports" / "dossier-1.schema.json"
PAGE = REPOSITORY / "docs" / "export.md"
MARK = "<!-- What follows is made from dossier/exports/data.py: DOSSIER_ACCEPT=1 pytest tests/exports -->"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))


def exported(desk: Desk) -> dict[str, Any]:
    with desk.reading() as found:
        data: dict[str, Any] = json.loads(as_json(collect(found)))
    return data


def test_the_data_are_as_the_schema_says(desk: Desk) -> None:
    VALIDATOR.check_schema(VALIDATOR.schema)
    VALIDATOR.validate(exported(desk))


def test_the_schema_finds_what_is_wrong(desk: Desk) -> None:
    data = exported(desk)
    del data["articles"][0]["title"]
    data["claims"][0]["state"] = "true"
    wrong = {(error.validator, tuple(error.path)) for error in VALIDATOR.iter_errors(data)}
    assert wrong == {("required", ("articles", 0)), ("enum", ("claims", 0, "state"))}


def test_the_schema_of_the_package_is_that_of_the_code(snapshot: Callable[[Path, str], None]) -> None:
    snapshot(SCHEMA, schema_as_json().decode())
    assert kept_schema() == SCHEMA.read_bytes()


def test_the_schema_is_printed(desk: Desk) -> None:
    assert json.loads(desk.run("json", "--schema").stdout) == VALIDATOR.schema


def test_what_hangs_together_is_named_by_ids(desk: Desk) -> None:
    data = exported(desk)
    assert (data["format"], data["version"]) == ("dossier", 1)
    assert data["site"]["as_of"] == "2020-04-01"
    articles = {article["id"]: article for article in data["articles"]}
    assert articles["a"]["source"] == "nato"
    assert articles["a"]["address"] == "https://example.org/file/articles/a.html"
    assert articles["a"]["html"] == "<p>S.</p>\n"
    assert articles["a"]["cited_by"] == ["notes/first", "topics/iraq"]
    assert (articles["b"]["shown"], articles["b"]["language"]) == ("reference", "ar")
    assert [note["cites"] for note in data["notes"]] == [["b"], ["a", "b"]]
    (topic,) = (topic for topic in data["topics"] if topic["id"] == "iraq")
    assert topic["events"][0]["articles"] == ["b"]
    assert 'href="people/ada.html"' in topic["html"]
    assert '<img src="topics/chart.svg" alt="A chart"/>' in topic["html"]
    assert data["claims"][0]["evidence"][0]["article"] == "b"
    assert (data["claims"][0]["supporting"], data["people"][0]["name"]) == (1, "Ada")


def test_what_is_not_published_is_not_exported(desk: Desk) -> None:
    assert "zanzibar" not in json.dumps(exported(desk)).lower()


def test_the_same_dossier_gives_the_same_bytes(desk: Desk) -> None:
    assert (
        desk.run("json", "--output", "-").stdout
        == desk.run("json", "--output", "-", PYTHONHASHSEED="7").stdout
    )


def test_the_demonstration_is_as_the_schema_says() -> None:
    with Desk(REPOSITORY, REPOSITORY).reading(today="2026-12-01") as found:
        VALIDATOR.validate(json.loads(as_json(collect(found))))


# ---------------------------------------------------------------- documentation


def test_the_page_documents_every_field(snapshot: Callable[[Path, str], None]) -> None:
    above = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    snapshot(PAGE, above + MARK + "\n" + "".join(described()))


def described() -> Iterator[str]:
    definitions: dict[str, Any] = schema()["$defs"]  # type: ignore[assignment]
    names = ["Dossier", *sorted(definitions.keys() - {"Dossier"})]
    for name in names:
        definition = definitions[name]
        yield f"\n### {heading(name)}\n\n{definition['description'].partition(chr(10))[0]}\n\n"
        yield "| field | value | meaning |\n| --- | --- | --- |\n"
        for field, value in definition["properties"].items():
            yield f"| `{field}` | {kind(value)} | {value['description']} |\n"


def heading(name: str) -> str:
    return "The whole" if name == "Dossier" else name.removesuffix("Data")


def kind(value: dict[str, Any]) -> str:
    """What stands there, in words."""
    if "$ref" in value:
        name = heading(value["$ref"].rpartition("/")[2])
        return f"[{name}](#{name.lower().replace(' ', '-')})"
    if value.get("type") == "array":
        items = value["items"]
        return f"list of {kind(items)}" if "$ref" in items else "list of text"
    if "enum" in value:
        return ", ".join(f"`{choice}`" if choice != "" else "empty" for choice in value["enum"])
    if "anyOf" in value:
        return " or ".join(kind(each) for each in value["anyOf"])
    return {"string": "text", "integer": "number", "number": "number", "null": "null"}[value["type"]]
