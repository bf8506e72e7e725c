"""What the filters make of their input."""

import doctest
import json

import pytest

from dossier import dates
from dossier.theme import filters

LIVE = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "java\u200bscript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "//example.org/x",
    "/\\example.org/x",
    "\\\\example.org/x",
)
SAFE = (
    ("https://example.org/a?b=1&copy=2#c", "https://example.org/a?b=1&copy=2#c"),
    ("http://example.org/", "http://example.org/"),
    ("HTTPS://example.org/", "HTTPS://example.org/"),
    ("mailto:desk@example.org", "mailto:desk@example.org"),
    ("../articles/a.html#ref-1", "../articles/a.html#ref-1"),
    ("#d-main", "#d-main"),
    ("/dossier/a.html", "/dossier/a.html"),
    ("", ""),
    ("https://example.org/größe", "https://example.org/größe"),
    ('https://example.org/a b"<>\\^`{|}', "https://example.org/a%20b%22%3C%3E%5C%5E%60%7B%7C%7D"),
    ("https://example.org/100%", "https://example.org/100%25"),
    ("https://example.org/a%20b", "https://example.org/a%20b"),
    ("https://example.org/\ud800", "https://example.org/%3F"),
)


@pytest.mark.parametrize("address", LIVE)
def test_addresses_that_lead_nowhere(address: str) -> None:
    assert filters.safe_url(address) == ""


@pytest.mark.parametrize(("address", "expected"), SAFE)
def test_addresses_that_are_kept(address: str, expected: str) -> None:
    assert filters.safe_url(address) == expected


def test_json_is_safe_inside_a_script_element() -> None:
    value = {"a": "</script><!-- & \u2028 \u2029 'x' \"y\""}
    text = filters.json(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value
    assert filters.in_script(text) == text


@pytest.mark.parametrize("module", [dates, filters])
def test_the_examples_in_the_docstrings(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize("date", ["", "2020-13", "yesterday", "12/02/2020", "2020-02-12/2020-02-13"])
def test_what_is_no_date_stays_as_it_is(date: str) -> None:
    assert dates.in_words(date) == date
    assert dates.within_year(date) == date


def test_lists_in_a_sentence() -> None:
    assert [filters.listed(names) for names in ((), ("A",), ("A", "B"), ("A", "B", "C"))] == [
        *("", "A", "A and B"),
        "A, B and C",
    ]
    assert filters.plural(1, "note", "notes") == "1 note"
    assert filters.plural(1234, "note", "notes") == "1,234 notes"


def test_only_what_needs_no_chance_no_clock_and_no_trust() -> None:
    assert not {"random", "safe", "xmlattr", "tojson", "attr", "pprint", "urlize"} & set(filters.ALL)
