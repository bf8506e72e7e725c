"""Bibliographies of a site, and what its pages tell reference managers."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from tests.engine.site import Site

FILES = {
    "site.yaml": "title: Test\nurl: https://example.org/d/\ntheme: briefing\nauthors: [Desk Team]\n",
    "content/articles/a.md": (
        "---\ntitle: A <b>\ndate: 2020-02-12\nsource: AP\nkind: news\nauthors: [Jane Doe]\nlanguage: fr\n"
        "url: https://ap.example/a\ntopics: [t]\n---\n"
    ),
    "content/articles/r.md": "---\ntitle: R\nkind: report\nsource: CRS\nrights: reference\n---\nZanzibar.\n",
    "content/articles/d.md": "---\ntitle: Zanzibar\ndraft: true\n---\n",
    "content/notes/n.md": "---\ntitle: N\ndate: 2021-01-01\n---\nSee [@r].\n",
    "content/notes/m.md": "---\ntitle: M\ndate: 2021-01-01\n---\nCites nothing.\n",
    "content/topics/t.md": "---\ntitle: T\n---\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.write(FILES)
    return made


def tags(site: Site, page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<meta name="([^"]+)" content="([^"]*)">', site.read(f"public/{page}"))
    ours = ("z:", "citation_", "prism.", "DC.")
    return [(name, unescape(content)) for name, content in found if name.startswith(ours)]


def ids(site: Site, path: str) -> list[str]:
    return [item["id"] for item in json.loads(site.read(f"public/{path}"))]


def test_there_is_one_for_the_site_each_topic_and_each_note_that_cites(site: Site) -> None:
    assert not site.build().failed
    assert ids(site, "bibliography.json") == ["a", "r"]
    assert ids(site, "topics/t/bibliography.json") == ["a"]
    assert ids(site, "notes/n/bibliography.json") == ["r"]
    names = [path for path in site.tree() if "bibliography" in path]
    assert len(names) == 9
    for page, folder in (("articles/index.html", "../"), ("topics/t.html", "../topics/t/")):
        for suffix in ("json", "bib", "ris"):
            assert f'href="{folder}bibliography.{suffix}"' in site.read(f"public/{page}")
    assert "bibliography" not in site.read("public/notes/m.html")


def test_what_is_withheld_is_in_none(site: Site) -> None:
    site.build()
    assert [path for path, data in site.tree().items() if b"Zanzibar" in data] == []


def test_an_edited_title_is_in_all_that_list_it(site: Site) -> None:
    site.build()
    site.write({"content/articles/a.md": FILES["content/articles/a.md"].replace("A <b>", "Another")})
    changed = site.build().changed
    assert {"bibliography.bib", "topics/t/bibliography.ris", "articles/a.html"} <= set(changed)
    assert "notes/n/bibliography.json" not in changed


def test_a_site_may_do_without(site: Site) -> None:
    site.write({"site.yaml": FILES["site.yaml"] + "bibliographies: false\n"})
    site.build()
    tree = site.tree()
    assert [path for path in tree if "bibliography" in path or b"bibliography" in tree[path]] == []


def test_an_articles_page_is_a_record_of_the_original(site: Site) -> None:
    """As Zotero's translator for embedded metadata reads it: the fields that it takes, and from where.

    https://github.com/zotero/translators/blob/master/Embedded%20Metadata.js, HIGHWIRE_MAPPINGS
    """
    site.build()
    assert tags(site, "articles/a.html") == [
        ("z:itemType", "newspaperArticle"),
        ("citation_title", "A <b>"),
        ("citation_author", "Doe, Jane"),
        ("citation_date", "2020-02-12"),
        ("prism.publicationName", "AP"),
        ("citation_public_url", "https://ap.example/a"),
        ("citation_language", "fr"),
        ("DC.title", "A <b>"),
        ("DC.creator", "Jane Doe"),
        ("DC.date", "2020-02-12"),
        ("DC.language", "fr"),
        ("DC.publisher", "AP"),
        ("DC.identifier", "https://ap.example/a"),
    ]
    report = dict(tags(site, "articles/r.html"))
    assert (report["z:itemType"], report["citation_technical_report_institution"]) == ("report", "CRS")
    assert report["citation_public_url"] == "https://example.org/d/articles/r.html"


def test_a_notes_page_is_a_record_of_itself(site: Site) -> None:
    site.build()
    note = dict(tags(site, "notes/n.html"))
    assert note["citation_author"] == "Desk Team"
    assert (note["citation_title"], note["citation_date"]) == ("N", "2021-01-01")
    assert note["prism.publicationName"] == "Test"
    assert note["citation_public_url"] == "https://example.org/d/notes/n.html"


@pytest.mark.parametrize(
    ("written", "turned"),
    [
        ("Jane Doe", "Doe, Jane"),
        ("Doe, Jane", "Doe, Jane"),
        ("Ursula von der Leyen", "von der Leyen, Ursula"),
        ("Reuters", "Reuters"),
        ("Congressional Research Service", "Congressional Research Service"),
        ("AP Staff", "AP Staff"),
    ],
)
def test_a_persons_name_is_turned_and_a_bodys_is_not(site: Site, written: str, turned: str) -> None:
    text = FILES["content/articles/a.md"].replace("[Jane Doe]", f"['{written}']")
    site.write({"content/articles/a.md": text})
    site.build()
    assert dict(tags(site, "articles/a.html"))["citation_author"] == turned
