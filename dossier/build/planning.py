"""From documents to pages: which there are, what each shows, and what of that earlier builds know."""

import hashlib
import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from dossier.build import quoted
from dossier.build.documents import ENCODER, ENOUGH, Documents
from dossier.build.options import Options
from dossier.diagnostics import Diagnostic
from dossier.findings.policy import Policy
from dossier.memo import Memo
from dossier.model import Record
from dossier.pictures.cards import SocialCard
from dossier.pictures.sizes import Derived, derived_from
from dossier.sources import Entry
from dossier.views import Page

if TYPE_CHECKING:
    from dossier.build.linking import Linked
    from dossier.plan import Recipe

# One for each folder: an expression that begins with plain bytes is found several times as fast.
ADDRESSES = [
    re.compile(folder + rb"/[^/\x00-\x1f\"<>?#]{1,400}?\.html")
    for folder in (b"articles", b"notes", b"claims")
]


class Row(Record, frozen=True):
    """A page: path, template, the digest of its view, and the document whose body it shows.

    `shows` are the marks of the documents that it links to.
    """

    path: str
    template: str
    view: bytes
    body: str
    shows: bytes


class Plan(Record, frozen=True):
    """All pages of a site, the findings of parsing and linking, which of them count, and the theme's name.

    `withheld` are the assets that stay out of the site, since only texts that it doesn't publish use them:
    drafts, documents of the future, articles whose rights withhold their text. `derived` are the files that
    are made of the pictures in published texts, `cards` those of topics and notes.
    """

    rows: tuple[Row, ...]
    findings: tuple[Diagnostic, ...]
    theme: str
    withheld: tuple[str, ...]
    policy: Policy
    derived: tuple[Derived, ...] = ()
    cards: tuple[SocialCard, ...] = ()


@dataclass
class Planned:
    """What is known of a site's pages before they are made.

    `rows` are the pages whose views are known; the others are made by their recipes. `assets` are the files
    that each document's text uses, `standings` the digest of how the quotations stand. `styled` says
    that the site has chosen a citation style.
    """

    documents: Documents
    options: Options
    findings: tuple[Diagnostic, ...]
    policy: Policy
    theme: str
    rows: dict[str, Row]
    recipes: "dict[str, Recipe]" = field(default_factory=dict)
    assets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    standings: bytes = b""
    plan: Plan | None = None
    linked: "Linked | None" = None
    styled: bool = False

    def unknown(self) -> list[str]:
        """The pages that must be made to know what they show."""
        return [path for path in self.recipes if path not in self.rows]

    def have(self, paths: Iterable[str]) -> None:
        """Have the recipes at hand, unless all these pages are kept as they were made."""
        if self.recipes or not (needed := [self.rows[path].view for path in paths]):
            return
        memo = self.documents.memo
        have = memo.keys("views").__contains__ if len(needed) > ENOUGH else partial(memo.has, "views")
        if not all(map(have, needed)):
            self._link()

    def page(self, path: str, memo: Memo) -> Page:
        """A page: as it was kept, or made by its recipe."""
        if path not in self.recipes:
            view = memo.get("views", self.rows[path].view)
            if view is not None:
                return msgspec.msgpack.decode(view, type=Page)
            self._link()  # What was kept is damaged.
        return self.recipes[path].make()

    def _link(self) -> None:
        from dossier.build.linking import link  # A plan that is kept does without.

        linked = link(self.documents, self.options)
        self.recipes, self.styled = linked.recipes(), linked.styled

    def complete(self, rows: dict[str, Row]) -> Plan:
        """The plan, now that all pages are known; kept for builds of the same outlines."""
        self.rows = rows
        if self.plan is None:
            self.plan = Plan(
                tuple(rows.values()),
                self.findings,
                self.theme,
                self._withheld(),
                self.policy,
                self._derived(),
                self._cards(),
            )
            memo = self.documents.memo
            beside = self.standings + self.documents.revision.encode()
            key = plan_key(self.documents.entries, self.options, beside)
            memo.put("plans", [(key, ENCODER.encode(self.plan))])
            self.documents.plans = {key: self.plan}
        return self.plan

    def _derived(self) -> tuple[Derived, ...]:
        """What is made of the pictures of published texts."""
        library = self.linked.library if self.linked else None
        if library is None or not library.forms:
            return ()
        used = {asset for row in self.rows.values() for asset in self.assets.get(row.body, ())}
        return tuple(derived_from(sorted(used), library.pictures, library.forms))

    def _cards(self) -> tuple[SocialCard, ...]:
        """The cards of topics and notes."""
        if self.linked is None or not self.linked.library.cards:
            return ()
        from dossier.plan.cards import cards_of  # A plan that is kept does without.

        return tuple(cards_of(self.linked.library))

    def _withheld(self) -> tuple[str, ...]:
        """The assets that texts use, but no text that is published."""
        published = {row.body for row in self.rows.values()}
        shown = {asset for path, used in self.assets.items() if path in published for asset in used}
        return tuple(sorted({asset for used in self.assets.values() for asset in used} - shown))


def planned(documents: Documents, options: Options) -> Planned:
    """What is known of a site's pages: all, if no outline changed; else those that no change reaches."""
    former = quoted.kept(documents)
    standings = quoted.followed(documents, former).digest()
    beside = standings + documents.revision.encode()
    kept = kept_plan(documents, documents.entries, options, beside)
    if kept is not None:
        rows = {row.path: row for row in kept.rows}
        return Planned(documents, options, kept.findings, kept.policy, kept.theme, rows, plan=kept)
    from dossier.build.linking import link  # A plan that is kept does without.
    from dossier.build.replanning import untouched

    linked = link(documents, options)
    recipes = linked.recipes()
    rows = untouched(documents, options, recipes, former, linked.quoted)
    return Planned(
        documents,
        options,
        (*linked.findings, *linked.clashes(recipes.values())),
        linked.policy,
        linked.library.site.theme,
        rows,
        recipes,
        linked.assets(),
        standings=linked.quoted.digest(),
        linked=linked,
        styled=linked.styled,
    )


def kept_plan(
    documents: Documents, entries: Mapping[str, Entry], options: Options, beside: bytes
) -> Plan | None:
    """The plan of these files, if it is kept.

    `beside` is the digest of how the quotations stand, and the revision of the history that the site shows.
    """
    key = plan_key(entries, options, beside)
    known: Plan | None = documents.plans.get(key)
    if known is not None:
        return known
    kept = documents.memo.get("plans", key)
    if kept is None:
        return None
    known = msgspec.msgpack.decode(kept, type=Plan)
    documents.plans = {key: known}
    return known


def plan_key(entries: Mapping[str, Entry], options: Options, beside: bytes) -> bytes:
    """The digest of all that linking and planning see."""
    parts = (b"\0" + path.encode() + b"\0" + entry.outline for path, entry in entries.items())
    asked = f"{options.today} {options.drafts} {options.url}".encode()
    return hashlib.blake2b(asked + beside + b"".join(parts), digest_size=16).digest()


def shown(page: Page) -> bytes:
    """All that a page shows but the text of its document, which is known by its digest."""
    return ENCODER.encode(msgspec.structs.replace(page, body=""))


def marks_of(view: bytes) -> bytes:
    """The marks of the documents, topics apart, that an encoded view links to: four bytes each, in order."""
    found = {address for expression in ADDRESSES for address in expression.findall(view)}
    return b"".join(sorted(map(mark_of, found)))


def mark_of(address: bytes) -> bytes:
    """The mark of a page's address. Two with one mark cost a planning, never a stale page."""
    return zlib.crc32(address).to_bytes(4, "big")


def live_keys(documents: Documents, rows: Collection[Row]) -> dict[str, set[bytes]]:
    """What the memo's tables hold that this build had a use for."""
    entries = documents.entries.values()
    return {
        "heads": {entry.digest for entry in entries},
        "segments": {bytes.fromhex(entry.body) for entry in entries},
        "views": {row.view for row in rows},
    }
