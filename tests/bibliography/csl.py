"""The part of the CSL-JSON schema that bibliographies use.

https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json (MIT licence), of
which the types and variables are listed here; it allows no other.

The schema itself is in no registry of packages. The bibliographies of this repository's own dossier were
valid by it when these lists were made.
"""

from collections.abc import Iterator, Sequence
from typing import Any

TYPES = frozenset(
    (
        *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast"),
        *("chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary"),
        *("entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case"),
        *("legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet"),
        *("paper-conference", "patent", "performance", "periodical", "personal_communication", "post"),
        *("post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech"),
        *("standard", "thesis", "treaty", "webpage"),
    )
)
TEXTS = frozenset(
    (
        *(
            "title",
            "container-title",
            "publisher",
            "genre",
            "URL",
            "archive_location",
            "language",
            "abstract",
        ),
        "keyword",
    )
)
DATES = frozenset(["issued", "accessed"])
NAME_PARTS = frozenset(["family", "given", "literal"])


def problems(items: Sequence[Any]) -> list[str]:
    """What of these items the schema doesn't allow."""
    return [problem for item in items for problem in _of_item(item)]


def _of_item(item: dict[str, Any]) -> Iterator[str]:
    if not isinstance(item.get("id"), str | int):
        yield "no id"
    if item.get("type") not in TYPES:
        yield f"no type {item.get('type')}"
    for name, value in item.items():
        if name in TEXTS and not isinstance(value, str):
            yield f"{name} is no text"
        elif name in DATES:
            yield from _of_date(name, value)
        elif name == "author":
            yield from (f"name {given}" for given in value if not given.keys() <= NAME_PARTS or not given)
        elif name == "custom" and not isinstance(value, dict):
            yield "custom is no object"
        elif name not in TEXTS | DATES | {"id", "type", "author", "custom"}:
            yield f"{name} is not a variable"


def _of_date(name: str, date: dict[str, Any]) -> Iterator[str]:
    (parts,) = date["date-parts"]
    if set(date) != {"date-parts"} or not 1 <= len(parts) <= 3 or not all(isinstance(n, int) for n in parts):
        yield f"{name} is no date"
