"""Articles, notes and topics: their tables of fields, and what must hold between the fields."""

from typing import TypeVar

from dossier import urls
from dossier.diagnostics import Mark
from dossier.documents import dates
from dossier.documents.addresses import language, url
from dossier.documents.parts import events, excerpts
from dossier.documents.reading import Fields, Reading, Table, read_fields, require, shortened
from dossier.documents.values import (
    LONGEST_NAME,
    choice,
    flag,
    identifier,
    line,
    names,
    reference,
    references,
    title,
    whole,
)
from dossier.frontmatter import Mapping
from dossier.model import Article, Body, Note, Topic

_FENCE = Mark(1, 1, 3)
RIGHTS = ("full", "excerpt", "reference")

ARTICLE: Table = {
    "title": title,
    "source": line(LONGEST_NAME),
    "authors": names,
    "date": dates.written,
    "url": url,
    "archive_url": url,
    "accessed": dates.day,
    "language": language,
    "kind": choice(
        "news", "report", "transcript", "press-release", "official", "analysis", "dataset", "other"
    ),
    "topics": references("topic"),
    "people": names,
    "organizations": names,
    "places": names,
    "tags": names,
    "summary": line(),
    "rights": choice(*RIGHTS),
    "text": choice("full", "excerpts", "summary"),
    "excerpts": excerpts,
    "events": events,
    "draft": flag,
    "id": identifier,
}
NOTE: Table = {
    "title": title,
    "date": dates.written,
    "updated": dates.date,
    "authors": names,
    "topics": references("topic"),
    "tags": names,
    "summary": line(),
    "status": line(LONGEST_NAME),
    "events": events,
    "draft": flag,
}
TOPIC: Table = {
    "title": title,
    "summary": line(),
    "parent": reference("topic"),
    "order": whole(-1_000_000, 1_000_000),
    "aliases": names,
    "events": events,
    "draft": flag,
}


Made = TypeVar("Made", Article, Note, Topic)


def read_article(reading: Reading, matter: Mapping, body: Body) -> tuple[Article | None, Fields]:
    """Somebody else's text. Its `id`, where given, stands for the file's stem."""
    fields = read_fields(reading, "an article", matter, ARTICLE)
    _check_order(reading, fields, "accessed", "it was published")
    return _made(Article, reading, fields, body), fields


def read_note(reading: Reading, matter: Mapping, body: Body) -> tuple[Note | None, Fields]:
    """The curator's own writing."""
    fields = read_fields(reading, "a note", matter, NOTE)
    require(reading, fields, "date", _FENCE, "add a line: date: 2020-02-12")
    _check_order(reading, fields, "updated", "it was written")
    return _made(Note, reading, fields, body), fields


def read_topic(reading: Reading, matter: Mapping, body: Body) -> tuple[Topic | None, Fields]:
    """A topic and its overview."""
    fields = read_fields(reading, "a topic", matter, TOPIC)
    return _made(Topic, reading, fields, body), fields


def _check_order(reading: Reading, fields: Fields, later: str, earlier: str) -> None:
    date, other = fields.values.get("date"), fields.values.get(later)
    if date and other and dates.before(other, date.date):
        message = f"{later} ({other}) is before {earlier} ({date.date})"
        reading.warning(fields.marks[later], "date-order", message, "change one of the two dates")


def _made(kind: type[Made], reading: Reading, fields: Fields, body: Body) -> Made | None:
    """The document with these fields; one without a title goes by its id."""
    require(reading, fields, "title", _FENCE, "add a line: title: …")
    values = dict(fields.values)
    stem = urls.document_id(reading.path)
    identifier = values.pop("id", stem)
    problem = urls.id_problem(identifier)
    if problem:
        message = f"the file's name '{shortened(stem)}' can't be an id: it {problem}"
        hint = f"rename the file to {urls.slug(stem)}.md"
        reading.error(Mark(), "bad-id", message, hint)
        return None
    if "date" in values:
        values["date"], values["time"] = values["date"]
    values.setdefault("title", identifier)
    return kind(id=identifier, path=reading.path, body=body, **values)
