"""`site.yaml`: the settings of a site."""

import re

from dossier.diagnostics import Mark
from dossier.documents.addresses import language, site_url
from dossier.documents.pages import RIGHTS
from dossier.documents.reading import Fields, Reading, Table, read_fields, require, shortened
from dossier.documents.values import choice, line, names, references, scalar_of, title, whole
from dossier.frontmatter import Mapping, Node
from dossier.model import Site

_THEME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def _theme(reading: Reading, key: str, node: Node) -> str | None:
    """The name of a folder in `themes/`: never a path."""
    scalar = scalar_of(reading, key, node, f"write {key}: briefing")
    if scalar is None:
        return None
    if not _THEME.fullmatch(scalar.text):
        message = f"'{shortened(scalar.text)}' can't be a theme's name"
        hint = "write the name of a folder in themes/: lower-case letters, digits, '-' and '_'"
        reading.error(scalar.mark, "bad-theme", message, hint)
        return None
    return scalar.text


SITE: Table = {
    "title": title,
    "subtitle": line(),
    "description": line(),
    "url": site_url,
    "language": language,
    "theme": _theme,
    "authors": names,
    "featured": references("document"),
    "rights": choice(*RIGHTS),
    "excerpt_words": whole(0, 1_000),
    "page_size": whole(1, 10_000),
    "feed_size": whole(1, 1_000),
}


def read_site(reading: Reading, mapping: Mapping) -> tuple[Site, Fields]:
    """The settings; what is wrong keeps its default."""
    fields = read_fields(reading, "site.yaml", mapping, SITE)
    require(reading, fields, "title", Mark(1, 1, 0), "add a line: title: My dossier")
    return Site(**{"title": "Untitled", **fields.values}), fields
