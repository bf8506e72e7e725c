"""From a path and its bytes to what they say, by the kind of file that the path makes it."""

import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

from dossier import frontmatter, markup, urls
from dossier.diagnostics import Mark
from dossier.documents.link_record import read_link_record
from dossier.documents.pages import (
    article_fields,
    claim_fields,
    made,
    note_fields,
    opening_words,
    topic_fields,
)
from dossier.documents.reading import Fields, Reading
from dossier.documents.registers import read_register
from dossier.documents.settings import read_site
from dossier.documents.styles import read_style
from dossier.model import (
    Article,
    Body,
    CitationStyle,
    Claim,
    Document,
    LinkRecord,
    Note,
    Parsed,
    Register,
    Site,
    Topic,
)

_READERS: dict[str, tuple[type[Document], Callable[[Reading, frontmatter.Mapping], Fields]]] = {
    "article": (Article, article_fields),
    "note": (Note, note_fields),
    "topic": (Topic, topic_fields),
    "claim": (Claim, claim_fields),
}


def parse(path: str, data: bytes) -> Parsed:
    """What a site's file says. `path` is relative to the site, with forward slashes, and decides what it is.

    Never raises, whatever the bytes are. A file that is no document, no register and no `site.yaml` has
    neither value nor findings.
    """
    kind = urls.document_kind(path)
    if kind in _READERS:
        return _document(kind, path, data)
    if kind == "register":
        return _register(path, data)
    if kind == "links":
        return _link_record(path, data)
    if kind == "style":
        reading = Reading(path, [])
        return _parsed(reading, read_style(reading, data))
    return _site(path, data) if kind == "site" else Parsed(path, None)


def _document(kind: str, path: str, data: bytes) -> Parsed:
    """A document; of one whose front matter can't be read, the findings in its body all the same.

    Somebody else's text holds no citations: in an article, `@name` stays text.
    """
    content = frontmatter.read_document(path, data)
    reading = Reading(path, content.diagnostics)
    made_of, read = _READERS[kind]
    fields = None if content.fields is None else read(reading, content.fields)
    body = markup.render(
        content.body,
        path=path,
        first_line=content.body_line,
        citations=kind != "article",
        opening_words=0 if fields is None else opening_words(kind, fields),
    )
    reading.diagnostics += body.diagnostics
    known = body.body if kind != "article" else _summed(body.body, content.body)
    value = None if fields is None else made(made_of, reading, fields, known)
    if fields is None or value is None:
        return _parsed(reading)
    reading.references += body.references
    reading.silences += body.silences
    return _parsed(reading, value, fields.marks, body)


def _summed(body: Body, text: str) -> Body:
    return msgspec.structs.replace(body, checksum=checksum(text))


def checksum(text: str) -> str:
    """The SHA-256 digest of a text's lines, each ending in one line feed; '' where it says nothing."""
    if not text or text.isspace():
        return ""
    data = (text if text[-1] == "\n" else text + "\n").encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()


def _register(path: str, data: bytes) -> Parsed:
    content = frontmatter.read_yaml_file(path, data)
    reading = Reading(path, content.diagnostics)
    if content.fields is None:
        return _parsed(reading)
    register = read_register(reading, content.fields)
    return _parsed(reading, register, {entry.key: entry.mark for entry in content.fields.entries})


def _link_record(path: str, data: bytes) -> Parsed:
    content = frontmatter.read_yaml_file(path, data)
    reading = Reading(path, content.diagnostics)
    if content.fields is None:
        return _parsed(reading)
    return _parsed(reading, read_link_record(reading, content.fields))


def _site(path: str, data: bytes) -> Parsed:
    content = frontmatter.read_yaml_file(path, data)
    reading = Reading(path, content.diagnostics)
    if content.fields is None:
        return _parsed(reading)
    site, fields = read_site(reading, content.fields)
    return _parsed(reading, site, fields.marks)


def _parsed(
    reading: Reading,
    value: Document | Register | LinkRecord | CitationStyle | Site | None = None,
    marks: Mapping[str, Mark] = MappingProxyType({}),
    body: markup.Rendered | None = None,
) -> Parsed:
    """What was read, the findings in order of place. What has no value refers to nothing."""
    return Parsed(
        path=reading.path,
        value=value,
        segments=body.segments if body else (),
        references=tuple(reading.references) if value else (),
        marks=(*marks.items(), *reading.marks.items()),
        diagnostics=tuple(sorted(reading.diagnostics)),
        silences=tuple(reading.silences),
        quoted=body.quoted if body else (),
    )
