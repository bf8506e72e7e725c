"""The pages and feeds of what changed, in all of the site and by topic."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import groupby

from dossier.history import Stories, changed_days
from dossier.library import Library
from dossier.plan.feeds import NAMESPACE
from dossier.plan.frame import (
    CHANGES,
    ChangeRecord,
    Frame,
    Recipe,
    absolute,
    document_path,
    label_of,
    topic_changes,
)
from dossier.plan.lists import pager
from dossier.plan.metadata import Trail, crumbs, meta
from dossier.plan.recorded import Change, changes_of
from dossier.urls import DocumentKind
from dossier.views import (
    Added,
    ChangesOfDay,
    ChangesView,
    Edit,
    FeedEntry,
    FeedView,
    Page,
    Revised,
    Withdrawn,
    Words,
)

Frames = Mapping[int, Frame]
# Of the new documents of one kind and day, so many are named; of all days together, so many changes are kept.
NAMED, KEPT = 200, 5000
# More new documents of one kind and day than these are one entry of a feed.
FEED_NAMED = 10
# What changed, in words, by the front matter's keys.
FIELDS = {
    "id": "address",
    "source": "outlet",
    "via": "agency",
    "date": "date of publication",
    "url": "link",
    "archive_url": "archived copy",
    "accessed": "day of access",
    "text": "what the text is",
    "capture": "checksum of the capture",
    "obtained": "how it was obtained",
    "updated": "date of the update",
    "parent": "topic above",
    "aliases": "other names",
    "as_of": "date of the claim",
    "superseded_by": "successor",
}
NOUNS: dict[DocumentKind, tuple[str, str]] = {
    "article": ("article", "articles"),
    "note": ("note", "notes"),
    "topic": ("topic", "topics"),
    "claim": ("claim", "claims"),
}
ORDER: tuple[DocumentKind, ...] = ("topic", "note", "claim", "article")


def change_record(library: Library, stories: Stories | None) -> ChangeRecord:
    """What changed in a library, in all and by topic."""
    changes = _kept(changes_of(library, stories))
    by_topic: dict[str, list[Change]] = {topic.id: [] for topic in library.topics}
    for change in changes:
        for topic in dict.fromkeys(change.topics):
            if topic in by_topic:
                by_topic[topic].append(change)
    grouped = {topic: tuple(found) for topic, found in by_topic.items() if found}
    by_commits = library.site.changes == "git" and stories is not None
    return ChangeRecord(changes, grouped, changed_days(stories) if by_commits and stories else {})


def _kept(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The newest changes; a day is kept whole."""
    if len(changes) <= KEPT:
        return tuple(changes)
    last = changes[KEPT - 1].day
    return tuple(change for change in changes if change.day >= last)


def changes_pages(frames: Frames) -> Iterator[Recipe]:
    """The pages and the feed of the site's changes, and those of each topic."""
    library, record = frames[1].library, frames[1].record
    if not record.changes:
        return
    every = _List(CHANGES, "changes", "changes/feed.xml", "What changed", "", record.changes)
    yield from _list_recipes(frames, every)
    for topic in library.topics:
        if found := record.by_topic.get(topic.id):
            folder = f"topics/{topic.id}"
            title = f"{topic.title}: what changed"
            of_topic = _List(
                topic_changes(topic.id), f"{folder}/changes", f"{folder}/changes.xml", title, topic.id, found
            )
            yield from _list_recipes(frames, of_topic)


@dataclass(frozen=True, slots=True)
class _List:
    """The changes of the site or of a topic, and where their first page, others and feed are."""

    first: str
    folder: str
    feed: str
    title: str
    topic: str
    changes: Sequence[Change]


def _list_recipes(frames: Frames, listed: _List) -> Iterator[Recipe]:
    counts = Counter((change.day, change.kind) for change in listed.changes if change.what == "new")
    parts = _in_pages(listed.changes, frames[1].library.site.page_size)
    join = "/" if listed.folder == "changes" else "-"
    paths = [listed.first, *(f"{listed.folder}{join}{number}.html" for number in range(2, len(parts) + 1))]
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), start=1):
        frame = frames[path.count("/")]
        yield Recipe(path, partial(_page, frame, listed, part, counts, paths, number))
    yield Recipe(listed.feed, partial(_feed, frames[listed.feed.count("/")], listed, counts))


def _in_pages(changes: Sequence[Change], size: int) -> list[list[Change]]:
    """The changes in pages; of a day's new documents of one kind, those that aren't named are left out."""
    named: Counter[tuple[str, str]] = Counter()
    pages: list[list[Change]] = [[]]
    for change in changes:
        if change.what == "new":
            named[change.day, change.kind] += 1
            if named[change.day, change.kind] > NAMED:
                continue
        if len(pages[-1]) >= size:
            pages.append([])
        pages[-1].append(change)
    return pages


def _page(
    frame: Frame,
    listed: _List,
    changes: Sequence[Change],
    counts: Mapping[tuple[str, DocumentKind], int],
    paths: Sequence[str],
    number: int,
) -> Page:
    path, library = paths[number - 1], frame.library
    topic = frame.links[listed.topic] if listed.topic else None
    above: Trail = ()
    if topic:
        above = (
            ("Topics", "topics/index.html"),
            (topic.text, document_path(library.documents[listed.topic])),
        )
    trail: Trail = (*above, (listed.title, path))
    feed = frame.link(listed.feed, f"{listed.title}: feed")
    where = topic.text if topic else library.site.title
    view = ChangesView(
        site=frame.site,
        meta=meta(frame, trail, f"What was added, revised and withdrawn in {where}", feeds=(feed,)),
        section="topics" if topic else "changes",
        crumbs=crumbs(frame, trail),
        title=listed.title,
        topic=topic,
        known_by="git" if frame.record.days else "dates",
        key=f"topics/{listed.topic}" if listed.topic else "",
        newest=max(change.time for change in listed.changes),
        days=tuple(
            _day(frame, day, tuple(group), counts)
            for day, group in groupby(changes, key=lambda change: change.day)
        ),
        feed=feed,
        pager=pager(frame, paths, number),
    )
    return Page(path, "changes.html", view)


def _day(
    frame: Frame, day: str, changes: Sequence[Change], counts: Mapping[tuple[str, DocumentKind], int]
) -> ChangesOfDay:
    new: dict[DocumentKind, list[Change]] = {}
    revised: dict[str, list[Change]] = {}
    for change in changes:
        if change.what == "new":
            new.setdefault(change.kind, []).append(change)
        elif change.what == "revised":
            revised.setdefault(change.id, []).append(change)
    added = (
        Added(
            kind,
            counts[day, kind],
            tuple((change.time, frame.cards[change.id]) for change in new[kind]),
            max(0, counts[day, kind] - NAMED),
        )
        for kind in ORDER
        if kind in new
    )
    return ChangesOfDay(
        day,
        tuple(added),
        tuple(
            Revised(frame.cards[document], tuple(_edit(frame, change) for change in found))
            for document, found in revised.items()
        ),
        tuple(
            Withdrawn(change.time, change.kind, change.title)
            for change in changes
            if change.what == "withdrawn"
        ),
    )


def _edit(frame: Frame, change: Change) -> Edit:
    revision = change.revision
    author = change.author if frame.library.site.changes_authors else ""
    if revision is None:
        return Edit(change.time, (), 0, 0, (), 0, False, author)
    return Edit(
        change.time,
        tuple(dict.fromkeys(FIELDS.get(name, name.replace("_", " ")) for name in revision.fields)),
        revision.added,
        revision.removed,
        tuple(tuple(Words(run.kind, run.text) for run in part.runs) for part in revision.parts),
        revision.more,
        revision.openness == "never" and bool(revision.added or revision.removed),
        author,
    )


# ---------------------------------------------------------------- feeds


def _feed(frame: Frame, listed: _List, counts: Mapping[tuple[str, DocumentKind], int]) -> Page:
    site = frame.library.site
    title = f"{listed.title} – {site.title}"
    home = absolute(site.url, listed.first)
    entries = tuple(_entries(frame, listed, counts))
    view = FeedView(
        id=home or f"urn:uuid:{uuid.uuid5(NAMESPACE, listed.first)}",
        title=title,
        subtitle=f"What was added, revised and withdrawn in {site.title}",
        language=site.language,
        home=home or frame.root + listed.first,
        self_url=absolute(site.url, listed.feed) or frame.root + listed.feed,
        updated=entries[0].updated if entries else "1970-01-01T00:00:00Z",
        authors=site.authors or (site.title,),
        entries=entries,
    )
    return Page(listed.feed, "feed.xml", view)


def _entries(
    frame: Frame, listed: _List, counts: Mapping[tuple[str, DocumentKind], int]
) -> Iterator[FeedEntry]:
    """An entry for each change; many new documents of a day and kind have one together."""
    together: set[tuple[str, DocumentKind]] = set()
    left = frame.library.site.feed_size
    for change in listed.changes:
        if left <= 0:
            return
        group = (change.day, change.kind)
        many = change.what == "new" and counts[group] > FEED_NAMED
        if many and group in together:
            continue
        together.add(group) if many else None
        left -= 1
        if many:
            title = f"{counts[group]:,} {NOUNS[change.kind][1]} added"
            yield _entry(frame, listed, change, title, listed.first, f"{change.day} {change.kind}")
        else:
            yield _single(frame, listed, change)


def _single(frame: Frame, listed: _List, change: Change) -> FeedEntry:
    name = f"{change.what} {change.kind} {change.id} {change.time}"
    if change.what == "withdrawn":
        return _entry(frame, listed, change, f"Withdrawn: {change.title}", listed.first, name)
    document = frame.library.documents[change.id]
    word = "New" if change.what == "new" else "Revised"
    title = f"{word}: {document.title}"
    summary = document.summary if change.what == "new" else _in_words(_edit(frame, change))
    return _entry(frame, listed, change, title, document_path(document), name, summary, label_of(document))


def _entry(
    frame: Frame,
    listed: _List,
    change: Change,
    title: str,
    path: str,
    name: str,
    summary: str = "",
    label: str = "",
) -> FeedEntry:
    site = frame.library.site
    moment = datetime.fromtimestamp(change.time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return FeedEntry(
        id=f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{site.url} {listed.topic} {name}')}",
        url=absolute(site.url, path) or frame.root + path,
        title=title,
        updated=moment,
        published="",
        summary=summary,
        authors=(change.author,) if site.changes_authors and change.author else site.authors,
        label=label,
        via="",
        topics=(),
    )


def _in_words(edit: Edit) -> str:
    """A change in a sentence: `Title and summary changed; 12 words added, 3 removed.`"""
    said = []
    if edit.fields:
        named = ", ".join(edit.fields[:-1]) + (" and " if len(edit.fields) > 1 else "") + edit.fields[-1]
        said.append(f"{named[0].upper()}{named[1:]} changed")
    counts = [
        f"{count:,} {word}" for count, word in ((edit.added, "added"), (edit.removed, "removed")) if count
    ]
    if counts:
        said.append("words: " + ", ".join(counts))
    return "; ".join(said) + "." if said else ""
