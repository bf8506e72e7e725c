"""Works out of a bibliography that another program wrote, and what of it dossier has no place for."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from msgspec.structs import replace

from dossier.bibliography import bibtex, csl_json, ris
from dossier.diagnostics import DossierError, Mark, error
from dossier.model import Kind
from dossier.views import CitedName, CitedWork

NOTHING = CitedWork("", "other", "", (), "", "", "", "", "", "", "", "", "", (), "")
# CSL's types that say the same as ours in other words.
MORE_TYPES: dict[str, Kind] = {
    "article-journal": "analysis",
    "post-weblog": "analysis",
    "post": "other",
    "broadcast": "news",
    "interview": "transcript",
    "hearing": "transcript",
    "legislation": "official",
    "regulation": "official",
    "treaty": "official",
    "bill": "official",
    "legal_case": "official",
    "book": "report",
    "chapter": "report",
    "thesis": "report",
    "paper-conference": "report",
}
# What Zotero and others put into "Extra": a field that the form itself doesn't have.
_EXTRA = re.compile(r"([A-Za-z][\w. -]{1,40}): \S")
_ANNOTE = re.compile(r"^([ \t]*)(annote|annotation)([ \t]*=)", re.MULTILINE | re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")


@dataclass(frozen=True)
class Read:
    """A work, the names of the fields that could not be carried over, and the notes that go with it.

    A note is plain text or a piece of HTML, as the program keeps it.
    """

    work: CitedWork
    lost: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_bibliography(name: str, data: bytes) -> tuple[Read, ...]:
    """The works of a file, by its name's suffix: `.json`, `.bib` or `.ris`. Raises DossierError."""
    readers: dict[str, Callable[[str], Iterable[Read]]] = {".json": _csl, ".bib": _bib, ".ris": _ris}
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix not in readers:
        hint = "give a file of CSL-JSON (.json), BibTeX (.bib) or RIS (.ris)"
        raise DossierError(error(name, Mark(), "bibliography", "no bibliography by its name", hint))
    try:
        text = data.decode("utf-8-sig")
        return tuple(readers[suffix](text))
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        message, hint = "the file is not UTF-8", "save it as UTF-8"
        raise DossierError(error(name, Mark(line), "bibliography", message, hint)) from None
    except json.JSONDecodeError as problem:
        message = f"this is no JSON: {problem.msg}"
        mark = Mark(problem.lineno, problem.colno)
        raise DossierError(error(name, mark, "bibliography", message, "export it again")) from None
    except (TypeError, ValueError, AttributeError, KeyError, OSError, RecursionError) as problem:
        message = f"this can't be read as a bibliography: {problem}"
        raise DossierError(error(name, Mark(), "bibliography", message, "export it again")) from None


# ---------------------------------------------------------------- CSL-JSON


def _csl(text: str) -> Iterable[Read]:
    items = json.loads(text)
    kinds = {csl: kind for kind, csl in csl_json.TYPES.items()}
    for item in items["items"] if isinstance(items, dict) else items:
        given = dict(item)
        notes, extra = noted(str(given.pop("note", "")), str(given.pop("annote", "")))
        read = _Fields(given)
        kind = read.text("type")
        work = replace(
            NOTHING,
            id=str(given.pop("id", "")),
            kind=kinds.get(kind) or MORE_TYPES.get(kind, "other"),
            title=read.text("title"),
            authors=tuple(_csl_name(name) for name in given.pop("author", ())),
            container=read.text("container-title"),
            publisher=read.text("publisher"),
            genre=read.text("genre"),
            date=_csl_date(given.pop("issued", {})),
            accessed=_csl_date(given.pop("accessed", {})),
            url=read.text("URL"),
            archive=read.text("archive_location"),
            language=read.text("language"),
            abstract=read.text("abstract"),
            tags=_split(read.text("keyword"), ";" if ";" in str(item.get("keyword", "")) else ","),
            page=str(given.pop("custom", {}).get("page", "")),
        )
        yield Read(work, read.lost(extra), notes)


def noted(extra: str, *notes: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The notes, and the fields that Zotero's "Extra" holds, as `PMID: 123` on lines of their own."""
    lines = extra.strip().split("\n")
    fields = {match[1]: line for line in lines if (match := _EXTRA.match(line))}
    free = "\n".join(line for line in lines if not _EXTRA.match(line)).strip()
    return tuple(note for note in (free, *(note.strip() for note in notes)) if note), fields


def _csl_name(name: Mapping[str, Any]) -> CitedName:
    if "literal" in name:
        return CitedName(str(name["literal"]))
    particles = ("dropping-particle", "non-dropping-particle")
    particle = " ".join(str(name[key]) for key in particles if key in name)
    family = " ".join(part for part in (particle, str(name.get("family", ""))) if part)
    return person(family, str(name.get("given", "")))


def _csl_date(date: Mapping[str, Any]) -> str:
    parts = (date.get("date-parts") or [[]])[0]
    if parts:
        return _joined([str(part) for part in parts])
    return _edtf(str(date.get("raw") or date.get("literal") or ""))


# ---------------------------------------------------------------- BibTeX

KINDS: dict[str, Kind] = {kind: kind for kind in csl_json.TYPES}
BIBTEX_KINDS: dict[str, Kind] = {
    "techreport": "report",
    "report": "report",
    "article": "news",
    "dataset": "dataset",
}


def _bib(text: str) -> Iterable[Read]:
    from bibtexparser import middlewares
    from bibtexparser.entrypoint import parse_string

    stack = [
        middlewares.ResolveStringReferencesMiddleware(),
        middlewares.RemoveEnclosingMiddleware(),
        middlewares.SeparateCoAuthors(),
        middlewares.SplitNameParts(),
    ]
    # Zotero writes a field for each note, and the library takes no two of one name.
    numbers = count(1)
    text = _ANNOTE.sub(lambda found: f"{found[1]}annote-{next(numbers)}{found[3]}", text)
    library = parse_string(text, parse_stack=stack)
    if library.failed_blocks:
        raise ValueError(
            f"line {(library.failed_blocks[0].start_line or 0) + 1} begins an entry that can't be read"
        )
    for entry in library.entries:
        yield _bib_entry(entry.entry_type.lower(), entry.key, {f.key.lower(): f.value for f in entry.fields})


def _bib_entry(entry_type: str, key: str, given: dict[str, Any]) -> Read:
    names = given.pop("author", ())
    addresses = {name: str(given.pop(name, "")) for name in ("url", "note")}
    annotes = [in_paragraphs(str(given.pop(name))) for name in list(given) if name.startswith("annote-")]
    read = _Fields({name: plain(str(value)) for name, value in given.items()})
    subtype, note = read.text("entrysubtype"), addresses["note"]
    archived = note.startswith("Archived at http")
    year, month, day = (read.text(name) for name in ("year", "month", "day"))
    parts = _joined([part for part in (year, _month(month), day) if part])
    work = replace(
        NOTHING,
        id=key,
        kind=KINDS.get(subtype) or BIBTEX_KINDS.get(entry_type, "other"),
        title=read.text("title"),
        authors=tuple(_bib_name(name) for name in names),
        container=read.text("journal", "journaltitle"),
        publisher=read.text("institution", "publisher", "howpublished"),
        genre=read.text("type"),
        date=_edtf(read.text("date")) or parts,
        accessed=_edtf(read.text("urldate")),
        url=addresses["url"],
        archive=note.removeprefix("Archived at ") if archived else "",
        language=read.text("language", "langid"),
        abstract=read.text("abstract"),
        tags=_split(read.text("keywords"), ","),
    )
    notes, extra = noted("" if archived else in_paragraphs(note), *annotes)
    return Read(work, read.lost(extra), notes)


def in_paragraphs(text: str) -> str:
    """A BibTeX value of several paragraphs as it is meant to be read."""
    return "\n\n".join(filter(None, map(plain, re.split(r"\n[ \t]*\n", text))))


def plain(text: str) -> str:
    """A BibTeX value as it is meant to be read."""
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

    # The library takes this command for the accent of that look.
    text = text.replace(r"\textasciicircum{}", "^")
    return " ".join(str(LatexNodes2Text(math_mode="verbatim").latex_to_text(text)).split())


def _bib_name(name: Any) -> CitedName:
    """A name as its parts; what stands in braces is a body's."""
    family = " ".join([*name.von, *name.last])
    if not name.first and family.startswith("{") and family.endswith("}"):
        return CitedName(plain(family))
    return person(plain(" ".join([family, *name.jr])), plain(" ".join(name.first)))


def _month(month: str) -> str:
    known = [name for name in bibtex.MONTHS if month.casefold().startswith(name)]
    return str(bibtex.MONTHS.index(known[0]) + 1) if known else month


# ---------------------------------------------------------------- RIS


def _ris(text: str) -> Iterable[Read]:
    import rispy  # type: ignore[import-untyped]

    kinds = {tag: kind for kind, tag in ris.TYPES.items()}
    for reference in rispy.loads(text):
        yield _ris_reference(dict(reference), kinds)


def _ris_reference(given: dict[str, Any], kinds: Mapping[str, Kind]) -> Read:
    names = [*given.pop("authors", ()), *given.pop("first_authors", ())]
    urls = list(given.pop("urls", ()))
    tags = tuple(given.pop("keywords", ()))
    notes = "\n".join(given.pop("notes", ()))
    read = _Fields(given)
    work = replace(
        NOTHING,
        id=read.text("id"),
        kind=MORE_RIS_TYPES.get(kind := read.text("type_of_reference")) or kinds.get(kind, "other"),
        title=read.text("title", "primary_title"),
        authors=tuple(_ris_name(name) for name in names),
        container=read.text("secondary_title", "journal_name", "alternate_title3"),
        publisher=read.text("publisher"),
        genre=read.text("type_of_work"),
        date=_edtf(read.text("date")) or _edtf(read.text("year", "publication_year")),
        url=urls[0] if urls else "",
        archive=read.text("file_attachments2"),
        accessed=_edtf(read.text("access_date")),
        language=read.text("language"),
        abstract=read.text("abstract", "notes_abstract"),
        tags=tags,
    )
    given.pop("year", None)
    return Read(work, read.lost({"urls": " ".join(urls[1:])}), (notes,) if notes.strip() else ())


MORE_RIS_TYPES: dict[str, Kind] = {"JOUR": "analysis", "BLOG": "analysis", "BOOK": "report", "CHAP": "report"}


def _ris_name(name: str) -> CitedName:
    family, comma, given = name.partition(",")
    return person(family.strip(), given.strip()) if comma else CitedName(" ".join(name.split()))


# ---------------------------------------------------------------- parts


class _Fields:
    """An item's fields, of which those are taken out that have a place."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given

    def text(self, *names: str) -> str:
        """The first of these fields that says anything."""
        found = [" ".join(str(self._given.pop(name, "")).split()) for name in names]
        return next((text for text in found if text), "")

    def lost(self, more: Mapping[str, str]) -> tuple[str, ...]:
        """The names of the fields that say something and have no place."""
        return tuple(sorted(name for name, value in {**self._given, **more}.items() if value))


def person(family: str, given: str) -> CitedName:
    """A person's name in its parts; in one piece as it is written for others to read."""
    return CitedName(" ".join(part for part in (given, family) if part), family, given)


def _split(text: str, sign: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in text.split(sign)) if part)


def _edtf(text: str) -> str:
    """The day, month or year that a date begins with."""
    found = _DATE.match(text.strip())
    return _joined([part for part in found.groups() if part]) if found else ""


def _joined(parts: Iterable[str]) -> str:
    return "-".join(part.zfill(4 if n == 0 else 2) for n, part in enumerate(parts))
