"""Citations and references in the styles of the Citation Style Language, formatted by Typst's processor."""

from dossier.citations.formatting import Citation, Cited, Formatted, Part, formatted
from dossier.citations.keeping import keeping
from dossier.citations.styles import carried

__all__ = ["Citation", "Cited", "Formatted", "Part", "carried", "formatted", "keeping"]
