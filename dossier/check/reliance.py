"""Topics that rest on one source."""

from collections import Counter
from collections.abc import Iterator

from dossier.check.desk import Desk
from dossier.diagnostics import Diagnostic, warning
from dossier.library import Library
from dossier.library.testimony import witnesses_of


def find(desk: Desk) -> Iterator[Diagnostic]:
    """Topics with enough articles of which one source, or one owner's sources, have too large a share.

    Whose an article is, is told as for claims: by its outlet's owner.
    """
    library = desk.library
    settings = library.site.check
    for topic in library.topics:
        articles = [article.id for article in library.topic_articles.get(topic.id, ()) if article.source]
        if len(articles) < settings.source_articles:
            continue
        sources, names = library.entities["source"], library.names["source"]
        witnesses = witnesses_of(articles, library.documents, sources, names, library.targets)
        counted = Counter(witness.printer for witness in witnesses.values())
        printer, count = min(counted.items(), key=lambda item: (-item[1], item[0]))
        if 100 * count > settings.source_share * len(articles):
            share = (
                f"{count} of the {len(articles)} articles in '{topic.id}' ({100 * count // len(articles)} %)"
            )
            message = f"{share} are from {_name(library, printer)}"
            hint = f"look for others who say so (check: source_share is {settings.source_share})"
            yield warning(topic.path, desk.mark(topic, "title"), "one-source", message, hint)


def _name(library: Library, key: str) -> str:
    """The name of whoever has this key: `sources/nato`."""
    target = library.targets.get(key)
    return target.title if target else key.partition("/")[2]
