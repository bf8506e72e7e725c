"""Names that differ in case alone: on disks that don't tell it, and for hosts that do."""

from pathlib import Path

import pytest

from dossier.output import MARKER
from dossier.publish.names import name_findings
from tests.engine.site import Site, small_site, tree
from tests.systems.case_blind import become_case_blind

BIG = "---\ntitle: Big\ndate: 2021-01-01\n---\nText on [[a]].\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with one name in capitals, on a disk that doesn't tell case."""
    made = small_site(tmp_path / "site")
    made.write({"content/notes/Big.md": BIG, "content/articles/Photo.png": "x"})
    become_case_blind(tmp_path, monkeypatch)
    return made


def test_the_disk_is_as_told(site: Site) -> None:
    assert (site.folder / "CONTENT/notes/big.MD").read_text() == BIG
    assert (site.folder / "SITE.yaml").is_file()
    with pytest.raises(FileExistsError):
        (site.folder / "Content").mkdir()


@pytest.mark.parametrize("atomic", [False, True], ids=["file by file", "whole"])
def test_a_document_that_is_spelled_otherwise_keeps_its_page(
    site: Site, tmp_path: Path, atomic: bool
) -> None:
    """The page at the former spelling goes, and is the same file."""
    site.build(atomic=atomic)
    (site.folder / "content/notes/Big.md").rename(site.folder / "content/notes/big.md")
    (site.folder / "content/articles/Photo.png").rename(site.folder / "content/articles/photo.png")
    result = site.build(atomic=atomic)
    assert not result.failed, result.diagnostics
    built = site.tree()
    assert {"notes/big.html", "articles/photo.png"} <= built.keys()
    assert not {"notes/Big.html", "articles/Photo.png"} & built.keys()
    clean = small_site(tmp_path / "clean")
    clean.write({"content/notes/big.md": BIG, "content/articles/photo.png": "x"})
    clean.build()
    assert {**built, MARKER: b""} == {**clean.tree(), MARKER: b""}
    assert site.build().written == 0


def test_a_change_that_fails_half_way_is_taken_back(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from dossier.output import journal

    site.build()
    before = {path.lower(): data for path, data in site.tree().items()}
    (site.folder / "content/notes/Big.md").rename(site.folder / "content/notes/big.md")
    move = journal._move

    def full(*arguments: object) -> None:
        if arguments[-1] == MARKER:
            raise OSError(28, "No space left on device")
        move(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "_move", full)
    assert [finding.message for finding in site.build().diagnostics] == [
        "could not put the site in place: no space left on device"
    ]
    monkeypatch.setattr(journal, "_move", move)
    assert {path.lower(): data for path, data in site.tree().items()} == before
    site.build()
    assert "notes/big.html" in site.tree()


def test_two_documents_that_differ_in_case_alone_are_an_error_on_every_disk(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    site.write({"content/notes/Big.md": BIG, "content/notes/big.md": BIG})
    result = site.build()
    assert result.failed
    assert {"content/notes/Big.md", "content/notes/big.md"} & {f.path for f in result.diagnostics}


@pytest.mark.parametrize(
    "name",
    [
        *("con.html", "NUL", "aux.png", "Com1.txt", "lpt9.tar.gz", "com¹.html", "CONOUT$"),
        *("a.", "a ", "a:b.html", "a?.html", "a*b", 'a"b', "a<b", "a|b", "a\\b", "a\tb"),
        *(".hidden", ".git", "GIT~1", "x" * 256, "é" * 128),
    ],
)
def test_names_that_some_system_forbids_are_not_published(name: str) -> None:
    assert [finding.code for finding in name_findings([f"articles/{name}"])] == ["forbidden-name"]


@pytest.mark.parametrize(
    "paths",
    [
        ("articles/a.html", "articles/A.html"),
        ("img/x.png", "IMG/y.png"),
        ("a/STRASSE.png", "a/straße.png"),
        ("a/caf\u00e9.png", "a/cafe\u0301.png"),
        ("a/x", "A/x/y"),
    ],
)
def test_paths_that_are_one_on_some_system_are_not_published(paths: tuple[str, ...]) -> None:
    assert [finding.code for finding in name_findings(paths)] == ["output-collision"]


@pytest.mark.parametrize(
    "name", ["concert.html", "nul-report.html", "a.b.c", "größe.html", "أربيل.html", "com10"]
)
def test_other_names_are(name: str) -> None:
    assert list(name_findings([f"articles/{name}"])) == []


def test_folders_of_assets_may_be_spelled_otherwise(site: Site) -> None:
    site.write({"content/articles/Img/a.png": "a", "content/articles/Img/b.png": "b"})
    site.build()
    (site.folder / "content/articles/Img").rename(site.folder / "content/articles/img")
    site.build()
    assert {"articles/img/a.png", "articles/img/b.png"} <= tree(site.output).keys()
    assert not [path for path in tree(site.output) if "Img" in path]
