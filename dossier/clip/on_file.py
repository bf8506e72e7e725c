"""What a site has already: its articles by address, capture and text; its topics and registers by name."""

import os
from collections.abc import Iterator
from pathlib import Path

from dossier import documents, sources, urls
from dossier.addresses import normal_address
from dossier.check.sketches import Shelf, likeness, passages, sketch
from dossier.frontmatter import Mapping, Scalar, read_document
from dossier.model import Register, Site, Topic


class OnFile:
    """The articles of a site, as far as is needed to know whether a source is among them."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self._by_address: dict[str, str] = {}
        self._by_capture: dict[str, str] = {}
        self._names: set[str] = set()
        self._shelf = Shelf()
        listing = sources.scan(site, None)
        self.settings = Site(title="Untitled")
        self.topics: list[Topic] = []
        self.registers: list[Register] = []
        for path in sorted(listing.documents):
            kind = urls.document_kind(path)
            if kind == "article":
                self.take_in(path, sources.read(listing, path)[0])
            elif kind in ("topic", "register", "site"):
                self._keep(documents.parse(path, sources.read(listing, path)[0]).value)

    def _keep(self, value: object) -> None:
        match value:
            case Topic():
                self.topics.append(value)
            case Register():
                self.registers.append(value)
            case Site():
                self.settings = value

    @property
    def captures(self) -> Path:
        """The folder of the captures."""
        return Path(os.path.normpath(self.site / self.settings.captures))

    def take_in(self, path: str, data: bytes) -> None:
        """Know an article's file."""
        self._names.add(urls.document_id(path).casefold())
        content = read_document(path, data)
        fields = plain_fields(content.fields)
        if fields.get("url"):
            self._by_address.setdefault(normal_address(fields["url"]), path)
        if fields.get("capture"):
            self._by_capture.setdefault(fields["capture"].strip().lower(), path)
        drawn = sketch(content.body)
        if drawn:
            self._shelf.put(path, drawn)

    def at(self, *addresses: str) -> str:
        """The path of the article from one of these addresses, '' where there is none."""
        found = (self._by_address.get(normal_address(address)) for address in addresses if address)
        return next((path for path in found if path), "")

    def of(self, checksum: str) -> str:
        """The path of the article that was taken from these bytes, '' where there is none."""
        return self._by_capture.get(checksum, "")

    def likest(self, text: str) -> tuple[str, float]:
        """The path of an article whose text is nearly this one, and how nearly; ('', 0) for none."""
        drawn = sketch(text)
        best = ("", 0.0)
        for path in self._shelf.near(drawn) if drawn else ():
            body = read_document(path, (self.site / path).read_bytes()).body
            alike = likeness(passages(text), passages(body))
            if alike >= self.settings.check.similarity / 100 and alike > best[1]:
                best = (path, alike)
        return best

    def free_name(self, name: str) -> str:
        """A name that no article has: the one wanted, or it with a number."""
        number, free = 1, name
        while free.casefold() in self._names:
            number += 1
            free = f"{name}-{number}"
        return free


def plain_fields(mapping: Mapping | None) -> dict[str, str]:
    """The fields of front matter that are single texts."""
    if mapping is None:
        return {}
    return {entry.key: entry.value.text for entry in mapping.entries if isinstance(entry.value, Scalar)}


def articles_of(site: Path) -> Iterator[tuple[str, bytes]]:
    """The articles' files of a site, in the order of their paths."""
    listing = sources.scan(site, None)
    for path in sorted(listing.documents):
        if urls.document_kind(path) == "article":
            yield path, sources.read(listing, path)[0]
