"""Events as they really come, and the end of it all."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from watchdog.observers.api import BaseObserver
from watchdog.observers.api import EventEmitter as InotifyLess

from dossier.serve import watching
from tests.serve.conftest import FILES, Preview, free_port, new_site, previewed, processes_of_session

NOTE = "content/notes/n.md"


def eventually(preview: Preview, target: str, text: bytes, seconds: float = 8) -> None:
    """Wait until a page shows a text."""
    end = time.monotonic() + seconds
    while text not in preview.get(f"/small/{target}").body:
        assert time.monotonic() < end, preview.said()
        time.sleep(0.02)


def rebuilds(preview: Preview) -> int:
    return sum(" written" in line for line in preview.lines[1:]) + preview.said().count("last good one")


def test_editors_that_write_beside_and_rename(preview: Preview) -> None:
    folder = preview.site.folder / "content/notes"
    before = rebuilds(preview)
    text = preview.site.read(NOTE)
    # vim: the old file becomes a backup, a new one is written, the backup goes
    os.rename(folder / "n.md", folder / "n.md~")
    (folder / "n.md").write_text(text.replace("Paragraph 1 ", "Paragraph vim "))
    (folder / "n.md~").unlink()
    eventually(preview, "notes/n", b"Paragraph vim")
    # VS Code, JetBrains: a temporary file is renamed over it
    (folder / "n.md.tmp").write_text(text.replace("Paragraph 1 ", "Paragraph code "))
    os.replace(folder / "n.md.tmp", folder / "n.md")
    eventually(preview, "notes/n", b"Paragraph code")
    # emacs: a lock that is a link to nothing, an autosave file
    os.symlink("me@machine.1", folder / ".#n.md")
    (folder / "#n.md#").write_text("x")
    (folder / "n.md").write_text(text)
    (folder / ".#n.md").unlink()
    eventually(preview, "notes/n", b"Paragraph 1 ")
    (folder / "#n.md#").unlink()
    assert rebuilds(preview) - before == 3


def test_a_file_saved_twice_is_one_rebuild(preview: Preview) -> None:
    before = rebuilds(preview)
    text = preview.site.read(NOTE)
    for word in ("one", "two", "three"):
        preview.site.write({NOTE: text.replace("Paragraph 2 ", f"Paragraph {word} ")})
    eventually(preview, "notes/n", b"Paragraph three")
    time.sleep(0.3)
    assert rebuilds(preview) - before <= 2


def test_many_files_at_once_are_one_rebuild(preview: Preview) -> None:
    before = rebuilds(preview)
    many = {
        f"content/notes/many/m{n}.md": f"---\ntitle: M {n}\ndate: 2020-01-01\n---\nMany.\n"
        for n in range(300)
    }
    preview.site.write(many)
    eventually(preview, "notes/m299", b"Many.")
    (preview.site.folder / "content/notes/many").rename(preview.site.folder / "content/notes/moved")
    preview.site.write(
        {"content/notes/moved/m1.md": many["content/notes/many/m1.md"].replace("Many.", "Moved.")}
    )
    eventually(preview, "notes/m1", b"Moved.")
    for path in (preview.site.folder / "content/notes/moved").iterdir():
        path.unlink()
    (preview.site.folder / "content/notes/moved").rmdir()
    end = time.monotonic() + 8
    while preview.get("/small/notes/m299").status != 404:
        assert time.monotonic() < end
        time.sleep(0.02)
    assert rebuilds(preview) - before <= 5


def test_reading_touching_and_own_output_build_nothing(preview: Preview) -> None:
    time.sleep(0.3)  # What the test before this one did is said.
    before = preview.said()
    for path in preview.site.folder.rglob("*.md"):
        path.read_text()
    (preview.site.output / "index.html").touch()
    preview.site.write({"README.md": "x", "content/notes/.n.md.swp": "x"})
    time.sleep(0.4)
    assert preview.said() == before


def test_a_folder_of_content_deleted_and_restored(preview: Preview) -> None:
    content = preview.site.folder / "content"
    content.rename(preview.site.folder / "away")
    time.sleep(0.2)
    (preview.site.folder / "away").rename(content)
    eventually(preview, "notes/n", b"Paragraph 9 ")
    preview.site.write({NOTE: FILES[NOTE].replace("Paragraph 4 ", "Paragraph restored ")})
    eventually(preview, "notes/n", b"Paragraph restored")


def test_polling(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    with previewed(site, "--poll") as preview:
        site.write({NOTE: FILES[NOTE].replace("Paragraph 7 ", "Paragraph seven ")})
        eventually(preview, "notes/n", b"Paragraph seven")


def test_where_no_more_can_be_watched_files_are_polled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(BaseObserver):
        def start(self) -> None:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(watching, "Observer", lambda: Full(InotifyLess))
    monkeypatch.setattr(watching, "POLLING", 0.1)
    site = new_site(tmp_path / "site")
    with watching.watching(site.folder, None, poll=False) as watch:
        assert watch.polling
        assert watch.problem == "can't watch the files (inotify watch limit reached)"
        site.write({NOTE: FILES[NOTE] + "More.\n"})
        assert watch.next(5).paths == {NOTE}


def test_a_site_that_is_wrong_from_the_start_is_served_once_it_is_mended(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    site.write({NOTE: FILES[NOTE].replace("[@a]", "[@ab]")})
    with previewed(site) as preview:
        assert b"no site yet" in preview.get("/small/").body
        site.write({NOTE: FILES[NOTE]})
        eventually(preview, "notes/n", b"Paragraph 7 ")


def test_a_port_in_use_is_said_in_a_line(preview: Preview) -> None:
    command = [sys.executable, "-m", "dossier", "serve", "--port", str(preview.port)]
    done = subprocess.run(command, cwd=preview.site.folder, capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert f"127.0.0.1:{preview.port}: error[port]: can't serve here: address already in use" in done.stderr


def test_serving_to_others_is_said_with_a_code(tmp_path: Path) -> None:
    with previewed(new_site(tmp_path / "site"), "--host", "0.0.0.0") as preview:
        said = preview.wait_for("▀")
        assert "warning: everybody in this network can read the preview" in said
        assert preview.get("/small/", host=f"192.0.2.7:{preview.port}").status == 200
        assert preview.get("/small/", host=f"evil.example:{preview.port}").status == 403


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_at_once_with_everything_that_it_began(tmp_path: Path, number: int) -> None:
    site = new_site(tmp_path / "site")
    with previewed(site) as preview:
        channel = subprocess.Popen(
            [sys.executable, "-c", LISTEN, str(preview.port)], stdout=subprocess.PIPE, text=True
        )
        assert channel.stdout is not None
        assert channel.stdout.readline() == "HTTP/1.1 200 OK\n"
        started = time.monotonic()
        preview.process.send_signal(number)
        assert preview.process.wait(5) == 0
        assert time.monotonic() - started < 1
        channel.communicate(timeout=5)
    assert "Traceback" not in preview.said()
    assert processes_of_session(preview.process.pid) == []


LISTEN = """
import socket, sys
channel = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
channel.sendall(f"GET /.dossier/events HTTP/1.1\\r\\nHost: localhost:{sys.argv[1]}\\r\\n\\r\\n".encode())
print(channel.recv(15).decode(), flush=True)
while channel.recv(65536): pass
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.05, 0.15, 0.3, 0.5, 0.8, 1.2, 2.0])
def test_ctrl_c_at_any_moment(tmp_path: Path, after: float) -> None:
    site = new_site(tmp_path / "site")
    notes = {
        f"content/notes/x{n}.md": f"---\ntitle: X {n}\ndate: 2020-01-01\n---\nMany.\n" for n in range(1500)
    }
    site.write(notes)
    process = subprocess.Popen(
        [sys.executable, "-m", "dossier", "serve", "--port", str(free_port())],
        cwd=site.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    time.sleep(after)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=10)
    assert time.monotonic() - started < 1
    assert "Traceback" not in said
    assert processes_of_session(process.pid) == []


WRITER = """
import os, random, sys, time
from pathlib import Path
number, folder = int(sys.argv[1]), Path(sys.argv[2])
chance = random.Random(number)
begun = time.monotonic()
for event in range(200):  # each is a writing and a renaming, or a writing and a deletion
    name = folder / f"s{chance.randrange(40)}.md"
    text = f"---\\ntitle: Storm {number} {event}\\ndate: 2020-01-01\\n---\\nText {chance.random()}\\n"
    if chance.random() < 0.2:
        name.write_text(text)
        name.unlink(missing_ok=True)
    else:
        beside = folder / f"x{number}.tmp"
        beside.write_text(text)
        os.replace(beside, name)
    time.sleep(max(0, begun + (event + 1) * 0.01 - time.monotonic()))
"""


@pytest.mark.slow
def test_a_storm_ends_in_the_state_of_a_clean_build(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    with previewed(site) as preview:
        folder = site.folder / "content/notes/storm"
        folder.mkdir()
        before = rebuilds(preview)
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, str(number), str(folder)]) for number in range(5)
        ]
        assert [writer.wait(30) for writer in writers] == [0] * 5
        settled = -1
        while settled != len(preview.lines):
            settled = len(preview.lines)
            time.sleep(1.5)
        assert rebuilds(preview) - before < 20
        assert site.tree() == site.clean(tmp_path / "clean")
