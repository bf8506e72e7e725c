"""What a site has before anything is imported: its documents, by address and by id, and its topics."""

from pathlib import Path

from dossier import documents, sources, urls
from dossier.addresses import normal_address
from dossier.model import Article, Body, Claim, Document, Note, Parsed, Site, Topic


class Holdings:
    """A site as it is, and as it grows."""

    def __init__(self, site: Path) -> None:
        listing = sources.scan(site, None)
        self.site = site
        self.settings = Site(title="Untitled")
        self.files = set(listing.files)
        self.parsed: list[Parsed] = []
        self.topics: dict[str, str] = {}
        self.former: dict[str, str] = {}
        self._documents: dict[str, Document] = {}
        self._by_address: dict[str, str] = {}
        for path in sorted(listing.documents):
            self.take_in(documents.parse(path, sources.read(listing, path)[0]))

    def take_in(self, parsed: Parsed) -> None:
        """Know a file."""
        self.parsed.append(parsed)
        self.files.add(parsed.path)
        match parsed.value:
            case Article() | Note() | Topic() | Claim() as document:
                self._keep(document)
            case Site() as settings:
                self.settings = settings
        stem = urls.document_id(parsed.path).casefold()
        if parsed.value is None and urls.document_kind(parsed.path) in urls.DOCUMENT_FOLDERS.values():
            self._documents.setdefault(stem, Topic(stem, parsed.path, stem, Body()))

    def _keep(self, document: Document) -> None:
        self._documents.setdefault(document.id.casefold(), document)
        if isinstance(document, Note | Topic):
            for claim in document.claims:
                self._documents.setdefault(claim.id.casefold(), claim)
        if isinstance(document, Article) and document.url:
            self._by_address.setdefault(normal_address(document.url), document.path)
        if isinstance(document, Topic) and not document.draft:
            for name in (document.id, document.title, *document.aliases):
                self.topics.setdefault(name.casefold(), document.id)
        for path in document.formerly:
            self.former.setdefault(path, document.path)

    def at(self, address: str) -> str:
        """The path of the article from an address; '' where there is none."""
        return self._by_address.get(normal_address(address), "") if address else ""

    def named(self, identifier: str) -> Document | None:
        """The document with this id, however its letters are cased."""
        return self._documents.get(identifier.casefold())
