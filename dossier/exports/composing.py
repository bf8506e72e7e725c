"""A topic, or all of a site, made one document: overview, claims, timeline, notes, and the sources of all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from dossier.build.exporting import Reading, newest
from dossier.dates import in_words
from dossier.diagnostics import DossierError, Mark, did_you_mean, error
from dossier.evidence.segments import joined
from dossier.exports import writing
from dossier.exports.briefing import Briefing, Part, PartKind
from dossier.exports.fragments import rewritten
from dossier.exports.numbering import Numbered, numbered
from dossier.languages import direction
from dossier.library import Library
from dossier.library.rights import shown_of
from dossier.model import Article, Note, Topic
from dossier.plan.frame import Frame, absolute, document_path, frame
from dossier.plan.quotations import passages
from dossier.plan.timelines import by_year, events_of
from dossier.summary import counted
from dossier.urls import resolved

ALL = "all"


def compose(reading: Reading, topic: str) -> Briefing:
    """The briefing of a topic by its id, or of the whole site: `all`. Raises DossierError for no topic."""
    library = reading.library
    topics = library.topics if topic == ALL else (find_topic(library, topic),)
    return _Composition(reading, topics, whole=topic == ALL).briefing()


def find_topic(library: Library, identifier: str) -> Topic:
    """The topic of an id. Raises DossierError where there is none that is published."""
    for topic in library.topics:
        if topic.id == identifier:
            return topic
    known = [topic.id for topic in library.topics]
    hint = did_you_mean(identifier, known, f"there are: {', '.join(known)}" if known else "")
    path = f"content/topics/{identifier}.md"
    raise DossierError(error(path, Mark(), "unknown-topic", f"no topic '{identifier}' is published", hint))


@dataclass
class _Composition:
    """One briefing in the making. All links are those of a page one folder deep, until they are rewritten."""

    reading: Reading
    topics: Sequence[Topic]
    whole: bool
    frame: Frame = field(init=False)
    notes: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    # By output path, the id under which a document is found in the briefing, and what else is.
    places: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.frame = frame(self.reading.library, "../")
        library = self.reading.library
        for topic in self.topics:
            for note in library.topic_notes.get(topic.id, ()):
                self.notes.setdefault(note.id, topic.id)
        if self.whole:
            for note in library.notes:
                self.notes.setdefault(note.id, "")
        for topic in self.topics:
            self.places[document_path(topic)] = f"topic-{topic.id}"
        for identifier in self.notes:
            self.places[document_path(library.documents[identifier])] = f"note-{identifier}"

    def briefing(self) -> Briefing:
        library, site = self.reading.library, self.reading.library.site
        texts: list[Topic | Note] = []
        for topic in self.topics:
            texts += [topic, *self._notes_of(topic.id)]
        texts += self._notes_of("")
        sources = numbered(self.frame, [text.body for text in texts], self._others())
        for entry in sources.sources:
            self.places[entry.url.removeprefix("../")] = entry.anchor
        sections = [self._text(*each, sources) for each in zip(texts, sources.anchors, strict=True)]
        parts = [*self._parts(sections), *self._sources(sources)]
        ids = frozenset(chain.from_iterable(part.ids for part in parts))
        parts = [replace(part, html=writing.settled(part.html, ids)) for part in parts]
        only = self.topics[0] if not self.whole else None
        authors = [author for text in texts if isinstance(text, Note) for author in text.authors]
        return Briefing(
            name=only.id if only else ALL,
            title=only.title if only else site.title,
            summary=(only.summary if only else site.description) or "",
            site=site.title,
            address=absolute(site.url, document_path(only) if only else "index.html"),
            language=site.language,
            direction=direction(site.language),
            authors=tuple(dict.fromkeys([*site.authors, *authors])),
            as_of=newest(library, only.id if only else ""),
            counts=", ".join(_counts(len(self.notes), len(sources.sources))),
            parts=tuple(parts),
            pictures=self.pictures,
        )

    def _notes_of(self, topic: str) -> list[Note]:
        """The notes that stand under a topic here, newest first."""
        return [note for note in self.reading.library.notes if self.notes.get(note.id) == topic]

    def _others(self) -> Iterator[str]:
        """The articles that claims and events name, in the order in which they will be met."""
        library = self.reading.library
        for topic in self.topics:
            for claim in library.topic_claims.get(topic.id, ()):
                yield from (evidence.article for evidence in claim.evidence)
            for document in self._recorders(topic):
                for event in document.events:
                    yield from event.articles or ([document.id] if isinstance(document, Article) else [])

    def _recorders(self, topic: Topic) -> Iterator[Topic | Note | Article]:
        library = self.reading.library
        yield topic
        yield from chain(library.topic_notes.get(topic.id, ()), library.topic_articles.get(topic.id, ()))

    # ------------------------------------------------------------ parts

    def _parts(self, sections: Iterable[Part]) -> Iterator[Part]:
        """The parts of each topic in turn, then the notes of none."""
        waiting = list(sections)
        for topic in self.topics:
            if waiting[0].html or self.whole:
                yield waiting[0]
            del waiting[0]
            yield from self._claims(topic)
            yield from self._timeline(topic)
            count = len(self._notes_of(topic.id))
            yield from waiting[:count]
            del waiting[:count]
        yield from waiting

    def _text(self, text: Topic | Note, anchors: tuple[str, ...], sources: Numbered) -> Part:
        """The part of a document's own text."""
        identifier = self.places[document_path(text)]
        prefix = f"{identifier}--"

        def own(name: str) -> str:
            return name if not sources.apart and name.startswith(("ref-", "cite-")) else prefix + name

        html = joined(self.reading.segments(text), anchors)
        html = self._rewritten(writing.lowered(html), document_path(text), own)
        byline = standfirst = ""
        if isinstance(text, Note):
            byline, standfirst = _byline(text, self.reading.library), text.summary
        elif self.whole:
            standfirst = text.summary
        title = text.title if isinstance(text, Note) or self.whole else "Overview"
        kind: PartKind = "note" if isinstance(text, Note) else "overview"
        return self._part(identifier, title, kind, html, byline, standfirst, self._topic_of(text))

    def _topic_of(self, text: Topic | Note) -> str:
        if not self.whole:
            return ""
        identifier = text.id if isinstance(text, Topic) else self.notes[text.id]
        return self.reading.library.documents[identifier].title if identifier else ""

    def _part(
        self,
        identifier: str,
        title: str,
        kind: PartKind,
        html: str,
        byline: str = "",
        standfirst: str = "",
        topic: str = "",
    ) -> Part:
        ids = frozenset([identifier, *writing.ids_of(html)])
        return Part(identifier, title, kind, html, ids, byline, standfirst, topic)

    def _claims(self, topic: Topic) -> Iterator[Part]:
        claims = self.reading.library.topic_claims.get(topic.id, ())
        if not claims:
            return
        rows = [
            (self.frame.claims[claim.id], self._cited(e.article for e in claim.evidence)) for claim in claims
        ]
        html = self._rewritten(writing.claims_table(rows), "claims/index.html")
        name = topic.title if self.whole else ""
        yield self._part(f"claims-{topic.id}", "Claims", "claims", html, topic=name)

    def _timeline(self, topic: Topic) -> Iterator[Part]:
        years = by_year(events_of(self.frame, self._recorders(topic)))
        if not years:
            return
        html = self._rewritten(writing.timeline(years, self._numbers()), "timeline/index.html")
        name = topic.title if self.whole else ""
        yield self._part(f"timeline-{topic.id}", "Timeline", "timeline", html, topic=name)

    def _numbers(self) -> Mapping[str, str]:
        """By the address of an article's page, the anchor of it among the sources."""
        return {f"../{path}": anchor for path, anchor in self.places.items() if anchor.startswith("ref-")}

    def _cited(self, articles: Iterable[str]) -> list[str]:
        known = self.reading.library.documents
        paths = [document_path(known[i]) for i in dict.fromkeys(articles) if i in known]
        return [self.places[path] for path in paths if path in self.places]

    def _sources(self, sources: Numbered) -> Iterator[Part]:
        if not sources.sources:
            return
        articles = {document_path(article): article for article in self.reading.library.articles}
        entries = []
        for entry in sources.sources:
            article = articles[entry.url.removeprefix(self.frame.root)]
            quoted = passages(self.frame, article) if self._may_quote(article) else ()
            page = absolute(self.reading.library.site.url, document_path(article))
            entries.append(writing.source(entry, article, quoted, page, backlinks=not sources.apart))
        html = writing.source_list(entries, sources.sources)
        yield self._part("sources", "Sources", "sources", html)

    def _may_quote(self, article: Article) -> bool:
        """Whether words of an article's text may be shown: of one that is an excerpt, as on its page."""
        return shown_of(self.reading.library, article) == "excerpt"

    # ------------------------------------------------------------ addresses

    def _rewritten(self, html: str, page: str, own: writing.Naming = str) -> str:
        """The HTML with links within the briefing, or to the published site, and its pictures noted."""

        def link(address: str) -> str | None:
            path, hash_, fragment = address.partition("#")
            if ":" in path.partition("/")[0]:
                return address
            if not path:
                return f"#{own(fragment)}"
            target = resolved(page, path)
            fragment = fragment.partition(":~:")[0]
            place = self.places.get(target)
            if place is not None:
                return f"#{place}--{fragment}" if fragment else f"#{place}"
            published = absolute(self.reading.library.site.url, target)
            return published + hash_ * bool(fragment) + fragment if published else None

        def picture(address: str) -> str | None:
            target = resolved(page, address)
            if target not in self.pictures:
                data = self.reading.asset(target)
                if data is None:
                    return None
                self.pictures[target] = data
            return target

        return rewritten(html, link, picture, own)


def _byline(note: Note, library: Library) -> str:
    authors = note.authors or library.site.authors
    updated = f"updated {in_words(note.updated)}" if note.updated and note.updated != note.date else ""
    return " · ".join(part for part in (", ".join(authors), in_words(note.date), updated) if part)


def _counts(notes: int, sources: int) -> Iterator[str]:
    if notes:
        yield counted(notes, "note")
    if sources:
        yield counted(sources, "source")
