"""Files are written whole or not at all, and whatever a program exports can stand in them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.clip.placing import place_new
from dossier.diagnostics import Severity
from dossier.documents import parse
from dossier.importing.items import Item
from dossier.importing.writing import cleaned, file_name, written
from dossier.model import Article, Excerpt, Note
from dossier.urls import id_problem
from tests.conftest import REPOSITORY

TEXTS = st.text(max_size=40) | st.sampled_from(
    ["- x", "a: b", "#", "'", '"', "\\", "[x]", "{", "~", "yes", "2020-02", "1e3"]
)
LISTS = st.lists(TEXTS, max_size=3).map(tuple)


@settings(max_examples=150, deadline=None)
@given(title=TEXTS, source=TEXTS, authors=LISTS, tags=LISTS, summary=TEXTS, passage=TEXTS, date=TEXTS)
def test_any_fields_can_stand_in_a_file(
    title: str,
    source: str,
    authors: tuple[str, ...],
    tags: tuple[str, ...],
    summary: str,
    passage: str,
    date: str,
) -> None:
    item = cleaned(
        Item(
            "x",
            title=title,
            source=source,
            authors=authors,
            tags=tags,
            summary=summary,
            described=summary,
            date=date,
            excerpts=(Excerpt(passage, locator=source),),
        )
    )
    parsed = parse("content/articles/a.md", written(item, (), "en").encode())
    assert [finding for finding in parsed.diagnostics if finding.severity == Severity.ERROR] == []
    assert isinstance(parsed.value, Article)
    assert parsed.value.title == item.title
    assert parsed.value.source == item.source
    assert parsed.value.authors == item.authors
    assert parsed.value.tags == item.tags
    assert [excerpt.text for excerpt in parsed.value.excerpts] == [e.text for e in item.excerpts]
    assert not id_problem(file_name(item))
    note = parse(
        "content/notes/a.md",
        written(cleaned(Item("x", "note", title=title, date="2020", tags=tags)), (), "en").encode(),
    )
    assert isinstance(note.value, Note)


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    place_new(tmp_path / "a/b.md", b"first")
    with pytest.raises(FileExistsError):
        place_new(tmp_path / "a/b.md", b"second")
    assert [path.read_bytes() for path in (tmp_path / "a").iterdir()] == [b"first"]


def test_where_there_are_no_links_a_file_is_whole_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(source: object, target: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(os, "link", none)
    place_new(tmp_path / "b.md", b"first")
    with pytest.raises(FileExistsError):
        place_new(tmp_path / "b.md", b"second")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"first"]


def test_a_kill_leaves_nothing_half_written(tmp_path: Path) -> None:
    """Killed while it writes file after file: each is whole, and on Linux there is no other."""
    program = (
        "import sys; from pathlib import Path; from dossier.clip.placing import place_new\n"
        "for n in range(100_000): place_new(Path(f'{n}.md'), b'x' * 20_000); print(n, flush=True)"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(50):
            process.stdout.readline()
        process.kill()
    sizes = {path.stat().st_size for path in tmp_path.glob("*.md")}
    assert sizes == {20_000}
    if hasattr(os, "O_TMPFILE"):
        assert [path.name for path in tmp_path.iterdir() if path.suffix != ".md"] == []


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space left"):
        place_new(tmp_path / "c.md", b"text")
    assert list(tmp_path.iterdir()) == []
