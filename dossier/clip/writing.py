"""An article's file: its front matter in the order of the house, and its text."""

import re

from dossier import urls
from dossier.clip.taken import Found, Suggestions
from dossier.model import Record

LONGEST_NAME = 70
NAMED = ("topics", "people", "organizations", "places")
_PLAIN = re.compile(r"[^\W_][\w .,/()'’“”&+-]*(?:: ?(?=//))?[\w .,/()'’“”&+?=%~-]*")
LONGEST_PLAIN = 1000
LONGEST_COMMENT = 300
_ADDRESS = re.compile(r"https?://[^\s\"'{}\[\],`|]+[^\s\"'{}\[\],`|:]", re.I)
# What YAML, or a reader of it, may take for something else.
_OTHERWISE = re.compile(r"(?:true|false|yes|no|on|off|null|~|[-+]?[\d.][\d_.,:eExX+-]*)$", re.I)


class Draft(Record, frozen=True):
    """An article that isn't written yet."""

    found: Found
    capture: str
    accessed: str
    archive_url: str = ""
    suggestions: Suggestions = Suggestions()
    given: tuple[tuple[str, tuple[str, ...]], ...] = ()
    text: str = "full"
    obtained: str = "clipped"


def file_name(found: Found) -> str:
    """The id of an article: its date as far as it is known, and its title."""
    words = urls.slug(found.title or found.url or "untitled")
    while len(words) > LONGEST_NAME and "-" in words:
        words = words.rpartition("-")[0]
    return f"{found.date}-{words}" if found.date else words


def written(draft: Draft, site_language: str, fill_in: bool) -> str:
    """The file. Suggestions are comments; with `fill_in` they are what the fields say."""
    found = draft.found
    given = dict(draft.given)
    language = found.language if found.language.casefold() != site_language.casefold() else ""
    lines = ["---", f"title: {scalar(found.title)}"]
    lines.append(_line("source", found.source, "the outlet or body that published it"))
    lines.append(f"authors: {listed(found.authors)}")
    lines.append(_line("date", found.date, "when it was published: 2020-02-12, 2020-02 or 2020"))
    lines.append(_line("url", found.url, "where it can be read"))
    lines += [f"archive_url: {scalar(draft.archive_url)}"] if draft.archive_url else []
    lines.append(f"accessed: {draft.accessed}")
    lines += [f"language: {language}"] if language else []
    lines.append(f"kind: {found.kind}")
    for field in NAMED:
        chosen = tuple(given.get(field, ()))
        proposed = tuple(one for one in draft.suggestions.of(field) if one not in chosen)
        if fill_in:
            chosen, proposed = (*chosen, *proposed), ()
        lines.append(f"{field}: {listed(chosen)}" + _proposal(proposed))
    described = shortened(found.described, LONGEST_COMMENT)
    lines.append("summary:" + (f"  # it says of itself: {described}" if found.described else ""))
    lines += [f"text: {draft.text}", f"obtained: {draft.obtained}"]
    lines += [f"capture: {draft.capture}", "---", ""]
    return "\n".join(lines) + "\n" + found.text


def _line(key: str, value: str, about: str) -> str:
    return f"{key}: {scalar(value)}" if value else f"{key}:  # {about}"


def _proposal(proposed: tuple[str, ...]) -> str:
    return f"  # named in the text: {', '.join(proposed)}" if proposed else ""


def shortened(text: str, longest: int) -> str:
    """A text on one line, without anything that could steer a terminal; of one too long its beginning."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def listed(values: tuple[str, ...]) -> str:
    """A list of YAML on one line."""
    return "[" + ", ".join(scalar(value, within=True) for value in values) + "]"


def scalar(text: str, *, within: bool = False) -> str:
    """A text as a value of YAML: plain where that can't be misread, else in double quotes."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if _is_date(text):
        return f"'{text}'" if len(text) < 10 else text
    if _ADDRESS.fullmatch(text):
        return text
    plain = (
        len(text) < LONGEST_PLAIN
        and _PLAIN.fullmatch(text)
        and not _OTHERWISE.fullmatch(text)
        and not (within and "," in text)
    )
    if plain and ": " not in text and " #" not in text and not text.endswith((":", " ")):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes: its own are kept, whatever they are."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", text) is not None
