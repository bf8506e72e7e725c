"""What editors show while one types is what docs/front-matter.md says."""

import re

import pytest

from dossier.schemas.descriptions import described
from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "docs" / "front-matter.md").read_text(encoding="utf-8")
SECTIONS = {
    "## Articles": ("article",),
    "## Notes": ("note",),
    "## Topics": ("topic",),
    "| `statement`": ("claim",),
    "Each item of `evidence` has": ("evidence",),
    "## Events": ("event",),
    "## Excerpts": ("excerpt",),
    "## Registers": ("person", "organization", "place", "source"),
    "## Settings": ("site",),
}
AS_ABOVE = "as above"


def rows(start: str) -> dict[str, str]:
    """The first table from a place on: what is said of each key, links and emphasis taken away."""
    page = PAGE[PAGE.index(start) :]
    lines = page[page.index("| `") :].split("\n\n")[0].splitlines()
    found = {}
    for line in lines:
        keys, text = line.strip("| ").split(" | ", 1)
        found |= dict.fromkeys(re.findall(r"`(\w+)`", keys), plain(text))
    return found


def plain(text: str) -> str:
    """Without references to other places, with what links say in their stead, and without emphasis."""
    text = re.sub(r"[,;:]? \(?\[(?:see|why)[^\]]*\]\([^)]*\)\)?", "", text)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "")


@pytest.mark.parametrize("start", SECTIONS)
def test_editors_say_what_the_documentation_says(start: str) -> None:
    said = rows(start)
    known = {key: text for what in SECTIONS[start] for key, text in described()[what].items()}
    as_above = {key for key, text in said.items() if text == AS_ABOVE}
    assert {key: text for key, text in said.items() if key not in as_above} == {
        key: known[key] for key in said if key not in as_above
    }


def test_what_is_the_same_everywhere_is_said_in_the_same_words() -> None:
    article = described()["article"]
    for what in ("note", "topic", "claim"):
        for key in ("title", "topics", "tags", "summary", "events", "aliases", "draft", "allow", "authors"):
            assert described()[what].get(key, article[key]) == article[key]
