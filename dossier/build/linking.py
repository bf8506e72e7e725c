"""The documents joined: what is wrong between them, and the recipes of the pages that they make."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from dossier import library, urls
from dossier.build import quoted
from dossier.build.documents import Documents
from dossier.build.histories import stories_of_site
from dossier.build.options import Options
from dossier.build.quoted import Quoted
from dossier.diagnostics import Diagnostic, error
from dossier.findings.policy import Policy
from dossier.history import Stories
from dossier.library import Library
from dossier.library.checks import mark_of
from dossier.model import (
    CITATION_STYLES,
    Article,
    Claim,
    Document,
    Note,
    Parsed,
    Register,
    Site,
    Topic,
)
from dossier.plan import Recipe, clashes, recipes


@dataclass(frozen=True)
class Linked:
    """A site's documents, joined. `findings` are those of parsing, too; `quoted` tells of its quotations."""

    heads: Sequence[Parsed]
    library: Library
    findings: tuple[Diagnostic, ...]
    quoted: Quoted
    stories: Stories | None = None

    @property
    def policy(self) -> Policy:
        """The levels that the site sets, and what its files allow."""
        silences = ((head.path, silence) for head in self.heads for silence in head.silences)
        shown = self.library.file_targets
        hidden = (
            head.path
            for head in self.heads
            if isinstance(head.value, Article | Note | Topic | Claim) and head.path not in shown
        )
        return Policy(self.library.site.findings, tuple(silences), tuple(hidden))

    @property
    def styled(self) -> bool:
        """Whether the site has chosen a citation style, whose citations are kept."""
        return self.library.site.citation_style != CITATION_STYLES[0]

    def recipes(self) -> dict[str, Recipe]:
        """What makes each page, by path, in the order of paths."""
        return {recipe.path: recipe for recipe in recipes(self.library, self.stories)}

    def clashes(self, recipes: Iterable[Recipe]) -> Iterator[Diagnostic]:
        """The findings for former addresses at which there is something else."""
        for former, there in clashes(self.library, recipes):
            head, key = self._head_of(former.owner)
            message = f"'{former.path}' can't lead to {former.target}: it is {there}"
            hint = "delete it here, or give that one another address"
            yield error(head.path, mark_of(head, key), "taken-alias", message, hint)

    def _head_of(self, owner: str) -> tuple[Parsed, str]:
        """The file that has a document or an entity, and the key in it that has its aliases."""
        folder, _, identifier = owner.rpartition("/")
        for head in self.heads:
            value = head.value
            if folder and isinstance(value, Register) and urls.FOLDERS[value.kind] == folder:
                return head, identifier
            if not folder and isinstance(value, Document) and value.id == owner:
                return head, "aliases"
        raise KeyError(owner)

    def assets(self) -> dict[str, tuple[str, ...]]:
        """The files that each document's text uses, by the document's path."""
        values = (head.value for head in self.heads)
        return {
            value.path: value.body.assets
            for value in values
            if isinstance(value, Article | Note | Topic | Claim) and value.body.assets
        }


def _at(url: str, head: Parsed) -> Parsed:
    """Settings with the address at which the site will be published; anything else as it is."""
    if not url or not isinstance(head.value, Site):
        return head
    return msgspec.structs.replace(head, value=msgspec.structs.replace(head.value, url=url))


def link(documents: Documents, options: Options) -> Linked:
    """Join a site's documents."""
    heads = [_at(options.url, head) for head in documents.heads()]
    options.progress("plan", 0, 1)
    standings, all_quoted = quoted.standings_of(documents, heads)
    paths = frozenset(documents.entries)
    joined, findings = library.link(heads, paths, options.today, options.drafts, standings)
    pictures = documents.pictures
    wrong: list[Diagnostic] = []
    if pictures or joined.site.social_cards:
        from dossier.build.picturing import cards_drawn, forms_of  # Few sites have any.

        forms, wrong = forms_of(joined, pictures)
        cards, lacking = cards_drawn(joined)
        wrong += lacking
        joined = dataclasses.replace(joined, pictures=pictures, forms=forms, cards=cards)
    stories, lost = stories_of_site(documents, options)
    found = (finding for head in heads for finding in head.diagnostics)
    return Linked(heads, joined, (*found, *findings, *wrong, *lost), all_quoted, stories)
