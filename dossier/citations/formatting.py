"""What a style makes of the works that a page cites: a function of works, citations and style.

Typst (https://typst.app) has a processor of the Citation Style Language, hayagriva. A page's citations are
given to it as a small document, and its HTML is taken apart again.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import Any

from dossier.citations.html import JOINER, pieces
from dossier.diagnostics import DossierError, Mark, error
from dossier.model import Record
from dossier.views import CitedName, CitedWork, Piece

# Hayagriva's types (https://github.com/typst/hayagriva/blob/main/docs/file-format.md) by ours.
TYPES = {"report": "report", "transcript": "performance", "other": "web", "dataset": "web"}
PARENTS = {"news": "newspaper", "analysis": "periodical"}
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_ENTRY = re.compile(r'<li id="(loc-\d+)">(.*?)</li>', re.DOTALL)
_LINK = re.compile(r'<a href="#(loc-\d+)"[^>]*>')
_NOTE = re.compile(r'role="doc-noteref"><a href="#(loc-\d+)"')
_BACK = re.compile(r'<sup role="doc-backlink">.*?</sup>', re.DOTALL)
QUOTES = "”’»“\"'"
_SPECIAL = re.compile(r"[\\{}$]")


class Cited(Record, frozen=True):
    """One work of a citation. `narrative` citations stand in running text: *Doe (2020)*."""

    id: str
    locator: str = ""
    narrative: bool = False


class Formatted(Record, frozen=True):
    """What a style makes of a page's citations, in their order, and of the works cited, in the style's.

    Where the style writes `notes`, `citations` are empty, and `entries` are the notes that cite each work for
    the first time.
    """

    citations: tuple[tuple[Piece, ...], ...]
    entries: tuple[tuple[str, tuple[Piece, ...]], ...]
    notes: bool


@lru_cache(maxsize=512)
def formatted(works: tuple[CitedWork, ...], cited: tuple[Cited, ...], style: str, language: str) -> Formatted:
    """Format a page's citations. Raises DossierError where Typst isn't installed, or can't do it."""
    data = _compiled(_document(works, cited, style, language), _library(works))
    text = data.partition("<body>")[2]
    head, _, tail = text.partition('<section role="doc-bibliography"')
    listed, _, endnotes = tail.partition('<section role="doc-endnotes"')
    paragraphs = _PARAGRAPH.findall(head)
    links = [_LINK.search(paragraph) for paragraph in paragraphs[: len(works)]]
    places = {link[1]: work.id for link, work in zip(links, works, strict=False) if link}
    if 'role="doc-noteref"' in head:
        return _notes(works, paragraphs, endnotes)
    listed_places = [(places[place], html) for place, html in _ENTRY.findall(listed) if place in places]
    return Formatted(
        citations=tuple(pieces(paragraph) for paragraph in paragraphs[len(works) :]),
        entries=tuple((identifier, pieces(html)) for identifier, html in listed_places),
        notes=False,
    )


def _notes(works: Sequence[CitedWork], paragraphs: Sequence[str], endnotes: str) -> Formatted:
    """In a style of notes, the entries are the notes that cite each work for the first time."""
    notes = {place: _BACK.sub("", html) for place, html in _ENTRY.findall(endnotes)}
    entries = []
    for work, paragraph in zip(works, paragraphs, strict=False):
        place = _NOTE.search(paragraph)
        if place and place[1] in notes:
            entries.append((work.id, pieces(notes[place[1]])))
    return Formatted((), tuple(entries), notes=True)


def _document(works: Sequence[CitedWork], cited: Sequence[Cited], style: str, language: str) -> str:
    """The document: each work cited alone, by which its entry is known; then the citations."""
    alone = [Cited(work.id) for work in works]
    lines = [f"#set text(lang: {_quoted(language.partition('-')[0])})"]
    for one in (*alone, *cited):
        locator = f", supplement: [#{_quoted(one.locator)}]" if one.locator else ""
        form = ', form: "prose"' if one.narrative else ""
        lines.append(f"#cite(label({_quoted(one.id)}){locator}{form})")
    lines.append(f'#bibliography("works.yml", style: {_quoted(style)}, title: none)')
    return "\n\n".join(lines)


def _quoted(text: str) -> str:
    """A string as Typst reads it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _library(works: Sequence[CitedWork]) -> str:
    """The works in hayagriva's own form, YAML, of which JSON is a part."""
    return json.dumps({work.id: _work(work) for work in works}, ensure_ascii=False)


def _work(work: CitedWork) -> dict[str, Any]:
    parent = PARENTS.get(work.kind, "")
    url: dict[str, str] = {"value": work.url, "date": work.accessed} if work.accessed else {"value": work.url}
    fields: dict[str, Any] = {
        "type": "article" if parent else TYPES.get(work.kind, "misc"),
        "title": _as_written(work.title),
        "author": [_name(name) for name in work.authors],
        "date": work.date,
        "url": url if work.url else "",
        "publisher": _as_written(work.publisher),
        "genre": _as_written(work.genre),
        "language": work.language,
        "parent": {"type": parent, "title": _as_written(work.container)} if parent and work.container else "",
    }
    return {name: value for name, value in fields.items() if value}


def _as_written(text: str) -> str:
    """Text in its own capitals: braces keep the styles, which would change them, from it."""
    line = _SPECIAL.sub(lambda found: "\\" + found[0], " ".join(text.split()))
    return f"{{{line}{JOINER if line[-1] in QUOTES else ''}}}" if line else ""


def _name(name: CitedName) -> dict[str, str]:
    if not name.family:
        return {"name": name.name}
    return {"name": name.family, "given-name": name.given} if name.given else {"name": name.family}


def _compiled(document: str, library: str) -> str:
    try:
        import typst  # Of the extra "citations": 80 MB, which few sites need.
    except ImportError:
        message = "the site's citation style needs Typst, which isn't installed"
        hint = "pip install 'dossier-site[citations]', or write citation_style: numbered"
        raise DossierError(error("site.yaml", Mark(), "citation-style", message, hint)) from None
    # Typst takes a folder's files in a dictionary; its types don't say so.
    files: Any = {"main": document.encode(), "works.yml": library.encode()}
    try:
        return bytes(typst.compile(files, format="html", ignore_system_fonts=True)).decode()
    except (RuntimeError, ValueError, typst.TypstError) as problem:
        message = f"Typst could not format the citations: {unescape(str(problem)).splitlines()[0]}"
        raise DossierError(
            error("site.yaml", Mark(), "citation-style", message, "choose another style")
        ) from None
