"""What search knows of a page: no more than the page itself shows."""

from collections.abc import Iterable
from html import escape

from dossier.evidence.segments import joined
from dossier.languages import language_name
from dossier.model import Record
from dossier.views import ArticleView, ClaimView, EntityView, Link, NoteView, Page, TopicView


class SearchEntry(Record, frozen=True):
    """A page as search knows it.

    `html` is its text, `language` the text's and `site` the site's. `kind` and `date` are shown with a
    result; `filters` are names and values by which results can be narrowed.
    """

    path: str
    title: str
    language: str
    site: str
    kind: str
    date: str
    filters: tuple[tuple[str, str], ...]
    html: str


def search_entry(page: Page, segments: tuple[str, ...]) -> SearchEntry | None:
    """What search knows of a page of a document or an entity; None for any other page.

    `segments` are its body's, cut where the page's anchors stand.
    """
    view = page.view
    if not isinstance(view, ArticleView | NoteView | TopicView | ClaimView | EntityView):
        return None
    body = joined(segments, page.anchors)
    site = view.site.language
    if isinstance(view, ArticleView):
        source = view.source.text if view.source else ""
        written = view.language or site
        language = ("language", language_name(written))
        filters = [*_dated(view.date), *_topics(view.topics), ("source", source), language]
        told = [view.summary, view.opening, *(excerpt.text for excerpt in view.excerpts)]
        return _entry(
            page, view.title, view.language or site, site, "Article", view.date, filters, told, body
        )
    if isinstance(view, NoteView):
        filters = [*_dated(view.date), *_topics(view.topics), ("language", language_name(site))]
        return _entry(page, view.title, site, site, "Note", view.date, filters, [view.summary], body)
    if isinstance(view, TopicView):
        filters = [("topic", view.title), ("language", language_name(site))]
        return _entry(page, view.title, site, site, "Topic", "", filters, [view.summary], body)
    if isinstance(view, ClaimView):
        filters = [*_dated(view.as_of), *_topics(view.topics), ("language", language_name(site))]
        return _entry(page, view.statement, site, site, "Claim", view.as_of, filters, [], body)
    told = [", ".join(view.aliases), view.role, view.description]
    return _entry(page, view.name, site, site, view.label, "", [], told, "")


def _entry(
    page: Page,
    title: str,
    language: str,
    site: str,
    kind: str,
    date: str,
    filters: list[tuple[str, str]],
    told: list[str],
    body: str,
) -> SearchEntry:
    given = tuple((name, value) for name, value in [("kind", kind), *filters] if value)
    html = "".join(f"<p>{escape(text)}</p>" for text in told if text) + body
    return SearchEntry(page.path, title, language, site, kind, date, given, html)


def _dated(date: str) -> list[tuple[str, str]]:
    return [("year", date[:4])]


def _topics(links: Iterable[Link]) -> list[tuple[str, str]]:
    return [("topic", link.text) for link in links]
