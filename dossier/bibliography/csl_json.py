"""CSL-JSON: the citation processors' own form.

https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json
"""

from typing import Any

import msgspec

from dossier.model import Kind
from dossier.views import BibliographyView, CitedName, CitedWork

# CSL's types (https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types) by ours.
TYPES: dict[Kind, str] = {
    "news": "article-newspaper",
    "report": "report",
    "transcript": "speech",
    "press-release": "article",
    "official": "document",
    "analysis": "article-magazine",
    "dataset": "dataset",
    "other": "webpage",
}


def write(view: BibliographyView) -> bytes:
    """The works as a JSON array of CSL items, each on a line of its own."""
    items = (msgspec.json.encode(_item(work)) for work in view.works)
    return b"[\n" + b",\n".join(items) + b"\n]\n" if view.works else b"[]\n"


def _item(work: CitedWork) -> dict[str, Any]:
    """A work as a CSL item, without what isn't known of it."""
    item: dict[str, Any] = {
        "id": work.id,
        "type": TYPES[work.kind],
        "title": work.title,
        "author": [_name(name) for name in work.authors],
        "container-title": work.container,
        "publisher": work.publisher,
        "genre": work.genre,
        "issued": _date(work.date),
        "accessed": _date(work.accessed),
        "URL": work.url,
        "archive_location": work.archive,
        "language": work.language,
        "abstract": work.abstract,
        "keyword": "; ".join(work.tags),
        "custom": {"page": work.page},
    }
    return {name: value for name, value in item.items() if value}


def _name(name: CitedName) -> dict[str, str]:
    if not name.family:
        return {"literal": name.name}
    return {"family": name.family, "given": name.given} if name.given else {"family": name.family}


def _date(date: str) -> dict[str, list[list[int]]]:
    """An EDTF date as CSL's parts, as many as there are."""
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else {}
