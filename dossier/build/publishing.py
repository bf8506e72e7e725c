"""What the output is to hold: pages and assets, each with what decides whether its file still stands."""

import hashlib
from collections.abc import Mapping

from dossier import sources, urls
from dossier.build.documents import Documents
from dossier.build.planning import Planned, Row
from dossier.build.rendering import Rendered, key, render
from dossier.build.result import Result
from dossier.build.session import Session
from dossier.diagnostics import DossierError
from dossier.output import Tree, Writer, last_manifest
from dossier.theme import Theme


def page_keys(planned: Planned, engine: bytes, chosen: Theme) -> dict[str, bytes]:
    """The key of every page."""
    return {row.path: key(engine, chosen, row, planned.documents) for row in planned.plan.rows}


def stale_rows(planned: Planned, keys: Mapping[str, bytes], writer: Writer) -> list[Row]:
    """The pages whose file is not the one that their key stands for."""
    stale = []
    for row in planned.plan.rows:
        written = writer.written(row.path)
        if written is None or written.key != keys[row.path]:
            stale.append(row)
    return stale


def make_tree(
    planned: Planned, chosen: Theme, keys: dict[str, bytes], writer: Writer, session: Session
) -> Tree:
    """Render what is stale, copy what is new, and say what the whole tree is. Raises DossierError."""
    documents, result = planned.documents, session.result
    kept_back = set(planned.plan.withheld)
    assets = {urls.asset_path(path): path for path in documents.assets() if path not in kept_back}
    writer.check_paths([*keys, *assets, *chosen.assets])
    rows = stale_rows(planned, keys, writer)
    tree = Tree({}, set(), b"", b"")
    with result.timings.stage("render"):
        rendered = render(rows, planned, chosen, writer, session.options)
        raise_findings(rendered)
        for path, page_key in keys.items():
            page = rendered.get(path)
            former = None if page else writer.written(path)
            tree.files[path] = (page.digest if page else former.digest if former else b"", page_key)
        tree.changed.update(path for path, page in rendered.items() if page.changed)
        count_times(rows, rendered, result)
    with result.timings.stage("copy"):
        copy_assets(assets, chosen, documents, writer, tree)
    result.rendered, result.assets = len(rows), len(assets) + len(chosen.assets)
    return tree


def try_pages(planned: Planned, chosen: Theme, session: Session) -> None:
    """Render, without writing, what the last build didn't render just so. Raises DossierError."""
    keys = page_keys(planned, session.engine, chosen)
    former = last_manifest(session.options.folder, session.state)
    known = {path: written.key for path, written in former.files.items()} if former else {}
    rows = [row for row in planned.plan.rows if known.get(row.path) != keys[row.path]]
    raise_findings(render(rows, planned, chosen, None, session.options))


def raise_findings(rendered: Mapping[str, Rendered]) -> None:
    """Raise all that was wrong with templates, once each."""
    findings = sorted({finding for page in rendered.values() for finding in page.findings})
    if findings:
        raise DossierError(*findings)


def count_times(rows: list[Row], rendered: Mapping[str, Rendered], result: Result) -> None:
    """Count each page's time, and its template's."""
    timings = result.timings
    for row in rows:
        seconds = rendered[row.path].seconds
        timings.pages[row.path] = seconds
        timings.templates[row.template] = timings.templates.get(row.template, 0.0) + seconds


def copy_assets(
    assets: Mapping[str, str], chosen: Theme, documents: Documents, writer: Writer, tree: Tree
) -> None:
    """Copy the assets of content and theme whose files aren't as they should be."""
    for target, path in assets.items():
        digest = documents.entries[path].digest
        if not _stands(writer, target, digest):
            try:
                digest = writer.prepare(target, sources.chunks(documents.listing, path))
            except FileNotFoundError:
                continue  # It went during the build; the next one does without it too.
            except OSError as problem:
                raise DossierError(sources.unreadable(path, problem)) from problem
            tree.changed.add(target)
        tree.files[target] = (digest, digest)
    for target, data in chosen.assets.items():
        digest = hashlib.blake2b(data, digest_size=16).digest()
        if not _stands(writer, target, digest):
            writer.prepare(target, [data])
            tree.changed.add(target)
        tree.files[target] = (digest, digest)


def _stands(writer: Writer, path: str, digest: bytes) -> bool:
    """Whether the output has a file of these bytes: as the manifest says, or as it turns out to have."""
    written = writer.written(path)
    return (written.digest if written else writer.digest(path)) == digest
