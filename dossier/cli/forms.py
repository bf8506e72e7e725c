"""Findings as other programs read them: JSON, GitHub's workflow commands, SARIF 2.1.0."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from dossier import __version__
from dossier.diagnostics import Diagnostic, Severity, printable

SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
GITHUB_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def json_form(findings: Sequence[Diagnostic]) -> str:
    """A list of objects, one for each finding."""
    return to_json([_fields(finding) for finding in findings])


def to_json(value: object) -> str:
    """JSON without any character that could steer the terminal on which it is shown."""
    text = msgspec.json.format(msgspec.json.encode(value)).decode()
    if text.isascii():
        return text
    return "".join(c if c.isprintable() or c == "\n" else _escape(c) for c in text)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _fields(finding: Diagnostic) -> Mapping[str, Any]:
    mark = finding.mark
    return {
        "path": finding.path,
        "line": mark.line,
        "column": mark.column,
        "length": mark.length,
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
    }


def github_form(findings: Iterable[Diagnostic]) -> str:
    """A workflow command for each finding, which GitHub shows at its line of a pull request.

    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    return "\n".join(map(_command, findings))


def _command(finding: Diagnostic) -> str:
    mark = finding.mark
    place = {"file": finding.path}
    if mark.line:
        place |= {"line": str(mark.line), "col": str(max(mark.column, 1))}
        place["endColumn"] = str(max(mark.column, 1) + mark.length)
    place["title"] = finding.code
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    hint = f"\nhint: {finding.hint}" if finding.hint else ""
    return f"::{GITHUB_COMMANDS[finding.severity]} {properties}::{_data(finding.message + hint)}"


def _data(text: str) -> str:
    """A text as a workflow command's data: only what is escaped here could end it."""
    lines = (printable(line) for line in text.split("\n"))
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif_form(findings: Sequence[Diagnostic]) -> str:
    """A log of one run in SARIF 2.1.0, whose rules are the codes that were found."""
    from dossier.findings.codes import CODES  # All their texts are of use here alone.

    rules = sorted({finding.code for finding in findings})
    driver = {
        "name": "dossier",
        "semanticVersion": __version__,
        "rules": [_rule(name, CODES.get(name)) for name in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rules.index(finding.code)) for finding in findings],
    }
    return to_json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str, code: Any) -> Mapping[str, Any]:
    if code is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": code.means},
        "help": {"text": code.mend},
        "defaultConfiguration": {"level": SARIF_LEVELS[code.level]},
    }


def _result(finding: Diagnostic, rule: int) -> Mapping[str, Any]:
    hint = f"\nhint: {finding.hint}" if finding.hint else ""
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.path)}}
    if finding.mark.line:
        location["region"] = _region(finding)
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": SARIF_LEVELS[finding.severity],
        "message": {"text": finding.message + hint},
        "locations": [{"physicalLocation": location}],
    }


def _region(finding: Diagnostic) -> Mapping[str, Any]:
    mark = finding.mark
    region: dict[str, Any] = {"startLine": mark.line}
    if mark.column:
        region |= {"startColumn": mark.column, "endColumn": mark.column + mark.length}
    if finding.excerpt:
        region["snippet"] = {"text": finding.excerpt}
    return region


FORMS: Mapping[str, Callable[[Sequence[Diagnostic]], str]] = {
    "json": json_form,
    "github": github_form,
    "sarif": sarif_form,
}
