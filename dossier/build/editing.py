"""What an editor would see, worked out from what a build knows."""

from dossier.build.documents import Documents
from dossier.build.linking import Linked, link
from dossier.build.options import Options
from dossier.build.planning import Planned
from dossier.check import editorial
from dossier.check.sketches import sketch, text_of
from dossier.diagnostics import Diagnostic
from dossier.model import Article

ENOUGH = 1_000


def editors_findings(documents: Documents, planned: Planned, options: Options) -> tuple[Diagnostic, ...]:
    """All that an editor would see in a site."""
    linked: Linked = planned.linked or link(documents, options)
    files = {head.path: head for head in linked.heads}
    texts = KeptTexts(documents, len(linked.library.articles), options)
    found = editorial(files, linked.library, options.today, texts)
    texts.keep()
    return found


class KeptTexts:
    """The texts of a site's articles, and their sketches as far as the memo has them.

    A sketch is kept under the digest of its body, so that it outlasts a move of its article.
    """

    def __init__(self, documents: Documents, count: int, options: Options) -> None:
        self._documents, self._memo = documents, documents.memo
        self._known = dict(self._memo.all("sketches")) if count > ENOUGH else {}
        self._made: dict[bytes, bytes] = {}
        self._count, self._done, self._progress = count, 0, options.progress

    def sketch(self, article: Article) -> bytes:
        """The sketch of an article's text."""
        self._done += 1
        self._progress("compare texts", self._done, self._count)
        key = bytes.fromhex(self._documents.entries[article.path].body)
        kept = self._known.get(key)
        if kept is None and self._count <= ENOUGH:
            kept = self._memo.get("sketches", key)
        if kept is None:
            kept = self._made[key] = sketch(self.text(article))
        return kept

    def text(self, article: Article) -> str:
        """An article's text without its marks."""
        return text_of(self._documents.text(article.path, self._memo).segments)

    def keep(self) -> None:
        """Keep the sketches that were made, and let go of those that no text has."""
        self._memo.put("sketches", self._made.items())
        live = {bytes.fromhex(entry.body) for entry in self._documents.entries.values() if entry.body}
        self._memo.prune("sketches", live)
        self._memo.commit()
