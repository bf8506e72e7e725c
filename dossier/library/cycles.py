"""Findings for what leads back to itself: topics within topics, claims superseded, articles repeated."""

from collections.abc import Iterable, Mapping

from dossier.diagnostics import Diagnostic, error
from dossier.library.checks import claim_mark, mark_of
from dossier.model import Article, Claim, Parsed, Topic


def cycles(successors: Mapping[str, str]) -> Iterable[list[str]]:
    """The cycles that following these leads into, each once, from its first member on.

    What has no successor may be missing, or lead to ''.
    """
    reported: set[str] = set()
    for identifier, successor in successors.items():
        if not successor:
            continue
        chain = [identifier]
        while (following := successors.get(chain[-1], "")) and following not in chain:
            chain.append(following)
        if following == identifier and not reported & set(chain):
            reported.update(chain)
            yield chain


def topic_cycles(topics: Iterable[Topic], places: Mapping[str, Parsed]) -> Iterable[Diagnostic]:
    """Topics that are their own ancestors; each cycle is reported once, at its first topic."""
    for chain in cycles({topic.id: topic.parent for topic in topics}):
        parsed = places[chain[0]]
        yield error(
            parsed.path,
            mark_of(parsed, "parent"),
            "topic-cycle",
            "topics are each other's parents: " + " → ".join([*chain, chain[0]]),
            f"remove 'parent' from one of them, for example from {places[chain[-1]].path}",
        )


def claim_cycles(claims: Iterable[Claim], places: Mapping[str, Parsed]) -> Iterable[Diagnostic]:
    """Claims that supersede themselves, perhaps through others; each cycle once, at its first claim."""
    by_id = {claim.id: claim for claim in claims}
    for chain in cycles({identifier: by_id[identifier].superseded_by for identifier in sorted(by_id)}):
        parsed = places[chain[0]]
        yield error(
            parsed.path,
            claim_mark(parsed, by_id[chain[0]], "superseded_by"),
            "claim-cycle",
            "claims supersede each other: " + " → ".join([*chain, chain[0]]),
            f"remove 'superseded_by' from the newest of them, for example from {places[chain[-1]].path}",
        )


def via_cycles(articles: Iterable[Article], places: Mapping[str, Parsed]) -> Iterable[Diagnostic]:
    """Articles that repeat themselves, perhaps through others; each cycle once, at its first article."""
    repeating = {article.id: article.via for article in articles if article.via}
    for chain in cycles(dict(sorted(repeating.items()))):
        parsed = places[chain[0]]
        yield error(
            parsed.path,
            mark_of(parsed, "via"),
            "via-cycle",
            "articles repeat each other: " + " → ".join([*chain, chain[0]]),
            f"remove 'via' from the oldest of them, for example from {places[chain[-1]].path}",
        )
