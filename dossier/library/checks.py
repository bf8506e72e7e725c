"""Findings that need more than one file: ids, dates against today, and every reference's target."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dossier import urls
from dossier.diagnostics import Diagnostic, Mark, did_you_mean, error, warning
from dossier.library.model import Target, Targets, date_of
from dossier.model import Article, Document, Note, Parsed, Reference, Slot, Topic

DOCUMENTS = (Article, Note, Topic)


def mark_of(parsed: Parsed, *fields: str) -> Mark:
    """The place of the first of these front matter keys that the file has, else its first line."""
    for field in fields:
        for name, mark in parsed.marks:
            if name == field:
                return mark
    return Mark(1, 1, 0)


def distinct(files: Sequence[Parsed]) -> tuple[list[Parsed], list[Diagnostic]]:
    """The files whose documents have an id of their own, and findings for the others.

    Ids are one name space over articles, notes and topics, since `[[id]]` may mean any of them; the first
    file in path order keeps the id. Ids that differ only by case are as good as equal on many systems.
    """
    kept, findings = [], []
    owners: dict[str, Parsed] = {}
    for parsed in files:
        if not isinstance(parsed.value, DOCUMENTS):
            kept.append(parsed)
            continue
        identifier = parsed.value.id
        owner = owners.setdefault(identifier.casefold(), parsed)
        if owner is parsed:
            kept.append(parsed)
        else:
            findings.append(_collision(parsed, identifier, owner))
    return kept, findings


def _collision(parsed: Parsed, identifier: str, owner: Parsed) -> Diagnostic:
    assert isinstance(owner.value, DOCUMENTS)
    mark = mark_of(parsed, "id", "title")
    if owner.value.id == identifier:
        message = f"the id '{identifier}' is taken by {owner.path}"
        return error(parsed.path, mark, "duplicate-id", message, "rename one of the two files")
    message = f"the id '{identifier}' differs only by case from '{owner.value.id}' in {owner.path}"
    return error(parsed.path, mark, "case-collision", message, "rename one of the two files")


def not_yet(document: Document, today: str) -> bool:
    """Whether a document's date lies after today (both EDTF; compared at the document's precision)."""
    date = date_of(document)
    return date > today[: len(date)]


def future_dates(files: Iterable[Parsed], today: str) -> Iterable[Diagnostic]:
    """Documents whose date has not come: they stay out of the site until it has."""
    for parsed in files:
        if isinstance(parsed.value, DOCUMENTS) and not parsed.value.draft and not_yet(parsed.value, today):
            yield warning(
                parsed.path,
                mark_of(parsed, "date"),
                "future-date",
                f"the date {date_of(parsed.value)} is in the future: the document is left out until then",
                f"write the day on which it was published, at most {today}, or 'draft: true'",
            )


def topic_cycles(topics: Mapping[str, Topic], places: Mapping[str, Parsed]) -> Iterable[Diagnostic]:
    """Topics that are their own ancestors; each cycle is reported once, at its first topic."""
    reported: set[str] = set()
    for identifier in topics:
        chain = [identifier]
        while (parent := topics[chain[-1]].parent) in topics and parent not in chain:
            chain.append(parent)
        if parent == identifier and not reported & set(chain):
            reported.update(chain)
            parsed = places[identifier]
            yield error(
                parsed.path,
                mark_of(parsed, "parent"),
                "topic-cycle",
                "topics are each other's parents: " + " → ".join([*chain, identifier]),
                f"remove 'parent' from one of them, for example from {places[chain[-1]].path}",
            )


class Known(msgspec.Struct, frozen=True):
    """What references may lead to. `hidden` are the ids of drafts and of documents of the future."""

    documents: Mapping[str, Document]
    hidden: Mapping[str, str]
    targets: Targets
    file_targets: Targets
    files: frozenset[str]


def check_references(parsed: Parsed, known: Known) -> Iterable[Diagnostic]:
    """Findings for every reference of a file whose target is not there."""
    for reference in parsed.references:
        finding = _CHECKS[reference.kind](parsed.path, reference, known)
        if finding:
            yield finding


def _finding(path: str, reference: Reference, code: str, message: str, hint: str) -> Diagnostic:
    return error(path, reference.mark, code, message, hint)


def _hidden(path: str, reference: Reference, known: Known) -> Diagnostic | None:
    reason = known.hidden.get(reference.target)
    if reason is None:
        return None
    message = f"'{reference.target}' is not in the site: {reason}"
    hint = "take the link out, or publish the document; --drafts shows it meanwhile"
    return _finding(path, reference, "draft-target", message, hint)


def _topic(path: str, reference: Reference, known: Known) -> Diagnostic | None:
    target = reference.target
    if isinstance(known.documents.get(target), Topic):
        return None
    topics = [i for i, document in known.documents.items() if isinstance(document, Topic)]
    hint = did_you_mean(target, topics, "topics live in content/topics/")
    hidden = _hidden(path, reference, known)
    return hidden or _finding(path, reference, "unknown-topic", f"no topic '{target}'", hint)


def _article(path: str, reference: Reference, known: Known) -> Diagnostic | None:
    target = reference.target
    found = known.documents.get(target)
    if isinstance(found, Article):
        return None
    code = "unknown-citation" if reference.kind == "citation" else "unknown-article"
    articles = [i for i, document in known.documents.items() if isinstance(document, Article)]
    otherwise = "articles live in content/articles/; their ids are their files' names without .md"
    if found is not None:
        message = f"'{target}' is not an article, and only articles are cited"
        return _finding(path, reference, code, message, f"link to it instead: [[{target}]]")
    if reference.kind == "citation" and not did_you_mean(target, articles):
        otherwise += f"; write \\@{target} for plain text"
    hint = did_you_mean(target, articles, otherwise)
    return _hidden(path, reference, known) or _finding(path, reference, code, f"no article '{target}'", hint)


def _document(path: str, reference: Reference, known: Known) -> Diagnostic | None:
    target = reference.target
    if target in known.documents:
        return None
    hint = did_you_mean(target, known.documents, "write the id of an article, note or topic")
    hidden = _hidden(path, reference, known)
    return hidden or _finding(path, reference, "unknown-document", f"no document '{target}'", hint)


def _wiki(path: str, reference: Reference, known: Known) -> Diagnostic | None:
    target = find_target(reference.target, known.targets)
    if target is not None:
        return _anchor(path, reference, target, known)
    message = f"nothing is called '{reference.target}'"
    hint = did_you_mean(
        reference.target,
        known.targets,
        "write the id of a document, or a registered name: [[id]] or [[id|text]]",
    )
    return _hidden(path, reference, known) or _finding(path, reference, "unknown-link", message, hint)


def _file(path: str, reference: Reference, known: Known) -> Diagnostic | None:
    target = known.file_targets.get(reference.target)
    if target is not None:
        return _anchor(path, reference, target, known)
    if reference.target in known.files:
        message = f"{reference.target} is not in the site: it is a draft, or has errors of its own"
        return _finding(path, reference, "draft-target", message, "take the link out, or mend that document")
    hint = did_you_mean(reference.target, known.file_targets, "write the path from this file to the other")
    return _finding(path, reference, "missing-file", f"no document {reference.target}", hint)


def _asset(path: str, reference: Reference, known: Known) -> Diagnostic | None:
    target = reference.target
    if target in known.files and urls.document_kind(target) == "asset":
        return None
    if target in known.files or (urls.suffix_of(target) not in urls.ASSET_SUFFIXES):
        suffixes = " ".join(sorted(urls.ASSET_SUFFIXES))
        message = f"{target} can't be published: its kind of file is not among the assets"
        return _finding(
            path, reference, "missing-asset", message, f"assets are files in content/ with {suffixes}"
        )
    assets = [name for name in known.files if urls.document_kind(name) == "asset"]
    hint = did_you_mean(target, assets, "put the file there, or write the path from this file to it")
    return _finding(path, reference, "missing-asset", f"no file {target}", hint)


def _anchor(path: str, reference: Reference, target: Target, known: Known) -> Diagnostic | None:
    document = known.documents.get(target.id) if target.kind in ("article", "note", "topic") else None
    if not reference.fragment or document is None:
        return None
    anchors = [heading.id for heading in document.body.headings]
    if reference.fragment in anchors or urls.slug(reference.fragment) in anchors:
        return None
    message = f"'{target.id}' has no heading '#{reference.fragment}'"
    listed = ", ".join(f"#{anchor}" for anchor in anchors[:8])
    hint = did_you_mean(
        reference.fragment, anchors, f"its headings are: {listed}" if anchors else "it has none"
    )
    return _finding(path, reference, "unknown-anchor", message, hint)


_CHECKS = {
    "topic": _topic,
    "article": _article,
    "citation": _article,
    "document": _document,
    "wiki": _wiki,
    "file": _file,
    "asset": _asset,
}


def find_target(written: str, targets: Targets) -> Target | None:
    """Where `[[written]]` leads: by id, `folder/id`, name, title or alias, without regard to case."""
    return targets.get(written) or targets.get(urls.slug(written))


def find_slot_target(slot: Slot, targets: Targets, file_targets: Targets) -> Target | None:
    """Where a slot of a body leads; None for citations, whose targets are ids of articles."""
    if slot.kind == "wiki":
        return find_target(slot.target, targets)
    return file_targets.get(slot.target) if slot.kind == "file" else None
