"""What else to read: the documents that share with one what it names and what cites it, or what it cites.

Two documents hang together by each *thing* that they share: an entity that both name, a document that cites
both, an article that both cite. What few share says more than what many do. Of those that share a thing only
the nearest in time are looked at, so that a document costs the same in a dossier of any size.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal

from dossier.library import Library
from dossier.library.checks import find_slot_target
from dossier.library.entities import KINDS
from dossier.model import Article, EntityKind, Note
from dossier.plan.frame import Frame, Lazy
from dossier.views import Link, Related

# How many are shown, and how many reasons with each.
MOST, REASONS = 5, 3
# How many to either side in time are looked at, of those that share a thing.
NEAR = 8
# A thing that two share weighs 12, one that a hundred share 7, one that eight thousand share nothing much.
HEAVIEST = 14
# What two documents have to share at least: a thing that less than 32 do, or two that a thousand do.
LEAST = 9

# ("person", id) and the like, ("by", id of a document that cites it), ("of", id of an article that it cites).
Thing = tuple[EntityKind | Literal["by", "of"], str]
# What articles name; their outlet publishes too much to hang them together.
NAMED: tuple[EntityKind, ...] = ("person", "organization", "place")


class Threads:
    """What documents of one library hang together by. Made of it alone, as far as it is asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._articles = {article.id: place for place, article in enumerate(library.articles)}
        self._notes = {note.id: place for place, note in enumerate(library.notes)}
        self._sharing: Lazy[Thing, list[int]] = Lazy(self._places)

    @cached_property
    def _noted(self) -> dict[Thing, list[int]]:
        """Where the notes that share a thing stand among all, the newest first."""
        found: dict[Thing, list[int]] = {}
        for place, note in enumerate(self._library.notes):
            for thing in self._of_note(note):
                found.setdefault(thing, []).append(place)
        return found

    def of(self, document: Article | Note) -> tuple[Thing, ...]:
        """The things of a document, in its own order and each once."""
        return self._of_article(document) if isinstance(document, Article) else self._of_note(document)

    def nearest(self, document: Article | Note) -> list[tuple[Article | Note, list[Thing]]]:
        """The documents of its kind that share most with it, and what they share; the closest first."""
        is_article = isinstance(document, Article)
        places, members = (
            (self._articles, self._library.articles) if is_article else (self._notes, self._library.notes)
        )
        own, things = places[document.id], self.of(document)
        weights: dict[int, int] = {}
        for thing in things:
            sharing = self._sharing[thing] if is_article else self._noted[thing]
            if len(sharing) > 1:
                here, weight = bisect_left(sharing, own), max(1, HEAVIEST - len(sharing).bit_length())
                for place in sharing[max(0, here - NEAR) : here + NEAR + 1]:
                    weights[place] = weights.get(place, 0) + weight
        known = self._linked(document)
        close = [
            (-weight, abs(place - own), place)
            for place, weight in weights.items()
            if weight >= LEAST and place != own and members[place].id not in known
        ]
        found = []
        for _, _, place in sorted(close)[:MOST]:
            theirs = set(self.of(members[place]))
            found.append((members[place], [thing for thing in things if thing in theirs]))
        return found

    def _places(self, thing: Thing) -> list[int]:
        """Where the articles that share a thing stand among all, the newest first."""
        kind, identifier = thing
        if kind == "by" or kind == "of":
            cited = self._library.documents[identifier].body.citations
            return sorted(self._articles[each] for each in dict.fromkeys(cited) if each in self._articles)
        return [self._articles[article.id] for article in self._library.named_in[kind].get(identifier, ())]

    def _of_article(self, article: Article) -> tuple[Thing, ...]:
        ids = self._library.entity_ids
        things: list[Thing] = [(kind, each) for kind in NAMED for each in ids[kind][article.id]]
        things += [("by", document.id) for document in self._library.cited_in.get(article.id, ())]
        return tuple(things)

    def _of_note(self, note: Note) -> tuple[Thing, ...]:
        library = self._library
        things: list[Thing] = [("of", cited) for cited in note.body.citations if cited in self._articles]
        for slot in note.body.slots:
            target = find_slot_target(slot, library.targets, library.file_targets)
            if target is not None:
                things += [(kind, target.id) for kind in KINDS if kind == target.kind]
        return tuple(dict.fromkeys(things))

    def _linked(self, document: Article | Note) -> set[str]:
        """The documents that its page leads to anyway: those that cite it or that its text leads to."""
        library = self._library
        known = {each.id for each in library.cited_in.get(document.id, ())}
        known.update(each.id for each in library.mentioned_in.get(document.id, ()))
        return known.union(document.body.mentions, document.body.citations)


def related(frame: Frame, threads: Threads, document: Article | Note) -> tuple[Related, ...]:
    """What else to read, and why. Empty where the site does without."""
    if not frame.library.site.related:
        return ()
    return tuple(_related(frame, other, shared) for other, shared in threads.nearest(document))


def _related(frame: Frame, document: Article | Note, shared: Sequence[Thing]) -> Related:
    library = frame.library
    named = [(kind, each) for kind, each in shared if kind != "by" and kind != "of"]
    # What is said of few is the best reason.
    named.sort(key=lambda thing: len(library.named_in[thing[0]].get(thing[1], ())))
    return Related(
        card=frame.cards[document.id],
        named=tuple(frame.entity_links[thing] for thing in named[:REASONS]),
        more=len(named[REASONS:]),
        cited_in=_links(frame, [each for kind, each in shared if kind == "by"]),
        cites=_links(frame, [each for kind, each in shared if kind == "of"]),
    )


def _links(frame: Frame, ids: Iterable[str]) -> tuple[Link, ...]:
    """Links to the first few documents, notes and articles first: topics cite much of what they hold."""
    known = frame.library.documents
    ordered = sorted(ids, key=lambda each: not isinstance(known[each], Article | Note))
    return tuple(frame.links[each] for each in ordered[: REASONS - 1])
