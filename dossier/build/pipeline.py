"""The pipeline on one screen: list, read and parse, link and plan, render, put in place."""

import contextlib
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from dossier import output
from dossier.build.options import Options
from dossier.build.result import Report, Result
from dossier.build.session import Session, opened
from dossier.diagnostics import Diagnostic, DossierError, Severity

if TYPE_CHECKING:
    from dossier.library import Library

# What only a build that finds a change needs is imported inside the functions that need it: importing the
# parsers, the templates and SQLite takes longer than finding out that nothing changed.


def build(options: Options) -> Result:
    """Make the output equal to what a clean build would give. Raises DossierError for what can't go on."""
    with opened(options) as session:
        result = session.result
        output.refuse(options.folder, options.site)
        with result.timings.stage("look at the output"):
            writer = output.Writer(options.folder, session.state, adopt=options.adopt)
        if session.current and not (options.verify or options.explain) and writer.as_left():
            report = standing(session, session.index.digest, writer)
            if report is not None:
                return unchanged(report, result, options)
        return _build(session, writer)


def _build(session: Session, writer: output.Writer) -> Result:
    from dossier.build import planning, publishing, rendering

    options, result = session.options, session.result
    writer.claim()
    with session.documents() as documents:
        inputs = inputs_digest(session, documents.digest())
        report = None if options.verify or options.explain else standing(session, documents.digest(), writer)
        if report is not None and writer.refresh():
            return unchanged(report, result, options)
        with result.timings.stage("plan"):
            planned = planning.planned(documents, options)
        findings = [*session.listing.findings, *documents.findings, *planned.plan.findings]
        with result.timings.stage("theme"), collected(findings):
            chosen, found = rendering.load_theme(documents, planned.plan.theme)
            findings += found
        if concluded(findings, session):
            return result
        keys = publishing.page_keys(planned, session.engine, chosen)
        if options.explain:
            from dossier.build.explaining import explain

            result.explanation = explain(options.explain, keys, planned, writer)
        with collected(findings), prepared(writer):
            tree = publishing.make_tree(planned, chosen, keys, writer, session)
            if options.verify:
                from dossier.build.verifying import verify

                verify(session, documents, planned, chosen, tree)
            result.pages = len(keys)
            tree.inputs = inputs
            tree.report = msgspec.msgpack.encode(Report(result.diagnostics, result.pages, result.assets))
            with result.timings.stage("put in place"):
                result.removed = len(writer.finish(tree, atomic=options.atomic))
            result.written = len(tree.changed - {output.MARKER})
            documents.prune(planning.live_keys(planned))
        concluded(findings, session)
    return result


def check(options: Options) -> Result:
    """All that a build would find, without any output."""
    from dossier.build import planning, publishing, rendering

    with opened(options, wait=False) as session, session.documents() as documents:
        with session.result.timings.stage("plan"):
            planned = planning.planned(documents, options)
        findings = [*session.listing.findings, *documents.findings, *planned.plan.findings]
        with collected(findings):
            chosen, found = rendering.load_theme(documents, planned.plan.theme)
            findings += found
            if not any(finding.severity == Severity.ERROR for finding in findings):
                publishing.try_pages(planned, chosen, session)
        concluded(findings, session)
        session.result.pages = len(planned.plan.rows)
        return session.result


def standing(session: Session, digest: bytes, writer: output.Writer) -> Report | None:
    """The report of the build that left the output, if it was of just these files and settings."""
    manifest = writer.manifest
    if manifest is None or manifest.inputs != inputs_digest(session, digest):
        return None
    try:
        return msgspec.msgpack.decode(manifest.report, type=Report)
    except msgspec.DecodeError:
        return None


def inputs_digest(session: Session, digest: bytes) -> bytes:
    """The digest of all that a build depends on besides its output; `digest` is that of the site's files."""
    options = session.options
    arguments = (session.engine, digest, options.today, options.drafts, session.listing.findings)
    return hashlib.blake2b(msgspec.msgpack.encode(arguments), digest_size=16).digest()


def unchanged(report: Report, result: Result, options: Options) -> Result:
    """The result of a build that had nothing to do."""
    result.diagnostics, result.pages, result.assets = report.diagnostics, report.pages, report.assets
    result.failed = options.strict and bool(report.diagnostics)
    return result


def concluded(findings: list[Diagnostic], session: Session) -> bool:
    """Whether the findings end the build here, with the last good site left as it is."""
    result = session.result
    result.diagnostics = session.with_excerpts(findings)
    result.failed = bool(result.errors or (session.options.strict and result.diagnostics))
    return result.failed


@contextlib.contextmanager
def collected(findings: list[Diagnostic]) -> Iterator[None]:
    """Count what stops a stage to the findings, so that it is reported with all others."""
    try:
        yield
    except DossierError as problem:
        findings.extend(problem.diagnostics)


@contextlib.contextmanager
def prepared(writer: output.Writer) -> Iterator[None]:
    """A change of the output that is taken back if it can't be completed."""
    writer.begin()
    try:
        yield
    except BaseException:
        writer.abandon()
        raise


def read_library(options: Options) -> "Library":
    """The joined documents of a site, for those who ask about it rather than build it."""
    from dossier.build import planning

    with opened(options, wait=False) as session, session.documents() as documents:
        return planning.link(documents.heads(), documents, options)[0]
