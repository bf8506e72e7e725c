"""Dates in words. A date is EDTF level 0 (`2020-02-12`, `2020-02`, `2020`) or an RFC 3339 time."""

import re
from functools import lru_cache

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d)[\d:.]*(Z|[+-]\d\d:\d\d)?)?)?)?")
_Parts = tuple[str, str, str, str]


@lru_cache(maxsize=4096)
def in_words(date: str, end: str = "") -> str:
    """A date, or the time from one to another, never more precise than it is given.

    >>> in_words("2020-02-12"), in_words("2020-02"), in_words("2020")
    ('12 February 2020', 'February 2020', '2020')
    >>> in_words("2020-02-12T14:30:00+01:00"), in_words("2020-02-12T14:30:00Z")
    ('12 February 2020, 14:30 UTC+01:00', '12 February 2020, 14:30 UTC')
    >>> in_words("2020-02-12", "2020-02-13"), in_words("2020-01", "2020-03"), in_words("2014", "2021")
    ('12–13 February 2020', 'January–March 2020', '2014–2021')
    >>> in_words("2020-02-28", "2020-03-01"), in_words("2019-12-31", "2020-01-02")
    ('28 February – 1 March 2020', '31 December 2019 – 2 January 2020')

    What is not a date stays as it is written.
    """
    first, last = _parts(date), _parts(end)
    if first is None:
        return date
    if last is None or last == first:
        return _joined(first)
    return _span(first, last)


@lru_cache(maxsize=4096)
def within_year(date: str, end: str = "") -> str:
    """A date as it is shown under its year's heading: short, and without the year.

    >>> within_year("2020-02-12"), within_year("2020-02"), within_year("2020")
    ('12 Feb', 'Feb', '')
    >>> within_year("2020-02-12", "2020-02-13"), within_year("2020-02-12", "2020-03-01")
    ('12–13 Feb', '12 Feb – 1 Mar')
    >>> within_year("2020-12-30", "2021-01-02")
    '30 Dec – 2 Jan 2021'
    """
    first, last = _parts(date), _parts(end)
    if first is None:
        return date
    day, month = first[0], first[1][:3]
    if last is None or last == first:
        return _joined((day, month, "", ""))
    year = last[2] if last[2] != first[2] else ""
    return _span((day, month, "", ""), (last[0], last[1][:3], year, "")).strip(" –")


def _parts(date: str) -> _Parts | None:
    """Day, month's name, year and time, each empty where the date doesn't give it."""
    match = _DATE.fullmatch(date)
    if match is None:
        return None
    year, month, day, time, zone = match.groups(default="")
    if month and not 1 <= int(month) <= 12:
        return None
    named = MONTHS[int(month) - 1] if month else ""
    clock = f"{time} {'UTC' if zone == 'Z' else 'UTC' + zone}" if zone else time
    return day.removeprefix("0"), named, year, clock


def _joined(parts: _Parts) -> str:
    day, month, year, time = parts
    words = " ".join(part for part in (day, month, year) if part)
    return f"{words}, {time}" if time else words


def _span(first: _Parts, last: _Parts) -> str:
    """From one date to another, with what they share said once."""
    (day, month, year, _), (end_day, end_month, end_year, _) = first, last
    if (month, year) == (end_month, end_year) and day and end_day:
        return _joined((f"{day}–{end_day}", month, year, ""))
    start = _joined((day, month, "" if year == end_year and month else year, ""))
    dash = " – " if " " in start or " " in _joined((end_day, end_month, "", "")) else "–"
    return f"{start}{dash}{_joined((end_day, end_month, end_year, ''))}"
