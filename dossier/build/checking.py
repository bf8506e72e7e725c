"""All that is wrong with a site, without any output."""

from dossier import output
from dossier.build import planning, rendering
from dossier.build.options import Options
from dossier.build.pipeline import collected, concluded
from dossier.build.result import Result
from dossier.build.session import opened
from dossier.diagnostics import Diagnostic, Severity
from dossier.findings.policy import judged


def check(options: Options) -> Result:
    """All that a build would find."""
    with opened(options, wait=False) as session, session.documents() as documents:
        with session.result.timings.stage("link"):
            planned = planning.planned(documents, options)
        findings = [*session.listing.findings, *documents.findings, *planned.findings]
        with collected(findings):
            chosen, checked = rendering.load_theme(documents, planned.theme)
            findings += checked.findings
            if not _errors(judged(findings, planned.policy)):
                former = output.last_manifest(options.folder, session.state)
                files = former.files if former else {}
                made = rendering.Maker(planned, chosen, checked.closures, session, files.get).make()
                rendering.raise_findings(made)
        concluded(findings, session, planned.policy)
        session.result.pages = len(planned.recipes or planned.rows)
        return session.result


def _errors(findings: tuple[Diagnostic, ...]) -> bool:
    return any(finding.severity == Severity.ERROR for finding in findings)
