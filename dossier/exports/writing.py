"""The HTML of a briefing's lists: claims, what happened, sources with their whole addresses."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from dossier.dates import in_words, within_year
from dossier.languages import direction
from dossier.model import Article
from dossier.plan.frame import label_of
from dossier.summary import counted
from dossier.theme.filters import safe_url
from dossier.views import ClaimRow, Link, Piece, QuotedPassage, ReferenceEntry, TimelineEntry, TimelineYear

Naming = Callable[[str], str]
_HEADING = re.compile(r"(</?h)([2-6])\b")
_ID = re.compile(r' id="([^"]+)"')
_LOCAL = re.compile(r' href="#([^"]*)"')


def text(words: str) -> str:
    """Plain text as HTML."""
    return escape(words, quote=False)


def lowered(html: str) -> str:
    """The HTML with its headings one level lower, for they stand under a part's title."""
    return _HEADING.sub(lambda found: f"{found[1]}{min(int(found[2]) + 1, 6)}", html)


def ids_of(html: str) -> list[str]:
    """All ids in the HTML."""
    return _ID.findall(html)


def settled(html: str, ids: frozenset[str]) -> str:
    """The HTML whose links to places that aren't there lead to what these places would be part of."""

    def settle(found: re.Match[str]) -> str:
        place = found[1] if found[1] in ids else found[1].partition("--")[0]
        return f' href="#{place}"' if place in ids else ""

    return _LOCAL.sub(settle, html)


def link(address: str, words: str) -> str:
    """A link."""
    return f'<a href="{escape(address)}">{text(words)}</a>'


def tongue(article: Article) -> str:
    """The attributes of words in an article's own language; none where it is the site's."""
    if not article.language:
        return ""
    return f' lang="{escape(article.language)}" dir="{direction(article.language)}"'


def cited(anchors: Iterable[str]) -> str:
    """The numbers of sources, each with the way to it."""
    links = ", ".join(f'<a href="#{anchor}">{anchor.removeprefix("ref-")}</a>' for anchor in anchors)
    return f'<span class="citations">[{links}]</span>' if links else ""


# ---------------------------------------------------------------- claims


def claims_table(rows: Sequence[tuple[ClaimRow, Sequence[str]]]) -> str:
    """Claims, each with how it stands and the anchors of its evidence."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Claim", "State", "Support", "Dispute"))
    body = "".join(map(_claim, rows))
    return f'<table class="claims"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _claim(row: tuple[ClaimRow, Sequence[str]]) -> str:
    claim, anchors = row
    dated = f' <span class="soft">(as of {text(in_words(claim.as_of))})</span>' if claim.as_of else ""
    return (
        f'<tr><th scope="row">{link(claim.url, claim.statement)}{dated} {cited(anchors)}</th>'
        f'<td><span class="state {claim.state}">{text(claim.label)}</span></td>'
        f"<td>{_weight(claim.supporting, claim.sources)}</td>"
        f"<td>{_weight(claim.disputing, claim.opposing)}</td></tr>"
    )


def _weight(articles: int, sources: int) -> str:
    if not articles:
        return "–"
    return f"{articles:,}" + (f" from {counted(sources, 'source')}" if sources != articles else "")


# ---------------------------------------------------------------- what happened


def timeline(years: Iterable[TimelineYear], numbers: Mapping[str, str]) -> str:
    """Events by year; `numbers` lead from the address of an article's page to its anchor."""
    return "".join(
        f'<h3>{text(year.year or "Undated")}</h3><dl class="timeline">'
        + "".join(_event(entry, numbers) for entry in year.entries)
        + "</dl>"
        for year in years
    )


def _event(entry: TimelineEntry, numbers: Mapping[str, str]) -> str:
    date = within_year(entry.date, entry.end) or in_words(entry.date, entry.end)
    anchors = [numbers[source.url] for source in entry.sources if source.url in numbers]
    told = f'<p class="soft">{text(entry.summary)}</p>' if entry.summary else ""
    return f"<dt>{text(date)}</dt><dd><p>{text(entry.title)} {cited(anchors)}</p>{told}</dd>"


# ---------------------------------------------------------------- sources


def source_list(entries: Sequence[str], sources: Sequence[ReferenceEntry]) -> str:
    """The list of sources."""
    unnumbered = "" if any(source.numbered for source in sources) else " unnumbered"
    return f'<ol class="sources{unnumbered}">{"".join(entries)}</ol>'


def source(
    entry: ReferenceEntry, article: Article, quoted: Sequence[QuotedPassage], page: str, *, backlinks: bool
) -> str:
    """A source: what it is, its whole addresses, what it says, and where it is cited.

    `page` is the address of its page on the web, empty where there is none.
    """
    value = f' value="{entry.number}"' if entry.numbered else ""
    parts = [f'<p class="source">{_styled(entry.text) if entry.text else _named(entry, article, page)}']
    if backlinks:
        parts += [
            f' <a class="back" href="#{anchor}" title="Back to the text">↑</a>' for anchor in entry.backlinks
        ]
    parts.append("</p>")
    parts += _addresses(entry)
    if article.summary:
        parts.append(f'<p class="summary">{text(article.summary)}</p>')
    foreign = tongue(article)
    for number, excerpt in enumerate(article.excerpts, start=1):
        who = ", ".join(word for word in (excerpt.speaker, excerpt.role, excerpt.locator) if word)
        said = f"<p>— {text(who)}</p>" if who else ""
        place = f"{entry.anchor}--excerpt-{number}"
        parts.append(f'<blockquote id="{place}"><p{foreign}>{text(excerpt.text)}</p>{said}</blockquote>')
    parts += [
        f'<blockquote id="{entry.anchor}--{passage.anchor}"><p{foreign}>{text(passage.text)}</p></blockquote>'
        for passage in quoted
    ]
    return f'<li id="{entry.anchor}"{value}>{"".join(parts)}</li>'


def _named(entry: ReferenceEntry, article: Article, page: str) -> str:
    authors = f"{text(', '.join(entry.authors))}: " if entry.authors else ""
    outlet = f", {text(entry.source.text)}" if entry.source else ""
    date = f", {text(in_words(entry.date))}" if entry.date else ""
    title = f"<cite{tongue(article)}>{link(page, entry.title) if page else text(entry.title)}</cite>"
    return f'{authors}{title}{outlet}{date}. <span class="soft">{text(label_of(article))}.</span>'


def _styled(pieces: Iterable[Piece]) -> str:
    """A source in the site's citation style."""
    made = []
    for piece in pieces:
        words = (
            f"<{piece.emphasis}>{text(piece.text)}</{piece.emphasis}>" if piece.emphasis else text(piece.text)
        )
        made.append(f'<a href="{escape(piece.url)}">{words}</a>' if piece.url else words)
    return "".join(made)


def _addresses(entry: ReferenceEntry) -> Iterable[str]:
    gone = entry.lapsed is not None and entry.lapsed.state == "dead"
    addresses = [
        Link(entry.original, "No longer there" if gone else ""),
        Link(
            entry.archive,
            "Archived copy" + (f" of {in_words(entry.archived_on)}" if entry.archived_on else ""),
        ),
    ]
    for address in addresses:
        url = safe_url(address.url)
        if url:
            label = f"{text(address.text)}: " if address.text else ""
            yield f'<p class="address">{label}<a href="{escape(url)}">{text(url)}</a></p>'
