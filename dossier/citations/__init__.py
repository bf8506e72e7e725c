"""Citations and references in the styles of the Citation Style Language, formatted by Typst's processor."""

from dossier.citations.formatting import Cited, Formatted, formatted

__all__ = ["Cited", "Formatted", "formatted"]
