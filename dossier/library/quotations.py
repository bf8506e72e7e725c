"""Quotations as the site tells of them: whether the cited article has the words, and the speaker."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from dossier.diagnostics import Diagnostic, Mark, error, warning
from dossier.evidence.standings import Standing
from dossier.library.checks import Placed, claim_mark, find_target
from dossier.library.model import Library, Targets
from dossier.model import Article, Claim, Evidence, Parsed, Quotation

QuotationState = Literal["verified", "differs", "misattributed", "unverifiable"]


class Verdict(NamedTuple):
    """What becomes of a quotation, and by which of the articles that are cited for it.

    It is verified by the first that has its words, said by its speaker if one is named.
    """

    state: QuotationState
    article: Article
    standing: Standing


def judge(library: Library, quotation: Quotation) -> Verdict | None:
    """The verdict on a quotation; None where none of the cited articles is there."""
    cited = [
        Verdict("verified", article, library.standings[identifier, quotation.text])
        for identifier in quotation.articles
        if isinstance(article := library.documents.get(identifier), Article)
        and (identifier, quotation.text) in library.standings
    ]
    having = [verdict for verdict in cited if verdict.standing.verified]
    for verdict in having:
        if _is_speaker(quotation.speaker, speakers(verdict), library.targets):
            return verdict
    if having:
        return having[0]._replace(state="misattributed")
    lacking = [verdict for verdict in cited if verdict.standing.on_file]
    if lacking:
        return lacking[0]._replace(state="differs")
    return cited[0]._replace(state="unverifiable") if cited else None


def speakers(verdict: Verdict) -> tuple[str, ...] | None:
    """Who says the words, by the excerpts that have them; None where only the text has them."""
    if not verdict.standing.excerpts:
        return None
    named = (verdict.article.excerpts[number].speaker for number in verdict.standing.excerpts)
    return tuple(dict.fromkeys(named))


def _is_speaker(name: str, known: Sequence[str] | None, targets: Targets) -> bool:
    """Whether one of those who are known as speakers is whoever is named; a text tells of no speaker."""
    return not name or known is None or any(same_person(name, other, targets) for other in known)


def same_person(name: str, other: str, targets: Targets) -> bool:
    """Whether two names stand for one: as entries of a register, or as one that ends in the other.

    So `Esper` is Mark Esper, unless the registers know somebody else by that name.
    """
    one, two = find_target(name, targets), find_target(other, targets)
    if one is not None and two is not None:
        return (one.kind, one.id) == (two.kind, two.id)
    words, others = name.casefold().split(), other.casefold().split()
    return bool(words and others) and (words[-len(others) :] == others or others[-len(words) :] == words)


def quoted_in_texts(library: Library) -> dict[str, tuple[str, ...]]:
    """The words of articles' texts that shown documents quote, each once, by the article's id."""
    found: dict[str, dict[str, None]] = {}
    for quotation in _quotations(library):
        verdict = judge(library, quotation)
        if verdict is not None and verdict.state == "verified" and verdict.standing.in_text:
            found.setdefault(verdict.article.id, {})[quotation.text] = None
    return {article: tuple(words) for article, words in found.items()}


def _quotations(library: Library) -> Iterator[Quotation]:
    for document in library.documents.values():
        yield from document.body.quotations
    for claim in library.claims:
        yield from (quotation_of(evidence) for evidence in claim.evidence if evidence.quote)


def quotation_of(evidence: Evidence) -> Quotation:
    """What a claim's evidence quotes of its article."""
    return Quotation(evidence.quote, (evidence.article,), evidence.speaker)


def check_quotations(placed: Iterable[Placed], library: Library) -> Iterator[Diagnostic]:
    """Findings for quotations in documents that their articles don't have as they are."""
    for document, parsed in placed:
        quoted = zip(document.body.quotations, parsed.quoted, strict=False)
        evidence = _evidence(document, parsed) if isinstance(document, Claim) else ()
        for quotation, mark in (*quoted, *evidence):
            finding = finding_of(library, quotation, parsed.path, mark)
            if finding is not None:
                yield finding


def _evidence(claim: Claim, parsed: Parsed) -> Iterator[tuple[Quotation, Mark]]:
    """What a claim's evidence quotes, and where it does."""
    for number, evidence in enumerate(claim.evidence):
        if evidence.quote:
            yield quotation_of(evidence), claim_mark(parsed, claim, f"evidence/{number}/quote")


def finding_of(library: Library, quotation: Quotation, path: str, mark: Mark) -> Diagnostic | None:
    """The finding for a quotation at a place; None where nothing is wrong, or nothing can be said."""
    verdict = judge(library, quotation)
    if verdict is None or verdict.state == "verified":
        return None
    if verdict.state == "differs":
        return _differs(quotation, verdict, path, mark)
    if verdict.state == "misattributed":
        return _misattributed(quotation, verdict, path, mark)
    message = f"not verifiable: nothing of the words of '{verdict.article.id}' is on file, only a summary"
    hint = f"add the passage to the excerpts of {verdict.article.path}"
    return warning(path, mark, "quotation-unverifiable", message, hint)


def _differs(quotation: Quotation, verdict: Verdict, path: str, mark: Mark) -> Diagnostic:
    named = " or ".join(f"'{identifier}'" for identifier in quotation.articles)
    message = f"these are not the words of {named}"
    standing, article = verdict.standing, verdict.article
    where = f"excerpt {standing.place + 1}" if standing.place >= 0 else "the text"
    if standing.scattered:
        hint = (
            f"all its parts are in '{article.id}', but not one after another in one text, or so short and "
            "far apart that they prove nothing; quote more of it, or each part for itself"
        )
    elif not standing.nearest:
        hint = (
            f"nothing in {article.path} comes near; quote what is there, or add the passage to its excerpts"
        )
    elif "[-" in standing.nearest or "{+" in standing.nearest:
        hint = f"{where} of '{article.id}' has [-not this-] {{+but this+}}: {standing.nearest}"
    else:
        hint = f"it begins or ends within a word or a number of '{article.id}': {standing.nearest}"
    return error(path, mark, "quotation-differs", message, hint)


def _misattributed(quotation: Quotation, verdict: Verdict, path: str, mark: Mark) -> Diagnostic:
    article, name = verdict.article, quotation.speaker
    known = [speaker for speaker in speakers(verdict) or () if speaker]
    number = verdict.standing.excerpts[0] + 1
    if known:
        message = f"in '{article.id}' these are the words of {' and '.join(known)}, not of '{name}'"
        hint = f"name {known[0]}, or mend the speaker of excerpt {number} in {article.path}"
    else:
        message = f"excerpt {number} of '{article.id}' doesn't say that these are the words of '{name}'"
        hint = f"add 'speaker: {name}' to it in {article.path}, or name nobody"
    return error(path, mark, "quotation-speaker", message, hint)
