"""The pages of articles and notes."""

from collections.abc import Sequence

from dossier import languages
from dossier.library.checks import find_slot_target, find_target
from dossier.library.rights import shown_of
from dossier.model import Article, Claim, Excerpt, Note, Stance
from dossier.plan.bibliographies import article_tags, note_bibliography, note_tags
from dossier.plan.bodies import anchors, references
from dossier.plan.cards import card_address
from dossier.plan.frame import Frame, document_path, label_of
from dossier.plan.metadata import Trail, crumbs, meta
from dossier.plan.pictures import pictures_of
from dossier.plan.quotations import passages
from dossier.plan.related import Threads, related
from dossier.plan.sources import OBTAINED, archived_on, lapsed, lapsed_links
from dossier.plan.timelines import events_of
from dossier.views import ArticleView, ClaimRow, ExcerptView, Link, Mention, NoteView, Page, Used

Neighbours = dict[str, tuple[str, str]]


def article_page(frame: Frame, article: Article, neighbours: Neighbours, threads: Threads) -> Page:
    """An article's record. Text that its rights withhold is in none of the view's fields."""
    older, newer = neighbours[article.id]
    source = frame.source(article)
    shown = shown_of(frame.library, article)
    opening = _opening(frame, article) if shown == "excerpt" else ""
    body = article.body if shown == "full" else None
    language = article.language or frame.library.site.language
    trail: Trail = (("Articles", "articles/index.html"), (article.title, document_path(article)))
    description = article.summary or (article.body.opening if body else opening)
    view = ArticleView(
        site=frame.site,
        meta=meta(
            frame,
            trail,
            description,
            published=article.time or article.date,
            authors=article.authors,
            citation=article_tags(frame.library, article, frame.address(document_path(article))),
        ),
        section="articles",
        crumbs=crumbs(frame, trail),
        title=article.title,
        date=article.date,
        time=article.time,
        kind=article.kind,
        label=label_of(article),
        source=source,
        via=frame.via(article),
        authors=article.authors,
        original=article.url,
        archive=article.archive_url,
        accessed=article.accessed,
        language=language,
        language_name=languages.language_name(language),
        direction=languages.direction(language),
        draft=article.draft,
        coming=article.id in frame.library.coming,
        summary=article.summary,
        text=article.text,
        shown=shown,
        opening=opening,
        has_body=bool(body and body.words),
        contents=body.headings if body else (),
        excerpts=_excerpts(frame, article.excerpts),
        quotations=passages(frame, article) if shown == "excerpt" else (),
        topics=frame.topics(article.topics),
        people=frame.named("person", article.people),
        organizations=frame.named("organization", article.organizations),
        places=frame.named("place", article.places),
        tags=article.tags,
        events=events_of(frame, [article]),
        claims=_used(frame, article),
        references=references(frame, body) if body else (),
        mentions=mentions(frame, article.id),
        previous=frame.links[older] if older else None,
        next=frame.links[newer] if newer else None,
        obtained=OBTAINED[article.obtained],
        checksum=article.body.checksum,
        capture=article.capture.removeprefix("sha256:"),
        archived_on=archived_on(article),
        lapsed=lapsed(frame, article),
        changed=frame.record.days.get(article.path, ""),
        history=frame.site.changes if article.path in frame.record.days else "",
        words=body.words if body else 0,
        within=within(frame, article),
        related=related(frame, threads, article),
    )
    return Page(
        document_path(article),
        "article.html",
        view,
        body.digest if body else "",
        anchors(frame, body) if body else (),
        passages(frame, article) if body else (),
        lapsed_links(frame, body) if body else (),
        pictures_of(frame, body) if body else (),
    )


def _opening(frame: Frame, article: Article) -> str:
    words = article.body.opening.split()
    limit = frame.library.site.excerpt_words
    return " ".join(words[:limit]) + (" …" if len(words) > limit or article.body.words > limit else "")


def _excerpts(frame: Frame, excerpts: Sequence[Excerpt]) -> tuple[ExcerptView, ...]:
    return tuple(
        ExcerptView(
            anchor=f"excerpt-{number}",
            text=excerpt.text,
            speaker=speaker_link(frame, excerpt.speaker) if excerpt.speaker else None,
            role=excerpt.role,
            locator=excerpt.locator,
        )
        for number, excerpt in enumerate(excerpts, start=1)
    )


def speaker_link(frame: Frame, name: str) -> Link:
    """A link to whoever is named as the speaker, a person first; without address where nobody is known."""
    target = find_target(name, frame.library.targets)
    if target and target.kind in ("person", "organization", "source"):
        return Link(frame.entity_links[target.kind, target.id].url, name)
    return Link("", name)


def mentions(frame: Frame, identifier: str) -> tuple[Mention, ...]:
    """The documents that cite or link to a document, newest first; those that cite it come first."""
    citing = frame.library.cited_in.get(identifier, ())
    linking = [d for d in frame.library.mentioned_in.get(identifier, ()) if d not in citing]
    cites = [Mention(frame.cards[document.id], "cites") for document in citing if document.id != identifier]
    return (*cites, *(Mention(frame.cards[document.id], "mentions") for document in linking))


def _used(frame: Frame, article: Article) -> tuple[Used, ...]:
    """The claims that an article is evidence for, each once for each side that it takes."""
    found: dict[tuple[str, Stance], str] = {}
    for claim, evidence in frame.library.testimony.get(article.id, ()):
        comment = found.get((claim.id, evidence.stance), "")
        found[claim.id, evidence.stance] = comment or evidence.comment
    return tuple(Used(frame.claims[claim], stance, comment) for (claim, stance), comment in found.items())


def claims_in(frame: Frame, note: Note) -> tuple[ClaimRow, ...]:
    """The claims that a note makes, then those that its text leads to."""
    library = frame.library
    targets = (find_slot_target(slot, library.targets, library.file_targets) for slot in note.body.slots)
    linked = [target.id for target in targets if target is not None and target.kind == "claim"]
    held = [claim.id for claim in library.held.get(note.id, ())]
    return tuple(frame.claims[identifier] for identifier in dict.fromkeys([*held, *linked]))


def note_page(frame: Frame, note: Note, neighbours: Neighbours, threads: Threads) -> Page:
    """A note with its numbered references."""
    older, newer = neighbours[note.id]
    trail: Trail = (("Notes", "notes/index.html"), (note.title, document_path(note)))
    authors = note.authors or frame.library.site.authors
    view = NoteView(
        site=frame.site,
        meta=meta(
            frame,
            trail,
            note.summary or note.body.opening,
            published=note.time or note.date,
            modified=note.updated,
            authors=authors,
            citation=note_tags(frame.library, note, frame.address(document_path(note))),
            image=card_address(frame, note),
        ),
        section="notes",
        crumbs=crumbs(frame, trail),
        title=note.title,
        date=note.date,
        updated=note.updated,
        status=note.status,
        authors=authors,
        draft=note.draft,
        coming=note.id in frame.library.coming,
        summary=note.summary,
        has_body=bool(note.body.words),
        words=note.body.words,
        contents=note.body.headings,
        topics=frame.topics(note.topics),
        tags=note.tags,
        events=events_of(frame, [note]),
        claims=claims_in(frame, note),
        references=references(frame, note.body),
        mentions=mentions(frame, note.id),
        previous=frame.links[older] if older else None,
        next=frame.links[newer] if newer else None,
        bibliographies=note_bibliography(frame, note),
        within=within(frame, note),
        related=related(frame, threads, note),
    )
    return Page(
        document_path(note),
        "note.html",
        view,
        note.body.digest,
        anchors(frame, note.body),
        lapsed=lapsed_links(frame, note.body),
        pictures=pictures_of(frame, note.body),
    )


def neighbours_of(documents: Sequence[Article | Note | Claim]) -> Neighbours:
    """The older and the newer document beside each, within its first topic, by their ids.

    `documents` are newest first.
    """
    groups: dict[str, list[str]] = {}
    for document in documents:
        groups.setdefault(document.topics[0] if document.topics else "", []).append(document.id)
    found: Neighbours = {}
    for group in groups.values():
        for identifier, newer, older in zip(group, ["", *group], [*group[1:], ""], strict=False):
            found[identifier] = (older, newer)
    return found


def within(frame: Frame, document: Article | Note | Claim) -> Link | None:
    """The topic in whose order a document has its neighbours: its first."""
    known = frame.library.documents
    first = document.topics[0] if document.topics else ""
    return frame.links[first] if first in known else None
