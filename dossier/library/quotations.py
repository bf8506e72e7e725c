"""Quotations as the site tells of them: whether the cited article has the words, and the speaker."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, get_args

from dossier.diagnostics import Diagnostic, Mark, error, warning
from dossier.evidence.standings import Standing
from dossier.library.checks import Placed, claim_mark, find_target
from dossier.library.model import Library, Targets
from dossier.model import Article, Claim, Evidence, Parsed, Quotation

QuotationState = Literal["verified", "misattributed", "differs", "unverifiable"]
# Of several articles that are cited for one quotation, the first of those that say most for it counts.
STATES: tuple[QuotationState, ...] = get_args(QuotationState)


class Verdict(NamedTuple):
    """What becomes of a quotation, and by which of the articles that are cited for it.

    It is verified by the first that has its words, said by its speaker if one is named.
    """

    state: QuotationState
    article: Article
    standing: Standing


def judge(library: Library, quotation: Quotation) -> Verdict | None:
    """The verdict on a quotation; None where none of the cited articles is there."""
    best: Verdict | None = None
    for identifier in quotation.articles:
        standing = library.standings.get((identifier, quotation.text))
        article = library.documents.get(identifier)
        if standing is None or not isinstance(article, Article):
            continue
        state = _state(library, quotation, article, standing)
        if best is None or STATES.index(state) < STATES.index(best.state):
            best = Verdict(state, article, standing)
        if state == "verified":
            break
    return best


def _state(library: Library, quotation: Quotation, article: Article, standing: Standing) -> QuotationState:
    if not standing.verified:
        return "differs" if standing.on_file else "unverifiable"
    if _is_speaker(quotation.speaker, speakers(article, standing), library.targets):
        return "verified"
    return "misattributed"


def speakers(article: Article, standing: Standing) -> tuple[str, ...] | None:
    """Who says the words, by the excerpts that have them; None where only the text has them."""
    if not standing.excerpts:
        return None
    return tuple(dict.fromkeys(article.excerpts[number].speaker for number in standing.excerpts))


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
    known = [speaker for speaker in speakers(article, verdict.standing) or () if speaker]
    number = verdict.standing.excerpts[0] + 1
    if known:
        message = f"in '{article.id}' these are the words of {' and '.join(known)}, not of '{name}'"
        hint = f"name {known[0]}, or mend the speaker of excerpt {number} in {article.path}"
    else:
        message = f"excerpt {number} of '{article.id}' doesn't say that these are the words of '{name}'"
        hint = f"add 'speaker: {name}' to it in {article.path}, or name nobody"
    return error(path, mark, "quotation-speaker", message, hint)
