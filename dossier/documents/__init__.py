"""One file's bytes -> a typed document, with everything that one file alone can show to be wrong.

Pure: the result depends on the path and the bytes only, never on the clock or on other files.
"""

from dossier.documents.parsing import parse

__all__ = ["parse"]
