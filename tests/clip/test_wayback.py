"""Archived copies, asked for at a stand-in that answers as the Wayback Machine documents it."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dossier.clip.wayback import LONGEST_WAIT, TRIES, Wayback
from tests.clip.corpus import DATED, Page, linked, page
from tests.clip.desk import HASTE, codes, field, new_desk
from tests.clip.serving import Answer, serving

COPY = "http://web.archive.org/web/20200213000000/https://amer.example/a"
CLOSEST = {"closest": {"available": True, "url": COPY, "timestamp": "20200213000000", "status": "200"}}


def answering(available: object, listed: object = ()) -> Answer:
    """The two interfaces: what is JSON, or a page to send as it is."""

    def answer(path: str) -> Page | None:
        given = available if path.startswith("/wayback/available") else listed
        return given if isinstance(given, Page) else Page(json.dumps(given).encode(), kind="application/json")

    return answer


def asked(answer: Answer, day: str = "2020-02-12") -> tuple[str, list[str], list[float], list[str]]:
    """The copy's address, the codes of what was said, the waits, and what was asked."""
    waits: list[float] = []
    with serving(answer) as server:
        found, said = Wayback(HASTE, server.address, waits.append).nearest("https://amer.example/a", day)
        return found, [each.code for each in said], waits, list(server.asked)


def test_the_nearest_copy_is_asked_for_by_the_day() -> None:
    found, said, _, paths = asked(answering({"archived_snapshots": CLOSEST}))
    assert (found, said) == (COPY.replace("http://web", "https://web"), [])
    (path,) = paths
    assert parse_qs(urlsplit(path).query) == {"url": ["https://amer.example/a"], "timestamp": ["20200212"]}


def test_what_the_first_doesnt_know_the_second_may() -> None:
    rows = [["timestamp", "original"], ["20200214010203", "https://amer.example/a"]]
    found, said, _, paths = asked(answering({"archived_snapshots": {}}, rows))
    assert found == "https://web.archive.org/web/20200214010203/https://amer.example/a"
    assert said == []
    query = parse_qs(urlsplit(paths[1]).query)
    assert (query["closest"], query["filter"], query["output"]) == (
        ["20200212"],
        ["statuscode:200"],
        ["json"],
    )


def test_no_copy_at_all_is_told() -> None:
    assert asked(answering({"archived_snapshots": {}}, []))[:2] == ("", ["not-archived"])


def test_a_busy_archive_is_asked_again_after_as_long_as_it_wants() -> None:
    answers = [Page(status=429, headers={"Retry-After": "7"}), Page(status=503)]
    then = json.dumps({"archived_snapshots": CLOSEST}).encode()
    found, _, waits, _ = asked(lambda path: answers.pop(0) if answers else Page(then))
    assert found
    assert waits == [7, 2]


@pytest.mark.parametrize(
    ("page", "tries"),
    [
        (Page(status=429), TRIES),
        (Page(status=500), TRIES),
        (Page(status=403), 1),
        (Page(status=429, headers={"Retry-After": str(int(LONGEST_WAIT) + 1)}), 1),
        (Page(b"<html>maintenance"), 1),
        (Page(b"[" * 100_000), 1),
        (Page(b" " * (2 << 20)), 1),
    ],
)
def test_an_archive_that_doesnt_answer_costs_a_warning_and_no_more(page: Page, tries: int) -> None:
    count = 0

    def answer(path: str) -> Page:
        nonlocal count
        count += 1
        return page

    assert asked(answer)[:2] == ("", ["archive-unanswered"])
    assert count == tries


@pytest.mark.parametrize(
    "answer",
    [[], {}, {"archived_snapshots": []}, {"archived_snapshots": {"closest": {"available": True}}}, "x", 7],
)
def test_an_answer_of_another_form_is_no_copy(answer: object) -> None:
    assert asked(answering(answer, answer))[0] == ""


def test_an_archive_that_isnt_there() -> None:
    with serving() as server:
        gone = server.address
    found, said = Wayback(HASTE, gone, lambda seconds: None).nearest("https://amer.example/a", "")
    assert (found, [each.code for each in said]) == ("", ["archive-unanswered"])


def test_an_article_names_its_copy(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "site")
    both = answering({"archived_snapshots": CLOSEST})
    with serving(lambda path: Page(page(linked(**DATED)).encode()) if path == "/a" else both(path)) as server:
        (outcome,) = desk.clip(server.url("/a"), archive=True, archive_base=server.address)
        (other,) = new_desk(tmp_path / "other").clip(server.url("/a"))
    assert field(desk.read(outcome.path), "archive_url") == COPY.replace("http://web", "https://web")
    assert codes([outcome]) == []
    assert "archive_url" not in other.content
