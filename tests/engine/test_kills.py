"""A build that is killed at any moment leaves a whole site, and the next command needs no help."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dossier.build.checking import check
from dossier.output import journal
from tests.engine.site import Site, environment_of, small_site

EDITED = {
    "content/articles/a.md": "---\ntitle: Renamed\ndate: 2020-01-02\ntopics: [t]\n---\nOther text.\n",
    "content/notes/new.md": "---\ntitle: New\ndate: 2021-02-01\ntopics: [t]\n---\nSee [@b].\n",
    "content/articles/new.png": "picture",
}
CHANGES_THE_DISK = ("replace", "rename", "unlink", "rmdir", "link", "mkdir", "open", "write", "fsync")


def edit(site: Site) -> None:
    site.write(EDITED)
    (site.folder / "content/notes/n.md").unlink(missing_ok=True)


def die(site: Site, moment: int, **options: object) -> bool:
    """Build in a process that is killed at its `moment`-th change of the disk; False if it has fewer."""
    process = os.fork()
    if process == 0:
        left = iter(range(moment - 1))
        for name in CHANGES_THE_DISK:
            setattr(os, name, _dying(getattr(os, name), left))
        try:
            site.build(**options)
        finally:
            os._exit(0)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def _dying(function: Callable[..., object], left: Iterator[int]) -> Callable[..., object]:
    def call(*arguments: object, **named: object) -> object:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)

    return call


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The site before and after the edit."""
    site = small_site(tmp_path_factory.mktemp("trees"))
    site.build()
    before = site.tree()
    edit(site)
    site.build()
    return before, site.tree()


@pytest.mark.slow
@pytest.mark.parametrize("atomic", [False, True])
def test_killed_at_every_change_of_the_disk(
    tmp_path: Path, trees: tuple[dict[str, bytes], dict[str, bytes]], atomic: bool
) -> None:
    before, after = trees
    between = moment = 0
    killed = True
    while killed:
        moment += 1
        site = small_site(tmp_path / f"site{moment}")
        site.build()
        edit(site)
        killed = die(site, moment, atomic=atomic)
        found = site.tree()
        between += found not in (before, after)
        assert not atomic or found in (before, after), f"moment {moment}"
        if moment % 2:
            assert not check(site.options()).failed
            assert site.tree() in (before, after), f"moment {moment}: not healed by the next command"
        assert not site.build().failed
        assert site.tree() == after, f"moment {moment}"
        assert site.build().written == 0
        assert not list(site.folder.glob(".public*")), f"moment {moment}: leftovers"
        shutil.rmtree(site.folder)
    assert moment > 50
    assert between < moment / 2


@pytest.mark.slow
def test_killed_at_every_change_of_a_first_build(
    tmp_path: Path, trees: tuple[dict[str, bytes], dict[str, bytes]]
) -> None:
    whole, _ = trees
    moment, killed = 0, True
    while killed:
        moment += 1
        site = small_site(tmp_path / f"site{moment}")
        killed = die(site, moment)
        assert site.tree() in ({}, whole), f"moment {moment}"
        assert not site.build().failed
        assert site.tree() == whole
        assert not list(site.folder.glob(".public*"))
        shutil.rmtree(site.folder)
    assert moment > 50


def kill_after(site: Site, seconds: float, *arguments: str) -> None:
    """Run a build in a process group of its own, and kill all of it after some time."""
    command = [sys.executable, "-m", "dossier", "build", *arguments]
    process = subprocess.Popen(
        command,
        cwd=site.folder,
        env=environment_of({}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.slow
def test_killed_at_two_hundred_random_moments(tmp_path: Path) -> None:
    """Cold and incremental builds, with processes of their own, in place and atomic."""
    chance = random.Random(3)
    site = small_site(tmp_path / "site")
    for number in range(60):
        site.write(
            {f"content/notes/m{number}.md": f"---\ntitle: M{number}\ndate: 2021-01-01\n---\nText {number}.\n"}
        )
    started = time.monotonic()
    assert site.run("build").returncode == 0
    longest = time.monotonic() - started
    last, burst = site.tree(), 0
    for turn in range(200):
        atomic = ["--atomic"] if turn % 2 else []
        if turn % 4 == 3:
            shutil.rmtree(site.folder / ".dossier")
        site.write(
            {f"content/notes/m{turn % 60}.md": f"---\ntitle: T{turn}\ndate: 2021-01-01\n---\nTurn {turn}.\n"}
        )
        kill_after(site, chance.uniform(0.02, longest), *atomic)
        found = site.tree()
        new = site.clean(tmp_path / f"clean{turn}")
        if found not in (last, new):
            burst += 1
            assert not atomic
            site.run("check")
            assert site.tree() in (last, new)
        assert site.run("build").returncode == 0
        assert site.tree() == new
        last = new
    assert burst <= 2


def test_a_burst_that_was_cut_short_is_completed_by_the_next_command(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    edit(site)
    clean = site.clean(site.folder.parent / "clean")
    moves = iter(range(3))

    def move(*arguments: object) -> None:
        if next(moves, None) is None:
            raise KeyboardInterrupt
        real(*arguments)  # type: ignore[arg-type]

    real = journal._move
    monkeypatch.setattr(journal, "_move", move)
    with pytest.raises(KeyboardInterrupt):
        site.build()
    monkeypatch.undo()
    assert site.tree() != clean
    assert site.run("list").returncode == 0
    assert site.tree() == clean
    again = site.build()
    assert (again.rendered, again.written) == (0, 0), "healed without building"
