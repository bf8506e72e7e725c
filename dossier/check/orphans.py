"""Documents that nothing leads to."""

from collections.abc import Iterator

from dossier.check.desk import Desk
from dossier.diagnostics import Diagnostic, info, warning
from dossier.library import Library
from dossier.model import Article, Note, Topic


def find(desk: Desk) -> Iterator[Diagnostic]:
    """Articles and notes in no topic that no other document refers to, and topics without documents."""
    library = desk.library
    used = referred(library)
    documents: list[Article | Note] = [*library.articles, *library.notes]
    for document in documents:
        if not document.topics and document.id not in used:
            yield _orphan(desk, document)
    for topic in library.topics:
        if _is_empty(library, topic):
            message = f"no article and no note is in the topic '{topic.id}'"
            hint = f"write topics: [{topic.id}] in those that belong to it, or delete it"
            yield warning(topic.path, desk.mark(topic, "title"), "empty-topic", message, hint)


def referred(library: Library) -> set[str]:
    """The ids of the documents that others cite, link to, claim by, repeat, feature or tell an event by."""
    documents = library.documents.values()
    events = (article for document in documents for event in document.events for article in event.articles)
    cited = (
        identifier
        for identifier, citing in library.cited_in.items()
        if any(document.id != identifier for document in citing)
    )
    repeated = (article.via for article in library.articles if article.via)
    return {
        *cited,
        *library.mentioned_in,
        *library.testimony,
        *library.site.featured,
        *events,
        *repeated,
    }


def _orphan(desk: Desk, document: Article | Note) -> Diagnostic:
    mark = desk.mark(document, "title")
    if isinstance(document, Article):
        message = f"the article '{document.id}' is in no topic, and nothing cites it or links to it"
        hint = f"add topics: […], or cite it in a note: [@{document.id}]"
        return warning(document.path, mark, "orphan-article", message, hint)
    message = f"the note '{document.id}' is in no topic, and nothing links to it"
    return info(
        document.path, mark, "orphan-note", message, "add topics: […], or link to it from another text"
    )


def _is_empty(library: Library, topic: Topic) -> bool:
    groups = (library.topic_articles, library.topic_notes, library.topic_claims, library.children)
    return not any(group.get(topic.id) for group in groups)
