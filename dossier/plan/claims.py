"""The pages of claims, and their index."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from dossier import urls
from dossier.library.quotations import Verdict, judge, quotation_of, speakers
from dossier.model import Article, Claim, EntityKind, Evidence, Stance
from dossier.plan.bodies import anchors, references
from dossier.plan.documents import Neighbours, mentions, speaker_link, within
from dossier.plan.frame import STATE_LABELS, Frame, Recipe, document_path
from dossier.plan.lists import Frames, paged, pager
from dossier.plan.metadata import Trail, crumbs, meta
from dossier.plan.pictures import pictures_of
from dossier.plan.quotations import passage_address
from dossier.plan.sources import lapsed_links
from dossier.views import ClaimsView, ClaimView, Dependence, EvidenceView, Link, Page, StateCount

ALL_CLAIMS = ("Claims", "claims/index.html")


def claim_page(frame: Frame, claim: Claim, neighbours: Neighbours) -> Page:
    """A claim, its evidence on either side, and the curator's reasoning."""
    library = frame.library
    older, newer = neighbours[claim.id]
    weighed = library.weighed[claim.id]
    trail: Trail = (ALL_CLAIMS, (claim.statement, document_path(claim)))
    row = frame.claims[claim.id]
    view = ClaimView(
        site=frame.site,
        meta=meta(frame, trail, f"{row.label}: {claim.statement}"),
        section="claims",
        crumbs=crumbs(frame, trail),
        statement=claim.statement,
        state=weighed.state,
        label=row.label,
        as_of=claim.as_of,
        draft=claim.draft,
        coming=claim.id in frame.library.coming,
        topics=frame.topics(claim.topics),
        tags=claim.tags,
        holder=frame.links[claim.holder] if claim.holder else None,
        superseded_by=frame.claims[claim.superseded_by] if weighed.state == "superseded" else None,
        supersedes=tuple(frame.claims[other.id] for other in library.supersedes.get(claim.id, ())),
        sources=row.sources,
        opposing=row.opposing,
        supporting=_side(frame, claim, "supports", weighed.supporting),
        disputing=_side(frame, claim, "disputes", weighed.disputing),
        mentioning=_side(frame, claim, "mentions", ()),
        has_body=bool(claim.body.words),
        contents=claim.body.headings,
        references=references(frame, claim.body),
        mentions=mentions(frame, claim.id),
        previous=frame.links[older] if older else None,
        next=frame.links[newer] if newer else None,
        within=within(frame, claim),
    )
    return Page(
        document_path(claim),
        "claim.html",
        view,
        claim.body.digest,
        anchors(frame, claim.body),
        lapsed=lapsed_links(frame, claim.body),
        pictures=pictures_of(frame, claim.body),
    )


def _side(frame: Frame, claim: Claim, stance: Stance, counted: Sequence[str]) -> tuple[EvidenceView, ...]:
    """What is said on one side, the oldest first. `counted` are the articles that stand for sources."""
    library = frame.library
    found = [each for each in claim.evidence if each.stance == stance and each.article in library.witnesses]
    found.sort(key=lambda each: library.witnesses[each.article].date or "9999")
    return tuple(_evidence(frame, each, counted) for each in found)


def _evidence(frame: Frame, evidence: Evidence, counted: Sequence[str]) -> EvidenceView:
    article = frame.library.documents[evidence.article]
    assert isinstance(article, Article)
    apart = evidence.stance == "mentions" or article.id in counted
    verdict = judge(frame.library, quotation_of(evidence)) if evidence.quote else None
    said_by = evidence.speaker or _speaker(verdict)
    return EvidenceView(
        article=frame.cards[article.id],
        stance=evidence.stance,
        quote=evidence.quote,
        checked=verdict.state if verdict else "",
        passage=passage_address(frame, article, evidence.quote, verdict.standing) if verdict else "",
        speaker=speaker_link(frame, said_by) if said_by else None,
        locator=evidence.locator,
        comment=evidence.comment,
        via=frame.via(article),
        dependence=None if apart else dependence(frame, article, counted),
    )


def _speaker(verdict: Verdict | None) -> str:
    """Who says the words of a quotation, where one person does by what is on file."""
    if verdict is None or verdict.state != "verified":
        return ""
    named = speakers(verdict.article, verdict.standing)
    return named[0] if named is not None and len(named) == 1 else ""


def dependence(frame: Frame, article: Article, counted: Iterable[str]) -> Dependence:
    """Why an article counts for no source of its own beside those that are counted."""
    witnesses = frame.library.witnesses
    own = witnesses[article.id]
    if not own.printer or not own.origin:
        return Dependence("unknown")
    others = [witnesses[identifier] for identifier in counted]
    other = next((o for o in others if o.origin == own.origin), None) or next(
        o for o in others if o.printer == own.printer
    )
    link = frame.links[other.article]
    if other.article in repeated(frame, article.id):
        return Dependence("repeats", link)
    if article.id in repeated(frame, other.article):
        return Dependence("repeated", link)
    if other.printer != own.printer:
        return Dependence("origin", link, shared(frame, own.origin))
    one, two = (_outlet(frame, identifier) for identifier in (article.id, other.article))
    if one == two:
        return Dependence("outlet", link, frame.entity_links["source", one])
    return Dependence("owner", link, shared(frame, own.printer))


def repeated(frame: Frame, identifier: str) -> list[str]:
    """The articles that an article repeats, directly and through others."""
    documents = frame.library.documents
    found: list[str] = []
    while isinstance(article := documents.get(identifier), Article) and article.via not in found:
        found.append(article.via)
        identifier = article.via
    return found


def shared(frame: Frame, key: str) -> Link:
    """A link to what a witness's key stands for, or its name."""
    folder, _, identifier = key.partition("/")
    if folder == "articles":
        return frame.links[identifier]
    kinds: dict[str, EntityKind] = {"sources": "source", "organizations": "organization", "people": "person"}
    if folder in kinds:
        return frame.entity_links[kinds[folder], identifier]
    owners = (source.owner for source in frame.library.entities["source"].values())
    return Link("", next(owner for owner in owners if owner and urls.slug(owner) == identifier))


def _outlet(frame: Frame, identifier: str) -> str:
    article = frame.library.documents[identifier]
    assert isinstance(article, Article)
    return frame.library.names["source"][article.source]


def claims_pages(frames: Frames) -> Iterator[Recipe]:
    """The index of claims."""
    claims = frames[1].library.claims
    if not claims:
        return
    size = frames[1].library.site.page_size
    paths, parts = paged(claims, size, "claims/index.html", "claims/index")
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), start=1):
        yield Recipe(path, partial(_index, frames[path.count("/")], part, paths, number))


def _index(frame: Frame, part: Sequence[Claim], paths: Sequence[str], number: int) -> Page:
    library = frame.library
    title, _ = ALL_CLAIMS
    trail: Trail = ((title, paths[number - 1]),)
    counts = Counter(weighed.state for weighed in library.weighed.values())
    view = ClaimsView(
        site=frame.site,
        meta=meta(frame, trail, f"What {library.site.title} holds to be true or false, with the evidence"),
        section="claims",
        crumbs=crumbs(frame, trail),
        title=title,
        total=len(library.claims),
        states=tuple(
            StateCount(state, label, counts[state]) for state, label in STATE_LABELS.items() if counts[state]
        ),
        claims=tuple(frame.claims[claim.id] for claim in part),
        pager=pager(frame, paths, number),
    )
    return Page(paths[number - 1], "claims.html", view)
