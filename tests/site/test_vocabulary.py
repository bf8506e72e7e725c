"""Every JSON-LD block says only what schema.org has words for."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.site.conftest import Built

TYPES = json.loads((Path(__file__).parents[1] / "data/schemaorg/types.json").read_text(encoding="utf-8"))
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
TEXTS = {"Text", "URL", "Date", "DateTime"}
# A thing may be named by its address (https://schema.org/docs/gs.html#advanced_expected).
BY_ADDRESS = {"ListItem.item"}
NUMBERS = {"Number", "Integer"}


def ancestors(name: str) -> set[str]:
    """A type and all that it is a kind of."""
    return {name, *(above for parent in TYPES[name]["parents"] for above in ancestors(parent))}


def problems(node: dict[str, Any], root: bool = False) -> Iterator[str]:
    """What of a node the vocabulary doesn't have."""
    if root:
        assert node["@context"] == "https://schema.org"
        if "@graph" in node:
            assert node.keys() == {"@context", "@graph"}
            for each in node["@graph"]:
                yield from problems(each)
            return
    if node.keys() == {"@id"}:
        return
    name = node.get("@type")
    if name not in TYPES:
        yield f"no type {name}"
        return
    known = {key: may for above in ancestors(name) for key, may in TYPES[above]["properties"].items()}
    for key, value in node.items():
        if key.startswith("@"):
            continue
        if key not in known:
            yield f"{name} has no {key}"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from _value(f"{name}.{key}", set(known[key]), each)


def _value(place: str, wanted: set[str], value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from problems(value)
        if "@type" in value and not ancestors(value["@type"]) & wanted:
            yield f"{place} is no {value['@type']}"
    elif isinstance(value, str) and not wanted & TEXTS and place not in BY_ADDRESS:
        yield f"{place} is no text"
    elif isinstance(value, int | float) and not wanted & NUMBERS:
        yield f"{place} is no number"


@pytest.mark.parametrize("name", ["site", "bare", "hostile"])
def test_pages_say_what_schema_org_has_words_for(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    found: dict[str, str] = {}
    blocks = 0
    for path, file in built.files.items():
        if path.endswith(".html"):
            for block in BLOCK.findall(file.read_text(encoding="utf-8")):
                blocks += 1
                found |= dict.fromkeys(problems(json.loads(block), root=True), path)
    assert blocks
    assert found == {}


def test_the_check_finds_what_is_wrong() -> None:
    wrong = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headlin": "x",
        "position": 1,
        "author": {"@type": "Place", "name": "x"},
        "publisher": {"@type": "Publisher"},
        "datePublished": 2020,
    }
    assert sorted(problems({**wrong, "publisher": "x"}, root=True)) == [
        "Article has no headlin",
        "Article.author is no Place",
        "Article.datePublished is no number",
        "Article.publisher is no text",
    ]
    assert "no type Publisher" in list(problems({"@type": "Publisher"}))
