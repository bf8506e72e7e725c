"""The dates that dossier reads, and what it says of those that it doesn't."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.documents.dates import Written, Wrong, before, read_date
from tests.documents.examples import article, document, hint, note, places, topic


@pytest.mark.parametrize(
    ("text", "date", "time"),
    [
        ("2020-02-12", "2020-02-12", ""),
        ("2020-02", "2020-02", ""),
        ("2020", "2020", ""),
        ("'2020'", "2020", ""),
        ("2020-02-29", "2020-02-29", ""),
        ("2020-02-12T14:30:00Z", "2020-02-12", "2020-02-12T14:30:00Z"),
        ("2020-02-12T14:30Z", "2020-02-12", "2020-02-12T14:30:00Z"),
        ("2020-02-12t14:30:00z", "2020-02-12", "2020-02-12T14:30:00Z"),
        ("2020-02-12T14:30:00.123Z", "2020-02-12", "2020-02-12T14:30:00Z"),
        ("2020-02-12T14:30:00+01:00", "2020-02-12", "2020-02-12T14:30:00+01:00"),
        ("2020-02-12T14:30:00+0100", "2020-02-12", "2020-02-12T14:30:00+01:00"),
        ("2020-02-12T14:30:00+01", "2020-02-12", "2020-02-12T14:30:00+01:00"),
        ("2020-02-12 14:30:00 +0545", "2020-02-12", "2020-02-12T14:30:00+05:45"),
        ("2020-02-12 14:30:00Z", "2020-02-12", "2020-02-12T14:30:00Z"),
        ("2020-02-12T14:30:00+00:00", "2020-02-12", "2020-02-12T14:30:00Z"),
        ("2020-02-12T23:30:00-12:00", "2020-02-12", "2020-02-12T23:30:00-12:00"),
    ],
)
def test_a_date_is_a_day_a_month_a_year_or_a_time_with_its_zone(text: str, date: str, time: str) -> None:
    value = article(f"date: {text}").value
    assert value is not None
    assert (value.date, value.time) == (date, time)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("2020-02-30", "February 2020 has 29 days"),
        ("1900-02-29", "February 1900 has 28 days"),
        ("2020-13-01", "months are 01 to 12; or 2020-01-13?"),
        ("2020-00", "write 2020, if only the year is known"),
        ("2020-02-00", "write 2020-02, if only the month is known"),
        ("2020-02-12T14:30:00", "write 2020-02-12T14:30:00Z if it is UTC, or the day alone: 2020-02-12"),
        ("2020-02-12 14:30", "write 2020-02-12T14:30:00Z if it is UTC, or the day alone: 2020-02-12"),
        ("2020-02-12T25:00:00Z", "write the day alone: 2020-02-12"),
        (
            "2020-02-12T14:30:00+99:99",
            "write 2020-02-12T14:30:00Z if it is UTC, or the day alone: 2020-02-12",
        ),
        (
            "2020-02-12T14:30:00 CET",
            "write the day alone, 2020-02-12, or 2020-02-12T14:30:00Z with time and zone",
        ),
        ("12/02/2020", "write 2020-02-12 or 2020-12-02, whichever is meant"),
        ("25/12/2020", "write 2020-12-25"),
        ("12/25/2020", "write 2020-12-25"),
        ("2020/02/12", "write 2020-02-12"),
        ("2020-2-3", "write 2020-02-03"),
        ("12.2.2020", "write 2020-02-12"),
        ("20200212", "write 2020-02-12"),
        ("02/2020", "write 2020-02"),
        ("12 February 2020", "write 2020-02-12"),
        ("12th Feb 2020", "write 2020-02-12"),
        ("February 12, 2020", "write 2020-02-12"),
        ("Wed, 12 Feb 2020 14:30:00 +0100", "write 2020-02-12"),
        ("Sept. 2020", "write 2020-09"),
        ("'~2020'", "write 2020, and doubts in the text"),
        ("2020-02?", "write 2020-02, and doubts in the text"),
        ("2020-XX-XX", "write 2020, if only the year is known"),
        ("2020-01/2020-03", "write the first day; in an event, 'date: 2020-01' and 'end: 2020-03'"),
    ],
)
def test_what_is_no_date_is_answered_with_what_to_type(text: str, advice: str) -> None:
    parsed = article(f"date: {text}")
    assert places(parsed) == [("bad-date", 3, 8 if "'" in text else 7, len(text.strip("'")))]
    assert hint(parsed) == advice


@pytest.mark.parametrize(
    "text", ["yesterday", "40 Foo 2020", "1581465600", "2020-W07", "٢٠٢٠", "0000", "99/99/2020"]
)
def test_anything_else_is_answered_with_the_form(text: str) -> None:
    assert "'2020-02-12'" in hint(article(f"date: {text}"))


def test_accessed_is_a_day() -> None:
    assert places(article("accessed: 2026-05")) == [("bad-date", 3, 11, 7)]
    assert article("accessed: 2026-05-20T10:00:00Z").value.accessed == "2026-05-20"


def test_dates_out_of_order_are_warned_of_as_far_as_they_can_be_compared() -> None:
    assert places(article("date: 2020-02-12", "accessed: 2020-02-11")) == [("date-order", 4, 11, 10)]
    assert places(article("date: 2020-02", "accessed: 2020-02-11")) == []
    assert places(note("updated: 2026-05-11")) == [("date-order", 4, 10, 10)]
    assert places(note("updated: 2026-05")) == []
    backwards = topic("events:", "  - {date: 2020-02-12, end: 2020-02-11, title: Ministers met}")
    assert places(backwards) == [("date-order", 4, 29, 10)]
    assert backwards.value.events[0].end == ""


def test_a_note_needs_a_date_and_a_wrong_one_is_one_mistake() -> None:
    assert places(document("note", "title: A")) == [("missing-date", 1, 1, 3)]
    assert places(document("note", "title: A", "date:")) == [("missing-date", 3, 1, 4)]
    assert places(document("note", "title: A", "date: today")) == [("bad-date", 3, 7, 5)]
    assert places(document("note", "title: A", "published: 2020-02-12")) == [("unknown-key", 3, 1, 9)]


@given(st.dates(), st.sampled_from([10, 7, 4]))
def test_every_date_is_kept_as_it_is_written(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    assert read_date(text) == Written(text)


@settings(deadline=None)
@given(st.text("0123456789-/.:TZ+ abJunXu?~", max_size=30))
def test_no_text_is_too_strange(text: str) -> None:
    found = read_date(text)
    assert found == read_date(text)
    if isinstance(found, Wrong):
        assert found.message
        assert found.hint


def test_before_compares_as_far_as_both_go() -> None:
    assert before("2020-01", "2020-02-12")
    assert not before("2020-02", "2020-02-12")
    assert not before("2020", "2020-02-12")
