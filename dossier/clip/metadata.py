"""The fields of an article from what its page says, by a fixed order of trust.

Tags made for catalogues come first (Highwire's, which Google Scholar and Zotero read), then JSON-LD,
OpenGraph, Dublin Core, plain tags, what readers see, what trafilatura guesses, and last the address. A
value that can't be what it claims to be is passed over. `docs/clipping.md` has the table.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from dossier.addresses import normal_address
from dossier.clip.tags import Tags, one_line, texts, types_of
from dossier.clip.taken import Said, remarked, warned

LONGEST_NAME = 200
MOST_AUTHORS = 50
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_YEAR = re.compile(r"\d{4}")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{2,6}.*)?")
_IN_ADDRESS = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)|/(\d{4})(\d\d)(\d\d)(?=[/_-])")
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")
_NAMES = re.compile(r"\s*(?:;|\||,? and (?=[A-Z])|, (?=[A-Z]))\s*")
_BY = re.compile(r"^(?:by|von|par|por|di|door)\s+", re.I)
_NO_AUTHOR = re.compile(
    r"https?://|@\w|^(?:admin|editor|staff|webmaster|newsroom|unknown|anonymous|none|n/a)$", re.I
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul"),
            *("august aug", "september sep sept", "october oct", "november nov", "december dec"),
        ),
        1,
    )
    for name in names.split()
}
_WORDED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([A-Za-z]{3,9})\.? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})"
)
_KINDS = {
    "NewsArticle": "news",
    "ReportageNewsArticle": "news",
    "BackgroundNewsArticle": "news",
    "LiveBlogPosting": "news",
    "AnalysisNewsArticle": "analysis",
    "OpinionNewsArticle": "analysis",
    "ReviewNewsArticle": "analysis",
    "ScholarlyArticle": "report",
    "Report": "report",
    "Dataset": "dataset",
    "Legislation": "official",
}


class Guessed(NamedTuple):
    """What an extractor makes of a page that doesn't say it in its tags."""

    title: str = ""
    authors: str = ""
    date: str = ""
    source: str = ""


class Fields(NamedTuple):
    """The fields of a page, and what is odd about them."""

    title: str
    source: str
    authors: tuple[str, ...]
    date: str
    url: str
    language: str
    kind: str
    described: str
    said: tuple[Said, ...]


def fields_of(tags: Tags, address: str, guessed: Guessed) -> Fields:
    """The fields by their order of trust. `address` is where the page was, '' where that isn't known."""
    said: list[Said] = []
    if tags.broken:
        message = f"JSON-LD of the page can't be read: {tags.broken}"
        said.append(
            remarked("broken-json-ld", message, "look at title, authors and date: other tags gave them")
        )
    url = _url(tags, address)
    date, about_date = _date(tags, url, guessed)
    source = _source(tags, url, guessed)
    described = tags.first("og:description", "dc.description", "dcterms.abstract", "description")
    return Fields(
        title=_title(tags, source, guessed),
        source=source,
        authors=_authors(tags, guessed),
        date=date,
        url=url,
        language=_language(tags),
        kind=_kind(tags, url),
        described=_plain(described or next(_linked(tags, "description"), "")),
        said=(*said, *about_date),
    )


def _linked(tags: Tags, *keys: str) -> Iterator[str]:
    """The texts that JSON-LD gives for the first of these keys that has any."""
    for node in tags.linked:
        for key in keys:
            found = [text for text in texts(node.get(key)) if text]
            if found:
                yield from found
                return


def _plain(text: str) -> str:
    """A value whose entities were escaped twice, without tags."""
    return one_line(re.sub(r"<[a-z/!][^<>]{0,500}>", " ", html.unescape(text), flags=re.I))


# ---------------------------------------------------------------- title, source, authors


def _title(tags: Tags, source: str, guessed: Guessed) -> str:
    given = chain(
        tags.every("citation_title"),
        _linked(tags, "headline", "name"),
        tags.every("og:title"),
        tags.every("dc.title", "dcterms.title"),
        tags.every("twitter:title"),
        [tags.heading, tags.title, guessed.title],
    )
    for candidate in given:
        title = _without_source(_plain(candidate), source, tags.heading)
        if title:
            return title[:1000]
    return ""


def _without_source(title: str, source: str, heading: str) -> str:
    """A title without the outlet's name behind it: ` | Reuters`, ` - BBC News`."""
    match = re.fullmatch(r"(.{8,}?)\s+[|–—·-]\s+([^|–—·]{2,60})", title)
    if match and (match[2].casefold() == source.casefold() or match[1] == heading):
        return match[1]
    return title


def _source(tags: Tags, url: str, guessed: Guessed) -> str:
    given = chain(
        tags.every("citation_journal_title", "citation_technical_report_institution"),
        _linked(tags, "publisher", "sourceOrganization"),
        tags.every("og:site_name"),
        tags.every("dc.publisher", "dcterms.publisher", "citation_publisher"),
        tags.every("application-name"),
        [guessed.source],
    )
    for candidate in given:
        name = _plain(candidate)
        if name and len(name) <= LONGEST_NAME and "://" not in name:
            return name
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.")


def _authors(tags: Tags, guessed: Guessed) -> tuple[str, ...]:
    for given in (
        tags.every("citation_author"),
        list(_linked(tags, "author", "creator")),
        tags.every("article:author", "og:article:author"),
        tags.every("dc.creator", "dcterms.creator"),
        tags.every("author", "parsely-author", "sailthru.author", "byl"),
        [guessed.authors],
    ):
        names = [name for value in given for name in _persons(value)]
        if names:
            return tuple(dict.fromkeys(names))[:MOST_AUTHORS]
    return ()


def _persons(value: str) -> Iterator[str]:
    """The names in a byline. Highwire writes `Stoltenberg, Jens`, which is turned round."""
    value = _BY.sub("", _plain(value))
    inverted = re.fullmatch(r"([^\s,]+(?: [^\s,]+)?), ([^\s,]+(?: [A-Z][^\s,]*)?)", value)
    if inverted and " " not in inverted[1]:
        value = f"{inverted[2]} {inverted[1]}"
    for name in _NAMES.split(value):
        name = _BY.sub("", name).strip(" ,.;|") if not name.endswith((" Jr.", " Sr.")) else name.strip()
        if name and len(name) <= LONGEST_NAME and not _NO_AUTHOR.search(name):
            yield name


# ---------------------------------------------------------------- dates


def _date(tags: Tags, url: str, guessed: Guessed) -> tuple[str, list[Said]]:
    """When the page was published, and a finding where its own tags disagree or say nothing."""
    named: list[tuple[str, Iterable[str]]] = [
        ("citation_publication_date", tags.every("citation_publication_date", "citation_date")),
        ("JSON-LD", _linked(tags, "datePublished", "dateCreated")),
        ("article:published_time", tags.every("article:published_time", "og:article:published_time")),
        ("Dublin Core", tags.every("dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date")),
        ("a meta tag", tags.every("date", "pubdate", "publishdate", "parsely-pub-date", "datepublished")),
    ]
    found = [(name, date) for name, values in named for date in map(day_of, values) if date]
    if found:
        others = [f"{name} has {date}" for name, date in found[1:] if not _agree(found[0][1], date)]
        if not others:
            return found[0][1], []
        message = f"the page gives several dates: {found[0][0]} has {found[0][1]}, {', '.join(others)}"
        return found[0][1], [warned("several-dates", message, f"check date: {found[0][1]}")]
    seen = list(dict.fromkeys(filter(None, map(day_of, tags.times))))
    if len(seen) == 1:
        return seen[0], []
    for guess in (_date_of_address(url), day_of(guessed.date)):
        if guess:
            message = f"no tag says when the page was published; {guess} is from its text or address"
            return guess, [remarked("date-guessed", message, f"check date: {guess}")]
    message = "the page doesn't say when it was published"
    return "", [warned("no-date", message, "write date: as year-month-day, or what is known of it")]


def _agree(one: str, other: str) -> bool:
    """Whether two dates can be one: the same day as far as both say, or its neighbour in another zone."""
    if one.startswith(other) or other.startswith(one):
        return True
    try:
        return abs((datetime.fromisoformat(one) - datetime.fromisoformat(other)).days) <= 1
    except ValueError:
        return False


def day_of(text: str) -> str:
    """A date in any form that can't be mistaken -> EDTF: the day as written. '' for what is none.

    >>> day_of("2020-02-12T23:30:00-05:00"), day_of("12 February 2020"), day_of("02/03/2020")
    ('2020-02-12', '2020-02-12', '')
    """
    text = one_line(text)[:100]
    for pattern in (_DAY, _COMPACT):
        match = pattern.match(text)
        if match:
            return _valid(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH.fullmatch(text):
        return _valid(int(match[1]), int(match[2]))
    if _YEAR.fullmatch(text):
        return _valid(int(text))
    if match := _SECONDS.fullmatch(text):
        return _of_seconds(int(text[:10]))
    if match := _WORDED.search(text):
        month = _MONTHS.get(match[2].lower())
        if month:
            day = match[1] or match[3]
            return _valid(int(match[4]), month, int(day)) if day else _valid(int(match[4]), month)
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def _of_seconds(seconds: int) -> str:
    from datetime import UTC

    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _valid(year: int, month: int = 0, day: int = 0) -> str:
    if not 1400 <= year <= 2999:
        return ""
    try:
        datetime(year, month or 1, day or 1)
    except ValueError:
        return ""
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def _date_of_address(url: str) -> str:
    match = _IN_ADDRESS.search(urlsplit(url).path)
    if not match:
        return ""
    year, month, day = (part for part in match.groups() if part)
    return _valid(int(year), int(month), int(day))


# ---------------------------------------------------------------- address, language, kind


def _url(tags: Tags, address: str) -> str:
    """The page's own address for itself, where that is on the host on which it was found; else the latter."""
    address = address or _web(tags.saved_from)
    for given in (*tags.links.get("canonical", ()), *tags.meta.get("og:url", ())):
        try:
            candidate = _web(urljoin(address, given)) if given else ""
        except ValueError:
            continue
        if candidate and (not address or _same_place(candidate, address)):
            return candidate.partition("#")[0]
    return address


def _web(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    fine = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    return re.sub(r"[\s\"<>\\^`{|}]", lambda found: f"%{ord(found[0]):02X}", address.strip()) if fine else ""


def _same_place(one: str, other: str) -> bool:
    """Whether two addresses are on one host, and the first isn't just its front page."""
    first, second = normal_address(one), normal_address(other)
    return first.partition("/")[0] == second.partition("/")[0] and (
        "/" in first.partition("?")[0] or "?" in first or first == second
    )


def _language(tags: Tags) -> str:
    for given in (
        tags.language,
        next(_linked(tags, "inLanguage"), ""),
        tags.first("content-language"),
        tags.first("citation_language", "dc.language", "dcterms.language"),
        tags.first("og:locale"),
    ):
        tag = given.strip().replace("_", "-").split(",")[0]
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?", tag):
            return _cased(tag)
    return ""


def _cased(tag: str) -> str:
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def _kind(tags: Tags, url: str) -> str:
    path = urlsplit(url).path.lower()
    if re.search(r"press[-_]?release|/pressreleases?/|/newsroom/releases/", path):
        return "press-release"
    if re.search(r"/transcripts?/|[-_/]transcript(?:[-_./]|$)", path):
        return "transcript"
    for node in tags.linked:
        for name in types_of(node):
            if name in _KINDS:
                return _KINDS[name]
    if tags.first("citation_technical_report_institution", "citation_title"):
        return "report"
    return "news" if tags.first("og:type").lower() == "article" else "other"


def is_paid_for(tags: Tags) -> bool:
    """Whether the page says that its text is for subscribers only."""
    return any(_no(node.get("isAccessibleForFree")) for node in tags.linked) or tags.first(
        "article:content_tier", "content_tier"
    ).lower() in ("locked", "metered")


def _no(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.lower().rpartition("/")[2] == "false")


def is_live(tags: Tags) -> bool:
    """Whether the page goes on being written."""
    nodes: Iterable[Mapping[str, Any]] = tags.linked
    return any("LiveBlogPosting" in types_of(node) for node in nodes)
