"""Publishing to any other host: a folder, or an archive that is the same wherever it is packed."""

import os
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from dossier.diagnostics import DossierError
from tests.engine.site import tree
from tests.publish.conftest import Desk, environment, git

NOTE = "---\ntitle: Note\ndate: 2021-01-01\n---\nChanged.\n"


# ---------------------------------------------------------------- a folder


def test_a_folder_has_the_site_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "www"
    outcome = desk.publish(to=place)
    assert tree(place) == desk.site.pages()
    assert outcome.difference.added == tuple(sorted(desk.site.pages()))
    assert desk.tip() == ""
    assert outcome.recorded == 6


def test_a_folder_is_made_equal_to_the_next_site(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "www"
    desk.publish(to=place)
    (desk.folder / "content/articles/x.png").unlink()
    desk.commit({"content/articles/b.md": "---\ntitle: B\ndate: 2020\n---\nT.\n", "content/notes/n.md": NOTE})
    desk.commit({"content/notes/m.md": NOTE.replace("Note", "Other")})
    changes = desk.publish(to=place).difference
    assert tree(place) == desk.site.pages()
    assert "notes/m.html" in changes.added
    assert "notes/n.html" in changes.changed
    assert "articles/x.png" in changes.removed
    assert not desk.publish(to=place).difference


def test_files_of_others_in_a_folder_stay(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "www"
    place.mkdir()
    (place / ".htaccess").write_text("mine")
    with pytest.raises(DossierError) as caught:
        desk.publish(to=place)
    assert [finding.code for finding in caught.value.diagnostics] == ["foreign-files"]
    desk.publish(to=place, adopt=True)
    assert (place / ".htaccess").read_text() == "mine"
    desk.commit({"content/notes/n.md": NOTE})
    (place / "upload.txt").write_text("mine")
    with pytest.raises(DossierError):
        desk.publish(to=place)
    desk.publish(to=place, adopt=True)
    assert tree(place) == {**desk.site.pages(), ".htaccess": b"mine", "upload.txt": b"mine"}


def test_folders_that_have_a_meaning_are_refused(desk: Desk, tmp_path: Path) -> None:
    for place in ("", "content", "themes/new", ".git/www", ".dossier", "public", "public/www", "..", "/"):
        with pytest.raises(DossierError) as caught:
            desk.publish(to=Path(os.path.abspath(desk.folder / place)))
        assert [finding.code for finding in caught.value.diagnostics] == ["output-folder"], place
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(DossierError):
        desk.publish(to=tmp_path / "link")


def test_a_dry_run_leaves_a_folder_as_it_is(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "www"
    said = desk.run("--to", str(place), "--dry-run")
    assert said.returncode == 0, said.stderr
    assert "+ articles/a.html\n" in said.stdout
    assert not place.exists()
    assert not (desk.folder / "published.txt").exists()


# ---------------------------------------------------------------- archives


def names_and_bytes(archive: Path) -> dict[str, bytes]:
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    with tarfile.open(archive) as tar:
        files = {member.name: tar.extractfile(member) for member in tar.getmembers()}
        return {name: file.read() for name, file in files.items() if file is not None}


@pytest.mark.parametrize("name", ["site.zip", "site.tar.gz", "site.tgz", "site.tar"])
def test_an_archive_is_the_same_whenever_it_is_packed(desk: Desk, tmp_path: Path, name: str) -> None:
    archive = tmp_path / name
    desk.publish(to=archive)
    first = archive.read_bytes()
    assert names_and_bytes(archive) == desk.site.pages()
    assert list(names_and_bytes(archive)) == sorted(names_and_bytes(archive))
    for path in desk.site.output.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    os.umask(os.umask(0o077) | 0)
    desk.publish(to=archive)
    assert archive.read_bytes() == first
    other = desk.clone(tmp_path / "elsewhere")
    other.publish(to=tmp_path / "again" / name)
    assert (tmp_path / "again" / name).read_bytes() == first
    desk.publish(to=archive, environment=environment(SOURCE_DATE_EPOCH="1767225600"))
    assert archive.read_bytes() != first


def test_archives_are_unpacked_by_other_programs(desk: Desk, tmp_path: Path) -> None:
    desk.publish(to=tmp_path / "site.tar.gz")
    (tmp_path / "out").mkdir()
    subprocess.run(["tar", "-xzf", "../site.tar.gz"], cwd=tmp_path / "out", check=True)
    assert tree(tmp_path / "out") == desk.site.pages()


def test_an_archive_says_nothing_of_who_packed_it(desk: Desk, tmp_path: Path) -> None:
    desk.publish(to=tmp_path / "site.tar")
    desk.publish(to=tmp_path / "site.zip")
    with tarfile.open(tmp_path / "site.tar") as tar:
        for member in tar.getmembers():
            told = (member.uid, member.gid, member.uname, member.gname, member.mtime, member.mode)
            assert told == (0, 0, "", "", 315532800, 0o644)
    with zipfile.ZipFile(tmp_path / "site.zip") as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in packed.infolist()} == {0o100644}


def test_somebody_elses_file_is_not_replaced(desk: Desk, tmp_path: Path) -> None:
    for name in ("site.zip", "site.tar.gz", "site.tar"):
        place = tmp_path / name
        place.write_bytes(b"my photographs")
        with pytest.raises(DossierError) as caught:
            desk.publish(to=place)
        assert [finding.code for finding in caught.value.diagnostics] == ["exists"]
        assert place.read_bytes() == b"my photographs"
        desk.publish(to=place, adopt=True)
        desk.publish(to=place)
        assert names_and_bytes(place) == desk.site.pages()
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]


def test_an_archive_of_another_kind(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DossierError) as caught:
        desk.publish(to=tmp_path / "site.7z")
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.hint) == ("archive-form", "name it with one of .zip, .tar.gz, .tgz, .tar")


def test_a_full_disk_leaves_the_archive_before(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "site.zip"
    desk.publish(to=place)
    before = place.read_bytes()
    desk.commit({"content/notes/n.md": NOTE})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(DossierError) as caught:
        desk.publish(to=place)
    assert caught.value.diagnostics[0].message == "could not write the archive: no space left on device"
    assert place.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["remote.git", "site", "site.zip"]


# ---------------------------------------------------------------- what hosts read


def test_headers_and_redirects_for_hosts_that_read_them(desk: Desk, tmp_path: Path) -> None:
    aliases = "aliases: [articles/old.html, /2019/größe/]\n"
    desk.commit({"content/articles/a.md": f"---\ntitle: First\ndate: 2020-01-02\n{aliases}---\nText A.\n"})
    desk.publish(to=tmp_path / "www", headers=True, redirects=True)
    files = tree(tmp_path / "www")
    assert files["_redirects"].decode() == (
        "/small/2019/gr%C3%B6%C3%9Fe/ /small/articles/a.html 301\n"
        "/small/articles/old.html /small/articles/a.html 301\n"
    )
    assert "articles/old.html" in files
    headers = files["_headers"].decode()
    assert headers.startswith("/small/*\n  Content-Security-Policy: object-src 'none'; ")
    assert "\n/small/topics/t/feed.xml\n  Content-Type: application/atom+xml; charset=utf-8\n" in headers
    desk.publish(to=tmp_path / "www")
    assert not {"_headers", "_redirects"} & tree(tmp_path / "www").keys()


def test_they_are_for_another_host(desk: Desk) -> None:
    done = desk.run("--headers")
    assert done.returncode == 2
    assert "--headers needs a folder or an archive: name one with --to" in done.stderr


# ---------------------------------------------------------------- what it is made of


def test_a_site_in_no_repository(desk: Desk, tmp_path: Path) -> None:
    import shutil

    shutil.rmtree(desk.folder / ".git")
    desk.publish(to=tmp_path / "www")
    desk.publish(to=tmp_path / "www2", environment=environment(PATH="/nowhere"))
    assert tree(tmp_path / "www2") == desk.site.pages()


def test_what_isnt_committed_isnt_published_elsewhere_either(desk: Desk, tmp_path: Path) -> None:
    desk.site.write({"content/notes/n.md": NOTE})
    with pytest.raises(DossierError) as caught:
        desk.publish(to=tmp_path / "site.zip")
    assert [finding.code for finding in caught.value.diagnostics] == ["uncommitted"]
    desk.publish(to=tmp_path / "site.zip", allow_dirty=True)


def test_it_says_what_it_made(desk: Desk, tmp_path: Path) -> None:
    said = desk.run("--to", "../site.zip")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith(f"published to {tmp_path}/site.zip: ")
    assert "Deploy from a branch" not in said.stdout
    assert git(desk.folder, "status", "--porcelain") == "?? published.txt"
