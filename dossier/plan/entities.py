"""The pages of people, organizations, places and sources, and their indexes."""

import heapq
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from dossier import urls
from dossier.library import Library
from dossier.library.checks import find_target
from dossier.library.entities import KINDS, named_by
from dossier.model import Article, Entity, EntityKind
from dossier.plan.frame import ENTITY_LABELS, SECTIONS, Frame, Recipe, counted
from dossier.plan.lists import paged, pager
from dossier.plan.metadata import Trail, crumbs, meta
from dossier.plan.timelines import Recorded, entries
from dossier.plan.topics import count_named, year_groups
from dossier.views import Counted, EntitiesView, EntityView, LetterGroup, Link, Page, Spoken

TOGETHER = 8


def entity_pages(frames: Mapping[int, Frame]) -> Iterator[Recipe]:
    """A page for every entity of every kind, by depth of frame; those named very often have several."""
    spoken = passages_by_speaker(frames[1])
    events = events_by_entity(frames[1].library)
    for kind in KINDS:
        for entity in frames[1].library.entities[kind].values():
            passages = spoken.get(entity.id, []) if kind == "person" else []
            yield from _pages(frames, entity, passages, events.get((kind, entity.id), []))


Passage = tuple[str, str, Article]


def passages_by_speaker(frame: Frame) -> dict[str, list[Passage]]:
    """Every excerpt whose speaker is a known person, by that person's id: text, role, article."""
    found: dict[str, list[Passage]] = {}
    for article in frame.library.articles:
        for excerpt in article.excerpts:
            target = find_target(excerpt.speaker, frame.library.targets)
            if target and target.kind == "person":
                found.setdefault(target.id, []).append((excerpt.text, excerpt.role, article))
    return found


def events_by_entity(library: Library) -> dict[tuple[EntityKind, str], list[Recorded]]:
    """The events that name an entity, wherever they are recorded, by the entity's kind and id."""
    found: dict[tuple[EntityKind, str], list[Recorded]] = {}
    for document in library.documents.values():
        for event in document.events:
            for kind in KINDS:
                for identifier in dict.fromkeys(library.names[kind][n] for n in named_by(event, kind)):
                    found.setdefault((kind, identifier), []).append((event, document))
    return found


def _pages(
    frames: Mapping[int, Frame], entity: Entity, spoken: list[Passage], events: list[Recorded]
) -> Iterator[Recipe]:
    library = frames[1].library
    articles = library.named_in[entity.kind].get(entity.id, ())
    folder = urls.FOLDERS[entity.kind]
    first = urls.page_path(entity.kind, entity.id)
    paths, parts = paged(articles, library.site.page_size, first, f"{folder}/{entity.id}")
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), start=1):
        frame = frames[path.count("/")]
        if number > 1:
            spoken, events = [], []
        make = partial(_page, frame, entity, articles, part, paths, number, spoken, events)
        yield Recipe(path, make)


def _page(
    frame: Frame,
    entity: Entity,
    articles: tuple[Article, ...],
    part: tuple[Article, ...],
    paths: list[str],
    number: int,
    spoken: list[Passage],
    events: list[Recorded],
) -> Page:
    library = frame.library
    folder = urls.FOLDERS[entity.kind]
    linking = library.mentioned_in.get(f"{folder}/{entity.id}", ())
    carried = library.carried_in.get(entity.id, ()) if entity.kind == "source" else ()
    trail: Trail = ((dict(SECTIONS)[folder], f"{folder}/index.html"), (entity.name, paths[number - 1]))
    described = entity.description or entity.role
    view = EntityView(
        site=frame.site,
        meta=meta(frame, trail, described or f"{entity.name} in {library.site.title}"),
        section=folder,
        crumbs=crumbs(frame, trail),
        kind=entity.kind,
        label=ENTITY_LABELS[entity.kind],
        name=entity.name,
        aliases=entity.aliases,
        role=entity.role,
        description=entity.description,
        owner=_owner(frame, entity),
        latitude=_degrees(entity.coordinates.latitude) if entity.coordinates else "",
        longitude=_degrees(entity.coordinates.longitude) if entity.coordinates else "",
        links=tuple(Link(link.url, link.title) for link in entity.links),
        count=len(articles),
        years=year_groups(frame.cards[article.id] for article in part),
        carried=tuple(frame.cards[article.id] for article in carried) if number == 1 else (),
        notes=tuple(frame.cards[document.id] for document in linking),
        spoken=tuple(Spoken(text, role, frame.cards[article.id]) for text, role, article in spoken),
        events=entries(frame, events),
        topics=_topics(frame, articles),
        together=_together(frame, entity, articles),
        pager=pager(frame, paths, number),
    )
    return Page(paths[number - 1], f"{entity.kind}.html", view)


def _owner(frame: Frame, entity: Entity) -> Link | None:
    if not entity.owner:
        return None
    target = find_target(entity.owner, frame.library.targets)
    if target is None or target.kind in urls.DOCUMENT_FOLDERS.values():
        return Link("", entity.owner)
    return Link(frame.root + urls.page_path(target.kind, target.id), target.title)


def _degrees(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _topics(frame: Frame, articles: Iterable[Article]) -> tuple[Counted, ...]:
    known = frame.library.documents
    counts = Counter(topic for article in articles for topic in article.topics if topic in known)
    ordered = sorted(counts.items(), key=lambda count: (-count[1], known[count[0]].title.casefold()))
    return tuple(Counted(frame.links[topic].url, known[topic].title, count) for topic, count in ordered)


def _together(frame: Frame, entity: Entity, articles: Iterable[Article]) -> tuple[Counted, ...]:
    """The people (for a source: the people, for a place: the organizations) most often named beside it."""
    kind: EntityKind = "organization" if entity.kind == "place" else "person"
    counts = count_named(frame.library, kind, articles)
    if kind == entity.kind:
        counts.pop(entity.id, None)
    ranks = frame.library.ranks[kind]
    most = heapq.nsmallest(TOGETHER, counts.items(), key=lambda count: (-count[1], ranks[count[0]]))
    return counted(frame, kind, most)


def index_pages(frames: Mapping[int, Frame], kind: EntityKind) -> Iterator[Recipe]:
    """The index of one kind of entity, by name."""
    library = frames[1].library
    entities = sorted(library.entities[kind].values(), key=lambda entity: (sort_key(entity.name), entity.id))
    folder = urls.FOLDERS[kind]
    size = library.site.page_size * 3
    paths, parts = paged(entities, size, f"{folder}/index.html", f"{folder}/index")
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), start=1):
        frame = frames[path.count("/")]
        yield Recipe(path, partial(_index, frame, kind, len(entities), part, paths, number))


def _index(
    frame: Frame, kind: EntityKind, total: int, part: tuple[Entity, ...], paths: list[str], number: int
) -> Page:
    folder = urls.FOLDERS[kind]
    title = dict(SECTIONS)[folder]
    trail: Trail = ((title, paths[number - 1]),)
    view = EntitiesView(
        site=frame.site,
        meta=meta(frame, trail, f"{title} in {frame.library.site.title}"),
        section=folder,
        crumbs=crumbs(frame, trail),
        kind=kind,
        title=title,
        total=total,
        letters=_letters(frame, kind, part),
        pager=pager(frame, paths, number),
    )
    return Page(paths[number - 1], f"{folder}.html", view)


def _letters(frame: Frame, kind: EntityKind, entities: Iterable[Entity]) -> tuple[LetterGroup, ...]:
    articles = frame.library.named_in[kind]
    groups: dict[str, list[Counted]] = {}
    for entity in entities:
        initial = sort_key(entity.name)[:1].upper()
        letter = initial if initial.isalpha() else "#"
        (one,) = counted(frame, kind, [(entity.id, len(articles.get(entity.id, ())))])
        groups.setdefault(letter, []).append(one)
    return tuple(LetterGroup(letter, tuple(group)) for letter, group in groups.items())


def sort_key(name: str) -> str:
    """A name without accents and case, so that `Agüero` stands beside `Aguero`."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
