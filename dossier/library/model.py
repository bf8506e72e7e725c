"""The joined graph of a dossier, ready to be asked: everything sorted, resolved and free of drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dossier.evidence.standings import Standing
from dossier.evidence.weighing import Weighed, Witness
from dossier.model import (
    Article,
    CitationStyle,
    Claim,
    Document,
    Entity,
    EntityKind,
    Evidence,
    LinkState,
    Note,
    Picture,
    Record,
    Site,
    Topic,
)
from dossier.urls import DocumentKind

TargetKind = Literal["article", "note", "topic", "claim", "person", "organization", "place", "source"]
Targets = Mapping[str, "Target"]
# By an article's id and the words that are quoted from it.
Standings = Mapping[tuple[str, str], Standing]


class Target(Record, frozen=True):
    """What a link may lead to: a document or an entity."""

    kind: TargetKind
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Library:
    """The documents of a site and how they hang together.

    Documents are newest first, topics in the curator's order; `dated` are the articles and notes that have a
    date. `names` leads from a name as it is written in
    a document to the entity's id; `entity_ids` from an article's id to the ids of the entities that it names,
    each once; `named_in` from an entity to the articles that name it (for a source: that it published).
    `ranks` are the places of a kind's entities in the order of their names. `cited_in` and `mentioned_in`
    lead from a document's id or an entity's `folder/id` to the documents that cite it or link to it.
    `targets` leads from what may stand in `[[…]]` to where it goes. `lapsed` leads from an address on the
    web, without its fragment, to what a check found of it where that is no longer what it was, and `copies`
    then from it to the article that names an archived copy of it.

    Claims stand in the order of their dates, newest first, those that others supersede last; `weighed` has
    their states by id. `testimony` leads from an article's id to the claims that it is evidence for, `held`
    from a note's or topic's to those that it makes, `supersedes` from a claim's to those in whose place it
    stands, `carried_in` from a source's to the articles that repeat its reports. `standings` tell how
    quotations stand to the texts on file, by the article's id and the words quoted. `citation_style` is the
    site's own file, where it has one. `pictures` are the site's files of this kind, by path, and
    `forms` those in which texts give them besides their own; `cards` says that topics and notes have theirs.
    `coming` are, in a site with drafts, the documents whose date has not come.
    """

    site: Site
    articles: tuple[Article, ...]
    notes: tuple[Note, ...]
    topics: tuple[Topic, ...]
    claims: tuple[Claim, ...]
    dated: tuple[Article | Note, ...]
    documents: Mapping[str, Document]
    entities: Mapping[EntityKind, Mapping[str, Entity]]
    names: Mapping[EntityKind, Mapping[str, str]]
    ranks: Mapping[EntityKind, Mapping[str, int]]
    entity_ids: Mapping[EntityKind, Mapping[str, tuple[str, ...]]]
    named_in: Mapping[EntityKind, Mapping[str, tuple[Article, ...]]]
    topic_articles: Mapping[str, tuple[Article, ...]]
    topic_notes: Mapping[str, tuple[Note, ...]]
    topic_claims: Mapping[str, tuple[Claim, ...]]
    children: Mapping[str, tuple[Topic, ...]]
    cited_in: Mapping[str, tuple[Document, ...]]
    mentioned_in: Mapping[str, tuple[Document, ...]]
    targets: Targets
    file_targets: Targets
    lapsed: Mapping[str, LinkState]
    copies: Mapping[str, Article]
    weighed: Mapping[str, Weighed]
    witnesses: Mapping[str, Witness]
    testimony: Mapping[str, tuple[tuple[Claim, Evidence], ...]]
    held: Mapping[str, tuple[Claim, ...]]
    supersedes: Mapping[str, tuple[Claim, ...]]
    carried_in: Mapping[str, tuple[Article, ...]]
    standings: Standings
    citation_style: CitationStyle | None
    coming: frozenset[str] = frozenset()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    cards: bool = False

    def link_state(self, url: str) -> LinkState | None:
        """What is known against an address on the web; None where nothing is."""
        return self.lapsed.get(url.partition("#")[0]) if self.lapsed else None


def copies_of(articles: Iterable[Article]) -> dict[str, Article]:
    """By the address of an original, without its fragment, the first article that names a copy of it."""
    copies: dict[str, Article] = {}
    for article in articles:
        if article.url and article.archive_url:
            copies.setdefault(article.url.partition("#")[0], article)
    return copies


def dated_documents(library: "Library", topic: str = "") -> tuple[Article | Note, ...]:
    """The articles and notes of the site, or of one topic, that have a date; newest first."""
    if not topic:
        return library.dated
    return dated_of(library.topic_articles.get(topic, ()), library.topic_notes.get(topic, ()))


def dated_of(articles: Iterable[Article], notes: Iterable[Note]) -> tuple[Article | Note, ...]:
    """Those of these that have a date, newest first."""
    both: list[Article | Note] = [*articles, *notes]
    dated = [document for document in both if document.date]
    return tuple(sorted(dated, key=lambda document: (document.date, document.id), reverse=True))


_KINDS: dict[type[Document], DocumentKind] = {
    Article: "article",
    Note: "note",
    Topic: "topic",
    Claim: "claim",
}


def document_kind_of(document: Document) -> DocumentKind:
    """The word for a document's kind."""
    return _KINDS[type(document)]


def target_to(document: Document) -> Target:
    """What leads to a document."""
    return Target(document_kind_of(document), document.id, document.title)


def date_of(document: Document) -> str:
    """When a document was published, or for when a claim is made: EDTF; '' for a topic and where undated."""
    if isinstance(document, Topic):
        return ""
    return document.as_of if isinstance(document, Claim) else document.date
