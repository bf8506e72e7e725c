"""What all pages at one depth of the site share: navigation, and every document's card and link.

Links go through the site's root (`../articles/a.html`, also from a sibling), so that pages at one depth
share their cards, and a page's address never depends on where the link stands.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import quote as percent_encode

import msgspec

from dossier import languages, urls
from dossier.library import Library
from dossier.library.model import date_of, document_kind_of
from dossier.library.quotations import quoted_in_texts
from dossier.model import Article, Claim, ClaimState, Document, EntityKind, Note, Topic
from dossier.plan.recorded import Change
from dossier.views import Card, ClaimRow, Counted, Link, Page, SiteView

SECTIONS = (
    ("topics", "Topics"),
    ("articles", "Articles"),
    ("notes", "Notes"),
    ("claims", "Claims"),
    ("people", "People"),
    ("organizations", "Organizations"),
    ("places", "Places"),
    ("sources", "Sources"),
)
ARTICLE_LABELS = {
    "news": "News report",
    "report": "Report",
    "transcript": "Transcript",
    "press-release": "Press release",
    "official": "Official document",
    "analysis": "Analysis",
    "dataset": "Dataset",
    "other": "Document",
}
ENTITY_LABELS: dict[EntityKind, str] = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "source": "Source",
}
STATE_LABELS: dict[ClaimState, str] = {
    "disputed": "Disputed",
    "corroborated": "Corroborated",
    "single-source": "Single source",
    "unsupported": "Unsupported",
    "superseded": "Superseded",
}

# The navigation of every page names the first of the topics; the index of topics has them all.
MENU_TOPICS = 12
# Where the site's changes are.
CHANGES = "changes/index.html"

Key = TypeVar("Key")
Value = TypeVar("Value")


class Lazy(dict[Key, Value], Generic[Key, Value]):
    """Values of a pure function, made when they are first asked for."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        value = self[key] = self._make(key)
        return value


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """What changed, newest first, in all and by topic; and the days on which documents' files were changed.

    `days` is empty where that isn't known from commits.
    """

    changes: tuple[Change, ...] = ()
    by_topic: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)


NO_RECORD = ChangeRecord()


class Recipe(msgspec.Struct, frozen=True, gc=False):
    """A page to be: its output path, and the pure function that makes it from what it holds.

    To know which pages there are is quick; to make their views takes longer, and can be done in any order
    and in any process. `is_former` says that it is at a former address of another page.
    """

    path: str
    make: Callable[[], Page]
    is_former: bool = False


@dataclass(frozen=True)
class Frame:
    """A library as pages at one depth see it. `root` leads to the site's root: '', '../' or '../../'.

    `quoted` are the words of an article's text that the site quotes, by the article's id.
    """

    library: Library
    root: str
    site: SiteView
    cards: Lazy[str, Card]
    links: Lazy[str, Link]
    claims: Lazy[str, ClaimRow]
    entity_links: Lazy[tuple[EntityKind, str], Link]
    quoted: Lazy[str, tuple[str, ...]]
    record: ChangeRecord

    def link(self, path: str, text: str) -> Link:
        """A link to an output path."""
        return Link(self.root + path, text)

    def named(self, kind: EntityKind, names: Iterable[str]) -> tuple[Link, ...]:
        """Links to the entities behind names as written, in their order, each once."""
        ids = self.library.names[kind]
        return tuple(
            self.entity_links[kind, identifier] for identifier in dict.fromkeys(ids[n] for n in names)
        )

    def source(self, article: Article) -> Link | None:
        """A link to the outlet that published an article."""
        return self.named("source", [article.source])[0] if article.source else None

    def via(self, article: Article) -> Link | None:
        """A link to what an article repeats: another article, or an agency."""
        if isinstance(self.library.documents.get(article.via), Article):
            return self.links[article.via]
        known = article.via in self.library.names["source"]
        return self.named("source", [article.via])[0] if known else None

    def topics(self, identifiers: Iterable[str]) -> tuple[Link, ...]:
        """Links to topics, leaving out those that don't exist."""
        known = self.library.documents
        return tuple(self.links[topic] for topic in dict.fromkeys(identifiers) if topic in known)

    def address(self, path: str) -> str:
        """The absolute address of an output path, or '' where the site has no `url`."""
        return absolute(self.library.site.url, path)


def absolute(site_url: str, path: str) -> str:
    """The absolute address of an output path below the site's; a folder's index is the folder itself."""
    if not site_url:
        return ""
    return site_url.rstrip("/") + "/" + quote(index_address(path))


def index_address(path: str) -> str:
    """The path without a last `index.html`."""
    return path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path


def quote(path: str) -> str:
    """The path with all that is not plain in an address percent-encoded; slashes stay."""
    return percent_encode(path, safe="/-._~")


def frame(library: Library, root: str, record: ChangeRecord = NO_RECORD) -> Frame:
    """The library as pages see it from which `root` leads to the site's root."""

    def card(identifier: str) -> Card:
        return _card(made, library.documents[identifier])

    def link(identifier: str) -> Link:
        document = library.documents[identifier]
        return Link(root + document_path(document), document.title)

    def entity_link(key: tuple[EntityKind, str]) -> Link:
        kind, identifier = key
        return Link(root + urls.page_path(kind, identifier), library.entities[kind][identifier].name)

    def claim_row(identifier: str) -> ClaimRow:
        return _claim_row(made, identifier)

    def quoted(identifier: str) -> tuple[str, ...]:
        if not words:
            words.append(quoted_in_texts(library))
        return words[0].get(identifier, ())

    words: list[dict[str, tuple[str, ...]]] = []

    made = Frame(
        library,
        root,
        _site_view(library, root, record),
        cards=Lazy(card),
        links=Lazy(link),
        claims=Lazy(claim_row),
        entity_links=Lazy(entity_link),
        quoted=Lazy(quoted),
        record=record,
    )
    return made


def document_path(document: Document) -> str:
    """The output path of a document's page."""
    return urls.page_path(document_kind_of(document), document.id)


def _site_view(library: Library, root: str, record: ChangeRecord) -> SiteView:
    site = library.site
    present = [
        ("topics", library.topics),
        ("articles", library.articles),
        ("notes", library.notes),
        ("claims", library.claims),
        *((urls.FOLDERS[kind], library.entities[kind]) for kind in ENTITY_LABELS),
    ]
    labels = dict(SECTIONS)
    sections = [Link(f"{root}{folder}/index.html", labels[folder]) for folder, members in present if members]
    if library.articles or library.notes:
        sections.append(Link(f"{root}timeline/index.html", "Timeline"))
        sections.append(Link(f"{root}documents/index.html", "All documents"))
    entities = library.entities.values()
    top = [topic for topic in library.topics if topic.parent not in library.documents]
    return SiteView(
        title=site.title,
        subtitle=site.subtitle,
        description=site.description,
        language=site.language,
        direction=languages.direction(site.language),
        root=root,
        home=f"{root}index.html",
        sections=tuple(sections),
        topics=tuple(Link(root + document_path(topic), topic.title) for topic in top[:MENU_TOPICS]),
        feed=f"{root}feed.xml",
        json_feed=f"{root}feed.json",
        search=f"{root}search.html" if site.search and (library.documents or any(entities)) else "",
        changes=root + CHANGES if record.changes else "",
    )


def label_of(document: Document) -> str:
    """A document's kind in words."""
    if isinstance(document, Article):
        return ARTICLE_LABELS[document.kind]
    if isinstance(document, Note):
        return document.status.capitalize() or "Note"
    return "Topic" if isinstance(document, Topic) else "Claim"


def _card(frame: Frame, document: Document) -> Card:
    article = document if isinstance(document, Article) else None
    foreign = article.language if article and article.language != frame.library.site.language else ""
    return Card(
        kind=document_kind_of(document),
        url=frame.root + document_path(document),
        title=document.title,
        label=label_of(document),
        date=date_of(document),
        summary=document.summary,
        source=frame.source(article) if article else None,
        topics=() if document_kind_of(document) == "topic" else frame.topics(topics_of(document)),
        language=foreign,
        direction=languages.direction(foreign) if foreign else "",
        draft=document.draft,
        coming=document.id in frame.library.coming,
    )


def topics_of(document: Document) -> tuple[str, ...]:
    """The ids of the topics that a document stands in."""
    if isinstance(document, Topic):
        return (document.parent,) if document.parent else ()
    return document.topics


def _claim_row(frame: Frame, identifier: str) -> ClaimRow:
    library = frame.library
    claim = library.documents[identifier]
    assert isinstance(claim, Claim)
    weighed = library.weighed[identifier]
    sides = {
        stance: dict.fromkeys(
            each.article
            for each in claim.evidence
            if each.stance == stance and each.article in library.witnesses
        )
        for stance in ("supports", "disputes")
    }
    dates = [date for side in sides.values() for article in side if (date := library.witnesses[article].date)]
    return ClaimRow(
        url=frame.root + document_path(claim),
        statement=claim.statement,
        state=weighed.state,
        label=STATE_LABELS[weighed.state],
        as_of=claim.as_of,
        supporting=len(sides["supports"]),
        disputing=len(sides["disputes"]),
        sources=len(weighed.supporting),
        opposing=len(weighed.disputing),
        first=min(dates, default=""),
        latest=max(dates, default=""),
        draft=claim.draft,
        coming=claim.id in library.coming,
    )


def counted(frame: Frame, kind: EntityKind, counts: Iterable[tuple[str, int]]) -> tuple[Counted, ...]:
    """Entities with counts, the most frequent first, then by name."""
    entities, ranks = frame.library.entities[kind], frame.library.ranks[kind]
    ordered = sorted(counts, key=lambda count: (-count[1], ranks[count[0]]))
    return tuple(
        Counted(
            frame.root + urls.page_path(kind, identifier),
            entities[identifier].name,
            count,
            entities[identifier].role or entities[identifier].description,
        )
        for identifier, count in ordered
    )


def topic_changes(topic: str) -> str:
    """The output path of what changed in a topic."""
    return f"topics/{topic}/changes.html"
