"""From pages to files: a page whose key isn't that of the file on disk is rendered."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from dossier import bibliography, sources, theme, workers
from dossier.build.documents import NO_TEXT, Documents, Text
from dossier.build.planning import Planned, Row, marks_of, shown
from dossier.build.session import Session
from dossier.diagnostics import Diagnostic, DossierError
from dossier.memo import Memo
from dossier.model import Record
from dossier.output import Writer, Written
from dossier.theme import Theme
from dossier.views import BibliographyView, Page

# Below this many pages, starting processes takes longer than they save.
ENOUGH = 48
# Kept while others are still made: all of them at the end would take as long as a tenth of the pages.
VIEWS_AT_ONCE = 200
# Pages' citations as their style gives them: those of more pages than most sites have.
CITATIONS_KEPT = 20_000

# Of what is made without a template.
NO_TEMPLATE = bytes(16)
# A page's key is the digests of all that its bytes depend on, in a row, so that two keys show what changed.
KEY_PARTS = {"engine": slice(0, 16), "theme": slice(16, 32), "view": slice(32, 48), "body": slice(48, None)}


class Checked(Record, frozen=True):
    """What is known of a theme's templates: what is wrong with them, and the digests of what each needs.

    It is remembered, since to parse and compile them all takes long.
    """

    findings: tuple[Diagnostic, ...]
    closures: dict[str, bytes]


def load_theme(documents: Documents, name: str) -> tuple[Theme, Checked]:
    """The site's theme, and all that is wrong with it. Raises DossierError where there is no such theme."""
    files = {}
    for path in documents.entries:
        if path.startswith("themes/"):
            try:
                files[path] = sources.read(documents.listing, path)[0]
            except OSError as problem:
                raise DossierError(sources.unreadable(path, problem)) from problem
    chosen, findings = theme.load(name, files)
    checked = _checked(chosen, documents)
    return chosen, msgspec.structs.replace(checked, findings=(*findings, *checked.findings))


def _checked(chosen: Theme, documents: Documents) -> Checked:
    name = b"theme " + bytes.fromhex(chosen.digest)
    known = documents.memo.get("plans", name)
    if known is not None:
        return msgspec.msgpack.decode(known, type=Checked)
    checked = Checked(theme.check(chosen), theme.closures(chosen))
    documents.memo.put("plans", [(name, msgspec.msgpack.encode(checked))])
    return checked


class Made(Record, frozen=True):
    """One page's outcome.

    `view` is the page to be kept, where it is to be; `digest` that of its bytes; `changed` says that they
    were prepared for the output; `seconds` is the time that rendering took, 0 where it wasn't needed.
    `citations` are those that were formatted for it, to be kept.
    """

    row: Row
    key: bytes
    view: bytes = b""
    digest: bytes = b""
    changed: bool = False
    rendered: bool = False
    seconds: float = 0.0
    findings: tuple[Diagnostic, ...] = ()
    citations: tuple[tuple[bytes, bytes], ...] = ()


@dataclass
class Maker:
    """Makes and renders a site's pages.

    `known` tells what is on disk under a path and can be relied on. Without a writer pages are rendered, but
    not prepared.
    """

    planned: Planned
    chosen: Theme
    closures: Mapping[str, bytes]
    session: Session
    known: Callable[[str], Written | None]
    writer: Writer | None = None
    made: dict[str, Made] = field(default_factory=dict)
    worked: dict[str, Made] = field(default_factory=dict)

    def make(self) -> dict[str, Made]:
        """Every page of the site, by path, in the order of paths: known to stand, or `worked` at."""
        stands = self._still() if self.session.warm is not None else self._standing
        rows, unknown = self.planned.rows, self.planned.unknown()
        standing = {path: page for path, row in rows.items() if (page := stands(row)) is not None}
        self.worked = self._work([*(path for path in rows if path not in standing), *unknown])
        order = sorted([*rows, *unknown]) if unknown else rows
        self.made = {path: standing.get(path) or self.worked[path] for path in order}
        return self.made

    def kept(self) -> dict[str, Made]:
        """The pages without what only this build has a use for."""
        done = {path: Made(page.row, page.key, digest=page.digest) for path, page in self.worked.items()}
        return self.made | done

    @cached_property
    def _sure(self) -> Mapping[str, Written]:
        return self.writer.standing() if self.writer else {}

    @cached_property
    def _before_views(self) -> dict[str, bytes]:
        """The first part of the keys of pages, by their templates."""
        digests = {**self.closures, **dict.fromkeys(bibliography.FORMATS, NO_TEMPLATE)}
        return {template: self.session.engine + digest for template, digest in digests.items()}

    @cached_property
    def _texts(self) -> dict[str, bytes]:
        """The last part of the keys of pages, by the documents whose text they show."""
        entries = self.planned.documents.entries
        return {"": b"", **{path: bytes.fromhex(entry.body) for path, entry in entries.items()}}

    def _still(self) -> Callable[[Row], Made | None]:
        """`_standing`, for pages of the last build in this process: their rows and bodies tell all."""
        warm, reread = self.session.warm, self.planned.documents.reread
        if warm is None or warm.found is None or warm.closures != self.closures:
            return self._standing

        def stands(row: Row) -> Made | None:
            former = warm.made.get(row.path)
            if former is not None and former.row is row and row.body not in reread:
                return former
            return self._standing(row)

        return stands

    def key(self, row: Row) -> bytes:
        """The key of a page. Raises DossierError where the theme has no template for it."""
        before = self._before_views.get(row.template)
        if before is None:
            raise DossierError(theme.missing_template(self.chosen.chain, row.template))
        return before + row.view + self._texts[row.body]

    def _standing(self, row: Row) -> Made | None:
        """The outcome for a page whose file is the one that its key stands for."""
        written, wanted = self._sure.get(row.path) or self.known(row.path), self.key(row)
        return Made(row, wanted, digest=written.digest) if written and written.key == wanted else None

    def _work(self, paths: list[str]) -> dict[str, Made]:
        self.planned.have(path for path in paths if path in self.planned.rows)
        kept_views = self.planned.documents.memo.keys("views") if self.planned.unknown() else set()
        memos: list[Memo] = []

        def work(item: int) -> Made:
            if not memos:  # A forked process can't use its parent's.
                memos.append(self.planned.documents.memo.again() if jobs > 1 else self.planned.documents.memo)
            return self._make(paths[item], memos[0], kept_views)

        options = self.session.options
        jobs = options.workers if len(paths) >= ENOUGH and workers.may_fork() else 1
        decoder = msgspec.msgpack.Decoder(Made)
        made: dict[str, Made] = {}
        formatted: list[tuple[bytes, bytes]] = []
        views: list[tuple[bytes, bytes]] = []
        for item, result in workers.each(work, len(paths), jobs, paths.__getitem__):
            page = decoder.decode(result)
            formatted += page.citations
            if page.view and self.writer is not None:
                views.append((page.row.view, page.view))
                page = msgspec.structs.replace(page, view=b"")
            made[paths[item]] = page
            if len(views) == VIEWS_AT_ONCE:
                self.planned.documents.memo.put("views", views)
                views = []
            options.progress("render", len(made), len(paths))
        self.planned.documents.memo.put("views", views)
        if formatted:
            self.planned.documents.memo.put("citations", formatted)
            self.planned.documents.memo.keep_newest("citations", CITATIONS_KEPT)
        return made

    def _make(self, path: str, memo: Memo, kept_views: set[bytes]) -> Made:
        if path not in self.planned.recipes or not self.planned.styled:
            return self._made(path, self.planned.page(path, memo), memo, kept_views)
        from dossier.citations import keeping  # Sites without a style do without.

        with keeping(lambda key: memo.get("citations", key)) as new:
            page = self.planned.page(path, memo)
        made = self._made(path, page, memo, kept_views)
        return msgspec.structs.replace(made, citations=tuple(new.items())) if new else made

    def _made(self, path: str, page: Page, memo: Memo, kept_views: set[bytes]) -> Made:
        row, view = self.planned.rows.get(path), b""
        if row is None:
            view = shown(page)
            row = row_of(page, view)
            if row.view in kept_views or row.template in bibliography.FORMATS:
                view = b""  # Bibliographies are large, and no theme's template makes them again.
            standing = self._standing(row)
            if standing is not None:
                return msgspec.structs.replace(standing, view=view)
        return self._render(page, row, view, memo)

    def _render(self, page: Page, row: Row, view: bytes, memo: Memo) -> Made:
        started = time.perf_counter()
        text = self.planned.documents.text(row.body, memo) if row.body else NO_TEXT
        try:
            data = self._bytes(page, text)
        except DossierError as problem:
            return Made(row, b"", findings=problem.diagnostics)
        digest = hashlib.blake2b(data, digest_size=16).digest()
        former = self._sure.get(row.path)
        changed = self.writer is not None and digest != (
            former.digest if former else self.writer.digest(row.path)
        )
        if changed and self.writer is not None:
            self.writer.prepare(row.path, [data])
        return Made(row, self.key(row), view, digest, changed, True, time.perf_counter() - started)

    def _bytes(self, page: Page, text: Text) -> bytes:
        if isinstance(page.view, BibliographyView):
            return bibliography.FORMATS[page.template](page.view)
        return theme.render(self.chosen, page, text.segments, text.checksum)


def row_of(page: Page, view: bytes) -> Row:
    """What is known of a page that shows this."""
    digest = hashlib.blake2b(view, digest_size=16).digest()
    return Row(page.path, page.template, digest, page.body, marks_of(view))


def raise_findings(made: Mapping[str, Made]) -> None:
    """Raise all that was wrong with templates, once each."""
    findings = sorted({finding for page in made.values() for finding in page.findings})
    if findings:
        raise DossierError(*findings)
