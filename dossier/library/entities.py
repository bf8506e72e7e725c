"""People, organizations, places and sources: those that registers describe and those only named."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from dossier import urls
from dossier.diagnostics import Diagnostic, Mark, error
from dossier.model import Article, Document, Entity, EntityKind, Event, Register

KINDS: tuple[EntityKind, ...] = ("person", "organization", "place", "source")
REGISTER_PATHS = {kind: path for path, kind in urls.REGISTERS.items()}


def names_of(document: Document, kind: EntityKind) -> tuple[str, ...]:
    """The names of one kind of entity that a document gives in its own fields and in its events."""
    if kind == "source":
        return (document.source,) if isinstance(document, Article) and document.source else ()
    names = named_by(document, kind) if isinstance(document, Article) else ()
    if document.events:
        names += tuple(name for event in document.events for name in named_by(event, kind))
    return names


def named_by(record: Article | Event, kind: EntityKind) -> tuple[str, ...]:
    """The names of one kind that an article or an event gives in a field of its own."""
    names: tuple[str, ...] = getattr(record, urls.FOLDERS[kind], ())
    return names


def named_agencies(
    documents: Collection[Document], hidden: Collection[str] = ()
) -> Iterable[tuple[str, Article]]:
    """What articles repeat that is no article, and the articles. `hidden` are ids that must not be seen."""
    repeating = [document for document in documents if isinstance(document, Article) and document.via]
    if repeating:
        ids = {document.id for document in documents if isinstance(document, Article)}
        for article in repeating:
            if article.via not in ids and article.via not in hidden:
                yield article.via, article


def gather(
    documents: Iterable[Document],
    registers: Mapping[EntityKind, Register],
    hidden: Collection[str] = (),
) -> tuple[
    dict[EntityKind, dict[str, Entity]],
    dict[EntityKind, dict[str, str]],
    dict[EntityKind, dict[str, tuple[str, ...]]],
]:
    """All entities by kind and id, for every name as written the id of its entity, and by an article's id the
    ids of those that it names, each once.

    A name is looked up as an id, a name and an alias of the register, without regard to case; one that no
    register knows becomes an entity of its own, whose id is its slug. `hidden` are the ids of documents that
    stay out of the site.
    """
    documents = list(documents)
    entities: dict[EntityKind, dict[str, Entity]] = {}
    names: dict[EntityKind, dict[str, str]] = {}
    ids: dict[EntityKind, dict[str, tuple[str, ...]]] = {}
    articles = [document for document in documents if isinstance(document, Article)]
    eventful = [document for document in documents if document.events]
    for kind in KINDS:
        register = registers.get(kind)
        registered = register.entities if register else ()
        # As `names_of`, without a call for each of all articles.
        field = attrgetter(urls.FOLDERS[kind] if kind != "source" else "source")
        by_document = {article.id: field(article) for article in articles}
        if kind == "source":
            by_document = {identifier: (name,) if name else () for identifier, name in by_document.items()}
        by_document |= {document.id: names_of(document, kind) for document in eventful}
        written = Counter(chain.from_iterable(by_document.values()))
        if kind == "source":
            written.update(name for name, _ in named_agencies(documents, hidden))
        entities[kind], names[kind] = _resolve(kind, registered, written)
        find = names[kind].__getitem__
        ids[kind] = {
            identifier: tuple(dict.fromkeys(map(find, given))) if given[1:] else tuple(map(find, given))
            for identifier, given in by_document.items()
        }
    return entities, names, ids


def _resolve(
    kind: EntityKind, registered: Sequence[Entity], written: Counter[str]
) -> tuple[dict[str, Entity], dict[str, str]]:
    entities = {entity.id: entity for entity in registered}
    known = lookup(registered)
    names = {}
    # The spelling met most often names an unregistered entity; ties go to the first in the alphabet.
    for name, _ in sorted(written.items(), key=lambda counted: (-counted[1], counted[0])):
        identifier = known.get(name.casefold()) or known.get(urls.slug(name)) or urls.slug(name)
        if identifier not in entities:
            entities[identifier] = Entity(kind=kind, id=identifier, name=name)
        names[name] = identifier
    return entities, names


def lookup(registered: Collection[Entity]) -> dict[str, str]:
    """Ids by casefolded id, name, alias and their slugs; an id wins over a name, a name over an alias."""
    known: dict[str, str] = {}
    for texts in (
        [(entity.id, entity.id) for entity in registered],
        [(entity.name, entity.id) for entity in registered],
        [(alias, entity.id) for entity in registered for alias in entity.aliases],
    ):
        for text, identifier in texts:
            known.setdefault(text.casefold(), identifier)
            known.setdefault(urls.slug(text), identifier)
    return known


def check_ids(entities: Mapping[EntityKind, Mapping[str, Entity]]) -> Iterable[Diagnostic]:
    """Entities whose ids differ only by case: their pages would be one file on many systems."""
    for kind, of_kind in entities.items():
        seen: dict[str, str] = {}
        for identifier in of_kind:
            other = seen.setdefault(identifier.casefold(), identifier)
            if other != identifier:
                yield error(
                    REGISTER_PATHS[kind],
                    Mark(),
                    "case-collision",
                    f"the ids '{other}' and '{identifier}' of {urls.FOLDERS[kind]} differ only by case",
                    "give one of them another id",
                )
