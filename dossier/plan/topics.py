"""The pages of topics, the index of topics, and the home page."""

import heapq
from collections import Counter
from collections.abc import Iterable
from itertools import chain

from dossier.library import Library
from dossier.library.entities import KINDS
from dossier.library.model import dated_documents
from dossier.model import Article, EntityKind, Topic
from dossier.plan.bibliographies import bibliography_links
from dossier.plan.bodies import anchors, references
from dossier.plan.cards import card_address
from dossier.plan.frame import SECTIONS, Frame, counted, document_path, topic_changes
from dossier.plan.metadata import Trail, crumbs, meta
from dossier.plan.pictures import pictures_of
from dossier.plan.sources import lapsed_links
from dossier.plan.timelines import by_year, dated, events_of
from dossier.urls import FOLDERS
from dossier.views import (
    Card,
    ClaimRow,
    Counted,
    HomeView,
    Link,
    Page,
    TimelineEntry,
    TopicCard,
    TopicsView,
    TopicView,
    YearGroup,
)

# How much of each a topic's page shows; the rest has pages of its own.
TOPIC_NOTES, TOPIC_CLAIMS, TOPIC_TIMELINE, TOPIC_NAMED = 18, 40, 60, 40
HOME_LATEST, HOME_NOTES, HOME_EVENTS, HOME_CLAIMS = 12, 6, 8, 6
ALL_TOPICS: Trail = (("Topics", "topics/index.html"),)


def year_groups(cards: Iterable[Card]) -> tuple[YearGroup, ...]:
    """Cards, newest first, grouped by year."""
    groups: dict[str, list[Card]] = {}
    for card in cards:
        groups.setdefault(card.date[:4], []).append(card)
    return tuple(YearGroup(year, tuple(group)) for year, group in groups.items())


def topic_card(frame: Frame, topic: Topic) -> TopicCard:
    """A topic with what it holds."""
    articles = frame.library.topic_articles.get(topic.id, ())
    notes = frame.library.topic_notes.get(topic.id, ())
    dates = [document.date for document in dated_documents(frame.library, topic.id)]
    return TopicCard(
        url=frame.root + document_path(topic),
        title=topic.title,
        summary=topic.summary,
        articles=len(articles),
        notes=len(notes),
        first=min(dates, default=""),
        latest=max(dates, default=""),
        children=tuple(frame.links[child.id] for child in frame.library.children.get(topic.id, ())),
        claims=len(frame.library.topic_claims.get(topic.id, ())),
        draft=topic.draft,
    )


def topic_page(frame: Frame, topic: Topic) -> Page:
    """A topic: overview, notes, timeline, articles by year, who and where, sources."""
    library = frame.library
    articles = library.topic_articles.get(topic.id, ())
    notes = library.topic_notes.get(topic.id, ())
    claims = library.topic_claims.get(topic.id, ())
    timeline = topic_timeline(frame, topic)
    first = articles[: library.site.page_size]
    parents = _parents(frame, topic)
    trail: Trail = (
        *ALL_TOPICS,
        *((parent.title, document_path(parent)) for parent in parents),
        (topic.title, document_path(topic)),
    )
    feeds = (frame.link(f"topics/{topic.id}/feed.xml", f"{topic.title}: feed"),)
    view = TopicView(
        site=frame.site,
        meta=meta(
            frame, trail, topic.summary or topic.body.opening, feeds=feeds, image=card_address(frame, topic)
        ),
        section="topics",
        crumbs=crumbs(frame, trail),
        title=topic.title,
        summary=topic.summary,
        draft=topic.draft,
        latest=max((document.date for document in dated_documents(library, topic.id)), default=""),
        parent=frame.links[parents[-1].id] if parents else None,
        children=tuple(topic_card(frame, child) for child in library.children.get(topic.id, ())),
        has_body=bool(topic.body.words),
        contents=topic.body.headings,
        notes=tuple(frame.cards[note.id] for note in notes[:TOPIC_NOTES]),
        note_count=len(notes),
        more_notes=frame.root + topic_notes_path(topic) if len(notes) > TOPIC_NOTES else "",
        claims=tuple(frame.claims[claim.id] for claim in claims[:TOPIC_CLAIMS]),
        claim_count=len(claims),
        more_claims=frame.root + "claims/index.html" if len(claims) > TOPIC_CLAIMS else "",
        timeline=by_year(timeline[-TOPIC_TIMELINE:]),
        began=timeline[0].date if timeline else "",
        more_timeline=frame.root + topic_timeline_path(topic) if len(timeline) > TOPIC_TIMELINE else "",
        years=year_groups(frame.cards[article.id] for article in first),
        article_count=len(articles),
        more_articles=frame.root + f"topics/{topic.id}/2.html" if len(articles) > len(first) else "",
        people=named(frame, "person", articles, TOPIC_NAMED),
        organizations=named(frame, "organization", articles, TOPIC_NAMED),
        places=named(frame, "place", articles, TOPIC_NAMED),
        sources=named(frame, "source", articles, TOPIC_NAMED),
        references=references(frame, topic.body),
        feeds=feeds,
        bibliographies=bibliography_links(frame, f"topics/{topic.id}/", articles),
        changes=frame.root + topic_changes(topic.id) if frame.record.by_topic.get(topic.id) else "",
        words=topic.body.words,
    )
    return Page(
        document_path(topic),
        "topic.html",
        view,
        topic.body.digest,
        anchors(frame, topic.body),
        lapsed=lapsed_links(frame, topic.body),
        pictures=pictures_of(frame, topic.body),
    )


def topic_timeline(frame: Frame, topic: Topic) -> tuple[TimelineEntry, ...]:
    """The events of a topic and its dated notes, oldest first; on one date, events first."""
    articles = frame.library.topic_articles.get(topic.id, ())
    notes = frame.library.topic_notes.get(topic.id, ())
    both = events_of(frame, (topic, *notes, *articles)) + dated(frame, notes)
    return tuple(sorted(both, key=lambda entry: (entry.date, entry.kind != "event")))


def topic_notes_path(topic: Topic) -> str:
    """The output path of the list of a topic's notes, where its own page hasn't room for all."""
    return f"topics/{topic.id}/notes.html"


def topic_timeline_path(topic: Topic) -> str:
    """The output path of a topic's timeline, where its own page hasn't room for all of it."""
    return f"topics/{topic.id}/timeline.html"


def _parents(frame: Frame, topic: Topic) -> list[Topic]:
    """The topics above a topic, the outermost first; a cycle is cut where it closes."""
    chain: list[Topic] = []
    parent = frame.library.documents.get(topic.parent)
    while isinstance(parent, Topic) and parent not in chain and parent is not topic:
        chain.insert(0, parent)
        parent = frame.library.documents.get(parent.parent)
    return chain


def named(frame: Frame, kind: EntityKind, articles: Iterable[Article], most: int) -> tuple[Counted, ...]:
    """The entities of one kind that most articles name, with the number of articles that do."""
    ranks = frame.library.ranks[kind]
    counts = count_named(frame.library, kind, articles).items()
    return counted(frame, kind, heapq.nsmallest(most, counts, key=lambda count: (-count[1], ranks[count[0]])))


def count_named(library: Library, kind: EntityKind, articles: Iterable[Article]) -> Counter[str]:
    """How many of the articles name each entity of a kind, by the entity's id."""
    ids = library.entity_ids[kind]
    return Counter(chain.from_iterable([ids[article.id] for article in articles]))


def topics_page(frame: Frame) -> Page:
    """The index of topics: the outermost ones, with their children named."""
    library = frame.library
    view = TopicsView(
        site=frame.site,
        meta=meta(frame, ALL_TOPICS, f"All topics of {library.site.title}"),
        section="topics",
        crumbs=crumbs(frame, ALL_TOPICS),
        title="Topics",
        total=len(library.topics),
        topics=tuple(topic_card(frame, topic) for topic in library.topics),
    )
    return Page("topics/index.html", "topics.html", view)


def home_page(frame: Frame) -> Page:
    """The home page: the featured documents first, of which the first leads."""
    library = frame.library
    site = library.site
    featured = [library.documents[i] for i in dict.fromkeys(site.featured) if i in library.documents]
    if not featured:
        featured = list(library.notes[:1])
    others = [note for note in library.notes if note not in featured]
    trail: Trail = ((site.title, "index.html"),)
    view = HomeView(
        site=frame.site,
        meta=meta(frame, trail, site.description, feeds=_site_feeds(frame)),
        section="home",
        crumbs=(),
        lead=frame.cards[featured[0].id] if featured else None,
        featured=tuple(frame.cards[document.id] for document in featured[1:]),
        topics=tuple(
            topic_card(frame, topic) for topic in library.topics if topic.parent not in library.documents
        ),
        notes=tuple(frame.cards[note.id] for note in others[:HOME_NOTES]),
        latest=tuple(frame.cards[article.id] for article in library.articles[:HOME_LATEST]),
        events=events_of(frame, library.documents.values())[-HOME_EVENTS:],
        claims=_home_claims(frame),
        counts=_counts(frame),
    )
    return Page("index.html", "home.html", view)


def _home_claims(frame: Frame) -> tuple[ClaimRow, ...]:
    """The newest claims, but none that others supersede."""
    rows = [frame.claims[claim.id] for claim in frame.library.claims[:HOME_CLAIMS]]
    return tuple(row for row in rows if row.state != "superseded")


def _site_feeds(frame: Frame) -> tuple[Link, ...]:
    return (frame.link("feed.xml", frame.library.site.title),)


def _counts(frame: Frame) -> tuple[Counted, ...]:
    """How much the dossier holds of each kind; one of a kind is named in the singular."""
    library = frame.library
    sizes = {"topics": len(library.topics), "articles": len(library.articles), "notes": len(library.notes)}
    sizes["claims"] = len(library.claims)
    sizes |= {FOLDERS[kind]: len(library.entities[kind]) for kind in KINDS}
    singular = {FOLDERS[kind]: kind.capitalize() for kind in FOLDERS}
    return tuple(
        Counted(
            f"{frame.root}{folder}/index.html",
            singular[folder] if sizes[folder] == 1 else label,
            sizes[folder],
        )
        for folder, label in SECTIONS
        if sizes[folder]
    )
