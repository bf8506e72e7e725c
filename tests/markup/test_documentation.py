"""docs/markdown.md names what the code does."""

import re
from pathlib import Path

from dossier.markup import LONGEST_TEXT
from dossier.markup.highlighting import LONGEST_CODE
from dossier.markup.parser import DEEPEST_NESTING

from .examples import fixtures

DOCUMENTATION = (Path(__file__).parents[2] / "docs" / "markdown.md").read_text(encoding="utf-8")


def test_limits() -> None:
    text = " ".join(DOCUMENTATION.split())
    assert f"{LONGEST_TEXT:,} characters" in text
    assert f"{LONGEST_CODE:,} characters" in text
    assert f"{DEEPEST_NESTING} deep" in text


def test_every_finding_is_explained_and_has_an_example() -> None:
    listed = DOCUMENTATION.partition("## Findings")[2].partition("## CommonMark")[0]
    explained = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", listed))
    shown = {
        code for _, _, found in fixtures("findings.md") for code in re.findall(r"\[([a-z-]+)\]: ", found)
    }
    assert explained == shown | {"too-deep", "too-large"}
