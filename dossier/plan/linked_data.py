"""JSON-LD: what a page says of itself in schema.org's words."""

import json
from collections.abc import Iterable

from dossier.library import Library
from dossier.model import Article, Note, Topic
from dossier.plan.frame import absolute, document_path

Value = str | int | float | None | list["Value"] | dict[str, "Value"]

ARTICLE_TYPES = {
    "news": "NewsArticle",
    "report": "Report",
    "analysis": "AnalysisNewsArticle",
    "dataset": "Dataset",
}


def as_json(*nodes: dict[str, Value]) -> str:
    """A JSON-LD document that can stand in a script element whatever its strings hold."""
    graph = {"@context": "https://schema.org", "@graph": [_filled(node) for node in nodes]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _filled(node: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in node.items() if value not in ("", None, [], {})}


def breadcrumbs(library: Library, trail: Iterable[tuple[str, str]]) -> dict[str, Value]:
    """A BreadcrumbList of (name, output path); its addresses are left out where the site has no `url`."""
    items: list[Value] = [
        _filled(
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": absolute(library.site.url, path),
            }
        )
        for position, (name, path) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def article(library: Library, article: Article, source: str) -> dict[str, Value]:
    """The article that an article's page is about: somebody else's work, at its own address."""
    return {
        "@type": ARTICLE_TYPES.get(article.kind, "Article"),
        "headline" if article.kind != "dataset" else "name": article.title,
        "author": _people(article.authors),
        "publisher": _filled({"@type": "Organization", "name": source}) if source else None,
        "datePublished": article.time or article.date,
        "inLanguage": article.language or library.site.language,
        "url": article.url,
        "archivedAt": article.archive_url,
        "description": article.summary,
        "about": _topics(library, article.topics),
    }


def note(library: Library, note: Note) -> dict[str, Value]:
    """A note: the site's own article, with what it cites."""
    return {
        "@type": "Article",
        "headline": note.title,
        "author": _people(note.authors or library.site.authors),
        "publisher": {"@type": "Organization", "name": library.site.title},
        "datePublished": note.time or note.date,
        "dateModified": note.updated,
        "inLanguage": library.site.language,
        "description": note.summary,
        "url": absolute(library.site.url, document_path(note)),
        "about": _topics(library, note.topics),
        "citation": cited(library, note.body.citations),
    }


def topic(library: Library, topic: Topic) -> dict[str, Value]:
    """A topic: a collection, with what its overview cites."""
    return {
        "@type": "CollectionPage",
        "name": topic.title,
        "alternateName": list(topic.aliases),
        "description": topic.summary,
        "inLanguage": library.site.language,
        "url": absolute(library.site.url, document_path(topic)),
        "citation": cited(library, topic.body.citations),
    }


def cited(library: Library, identifiers: Iterable[str]) -> list[Value]:
    """The works behind citations."""
    works: list[Value] = []
    for identifier in identifiers:
        document = library.documents.get(identifier)
        if isinstance(document, Article):
            works.append(
                _filled(
                    {
                        "@type": ARTICLE_TYPES.get(document.kind, "CreativeWork"),
                        "name": document.title,
                        "author": _people(document.authors),
                        "datePublished": document.date,
                        "url": document.url or absolute(library.site.url, document_path(document)),
                    }
                )
            )
    return works


def website(library: Library) -> dict[str, Value]:
    """The site itself."""
    return {
        "@type": "WebSite",
        "name": library.site.title,
        "description": library.site.description,
        "inLanguage": library.site.language,
        "url": absolute(library.site.url, "index.html"),
    }


def _people(names: Iterable[str]) -> list[Value]:
    return [{"@type": "Person", "name": name} for name in names]


def _topics(library: Library, topics: Iterable[str]) -> list[Value]:
    return [
        {"@type": "Thing", "name": library.documents[topic].title}
        for topic in topics
        if topic in library.documents
    ]
