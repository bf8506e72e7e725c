"""A disk that is full, broken or not ours: one line with path and cause, and the site as it was."""

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.site import Site, small_site, tree

CAUSES = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE, errno.EROFS]
CHANGE = {"content/articles/a.md": "---\ntitle: Changed\ntopics: [t]\n---\nText.\n"}


def failing(real: Callable[..., object], cause: int, when: Callable[[str], bool]) -> Callable[..., object]:
    """The function, failing where its first argument is a path of the site being written."""

    def call(first: object, *arguments: object, **named: object) -> object:
        if isinstance(first, str | os.PathLike) and when(os.fspath(first)):  # type: ignore[arg-type]
            raise OSError(cause, os.strerror(cause), os.fspath(first))
        return real(first, *arguments, **named)

    return call


@pytest.mark.parametrize("cause", CAUSES, ids=[errno.errorcode[cause] for cause in CAUSES])
@pytest.mark.parametrize("function", ["open", "makedirs"])
def test_a_failed_write_is_one_line_and_changes_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch, cause: int, function: str
) -> None:
    site.build()
    before = site.tree()
    site.write(CHANGE)
    monkeypatch.setattr(
        os, function, failing(getattr(os, function), cause, lambda path: ".public.dossier/tree" in path)
    )
    result = site.build()
    monkeypatch.undo()
    assert result.failed
    (finding,) = result.diagnostics
    assert finding.code == "disk"
    assert os.strerror(cause).lower() in finding.message
    assert ".public.dossier" in finding.path
    assert site.tree() == before
    assert not list(site.folder.glob(".public*"))
    assert not site.build().failed
    assert b"Changed" in site.tree()["articles/a.html"]


def test_a_short_write_is_completed_or_said(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A disk that is nearly full takes a part without an error."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:7]))
    assert not site.build().failed
    monkeypatch.undo()
    assert site.tree() == site.clean(tmp_path / "clean")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("no right to mount a small file system")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_disk_that_really_is_full(small_disk: Path) -> None:
    site = small_site(small_disk / "site")
    assert site.run("build").returncode == 0
    before = site.tree()
    filling = small_disk / "filling"
    with open(filling, "wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    site.folder.joinpath("content/notes/n.md").unlink()
    done = site.run("build")
    assert done.returncode == 1
    assert "no space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert site.tree() == before
    filling.unlink()
    assert site.run("build").returncode == 0
    assert "notes/n.html" not in site.tree()


def test_an_output_that_is_a_file_system_of_its_own(tmp_path: Path, small_disk: Path) -> None:
    """As a volume mounted into a container: it can't be exchanged, and nothing can be moved into it."""
    site = small_site(tmp_path / "site")
    assert not site.build(output=small_disk).failed
    site.write(CHANGE)
    for atomic in (False, True):
        assert not site.build(output=small_disk, atomic=atomic).failed
    assert tree(small_disk) == site.clean(tmp_path / "clean")
    assert not (small_disk / ".dossier-staging").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_that_may_not_be_written_is_said_before_the_work(site: Site) -> None:
    site.build()
    site.output.chmod(0o500)
    site.write(CHANGE)
    try:
        assert "permission denied" in site.build().diagnostics[0].message
    finally:
        site.output.chmod(0o700)


@pytest.mark.parametrize(
    "gone", ["content/articles/a.md", "content/articles/x.png", "themes/plain/assets/style.css"]
)
def test_files_that_vanish_while_they_are_read(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gone: str
) -> None:
    from dossier import sources

    real = sources._open

    def opening(place: str, linked: bool) -> tuple[int, sources.Stat]:
        if place.endswith(gone):
            raise FileNotFoundError(errno.ENOENT, "gone", place)
        return real(place, linked)

    monkeypatch.setattr(sources, "_open", opening)
    site.build()
    monkeypatch.undo()
    site.build()
    assert site.tree() == site.clean(tmp_path / "clean")
