"""The cards of topics and notes, and where pages say that they are."""

from collections.abc import Iterator

from dossier.dates import in_words
from dossier.library import Library
from dossier.library.model import dated_documents
from dossier.model import Note, Topic
from dossier.pictures.cards import FOLDER, SocialCard, can_draw
from dossier.plan.frame import Frame, absolute, label_of
from dossier.summary import counted
from dossier.urls import FOLDERS


def card_address(frame: Frame, document: Topic | Note) -> str:
    """The absolute address of a document's card; empty where it has none."""
    library = frame.library
    return absolute(library.site.url, _path(document)) if _has_card(library, document) else ""


def cards_of(library: Library) -> Iterator[SocialCard]:
    """All cards of a site, in the order of topics, then notes."""
    for topic in library.topics:
        if _has_card(library, topic):
            yield _card(library, topic, _holdings(library, topic))
    for note in library.notes:
        if _has_card(library, note):
            authors = note.authors or library.site.authors
            yield _card(library, note, " · ".join(filter(None, [", ".join(authors), in_words(note.date)])))


def _has_card(library: Library, document: Topic | Note) -> bool:
    return library.cards and can_draw(document.title)


def _path(document: Topic | Note) -> str:
    folder = FOLDERS["topic" if isinstance(document, Topic) else "note"]
    return f"{FOLDER}/{folder}/{document.id}.png"


def _holdings(library: Library, topic: Topic) -> str:
    articles = len(library.topic_articles.get(topic.id, ()))
    notes = len(library.topic_notes.get(topic.id, ()))
    latest = max((document.date for document in dated_documents(library, topic.id)), default="")
    parts = [counted(articles, "article") if articles else "", counted(notes, "note") if notes else ""]
    return " · ".join(filter(None, [*parts, f"as of {in_words(latest)}" if latest else ""]))


def _card(library: Library, document: Topic | Note, facts: str) -> SocialCard:
    """A card; what of its small print can't be drawn is left out."""
    texts = (library.site.title, label_of(document), document.title, facts)
    return SocialCard(_path(document), *(text if can_draw(text) else "" for text in texts))
