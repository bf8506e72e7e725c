"""What lies on an editor's desk: the dossier, and the files that it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from dossier.diagnostics import Mark
from dossier.library import Library
from dossier.library.checks import claim_mark, mark_of
from dossier.model import Article, Claim, Document, Parsed


class Texts(Protocol):
    """The texts of articles. Their sketches are kept, since to read and sketch them all takes long."""

    def sketch(self, article: Article) -> bytes:
        """The sketch of an article's text; see `sketches`."""

    def text(self, article: Article) -> str:
        """An article's text without its marks; title and fields aside."""


@dataclass(frozen=True)
class Desk:
    """`files` are the documents' files by path; `today` is an ISO date."""

    library: Library
    files: Mapping[str, Parsed]
    today: str
    texts: Texts

    def mark(self, document: Document, *fields: str) -> Mark:
        """The place of the first of these fields that a document has, else its first line."""
        return mark_of(self.files[document.path], *fields)

    def claim_mark(self, claim: Claim, key: str) -> Mark:
        """The place of a claim's key in its own file or in the one that holds it."""
        return claim_mark(self.files[claim.path], claim, key)
