"""Every example of the CommonMark specification, shown as it says or as our list of deviations says."""

import json
from pathlib import Path
from typing import Any

import pytest

from dossier.markup import render

from .examples import whole

DATA = Path(__file__).parents[1] / "data" / "commonmark"
EXAMPLES = json.loads((DATA / "spec.json").read_text(encoding="utf-8"))
LISTED = json.loads((DATA / "deviations.json").read_text(encoding="utf-8"))
DEVIATIONS = {deviation["example"]: deviation for deviation in LISTED["deviations"]}


def html_of(example: dict[str, Any]) -> str:
    """What we make of an example, without a site around it."""
    return whole(render(example["markdown"], path="", first_line=1, citations=False))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["example"]))
def test_example(example: dict[str, Any]) -> None:
    shown, specified = html_of(example), example["html"].replace(" />", ">")  # `<br>` is HTML for `<br />`
    deviation = DEVIATIONS.get(example["example"])
    if deviation:
        assert shown == deviation["html"]
        assert shown != specified, "no longer deviates: take it off the list"
    else:
        assert shown == specified


def test_every_deviation_has_reasons_that_are_explained() -> None:
    assert len(EXAMPLES) == 652
    given = {reason for deviation in DEVIATIONS.values() for reason in deviation["reasons"]}
    assert given == set(LISTED["reasons"])
    assert all(deviation["reasons"] for deviation in DEVIATIONS.values())


def test_the_documentation_counts_the_deviations() -> None:
    documentation = (Path(__file__).parents[2] / "docs" / "markdown.md").read_text(encoding="utf-8")
    assert f"{len(EXAMPLES)} examples" in documentation
    assert f"{len(DEVIATIONS)} of them" in documentation
    for reason, sentence in LISTED["reasons"].items():
        count = sum(reason in deviation["reasons"] for deviation in DEVIATIONS.values())
        assert f"| {sentence} | {count} |" in documentation
