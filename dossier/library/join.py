"""Parsed files -> Library: the one place where documents meet."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType
from typing import TypeVar

from dossier import urls
from dossier.diagnostics import Diagnostic, Mark, error
from dossier.library.checks import (
    DOCUMENTS,
    Known,
    Placed,
    check_citation_style,
    check_references,
    distinct,
    distinct_claims,
    find_slot_target,
    future_dates,
    not_yet,
)
from dossier.library.cycles import claim_cycles, topic_cycles, via_cycles
from dossier.library.entities import KINDS, check_ids, gather, named_agencies
from dossier.library.lookalikes import lookalikes
from dossier.library.model import (
    Library,
    Standings,
    Target,
    Targets,
    copies_of,
    date_of,
    dated_of,
    target_to,
)
from dossier.library.quotations import check_quotations
from dossier.library.testimony import by_article, in_order, weigh_all, witnesses_of
from dossier.model import (
    Article,
    CitationStyle,
    Claim,
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
    files: Sequence[Parsed],
    paths: frozenset[str],
    today: str,
    drafts: bool,
    standings: Standings = MappingProxyType({}),
) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Join parsed files into a library, and find all that only their meeting shows to be wrong.

    `paths` are all files of the site, for links to assets; `today` is an ISO date. Without `drafts`,
    drafts and documents of the future stay out of everything, counts and backlinks included. Quotations that
    `standings` doesn't know are left alone.
    """
    kept, findings = distinct(sorted(files, key=lambda parsed: parsed.path))
    held, doubled = distinct_claims(kept)
    placed: list[Placed] = [*((d, p) for p in kept if isinstance(d := p.value, DOCUMENTS)), *held]
    hidden = {} if drafts else _reasons_to_hide(placed, today)
    places = {document.id: parsed for document, parsed in placed if document.id not in hidden}
    documents = [document for document, _ in placed if document.id not in hidden]
    sites = [parsed.value for parsed in kept if isinstance(parsed.value, Site)]
    registers = {parsed.value.kind: parsed.value for parsed in kept if isinstance(parsed.value, Register)}
    lapsed = {
        state.url: state
        for parsed in kept
        if isinstance(parsed.value, LinkRecord)
        for state in parsed.value.states
    }

    styles = {parsed.path: parsed.value for parsed in kept if isinstance(parsed.value, CitationStyle)}
    site = sites[0] if sites else Site(title="")
    style = styles.get(site.citation_style)
    library = join(site, registers, documents, lapsed, hidden, standings, style)
    if drafts:
        library = replace(library, coming=frozenset(d.id for d in documents if not_yet(d, today)))

    if "site.yaml" not in paths:
        findings.append(NO_SITE)
    findings += check_citation_style(kept, paths)
    findings += doubled
    findings += future_dates(placed, today)
    findings += check_ids(library.entities)
    findings += lookalikes(library.documents, library.entities, places)
    findings += topic_cycles(library.topics, places)
    findings += claim_cycles(library.claims, places)
    findings += via_cycles(library.articles, places)
    registered = {entity.id for entity in registers["source"].entities} if "source" in registers else set()
    agencies = library.carried_in.keys() - registered - library.named_in["source"].keys()
    known = Known(
        library.documents, hidden, library.targets, library.file_targets, paths, frozenset(agencies)
    )
    for parsed in kept:
        if not isinstance(parsed.value, DOCUMENTS) or parsed.value.id not in hidden:
            findings += check_references(parsed, known)
    if standings:
        shown = ((document, parsed) for document, parsed in placed if document.id not in hidden)
        findings += check_quotations(shown, library)
    return library, tuple(findings)


def _reasons_to_hide(placed: Iterable[Placed], today: str) -> dict[str, str]:
    """The ids of documents that stay out of the site, and why. Holders stand before the claims they hold."""
    reasons: dict[str, str] = {}
    for document, _ in placed:
        if document.draft:
            reasons[document.id] = "it is a draft"
        elif not_yet(document, today):
            reasons[document.id] = f"its date is {date_of(document)}"
        elif isinstance(document, Claim) and document.holder in reasons:
            reasons[document.id] = f"'{document.holder}', which holds it, is not: {reasons[document.holder]}"
    return reasons


def join(
    site: Site,
    registers: Mapping[EntityKind, Register],
    documents: Sequence[Document],
    lapsed: Mapping[str, LinkState],
    hidden: Collection[str] = (),
    standings: Standings = MappingProxyType({}),
    style: CitationStyle | None = None,
) -> Library:
    """The library of these documents, whose ids are distinct.

    `lapsed` are the addresses of the record, `hidden` the ids of the documents that stay out.
    """
    ordered = sorted(documents, key=attrgetter("id"))
    by_id = {document.id: document for document in ordered}
    newest = ordered[::-1]
    newest.sort(key=date_of, reverse=True)  # On one day, the last id stays first.
    articles = tuple(document for document in newest if isinstance(document, Article))
    notes = tuple(document for document in newest if isinstance(document, Note))
    topics = sorted(
        (document for document in newest if isinstance(document, Topic)),
        key=lambda topic: (topic.order, topic.title.casefold(), topic.id),
    )
    claims = in_order((document for document in newest if isinstance(document, Claim)), by_id)
    entities, names, entity_ids = gather(by_id.values(), registers, hidden)
    targets = _targets(by_id, entities)
    held = _grouped(claims, lambda claim: claim.holder)
    files = documents if not held else [d for d in documents if not isinstance(d, Claim) or not d.holder]
    file_targets = {document.path: targets[document.id] for document in files}
    testimony = by_article(claims, by_id)
    witnesses = witnesses_of(testimony, by_id, entities["source"], names["source"], targets)
    return Library(
        site=site,
        articles=articles,
        notes=notes,
        topics=tuple(topics),
        claims=claims,
        dated=dated_of(articles, notes),
        documents=by_id,
        entities=entities,
        names=names,
        ranks={kind: _ranks(entities[kind].values()) for kind in KINDS},
        entity_ids=entity_ids,
        named_in={kind: _named_in(articles, entity_ids[kind]) for kind in KINDS},
        topic_articles=_by_topic(articles),
        topic_notes=_by_topic(notes),
        topic_claims=_by_topic(claims),
        children=_children(topics),
        cited_in=_cited_in(newest),
        mentioned_in=_mentioned_in(newest, targets, file_targets),
        targets=targets,
        file_targets=file_targets,
        lapsed=lapsed,
        copies=copies_of(articles) if lapsed else {},
        weighed=weigh_all(claims, witnesses, by_id),
        witnesses=witnesses,
        testimony=testimony,
        held=held,
        supersedes=_grouped(claims, lambda claim: claim.superseded_by),
        carried_in=_carried_in(articles, names["source"], hidden),
        standings=standings,
        citation_style=style,
    )


def _grouped(claims: Iterable[Claim], key: Callable[[Claim], str]) -> dict[str, tuple[Claim, ...]]:
    """The claims by a document that they name; those that name none are left out."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if key(claim) not in ("", claim.id):
            groups.setdefault(key(claim), []).append(claim)
    return {holder: tuple(group) for holder, group in groups.items()}


def _carried_in(
    articles: Collection[Article], names: Mapping[str, str], hidden: Collection[str]
) -> dict[str, tuple[Article, ...]]:
    groups: dict[str, list[Article]] = {}
    for name, article in named_agencies(articles, hidden):
        groups.setdefault(names[name], []).append(article)
    return {source: tuple(group) for source, group in groups.items()}


Grouped = TypeVar("Grouped", Article, Note, Claim)


def _by_topic(documents: Iterable[Grouped]) -> dict[str, tuple[Grouped, ...]]:
    groups: defaultdict[str, list[Grouped]] = defaultdict(list)
    for document in documents:
        for topic in dict.fromkeys(document.topics):
            groups[topic].append(document)
    return {topic: tuple(group) for topic, group in groups.items()}


def _children(topics: Iterable[Topic]) -> dict[str, tuple[Topic, ...]]:
    groups: dict[str, list[Topic]] = {}
    for topic in topics:
        if topic.parent:
            groups.setdefault(topic.parent, []).append(topic)
    return {parent: tuple(group) for parent, group in groups.items()}


def _named_in(
    articles: Iterable[Article], entity_ids: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[Article, ...]]:
    groups: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for identifier in entity_ids[article.id]:
            groups[identifier].append(article)
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
    if target.kind in urls.DOCUMENT_FOLDERS.values():
        return target.id
    return f"{urls.FOLDERS[target.kind]}/{target.id}"


def _targets(
    documents: Mapping[str, Document], entities: Mapping[EntityKind, Mapping[str, Entity]]
) -> dict[str, Target]:
    """What may stand in `[[…]]`. A document's id wins over an entity's, an id over a name or an alias.

    `folder/id` (`[[sources/nato]]`) is never ambiguous.
    """
    targets: dict[str, Target] = {}
    names: list[tuple[str, Target]] = []
    for document in documents.values():
        target = target_to(document)
        targets[document.id] = target
        targets[f"{urls.FOLDERS[target.kind]}/{document.id}"] = target
        if isinstance(document, Topic):
            names.append((document.title, target))
        names += [(name, target) for name in document.aliases]
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
