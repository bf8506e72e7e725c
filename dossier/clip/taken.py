"""What is taken in, before anything is read of it, and what reading finds in it."""

import hashlib
from typing import Literal

from dossier.diagnostics import Diagnostic, Mark, Severity
from dossier.model import Record

Form = Literal["html", "text", "pdf", "email"]
Headers = tuple[tuple[str, str], ...]


class Hop(Record, frozen=True):
    """A redirect: the answer's status line and headers, at the address that gave it."""

    address: str
    status: str
    headers: Headers = ()


class Taken(Record, frozen=True):
    """Bytes as they came, from an address on the web or from a file.

    `address` is where the bytes were in the end, '' for a file that doesn't say; `asked` is what was given:
    an address, or a file's path. `status` and `headers` are those of the answer, '' and none for a file.
    `content_type` is as declared. `time` is when they were taken, in UTC: `2026-05-20T10:00:00Z`.
    """

    asked: str
    data: bytes
    time: str
    address: str = ""
    status: str = ""
    headers: Headers = ()
    content_type: str = ""
    hops: tuple[Hop, ...] = ()
    name: str = ""

    @property
    def checksum(self) -> str:
        """`sha256:` and the hexadecimal digest of the bytes."""
        return f"sha256:{hashlib.sha256(self.data).hexdigest()}"


class Said(Record, frozen=True):
    """A finding of a reader, which doesn't know how its source is called."""

    level: Severity
    code: str
    message: str
    hint: str = ""

    def of(self, path: str) -> Diagnostic:
        """The finding, of a source."""
        return Diagnostic(path, Mark(), self.level, self.code, self.message, self.hint)


class Found(Record, frozen=True):
    """What a page or file says: its fields, as they may stand in front matter, and its text as Markdown.

    `described` is how the source sums itself up, in its own words. `text` is the body as Markdown, '' where
    there is none; `words` is it without its marks, for comparing and searching.
    """

    title: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    url: str = ""
    language: str = ""
    kind: str = "other"
    described: str = ""
    text: str = ""
    words: str = ""
    said: tuple[Said, ...] = ()


class Suggestions(Record, frozen=True):
    """Ids that a text's words stand for, those named most often first."""

    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def of(self, field: str) -> tuple[str, ...]:
        """The ids for one field of an article."""
        found: tuple[str, ...] = getattr(self, field)
        return found


def warned(code: str, message: str, hint: str = "") -> Said:
    """A finding that leaves an article behind that a careful curator looks at."""
    return Said(Severity.WARNING, code, message, hint)


def remarked(code: str, message: str, hint: str = "") -> Said:
    """A finding that may well be as it should."""
    return Said(Severity.INFO, code, message, hint)


def failed(code: str, message: str, hint: str = "") -> Said:
    """A finding that leaves no article behind."""
    return Said(Severity.ERROR, code, message, hint)
