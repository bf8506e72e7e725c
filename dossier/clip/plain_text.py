"""Plain text -> what it says. A few lines `Title: …` at its head are its fields."""

import re

from dossier.clip.encodings import Decoded
from dossier.clip.languages import language_of
from dossier.clip.markdown import paragraph
from dossier.clip.metadata import day_of
from dossier.clip.pages import about_encoding
from dossier.clip.tags import one_line
from dossier.clip.taken import Found, Said, failed, warned

_FIELD = re.compile(
    r"(title|headline|source|publisher|authors?|by|date|published|url|link|language):[ \t]+(\S.*)", re.I
)
_NAMES = {
    "headline": "title",
    "publisher": "source",
    "author": "authors",
    "by": "authors",
    "published": "date",
    "link": "url",
}
_WRAPPED = 60
_DATE_OF_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_.]?(\d\d)(?:[-_.]?(\d\d))?)?(?!\d)")


def read_text(decoded: Decoded, name: str, address: str) -> Found:
    """What a text says. `name` is its file's, which dates and titles it where nothing else does."""
    text = decoded.text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    fields, text = _fields(text)
    if not re.search(r"\w", text):
        return Found(said=(failed("no-text", "there is no text in it", "look at the file"),))
    said: list[Said] = list(about_encoding(decoded))
    title, text = _title(fields.get("title", ""), text)
    if not title:
        title = _title_of(name, text)
        message = f"nothing in the text is its title; '{title}' was made of " + ("its name" if name else "it")
        said.append(warned("no-title", message, "give it: dossier clip … --title 'The headline'"))
    date = day_of(fields.get("date", ""))
    if not date:
        date = _date_of(name)
        made = f"; {date} is from the file's name" if date else ""
        message = f"nothing in the text says when it was published{made}"
        said.append(warned("no-date", message, "give it: dossier clip … --date 2020-02-12"))
    blocks, words = blocks_of(text)
    return Found(
        title=title,
        source=fields.get("source", ""),
        authors=tuple(name for name in re.split(r"\s*(?:;|, | and )\s*", fields.get("authors", "")) if name),
        date=date,
        url=fields.get("url", "") or address,
        language=fields.get("language", "") or language_of(words),
        text=blocks,
        words=words,
        said=tuple(said),
    )


def blocks_of(text: str) -> tuple[str, str]:
    """A text as Markdown and without marks: paragraphs by empty lines, or by lines where each is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    lines = [line.rstrip() for line in text.split("\n")]
    if any(not line for line in lines) and not _each_line_is_one(lines):
        pieces = re.split(r"\n[ \t]*\n+", text)
    else:
        pieces = lines
    paragraphs = [" ".join(piece.split()) for piece in pieces]
    paragraphs = [piece for piece in paragraphs if piece]
    return "\n\n".join(map(paragraph, paragraphs)) + "\n", "\n".join(paragraphs)


def _each_line_is_one(lines: list[str]) -> bool:
    """Whether lines were never broken to fit a width: many are far longer than a screen's."""
    full = [line for line in lines if line]
    return sum(len(line) > 2 * _WRAPPED for line in full) > len(full) / 2


def _fields(text: str) -> tuple[dict[str, str], str]:
    """The fields at the head of a text, up to an empty line or another one; and the text below them."""
    fields: dict[str, str] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines[:12]):
        match = _FIELD.fullmatch(line.strip())
        if match is None:
            if fields and not line.strip():
                return fields, "\n".join(lines[number + 1 :]).strip()
            break
        key = match[1].lower()
        fields[_NAMES.get(key, key)] = one_line(match[2])
    # One such line alone, with text right below it, is the text's own.
    return ({}, text) if len(fields) < 2 else (fields, "\n".join(lines[len(fields) :]).strip())


def _title(given: str, text: str) -> tuple[str, str]:
    """The title: the field, or a first line that stands apart and is no sentence."""
    if given:
        return given, text
    first, _, rest = text.partition("\n")
    apart = rest.startswith("\n") or len(first) < 100
    if rest.strip() and apart and len(first) <= 150 and first.strip()[-1:] not in ".,;:":
        return one_line(first.strip().lstrip("# ")), rest.strip()
    return "", text


def _title_of(name: str, text: str) -> str:
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)
    words = " ".join(re.sub(r"[-_.]+", " ", stem).split())
    return words[:1].upper() + words[1:] if words else " ".join(text.split()[:10])


def _date_of(name: str) -> str:
    match = _DATE_OF_NAME.search(name)
    if match is None:
        return ""
    return day_of("-".join(part for part in match.groups() if part)) or match[1]
