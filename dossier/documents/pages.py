"""Articles, notes, topics and claims: their tables of fields, and what must hold between the fields."""

from typing import Any

import msgspec

from dossier import urls
from dossier.diagnostics import Mark
from dossier.documents import dates
from dossier.documents.addresses import language, url
from dossier.documents.aliases import aliases
from dossier.documents.capture import capture
from dossier.documents.claims import EVIDENCE_FIELDS, claims
from dossier.documents.parts import allow, events, excerpts
from dossier.documents.reading import Fields, Reading, Table, read_fields, require, shortened
from dossier.documents.shapes import Keys
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
from dossier.markup import OPENING_WORDS
from dossier.model import Body, Claim, Document, Topic

_FENCE = Mark(1, 1, 3)
RIGHTS = ("full", "excerpt", "reference")
OBTAINED = ("clipped", "imported", "typed", "scanned", "received", "transcribed")

ARTICLE: Table = {
    "title": title,
    "source": line(LONGEST_NAME),
    "via": reference("via"),
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
    "aliases": aliases,
    "summary": line(),
    "rights": choice(*RIGHTS),
    "text": choice("full", "excerpts", "summary"),
    "capture": capture,
    "obtained": choice(*OBTAINED),
    "excerpts": excerpts,
    "events": events,
    "draft": flag,
    "id": identifier,
    "allow": allow,
}
NOTE: Table = {
    "title": title,
    "date": dates.written,
    "updated": dates.date,
    "authors": names,
    "topics": references("topic"),
    "tags": names,
    "aliases": aliases,
    "summary": line(),
    "status": line(LONGEST_NAME),
    "events": events,
    "claims": claims,
    "draft": flag,
    "allow": allow,
}
TOPIC: Table = {
    "title": title,
    "summary": line(),
    "parent": reference("topic"),
    "order": whole(-1_000_000, 1_000_000),
    "aliases": aliases,
    "events": events,
    "claims": claims,
    "draft": flag,
    "allow": allow,
}
CLAIM: Table = {
    "statement": title,
    "as_of": dates.date,
    "topics": references("topic"),
    "tags": names,
    "aliases": aliases,
    **EVIDENCE_FIELDS,
    "draft": flag,
    "allow": allow,
}

# The front matter of each kind of document, and what of it must be given.
SHAPES: dict[str, Keys] = {
    "article": Keys(ARTICLE, ("title",)),
    "note": Keys(NOTE, ("title", "date")),
    "topic": Keys(TOPIC, ("title",)),
    "claim": Keys(CLAIM, ("statement",)),
}

# The first words of a text, for a page that has no summary: more than its description can show.
FIRST_WORDS = 100


def article_fields(reading: Reading, matter: Mapping) -> Fields:
    """Somebody else's text. Its `id`, where given, stands for the file's stem."""
    fields = read_fields(reading, "an article", matter, ARTICLE)
    _check_order(reading, fields, "accessed", "it was published")
    return fields


def note_fields(reading: Reading, matter: Mapping) -> Fields:
    """The curator's own writing."""
    fields = read_fields(reading, "a note", matter, NOTE)
    require(reading, fields, "date", _FENCE, "add a line: date: 2020-02-12")
    _check_order(reading, fields, "updated", "it was written")
    return fields


def topic_fields(reading: Reading, matter: Mapping) -> Fields:
    """A topic and its overview."""
    return read_fields(reading, "a topic", matter, TOPIC)


def claim_fields(reading: Reading, matter: Mapping) -> Fields:
    """A statement and what articles say to it."""
    fields = read_fields(reading, "a claim", matter, CLAIM)
    require(reading, fields, "statement", _FENCE, "add a line: statement: one sentence, true or false")
    return fields


def _check_order(reading: Reading, fields: Fields, later: str, earlier: str) -> None:
    date, other = fields.values.get("date"), fields.values.get(later)
    if date and other and dates.before(other, date.date):
        message = f"{later} ({other}) is before {earlier} ({date.date})"
        reading.warning(fields.marks[later], "date-order", message, "change one of the two dates")


def opening_words(kind: str, fields: Fields) -> int:
    """How many first words of its text a document's pages may show, by its fields; see `Body`."""
    values = fields.values
    first = 0 if values.get("summary") else FIRST_WORDS
    if kind != "article" or values.get("text") == "summary":
        return first
    match values.get("rights"):
        case "full":
            return first
        case "reference":
            return 0
    return OPENING_WORDS  # Rights that aren't given are the site's.


def made(kind: type[Document], reading: Reading, fields: Fields, body: Body) -> Document | None:
    """The document with these fields; one without a title goes by its id."""
    if kind is not Claim:
        require(reading, fields, "title", _FENCE, "add a line: title: …")
    values = fields.values.copy()
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
    if "aliases" in values:
        values["aliases"], values["formerly"] = values["aliases"]
    values.setdefault("statement" if kind is Claim else "title", identifier)
    if "claims" in values:
        values["claims"] = _held(values["claims"], kind, identifier, values)
    return kind(id=identifier, path=reading.path, body=body, **values)


def _held(
    claims: tuple[Claim, ...], kind: type[Document], holder: str, values: dict[str, Any]
) -> tuple[Claim, ...]:
    """The claims of a note or topic, with what they have of it."""
    topics = (holder,) if kind is Topic else values.get("topics", ())
    hidden = values.get("draft", False)
    return tuple(
        msgspec.structs.replace(claim, holder=holder, topics=topics, draft=claim.draft or hidden)
        for claim in claims
    )
