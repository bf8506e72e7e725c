"""A feed (RSS or Atom): its entries as articles, with as much of their texts as the feed gives."""

import io
import re
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

import feedparser

from dossier.clip.fragments import fragment, words
from dossier.diagnostics import Mark, error, info, warning
from dossier.importing.items import Batch, Item, Left

_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|[T\s])")
_TAG = re.compile(r"<[A-Za-z/!]")
# Elements that say something of an entry which an article has no field for.
_LOST = {
    "enclosures": "enclosure",
    "media_content": "media:content",
    "itunes_duration": "itunes:duration",
    "georss_point": "georss:point",
    "geo_lat": "geo:lat",
    "wfw_commentrss": "wfw:commentRss",
    "rights": "rights",
    "source": "source",
}


def read_feed(place: str, data: bytes, address: str) -> Batch:
    """The entries of a feed. `address` is where it was found, '' for a file."""
    headers = {"content-location": address} if address else {}
    feed: Any = feedparser.parse(io.BytesIO(data), response_headers=headers)
    if not feed.entries:
        return Batch(findings=[_no_feed(place, data, feed)])
    batch = Batch()
    if feed.bozo and not _only_encoding(feed):
        mark, why = _mistake(feed)
        message = f"the feed isn't well-formed ({why}); what could be read of it was"
        batch.findings.append(warning(place, mark, "odd-export", message, "compare with the feed itself"))
    lines, at = data.split(b"\n"), 0
    for entry in feed.entries:
        at = _line(lines, entry, at)
        batch.read += 1
        item = _item(place, at + 1, entry, feed.feed, address)
        if item is None:
            message = "the entry has neither a title nor an address"
            batch.findings.append(info(place, Mark(at + 1), "not-imported", message))
        else:
            batch.items.append(item)
    return batch


def _only_encoding(feed: Any) -> bool:
    return isinstance(feed.get("bozo_exception"), feedparser.CharacterEncodingOverride)


def _mistake(feed: Any) -> tuple[Mark, str]:
    problem = feed.get("bozo_exception")
    line = getattr(problem, "getLineNumber", lambda: 0)() or 0
    message = getattr(problem, "getMessage", lambda: str(problem))()
    return Mark(line), " ".join(str(message).split())[:120]


def _no_feed(place: str, data: bytes, feed: Any) -> Any:
    if not feed.get("version"):
        mark, why = _mistake(feed) if feed.bozo else (Mark(), "")
        page = b"<html" in data[:2048].lower()
        message = "this is a page, not a feed" if page else "this is no feed of RSS or Atom"
        hint = "give the address of its feed: <link rel=alternate> in the page names it"
        return error(place, mark, "import-format", message + (f": {why}" if why and not page else ""), hint)
    return error(place, Mark(), "import-format", "the feed has no entries", "look at it again later")


def _line(lines: list[bytes], entry: Any, at: int) -> int:
    """The line in which an entry names itself, looked for behind the one before it."""
    wanted = [str(entry.get(key) or "").encode() for key in ("id", "link")]
    wanted += [value.replace(b"&", b"&amp;") for value in wanted if b"&" in value]
    for number in range(at, len(lines)):
        if any(value and value in lines[number] for value in wanted):
            return number
    return at


def _item(place: str, line: int, entry: Any, feed: Any, address: str) -> Item | None:
    url = _link(entry)
    title = _words(entry.get("title", "")) or url
    if not title:
        return None
    left = Left(place)
    for name, shown in _LOST.items():
        if entry.get(name):
            left.field(Mark(line), shown)
    body, whole = _text(entry, url or address)
    published = _day(entry, "published") or _day(entry, "created")
    date = published or _day(entry, "updated")
    language = entry.get("language") or feed.get("language") or ""
    return Item(
        place,
        line,
        title=title,
        source=_words(feed.get("title", "")),
        authors=tuple(dict.fromkeys(filter(None, map(_author, entry.get("authors", ()))))),
        date=date,
        url=url,
        language=_tag(str(language)),
        categories=tuple(dict.fromkeys(_terms(entry.get("tags", ())))),
        text="full" if whole else "excerpts" if body else "summary",
        body=body,
        findings=left.findings(),
    )


def _link(entry: Any) -> str:
    links = [str(entry.get(name) or "") for name in ("feedburner_origlink", "link", "id")]
    return next((link for link in links if re.match(r"https?://\S+$", link, re.I)), "")


def _text(entry: Any, address: str) -> tuple[str, bool]:
    """The text as Markdown, and whether it is the whole content or only what the feed tells of it."""
    contents = [each.get("value", "") for each in entry.get("content", ())]
    value = max(contents, key=len, default="")
    whole = bool(value)
    if not value:
        value = str(entry.get("summary") or "")
    if not _TAG.search(value):
        value = "".join(f"<p>{_escaped(part)}</p>" for part in re.split(r"\n\s*\n", unescape(value)))
    return fragment(value, address), whole


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _words(html: object) -> str:
    """A title: its markup, which some feeds have, is none here."""
    text = str(html)
    if _TAG.search(text) or "&" in text:
        text = words(text)
    return " ".join(text.split())


def _author(author: Mapping[str, Any]) -> str:
    return _words(author.get("name") or author.get("email") or "")


def _terms(tags: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for tag in tags:
        if term := _words(tag.get("label") or tag.get("term") or ""):
            yield term


def _day(entry: Any, name: str) -> str:
    """The day as it is written, in the zone as written; that of feedparser's reading where it's odd."""
    written = str(entry.get(name) or "").strip()
    iso = _ISO.match(written)
    if iso:
        return iso[0]
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        read = entry.get(f"{name}_parsed")
        return "-".join(f"{part:02d}" for part in read[:3]) if read else ""


def _tag(language: str) -> str:
    """A language's tag in its usual cases: `en-us` is `en-US`."""
    first, *rest = language.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
