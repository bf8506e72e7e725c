"""BibTeX, in UTF-8 (as biber and every reference manager read it)."""

import re

from dossier.views import BibliographyView, CitedName, CitedWork

# The types that plain BibTeX styles know as well; where a work appeared has another name in each.
TYPES = {
    "news": ("article", "journal"),
    "analysis": ("article", "journal"),
    "report": ("techreport", "institution"),
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What TeX would take for a command, as it is written to be shown.
_SPECIAL = re.compile(r"[\\{}%&$#_~^]")
# Between signs that TeX would join to another: a dash, a quotation mark, Spanish punctuation.
_JOINED = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)|(?<=,)(?=,)|(?<=[<>])(?=[<>])")
_WRITTEN = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def write(view: BibliographyView) -> bytes:
    """The works as a BibTeX file."""
    # Bibliographies are seldom made anew, and other builds needn't load their writers.
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.middlewares import default_unparse_stack
    from bibtexparser.model import Block, Entry, Field

    entries: list[Block] = [
        Entry(TYPES.get(work.kind, ("misc", ""))[0], work.id, [Field(*field) for field in _fields(work)])
        for work in view.works
    ]
    stack = default_unparse_stack(allow_inplace_modification=True)
    text: str = write_string(Library(entries), unparse_stack=stack)
    return text.encode()


def _fields(work: CitedWork) -> list[tuple[str, str]]:
    """A work's fields, without what isn't known. Braces keep a title's capitals from the styles."""
    place = TYPES.get(work.kind, ("misc", "howpublished"))[1]
    year, _, rest = work.date.partition("-")
    month, _, day = rest.partition("-")
    fields = {
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
    }
    return [(name, value) for name, value in fields.items() if value]


def escaped(text: str) -> str:
    """Text on one line that TeX shows as it is."""
    line = " ".join(text.split())
    return _JOINED.sub("{}", _SPECIAL.sub(lambda found: _WRITTEN.get(found[0], "\\" + found[0]), line))


def _address(url: str) -> str:
    """An address: read as it is by what reads BibTeX, but for braces, which would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _name(name: CitedName) -> str:
    """A name as BibTeX reads it; one that isn't a person's stands in braces."""
    if not name.family:
        return f"{{{escaped(name.name)}}}"
    return ", ".join(escaped(part) for part in (name.family, name.given) if part)
