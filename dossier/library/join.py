"""Parsed files -> Library: the one place where documents meet."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from dossier import urls
from dossier.diagnostics import Diagnostic, Mark, error
from dossier.library.checks import (
    DOCUMENTS,
    Known,
    check_references,
    distinct,
    find_slot_target,
    future_dates,
    not_yet,
    topic_cycles,
)
from dossier.library.entities import KINDS, check_ids, gather, names_of
from dossier.library.model import Library, Target, Targets, date_of, document_kind_of
from dossier.model import (
    Article,
    Document,
    Entity,
    EntityKind,
    LinkRecord,
    LinkState,
    Note,
    Parsed,
    Register,
    Site,
    Topic,
)

NO_SITE = error("site.yaml", Mark(), "missing-site", "there is no site.yaml", "write one: title: My dossier")


def link(
    files: Sequence[Parsed], paths: frozenset[str], today: str, drafts: bool
) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Join parsed files into a library, and find all that only their meeting shows to be wrong.

    `paths` are all files of the site, for links to assets; `today` is an ISO date. Without `drafts`,
    drafts and documents of the future stay out of everything, counts and backlinks included.
    """
    kept, findings = distinct(sorted(files, key=lambda parsed: parsed.path))
    reasons = {} if drafts else _reasons_to_hide(kept, today)
    shown = [parsed for parsed in kept if parsed.path not in reasons]
    places = {parsed.value.id: parsed for parsed in shown if isinstance(parsed.value, DOCUMENTS)}
    documents = [parsed.value for parsed in shown if isinstance(parsed.value, DOCUMENTS)]
    sites = [parsed.value for parsed in kept if isinstance(parsed.value, Site)]
    registers = {parsed.value.kind: parsed.value for parsed in kept if isinstance(parsed.value, Register)}
    lapsed = {
        state.url: state
        for parsed in kept
        if isinstance(parsed.value, LinkRecord)
        for state in parsed.value.states
    }

    library = join(sites[0] if sites else Site(title=""), registers, documents, lapsed)

    if "site.yaml" not in paths:
        findings.append(NO_SITE)
    findings += future_dates(kept, today)
    findings += check_ids(library.entities)
    findings += topic_cycles({topic.id: topic for topic in library.topics}, places)
    hidden = {
        parsed.value.id: reasons[parsed.path]
        for parsed in kept
        if parsed.path in reasons and isinstance(parsed.value, DOCUMENTS)
    }
    known = Known(library.documents, hidden, library.targets, library.file_targets, paths)
    for parsed in shown:
        findings += check_references(parsed, known)
    return library, tuple(findings)


def _reasons_to_hide(files: Iterable[Parsed], today: str) -> dict[str, str]:
    """The paths of documents that stay out of the site, and why."""
    reasons = {}
    for parsed in files:
        if isinstance(parsed.value, DOCUMENTS):
            if parsed.value.draft:
                reasons[parsed.path] = "it is a draft"
            elif not_yet(parsed.value, today):
                reasons[parsed.path] = f"its date is {date_of(parsed.value)}"
    return reasons


def join(
    site: Site,
    registers: Mapping[EntityKind, Register],
    documents: Sequence[Document],
    lapsed: Mapping[str, LinkState],
) -> Library:
    """The library of these documents, whose ids are distinct; `lapsed` are the addresses of the record."""
    newest = sorted(documents, key=lambda document: (date_of(document), document.id), reverse=True)
    articles = tuple(document for document in newest if isinstance(document, Article))
    notes = tuple(document for document in newest if isinstance(document, Note))
    topics = sorted(
        (document for document in newest if isinstance(document, Topic)),
        key=lambda topic: (topic.order, topic.title.casefold(), topic.id),
    )
    by_id = {document.id: document for document in sorted(documents, key=lambda document: document.id)}
    entities, names = gather(by_id.values(), registers)
    entity_ids = {kind: _entity_ids(kind, articles, names[kind]) for kind in KINDS}
    targets = _targets(by_id, entities)
    file_targets = {document.path: _target(document) for document in documents}
    return Library(
        site=site,
        articles=articles,
        notes=notes,
        topics=tuple(topics),
        documents=by_id,
        entities=entities,
        names=names,
        ranks={kind: _ranks(entities[kind].values()) for kind in KINDS},
        entity_ids=entity_ids,
        named_in={kind: _named_in(articles, entity_ids[kind]) for kind in KINDS},
        topic_articles=_by_topic(articles),
        topic_notes=_by_topic(notes),
        children=_children(topics),
        cited_in=_cited_in(newest),
        mentioned_in=_mentioned_in(newest, targets, file_targets),
        targets=targets,
        file_targets=file_targets,
        lapsed=lapsed,
    )


Grouped = TypeVar("Grouped", Article, Note)


def _by_topic(documents: Iterable[Grouped]) -> dict[str, tuple[Grouped, ...]]:
    groups: dict[str, list[Grouped]] = {}
    for document in documents:
        for topic in dict.fromkeys(document.topics):
            groups.setdefault(topic, []).append(document)
    return {topic: tuple(group) for topic, group in groups.items()}


def _children(topics: Iterable[Topic]) -> dict[str, tuple[Topic, ...]]:
    groups: dict[str, list[Topic]] = {}
    for topic in topics:
        if topic.parent:
            groups.setdefault(topic.parent, []).append(topic)
    return {parent: tuple(group) for parent, group in groups.items()}


def _entity_ids(
    kind: EntityKind, articles: Iterable[Article], names: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """By an article's id, the entities of one kind that it names, in its own order and each once."""
    return {
        article.id: tuple(dict.fromkeys([names[name] for name in names_of(article, kind)]))
        for article in articles
    }


def _named_in(
    articles: Iterable[Article], entity_ids: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[Article, ...]]:
    groups: dict[str, list[Article]] = {}
    for article in articles:
        for identifier in entity_ids[article.id]:
            groups.setdefault(identifier, []).append(article)
    return {identifier: tuple(group) for identifier, group in groups.items()}


def _ranks(entities: Iterable[Entity]) -> dict[str, int]:
    ordered = sorted(entities, key=lambda entity: (entity.name.casefold(), entity.id))
    return {entity.id: rank for rank, entity in enumerate(ordered)}


def _cited_in(documents: Iterable[Document]) -> dict[str, tuple[Document, ...]]:
    groups: dict[str, list[Document]] = {}
    for document in documents:
        for cited in document.body.citations:
            groups.setdefault(cited, []).append(document)
    return {cited: tuple(group) for cited, group in groups.items()}


def _mentioned_in(
    documents: Iterable[Document], targets: Targets, file_targets: Targets
) -> dict[str, tuple[Document, ...]]:
    """By a document's id or an entity's `folder/id`, the documents that link to it."""
    groups: dict[str, list[Document]] = {}
    for document in documents:
        linked = [find_slot_target(slot, targets, file_targets) for slot in document.body.slots]
        keys = (target_key(target) for target in linked if target is not None)
        for key in dict.fromkeys(keys):
            if key != document.id:
                groups.setdefault(key, []).append(document)
    return {key: tuple(group) for key, group in groups.items()}


def target_key(target: Target) -> str:
    """A document's id, or an entity's `folder/id`."""
    if target.kind in ("article", "note", "topic"):
        return target.id
    return f"{urls.FOLDERS[target.kind]}/{target.id}"


def _target(document: Document) -> Target:
    return Target(document_kind_of(document), document.id, document.title)


def _targets(
    documents: Mapping[str, Document], entities: Mapping[EntityKind, Mapping[str, Entity]]
) -> dict[str, Target]:
    """What may stand in `[[…]]`. A document's id wins over an entity's, an id over a name or an alias.

    `folder/id` (`[[sources/nato]]`) is never ambiguous.
    """
    targets: dict[str, Target] = {}
    names: list[tuple[str, Target]] = []
    for document in documents.values():
        target = _target(document)
        targets[document.id] = target
        targets[f"{urls.FOLDERS[target.kind]}/{document.id}"] = target
        if isinstance(document, Topic):
            names += [(name, target) for name in (document.title, *document.aliases)]
    for kind in KINDS:
        for entity in entities[kind].values():
            target = Target(kind, entity.id, entity.name)
            targets.setdefault(entity.id, target)
            targets[f"{urls.FOLDERS[kind]}/{entity.id}"] = target
            names += [(name, target) for name in (entity.name, *entity.aliases)]
    for name, target in names:
        targets.setdefault(name, target)
        targets.setdefault(urls.slug(name), target)
    return targets
