"""Articles of which it isn't said when they were published, by whom, or where they can be read."""

from collections.abc import Iterator

from dossier.check.desk import Desk
from dossier.diagnostics import Diagnostic, warning


def find(desk: Desk) -> Iterator[Diagnostic]:
    """A finding for each of the three that an article lacks."""
    for article in desk.library.articles:
        mark = desk.mark(article, "title")
        if not article.date:
            hint = "add date: 2020-02-12, or less where the source says less: '2020-02', '2020'"
            yield warning(article.path, mark, "undated-article", "an article without a date", hint)
        if not article.source:
            hint = "add source: … with the outlet or body that published it"
            yield warning(article.path, mark, "article-without-source", "an article without a source", hint)
        if not article.url and not article.archive_url:
            hint = "add url: https://…, or archive_url: … where only a copy is left"
            yield warning(article.path, mark, "article-without-link", "an article without a link", hint)
