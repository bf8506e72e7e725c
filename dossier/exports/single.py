"""A briefing as one HTML file that needs nothing else: for a mail, or a folder far from the web."""

import base64
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from dossier.dates import in_words
from dossier.exports.briefing import Briefing, Part
from dossier.exports.fragments import rewritten
from dossier.exports.writing import link, text
from dossier.urls import suffix_of

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
}
# Mail programs and old browsers alike: nothing is loaded, and nothing runs.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def single(briefing: Briefing) -> bytes:
    """The briefing as one HTML document."""
    return page(briefing, style_sheet(), "".join(_body(briefing))).encode()


def style_sheet(name: str = "paper.css") -> str:
    """How briefings look; `pages.css` has what is for pages of paper alone."""
    return files("dossier.exports").joinpath(name).read_text(encoding="utf-8")


def page(briefing: Briefing, style: str, body: str) -> str:
    """An HTML document about a briefing."""
    description = (
        f'<meta name="description" content="{escape(briefing.summary)}"/>\n' if briefing.summary else ""
    )
    canonical = f'<link rel="canonical" href="{escape(briefing.address)}"/>\n' if briefing.address else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(briefing.language)}" dir="{briefing.direction}">\n<head>\n'
        '<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{text(named(briefing))}</title>\n"
        f'<meta name="generator" content="dossier"/>\n{description}{canonical}'
        f"<style>\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def named(briefing: Briefing) -> str:
    """The briefing's title, and the site's where that is another."""
    return briefing.title if briefing.title == briefing.site else f"{briefing.title} · {briefing.site}"


def _body(briefing: Briefing) -> Iterator[str]:
    yield f"<header>\n{heading(briefing)}</header>\n"
    if len(briefing.parts) > 1:
        yield f'<nav aria-label="Contents">\n{contents(briefing)}</nav>\n'
    yield "<main>\n"
    for part in briefing.parts:
        yield section(part, _with_pictures(part.html, briefing))
    yield "</main>\n"


def heading(briefing: Briefing) -> str:
    """What the briefing is, whose, and of when."""
    lines = [f'<p class="kicker">{text(briefing.site)}</p>'] if briefing.title != briefing.site else []
    lines.append(f"<h1>{text(briefing.title)}</h1>")
    if briefing.summary:
        lines.append(f'<p class="standfirst">{text(briefing.summary)}</p>')
    dated = f"as of {in_words(briefing.as_of)}" if briefing.as_of else ""
    facts = " · ".join(filter(None, [", ".join(briefing.authors), dated, briefing.counts]))
    if facts:
        lines.append(f'<p class="counts">{text(facts)}</p>')
    if briefing.address:
        lines.append(f'<p class="address">{link(briefing.address, briefing.address)}</p>')
    return "".join(f"{line}\n" for line in lines)


def contents(briefing: Briefing) -> str:
    """The parts, each with the way to it."""
    rows = "".join(f"<li>{link(f'#{part.id}', part.title)}</li>\n" for part in briefing.parts)
    return f"<ol>\n{rows}</ol>\n"


def section(part: Part, html: str) -> str:
    """A part with its title."""
    topic = f'<p class="kicker">{text(part.topic)}</p>\n' if part.topic and part.topic != part.title else ""
    byline = f'<p class="byline">{text(part.byline)}</p>\n' if part.byline else ""
    standfirst = f'<p class="standfirst">{text(part.standfirst)}</p>\n' if part.standfirst else ""
    return (
        f'<section class="part {part.kind}" id="{part.id}">\n{topic}<h2>{text(part.title)}</h2>\n'
        f"{byline}{standfirst}{html}\n</section>\n"
    )


def _with_pictures(html: str, briefing: Briefing) -> str:
    """The HTML with its pictures in it."""

    def inlined(path: str) -> str | None:
        kind = MEDIA_TYPES.get(suffix_of(path))
        data = base64.b64encode(briefing.pictures[path]).decode("ascii")
        return f"data:{kind};base64,{data}" if kind else None

    return rewritten(html, lambda address: address, inlined) if "<img" in html else html
