"""The library as data. What rights withhold is in none of it: texts are taken from what pages show."""

import posixpath
from collections.abc import Iterable

from dossier import urls
from dossier.build.exporting import Reading, newest
from dossier.evidence.segments import joined
from dossier.exports import data
from dossier.exports.fragments import rewritten
from dossier.library.model import document_kind_of
from dossier.model import Article, Body, Claim, Document, Entity, EntityKind, Event, Note, Topic
from dossier.plan.frame import Frame, absolute, document_path, frame
from dossier.views import ArticleView, Page


def collect(reading: Reading) -> data.Dossier:
    """All that the site publishes."""
    return _Collection(reading).dossier()


class _Collection:
    def __init__(self, reading: Reading) -> None:
        self._reading, self._library = reading, reading.library
        self._frame: Frame = frame(reading.library, "../")
        self._recipes = reading.linked.recipes()

    def dossier(self) -> data.Dossier:
        library, site = self._library, self._library.site
        return data.Dossier(
            site=data.SiteData(
                title=site.title,
                subtitle=site.subtitle,
                description=site.description,
                url=site.url,
                language=site.language,
                authors=site.authors,
                as_of=newest(library),
            ),
            topics=tuple(map(self._topic, library.topics)),
            articles=tuple(map(self._article, library.articles)),
            notes=tuple(map(self._note, library.notes)),
            claims=tuple(map(self._claim, library.claims)),
            people=self._entities("person"),
            organizations=self._entities("organization"),
            places=self._entities("place"),
            sources=self._entities("source"),
        )

    def _address(self, path: str) -> str:
        return absolute(self._library.site.url, path)

    def _page(self, document: Document) -> Page:
        """The page of a document, which shows no more of it than may be shown."""
        return self._recipes[document_path(document)].make()

    def _html(self, document: Document, shown: Page) -> str:
        """A document's text, if its page shows it."""
        if not shown.body or not document.body.words:
            return ""
        html = joined(self._reading.segments(document), shown.anchors)

        def at_root(address: str) -> str:
            path, hash_, fragment = address.partition("#")
            if not path or ":" in path.partition("/")[0]:
                return address
            return posixpath.normpath(posixpath.join(posixpath.dirname(shown.path), path)) + hash_ + fragment

        return rewritten(html, at_root, at_root)

    def _cites(self, body: Body) -> tuple[str, ...]:
        return tuple(i for i in body.citations if isinstance(self._library.documents.get(i), Article))

    def _known_topics(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(i for i in dict.fromkeys(ids) if i in self._library.documents)

    def _named(self, kind: EntityKind, names: Iterable[str]) -> tuple[str, ...]:
        ids = self._library.names[kind]
        return tuple(dict.fromkeys(ids[name] for name in names if name in ids))

    def _events(self, document: Document) -> tuple[data.EventData, ...]:
        return tuple(map(self._event, document.events))

    def _event(self, event: Event) -> data.EventData:
        return data.EventData(
            date=event.date,
            end=event.end,
            title=event.title,
            summary=event.summary,
            people=self._named("person", event.people),
            organizations=self._named("organization", event.organizations),
            places=self._named("place", event.places),
            articles=tuple(i for i in event.articles if i in self._library.documents),
        )

    # ------------------------------------------------------------ documents

    def _article(self, article: Article) -> data.ArticleData:
        shown = self._page(article)
        view = shown.view
        assert isinstance(view, ArticleView)
        citing = self._library.cited_in.get(article.id, ())
        return data.ArticleData(
            id=article.id,
            page=document_path(article),
            address=self._address(document_path(article)),
            title=article.title,
            kind=article.kind,
            source=next(iter(self._named("source", [article.source] if article.source else [])), ""),
            via=self._via(article),
            authors=article.authors,
            date=article.date,
            time=article.time,
            url=article.url,
            archive_url=article.archive_url,
            accessed=article.accessed,
            language=view.language,
            topics=self._known_topics(article.topics),
            people=self._named("person", article.people),
            organizations=self._named("organization", article.organizations),
            places=self._named("place", article.places),
            tags=article.tags,
            summary=article.summary,
            text=article.text,
            shown=view.shown,
            html=self._html(article, shown),
            opening=view.opening,
            excerpts=tuple(
                data.ExcerptData(text=e.text, speaker=e.speaker, role=e.role, locator=e.locator)
                for e in article.excerpts
            ),
            quoted=tuple(passage.text for passage in view.quotations),
            events=self._events(article),
            cited_by=tuple(f"{urls.FOLDERS[document_kind_of(one)]}/{one.id}" for one in citing),
            obtained=article.obtained,
            checksum=article.body.checksum,
            capture=article.capture.removeprefix("sha256:"),
        )

    def _via(self, article: Article) -> str:
        link = self._frame.via(article)
        if link is None:
            return article.via
        return link.url.removeprefix("../").removesuffix(".html")

    def _note(self, note: Note) -> data.NoteData:
        return data.NoteData(
            id=note.id,
            page=document_path(note),
            address=self._address(document_path(note)),
            title=note.title,
            date=note.date,
            updated=note.updated,
            authors=note.authors or self._library.site.authors,
            status=note.status,
            topics=self._known_topics(note.topics),
            tags=note.tags,
            summary=note.summary,
            html=self._html(note, self._page(note)),
            cites=self._cites(note.body),
            claims=self._held(note),
            events=self._events(note),
        )

    def _topic(self, topic: Topic) -> data.TopicData:
        return data.TopicData(
            id=topic.id,
            page=document_path(topic),
            address=self._address(document_path(topic)),
            title=topic.title,
            summary=topic.summary,
            parent=topic.parent if topic.parent in self._library.documents else "",
            html=self._html(topic, self._page(topic)),
            cites=self._cites(topic.body),
            claims=self._held(topic),
            events=self._events(topic),
        )

    def _held(self, document: Document) -> tuple[str, ...]:
        return tuple(claim.id for claim in self._library.held.get(document.id, ()))

    def _claim(self, claim: Claim) -> data.ClaimData:
        weighed = self._library.weighed[claim.id]
        evidence = (each for each in claim.evidence if each.article in self._library.witnesses)
        return data.ClaimData(
            id=claim.id,
            page=document_path(claim),
            address=self._address(document_path(claim)),
            statement=claim.statement,
            as_of=claim.as_of,
            state=weighed.state,
            supporting=len(weighed.supporting),
            disputing=len(weighed.disputing),
            topics=self._known_topics(claim.topics),
            tags=claim.tags,
            evidence=tuple(
                data.EvidenceData(
                    article=each.article,
                    stance=each.stance,
                    quote=each.quote,
                    speaker=each.speaker,
                    locator=each.locator,
                    comment=each.comment,
                )
                for each in evidence
            ),
            superseded_by=claim.superseded_by if weighed.state == "superseded" else "",
            holder=claim.holder,
            html=self._html(claim, self._page(claim)),
            cites=self._cites(claim.body),
        )

    # ------------------------------------------------------------ entities

    def _entities(self, kind: EntityKind) -> tuple[data.EntityData, ...]:
        ranks = self._library.ranks[kind]
        entities = self._library.entities[kind]
        return tuple(
            self._entity(entities[identifier]) for identifier in sorted(entities, key=ranks.__getitem__)
        )

    def _entity(self, entity: Entity) -> data.EntityData:
        path = urls.page_path(entity.kind, entity.id)
        place = entity.coordinates
        return data.EntityData(
            id=entity.id,
            page=path,
            address=self._address(path),
            name=entity.name,
            aliases=entity.aliases,
            description=entity.description,
            role=entity.role,
            owner=entity.owner,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            links=tuple(data.LinkData(title=each.title, url=each.url) for each in entity.links),
        )
