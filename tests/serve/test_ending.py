"""Ctrl-C, at any moment: within a second all is over, and everything that was begun has ended."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.engine.site import Site, environment_of
from tests.serve.conftest import free_port, new_site, previewed, processes_of_session

LISTEN = """
import socket, sys
channel = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
channel.sendall(f"GET /.dossier/events HTTP/1.1\\r\\nHost: localhost:{sys.argv[1]}\\r\\n\\r\\n".encode())
print(channel.recv(15).decode(), flush=True)
while channel.recv(65536): pass
"""


def large_site(folder: Path) -> Site:
    """A site whose first build takes a second."""
    site = new_site(folder)
    site.write(
        {f"content/notes/x{n}.md": f"---\ntitle: X {n}\ndate: 2020-01-01\n---\nMany.\n" for n in range(1500)}
    )
    return site


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_at_once_with_everything_that_it_began(tmp_path: Path, number: int) -> None:
    with previewed(new_site(tmp_path / "site")) as preview:
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


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.05, 0.15, 0.3, 0.5, 0.8, 1.2, 2.0])
def test_ctrl_c_at_any_moment_of_the_start(tmp_path: Path, after: float) -> None:
    site = large_site(tmp_path / "site")
    process = subprocess.Popen(
        [sys.executable, "-m", "dossier", "serve", "--port", str(free_port())],
        cwd=site.folder,
        env=environment_of({}),
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
    # Before Python has so much as looked for the program, an interruption is Python's own to tell of.
    assert "Traceback" not in said or "runpy" in said
    assert processes_of_session(process.pid) == []


@pytest.mark.slow
def test_ctrl_c_at_any_moment_of_a_rebuild_leaves_a_site_that_the_next_start_completes(
    tmp_path: Path,
) -> None:
    site = large_site(tmp_path / "site")
    theme = "{{% extends 'briefing/base.html' %}}{{% block crumbs %}}{}{{% endblock %}}\n"
    for turn, after in enumerate((0.0, 0.03, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8)):
        with previewed(site) as preview:
            files = {"themes/own/templates/base.html": theme.format(turn)}
            site.write(files | {"site.yaml": "title: Small\nurl: https://example.org/small/\ntheme: own\n"})
            time.sleep(after)
            assert preview.end() < 1
        assert "Traceback" not in preview.said()
        assert processes_of_session(preview.process.pid) == []
    with previewed(site) as preview:
        assert preview.tree() == site.clean(tmp_path / "clean")


# ---------------------------------------------------------------- on a terminal


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
@pytest.mark.parametrize(
    ("size", "after"), [("small", r"Ctrl-C ends it"), ("large", r"━"), ("large", r"Ctrl-C ends it")]
)
def test_the_terminal_is_left_as_it_was(tmp_path: Path, size: str, after: str) -> None:
    """Ctrl-C is pressed while files are waited for, and while a bar shows the progress of the first build."""
    import termios

    site = (large_site if size == "large" else new_site)(tmp_path / "site")
    command = [sys.executable, "-m", "dossier", "serve", "--port", str(free_port())]
    ours, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    process = on_terminal(command, site, theirs)
    try:
        said = until(ours, after)
        os.write(ours, b"\x03")
        started = time.monotonic()
        assert process.wait(5) == 0
        assert time.monotonic() - started < 1
        said += until(ours, r"ended\r\n$")
        assert termios.tcgetattr(theirs) == before
        assert said.count("\x1b[?25l") == said.count("\x1b[?25h"), "the cursor is shown again"
        assert re.search(r"\r?\nended\r\n$", said)
        assert "Traceback" not in said
        assert processes_of_session(process.pid) == []
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        os.close(theirs)


def on_terminal(command: Sequence[str], site: Site, terminal: int) -> "subprocess.Popen[bytes]":
    """A process whose terminal this is, as a shell would start it."""
    start = (
        "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    return subprocess.Popen(
        [sys.executable, "-c", start, *command],
        cwd=site.folder,
        env=environment_of({"TERM": "xterm-256color", "COLUMNS": "100", "NO_COLOR": ""}),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )


def until(terminal: int, pattern: str, seconds: float = 15) -> str:
    """What a terminal shows until it shows this."""
    said, end = b"", time.monotonic() + seconds
    while not re.search(pattern, said.decode("utf-8", "replace")):
        assert time.monotonic() < end, said
        if select.select([terminal], [], [], 0.1)[0]:
            said += os.read(terminal, 65536)
    return said.decode("utf-8", "replace")
