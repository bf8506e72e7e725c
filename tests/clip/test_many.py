"""Many at once: what was done stays done when a call is killed, and many take no more memory than few."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dossier.clip.reader import Reader
from dossier.clip.reading import Request
from tests.clip.corpus import DATED, WORDS, Page, linked, page
from tests.clip.desk import Desk, new_desk
from tests.clip.serving import Server, serving
from tests.conftest import REPOSITORY

SLOW = 0.1


def numbered(path: str) -> Page | None:
    """A page of its own for each number."""
    match = re.fullmatch(r"/(\d+)", path)
    if match is None:
        return None
    time.sleep(SLOW)
    texts = (f"This is the text of page number {match[1]}, which no other page has.", *WORDS)
    return Page(
        page(linked(headline=f"Page {match[1]}", **DATED), *texts, heading=f"Page {match[1]}").encode()
    )


def start(desk: Desk, *arguments: str) -> subprocess.Popen[str]:
    """`dossier clip …` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "dossier", "clip", *arguments],
        cwd=desk.folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": "1767225600"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def listing(desk: Desk, server: Server, count: int) -> str:
    desk.write("list.txt", "\n".join(server.url(f"/{number}") for number in range(count)))
    return "list.txt"


def killed_and_resumed(desk: Desk, count: int, after: int) -> None:
    """Kill a call when so many pages were asked for; call again; compare."""
    with serving(numbered) as server:
        arguments = ("--from", listing(desk, server, count), "--private", "--jobs", "4")
        first = start(desk, *arguments)
        end = time.monotonic() + 60
        while sum(server.asked.values()) < after and time.monotonic() < end:
            time.sleep(0.02)
        first.send_signal(signal.SIGKILL)
        first.communicate(timeout=60)
        had = {path.name for path in desk.captures}
        asked_before = sum(server.asked.values())
        second = start(desk, *arguments)
        _, said = second.communicate(timeout=300)
        assert second.returncode == 0, said
        assert len(desk.articles) == len(desk.captures) == count
        # What was on its way when the call was killed is asked for again, and nothing that it had.
        assert sum(server.asked.values()) - asked_before == count - len(had)
        assert had <= {path.name for path in desk.captures}
        assert not (desk.folder / ".dossier" / "clipping.jsonl").exists()
    assert {verdict.state for verdict in desk.verify()} == {"matches"}
    assert [path for path in desk.folder.rglob("*") if path.name.endswith(".new")] == []


@pytest.mark.slow
def test_a_killed_call_goes_on_without_fetching_again_what_it_had(tmp_path: Path) -> None:
    killed_and_resumed(new_desk(tmp_path / "site"), 14, 7)


def test_an_interrupt_waits_for_no_server(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "site")
    with serving(lambda path: Page(b"<p>", slow=60)) as server:
        process = start(desk, server.url("/0"), "--private")
        end = time.monotonic() + 30
        while not server.asked and time.monotonic() < end:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        interrupted = time.monotonic()
        process.communicate(timeout=30)
        assert process.returncode == 130
        assert time.monotonic() - interrupted < 3


@pytest.mark.slow
def test_five_hundred_pages_survive_a_kill(tmp_path: Path) -> None:
    killed_and_resumed(new_desk(tmp_path / "site"), 500, 260)


def peak(tmp_path: Path, count: int) -> int:
    """The peak memory of a call that clips so many files and of the processes that read for it, in KB."""
    desk = new_desk(tmp_path / f"site-{count}")
    for number in range(count):
        texts = (f"This is the text of file number {number}, which no other file has.", *WORDS * 20)
        head = linked(headline=f"File {number}", **DATED)
        desk.write(f"in/{number}.html", page(head, *texts, heading=f"File {number}"))
    program = (
        "import re, resource, sys\nfrom dossier.cli.running import run\ncode = run(sys.argv[1:])\n"
        "own = re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1]\n"
        "print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)\nsys.exit(code)"
    )
    names = [f"in/{number}.html" for number in range(count)]
    done = subprocess.run(
        [sys.executable, "-c", program, "clip", "--jobs", "2", *names],
        cwd=desk.folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": "1767225600"},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    assert len(desk.articles) == count
    own, readers = map(int, done.stderr.split()[-2:])
    print(f"{count} files: {own / 1024:.0f} MB, and {readers / 1024:.0f} MB for a process that reads")
    return own + readers


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peaks are told by Linux's /proc")
def test_five_hundred_files_take_no_more_memory_than_a_hundred(tmp_path: Path) -> None:
    few, many = peak(tmp_path, 100), peak(tmp_path, 500)
    assert many < few * 1.15 + 8 * 1024


def test_what_hangs_or_falls_over_costs_itself_alone() -> None:
    with Reader(longest=0.001) as reader:
        found = reader.read(Request(page("<title>x</title>").encode(), "html"))
        assert found.said[0].message == "reading it took longer than 0.001 s"
    with Reader() as reader:
        deep = reader.read(Request(b"<div>" * 200_000 + b"words " * 50, "html"))
        assert deep.said
        fine = reader.read(Request(page(linked(**DATED)).encode(), "html"))
        assert fine.title == "Bridge closed to lorries"
        reader._apart._process.kill()  # type: ignore[union-attr]
        gone = reader.read(Request(b"<p>", "html"))
        assert gone.said[0].code == "unreadable-source"
        assert reader.read(Request(page(linked(**DATED)).encode(), "html")).text
