"""The index of a site: what is in it, and when it is made anew."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from dossier import search
from dossier.diagnostics import DossierError
from dossier.search import SearchEntry, index_shard, indexing
from tests.engine.site import Site, small_site

PLAIN = "title: Small\nurl: https://example.org/\ntheme: plain\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A small site that is to be searched."""
    made = small_site(tmp_path / "site")
    made.write({"site.yaml": PLAIN + "search: true\n"})
    return made


def index_of(site: Site) -> dict[str, str]:
    """The text of each file of the index, unpacked."""
    files = {path: data for path, data in site.tree().items() if path.startswith("search/")}
    return {
        path: (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8", "replace")
        for path, data in files.items()
    }


def fragments(site: Site) -> dict[str, dict[str, object]]:
    """What the index tells of each page, by the page's address."""
    told = [
        json.loads(text[len("pagefind_dcd") :]) for path, text in index_of(site).items() if "fragment" in path
    ]
    return {one["url"]: one for one in told}


def test_documents_and_entities_are_found_with_what_they_show(site: Site) -> None:
    assert not site.build().failed
    found = fragments(site)
    assert {"/articles/a.html", "/notes/n.html", "/topics/t.html", "/people/ada.html"} <= found.keys()
    note = found["/notes/n.html"]
    assert "See" in str(note["content"])
    assert note["meta"] == {"title": "Note", "kind": "Note", "date": "2021-01-01", "language": "en"}
    assert note["filters"] == {
        "kind": ["Note"],
        "topic": ["Topic"],
        "year": ["2021"],
        "language": ["English"],
    }


def test_what_a_page_withholds_is_not_in_the_index(site: Site) -> None:
    site.write(
        {
            "content/articles/w.md": "---\ntitle: W\nrights: reference\n---\nZanzibar.\n",
            "content/articles/d.md": "---\ntitle: Zanzibar\ndraft: true\n---\n",
        }
    )
    assert not site.build().failed
    assert "/articles/w.html" in fragments(site)
    assert [path for path, text in index_of(site).items() if "zanzibar" in text.lower()] == []


def test_an_edit_of_a_text_makes_its_shard_anew_and_nothing_else_does(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    made: list[int] = []

    def counted(entries: Sequence[SearchEntry], shard: int) -> indexing.Indexed:
        made.append(shard)
        return index_shard(entries, shard)

    monkeypatch.setattr(search, "index_shard", counted)
    before = site.tree()
    site.write({"themes/plain/assets/style.css": "body { margin: 1px }\n"})
    site.write({"themes/plain/templates/all.txt": "{{ view | string }} \n{{ body }}\n"})
    assert site.build().written > 2
    assert made == []
    after = site.tree()
    assert {path for path in after if path.startswith("search/") and after[path] != before[path]} == set()
    text = site.read("content/articles/a.md")
    site.write({"content/articles/a.md": text + "\nMore words.\n"})
    site.build()
    assert made == [0]
    site.build()
    assert made == [0]


def test_the_same_pages_in_any_order_give_the_same_bytes() -> None:
    pages = [
        SearchEntry(
            f"articles/{n}.html",
            f"Title {n}",
            "en",
            "en",
            "Article",
            "2020",
            (
                ("kind", "Article"),
                ("year", str(2000 + n % 7)),
                ("topic", f"T{n % 5}"),
                ("topic", f"U{n % 3}"),
            ),
            f"<p>Word{n} and others.</p>",
        )
        for n in range(40)
    ]
    assert index_shard(pages, 1) == index_shard(pages[::-1], 1)
    names = [path for path, _ in index_shard(pages, 1).files]
    assert "search/1/pagefind-entry.json" in names
    assert not [name for name in names if "wasm" in name or name.endswith((".js", ".css"))]


def test_a_file_of_the_index_that_was_changed_by_hand_is_made_again(site: Site) -> None:
    site.build()
    before = site.tree()
    for path in list(before):
        if path.startswith("search/") and "fragment" in path:
            (site.output / path).write_bytes(b"mine")
    assert not site.build().failed
    assert site.tree() == before


def test_a_site_that_stops_being_searched_has_no_index(site: Site) -> None:
    site.build()
    site.write({"site.yaml": PLAIN})
    site.build()
    assert [path for path in site.tree() if path.startswith("search")] == []


def test_without_pagefind_the_build_says_what_to_install(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "executable", lambda: "")
    result = site.build()
    assert result.failed
    (finding,) = result.diagnostics
    assert (finding.code, finding.path) == ("search-missing", "site.yaml")
    assert "pip install 'dossier-site[search]'" in finding.hint


def test_a_program_that_fails_fails_the_build_and_the_site_stays(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    before = site.tree()
    monkeypatch.setattr(indexing, "executable", lambda: "/bin/false")
    text = site.read("content/articles/a.md")
    site.write({"content/articles/a.md": text + "\nMore words.\n"})
    result = site.build()
    assert [finding.code for finding in result.diagnostics] == ["search-failed"]
    assert site.tree() == before


def test_a_program_that_cannot_be_started_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "executable", lambda: "/no/such/program")
    entry = SearchEntry("notes/n.html", "N", "en", "en", "Note", "", (), "")
    with pytest.raises(DossierError) as caught:
        index_shard([entry], 0)
    assert "no such file or directory" in caught.value.diagnostics[0].message
