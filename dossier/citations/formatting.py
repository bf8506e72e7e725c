"""What a style makes of the works that a page cites: a function of works, citations and style.

Typst (https://typst.app) has a processor of the Citation Style Language, hayagriva. What that leaves to be
done is done here: words before and behind a work, citations without their author, years in the list's order.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import msgspec
from msgspec.structs import replace

from dossier.citations import locators
from dossier.citations.html import Pieces, parts, pieces
from dossier.citations.keeping import current
from dossier.citations.typesetting import Asked, Typeset, typeset
from dossier.model import CitationStyle, Record
from dossier.views import CitedWork, Piece

_NOTE = re.compile(r'role="doc-noteref"><a href="#(loc-\d+)"')
_LINK = re.compile(r'<a [^>]*?href="#(loc-\d+)"')
_LETTERED = re.compile(r"\b\d{4}[a-z]\b")
BETWEEN = "; "
EMPTY = "()"
_encode = msgspec.msgpack.Encoder().encode

Citation = tuple["Cited", ...]


class Cited(Record, frozen=True):
    """One work of a citation, with the words around it.

    `narrative` ones stand in running text, *Doe (2020)*; of `suppressed` ones the text names the author.
    """

    id: str
    locator: str = ""
    prefix: str = ""
    form: Literal["", "narrative", "suppressed"] = ""


class Part(Record, frozen=True):
    """A part of a citation: what belongs to the work of the number `item`, or, at -1, to none."""

    item: int
    pieces: Pieces


class Formatted(Record, frozen=True):
    """What a style makes of a page's citations, in their order, and of the works cited, in the style's.

    Where the style writes `notes`, `citations` are these notes' texts. `authors` are the works' authors as
    running text names them.
    """

    citations: tuple[tuple[Part, ...], ...]
    entries: tuple[tuple[str, Pieces], ...]
    authors: tuple[tuple[str, Pieces], ...]
    notes: bool


@lru_cache(maxsize=64)
def formatted(
    works: tuple[CitedWork, ...], citations: tuple[Citation, ...], style: CitationStyle, language: str
) -> Formatted:
    """Format a page's citations, or take them as they are kept.

    Raises DossierError where Typst isn't installed, or can't do it.
    """
    kept = current()
    key = hashlib.blake2b(_encode((works, citations, style, language)), digest_size=16).digest()
    value = kept.get(key)
    if value is not None:
        return msgspec.msgpack.decode(value, type=Formatted)
    found = _in_order(works, citations, style, language)
    kept.new[key] = _encode(found)
    return found


def _in_order(
    works: Sequence[CitedWork], citations: Sequence[Citation], style: CitationStyle, language: str
) -> Formatted:
    found = _formatted(works, citations, style, language)
    order = [identifier for identifier, _ in found.entries]
    lettered = any(_LETTERED.search(piece.text) for _, text in found.entries for piece in text)
    if not style.notes and lettered and order != [work.id for work in works]:
        # Typst gives letters to years in the order of citation; the list's order is what readers follow.
        by_id = {work.id: work for work in works}
        return _formatted([by_id[identifier] for identifier in order], citations, style, language)
    return found


def _formatted(
    works: Sequence[CitedWork], citations: Sequence[Citation], style: CitationStyle, language: str
) -> Formatted:
    # How each work is known again in Typst's HTML: it is cited by its author, and in styles of names alone.
    known: list[list[Asked]] = [[Asked(work.id, form="author")] for work in works]
    first = [] if style.notes else [[Asked(work.id)] for work in works]
    split = [_split(citation, style) for citation in citations]
    asked = [[_asked(one, style, language) for one in group] for groups in split for group in groups]
    made = typeset(works, [*first, *asked, *known], style, language)
    texts = iter(made.citations[len(first) :])
    grouped = [[next(texts) for _ in groups] for groups in split]
    by_author = made.citations[len(made.citations) - len(works) :]
    places = {
        link[1]: work.id for work, html in zip(works, by_author, strict=True) if (link := _LINK.search(html))
    }
    authors = {work.id: pieces(html) for work, html in zip(works, by_author, strict=True)}
    titles = {work.id: work.title for work in works}
    reader = _Reader(made, places, authors, titles, language)
    return Formatted(
        tuple(
            reader.citation(citation, groups, html)
            for citation, groups, html in zip(citations, split, grouped, strict=True)
        ),
        tuple((places[place], pieces(html)) for place, html in made.entries if place in places),
        tuple(authors.items()),
        style.notes,
    )


def _split(citation: Citation, style: CitationStyle) -> list[Citation]:
    """The groups of works that the style may order and draw together: all, or each alone.

    What has words of its own around it keeps its place. A note is one all the same.
    """
    if style.notes or len(citation) == 1:
        return [citation]
    own_words = any(one.prefix or locators.read(one.locator).suffix for one in citation)
    return [(one,) for one in citation] if own_words else [citation]


def _asked(cited: Cited, style: CitationStyle, language: str) -> Asked:
    locator = locators.read(cited.locator, language)
    text = locators.written(locator, bare_pages=style.bare_pages, language=language)
    narrative = cited.form == "narrative" and not style.notes
    return Asked(cited.id, text, "prose" if narrative else "normal")


class _Reader:
    """Reads citations out of what Typst made."""

    def __init__(
        self,
        made: Typeset,
        places: dict[str, str],
        authors: dict[str, Pieces],
        titles: dict[str, str],
        language: str,
    ) -> None:
        self._made, self._places = made, places
        self._authors, self._titles = authors, titles
        self._language = language

    def citation(
        self, citation: Citation, groups: Sequence[Citation], html: Sequence[str]
    ) -> tuple[Part, ...]:
        """The parts of a citation, whose works were cited in these groups."""
        left = list(range(len(citation)))
        found = [self._group(citation, left, text) for text in html]
        if len(found) == 1:
            return tuple(self._worded(citation, found[0]))
        inner = [[part for part in group if part.item >= 0] for group in found]
        opening = found[0][:1] if found[0] and found[0][0].item < 0 else []
        closing = found[-1][-1:] if found[-1] and found[-1][-1].item < 0 else []
        between = Part(-1, (Piece(BETWEEN),))
        joined = [part for group in inner for part in (between, *self._worded(citation, group))]
        return (*opening, *joined[1:], *closing)

    def _group(self, citation: Citation, left: list[int], html: str) -> list[Part]:
        """The parts of a group. `left` are the works of the citation that haven't been found yet."""
        note = _NOTE.search(html)
        found = []
        for place, text in parts(self._made.notes.get(note[1], "") if note else html):
            identifier = self._places.get(place)
            item = next((number for number in left if citation[number].id == identifier), -1)
            if item >= 0:
                left.remove(item)
                text = self._formed(citation[item], text)
            if text:
                found.append(Part(item, text))
        return found

    def _formed(self, cited: Cited, text: Pieces) -> Pieces:
        """The text of one work, without its author where that is suppressed; never without any name."""
        if cited.form == "suppressed":
            return _without(text, _plain(self._authors[cited.id])) or text
        if cited.form == "narrative" and _plain(text).endswith(EMPTY):  # It says names alone.
            return self._authors[cited.id]
        if cited.form == "narrative" and _plain(text).startswith("("):
            return (Piece(self._titles[cited.id] + " "), *text)
        return text

    def _worded(self, citation: Citation, group: Sequence[Part]) -> list[Part]:
        """The parts of a group with the words that stand before and behind its works."""
        found: list[Part] = []
        for part in group:
            if part.item < 0:
                found.append(part)
                continue
            cited = citation[part.item]
            suffix = locators.read(cited.locator, self._language).suffix
            if cited.prefix:
                found.append(Part(-1, (Piece(cited.prefix + " "),)))
            found.append(part)
            if suffix:
                found.append(Part(-1, (Piece(suffix if suffix[0] in ",.:;!?) " else f" {suffix}"),)))
        return found


def _plain(text: Pieces) -> str:
    return "".join(piece.text for piece in text)


def _without(text: Pieces, author: str) -> Pieces:
    """Pieces without the author at their beginning, and without the sign that follows it."""
    if not author or not _plain(text).startswith(author):
        return text
    left, found = len(author), list[Piece]()
    for piece in text:
        rest = piece.text[left:]
        left = max(0, left - len(piece.text))
        rest = rest if found else rest.lstrip(" ,.:")
        if rest:
            found.append(replace(piece, text=rest))
    return tuple(found)
