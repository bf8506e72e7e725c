"""All that is wrong with a site, without any output."""

import hashlib
from typing import TYPE_CHECKING

import msgspec

from dossier import output
from dossier.build import planning, rendering
from dossier.build.documents import PLANS_KEPT, Documents
from dossier.build.editing import editors_findings
from dossier.build.lasting import record_of, vanished
from dossier.build.leaking import find_leaks
from dossier.build.linking import link
from dossier.build.options import Options
from dossier.build.pipeline import collected, concluded
from dossier.build.result import Result
from dossier.build.session import Session, opened
from dossier.diagnostics import Diagnostic, Severity
from dossier.findings.code import Stage
from dossier.findings.policy import ALWAYS, Policy, judged
from dossier.model import Record

if TYPE_CHECKING:
    from dossier.build.asking import Outward

# What is gone through beside what builds go through.
STAGES: frozenset[Stage] = ALWAYS | {"check", "publish"}


class Checked(Record, frozen=True):
    """What a check of some files came to, before levels and silences; how many pages it went through."""

    findings: tuple[Diagnostic, ...]
    policy: Policy
    pages: int


def check(options: Options, outward: "Outward | None" = None) -> Result:
    """All that a build would find, and what an editor would see; with `outward`, of links out too.

    The site is let go of before anybody is asked for anything, which may take long.
    """
    with opened(options, wait=False) as session, session.documents() as documents:
        checked = _checked(session, documents)
        session.result.pages = checked.pages
        findings = [*session.listing.findings, *documents.findings, *checked.findings]
        if outward is None:
            concluded(findings, session, checked.policy, STAGES)
            return session.result
        linked = link(documents, options)
    from dossier.build.asking import ask  # It loads a client of the web.

    files = {head.path: head for head in linked.heads}
    folder = session.state.folder if session.state else None
    asked = ask(files, linked.library, options, outward, folder, session.lines)
    session.result.asked = asked
    concluded([*findings, *asked.findings], session, checked.policy, STAGES | {"links"})
    return session.result


def _checked(session: Session, documents: Documents) -> Checked:
    """What a check of these files comes to: as it was kept, or worked out."""
    options = session.options
    record = record_of(session.listing)
    asked = f"check {options.today} {options.drafts} {record}".encode()
    key = hashlib.blake2b(asked + documents.digest(), digest_size=16).digest()
    kept = documents.memo.get("plans", key)
    if kept is not None:
        return msgspec.msgpack.decode(kept, type=Checked)
    with session.result.timings.stage("link"):
        planned = planning.planned(documents, options)
    findings = list(planned.findings)
    with collected(findings):
        chosen, checked = rendering.load_theme(documents, planned.theme)
        findings += checked.findings
        if not _errors(judged(findings, planned.policy)):
            former = output.last_manifest(options.folder, session.state)
            files = former.files if former else {}
            made = rendering.Maker(planned, chosen, checked.closures, session, files.get).make()
            rendering.raise_findings(made)
    with session.result.timings.stage("edit"):
        findings += editors_findings(documents, planned, options)
    with session.result.timings.stage("leaks"):
        findings += find_leaks(documents)
        findings += vanished(documents, planned, record)
    found = Checked(tuple(findings), planned.policy, len(planned.recipes or planned.rows))
    documents.memo.put("plans", [(key, msgspec.msgpack.encode(found))])
    documents.memo.keep_newest("plans", PLANS_KEPT)
    return found


def _errors(findings: tuple[Diagnostic, ...]) -> bool:
    return any(finding.severity == Severity.ERROR for finding in findings)
