"""Short ways to write a document and to see what is found in it."""

from dossier.documents import parse
from dossier.model import Parsed

Found = list[tuple[str, int, int, int]]
PATHS = {
    "article": "content/articles/a.md",
    "note": "content/notes/a.md",
    "topic": "content/topics/a.md",
    "people": "content/people.yaml",
    "places": "content/places.yaml",
    "sources": "content/sources.yaml",
    "links": "content/links.yaml",
    "site": "site.yaml",
}


def document(kind: str, *lines: str, body: str = "Text.\n") -> Parsed:
    """A document whose front matter has these lines, the first of them in line 2 of the file."""
    text = "\n".join(lines) + "\n"
    if PATHS[kind].endswith(".md"):
        text = f"---\n{text}---\n{body}"
    return parse(PATHS[kind], text.encode())


def article(*lines: str, body: str = "Text.\n") -> Parsed:
    """An article with a title and these further lines, the first of them in line 3."""
    return document("article", "title: NATO expands", *lines, body=body)


def note(*lines: str) -> Parsed:
    """A note with a title, a date and these further lines, the first of them in line 4."""
    return document("note", "title: Who said it", "date: 2026-05-12", *lines)


def topic(*lines: str) -> Parsed:
    """A topic with a title and these further lines, the first of them in line 3."""
    return document("topic", "title: NATO in Iraq", *lines)


def places(parsed: Parsed) -> Found:
    """Code, line, column and length of every finding."""
    return [(d.code, d.mark.line, d.mark.column, d.mark.length) for d in parsed.diagnostics]


def hint(parsed: Parsed) -> str:
    """The hint of the one finding that there must be."""
    (diagnostic,) = parsed.diagnostics
    return diagnostic.hint
