"""BibTeX, in UTF-8 (as biber and every reference manager read it)."""

import re
from collections.abc import Iterable

from dossier.views import BibliographyView, CitedName, CitedWork

# The types that plain BibTeX styles know as well; where a work appeared has another name in each.
TYPES = {
    "news": ("article", "journal"),
    "analysis": ("article", "journal"),
    "report": ("techreport", "institution"),
}
_OTHER = ("misc", "howpublished")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What TeX would take for a command, as it is written to be shown.
_SPECIAL = re.compile(r"[\\{}%&$#_~^]")
# Between signs that TeX would join to another: a dash, a quotation mark, Spanish punctuation.
_JOINED = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)|(?<=,)(?=,)|(?<=[<>])(?=[<>])")
_ANY = re.compile(r"[\\{}%&$#_~^`'?!,<>-]")
_WRITTEN = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def write(view: BibliographyView) -> bytes:
    """The works as a BibTeX file."""
    return "\n".join(map(_entry, view.works)).encode()


def _entry(work: CitedWork) -> str:
    fields = "".join([f"\t{name} = {{{value}}},\n" for name, value in _fields(work) if value])
    return f"@{TYPES.get(work.kind, _OTHER)[0]}{{{work.id},\n{fields}}}\n"


def _fields(work: CitedWork) -> Iterable[tuple[str, str]]:
    """A work's fields, empty where they aren't known. Braces keep a title's capitals from the styles."""
    place = TYPES.get(work.kind, _OTHER)[1]
    year, _, rest = work.date.partition("-")
    month, _, day = rest.partition("-")
    return {
        "title": f"{{{escaped(work.title)}}}" if work.title else "",
        "author": " and ".join(_name(name) for name in work.authors),
        place: escaped(work.container or work.publisher),
        "type": escaped(work.genre),
        "entrysubtype": work.kind,
        "year": year,
        "month": MONTHS[int(month) - 1] if month else "",
        "day": day,
        "date": work.date,
        "url": _address(work.url),
        "urldate": work.accessed,
        "note": f"Archived at {_address(work.archive)}" if work.archive else "",
        "language": work.language,
        "abstract": escaped(work.abstract),
        "keywords": escaped(", ".join(work.tags)),
    }.items()


def escaped(text: str) -> str:
    """Text on one line that TeX shows as it is."""
    line = " ".join(text.split())
    if not _ANY.search(line):
        return line
    return _JOINED.sub("{}", _SPECIAL.sub(lambda found: _WRITTEN.get(found[0], "\\" + found[0]), line))


def _address(url: str) -> str:
    """An address: read as it is by what reads BibTeX, but for braces, which would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _name(name: CitedName) -> str:
    """A name as BibTeX reads it; one that isn't a person's stands in braces."""
    if not name.family:
        return f"{{{escaped(name.name)}}}"
    return ", ".join(escaped(part) for part in (name.family, name.given) if part)
