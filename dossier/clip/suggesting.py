"""Topics, people, organizations, places and the source that a text names, by one pass over it.

Only what stands in the registers and topics is ever proposed, by a name or an alias that occurs in the text
as a whole word. Of names that begin at one place the longest counts, and a name that two entries share
proposes none.
"""

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

import ahocorasick_rs

from dossier.clip.taken import Suggestions
from dossier.model import EntityKind, Register, Topic

_FIELDS: dict[str, EntityKind] = {
    "people": "person",
    "organizations": "organization",
    "places": "place",
}
MOST = 12
SHORTEST = 2


class Matcher:
    """All names of a site in one automaton, which is made once for any number of texts."""

    def __init__(self, topics: Iterable[Topic], registers: Iterable[Register]) -> None:
        registers = tuple(registers)
        owners: dict[str, set[tuple[str, str]]] = {}
        for topic in topics:
            if not topic.draft:
                for name in (topic.title, *topic.aliases):
                    owners.setdefault(_plain(name), set()).add(("topics", topic.id))
        kinds = {kind: field for field, kind in _FIELDS.items()}
        for register in registers:
            for entity in register.entities if register.kind in kinds else ():
                for name in (entity.name, *entity.aliases):
                    owners.setdefault(_plain(name), set()).add((kinds[register.kind], entity.id))
        self._sources = [
            entity for register in registers if register.kind == "source" for entity in register.entities
        ]
        # A name of several entries of one kind says nothing; one of a topic and of a place speaks for both.
        self._meant = {
            name: tuple(sorted(meant))
            for name, meant in owners.items()
            if len(name) >= SHORTEST and len({field for field, _ in meant}) == len(meant)
        }
        # Names that differ in their case only, as `Who` and `WHO`, are one pattern.
        spelled: dict[str, list[str]] = {}
        for name in self._meant:
            spelled.setdefault(_key(name), []).append(name)
        self._names = list(spelled.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(spelled), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def suggestions(self, text: str) -> Suggestions:
        """What the text names."""
        plain = _plain(text)
        counts: Counter[tuple[str, str]] = Counter()
        for number, start, end in self._automaton.find_matches_as_indexes(_key(plain)):
            for name in self._names[number] if _is_word(plain, start, end) else ():
                if _cased_alike(plain[start:end], name):
                    counts.update(self._meant[name])
        found: dict[str, list[str]] = {}
        for (field, identifier), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            found.setdefault(field, []).append(identifier)
        return Suggestions(**{field: tuple(ids[:MOST]) for field, ids in found.items()})

    def source(self, name: str, address: str) -> str:
        """The id of the source with this name, or on the host of this address; else the name."""
        wanted = _plain(name).casefold()
        for entity in self._sources:
            if wanted and wanted in (
                entity.id,
                *(_plain(each).casefold() for each in (entity.name, *entity.aliases)),
            ):
                return entity.id
        host = _host(address)
        if host and (not name or "." in name):
            for entity in self._sources:
                if host in (_host(link.url) for link in entity.links):
                    return entity.id
        return name


def _plain(text: str) -> str:
    """A text with one space for white space, and one kind of apostrophe and of hyphen."""
    return re.sub(r"\s+", " ", text).replace("’", "'").replace("‐", "-").replace("‑", "-").strip()


def _key(text: str) -> str:
    """A text in lower case that is as long as it was: some letters' lower case is two."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one if len(one.lower()) != 1 else one.lower() for one in text)


def _is_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (before.isalnum() or (before and before in "@#/") or after.isalnum())


def _cased_alike(found: str, name: str) -> bool:
    """Whether a name is written as a name: `US` isn't `us`, nor `Who` the WHO; a headline's capitals do."""
    if found == name:
        return True
    if not any(character.isupper() for character in name):
        return True
    if name.isupper() or len(name) < 4:
        return False
    return found[0].isupper()


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
