"""What is on record of links reaches every page that has them, in incremental builds as in clean ones."""

from pathlib import Path

from tests.engine.site import Site

GONE = "https://gone.example/a"
COPY = "https://web.archive.org/web/20200212143000/https://gone.example/a"
RECORD = f'"{GONE}": {{state: dead, since: 2025-05-20}}\n'
NOTE = "---\ntitle: Note\ndate: 2021-01-01\ntopics: [t]\n---\nSee [it]({}#part), without citing it.\n"
ARTICLE = (
    "---\ntitle: Copied\nsource: AP\ndate: 2020-01-02\nurl: {}\narchive_url: {}\nrights: full\n---\nText.\n"
)


def built(site: Site, clean: Path) -> str:
    """The note's page of an incremental build, which is that of a clean one."""
    assert site.build().diagnostics == ()
    assert site.tree() == site.clean(clean)
    return site.read("public/notes/n.html")


def test_a_record_marks_links_and_its_end_unmarks_them(site: Site, tmp_path: Path) -> None:
    site.write({"content/notes/n.md": NOTE.format(GONE)})
    before = built(site, tmp_path / "1")
    assert "no longer there" not in before
    site.write({"content/links.yaml": RECORD})
    assert "(no longer there, found 20 May 2025)" in built(site, tmp_path / "2")
    site.write({"content/links.yaml": "# all is well\n"})
    assert built(site, tmp_path / "3") == before


def test_a_copy_that_another_document_names_is_followed_when_it_changes(site: Site, tmp_path: Path) -> None:
    site.write(
        {
            "content/notes/n.md": NOTE.format(GONE),
            "content/links.yaml": RECORD,
            "content/articles/c.md": ARTICLE.format(GONE, COPY),
        }
    )
    assert f'href="{COPY}"' in built(site, tmp_path / "1")
    other = COPY.replace("2020", "2021")
    site.write({"content/articles/c.md": ARTICLE.format(GONE, other)})
    page = built(site, tmp_path / "2")
    assert f'href="{other}"' in page
    assert f'data-originalurl="{GONE}#part" data-versiondate="2021-02-12"' in page
    site.write({"content/articles/c.md": ARTICLE.format("https://other.example/", other)})
    assert "archived" not in built(site, tmp_path / "3")


def test_a_link_that_comes_into_a_text_is_marked(site: Site, tmp_path: Path) -> None:
    site.write({"content/notes/n.md": NOTE.format("https://fine.example/"), "content/links.yaml": RECORD})
    assert "lapsed" not in built(site, tmp_path / "1")
    site.write({"content/notes/n.md": NOTE.format(GONE)})
    assert 'class="lapsed"' in built(site, tmp_path / "2")
