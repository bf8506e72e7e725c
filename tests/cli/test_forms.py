"""Findings as other programs read them."""

import json
import re
from typing import Any

import jsonschema
import pytest

from dossier.cli.forms import github_form, json_form, sarif_form
from dossier.diagnostics import Diagnostic, Mark, Severity, error, info, show, warning
from tests.conftest import REPOSITORY

SCHEMA = json.loads((REPOSITORY / "tests/data/sarif/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
PLACED = error(
    "content/notes/n.md", Mark(7, 42, 11), "unknown-citation", "no article 'a'", "did you mean 'b'?"
)
FINDINGS = [
    PLACED,
    warning("content/a b/größe.md", Mark(3), "near-duplicate", "75 % of it: all, nearly"),
    info("content/topics/t.md", Mark(2, 8, 0), "quiet-topic", "nothing new", "look\nfor news"),
    error("site.yaml", Mark(), "missing-site", "there is no site.yaml", "write one"),
    error("x", Mark(), "not-a-code-of-ours", "m"),
]
# A terminal's escapes, a bell, C1's control sequence introducer, an override of the direction of writing.
HOSTILE = "\x1b[2J\x1b]0;x\x07\x9b31m\u202egnp.exe\r::error::x\n::warning::y"
HOSTILE_FINDING = Diagnostic(
    f"content/{HOSTILE}.md", Mark(1, 1, 1), Severity.ERROR, "unknown-link", HOSTILE, HOSTILE, HOSTILE
)


def sarif(findings: list[Diagnostic]) -> Any:
    """The log, valid by the schema of SARIF 2.1.0."""
    log = json.loads(sarif_form(findings))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    return log


def test_sarif_is_valid_and_says_all_of_it() -> None:
    (run,) = sarif(FINDINGS)["runs"]
    first = run["results"][0]
    assert first == {
        "ruleId": "unknown-citation",
        "ruleIndex": 4,
        "level": "error",
        "message": {"text": "no article 'a'\nhint: did you mean 'b'?"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "content/notes/n.md"},
                    "region": {"startLine": 7, "startColumn": 42, "endColumn": 53},
                }
            }
        ],
    }
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "error", "error"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [f.code for f in FINDINGS]
    assert rules[4]["shortDescription"]["text"] == "a citation of no article"
    assert run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "content/a%20b/gr%C3%B6%C3%9Fe.md"
    )


def test_a_log_without_findings_is_valid() -> None:
    assert sarif([])["runs"][0]["results"] == []


def test_the_schema_refuses_what_is_no_log() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate({"version": "2.1.0", "runs": [{"results": []}]})


def test_json_says_all_of_it() -> None:
    assert json.loads(json_form(FINDINGS))[0] == {
        "path": "content/notes/n.md",
        "line": 7,
        "column": 42,
        "length": 11,
        "severity": "error",
        "code": "unknown-citation",
        "message": "no article 'a'",
        "hint": "did you mean 'b'?",
    }


def test_workflow_commands() -> None:
    assert github_form(FINDINGS).split("\n") == [
        "::error file=content/notes/n.md,line=7,col=42,endColumn=53,title=unknown-citation::no article 'a'"
        "%0Ahint: did you mean 'b'?",
        "::warning file=content/a b/größe.md,line=3,col=1,endColumn=1,title=near-duplicate"
        "::75 %25 of it: all, nearly",
        "::notice file=content/topics/t.md,line=2,col=8,endColumn=8,title=quiet-topic::nothing new"
        "%0Ahint: look%0Afor news",
        "::error file=site.yaml,title=missing-site::there is no site.yaml%0Ahint: write one",
        "::error file=x,title=not-a-code-of-ours::m",
    ]


def test_what_stands_in_a_property_cant_end_it() -> None:
    (line,) = github_form([error("a,b:c%.md", Mark(), "unknown-link", "m")]).split("\n")
    assert line == "::error file=a%2Cb%3Ac%25.md,title=unknown-link::m"


@pytest.mark.parametrize("form", [json_form, sarif_form, github_form, lambda findings: show(findings[0])])
def test_hostile_text_steers_no_terminal_and_no_workflow(form: Any) -> None:
    written = form([HOSTILE_FINDING])
    assert all(character.isprintable() or character == "\n" for character in written)
    assert not re.search(r"(?m)^::warning::y", written.partition("\n")[2])


def test_hostile_text_is_kept_as_it_is_for_programs() -> None:
    (finding,) = json.loads(json_form([HOSTILE_FINDING]))
    assert finding["message"] == HOSTILE
    assert sarif([HOSTILE_FINDING])["runs"][0]["results"][0]["message"]["text"].startswith(HOSTILE)
