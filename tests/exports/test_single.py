"""A briefing in one file: whole, well-formed, and with nothing that isn't published."""

import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dossier.exports.single import single
from tests.exports.conftest import Desk

XHTML = re.compile(r"<!DOCTYPE html>|&nbsp;")


def written(desk: Desk, topic: str = "iraq") -> str:
    return single(desk.briefing(topic)).decode()


def root(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(XHTML.sub("", text))


def test_a_topic_with_its_notes_and_the_sources_of_all(desk: Desk) -> None:
    text = written(desk)
    titles = [heading.text for heading in root(text).iter("h2")]
    assert titles == ["Overview", "Claims", "Timeline", "Second note", "First note", "Sources"]
    assert "The desk · as of 1 April 2020 · 2 notes, 2 sources" in text
    assert "Ministers meet" in text


def test_each_source_has_one_number_in_all_texts(desk: Desk) -> None:
    page = root(written(desk))
    numbers = {
        section.get("id"): [a.text for a in section.iter("a") if a.get("class") == "citation"]
        for section in page.iter("section")
    }
    assert numbers["topic-iraq"] == ["1"]
    assert numbers["note-second"] == ["2"]
    assert numbers["note-first"] == ["1", "2", "2"]
    sources = [entry for entry in page.iter("li") if (entry.get("id") or "").startswith("ref-")]
    assert [(entry.get("value"), entry.findtext("p/cite/a")) for entry in sources] == [
        ("1", "Article A"),
        ("2", "Article B"),
    ]


def test_sources_show_their_whole_addresses(desk: Desk) -> None:
    shown = ["".join(p.itertext()) for p in root(written(desk)).iter("p") if p.get("class") == "address"]
    assert shown == [
        "https://example.org/file/topics/iraq.html",
        "https://a.example/one?x=1&y=2",
        "Archived copy of 13 February 2020: https://web.archive.org/web/20200213000000/https://a.example/",
        "https://b.example/",
    ]


def test_links_lead_within_the_file_or_to_the_published_site(desk: Desk) -> None:
    page = root(written(desk))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = [a.get("href") or "" for a in page.iter("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(link.startswith(("#", "https://")) for link in links)
    assert "#note-second" in links
    assert "https://example.org/file/people/ada.html" in links
    assert "#ref-1--excerpt-1" in links  # the mark of the quotation leads to the passage
    desk.write({"site.yaml": "title: The File\n"})
    page = root(written(desk))
    assert not any("people/ada" in (a.get("href") or "") for a in page.iter("a"))
    assert "Ada" in "".join(page.itertext())


def test_nothing_is_loaded_and_nothing_runs(desk: Desk) -> None:
    page = root(written(desk))
    assert not list(page.iter("script"))
    assert {link.get("rel") for link in page.iter("link")} <= {"canonical"}
    (picture,) = page.iter("img")
    assert (picture.get("src") or "").startswith("data:image/svg+xml;base64,")
    assert picture.get("alt") == "A chart"


def test_a_picture_is_found_by_any_name_and_a_film_gives_way_to_its_words(desk: Desk) -> None:
    desk.write(
        {
            "content/notes/pictured.md": "---\ntitle: Pictured\ndate: 2020-03-20\ntopics: [iraq]\n---\n"
            "![How large](größe.svg) ![A film](film.mp4) [The chart](größe.svg)\n",
            "content/notes/größe.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "content/notes/film.mp4": b"a film",
        }
    )
    page = root(written(desk))
    (picture,) = (each for each in page.iter("img") if each.get("alt") == "How large")
    assert (picture.get("src") or "").startswith("data:image/svg+xml;base64,")
    assert "A film" in "".join(page.itertext())
    (link,) = (each for each in page.iter("a") if each.text == "The chart")
    assert link.get("href") == "https://example.org/file/notes/gr%C3%B6%C3%9Fe.svg"
    assert "url(" not in written(desk)


def test_what_is_not_published_is_not_exported(desk: Desk) -> None:
    for topic in ("iraq", "all"):
        assert "zanzibar" not in written(desk, topic).lower()


def test_words_in_another_language_say_so(desk: Desk) -> None:
    assert '<cite lang="ar" dir="rtl">' in written(desk)


@pytest.mark.slow
@pytest.mark.parametrize("style", ["apa", "chicago-notes"])
def test_citation_styles(desk: Desk, style: str) -> None:
    desk.write({"site.yaml": f"title: The File\nurl: https://example.org/\ncitation_style: {style}\n"})
    page = root(written(desk))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = {(a.get("href") or "")[1:] for a in page.iter("a") if (a.get("href") or "").startswith("#")}
    assert links <= set(ids)
    entries = ["".join(e.itertext()) for e in page.iter("li") if (e.get("id") or "").startswith("ref-")]
    assert len(entries) == 2
    assert any("Article A" in entry for entry in entries)


def test_the_whole_site_has_every_topic_and_every_note_once(desk: Desk) -> None:
    page = root(written(desk, "all"))
    titles = [heading.text for heading in page.iter("h2")]
    assert titles == [
        *("Another topic", "The mission", "Claims", "Timeline", "Second note", "First note"),
        "Sources",
    ]


@pytest.mark.slow
def test_the_checker_has_nothing_to_say(desk: Desk, tmp_path: Path, html_checker: list[str]) -> None:
    (tmp_path / "a.html").write_text(written(desk), encoding="utf-8")
    done = subprocess.run(
        [*html_checker, "--errors-only", str(tmp_path / "a.html")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
