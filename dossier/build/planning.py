"""From documents to pages: linked and planned once for equal outlines, kept with the digests of the views."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from dossier import library
from dossier.build.documents import ENCODER, Documents
from dossier.build.options import Options
from dossier.diagnostics import Diagnostic
from dossier.library import Library
from dossier.memo import Memo
from dossier.model import Article, Note, Parsed, Record, Topic
from dossier.views import Page


class Row(Record, frozen=True):
    """A planned page: path, template, the digest of its view, and the document whose body it shows."""

    path: str
    template: str
    view: bytes
    body: str


class Plan(Record, frozen=True):
    """All pages of a site, the findings of parsing and linking, and the name of the theme.

    `withheld` are the assets that stay out of the site, since only texts that it doesn't publish use them:
    drafts, documents of the future, articles whose rights withhold their text.
    """

    rows: tuple[Row, ...]
    findings: tuple[Diagnostic, ...]
    theme: str
    withheld: tuple[str, ...]


class Made(NamedTuple):
    """What linking and planning give."""

    pages: tuple[Page, ...]
    findings: tuple[Diagnostic, ...]
    theme: str
    withheld: tuple[str, ...]


@dataclass
class Planned:
    """A plan, and its pages as far as they are at hand."""

    plan: Plan
    documents: Documents
    options: Options
    pages: dict[str, Page] | None = None

    def page(self, row: Row, memo: Memo) -> Page:
        """The page of a row: made just now, or kept, or made again if what was kept is damaged."""
        if self.pages is None:
            view = memo.get("views", row.view)
            if view is not None:
                return msgspec.msgpack.decode(view, type=Page)
            self.pages = {page.path: page for page in make(self.documents, self.options).pages}
        return self.pages[row.path]

    def load(self, rows: Sequence[Row]) -> None:
        """Have the pages at hand, unless all that are needed are kept."""
        kept = self.documents.memo.keys("views") if self.pages is None and rows else set()
        if self.pages is None and any(row.view not in kept for row in rows):
            self.pages = {page.path: page for page in make(self.documents, self.options).pages}


def planned(documents: Documents, options: Options) -> Planned:
    """The plan of a site, from the memo if no outline changed."""
    key = plan_key(documents, options)
    kept = documents.memo.get("plans", key)
    if kept is not None:
        return Planned(msgspec.msgpack.decode(kept, type=Plan), documents, options)
    made = make(documents, options)
    rows, views = [], {}
    for page in made.pages:
        digest = hashlib.blake2b(shown(page), digest_size=16).digest()
        rows.append(Row(page.path, page.template, digest, page.body))
        if page.body:
            views[digest] = ENCODER.encode(page)
    plan = Plan(tuple(rows), made.findings, made.theme, made.withheld)
    known = documents.memo.keys("views")
    documents.memo.put("views", ((digest, view) for digest, view in views.items() if digest not in known))
    documents.memo.put("plans", [(key, ENCODER.encode(plan))])
    documents.memo.commit()
    return Planned(plan, documents, options, {page.path: page for page in made.pages})


def shown(page: Page) -> bytes:
    """All that a page shows but the text of its document, which is known by its digest."""
    return ENCODER.encode(msgspec.structs.replace(page, body=""))


def live_keys(planned: Planned) -> dict[str, set[bytes]]:
    """What the memo's tables hold that this build had a use for."""
    entries = planned.documents.entries.values()
    return {
        "heads": {entry.digest for entry in entries},
        "segments": {bytes.fromhex(entry.body) for entry in entries},
        "views": {row.view for row in planned.plan.rows if row.body},
    }


def plan_key(documents: Documents, options: Options) -> bytes:
    """The digest of all that linking and planning see."""
    digest = hashlib.blake2b(f"{options.today} {options.drafts}".encode(), digest_size=16)
    for path, entry in documents.entries.items():
        digest.update(b"\0" + path.encode() + b"\0" + entry.outline)
    return digest.digest()


def make(documents: Documents, options: Options) -> Made:
    """Link and plan."""
    from dossier import plan  # It is only needed when an outline changed.

    heads = documents.heads()
    options.progress("plan", 0, 1)
    linked, findings = link(heads, documents, options)
    pages = plan.plan(linked)
    return Made(pages, findings, linked.site.theme, withheld(heads, pages))


def link(
    heads: Sequence[Parsed], documents: Documents, options: Options
) -> tuple[Library, tuple[Diagnostic, ...]]:
    """The documents joined, and all findings about them."""
    linked, findings = library.link(heads, frozenset(documents.entries), options.today, options.drafts)
    return linked, (*(finding for head in heads for finding in head.diagnostics), *findings)


def withheld(heads: Sequence[Parsed], pages: Sequence[Page]) -> tuple[str, ...]:
    """The assets that texts use, but no text that is published."""
    published = {page.body for page in pages}
    shown: set[str] = set()
    hidden: set[str] = set()
    for head in heads:
        if isinstance(head.value, Article | Note | Topic) and head.value.body.assets:
            (shown if head.path in published else hidden).update(head.value.body.assets)
    return tuple(sorted(hidden - shown))
