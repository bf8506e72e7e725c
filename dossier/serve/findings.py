"""Findings as the overlay of open pages shows them."""

import os
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from dossier.diagnostics import Diagnostic, parts
from dossier.serve.settings import EDITORS, Settings

MOST = 100


def for_overlay(findings: Iterable[Diagnostic], settings: Settings) -> list[dict[str, Any]]:
    """Plain data for the overlay: the gravest first, at most a hundred."""
    ordered = sorted(findings, key=lambda finding: (finding.severity.rank, finding))
    return [_shown(finding, settings) for finding in ordered[:MOST]]


def _shown(finding: Diagnostic, settings: Settings) -> dict[str, Any]:
    lines = {role: text for role, text in parts(finding) if role != "head"}
    mark = finding.mark
    return {
        "path": finding.path,
        "line": mark.line,
        "column": mark.column,
        "severity": str(finding.severity),
        "code": finding.code,
        "message": finding.message,
        "excerpt": lines.get("excerpt", ""),
        "caret": lines.get("caret", ""),
        "hint": finding.hint,
        "edit": edit_address(finding.path, mark.line, mark.column, settings),
    }


def edit_address(path: str, line: int, column: int, settings: Settings) -> str:
    """The address that opens a file in the editor that was asked for; '' where none was."""
    if not settings.editor or os.path.isabs(path):
        return ""
    place = quote((settings.site / path).as_posix())
    place = place if place.startswith("/") else f"/{place}"
    return EDITORS[settings.editor].format(path=place, line=max(line, 1), column=max(column, 1))
