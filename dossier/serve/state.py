"""What the last build left, as the server and its pages need it. Replaced whole, never changed."""

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from dossier import documents, urls
from dossier.library.checks import not_yet
from dossier.library.model import date_of
from dossier.model import Article, Claim, Note, Topic
from dossier.serve.findings import edit_address
from dossier.serve.settings import Settings


@dataclass(frozen=True)
class State:
    """One state of the site. `documents` are the paths of its documents."""

    settings: Settings
    session: str
    warn: Callable[[str], None]
    today: str
    build: int = 0
    base: str = "/"
    documents: Collection[str] = ()

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The pages of the documents, by the documents' paths."""
        kinds = ((urls.document_kind(path), path) for path in self.documents)
        return {
            path: urls.page_path(kind, urls.document_id(path))
            for kind, path in kinds
            if kind in ("article", "note", "topic", "claim")
        }

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """The documents by the paths of their pages."""
        return {page: path for path, page in self.pages.items()}

    def facts(self, page: str) -> dict[str, object]:
        """What a page is told of itself."""
        source = self.sources.get(page, "")
        return {
            "page": page,
            "build": self.build,
            "session": self.session,
            "follow": self.settings.follow,
            "root": quote(self.base),
            "source": source,
            "edit": edit_address(source, 1, 1, self.settings) if source else "",
            "marks": self._marks(source) if source and self.settings.drafts else [],
        }

    def _marks(self, source: str) -> list[str]:
        """Why a document wouldn't be in a build without drafts."""
        try:
            with open(os.path.join(self.settings.site, source), "rb") as file:
                value = documents.parse(source, file.read()).value
        except OSError:
            return []
        if not isinstance(value, Article | Note | Topic | Claim):
            return []
        marks = ["draft"] if value.draft else []
        return [*marks, f"from {date_of(value)}"] if not_yet(value, self.today) else marks
