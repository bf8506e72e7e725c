"""What a topic is as one document to be read from front to back, in whatever form it is then written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PartKind = Literal["overview", "claims", "timeline", "note", "sources"]


@dataclass(frozen=True)
class Part:
    """A chapter. `html` is well-formed XHTML without its title, whose headings begin at `h3`.

    Its links lead to ids of the briefing (`#note-a`) or out of it; its pictures' addresses are the output
    paths of the site's files. `ids` are all that it has, its own id among them. `topic` is the title of the
    topic that it belongs to, where the briefing has several.
    """

    id: str
    title: str
    kind: PartKind
    html: str
    ids: frozenset[str]
    byline: str = ""
    standfirst: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Briefing:
    """A topic, or all of a site, as one document.

    `as_of` is the date of the newest document in it, EDTF or empty. `address` is where it is published on
    the web, empty where the site doesn't say. `pictures` are the bytes behind the parts' pictures.
    """

    name: str
    title: str
    summary: str
    site: str
    address: str
    language: str
    direction: Literal["ltr", "rtl"]
    authors: tuple[str, ...]
    as_of: str
    counts: str
    parts: tuple[Part, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
