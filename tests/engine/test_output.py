"""Where a site may be written, and what is never touched there."""

import os
import shutil
from pathlib import Path

import pytest

from dossier.diagnostics import DossierError
from dossier.output import MARKER, journal
from dossier.output.folder import check_paths
from tests.engine.site import Site, tree


def refused(site: Site, output: Path, **options: object) -> str:
    """The codes and messages of a build's refusal to write to a folder."""
    with pytest.raises(DossierError) as stop:
        site.build(output=output, **options)
    return str(stop.value)


@pytest.mark.parametrize(
    "place", [".", "content", "content/articles", "themes/new", "..", "../..", ".dossier/x", "/"]
)
def test_a_folder_that_holds_something_else_is_never_an_output(site: Site, place: str) -> None:
    before = tree(site.folder)
    assert "error[output-folder]" in refused(site, Path(os.path.normpath(site.folder / place)), adopt=True)
    assert {path: data for path, data in tree(site.folder).items() if ".dossier" not in path} == before


def test_home_is_never_an_output(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    (tmp_path / "me").mkdir()
    assert "home folder" in refused(site, tmp_path / "me")


def test_the_current_folder_is_never_an_output(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "here/inside").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here/inside")
    assert "current folder" in refused(site, tmp_path / "here")


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_repository_is_never_an_output(site: Site, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / ".git").mkdir() if kind == "folder" else (out / ".git").write_text("gitdir: elsewhere")
    assert "Git repository" in refused(site, out, adopt=True)
    assert (out / ".git").exists()


def test_a_link_is_never_an_output(site: Site, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert "symbolic link" in refused(site, tmp_path / "link")
    assert list((tmp_path / "real").iterdir()) == []


def test_a_file_is_never_an_output(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert "it is a file" in refused(site, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_with_foreign_files_is_refused_by_name(site: Site, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.doc").write_text("mine")
    said = refused(site, tmp_path / "out")
    assert "thesis.doc" in said
    assert "--adopt" in said
    assert tree(tmp_path / "out") == {"thesis.doc": b"mine"}


def test_an_adopted_folder_keeps_its_files(site: Site, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "old").mkdir(parents=True)
    (out / "old/thesis.doc").write_text("mine")
    (out / "index.html").write_text("my index")
    assert not site.build(output=out, adopt=True).failed
    assert (out / "old/thesis.doc").read_text() == "mine"
    assert b"HomeView" in (out / "index.html").read_bytes()
    (site.folder / "content/notes/n.md").unlink()
    site.build(output=out)
    assert (out / "old/thesis.doc").read_text() == "mine"


@pytest.mark.parametrize("atomic", [False, True])
def test_files_that_others_put_into_the_site_stay(site: Site, atomic: bool) -> None:
    site.build()
    (site.output / "CNAME").write_text("example.org")
    (site.output / "notes/mine.txt").write_text("mine")
    (site.output / "somewhere").symlink_to("/nowhere")
    (site.output / "empty").mkdir()
    (site.folder / "content/notes/n.md").unlink()
    assert site.build(atomic=atomic).removed > 0
    assert (site.output / "CNAME").read_text() == "example.org"
    assert (site.output / "notes/mine.txt").read_text() == "mine"
    assert (site.output / "somewhere").is_symlink()
    assert (site.output / "empty").is_dir()


@pytest.mark.parametrize("atomic", [False, True])
def test_a_page_never_replaces_a_file_that_dossier_did_not_write(site: Site, atomic: bool) -> None:
    site.build()
    (site.output / "notes/new.html").write_text("mine")
    site.write({"content/notes/new.md": "---\ntitle: New\ndate: 2021-01-01\n---\nText.\n"})
    before = site.tree()
    result = site.build(atomic=atomic)
    assert [finding.code for finding in result.diagnostics] == ["foreign-files"]
    assert site.tree() == before
    assert not site.build(atomic=atomic, adopt=True).failed
    assert b"NoteView" in site.tree()["notes/new.html"]


def test_a_page_is_never_written_through_a_link(site: Site, tmp_path: Path) -> None:
    site.build()
    shutil.rmtree(site.output / "notes")
    (tmp_path / "elsewhere").mkdir()
    (site.output / "notes").symlink_to(tmp_path / "elsewhere")
    assert "foreign-files" in [finding.code for finding in site.build().diagnostics]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_pages_of_documents_that_went_are_removed_with_their_folders(site: Site, tmp_path: Path) -> None:
    site.write({"content/articles/deep/er/p.pdf": "paper"})
    site.build()
    assert "articles/deep/er/p.pdf" in site.tree()
    (site.folder / "content/articles/deep/er/p.pdf").unlink()
    (site.folder / "content/notes/n.md").unlink()
    site.build()
    assert not (site.output / "articles/deep").exists()
    assert not (site.output / "notes/n.html").exists()
    assert site.tree() == site.clean(tmp_path / "clean")


def test_an_output_is_known_again_when_dossiers_own_folder_was_deleted(site: Site, tmp_path: Path) -> None:
    site.build()
    (site.output / "mine.txt").write_text("mine")
    written = (site.output / "robots.txt").stat().st_mtime_ns
    shutil.rmtree(site.folder / ".dossier")
    (site.folder / "content/notes/n.md").unlink()
    result = site.build()
    assert result.removed > 0
    assert (site.output / "mine.txt").read_text() == "mine"
    (site.output / "mine.txt").unlink()
    assert site.tree() == site.clean(tmp_path / "clean")
    assert (site.output / "robots.txt").stat().st_mtime_ns == written, "what is the same is left as it was"


def test_an_output_without_its_marker_is_known_by_its_files(site: Site) -> None:
    site.build()
    before = site.tree()
    (site.output / MARKER).unlink()
    site.build()
    assert site.tree() == before


def test_somebody_elses_folder_in_place_of_the_output_is_refused(site: Site) -> None:
    site.build()
    shutil.rmtree(site.output)
    (site.output / "articles").mkdir(parents=True)
    (site.output / "articles/a.html").write_text("mine, and of the same name")
    assert "foreign-files" in refused(site, site.output)
    assert site.read("public/articles/a.html") == "mine, and of the same name"


def test_a_marker_with_bad_paths_leads_nowhere(site: Site, tmp_path: Path) -> None:
    site.build()
    victim = site.folder / "victim.txt"
    victim.write_text("mine")
    marker = site.output / MARKER
    marker.write_text(marker.read_text() + f"../victim.txt\n{victim}\n")
    shutil.rmtree(site.folder / ".dossier")
    site.build()
    assert victim.read_text() == "mine"


@pytest.mark.parametrize(
    "paths",
    [["a.html", "A.html"], ["people/a.html", "People/b.html"], ["a", "a/b"], ["é.html", "e\u0301.html"]],
)
def test_paths_that_could_be_one_file_are_refused_by_both_names(paths: list[str]) -> None:
    with pytest.raises(DossierError) as stop:
        check_paths(paths)
    assert all(f"'{path}'" in str(stop.value) for path in paths)


@pytest.mark.parametrize(
    "path",
    ["../a", "/a", "a//b", "a/../b", "./a", "a\\b", "a\nb", "C:a", ".git/config", "a/.git", "a/", MARKER],
)
def test_a_path_that_leaves_the_output_is_refused(path: str) -> None:
    with pytest.raises(DossierError, match="output-path"):
        check_paths([path])


def test_unchanged_files_keep_their_time_in_an_exchanged_tree(site: Site, tmp_path: Path) -> None:
    site.build()
    stats = {path: path.stat() for path in site.output.rglob("*.html")}
    site.write({"content/topics/t.md": "---\ntitle: Topic\n---\nOther overview.\n"})
    result = site.build(atomic=True)
    assert result.written == 1
    for path, former in stats.items():
        if path.name != "t.html":
            assert (path.stat().st_ino, path.stat().st_mtime_ns) == (former.st_ino, former.st_mtime_ns)
    assert site.build().written == 0
    assert site.tree() == site.clean(tmp_path / "clean")
    assert not list(site.folder.glob(".public*"))


def test_a_former_tree_is_deleted_in_several_processes(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({f"content/articles/x{n}.md": f"---\ntitle: X {n}\n---\nText.\n" for n in range(20)})
    site.build()
    (site.output / "mine").mkdir()
    (site.output / "mine/own.txt").write_text("own")
    (site.output / "mine/link").symlink_to(tmp_path)
    (tmp_path / "beyond.txt").write_text("beyond the link")
    monkeypatch.setattr(journal, "MANY", 0)
    site.write({"themes/plain/templates/all.txt": "other {{ view | string }}\n"})
    site.build(atomic=True)
    assert {path.name for path in site.folder.iterdir()} == {
        "content",
        "themes",
        "site.yaml",
        "public",
        ".dossier",
    }
    assert (site.output / "mine/own.txt").read_text() == "own"
    assert (tmp_path / "beyond.txt").read_text() == "beyond the link"
    site.build(verify=True)


def test_a_tree_is_exchanged_by_two_renames_where_the_system_cannot_do_it_in_one(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site.build()
    monkeypatch.setattr("dossier.output.journal._swap", lambda one, other: False)
    site.write({"content/topics/t.md": "---\ntitle: Topic\n---\nOther overview.\n"})
    site.build(atomic=True)
    assert site.tree() == site.clean(tmp_path / "clean")
    assert not list(site.folder.glob(".public*"))


def test_two_outputs_of_one_site_do_not_disturb_each_other(site: Site, tmp_path: Path) -> None:
    site.build()
    site.build(output=tmp_path / "other", drafts=True)
    assert tree(tmp_path / "other") == site.tree()
    assert site.build().rendered == 0
    assert site.build(output=tmp_path / "other", drafts=True).rendered == 0


def test_nothing_is_left_beside_the_site(site: Site) -> None:
    site.build()
    assert sorted(path.name for path in site.folder.iterdir()) == [
        *(".dossier", "content", "public", "site.yaml", "themes")
    ]
    assert site.read(".dossier/.gitignore") == "*\n"
