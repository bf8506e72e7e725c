"""What may be written at a place: the entries that fit what has been typed, the likeliest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossier import urls
from dossier.library import Library
from dossier.library.model import date_of, document_kind_of
from dossier.lsp.answers import about, about_entity
from dossier.lsp.open_site import Snapshot
from dossier.model import Document, Entity

# More than anybody reads; editors ask again at each letter.
MOST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be written: the text to put there, what it stands for, and more about it.

    `found_by` is what it is looked up by: id, title and other names, in small letters.
    """

    text: str
    title: str
    detail: str
    kind: str
    found_by: str


@dataclass(frozen=True)
class Choices:
    """All documents and entities of a site; the newest first."""

    documents: Sequence[Choice]
    entities: Sequence[Choice]

    def of(self, *kinds: str) -> Iterable[Choice]:
        """Those of some kinds."""
        wanted = frozenset(kinds)
        return (
            choice for group in (self.documents, self.entities) for choice in group if choice.kind in wanted
        )

    def all(self) -> Iterable[Choice]:
        """Documents, then entities."""
        return (choice for group in (self.documents, self.entities) for choice in group)


def choices_of(snapshot: Snapshot) -> Choices:
    """What a site offers."""
    library = snapshot.library
    newest = sorted(library.documents.values(), key=lambda d: (date_of(d), d.id), reverse=True)
    return Choices(
        [_of_document(document, snapshot) for document in newest],
        [_of_entity(entity, library) for kind in library.entities.values() for entity in kind.values()],
    )


def _of_document(document: Document, snapshot: Snapshot) -> Choice:
    names = (document.id, document.title, *document.aliases)
    kind = document_kind_of(document)
    return Choice(document.id, document.title, about(document, snapshot), kind, "\n".join(names).casefold())


def _of_entity(entity: Entity, library: Library) -> Choice:
    names = (entity.id, entity.name, *entity.aliases)
    text = entity.id if entity.id not in library.documents else f"{urls.FOLDERS[entity.kind]}/{entity.id}"
    return Choice(text, entity.name, about_entity(entity), entity.kind, "\n".join(names).casefold())


def fitting(choices: Iterable[Choice], written: str) -> list[Choice]:
    """The choices whose id or names have what was written: at the beginning, of a word, anywhere."""
    wanted = written.casefold().strip()
    if not wanted:
        return [choice for choice, _ in zip(choices, range(MOST), strict=False)]
    ranked: tuple[list[Choice], list[Choice], list[Choice]] = ([], [], [])
    begins, of_a_word, of_a_part = f"\n{wanted}", f" {wanted}", f"-{wanted}"
    for choice in choices:
        if wanted in choice.found_by:
            names = f"\n{choice.found_by}"
            place = 0 if begins in names else 1 if of_a_word in names or of_a_part in names else 2
            ranked[place].append(choice)
            if len(ranked[0]) == MOST:
                break
    return [choice for group in ranked for choice in group][:MOST]
