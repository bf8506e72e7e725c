"""Bibliographies that other programs read and write: CSL-JSON, BibTeX, RIS.

Written plainly, since libraries' writers take four times as long at 10,000 works; read by bibtexparser and
rispy, which this room alone knows.
"""

from collections.abc import Callable

from dossier.bibliography import bibtex, csl_json, ris
from dossier.bibliography.reading import Read, read_bibliography
from dossier.views import BibliographyView

# What makes the bytes of a bibliography, by the name of its file. Themes have no say in them.
FORMATS: dict[str, Callable[[BibliographyView], bytes]] = {
    "bibliography.json": csl_json.write,
    "bibliography.bib": bibtex.write,
    "bibliography.ris": ris.write,
}

__all__ = ["FORMATS", "Read", "read_bibliography"]
