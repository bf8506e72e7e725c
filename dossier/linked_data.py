"""JSON-LD: what a page says of itself in schema.org's words, as a pure function of its view.

A page's own addresses are given where the site has a `url`; they are resolved against the page's canonical
address. `in_script` (the theme's filter) makes the text safe inside a script element.
"""

import json
from collections.abc import Iterable
from urllib.parse import urljoin

from dossier.views import (
    ArticleView,
    ClaimView,
    EntityView,
    EvidenceView,
    HomeView,
    Link,
    NoteView,
    ReferenceEntry,
    TopicView,
    View,
)

Value = str | int | float | None | list["Value"] | dict[str, "Value"]
Node = dict[str, Value]

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
ARTICLE_TYPES = {
    "news": "NewsArticle",
    "report": "Report",
    "analysis": "AnalysisNewsArticle",
    "dataset": "Dataset",
}
ENTITY_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "source": "Organization",
}


def json_ld(view: View) -> str:
    """The page's JSON-LD document, as JSON text."""
    nodes = [node for node in (_subject(view), _breadcrumbs(view)) if node]
    graph = {"@context": "https://schema.org", "@graph": nodes}
    return _JSON(graph)


def _subject(view: View) -> Node:
    """What the page is about, or {} for lists."""
    match view:
        case ArticleView():
            return _filled(_article(view))
        case NoteView():
            return _filled(_note(view))
        case ClaimView():
            return _filled(_claim(view))
        case TopicView():
            return _filled(_topic(view))
        case EntityView():
            return _filled(_entity(view))
        case HomeView():
            return _filled(_website(view))
        case _:
            return {}


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in ("", None, [], {})}


def _address(view: View, url: str) -> str:
    return urljoin(view.meta.canonical, url) if view.meta.canonical else ""


def _breadcrumbs(view: View) -> Node:
    if not view.crumbs:
        return {}
    items: list[Value] = [
        _filled(
            {"@type": "ListItem", "position": place, "name": crumb.text, "item": _address(view, crumb.url)}
        )
        for place, crumb in enumerate(view.crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _article(view: ArticleView) -> Node:
    """The article that the page is about: somebody else's work, at its own address."""
    return {
        "@type": ARTICLE_TYPES.get(view.kind, "Article"),
        "name" if view.kind == "dataset" else "headline": view.title,
        "author": _people(view.authors),
        "publisher": _filled({"@type": "Organization", "name": view.source.text}) if view.source else None,
        "datePublished": view.time or view.date,
        "inLanguage": view.language,
        "url": view.original,
        "archivedAt": view.archive,
        "description": view.summary,
        "about": _things(view.topics),
        "citation": _cited(view, view.references),
        "mainEntityOfPage": view.meta.canonical,
    }


def _note(view: NoteView) -> Node:
    """The site's own article, with what it cites."""
    return {
        "@type": "Article",
        "headline": view.title,
        "author": _people(view.authors),
        "publisher": {"@type": "Organization", "name": view.site.title},
        "datePublished": view.date,
        "dateModified": view.updated,
        "inLanguage": view.site.language,
        "description": view.summary,
        "url": view.meta.canonical,
        "about": _things(view.topics),
        "citation": _cited(view, view.references),
    }


def _claim(view: ClaimView) -> Node:
    """The statement, where it appears, and what bears on it. No ClaimReview: a state is no rating."""
    evidence = (*view.supporting, *view.disputing, *view.mentioning)
    return {
        "@type": "Claim",
        "text": view.statement,
        "url": view.meta.canonical,
        "inLanguage": view.site.language,
        "temporalCoverage": view.as_of,
        "about": _things(view.topics),
        "keywords": list(view.tags),
        "appearance": _works(view, view.supporting),
        "citation": _works(view, evidence),
    }


def _works(view: View, evidence: Iterable[EvidenceView]) -> list[Value]:
    """The articles of the evidence, each once."""
    cards = {one.article.url: one.article for one in evidence}
    return [
        _filled(
            {
                "@type": "CreativeWork",
                "name": card.title,
                "publisher": {"@type": "Organization", "name": card.source.text} if card.source else None,
                "datePublished": card.date,
                "inLanguage": card.language,
                "url": _address(view, card.url),
            }
        )
        for card in cards.values()
    ]


def _topic(view: TopicView) -> Node:
    return {
        "@type": "CollectionPage",
        "name": view.title,
        "description": view.summary,
        "inLanguage": view.site.language,
        "url": view.meta.canonical,
        "citation": _cited(view, view.references),
    }


def _entity(view: EntityView) -> Node:
    place = view.kind == "place" and view.latitude
    return {
        "@type": ENTITY_TYPES[view.kind],
        "name": view.name,
        "alternateName": list(view.aliases),
        "description": view.description or view.role,
        "sameAs": [link.url for link in view.links],
        "geo": {"@type": "GeoCoordinates", "latitude": view.latitude, "longitude": view.longitude}
        if place
        else None,
    }


def _website(view: HomeView) -> Node:
    return {
        "@type": "WebSite",
        "name": view.site.title,
        "description": view.site.description,
        "inLanguage": view.site.language,
        "url": view.meta.canonical,
    }


def _cited(view: View, references: Iterable[ReferenceEntry]) -> list[Value]:
    return [
        _filled(
            {
                "@type": "CreativeWork",
                "name": reference.title,
                "author": _people(reference.authors),
                "datePublished": reference.date,
                "url": reference.original or _address(view, reference.url),
            }
        )
        for reference in references
    ]


def _people(names: Iterable[str]) -> list[Value]:
    return [{"@type": "Person", "name": name} for name in names]


def _things(topics: Iterable[Link]) -> list[Value]:
    return [{"@type": "Thing", "name": topic.text} for topic in topics]
