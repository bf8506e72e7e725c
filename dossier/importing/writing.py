"""An item's file: its front matter in the order of the house, within the limits of fields, and its text."""

import re
import unicodedata
from collections.abc import Iterable

from msgspec.structs import replace

from dossier import urls
from dossier.clip import writing
from dossier.clip.taken import Found
from dossier.clip.writing import listed, quoted, scalar, shortened
from dossier.documents.dates import Written, read_date
from dossier.documents.values import LONGEST_LINE, LONGEST_NAME, LONGEST_PASSAGE, LONGEST_TITLE, MOST_ITEMS
from dossier.importing.items import Item
from dossier.model import Excerpt

LONGEST_ADDRESS = 4_000
# What XML, YAML or a terminal can't have. Surrogates come of broken escapes in JSON.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def file_name(item: Item) -> str:
    """The id that an item is to have: its own, or its date and title as `dossier clip` names files."""
    if item.id and not urls.id_problem(item.id):
        return item.id
    dated = bool(item.date) and urls.slug(item.title).startswith(item.date)  # As daily notes are.
    return writing.file_name(Found(title=item.title, date="" if dated else item.date, url=item.url))


def cleaned(item: Item) -> Item:
    """The item with fields that can stand in front matter: within their limits, on one line, each once."""
    return replace(
        item,
        title=shortened(item.title, LONGEST_TITLE) or shortened(item.url, LONGEST_TITLE) or "Untitled",
        source=shortened(item.source, LONGEST_NAME),
        authors=_names(item.authors),
        tags=_names(item.tags),
        categories=_names(item.categories),
        people=_names(item.people),
        organizations=_names(item.organizations),
        places=_names(item.places),
        aliases=_names(item.aliases),
        summary=shortened(item.summary, LONGEST_LINE),
        described=shortened(item.described, LONGEST_LINE),
        url=item.url.strip() if len(item.url) <= LONGEST_ADDRESS else "",
        date=day(item.date),
        updated=day(item.updated),
        accessed=day(item.accessed) if len(day(item.accessed)) == len("2020-02-12") else "",
        excerpts=tuple(
            Excerpt(text, locator=shortened(excerpt.locator, LONGEST_NAME))
            for excerpt in item.excerpts[:MOST_ITEMS]
            if (text := shortened(excerpt.text, LONGEST_PASSAGE))
        ),
        body=text_only(item.body),
    )


def day(date: str) -> str:
    """A date without its time, '' for what is none. Its day is the day as written."""
    read = read_date(date)
    return read.date if isinstance(read, Written) else ""


def text_only(text: str) -> str:
    """A text of lines that end in a line feed, without what is no text."""
    return _NO_TEXT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _names(values: Iterable[str]) -> tuple[str, ...]:
    names = (unicodedata.normalize("NFC", shortened(value, LONGEST_NAME)) for value in values)
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_ITEMS]


def written(item: Item, topics: tuple[str, ...], site_language: str) -> str:
    """The file of an item that was cleaned."""
    lines = _article(item, topics, site_language) if item.kind == "article" else _note(item, topics)
    lines += ["draft: true"] if item.draft else []
    body = item.body.strip("\n")
    return "\n".join(["---", *lines, "---", ""]) + (f"\n{body}\n" if body.strip() else "")


def _article(item: Item, topics: tuple[str, ...], site_language: str) -> list[str]:
    lines = _lines(
        title=item.title,
        source=item.source,
        authors=item.authors,
        date=item.date,
        url=item.url,
        archive_url=item.archive_url,
        accessed=item.accessed,
        language="" if item.language.casefold() == site_language.casefold() else item.language,
        kind=item.form,
        topics=topics,
        people=item.people,
        organizations=item.organizations,
        places=item.places,
        tags=item.tags,
        aliases=item.aliases,
    )
    if item.summary:
        lines.append(f"summary: {scalar(item.summary)}")
    elif item.described:
        lines.append(f"summary:  # it says of itself: {item.described[:300]}")
    lines += [f"text: {item.text}", "obtained: imported"]
    if item.excerpts:
        lines.append("excerpts:")
        for excerpt in item.excerpts:
            lines.append(f"  - text: {quoted(excerpt.text)}")
            lines += [f"    locator: {scalar(excerpt.locator)}"] if excerpt.locator else []
    return lines


def _note(item: Item, topics: tuple[str, ...]) -> list[str]:
    lines = [f"title: {scalar(item.title)}", f"date: {scalar(item.date)}"]
    return lines + _lines(
        updated=item.updated if item.updated > item.date else "",
        authors=item.authors,
        topics=topics,
        tags=item.tags,
        aliases=item.aliases,
        summary=item.summary,
    )


def _lines(**fields: str | tuple[str, ...]) -> list[str]:
    """The lines of those fields that say something."""
    return [
        f"{key}: {scalar(value) if isinstance(value, str) else listed(value)}"
        for key, value in fields.items()
        if value
    ]
