"""Bibliographies that other programs read and write: CSL-JSON, BibTeX, RIS.

The one room that knows bibtexparser and rispy.
"""

from collections.abc import Callable

from dossier.bibliography.bibtex import bibtex
from dossier.bibliography.csl_json import csl_json
from dossier.bibliography.ris import ris
from dossier.views import BibliographyView

# What makes the bytes of a bibliography, by the name of its file. Themes have no say in them.
FORMATS: dict[str, Callable[[BibliographyView], bytes]] = {
    "bibliography.json": csl_json,
    "bibliography.bib": bibtex,
    "bibliography.ris": ris,
}

__all__ = ["FORMATS", "bibtex", "csl_json", "ris"]
