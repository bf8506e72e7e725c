"""From a path and its bytes to what they say, by the kind of file that the path makes it."""

from dossier import frontmatter, markup, urls
from dossier.documents.pages import read_article, read_note, read_topic
from dossier.documents.reading import Reading
from dossier.documents.registers import read_register
from dossier.documents.settings import read_site
from dossier.model import Parsed

_READERS = {"article": read_article, "note": read_note, "topic": read_topic}


def parse(path: str, data: bytes) -> Parsed:
    """What a site's file says. `path` is relative to the site, with forward slashes, and decides what it is.

    Never raises, whatever the bytes are. A file that is no document, no register and no `site.yaml` has
    neither value nor findings.
    """
    kind = urls.document_kind(path)
    if kind == "article" or kind == "note" or kind == "topic":
        return _document(kind, path, data)
    if kind == "register":
        return _register(path, data)
    return _site(path, data) if kind == "site" else Parsed(path, None)


def _document(kind: str, path: str, data: bytes) -> Parsed:
    """A document; of one whose front matter can't be read, the findings in its body all the same.

    Somebody else's text holds no citations: in an article, `@name` stays text.
    """
    content = frontmatter.read_document(path, data)
    body = markup.render(
        content.body, path=path, first_line=content.body_line, citations=kind in ("note", "topic")
    )
    reading = Reading(path, (*content.diagnostics, *body.diagnostics))
    value, fields = _READERS[kind](reading, content, body.body)
    return Parsed(
        path=path,
        value=value,
        segments=body.segments if value else (),
        references=(*reading.references, *body.references) if value else (),
        marks=tuple(fields.marks.items()),
        diagnostics=tuple(sorted(reading.diagnostics)),
    )


def _register(path: str, data: bytes) -> Parsed:
    content = frontmatter.read_yaml_file(path, data)
    reading = Reading(path, content.diagnostics)
    register = read_register(reading, content)
    entries = content.fields.entries if content.fields else ()
    marks = tuple((entry.key, entry.mark) for entry in entries)
    return Parsed(path, register, marks=marks, diagnostics=tuple(sorted(reading.diagnostics)))


def _site(path: str, data: bytes) -> Parsed:
    content = frontmatter.read_yaml_file(path, data)
    reading = Reading(path, content.diagnostics)
    site, fields = read_site(reading, content)
    return Parsed(
        path=path,
        value=site,
        references=tuple(reading.references),
        marks=tuple(fields.marks.items()),
        diagnostics=tuple(sorted(reading.diagnostics)),
    )
