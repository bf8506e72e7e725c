"""What must not get out, looked for in every byte of a built site, and after it had been out."""

from pathlib import Path

import pytest

from tests.site.conftest import build, write

MARKER = "Zanzibar"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
NOTE = "---\ntitle: Open\ndate: 2020-01-01\n---\nText.\n"
HIDDEN = f"""---
title: {MARKER} article
date: 2020-02-12
people: [{MARKER} One]
source: {MARKER} News
topics: [t]
events: [{{date: 2020-02-12, title: {MARKER} event}}]
---
{MARKER}.
"""
FILES = {
    "site.yaml": "title: Test\nurl: https://example.org/\nrights: full\n",
    "content/topics/t.md": "---\ntitle: T\n---\n",
    "content/notes/open.md": NOTE,
    "content/articles/zanzibar.md": HIDDEN,
}


def traces(output: Path) -> list[str]:
    """The files whose names or bytes hold the marker."""
    return [
        path.relative_to(output).as_posix()
        for path in sorted(output.rglob("*"))
        if path.is_file()
        and (MARKER.lower() in path.name or MARKER.lower().encode() in path.read_bytes().lower())
    ]


@pytest.mark.slow
def test_a_document_that_becomes_a_draft_leaves_no_trace(tmp_path: Path) -> None:
    site = write(tmp_path, FILES)
    built = build(site, "--strict")
    assert built.code == 0, built.said
    assert {"articles/zanzibar.html", "people/zanzibar-one.html"} < set(traces(built.output))
    for change in (HIDDEN.replace("date: 2020-02-12\npeople", "date: 2020-02-12\ndraft: true\npeople"), None):
        if change is None:
            (site / "content/articles/zanzibar.md").unlink()
        else:
            write(site, {"content/articles/zanzibar.md": change})
        again = build(site, "--strict")
        assert again.code == 0, again.said
        assert traces(again.output) == []
    write(site, {"content/articles/zanzibar.md": HIDDEN.replace("2020-02-12\npeople", "2999-01-01\npeople")})
    later = build(site)
    assert "future-date" in later.said
    assert traces(later.output) == []


@pytest.mark.parametrize("why", ["draft: true", "date: 2999-01-01", "rights: reference"])
def test_a_picture_that_only_unpublished_text_uses_is_not_published(tmp_path: Path, why: str) -> None:
    article = f"---\ntitle: Hidden\n{why}\n---\n![A picture](zanzibar.svg)\n"
    shown = {"content/articles/hidden.md": article, "content/articles/zanzibar.svg": PICTURE}
    built = build(write(tmp_path, {"site.yaml": "title: Test\n", **shown}))
    assert built.code == 0, built.said
    assert traces(built.output) == []


def test_only_known_kinds_of_files_are_published(tmp_path: Path) -> None:
    private = {
        "content/articles/.env": MARKER,
        "content/articles/notes.md~": MARKER,
        "content/articles/page.html": MARKER,
        "content/articles/program.js": MARKER,
        "content/articles/.zanzibar.svg": PICTURE,
        "content/.git/config.json": MARKER,
        "secret.txt": MARKER,
        "node_modules/zanzibar.json": MARKER,
    }
    shown = {name: text for name, text in FILES.items() if "zanzibar" not in name}
    built = build(write(tmp_path, {**shown, **private}))
    assert built.code == 0, built.said
    assert "notes/open.html" in built.files
    assert traces(built.output) == []


def test_drafts_are_shown_where_they_are_asked_for(tmp_path: Path) -> None:
    draft = HIDDEN.replace("date: 2020-02-12\npeople", "date: 2020-02-12\ndraft: true\npeople")
    site = write(tmp_path, {**FILES, "content/articles/zanzibar.md": draft})
    built = build(site, "--strict", "--drafts", "--output", "preview")
    assert built.code == 0, built.said
    assert "Draft" in (site / "preview/articles/zanzibar.html").read_text(encoding="utf-8")
    assert not (site / "public").exists()
