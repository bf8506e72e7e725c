"""The one that speaks to Typst: a page's citations as a small document of its, and the HTML that comes back.

https://typst.app/docs/reference/model/cite/
"""

import json
import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any, Literal, NamedTuple

from dossier.citations.html import JOINER
from dossier.diagnostics import DossierError, Mark, error
from dossier.model import CitationStyle
from dossier.views import CitedName, CitedWork

# Hayagriva's types (https://github.com/typst/hayagriva/blob/main/docs/file-format.md) by ours.
TYPES = {"report": "report", "transcript": "performance", "other": "web", "dataset": "web"}
PARENTS = {"news": "newspaper", "analysis": "periodical"}
QUOTES = "”’»“\"'"
_SPECIAL = re.compile(r"[\\{}$]")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_ENTRY = re.compile(r'<li id="(loc-\d+)">(.*?)</li>', re.DOTALL)
_BACK = re.compile(r'<sup role="doc-backlink">.*?</sup>', re.DOTALL)


class Asked(NamedTuple):
    """A work to be cited, and in which of Typst's forms."""

    id: str
    locator: str = ""
    form: Literal["normal", "prose", "author"] = "normal"


class Typeset(NamedTuple):
    """The HTML of each citation in their order, and of entries and notes by their places."""

    citations: list[str]
    entries: list[tuple[str, str]]
    notes: dict[str, str]


def typeset(
    works: Sequence[CitedWork], asked: Iterable[Sequence[Asked]], style: CitationStyle, language: str
) -> Typeset:
    """Let Typst write citations, each of one or more works. Raises DossierError where it can't be done."""
    document = [_language(language)]
    document += ("".join(map(_cite, citation)) for citation in asked)
    named = "style.csl" if style.text else style.name
    document.append(f'#bibliography("works.yml", style: {_quoted(named)}, title: none)')
    files = {
        "main": "\n\n".join(document),
        "works.yml": json.dumps({work.id: _work(work, style) for work in works}, ensure_ascii=False),
    }
    if style.text:
        files["style.csl"] = style.text
    text = _compiled(files, style).partition("<body>")[2]
    head, _, tail = text.partition('<section role="doc-bibliography"')
    listed, _, endnotes = tail.partition('<section role="doc-endnotes"')
    notes = {place: _BACK.sub("", html) for place, html in _ENTRY.findall(endnotes)}
    return Typeset(_PARAGRAPH.findall(head), _ENTRY.findall(listed), notes)


def _language(tag: str) -> str:
    """The language of a BCP 47 tag, and its region, by which British quotation marks aren't American ones."""
    subtags = tag.split("-")
    region = next((part for part in subtags[1:] if len(part) == 2 and part.isalpha()), "")
    regional = f", region: {_quoted(region.upper())}" if region else ""
    return f"#set text(lang: {_quoted(subtags[0].lower())}{regional})"


def _cite(asked: Asked) -> str:
    locator = f", supplement: [#{_quoted(asked.locator)}]" if asked.locator else ""
    return f'#cite(label({_quoted(asked.id)}){locator}, form: "{asked.form}")'


def _quoted(text: str) -> str:
    """A string as Typst reads it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _work(work: CitedWork, style: CitationStyle) -> dict[str, Any]:
    """A work in hayagriva's own form.

    In styles of names and years, what has no author is under the name of whoever published it, which the
    guides ask for (Chicago 15.37, APA 9.8), and without which the processor counts such works as one
    author's.
    """
    parent = PARENTS.get(work.kind, "")
    url: dict[str, str] = {"value": work.url, "date": work.accessed} if work.accessed else {"value": work.url}
    authors = [_name(name) for name in work.authors]
    issuer = work.container or work.publisher
    nameless = not authors and not style.notes
    if nameless and issuer:
        authors = [{"name": issuer}]
    fields: dict[str, Any] = {
        # An article that appeared nowhere would be called a preprint.
        "type": "article" if parent and issuer else TYPES.get(work.kind, "web" if parent else "misc"),
        "title": _as_written(work.title),
        "author": authors,
        "date": work.date,
        "url": url if work.url else "",
        "publisher": "" if nameless else _as_written(work.publisher),
        "genre": _as_written(work.genre),
        "language": work.language,
        "parent": {"type": parent, "title": _as_written(issuer)} if parent and issuer else "",
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


def _compiled(files: dict[str, str], style: CitationStyle) -> str:
    try:
        import typst  # Of the extra "citations": 80 MB, which few sites need.
    except ImportError:
        message = "the site's citation style needs Typst, which isn't installed"
        hint = "pip install 'dossier-site[citations]', or write citation_style: numbered"
        raise DossierError(error("site.yaml", Mark(), "citation-style", message, hint)) from None
    # Typst takes a folder's files in a dictionary; its types don't say so.
    encoded: Any = {name: text.encode() for name, text in files.items()}
    try:
        return bytes(typst.compile(encoded, format="html", ignore_system_fonts=True)).decode()
    except (RuntimeError, ValueError, typst.TypstError) as problem:
        message = f"Typst could not format the citations: {unescape(str(problem)).splitlines()[0]}"
        path, hint = (
            (style.name, "correct the style, or choose another")
            if style.text
            else ("", "choose another style")
        )
        raise DossierError(error(path or "site.yaml", Mark(), "citation-style", message, hint)) from None
