"""Findings as open pages show them."""

import os
from collections.abc import Iterable, Mapping
from typing import Any

from dossier.diagnostics import Diagnostic, parts
from dossier.serve import editors
from dossier.serve.settings import Settings

MOST = 100


def for_pages(
    findings: Iterable[Diagnostic], settings: Settings, pages: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Plain data for pages: the gravest first, at most a hundred. `pages` are those of the documents."""
    ordered = sorted(findings, key=lambda finding: (finding.severity.rank, finding))
    return [_shown(finding, settings, pages.get(finding.path, "")) for finding in ordered[:MOST]]


def _shown(finding: Diagnostic, settings: Settings, page: str) -> dict[str, Any]:
    lines = {role: text for role, text in parts(finding) if role != "head"}
    mark = finding.mark
    return {
        "path": finding.path,
        "page": page,
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
    return editors.address(settings.editor, (settings.site / path).as_posix(), line, column)
