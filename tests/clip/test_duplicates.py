"""Nothing is clipped twice, and nothing of a curator's is lost when a page is clipped again."""

from pathlib import Path

import pytest

from tests.clip.corpus import DATED, WORDS, Page, linked, page
from tests.clip.desk import Desk, codes, field, new_desk
from tests.clip.serving import of_pages, serving

FIRST = page(linked(**DATED))
AFTER = page(
    linked(**DATED, author="Ada Quill"), *WORDS[:4], "The repair is to cost fourteen million, it says now."
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "site")


def test_another_address_of_a_page_on_file_is_not_fetched(desk: Desk) -> None:
    with serving(of_pages({"/a": Page(FIRST.encode())})) as server:
        (first,) = desk.clip(server.url("/a"))
        (again,) = desk.clip(server.url("/a?utm_source=mail#top"))
        assert (again.state, again.path, codes([again])) == ("on-file", first.path, ["on-file"])
        assert sum(server.asked.values()) == 1


def test_an_address_that_leads_to_a_page_on_file_is_known_by_where_it_leads(desk: Desk) -> None:
    short = Page(status=302, headers={"Location": "/a"})
    with serving(of_pages({"/a": Page(FIRST.encode()), "/s": short})) as server:
        (first,) = desk.clip(server.url("/a"))
        (again,) = desk.clip(server.url("/s"))
    assert (again.state, again.path) == ("on-file", first.path)
    assert len(desk.captures) == 1


def test_a_text_that_is_nearly_that_of_another_is_written_and_told(desk: Desk, tmp_path: Path) -> None:
    long = "\n\n".join(WORDS * 2)
    (tmp_path / "one.txt").write_text(f"One headline\n\n{long}", encoding="utf-8")
    (tmp_path / "two.txt").write_text(
        f"Another headline\n\n{long}\n\nAnd a last line of its own.", encoding="utf-8"
    )
    one, two = desk.clip(str(tmp_path / "one.txt"), str(tmp_path / "two.txt"))
    assert (one.state, two.state) == ("written", "written")
    near = [finding for finding in two.findings if finding.code == "near-text"]
    assert one.path in near[0].message
    assert "near-text" not in codes([one])


def test_a_name_that_is_taken_gets_a_number_and_no_file_is_overwritten(desk: Desk, tmp_path: Path) -> None:
    desk.write("content/articles/2020-A-Headline.md", "---\ntitle: Mine\n---\nMine.\n")
    (tmp_path / "a.txt").write_text("A headline\n\n" + "\n\n".join(WORDS), encoding="utf-8")
    (outcome,) = desk.clip(str(tmp_path / "a.txt"), given=(("date", ("2020",)),))
    assert outcome.path == "content/articles/2020-a-headline-2.md"
    assert desk.read("content/articles/2020-A-Headline.md").endswith("Mine.\n")


def curated(content: str) -> str:
    """An article as a curator leaves it: mended, and with fields of their own."""
    return (
        content.replace("title: Bridge closed to lorries", "title: My better title")
        .replace("topics: []  # named in the text: bridges", "topics: [bridges]  # mine")
        .replace("summary:\n", "summary: My summary.\nrights: reference\n")
    )


def test_an_update_shows_what_changed_and_keeps_what_is_the_curators(desk: Desk) -> None:
    pages = {"/a": Page(FIRST.encode())}
    with serving(of_pages(pages)) as server:
        (first,) = desk.clip(server.url("/a"))
        before = curated(desk.read(first.path))
        assert "topics: [bridges]  # mine" in before
        desk.write(first.path, before)
        (same,) = desk.clip(server.url("/a"), update=True, now="2026-06-01T10:00:00Z")
        assert (same.state, desk.read(first.path)) == ("unchanged", before)
        pages["/a"] = Page(AFTER.encode())
        (shown,) = desk.clip(server.url("/a"), update=True, dry=True)
        assert (shown.state, desk.read(first.path)) == ("updated", before)
        (after,) = desk.clip(server.url("/a"), update=True, now="2026-06-01T10:00:00Z")
    content = desk.read(first.path)
    assert "+The repair is to cost fourteen million" in shown.diff
    assert "-The repair is to cost eleven million" in after.diff
    assert "+The repair is to cost fourteen million" in after.diff
    kept = ("title", "topics", "summary", "rights", "date")
    assert [field(content, key) for key in kept] == [field(before, key) for key in kept]
    assert field(content, "authors") == "[Ada Quill]"
    assert field(content, "accessed") == "2026-06-01"
    assert [verdict.state for verdict in desk.verify()] == ["matches"]
    assert len(desk.captures) == 2


def test_a_text_that_the_curator_changed_stays(desk: Desk) -> None:
    pages = {"/a": Page(FIRST.encode())}
    with serving(of_pages(pages)) as server:
        (first,) = desk.clip(server.url("/a"))
        desk.write(first.path, desk.read(first.path).replace("nine pillars", "nine [stone] pillars"))
        pages["/a"] = Page(AFTER.encode())
        (after,) = desk.clip(server.url("/a"), update=True)
    assert "edited-text" in codes([after])
    assert "nine [stone] pillars" in desk.read(first.path)
    assert "fourteen million" not in desk.read(first.path)


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    before = sorted(desk.folder.rglob("*"))
    with serving(of_pages({"/a": Page(FIRST.encode())})) as server:
        (outcome,) = desk.clip(server.url("/a"), dry=True)
    assert outcome.content.startswith("---\ntitle: Bridge closed to lorries\n")
    assert sorted(desk.folder.rglob("*")) == before
