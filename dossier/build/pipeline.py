"""The pipeline on one screen: list, read and parse, link and plan, render, put in place."""

import contextlib
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from dossier import output, sources, standing
from dossier.build.options import Options
from dossier.build.result import Report, Result
from dossier.build.session import Session, opened
from dossier.diagnostics import Diagnostic, DossierError, Severity
from dossier.engine import foundations
from dossier.findings.code import Stage
from dossier.findings.policy import ALWAYS, Policy, judged
from dossier.folders import standing_place
from dossier.looking import Look
from dossier.walking import older_than

if TYPE_CHECKING:
    from dossier.build.documents import Documents
    from dossier.build.rendering import Maker
    from dossier.build.warm import Warm
    from dossier.library import Library

# What only a build that finds a change needs is imported inside the functions that need it: importing the
# parsers, the templates and SQLite takes longer than finding out that nothing changed.


def build(options: Options, warm: "Warm | None" = None, look: Look | None = None) -> Result:
    """Make the output equal to what a clean build would give. Raises DossierError for what can't go on.

    `warm` is what an earlier build in this process left, of the same site with the same options, and `look`
    what has just been seen of it. They only save time.
    """
    with opened(options, warm=warm, look=look) as session:
        output.refuse(options.folder, options.site, preview=options.preview)
        with session.result.timings.stage("look at the output"):
            walked = look.output() if look else None
            writer = output.Writer(
                options.folder,
                session.state,
                adopt=options.adopt,
                former=left_by(session.warm),
                found=output.to_survey(walked) if walked else None,
            )
        writer.claim()
        with session.documents() as documents:
            return made(session, documents, writer)


def made(session: Session, documents: "Documents", writer: output.Writer) -> Result:
    """Make the output of these documents, whose writer has claimed its folder."""
    from dossier.build import planning, publishing, rendering

    options, result = session.options, session.result
    inputs = digest((session.arguments, documents.digest()))
    asked = options.verify or options.explain
    known = writer.manifest and writer.manifest.inputs == inputs and not asked
    if known and writer.manifest and writer.refresh():
        keep_standing(session, documents, writer)
        result.warm = left(session, documents, writer)
        return unchanged(writer.manifest.report, session)
    with result.timings.stage("link"):
        planned = planning.planned(documents, options)
    findings = [*session.listing.findings, *documents.findings, *planned.findings]
    with result.timings.stage("theme"), collected(findings):
        chosen, checked = rendering.load_theme(documents, planned.theme)
        findings += checked.findings
    result.warm = left(session, documents, writer)
    if concluded(findings, session, planned.policy):
        return result
    maker = rendering.Maker(planned, chosen, checked.closures, session, writer.written, writer)
    with collected(findings), prepared(writer):
        tree = publishing.make_tree(maker, writer)
        review(maker, tree, writer)
        tree.inputs = b"" if result.unindexed else inputs  # What is incomplete stands for nothing.
        tree.report = msgspec.msgpack.encode(Report(result.diagnostics, result.pages, result.assets))
        with result.timings.stage("put in place"):
            options.progress("put in place", 0, 1)
            result.warm = None  # What is being changed can't be relied on, until it is.
            result.removed_paths = writer.finish(tree, atomic=options.atomic)
            options.progress("put in place", 1, 1)
            keep_standing(session, documents, writer)
        result.warm = left(session, documents, writer, maker)
        result.changed = tuple(sorted(tree.changed - {output.MARKER}))
        result.written, result.removed = len(result.changed), len(result.removed_paths)
        if session.warm is None:
            documents.prune(planning.live_keys(documents, planned.rows.values()))
    concluded(findings, session, planned.policy)
    return result


def left_by(warm: "Warm | None") -> "tuple[output.Manifest, output.Survey] | None":
    """The output as a build in this process left it, if that is known."""
    if warm is None or warm.manifest is None or warm.found is None:
        return None
    return warm.manifest, warm.found


def left(
    session: Session, documents: "Documents", writer: output.Writer, maker: "Maker | None" = None
) -> "Warm | None":
    """What the next build in this process may rely on. `maker` is the one whose pages were put in place.

    Where files came or went, the output is looked at again. A command line's build is its process's only one.
    """
    from dossier.build.warm import Seal, Warm

    if session.state is None or session.alone:
        return None
    stays = writer.manifest is not None and writer.manifest.files.keys() == writer.found.files.keys()
    index = documents.index_of(session.engine, session.stamp)
    former, entries = session.warm, documents.entries
    read = documents.reread & entries.keys() if former else entries.keys()
    young = frozenset(path for path in read if not older_than(entries[path].stat, session.stamp))
    return Warm(
        engine=session.engine,
        listing=session.listing,
        index=index,
        young=young,
        pending=frozenset() if maker else frozenset(documents.reread),
        heads=documents.known_heads,
        plans=documents.plans,
        found=writer.found if stays else None,
        manifest=writer.manifest if stays else None,
        made=maker.kept() if maker else former.made if former else {},
        closures=maker.closures if maker else former.closures if former else {},
        seal=Seal.of(session.options.folder, writer.place),
        state=session.state.folder,
        place=writer.place,
    )


def review(maker: "Maker", tree: output.Tree, writer: output.Writer) -> None:
    """Explain a page, and verify what was kept, where that is asked for."""
    options = maker.session.options
    if options.explain:
        from dossier.build.explaining import explain

        maker.session.result.explanation = explain(options.explain, maker, tree, writer)
    if options.verify:
        from dossier.build.verifying import verify

        verify(maker, tree)


def read_library(options: Options) -> "Library":
    """The joined documents of a site, for those who ask about it rather than build it."""
    from dossier.build.linking import link

    with opened(options, wait=False) as session, session.documents() as documents:
        return link(documents, options).library


def digest(value: object) -> bytes:
    """The digest of a plain value."""
    return hashlib.blake2b(msgspec.msgpack.encode(value), digest_size=16).digest()


def keep_standing(session: Session, documents: "Documents", writer: output.Writer) -> None:
    """Keep how everything stands, for a next build that finds it just so.

    Not so where a file changed between being listed and being read, nor where one is as young as its index
    or its manifest: it could change and look the same.
    """
    state, manifest, seen = session.state, writer.manifest, session.listing.seen
    if state is None or manifest is None or seen is None or session.warm is not None:
        return
    if session.options.preview:
        return  # Nobody asks.
    place = standing_place(str(state.folder), str(session.options.folder))
    index = sources.Index(stamp=session.stamp, entries=documents.entries)
    sure = (
        not session.options.url
        and manifest.inputs
        and documents.revision in ("", seen.revision)  # Git may come to be there, where it wasn't.
        and all(older_than(written.stat, manifest.stamp) for written in manifest.files.values())
        and index.current(session.listing.files).keys() == session.listing.files.keys()
    )
    if sure:
        report = msgspec.msgpack.decode(manifest.report, type=Report)
        told = manifest.report if report.diagnostics else b""
        note = standing.Standing(report.pages, foundations(), told)
        mark = note.mark(session.options.today, session.options.drafts, seen.digest())
        with contextlib.suppress(OSError):  # A full disk costs time here, never a build.
            standing.store(place, note, mark, writer.found.digest())
    else:
        with contextlib.suppress(OSError):
            os.unlink(place)


def unchanged(kept_report: bytes, session: Session) -> Result:
    """The result of a build that had nothing to do."""
    result, report = session.result, msgspec.msgpack.decode(kept_report, type=Report)
    result.diagnostics, result.pages, result.assets = report.diagnostics, report.pages, report.assets
    result.failed = session.options.strict and bool(result.warnings)
    return result


def concluded(
    findings: Iterable[Diagnostic],
    session: Session,
    policy: Policy,
    stages: Collection[Stage] = ALWAYS,
) -> bool:
    """Whether the findings that count end the build here, with the last good site left as it is."""
    options, result = session.options, session.result
    result.diagnostics = session.with_excerpts(judged(findings, policy, stages))
    errors = [finding for finding in result.diagnostics if finding.severity == Severity.ERROR]
    if options.preview and errors:
        from dossier.findings.codes import SHOWN  # Of no use to builds.

        errors = [finding for finding in errors if finding.code not in SHOWN]
    result.failed = bool(errors or (options.strict and result.warnings))
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
