"""`dossier import bibliography`: what Zotero exports becomes articles, and nothing is overwritten."""

import json
from pathlib import Path

import pytest

from tests.engine.site import Site, small_site

ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/ABC",
        "type": "article-newspaper",
        "title": 'NATO says: "more"',
        "author": [{"family": "Doe", "given": "Jane"}, {"literal": "AP Staff"}],
        "container-title": "AP",
        "issued": {"date-parts": [["2020", "2", 12]]},
        "URL": "https://ap.example/a?b=1",
        "language": "en",
        "DOI": "10.1/x",
    },
    {"id": "crs2020", "type": "report", "title": "R", "publisher": "CRS", "issued": {"raw": "2020-02"}},
    {"id": "a", "type": "webpage", "title": "Is there already"},
]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = small_site(tmp_path / "site")
    made.write({"library.json": json.dumps(ZOTERO)})
    return made


def test_each_work_becomes_an_article_that_builds(site: Site) -> None:
    before = site.read("content/articles/a.md")
    done = site.run("import", "bibliography", "library.json")
    assert done.returncode == 0, done.stderr
    assert "3 items read: 2 written, 1 on file already" in done.stdout
    assert "library.json:1:1: info[left-field]: 'DOI' has no place here" in done.stderr
    assert site.read("content/articles/2020-02-12-nato-says-more.md") == (
        '---\ntitle: "NATO says: \\"more\\""\nsource: AP\nauthors: ["Doe, Jane", AP Staff]\n'
        "date: 2020-02-12\nurl: https://ap.example/a?b=1\nkind: news\ntext: summary\n"
        "obtained: imported\n---\n"
    )
    assert "date: '2020-02'" in site.read("content/articles/crs2020.md")
    assert site.read("content/articles/a.md") == before
    assert "it is on file as content/articles/a.md" in done.stderr
    assert not site.build().failed
    again = site.run("import", "bibliography", "library.json")
    assert again.returncode == 0
    assert "3 items read: 3 on file already" in again.stdout


def test_a_dry_run_writes_nothing(site: Site) -> None:
    done = site.run("import", "bibliography", "library.json", "--dry-run")
    assert "3 items read: 2 would be written, 1 on file already" in done.stdout
    assert not (site.folder / "content/articles/crs2020.md").exists()


def test_what_a_site_exports_another_takes_in(site: Site, tmp_path: Path) -> None:
    site.build()
    other = Site(tmp_path / "other")
    other.write({"site.yaml": "title: Other\n"})
    for suffix in ("json", "bib", "ris"):
        done = other.run("import", "bibliography", str(site.output / f"bibliography.{suffix}"))
        assert done.returncode == 0, done.stderr
    assert {path.stem for path in other.folder.glob("content/articles/*.md")} == {"a", "b"}
    assert not other.build().failed


@pytest.mark.parametrize("name", ["nothing.json", "site.yaml", "content"])
def test_what_is_no_bibliography_is_refused(site: Site, name: str) -> None:
    done = site.run("import", "bibliography", name)
    assert done.returncode == 1
    assert "error[" in done.stderr
    assert "Traceback" not in done.stderr
