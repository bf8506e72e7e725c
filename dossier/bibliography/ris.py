"""RIS, the tagged form that reference managers have exchanged since the 1980s.

https://refdb.sourceforge.net/manual/c1406.html
"""

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
    return "\n".join(map(_reference, view.works)).encode()


def _reference(work: CitedWork) -> str:
    """A work's tags, of which TY is the first and ER the last. Every value stands on one line."""
    tags = [
        ("TY", TYPES[work.kind]),
        ("ID", work.id),
        ("TI", _line(work.title)),
        *(("AU", _line(_name(name))) for name in work.authors),
        ("T2", _line(work.container)),
        ("PB", _line(work.publisher)),
        ("PY", work.date[:4]),
        ("DA", _date(work.date)),
        ("UR", work.url),
        ("L2", work.archive),
        ("Y2", _date(work.accessed)),
        ("LA", work.language),
        ("AB", _line(work.abstract)),
        *(("KW", _line(tag)) for tag in work.tags),
        ("M3", _line(work.genre)),
    ]
    return "".join([f"{tag}  - {value}\n" for tag, value in tags if value]) + "ER  - \n"


def _line(text: str) -> str:
    """A new line would begin another tag."""
    return " ".join(text.split())


def _date(date: str) -> str:
    """`2020/02/12/`: what isn't known of a date is empty, its slashes stay."""
    return "/".join([*date.split("-"), "", "", ""][:3]) + "/" if date else ""


def _name(name: CitedName) -> str:
    return ", ".join(part for part in (name.family, name.given) if part) or name.name
