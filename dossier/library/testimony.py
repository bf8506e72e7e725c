"""Claims among the other documents: which there are, who their witnesses are, what becomes of them."""

from collections.abc import Callable, Collection, Iterable, Mapping

from dossier import urls
from dossier.evidence.weighing import Weighed, Witness, weigh
from dossier.library.checks import find_target
from dossier.library.entities import lookup
from dossier.library.model import Targets
from dossier.model import Article, Claim, Document, Entity, Evidence

Testimony = dict[str, tuple[tuple[Claim, Evidence], ...]]


def in_order(claims: Iterable[Claim], documents: Mapping[str, Document]) -> tuple[Claim, ...]:
    """Claims newest first by the dates for which they are made, those that others supersede last."""
    newest = sorted(claims, key=lambda claim: (claim.as_of, claim.id), reverse=True)
    return tuple(sorted(newest, key=lambda claim: is_superseded(claim, documents)))


def is_superseded(claim: Claim, documents: Mapping[str, Document]) -> bool:
    """Whether another claim of the site stands in this one's place."""
    return claim.superseded_by != claim.id and isinstance(documents.get(claim.superseded_by), Claim)


def by_article(claims: Iterable[Claim], documents: Mapping[str, Document]) -> Testimony:
    """By an article's id, the claims that it is evidence for, and what it says to each."""
    found: dict[str, list[tuple[Claim, Evidence]]] = {}
    for claim in claims:
        for evidence in claim.evidence:
            if isinstance(documents.get(evidence.article), Article):
                found.setdefault(evidence.article, []).append((claim, evidence))
    return {article: tuple(said) for article, said in found.items()}


def weigh_all(
    claims: Iterable[Claim], witnesses: Mapping[str, Witness], documents: Mapping[str, Document]
) -> dict[str, Weighed]:
    """The state of every claim, by its id. Evidence that isn't in the site counts for nothing."""
    return {
        claim.id: weigh(
            ((each.stance, witnesses[each.article]) for each in claim.evidence if each.article in witnesses),
            is_superseded(claim, documents),
        )
        for claim in claims
    }


def witnesses_of(
    identifiers: Collection[str],
    documents: Mapping[str, Document],
    sources: Mapping[str, Entity],
    names: Mapping[str, str],
    targets: Targets,
) -> dict[str, Witness]:
    """Articles as witnesses, by id: who printed each, and where its report comes from.

    `sources` and `names` are those of the library: the sources by id, and their ids by names as written.
    """
    owner = _owners(sources, targets) if identifiers else str

    def printer(article: Article) -> str:
        return owner(names[article.source]) if article.source else ""

    def origin(article: Article) -> str:
        passed = [article]
        while article.via:
            repeated = documents.get(article.via)
            if not isinstance(repeated, Article):
                return owner(names[article.via]) if article.via in names else ""
            article = repeated
            if article in passed:
                circle = passed[passed.index(article) :]
                return "articles/" + min(each.id for each in circle)
            passed.append(article)
        return printer(article)

    found = {}
    for identifier in identifiers:
        article = documents.get(identifier)
        if isinstance(article, Article):
            found[identifier] = Witness(identifier, printer(article), origin(article), article.date)
    return found


def _owners(sources: Mapping[str, Entity], targets: Targets) -> Callable[[str], str]:
    """A function from a source's id to the key of whoever owns it in the end: itself where nobody does."""
    known = lookup(sources.values())

    def owner_of(identifier: str) -> str:
        passed: list[str] = []
        while identifier not in passed:
            passed.append(identifier)
            owner = sources[identifier].owner
            if not owner:
                return f"sources/{identifier}"
            other = known.get(owner.casefold()) or known.get(urls.slug(owner))
            if other is None or other == identifier:
                return _outside(owner, targets)
            identifier = other
        return f"sources/{min(passed[passed.index(identifier) :])}"

    return owner_of


def _outside(owner: str, targets: Targets) -> str:
    """The key of an owner that is no source."""
    target = find_target(owner, targets)
    if target is not None and target.kind in ("person", "organization"):
        return f"{urls.FOLDERS[target.kind]}/{target.id}"
    return f"owners/{urls.slug(owner)}"
