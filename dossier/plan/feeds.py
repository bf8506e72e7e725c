"""Feeds, sitemap and robots.txt.

RFC 3339 asks for a full time; a date of month or year precision becomes its first day, in UTC, here and
nowhere else. Undated documents are in no feed.
"""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from dossier.library import Library
from dossier.library.model import dated_documents
from dossier.library.rights import shown_of
from dossier.model import Article, Document, Note
from dossier.plan.frame import Frame, Lazy, Recipe, absolute, document_path, label_of
from dossier.plan.metadata import shortened
from dossier.views import FeedEntry, FeedView, Page, RobotsView, SitemapEntry, SitemapView

# Ids of feeds and entries of a site without an address: name-based UUIDs (RFC 9562, version 5).
NAMESPACE = uuid.UUID("6f1c1d1e-6b0e-5d1c-9f52-3a0f4f0c7d11")


def feed_pages(root: Frame, below: Frame) -> Iterator[Recipe]:
    """The site's feeds and every topic's; `root` and `below` are the frames at depths 0 and 2."""
    library = root.library
    site = library.site
    latest = Lazy(partial(_latest, library))
    entries = {frame.root: Lazy(partial(_entry, frame)) for frame in (root, below)}
    every = _Feed(root, entries[root.root], latest, "", "index.html", site.title, site.description)
    yield from _pair("", every)
    for topic in library.topics:
        title, home = f"{topic.title} – {site.title}", document_path(topic)
        feed = _Feed(below, entries[below.root], latest, topic.id, home, title, topic.summary)
        yield from _pair(f"topics/{topic.id}/", feed)


def _latest(library: Library, topic: str) -> list[Article | Note]:
    """What a feed of the site or of a topic has, newest first."""
    dated = dated_documents(library, topic)
    newest = sorted(dated, key=lambda document: (_moment(document), document.id), reverse=True)
    return newest[: library.site.feed_size]


def _moment(document: Article | Note) -> datetime:
    """When a document was last changed. Times of different zones don't sort as they are written."""
    return datetime.fromisoformat(_updated(document))


def _updated(document: Article | Note) -> str:
    if isinstance(document, Note) and document.updated:
        return _time(document.updated)
    return document.time or _time(document.date)


def _time(date: str) -> str:
    year, month, day = (*date.split("-"), "01", "01")[:3]
    return f"{year}-{month}-{day}T00:00:00Z"


class _Feed(NamedTuple):
    """What the two feeds of the site, or of a topic, share."""

    frame: Frame
    entries: Lazy[str, FeedEntry]
    latest: Lazy[str, list[Article | Note]]
    topic: str
    home: str
    title: str
    subtitle: str


def _pair(folder: str, feed: _Feed) -> Iterator[Recipe]:
    """The Atom and the JSON feed of the same documents, newest first."""
    for template in ("feed.xml", "feed.json"):
        yield Recipe(folder + template, partial(_page, feed, folder + template, template))


def _page(feed: _Feed, path: str, template: str) -> Page:
    frame, home, documents = feed.frame, feed.home, feed.latest[feed.topic]
    site = frame.library.site
    view = FeedView(
        id=_identifier(site.url, home),
        title=feed.title,
        subtitle=feed.subtitle,
        language=site.language,
        home=absolute(site.url, home) or frame.root + home,
        self_url=absolute(site.url, path) or frame.root + path,
        updated=_updated(documents[0]) if documents else "1970-01-01T00:00:00Z",
        authors=site.authors or (site.title,),
        entries=tuple(feed.entries[document.id] for document in documents),
    )
    return Page(path, template, view)


def _identifier(site_url: str, path: str) -> str:
    return absolute(site_url, path) or f"urn:uuid:{uuid.uuid5(NAMESPACE, path)}"


def _entry(frame: Frame, identifier: str) -> FeedEntry:
    library = frame.library
    document = library.documents[identifier]
    assert isinstance(document, Article | Note)
    path = document_path(document)
    if isinstance(document, Article):
        source = frame.source(document)
        authors = document.authors or ((source.text,) if source else ())
        opening = document.body.opening if shown_of(frame.library, document) == "full" else ""
    else:
        authors, opening = document.authors, document.body.opening
    return FeedEntry(
        id=_identifier(library.site.url, path),
        url=absolute(library.site.url, path) or frame.root + path,
        title=document.title,
        updated=_updated(document),
        published=document.time or _time(document.date),
        summary=document.summary or shortened(opening),
        authors=authors or library.site.authors,
        label=label_of(document),
        via=document.url if isinstance(document, Article) else "",
        topics=tuple(link.text for link in frame.topics(document.topics)),
    )


def sitemap(library: Library, paths: Sequence[str]) -> Page:
    """The sitemap of all HTML pages but the one for lost readers, for a site that has a `url`."""
    modified = {document_path(document): _modified(document) for document in library.documents.values()}
    entries = tuple(
        SitemapEntry(absolute(library.site.url, path), modified.get(path, ""))
        for path in sorted(paths)
        if path.endswith(".html") and path != "404.html"
    )
    return Page("sitemap.xml", "sitemap.xml", SitemapView(entries))


def _modified(document: Document) -> str:
    if isinstance(document, Note):
        return document.updated or document.date
    return ""


def robots(library: Library) -> Page:
    """robots.txt: everything may be read."""
    return Page("robots.txt", "robots.txt", RobotsView(absolute(library.site.url, "sitemap.xml")))
