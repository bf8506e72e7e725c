"""What says where the bytes are from which an article's text was taken."""

import re

from dossier.documents.reading import Reading, shortened
from dossier.documents.shapes import Text, takes
from dossier.documents.values import scalar_of
from dossier.frontmatter import Node

_CHECKSUM = re.compile(r"sha256:[0-9a-f]{64}")
# What dossier writes or reads there itself.
_TAKEN = frozenset(["content", "themes", "public", ".dossier", ".git"])


@takes(Text(r"([Ss][Hh][Aa]256:[0-9A-Fa-f]{64})?"))
def capture(reading: Reading, key: str, node: Node) -> str | None:
    """`sha256:` and 64 hexadecimal digits; '' where nothing is written."""
    scalar = scalar_of(reading, key, node)
    if scalar is None:
        return None
    text = scalar.text.strip().lower()
    if text and not _CHECKSUM.fullmatch(text):
        hint = "write sha256: and 64 hexadecimal digits, as 'dossier clip' does, or delete the line"
        message = f"'{shortened(text)}' is no checksum of a capture"
        reading.error(scalar.mark, "bad-checksum", message, hint)
        return None
    return text


@takes(Text(r"[^/\\:\s][^\\:]*"))
def folder(reading: Reading, key: str, node: Node) -> str | None:
    """A folder, relative to the site; it may lie beside the site, but not where dossier has other things."""
    scalar = scalar_of(reading, key, node, f"write {key}: captures")
    if scalar is None:
        return None
    text = scalar.text.strip().rstrip("/")
    parts = [part for part in text.split("/") if part != "."]
    usual = text and not text.startswith("/") and parts and "\\" not in text and ":" not in text
    if not usual or "\0" in text or parts[0] in _TAKEN or parts[-1] == ".." or ".git" in parts:
        message = f"captures can't be kept in '{shortened(text)}'"
        reading.error(scalar.mark, "bad-folder", message, f"write {key}: captures, or ../captures")
        return None
    return "/".join(parts)
