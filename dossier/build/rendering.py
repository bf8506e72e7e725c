"""From pages to files: only those whose key isn't that of the file on disk are rendered."""

import hashlib
import time
from collections.abc import Sequence

import msgspec

from dossier import sources, theme, workers
from dossier.build.documents import Documents
from dossier.build.options import Options
from dossier.build.planning import Planned, Row
from dossier.diagnostics import Diagnostic, DossierError
from dossier.model import Record
from dossier.output import Writer
from dossier.theme import Theme

# Below this many pages, starting processes takes longer than they save.
ENOUGH = 48


class Rendered(Record, frozen=True):
    """One page's outcome: the digest of its bytes, whether they were written, the time that it took."""

    digest: bytes = b""
    changed: bool = False
    seconds: float = 0.0
    findings: tuple[Diagnostic, ...] = ()


# A page's key is the digests of all that its bytes depend on, in a row, so that two keys show what changed.
KEY_PARTS = {"engine": slice(0, 16), "theme": slice(16, 32), "view": slice(32, 48), "body": slice(48, None)}


def key(engine: bytes, chosen: Theme, row: Row, documents: Documents) -> bytes:
    """The key of a page."""
    body = bytes.fromhex(documents.entries[row.body].body) if row.body else b""
    return engine + bytes.fromhex(chosen.digest) + row.view + body


def load_theme(documents: Documents, name: str) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """The site's theme, and all that is wrong with it. Raises DossierError where there is no such theme."""
    files = {}
    for path in documents.entries:
        if path.startswith("themes/"):
            try:
                files[path] = sources.read(documents.listing, path)[0]
            except OSError as problem:
                raise DossierError(sources.unreadable(path, problem)) from problem
    chosen, findings = theme.load(name, files)
    return chosen, (*findings, *_checked(chosen, documents))


def _checked(chosen: Theme, documents: Documents) -> tuple[Diagnostic, ...]:
    """What is wrong with the theme's templates, remembered, since to compile them all takes long."""
    name = b"theme " + bytes.fromhex(chosen.digest)
    known = documents.memo.get("plans", name)
    if known is not None:
        return msgspec.msgpack.decode(known, type=tuple[Diagnostic, ...])
    findings = theme.check(chosen)
    documents.memo.put("plans", [(name, msgspec.msgpack.encode(findings))])
    return findings


def render(
    rows: Sequence[Row], planned: Planned, chosen: Theme, writer: Writer | None, options: Options
) -> dict[str, Rendered]:
    """Render pages, and prepare those for the writer that differ from what is in the output."""
    planned.load(rows)
    memo = planned.documents.memo
    own = [memo]

    def work(item: int) -> Rendered:
        if not own:
            own.append(memo.again())
        started = time.perf_counter()
        row = rows[item]
        page = planned.page(row, own[0])
        segments = planned.documents.segments(row.body, own[0]) if row.body else ()
        try:
            data = theme.render(chosen, page, segments)
        except DossierError as problem:
            return Rendered(findings=problem.diagnostics)
        digest = hashlib.blake2b(data, digest_size=16).digest()
        changed = writer is not None and writer.digest(row.path) != digest
        if changed and writer is not None:
            writer.prepare(row.path, [data])
        return Rendered(digest, changed, time.perf_counter() - started)

    jobs = options.workers if len(rows) >= ENOUGH and workers.CAN_FORK else 1
    if jobs > 1:
        own.clear()
    decoder = msgspec.msgpack.Decoder(Rendered)
    rendered = {}
    for item, result in workers.each(work, len(rows), jobs, lambda item: rows[item].path):
        rendered[rows[item].path] = decoder.decode(result)
        options.progress("render", len(rendered), len(rows))
    return rendered
