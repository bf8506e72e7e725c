"""Which findings count, and how much: the levels of `site.yaml`, and what documents allow in place."""

from collections.abc import Collection, Iterable, Iterator

import msgspec

from dossier.diagnostics import Diagnostic, Severity, warning
from dossier.findings.code import Stage
from dossier.model import Level, Record, Silence

OFF = "off"
# Stages whose findings lie in documents and registers, in every build.
ALWAYS: frozenset[Stage] = frozenset(["file", "site"])


class Policy(Record, frozen=True):
    """A site's levels, and its silences by the paths of their files.

    `hidden` are the documents that stay out of the site, of which only one file's findings are looked for.
    """

    levels: tuple[Level, ...] = ()
    silences: tuple[tuple[str, Silence], ...] = ()
    hidden: tuple[str, ...] = ()

    def is_off(self, code: str) -> bool:
        """Whether findings of this code don't count at all."""
        return any(level.code == code and level.level == OFF for level in self.levels)


def judged(
    findings: Iterable[Diagnostic], policy: Policy, stages: Collection[Stage] = ALWAYS
) -> tuple[Diagnostic, ...]:
    """The findings that count, each at its level, and those about silences.

    What can't be lowered stays as it is. `stages` are those that were gone through: a silence of what wasn't
    looked for is not unused.
    """
    if not policy.levels and not policy.silences:
        return tuple(findings)
    from dossier.findings.codes import CODES  # Most builds do without.

    used: set[tuple[str, Silence]] = set()
    fixed = {name for name, code in CODES.items() if code.fixed}
    kept = [finding for finding in findings if finding.code in fixed or not _allowed(finding, policy, used)]
    kept += _about_silences(policy, used, stages)
    levels = {level.code: level.level for level in policy.levels if level.code not in fixed}
    return tuple(
        _at(finding, levels.get(finding.code)) for finding in kept if levels.get(finding.code) != OFF
    )


def _allowed(finding: Diagnostic, policy: Policy, used: set[tuple[str, Silence]]) -> bool:
    """Whether a silence covers a finding; it is then used."""
    for path, silence in policy.silences:
        if path == finding.path and silence.code == finding.code and silence.covers(finding.mark.line):
            used.add((path, silence))
            return True
    return False


def _at(finding: Diagnostic, level: str | None) -> Diagnostic:
    if level is None or level == finding.severity:
        return finding
    return msgspec.structs.replace(finding, severity=Severity(level))


def _about_silences(
    policy: Policy, used: Collection[tuple[str, Silence]], stages: Collection[Stage]
) -> Iterator[Diagnostic]:
    from dossier.findings.codes import code_problem, stage_of

    for path, silence in policy.silences:
        problem = code_problem(path, silence.mark, silence.code)
        if problem is not None:
            yield problem
            continue
        if not silence.reason:
            hint = f"say why, as {silence.code}: the outlet published both"
            message = f"'{silence.code}' is allowed here, but not why"
            yield warning(path, silence.mark, "allow-without-reason", message, hint)
        stage = stage_of(silence.code)
        looked_for = stage in stages and (stage == "file" or path not in policy.hidden)
        if looked_for and (path, silence) not in used and not policy.is_off(silence.code):
            message = f"'{silence.code}' is allowed here, but not found"
            yield warning(path, silence.mark, "unused-allow", message, "delete it")
