"""Topics in which nothing has happened for long."""

from collections.abc import Iterator

from dossier.check.desk import Desk
from dossier.diagnostics import Diagnostic, info
from dossier.library import Library
from dossier.model import Article, Note


def find(desk: Desk) -> Iterator[Diagnostic]:
    """Topics whose newest document and event, subtopics included, are older than the site's limit."""
    months = desk.library.site.check.quiet_months
    for topic in desk.library.topics:
        newest = newest_of(desk.library, topic.id)
        if newest and months_between(newest, desk.today) > months:
            message = f"nothing new in the topic '{topic.id}' since {newest}"
            hint = f"look for news, or say in its text where it stands (check: quiet_months is {months})"
            yield info(topic.path, desk.mark(topic, "title"), "quiet-topic", message, hint)


def newest_of(library: Library, topic: str) -> str:
    """The date of the newest document or event of a topic and its subtopics, EDTF; '' where none is dated."""
    reached, waiting = {topic}, [topic]
    while waiting:
        children = {child.id for child in library.children.get(waiting.pop(), ())} - reached
        reached |= children
        waiting += children
    dates = [""]
    for identifier in reached:
        grouped: list[Article | Note] = [
            *library.topic_articles.get(identifier, ()),
            *library.topic_notes.get(identifier, ()),
        ]
        for document in grouped:
            dates += (document.date, *(event.end or event.date for event in document.events))
        dates += (event.end or event.date for event in library.documents[identifier].events)
    return max(dates)


def months_between(earlier: str, later: str) -> int:
    """Whole months from one EDTF date to an ISO date, the earlier taken as late as it may be."""
    year, month = int(earlier[:4]), int(earlier[5:7] or 12)
    return (int(later[:4]) - year) * 12 + int(later[5:7]) - month
