"""What pages say of themselves to machines."""

from collections.abc import Iterable

from dossier.plan.frame import Frame
from dossier.views import Link, Meta, MetaTag

Trail = tuple[tuple[str, str], ...]
DESCRIPTION_LENGTH = 300


def crumbs(frame: Frame, trail: Trail) -> tuple[Link, ...]:
    """Links from the home page down to the page itself, from (text, output path)."""
    return tuple(frame.link(path, text) for text, path in (("Home", "index.html"), *trail))


def meta(
    frame: Frame,
    trail: Trail,
    description: str,
    published: str = "",
    modified: str = "",
    authors: tuple[str, ...] = (),
    feeds: Iterable[Link] = (),
    citation: tuple[MetaTag, ...] = (),
    image: str = "",
) -> Meta:
    """The page's metadata; its own name and path are the end of its trail."""
    title, path = trail[-1]
    return Meta(
        title=title,
        description=shortened(description),
        canonical=frame.address(path),
        kind="article" if published else "website",
        published=published,
        modified=modified,
        authors=authors,
        feeds=tuple(feeds),
        citation=citation,
        image=image,
    )


def shortened(text: str) -> str:
    """The text on one line, cut at a word where it is longer than search engines show."""
    line = " ".join(text.split())
    if len(line) <= DESCRIPTION_LENGTH:
        return line
    return line[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(",;:–-") + " …"
