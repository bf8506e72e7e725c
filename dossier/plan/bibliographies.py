"""Files for reference managers, and the tags by which they see what a page is a record of."""

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

from dossier.bibliography import FORMATS
from dossier.library import Library
from dossier.model import Article, Note
from dossier.plan.frame import ARTICLE_LABELS, Frame, Lazy, Recipe, document_path
from dossier.views import BibliographyView, CitedName, CitedWork, Link, MetaTag, Page

LABELS = {"bibliography.json": "CSL-JSON", "bibliography.bib": "BibTeX", "bibliography.ris": "RIS"}
# What appears in an outlet; anything else is issued by its source.
IN_AN_OUTLET = frozenset(["news", "analysis"])
# Words that only the names of bodies have.
OF_BODIES = frozenset(
    (
        *("agency", "association", "authority", "bureau", "centre", "center", "command", "commission"),
        *("committee", "council", "department", "desk", "editors", "embassy", "foundation", "government"),
        *("group", "institute", "ministry", "mission", "news", "office", "press", "secretariat", "service"),
        *("staff", "team", "union", "university"),
    )
)
# Zotero's item types: https://www.zotero.org/support/kb/item_types_and_fields
ZOTERO_TYPES = {
    "news": "newspaperArticle",
    "report": "report",
    "transcript": "presentation",
    "press-release": "document",
    "official": "document",
    "analysis": "magazineArticle",
    "dataset": "dataset",
    "other": "webpage",
}


def bibliography_pages(library: Library) -> Iterator[Recipe]:
    """The bibliographies of the site, of its topics, and of the notes that cite anything."""
    if not library.site.bibliographies:
        return
    works = Lazy(partial(_work_of, library))
    every = tuple(article.id for article in library.articles)
    yield from _bibliography(works, "", every)
    for topic in library.topics:
        here = (article.id for article in library.topic_articles.get(topic.id, ()))
        yield from _bibliography(works, f"topics/{topic.id}/", tuple(here))
    for note in library.notes:
        yield from _bibliography(works, f"notes/{note.id}/", _cited(library, note))


def bibliography_links(frame: Frame, folder: str, articles: Iterable[object]) -> tuple[Link, ...]:
    """Links to the bibliographies of these articles in an output folder; none where there are none."""
    if not frame.library.site.bibliographies or not any(True for _ in articles):
        return ()
    return tuple(frame.link(folder + name, label) for name, label in LABELS.items())


def note_bibliography(frame: Frame, note: Note) -> tuple[Link, ...]:
    """Links to the bibliographies of what a note cites."""
    return bibliography_links(frame, f"notes/{note.id}/", _cited(frame.library, note))


def _cited(library: Library, note: Note) -> tuple[str, ...]:
    return tuple(cited for cited in note.body.citations if isinstance(library.documents.get(cited), Article))


def _bibliography(works: Lazy[str, CitedWork], folder: str, articles: tuple[str, ...]) -> Iterator[Recipe]:
    if articles:
        for name in FORMATS:
            yield Recipe(folder + name, partial(_page, works, folder + name, name, articles))


def _page(works: Lazy[str, CitedWork], path: str, name: str, articles: tuple[str, ...]) -> Page:
    return Page(path, name, BibliographyView(tuple(works[identifier] for identifier in articles)))


def _work_of(library: Library, identifier: str) -> CitedWork:
    article = library.documents[identifier]
    assert isinstance(article, Article)
    return cited_work(library, article)


def cited_work(library: Library, article: Article) -> CitedWork:
    """An article as bibliographies list it. `summary` is the curator's, and so may be given."""
    sources, names = library.entities["source"], library.names["source"]
    source = sources[names[article.source]].name if article.source else ""
    return CitedWork(
        id=article.id,
        kind=article.kind,
        title=article.title,
        authors=tuple(_name(library, name) for name in article.authors),
        container=source if article.kind in IN_AN_OUTLET else "",
        publisher="" if article.kind in IN_AN_OUTLET else source,
        genre="" if article.kind in (*IN_AN_OUTLET, "other", "dataset") else ARTICLE_LABELS[article.kind],
        date=article.date,
        url=article.url,
        archive=article.archive_url,
        accessed=article.accessed,
        language=article.language or library.site.language,
        abstract=article.summary,
        tags=article.tags,
        page=document_path(article),
    )


def _name(library: Library, name: str) -> CitedName:
    """A name in its parts, where it is a person's. What the registers know as a body is one."""
    return _parts(name, any(name in library.names[kind] for kind in ("organization", "source")))


@lru_cache(maxsize=4096)
def _parts(name: str, known_body: bool) -> CitedName:
    """A person's name is `Family, Given`, or words of which none is a body's."""
    plain = " ".join(name.split())
    family, comma, given = plain.partition(",")
    if comma:
        return CitedName(plain, family.strip(), given.strip())
    words = plain.split(" ")
    if known_body or len(words) == 1 or OF_BODIES.intersection(word.casefold() for word in words):
        return CitedName(plain)
    # `Ursula von der Leyen`: particles belong to the family name.
    start = next((n for n, word in enumerate(words) if n and word.islower()), len(words) - 1)
    return CitedName(plain, " ".join(words[start:]), " ".join(words[:start]))


def article_tags(library: Library, article: Article, canonical: str) -> tuple[MetaTag, ...]:
    """What reference managers take from an article's page: the original, of which the page is a record.

    The names are those that Zotero's translator for embedded metadata reads, which is what others follow:
    Highwire Press's (`citation_…`), PRISM's, and Zotero's own for the type.
    """
    work = cited_work(library, article)
    publisher = "citation_technical_report_institution" if work.kind == "report" else "citation_publisher"
    tags = [
        ("z:itemType", ZOTERO_TYPES[work.kind]),
        ("citation_title", work.title),
        *(("citation_author", _turned(name)) for name in work.authors),
        ("citation_date", work.date),
        ("prism.publicationName", work.container),
        (publisher, work.publisher),
        ("citation_public_url", work.url or canonical),
        ("citation_language", work.language),
        *_dublin_core(work.title, [name.name for name in work.authors], work.date, work.language),
        ("DC.publisher", work.publisher or work.container),
        ("DC.identifier", work.url),
    ]
    return tuple(MetaTag(name, content) for name, content in tags if content)


def note_tags(library: Library, note: Note, canonical: str) -> tuple[MetaTag, ...]:
    """What reference managers take from a note's page: the note itself."""
    site = library.site
    authors = note.authors or site.authors
    date = note.updated or note.date
    tags = [
        ("z:itemType", "blogPost"),
        ("citation_title", note.title),
        *(("citation_author", _turned(_name(library, author))) for author in authors),
        ("citation_date", date),
        ("prism.publicationName", site.title),
        ("citation_public_url", canonical),
        ("citation_language", site.language),
        *_dublin_core(note.title, authors, date, site.language),
        ("DC.publisher", site.title),
        ("DC.identifier", canonical),
    ]
    return tuple(MetaTag(name, content) for name, content in tags if content)


def _dublin_core(title: str, authors: Iterable[str], date: str, language: str) -> list[tuple[str, str]]:
    """https://www.dublincore.org/specifications/dublin-core/dcq-html/"""
    creators = [("DC.creator", author) for author in authors]
    return [("DC.title", title), *creators, ("DC.date", date), ("DC.language", language)]


def _turned(name: CitedName) -> str:
    return f"{name.family}, {name.given}" if name.family and name.given else name.name
