"""All codes, by stage and by name."""

from collections.abc import Mapping

from dossier.diagnostics import Diagnostic, Mark, did_you_mean, error
from dossier.findings import of_checks, of_commands, of_files, of_links, of_publishing, of_sites, of_themes
from dossier.findings.code import Code, Stage

STAGES: Mapping[Stage, tuple[Code, ...]] = {
    "file": of_files.CODES,
    "site": of_sites.CODES,
    "theme": of_themes.CODES,
    "command": of_commands.CODES,
    "publish": of_publishing.CODES,
    "check": of_checks.CODES,
    "links": of_links.CODES,
}
CODES: Mapping[str, Code] = {code.name: code for codes in STAGES.values() for code in codes}
# Errors in spite of which a preview shows pages as they are written.
SHOWN = frozenset(code.name for code in (*of_sites.UNRESOLVED, *of_sites.MISQUOTED))
_STAGE: Mapping[str, Stage] = {code.name: stage for stage, codes in STAGES.items() for code in codes}


def stage_of(code: str) -> Stage:
    """Who finds a code."""
    return _STAGE[code]


def code_problem(path: str, mark: Mark, name: str) -> Diagnostic | None:
    """The finding where a code, written at that place, can't be lowered or allowed; None where it can."""
    code = CODES.get(name)
    if code is None:
        hint = did_you_mean(name, CODES, "docs/findings.md lists the codes")
        return error(path, mark, "unknown-code", f"no finding has the code '{name}'", hint)
    if code.fixed:
        return error(path, mark, "fixed-code", f"'{name}' can't be lowered or allowed", code.mend)
    return None
