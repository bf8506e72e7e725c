"""A site's documents, joined and ready to be made into something else than its pages."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossier import sources, urls
from dossier.build.documents import Documents
from dossier.build.linking import Linked, link
from dossier.build.options import Options
from dossier.build.pipeline import concluded
from dossier.build.rendering import load_theme
from dossier.build.result import Result
from dossier.build.session import Session, opened
from dossier.library import Library
from dossier.library.model import dated_documents
from dossier.model import Document
from dossier.pictures import stripped


@dataclass(frozen=True)
class Reading:
    """A site that was read and joined. `result` has the findings, and says where they are too grave."""

    session: Session
    documents: Documents
    linked: Linked
    result: Result

    @property
    def library(self) -> Library:
        """What the site publishes: drafts and documents of the future are not in it."""
        return self.linked.library

    def segments(self, document: Document) -> tuple[str, ...]:
        """The HTML of a document's text, cut at its slots, whatever its rights say of it."""
        return self.documents.text(document.path, self.documents.memo).segments

    def asset(self, path: str) -> bytes | None:
        """The bytes behind the output path of one of the site's files; None where there is none."""
        source = f"content/{path}"
        if source not in self.documents.listing.assets or urls.asset_path(source) != path:
            return None
        try:
            return stripped(sources.read(self.documents.listing, source)[0])
        except OSError:
            return None

    def theme_assets(self) -> Mapping[str, bytes]:
        """The files of the site's theme, by their output paths."""
        return load_theme(self.documents, self.library.site.theme)[0].assets


@contextlib.contextmanager
def reading(options: Options) -> Iterator[Reading]:
    """Read and join a site; nothing is built. Another command may be at work on it."""
    with opened(options, wait=False) as session, session.documents() as documents:
        linked = link(documents, options)
        findings = [*session.listing.findings, *documents.findings, *linked.findings]
        concluded(findings, session, linked.policy)
        yield Reading(session, documents, linked, session.result)


def newest(library: Library, topic: str = "") -> str:
    """The date of the newest document, of the site or of one topic, EDTF; '' where none has one."""
    notes = library.topic_notes.get(topic, ()) if topic else library.notes
    dates = (document.date for document in dated_documents(library, topic))
    return max((*dates, *(note.updated for note in notes)), default="")
