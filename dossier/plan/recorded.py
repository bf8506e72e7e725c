"""What changed in the documents of a library, newest first: by its history, or by the documents' own dates.

Nothing of a document that stays out of the site is in it, and of one that was withdrawn only the title that
it was last published under. What was removed while it was a draft, or before its date, was never public.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal

from dossier.history import Part, Revision, Step, Stories, Story, Version, day_of, public_since, version
from dossier.library import Library
from dossier.library.model import date_of
from dossier.model import Article, Claim, Document, Note, Topic
from dossier.urls import DocumentKind

What = Literal["new", "revised", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a document on a day (EDTF); `time` is in seconds since 1970, to tell earlier from later.

    `id` is the document's, `title` that of one that was withdrawn, `topics` the ids of its topics.
    """

    what: What
    day: str
    time: int
    kind: DocumentKind
    id: str
    topics: tuple[str, ...]
    title: str = ""
    author: str = ""
    revision: Revision | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The differences that may be shown."""
        return self.revision.parts if self.revision else ()


def changes_of(library: Library, stories: Stories | None) -> tuple[Change, ...]:
    """All changes, newest first. Without stories, the documents' dates tell them."""
    if library.site.changes == "off":
        return ()
    found = _by_history(library, stories) if stories and stories.stories else _by_dates(library)
    return tuple(
        sorted(found, key=lambda change: (change.day, change.time, change.kind, change.id), reverse=True)
    )


# ---------------------------------------------------------------- by history


def _by_history(library: Library, stories: Stories) -> Iterator[Change]:
    files = {
        document.path: document
        for document in library.documents.values()
        if not (isinstance(document, Claim) and document.holder)
    }
    for story in stories.stories:
        document = files.get(story.path)
        if document is not None:
            yield from _of_one_that_is_there(library, document, story)
        elif not story.path:
            yield from _of_one_that_was_removed(story)


def _of_one_that_is_there(library: Library, document: Document, story: Story) -> Iterator[Change]:
    """When it was first public, and how it was revised since. What it was as a draft is left out."""
    steps = story.steps[::-1]
    now = version(document)
    public, first = _was_public_before(steps), ""
    for place, step in enumerate(steps):
        day = day_of(step.time)
        if place == len(steps) - 1:
            since = day if now.draft else public_since(now, day)
        else:
            since = _public_from(step, steps[place + 1])
        if since and not public:
            first = since
            yield _change("new", since, step, now)
        elif since and public and day != first:
            yield from _revised(library, document, step, now)
        public = bool(since)


def _was_public_before(steps: tuple[Step, ...]) -> bool:
    """Whether a document was public before the first of the steps that are known."""
    return bool(steps) and bool(_public_on(steps[0].before, day_of(steps[0].time)))


def _public_from(step: Step, following: Step) -> str:
    """From when a version was public; '' if another took its place before it was."""
    since = public_since(step.after, day_of(step.time))
    return since if since <= day_of(following.time) else ""


def _public_on(known: Version | None, day: str) -> str:
    since = public_since(known, day)
    return since if since == day else ""


def _revised(library: Library, document: Document, step: Step, now: Version) -> Iterator[Change]:
    revision = step.revision
    if revision is None or not (revision.fields or revision.added or revision.removed):
        return
    committed = step.after
    shown = (
        committed is not None
        and not committed.draft
        and (committed.date == now.date or bool(_public_on(committed, day_of(step.time))))
        and _is_open(library, document, revision)
    )
    if not shown:
        revision = Revision(revision.fields, revision.added, revision.removed, openness="never")
    yield _change("revised", day_of(step.time), step, now, revision)


def _is_open(library: Library, document: Document, revision: Revision) -> bool:
    """Whether the texts before and after may be published, by what their rights were and are."""
    if not isinstance(document, Article):
        return True
    whole = (document.rights or library.site.rights) == "full" or document.text == "summary"
    was = revision.openness == "always" or (revision.openness == "default" and library.site.rights == "full")
    return whole and was


def _of_one_that_was_removed(story: Story) -> Iterator[Change]:
    """That it was withdrawn, by its last public title, unless it had come on the same day."""
    steps = story.steps[::-1]
    known: Version | None = None
    first = ""
    if _was_public_before(steps):
        known = steps[0].before
    for step, following in pairwise(steps):
        since = _public_from(step, following)
        if since:
            known, first = step.after, first or since
    if steps and known is not None and day_of(steps[-1].time) != first:
        yield _change("withdrawn", day_of(steps[-1].time), steps[-1], known)


def _change(what: What, day: str, step: Step, known: Version, revision: Revision | None = None) -> Change:
    time = step.time
    if day > day_of(time):  # Its date came after the commit.
        time = _seconds(day)
    title = known.title if what == "withdrawn" else ""
    return Change(what, day, time, known.kind, known.id, known.topics, title, step.author, revision)


# ---------------------------------------------------------------- by dates


def _by_dates(library: Library) -> Iterator[Change]:
    """A document is new on the day on which it was read or written, a note revised when it says so."""
    for document in library.documents.values():
        if isinstance(document, Claim) and document.holder:
            continue
        kind, topics = _kind_and_topics(document)
        day = document.accessed if isinstance(document, Article) and document.accessed else date_of(document)
        if day:
            yield Change("new", day, _seconds(day), kind, document.id, topics)
        if isinstance(document, Note) and document.updated > day:
            updated = document.updated
            yield Change("revised", updated, _seconds(updated), kind, document.id, topics)


def _kind_and_topics(document: Document) -> tuple[DocumentKind, tuple[str, ...]]:
    known = version(document)
    return known.kind, known.topics


def _seconds(date: str) -> int:
    """The first moment of a date, UTC."""
    year, month, day = (*date.split("-"), "01", "01")[:3]
    return int(datetime(int(year), int(month), int(day), tzinfo=UTC).timestamp())


def of_topic(changes: Iterable[Change], topic: Topic) -> tuple[Change, ...]:
    """The changes of a topic's documents, and of the topic's own text."""
    return tuple(change for change in changes if topic.id in change.topics)
