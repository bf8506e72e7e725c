"""RIS, the tagged form that reference managers have exchanged since the 1980s.

https://refdb.sourceforge.net/manual/c1406.html
"""

from typing import Any

from dossier.model import Kind
from dossier.views import BibliographyView, CitedName, CitedWork

TYPES: dict[Kind, str] = {
    "news": "NEWS",
    "report": "RPRT",
    "transcript": "HEAR",
    "press-release": "PRESS",
    "official": "GOVDOC",
    "analysis": "MGZN",
    "dataset": "DATA",
    "other": "ELEC",
}


def write(view: BibliographyView) -> bytes:
    """The works as an RIS file."""
    import rispy  # type: ignore[import-untyped]  # As in BibTeX.

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        """Without a number before each reference, which some readers stumble over."""

        def set_header(self, count: int) -> str:
            return ""

    text: str = rispy.dumps([_reference(work) for work in view.works], implementation=Writer)
    return (text.strip("\n") + "\n").encode()


def _reference(work: CitedWork) -> dict[str, Any]:
    """A work by rispy's names of the tags, without what isn't known. Every value stands on one line."""
    values: dict[str, Any] = {
        "type_of_reference": TYPES[work.kind],
        "id": work.id,
        "title": _line(work.title),
        "authors": [_line(_name(name)) for name in work.authors],
        "secondary_title": _line(work.container),
        "publisher": _line(work.publisher),
        "year": work.date[:4],
        "date": _date(work.date),
        "urls": [url for url in (work.url,) if url],
        "file_attachments2": work.archive,
        "access_date": _date(work.accessed),
        "language": work.language,
        "abstract": _line(work.abstract),
        "keywords": [_line(tag) for tag in work.tags],
        "type_of_work": _line(work.genre),
    }
    return {name: value for name, value in values.items() if value}


def _line(text: str) -> str:
    """A new line would begin another tag."""
    return " ".join(text.split())


def _date(date: str) -> str:
    """`2020/02/12/`: what isn't known of a date is empty, its slashes stay."""
    return "/".join([*date.split("-"), "", "", ""][:3]) + "/" if date else ""


def _name(name: CitedName) -> str:
    return ", ".join(part for part in (name.family, name.given) if part) or name.name
