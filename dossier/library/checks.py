"""Findings that need more than one file: ids, dates against today, and every reference's target."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

import msgspec

from dossier import urls
from dossier.diagnostics import Diagnostic, Mark, did_you_mean, error, warning
from dossier.library.model import Target, Targets, date_of
from dossier.model import Article, Claim, Document, Note, Parsed, Reference, Site, Slot, Topic

DOCUMENTS = (Article, Note, Topic, Claim)
# A document and the file that it stands in, which may hold others.
Placed = tuple[Document, Parsed]


def mark_of(parsed: Parsed, *fields: str) -> Mark:
    """The place of the first of these front matter keys that the file has, else its first line."""
    for field in fields:
        for name, mark in parsed.marks:
            if name == field:
                return mark
    return Mark(1, 1, 0)


def distinct(files: Sequence[Parsed]) -> tuple[list[Parsed], list[Diagnostic]]:
    """The files whose documents have an id of their own, and findings for the others.

    Ids are one name space over all documents, since `[[id]]` may mean any of them; the first file in path
    order keeps the id. Ids that differ only by case are as good as equal on many systems.
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
            assert isinstance(owner.value, DOCUMENTS)
            mark = mark_of(parsed, "id", "title", "statement")
            hint = "rename one of the two files"
            findings.append(_collision(parsed.path, mark, identifier, owner.value, hint))
    return kept, findings


def distinct_claims(files: Sequence[Parsed]) -> tuple[list[Placed], list[Diagnostic]]:
    """The claims that notes and topics hold, as far as their ids are their own, and findings for the others.

    A file's own document keeps its id, whatever its path.
    """
    holders = [(p, p.value.claims) for p in files if isinstance(p.value, Note | Topic) and p.value.claims]
    if not holders:
        return [], []
    owners = {value.id.casefold(): value for parsed in files if isinstance(value := parsed.value, DOCUMENTS)}
    held: list[Placed] = []
    findings = []
    for parsed, claims in holders:
        for claim in claims:
            owner = owners.setdefault(claim.id.casefold(), claim)
            if owner is claim:
                held.append((claim, parsed))
            else:
                mark, hint = claim_mark(parsed, claim, "id"), "give the claim another id"
                findings.append(_collision(parsed.path, mark, claim.id, owner, hint))
    return held, findings


def claim_mark(parsed: Parsed, claim: Claim, key: str) -> Mark:
    """The place of a claim's key in its own file or in the one that holds it."""
    return mark_of(parsed, f"claims/{claim.id}/{key}") if claim.holder else mark_of(parsed, key)


def _collision(path: str, mark: Mark, identifier: str, owner: Document, hint: str) -> Diagnostic:
    where = f"a claim in {owner.path}" if isinstance(owner, Claim) and owner.holder else owner.path
    if owner.id == identifier:
        return error(path, mark, "duplicate-id", f"the id '{identifier}' is taken by {where}", hint)
    message = f"the id '{identifier}' differs only by case from '{owner.id}' in {owner.path}"
    return error(path, mark, "case-collision", message, hint)


def not_yet(document: Document, today: str) -> bool:
    """Whether a document's date lies after today (both EDTF; compared at the document's precision)."""
    date = date_of(document)
    return date > today[: len(date)]


def future_dates(placed: Iterable[Placed], today: str) -> Iterable[Diagnostic]:
    """Documents whose date has not come: they stay out of the site until it has."""
    for document, parsed in placed:
        if not document.draft and not_yet(document, today):
            mark, what = mark_of(parsed, "date"), "on which it was published"
            if isinstance(document, Claim):
                mark, what = claim_mark(parsed, document, "as_of"), "for which it is claimed"
            yield warning(
                parsed.path,
                mark,
                "future-date",
                f"the date {date_of(document)} is in the future: the document is left out until then",
                f"write the day {what}, at most {today}, or 'draft: true'",
            )


class Known(msgspec.Struct, frozen=True):
    """What references may lead to.

    `hidden` are the ids of drafts and of documents of the future, `agencies` the ids of sources that nothing
    but a `via` names.
    """

    documents: Mapping[str, Document]
    hidden: Mapping[str, str]
    targets: Targets
    file_targets: Targets
    files: frozenset[str]
    agencies: frozenset[str]


def check_references(parsed: Parsed, known: Known) -> Iterable[Diagnostic]:
    """Findings for every reference of a file whose target is not there."""
    for reference in parsed.references:
        if known.hidden and _is_of_a_hidden_claim(reference, known):
            continue
        finding = _CHECKS[reference.kind](parsed.path, reference, known)
        if finding:
            yield finding


def _is_of_a_hidden_claim(reference: Reference, known: Known) -> bool:
    """Whether a claim that a note or topic holds makes the reference, and stays out of the site."""
    holder, _, rest = reference.field.partition("/")
    return holder == "claims" and rest.partition("/")[0] in known.hidden


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


def _claim(path: str, reference: Reference, known: Known) -> Diagnostic | None:
    target = reference.target
    found = known.documents.get(target)
    if isinstance(found, Claim):
        return None
    if found is not None:
        message = f"'{target}' is not a claim, and only a claim supersedes one"
        return _finding(path, reference, "unknown-claim", message, "write the id of a claim")
    claims = [i for i, document in known.documents.items() if isinstance(document, Claim)]
    hint = did_you_mean(
        target, claims, "claims live in content/claims/, or in the front matter of notes and topics"
    )
    hidden = _hidden(path, reference, known)
    return hidden or _finding(path, reference, "unknown-claim", f"no claim '{target}'", hint)


def _via(path: str, reference: Reference, known: Known) -> Diagnostic | None:
    """An article, or an agency by any name. A name that nothing else knows may be a misspelt id."""
    target = reference.target
    found = known.documents.get(target)
    if isinstance(found, Article):
        return None
    if found is not None:
        message = f"'{target}' is neither an article nor an agency"
        hint = "write the id of the article that this one repeats, or the agency's name"
        return warning(path, reference.mark, "unknown-via", message, hint)
    hidden = _hidden(path, reference, known)
    if hidden or target not in known.agencies:
        return hidden
    articles = [i for i, document in known.documents.items() if isinstance(document, Article)]
    near = get_close_matches(target, articles, n=1, cutoff=0.8)
    if not near:
        return None
    message = f"no article '{target}': it is taken for the name of an agency"
    hint = f"did you mean '{near[0]}'? An agency's name has capitals, or an entry in content/sources.yaml"
    return warning(path, reference.mark, "unknown-via", message, hint)


def _document(path: str, reference: Reference, known: Known) -> Diagnostic | None:
    target = reference.target
    if target in known.documents:
        return None
    hint = did_you_mean(target, known.documents, "write the id of an article, note, topic or claim")
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
    is_document = target.kind in urls.DOCUMENT_FOLDERS.values()
    document = known.documents.get(target.id) if is_document else None
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
    "claim": _claim,
    "via": _via,
    "document": _document,
    "wiki": _wiki,
    "file": _file,
    "asset": _asset,
}


def find_target(written: str, targets: Targets) -> Target | None:
    """Where `[[written]]` leads: by id, `folder/id`, name, title or alias, without regard to case."""
    return targets.get(written) or targets.get(urls.slug(written))


def check_citation_style(files: Iterable[Parsed], paths: Collection[str]) -> Iterator[Diagnostic]:
    """The citation style's file that `site.yaml` names and that isn't there."""
    for parsed in files:
        if isinstance(parsed.value, Site):
            named = parsed.value.citation_style
            if named.endswith(".csl") and named not in paths:
                mark = dict(parsed.marks)["citation_style"]
                known = [path for path in paths if path.endswith(".csl")]
                hint = did_you_mean(named, known, "save a style's file there, or name one that dossier knows")
                yield error(parsed.path, mark, "citation-style", f"no file '{named}'", hint)


def find_slot_target(slot: Slot, targets: Targets, file_targets: Targets) -> Target | None:
    """Where a slot of a body leads; None for citations, whose targets are ids of articles."""
    if slot.kind == "wiki":
        return find_target(slot.target, targets)
    return file_targets.get(slot.target) if slot.kind == "file" else None
