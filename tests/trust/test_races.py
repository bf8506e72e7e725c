"""Files that change under a build: no traceback, nothing of elsewhere, and the next build is exact.

The build waits within a system call while the files change, so that the moments are the same each time.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.__main__ import run
from tests.conftest import absent
from tests.engine.site import Site, environment_of, small_site, tree
from tests.trust.system_calls import Call, Outcome, available, watched

NOTE = "---\ntitle: Changed meanwhile\ndate: 2021-01-01\n---\nOther words, and more of them.\n"
SECRET = "what is not of the site"
EVERY = os.environ.get("DOSSIER_FAULTS") == "every"
SECONDS_BACK = 86_400
WATCHED = ("open", "stat", "readdir", "rename", "read", "write", "mkdir", "unlink", "fsync")


@pytest.fixture(autouse=True)
def possible() -> None:
    if not available():
        absent("system calls can be watched on Linux on x86-64 only")


def edit(site: Site, elsewhere: Path) -> None:
    site.write({"content/notes/n.md": NOTE, "content/articles/x.png": "another picture"})


def delete(site: Site, elsewhere: Path) -> None:
    (site.folder / "content/notes/n.md").unlink(missing_ok=True)
    (site.folder / "content/articles/x.png").unlink(missing_ok=True)
    (site.folder / "content/articles/b.md").write_text("---\ntitle: B\n---\nNo picture.\n")


def rename(site: Site, elsewhere: Path) -> None:
    if (site.folder / "content/notes/n.md").exists():
        os.replace(site.folder / "content/notes/n.md", site.folder / "content/notes/renamed.md")


def check_out(site: Site, elsewhere: Path) -> None:
    """As `git checkout` does: files go and come, one by one, with times of now."""
    for path in sorted((site.folder / "content").rglob("*.md")):
        text = path.read_text().replace("Text", "Words")
        path.unlink()
        path.write_text(text)


def swap_a_folder_for_a_link(site: Site, elsewhere: Path) -> None:
    if not (site.folder / "content/notes").is_symlink():
        os.rename(site.folder / "content/notes", site.folder / "kept-notes")
        os.symlink(elsewhere, site.folder / "content/notes")


def swap_a_file_for_a_link(site: Site, elsewhere: Path) -> None:
    place = site.folder / "content/articles/x.png"
    place.unlink(missing_ok=True)
    place.symlink_to(elsewhere / "secret.md")


def put_a_pipe_there(site: Site, elsewhere: Path) -> None:
    place = site.folder / "content/notes/n.md"
    if place.is_file():
        place.unlink()
        os.mkfifo(place)


def turn_the_clock_back(site: Site, elsewhere: Path) -> None:
    """Files that are changed, and look as old as they were, or older."""
    place = site.folder / "content/notes/n.md"
    before = place.stat()
    place.write_text(place.read_text().replace("See", "Saw"))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns - SECONDS_BACK * 10**9))


def swap_the_output_for_a_link(site: Site, elsewhere: Path) -> None:
    for name in ("articles", "notes"):
        place = site.output / name
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
            place.symlink_to(elsewhere)


def build_as_well(site: Site, elsewhere: Path) -> None:
    command = [sys.executable, "-m", "dossier", "build"]
    done = subprocess.run(
        command, cwd=site.folder, env=environment_of({}), capture_output=True, text=True, timeout=60
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or "error[busy]" in done.stderr


Change = Callable[[Site, Path], None]
CHANGES: tuple[Change, ...] = (
    *(edit, delete, rename, check_out, swap_a_folder_for_a_link, swap_a_file_for_a_link, put_a_pipe_there),
    *(turn_the_clock_back, swap_the_output_for_a_link, build_as_well),
)


def build(site: Site, at: int, act: Callable[[], None]) -> Outcome:
    """`dossier build`, with something done while its call of a number waits."""

    def program() -> int:
        os.chdir(site.folder)
        os.environ["SOURCE_DATE_EPOCH"] = "1767225600"
        return run(["build"])

    def judge(call: Call) -> None:
        if call.number == at:
            act()

    return watched(program, site.folder, judge, WATCHED)


def prepared(folder: Path) -> tuple[Site, Path]:
    """A site that was built and edited, and a folder that has nothing to do with it."""
    site, elsewhere = small_site(folder / "site"), folder / "elsewhere"
    site.build()
    site.write({"content/articles/a.md": "---\ntitle: Renamed\ntopics: [t]\n---\nOther text.\n"})
    elsewhere.mkdir()
    (elsewhere / "secret.md").write_text(f"---\ntitle: {SECRET}\ndate: 2020-01-01\n---\n{SECRET}\n")
    return site, elsewhere


def try_at(folder: Path, change: Change, moment: int) -> None:
    site, elsewhere = prepared(folder)
    there = tree(elsewhere)
    done = build(site, moment, lambda: change(site, elsewhere))
    assert "Traceback" not in done.err, done.err
    assert "error[internal]" not in done.err, done.err
    assert done.code in (0, 1)
    assert tree(elsewhere) == there, "written elsewhere"
    assert not any(SECRET.encode() in data for data in site.tree().values()), "taken from elsewhere"
    restore(site)
    again = site.run("build")
    assert again.returncode == 0, again.stderr
    assert site.tree() == site.clean(folder / "clean")
    assert not list(site.folder.glob(".public*")), "leftovers"
    shutil.rmtree(folder)


def restore(site: Site) -> None:
    """Take away links and pipes, which are an error to a build, or none of its business."""
    if (site.folder / "content/notes").is_symlink():
        (site.folder / "content/notes").unlink()
        os.rename(site.folder / "kept-notes", site.folder / "content/notes")
    for place in (site.output / "articles", site.output / "notes", site.folder / "content/articles/x.png"):
        if place.is_symlink():
            place.unlink()
    if not (site.folder / "content/articles/x.png").exists():
        site.write({"content/articles/x.png": "not really a picture"})
    if not (site.folder / "content/notes/n.md").is_file():
        (site.folder / "content/notes/n.md").unlink(missing_ok=True)


def moments(folder: Path, number: int) -> list[int]:
    """Some of a build's moments, from its first call to its last."""
    site, _ = prepared(folder)
    calls = len(build(site, 0, lambda: None).calls)
    shutil.rmtree(folder)
    return sorted(random.Random(5).sample(range(1, calls), number))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_files_that_change_during_a_build(tmp_path: Path, change: Change) -> None:
    (moment,) = moments(tmp_path / "first", 1)
    try_at(tmp_path / "one", change, moment)


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_files_that_change_at_many_moments(
    tmp_path: Path, change: Change, record_property: Callable[[str, object], None]
) -> None:
    number = 60 if EVERY else 8
    record_property("cases", number)
    for moment in moments(tmp_path / "first", number):
        try_at(tmp_path / f"{moment}", change, moment)
