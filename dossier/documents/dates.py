"""Dates as they are written -> EDTF level 0, or what to write instead.

A date is a day, a month or a year (`2020-02-12`, `2020-02`, `2020`), or a time of a day with its zone. Its
day is the day as written, in the zone as written: it never moves.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from dossier.dates import MONTHS
from dossier.documents.reading import Reading, shortened
from dossier.documents.shapes import Date, takes
from dossier.documents.values import scalar_of
from dossier.frontmatter import Node


class Written(NamedTuple):
    """A date as EDTF level 0, and the RFC 3339 time where one is given."""

    date: str
    time: str = ""


class Wrong(NamedTuple):
    """Why a text is no date, and what to write instead."""

    message: str
    hint: str


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


_DATE = _compiled(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_TIME = _compiled(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?: ?(Z|[+-]\d\d(?::?\d\d)?))?"
)
_ISO = "write it as year-month-day, '2020-02-12', or less where less is known: '2020-02', '2020'"
_GREATEST_OFFSET = 14 * 60
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read_date(text: str) -> Written | Wrong:
    """What a text says as a date.

    >>> read_date("2020-02"), read_date("2020-02-12 23:30:00 -0500")
    (Written(date='2020-02', time=''), Written(date='2020-02-12', time='2020-02-12T23:30:00-05:00'))
    >>> read_date("2020-02-30").hint, read_date("25/12/2020").hint
    ('February 2020 has 29 days', 'write 2020-12-25')
    """
    text = text.strip()
    match = _DATE.fullmatch(text)
    if match:
        year, month, day = match.groups()
        return _impossible(int(year), month, day) or Written(text)
    match = _TIME.fullmatch(text)
    if match:
        return _impossible(int(match[1]), match[2], match[3]) or _time(match)
    return _otherwise(text)


def _impossible(year: int, month: str | None, day: str | None) -> Wrong | None:
    if not year:
        return Wrong("there is no year 0000", _ISO)
    if month is None:
        return None
    if month == "00":
        return Wrong("there is no month 00", f"write {year:04d}, if only the year is known")
    if int(month) > 12:
        swapped = (
            f"; or {year:04d}-{day}-{month}?" if day and 1 <= int(day) <= 12 and int(month) <= 31 else ""
        )
        return Wrong(f"there is no month {month}", f"months are 01 to 12{swapped}")
    if day is None:
        return None
    if day == "00":
        return Wrong("there is no day 00", f"write {year:04d}-{month}, if only the month is known")
    leap = int(month) == 2 and (year % 400 == 0 if year % 100 == 0 else year % 4 == 0)
    last = DAYS[int(month) - 1] + leap
    name = f"{MONTHS[int(month) - 1]} {year}"
    return Wrong(f"there is no {int(day)} {name}", f"{name} has {last} days") if int(day) > last else None


def _time(match: re.Match[str]) -> Written | Wrong:
    year, month, day, hour, minute, second, zone = match.groups()
    date = f"{year}-{month}-{day}"
    time = f"{date}T{hour}:{minute}:{second or '00'}"
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return Wrong(f"there is no time {time[11:]}", f"write the day alone: {date}")
    if zone is None:
        return Wrong("a time needs its zone", f"write {time}Z if it is UTC, or the day alone: {date}")
    offset = _offset(zone)
    if offset is None:
        return Wrong(f"there is no time zone {zone}", f"write {time}Z if it is UTC, or the day alone: {date}")
    return Written(date, time + offset)


def _offset(zone: str) -> str | None:
    digits = zone[1:].replace(":", "").ljust(4, "0")
    if zone in "Zz" or digits == "0000":
        return "Z"
    if int(digits[2:]) > 59 or int(digits[:2]) * 60 + int(digits[2:]) > _GREATEST_OFFSET:
        return None
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


# ---------------------------------------------------------------- what people write instead


def _otherwise(text: str) -> Wrong:
    message = f"'{shortened(text)}' is not a date that dossier reads"
    for pattern, advise in _OTHER_FORMS:
        match = pattern.fullmatch(text)
        hint = advise(match) if match else ""
        if hint:
            return Wrong(message, hint)
    return Wrong(message, _ISO)


def _iso(year: str, month: str | int, day: str = "") -> str:
    """The date in ISO form, or '' where it is impossible."""
    date = f"{int(year):04d}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    return date if isinstance(read_date(date), Written) else ""


def _write(date: str) -> str:
    return f"write {date}" if date else ""


def _month(word: str) -> int:
    """The number of a month by its name, 0 for another word. Three letters are enough."""
    names = [month.lower() for month in MONTHS]
    word = word.lower().rstrip(".")
    found = [number for number, name in enumerate(names, start=1) if len(word) >= 3 and name.startswith(word)]
    return found[0] if found else 9 if word == "sept" else 0


def _named(year: str, word: str, day: str = "") -> str:
    month = _month(word)
    return _write(_iso(year, month, day)) if month else ""


def _day_or_month_first(match: re.Match[str]) -> str:
    first, second, year = match.groups()
    dates = dict.fromkeys(date for date in (_iso(year, second, first), _iso(year, first, second)) if date)
    if len(dates) == 2:
        return "write " + " or ".join(dates) + ", whichever is meant"
    return _write("".join(dates))


def _interval(match: re.Match[str]) -> str:
    first, last = match.groups()
    if isinstance(read_date(first), Written) and isinstance(read_date(last), Written):
        return f"write the first day; in an event, 'date: {first}' and 'end: {last}'"
    return ""


_OTHER_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_compiled(r"(\d\d?)/(\d\d?)/(\d{4})"), _day_or_month_first),
    (_compiled(r"(\d\d?)\. ?(\d\d?)\. ?(\d{4})"), lambda m: _write(_iso(m[3], m[2], m[1]))),
    (_compiled(r"(\d\d?)-(\d\d?)-(\d{4})"), _day_or_month_first),
    (_compiled(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)"), lambda m: _write(_iso(*m.groups()))),
    (_compiled(r"(\d{4})[-/.](\d\d?)"), lambda m: _write(_iso(m[1], m[2]))),
    (_compiled(r"(\d\d?)[/.](\d{4})"), lambda m: _write(_iso(m[2], m[1]))),
    (_compiled(r"(\d{4})(\d\d)(\d\d)"), lambda m: _write(_iso(*m.groups()))),
    (
        _compiled(
            r"(?:[a-z]{3,9},? )?(\d\d?)(?:st|nd|rd|th|\.)?[ -]([a-z]{3,9}\.?),?[ -](\d{4})(?:[ ,T].*)?"
        ),
        lambda m: _named(m[3], m[2], m[1]),
    ),
    (
        _compiled(r"(?:[a-z]{3,9},? )?([a-z]{3,9}\.?) (\d\d?)(?:st|nd|rd|th)?,? (\d{4})(?:[ ,T].*)?"),
        lambda m: _named(m[3], m[1], m[2]),
    ),
    (_compiled(r"([a-z]{3,9}\.?),? (\d{4})"), lambda m: _named(m[2], m[1])),
    (
        _compiled(r"(?:c\.|ca\.|circa|about|around|~)? ?(\d{4})[?~%s]?"),
        lambda m: f"write {m[1]}, and doubts in the text",
    ),
    (_compiled(r"(\d{4}-\d\d(?:-\d\d)?)[?~%]"), lambda m: f"write {m[1]}, and doubts in the text"),
    (_compiled(r"(\d{4})-[Xu?]{2}(?:-[Xu?]{2})?"), lambda m: f"write {m[1]}, if only the year is known"),
    (_compiled(r"(\d{4}-\d\d)-[Xu?]{2}"), lambda m: f"write {m[1]}, if only the month is known"),
    (
        _compiled(r"(\d{4}-\d\d-\d\d)[T ].*"),
        lambda m: f"write the day alone, {m[1]}, or {m[1]}T14:30:00Z with time and zone",
    ),
    (_compiled(r"(\d{4}(?:-\d\d){0,2}) ?(?:/|--|–|\.\.) ?(\d{4}(?:-\d\d){0,2})"), _interval),
)


# ---------------------------------------------------------------- readers


@takes(Date())
def written(reading: Reading, key: str, node: Node) -> Written | None:
    """A date, perhaps with a time."""
    scalar = scalar_of(reading, key, node, f"write {key}: 2020-02-12")
    if scalar is None:
        return None
    found = read_date(scalar.text)
    if isinstance(found, Wrong):
        reading.error(scalar.mark, "bad-date", found.message, found.hint)
        return None
    return found


@takes(Date())
def date(reading: Reading, key: str, node: Node) -> str | None:
    """A day, a month or a year; of a time, its day."""
    found = written(reading, key, node)
    return None if found is None else found.date


@takes(Date(precise=True))
def day(reading: Reading, key: str, node: Node) -> str | None:
    """A day; of a time, its day."""
    found = date(reading, key, node)
    if found is not None and len(found) != len("2020-02-12"):
        hint = f"write {key}: {found}-{'01' if len(found) == 7 else '01-01'}, with the day that it was"
        reading.error(node.mark, "bad-date", f"'{key}' must be a day", hint)
        return None
    return found


def before(date: str, other: str) -> bool:
    """Whether a date surely lies before another: they are compared as far as both go."""
    shared = min(len(date), len(other))
    return date[:shared] < other[:shared]
