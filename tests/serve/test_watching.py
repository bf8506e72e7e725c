"""What is told of files, whatever way they are written."""

import errno
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers.api import BaseObserver
from watchdog.observers.api import EventEmitter as InotifyLess

from dossier.serve import mounts, watching
from dossier.serve.watching import Changes, Watch
from tests.serve.conftest import FILES, new_site

NOTE = "content/notes/n.md"
TEXT = FILES[NOTE] + "More.\n"
Save = Callable[[Path], object]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = new_site(tmp_path / "site").folder
    (folder / ".dossier").mkdir()
    return folder


@pytest.fixture
def said() -> list[str]:
    """What the curator is told."""
    return []


@pytest.fixture
def watch(site: Path, said: list[str]) -> Iterator[Watch]:
    with watching.watching(site, None, poll=False, warn=lambda *told: said.extend(told)) as watch:
        yield watch


def quiet(watch: Watch) -> bool:
    """Whether nothing more is told."""
    return not watch.next(0.25)


# ---------------------------------------------------------------- how editors save


def in_place(file: Path) -> None:
    file.write_text(TEXT)


def twice(file: Path) -> None:
    file.write_text("---\n")
    file.write_text(TEXT)


def slowly(file: Path) -> None:
    with file.open("w") as opened:
        for piece in (TEXT[:10], TEXT[10:]):
            opened.write(piece)
            opened.flush()
            time.sleep(0.02)


def vim(file: Path) -> None:
    """It tries whether it may write here, and keeps the old file until the new one is whole."""
    probe, backup = file.with_name("4913"), file.with_name("n.md~")
    probe.touch()
    probe.unlink()
    file.with_name(".n.md.swp").write_text("swap")
    file.rename(backup)
    file.write_text(TEXT)
    backup.unlink()


def vim_copying(file: Path) -> None:
    backup = file.with_name("n.md~")
    backup.write_bytes(file.read_bytes())
    file.write_text(TEXT)
    backup.unlink()


def emacs(file: Path) -> None:
    """A lock that is a link to nothing, a file of what isn't saved yet, a backup of the first saving."""
    lock, unsaved = file.with_name(".#n.md"), file.with_name("#n.md#")
    lock.symlink_to("me@machine.1:2")
    unsaved.write_text(TEXT)
    file.rename(file.with_name("n.md~"))
    file.write_text(TEXT)
    unsaved.unlink()
    lock.unlink()


def jetbrains(file: Path) -> None:
    fresh, former = file.with_name("n.md___jb_tmp___"), file.with_name("n.md___jb_old___")
    fresh.write_text(TEXT)
    file.rename(former)
    fresh.rename(file)
    former.unlink()


def gnome(file: Path) -> None:
    fresh = file.with_name(".goutputstream-X1Y2Z3")
    fresh.write_text(TEXT)
    fresh.rename(file)


def sublime(file: Path) -> None:
    fresh = file.with_name(".subl1a2.tmp")
    fresh.write_text(TEXT)
    os.replace(fresh, file)


def sed(file: Path) -> None:
    fresh = file.with_name("sedRZ0kX1")
    fresh.write_text(TEXT)
    fresh.rename(file)


def textedit(file: Path) -> None:
    folder = file.with_name("n.md.sb-1f8a2b3c-Xy1Z2w")
    folder.mkdir()
    (folder / "n.md").write_text(TEXT)
    (folder / "n.md").rename(file)
    folder.rmdir()


def touching(file: Path) -> None:
    file.touch()


SAVES = (in_place, twice, slowly, vim, vim_copying, emacs, jetbrains, gnome, sublime, sed, textedit, touching)


@pytest.mark.parametrize("save", SAVES)
def test_a_file_that_is_saved_is_told_of_once_and_whole(watch: Watch, site: Path, save: Save) -> None:
    save(site / NOTE)
    begun = time.monotonic()
    changes = watch.next(5)
    assert time.monotonic() - begun < 0.3
    assert NOTE in changes.paths
    assert not changes.everything
    assert (site / NOTE).read_text() in (TEXT, FILES[NOTE])
    assert {path for path in changes.paths if watching.is_ours(path)} == {NOTE}
    assert quiet(watch)


def test_what_is_no_file_of_the_site_is_not_told_of(watch: Watch, site: Path) -> None:
    (site / NOTE).read_text()
    for path in ("README.md", "content/notes/.n.md.swp", "public/index.html", ".dossier/index", "x/n.md"):
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_text("x")
    assert quiet(watch)


def test_deleted_and_renamed_files_are_told_of(watch: Watch, site: Path) -> None:
    (site / NOTE).unlink()
    assert watch.next(5).paths == {NOTE}
    (site / "content/notes/d.md").rename(site / "content/notes/D.md")
    assert watch.next(5).paths == {"content/notes/d.md", "content/notes/D.md"}


def test_so_many_files_that_some_may_be_missed_are_all_looked_at(watch: Watch, site: Path) -> None:
    for number in range(watching.LOST + 1):
        (site / f"content/notes/x{number}.md").write_text(TEXT)
    assert watch.next(5).everything
    assert quiet(watch)


def test_what_the_system_lost_is_looked_for(watch: Watch) -> None:
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")
    assert watch.next(5) == Changes(everything=True)


# ---------------------------------------------------------------- folders and links


def test_files_in_new_folders_are_told_of(watch: Watch, site: Path) -> None:
    (site / "content/notes/2026/05").mkdir(parents=True)
    watch.follow(watch.next(5))
    (site / "content/notes/2026/05/y.md").write_text(TEXT)
    assert "content/notes/2026/05/y.md" in watch.next(5).paths
    (site / "content/notes/2026").rename(site / "content/notes/2027")
    watch.follow(watch.next(5))
    (site / "content/notes/2027/05/y.md").write_text(TEXT + "x")
    assert watch.next(5).paths == {"content/notes/2027/05/y.md"}


def test_a_part_that_goes_and_comes_back_is_watched_again(watch: Watch, site: Path) -> None:
    (site / "content").rename(site / "away")
    watch.follow(watch.next(5))
    (site / "away").rename(site / "content")
    watch.follow(watch.next(5))
    while not quiet(watch):
        pass
    (site / NOTE).write_text(TEXT)
    assert watch.next(5).paths == {NOTE}


@pytest.mark.parametrize("name", ["site", "content", "site.yaml", "content/notes"])
def test_files_behind_links_are_told_of(tmp_path: Path, site: Path, name: str) -> None:
    linked = site if name == "site" else site / name
    real = site / "content/kept" if name == "content/notes" else tmp_path / "elsewhere" / linked.name
    real.parent.mkdir(exist_ok=True)
    linked.rename(real)
    linked.symlink_to(real)
    changed = {"site.yaml": "site.yaml", "content/notes": "content/kept/n.md"}.get(name, NOTE)
    with watching.watching(site, None, poll=False, warn=print) as watch:
        with (site / ("site.yaml" if name == "site.yaml" else NOTE)).open("a") as file:
            file.write("# more\n")
        assert watch.next(5).paths == {changed}
        assert quiet(watch)


# ---------------------------------------------------------------- where watching fails


class Full(BaseObserver):
    """An observer that the system has no more room for."""

    number = errno.ENOSPC

    def __init__(self) -> None:
        super().__init__(InotifyLess)

    def start(self) -> None:
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize(
    ("number", "reason", "hint"),
    [
        (errno.ENOSPC, "the system's limit of watched folders is reached", "max_user_watches=524288"),
        (errno.EMFILE, "the system's limit of watching programs is reached", "max_user_instances=512"),
        (errno.ENOSYS, "can't watch the files (function not implemented)", ""),
    ],
)
def test_where_files_cant_be_watched_they_are_polled(
    site: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str, hint: str
) -> None:
    monkeypatch.setattr(Full, "number", number)
    monkeypatch.setattr(watching, "Observer", Full)
    monkeypatch.setattr(watching, "POLLING", 0.1)
    said: list[str] = []
    with watching.watching(site, None, poll=False, warn=lambda *told: said.extend(told)) as watch:
        assert said[0] == f"{reason}, so they are looked at every second"
        assert said[1].endswith(hint)
        assert watch.next(5) == Changes(everything=True)
        (site / NOTE).write_text(TEXT)
        assert watch.next(5).paths == {NOTE}


LIMITED = """
import os, sys
from pathlib import Path
from dossier.serve import watching
from dossier.serve.watching import watching as watched
limit, allowed, site = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
watching.POLLING = 0.1
Path("/proc/sys/user", limit).write_text(str(allowed))
with watched(site, None, poll=False, warn=lambda *told: print(*told, flush=True)) as watch:
    print("polling" if watch.polling else "watching", flush=True)
    for number in range(30):
        (site / f"content/notes/f{number}").mkdir()
    watch.follow(watch.next(5))
    print("polling" if watch.polling else "watching", flush=True)
    while watch.next(0.5): pass
    (site / "content/notes/f29/late.md").write_text("x")
    print(sorted(watch.next(5).paths), flush=True)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has inotify")
@pytest.mark.parametrize(
    ("limit", "allowed", "states"),
    [
        ("max_inotify_watches", 1000, ["watching", "watching"]),
        ("max_inotify_watches", 14, ["watching", "polling"]),
        ("max_inotify_watches", 5, ["polling", "polling"]),
        ("max_inotify_instances", 0, ["polling", "polling"]),
    ],
)
def test_a_real_limit_is_noticed_at_the_start_and_later(
    site: Path, limit: str, allowed: int, states: list[str]
) -> None:
    """In a user name space of its own, whose limits are its own."""
    command = ["unshare", "--user", "--map-root-user", sys.executable, "-c", LIMITED]
    if not Path("/proc/sys/user", limit).exists():
        pytest.skip("this system has no limits for user name spaces")
    done = subprocess.run(
        [*command, limit, str(allowed), str(site)], capture_output=True, text=True, timeout=60
    )
    if "unshare" in done.stderr or "Permission" in done.stderr:
        pytest.skip("this system lets nobody make a user name space")
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert [line for line in lines if line in ("watching", "polling")] == states
    assert lines[-1] == "['content/notes/f29/late.md']"
    told = [line for line in lines if "sysctl" in line]
    assert len(told) == ("polling" in states)


def test_network_drives_are_polled(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "silent_kind", lambda folder: "nfs4")
    said: list[str] = []
    with watching.watching(site, None, poll=False, warn=lambda *told: said.extend(told)) as watch:
        assert watch.polling
    assert said[0].startswith("the files lie on nfs4, which doesn't tell of changes by others")


MOUNTS = """\
22 1 253:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:41 / /srv/shared\\040files rw shared:7 - nfs4 box:/export rw
31 30 253:0 /x /srv/shared\\040files/local rw - ext4 /dev/vda rw
32 22 0:52 / /mnt/c rw,noatime - 9p drvfs rw,aname=drvfs;path=C:
33 22 0:53 / /home/me/remote rw - fuse.sshfs me@box: rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/shared files/dossier", "nfs4"),
        ("/srv/shared files", "nfs4"),
        ("/srv/shared filesystem", ""),
        ("/srv/shared files/local/dossier", ""),
        ("/mnt/c/dossier", "9p"),
        ("/home/me/remote/d", "fuse.sshfs"),
        ("/home/me/dossier", ""),
    ],
)
def test_file_systems_that_keep_silent_are_known(folder: str, kind: str) -> None:
    assert mounts.silent_kind(folder, MOUNTS.splitlines()) == kind
