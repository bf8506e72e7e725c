"""`dossier serve` in a process of its own, on a small site in the default theme."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.site import Site, environment_of, tree

LONG = "\n\n".join(f"Paragraph {number} of a long text, which goes on for a while." for number in range(60))
FILES = {
    "site.yaml": "title: Small\nurl: https://example.org/small/\nrights: full\n",
    "content/articles/a.md": "---\ntitle: First\nsource: AP\ndate: 2020-01-02\ntopics: [t]\n---\nText A.\n",
    "content/articles/b.md": "---\ntitle: Second\ndate: 2020-02\ntopics: [t]\n---\nText B.\n",
    "content/articles/numbers.csv": "a,b\n" + "1,2\n" * 1000,
    "content/notes/n.md": f"---\ntitle: Note\ndate: 2021-01-01\ntopics: [t]\n---\nSee [@a].\n\n{LONG}\n",
    "content/notes/gone.md": "---\ntitle: Will go\ndate: 2021-02-01\n---\nShort.\n",
    "content/notes/d.md": "---\ntitle: Not yet\ndate: 2021-02-01\ndraft: true\n---\nA draft.\n",
    "content/topics/t.md": "---\ntitle: Topic\n---\nOverview.\n",
    "themes/own/theme.yaml": "extends: briefing\n",
}


class Preview:
    """A running preview."""

    def __init__(self, site: Site, *options: str, port: int = 0, program: str = "") -> None:
        self.site = site
        self.output = site.folder / ".dossier" / ("drafts" if "--drafts" in options else "preview")
        self.lines: list[str] = []
        self.port = port or free_port()
        begun = ["-c", program] if program else ["-m", "dossier", "serve"]
        command = [sys.executable, *begun, "--port", str(self.port), *options]
        self.process = subprocess.Popen(
            command,
            cwd=site.folder,
            env=environment_of({"PYTHONUNBUFFERED": "1"}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_for(r"^serving ")
        self.base = re.search(r"http://[^/]+(/\S*)", self.said())[1]  # type: ignore[index]

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.lines.extend(iter(self.process.stdout.readline, ""))

    def said(self) -> str:
        return "".join(self.lines)

    def wait_for(self, pattern: str, seconds: float = 20) -> str:
        """Wait until the preview has said something, and return all that it said."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.said(), re.MULTILINE):
            assert time.monotonic() < end, f"not said: {pattern}\n{self.said()}"
            assert self.process.poll() is None, self.said()
            time.sleep(0.01)
        return self.said()

    def tree(self) -> dict[str, bytes]:
        """All that is served, but for what the preview adds on its way out."""
        return tree(self.output)

    def address(self, path: str = "") -> str:
        return f"http://localhost:{self.port}{self.base}{path}"

    def raw(self, request: bytes) -> bytes:
        """The answer to bytes on a socket of their own."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
            connection.sendall(request)
            answer = b""
            with contextlib.suppress(TimeoutError, ConnectionResetError):
                while piece := connection.recv(1 << 16):
                    answer += piece
        return answer

    def get(self, target: str | bytes, *headers: str, method: str = "GET", host: str = "") -> "Answer":
        """The answer to a request line with exactly this target."""
        target = target.encode() if isinstance(target, str) else target
        head = [f"Host: {host or f'localhost:{self.port}'}", "Connection: close", *headers]
        request = (
            method.encode() + b" " + target + b" HTTP/1.1\r\n" + "\r\n".join(head).encode() + b"\r\n\r\n"
        )
        return Answer(self.raw(request))

    def end(self) -> float:
        """Press Ctrl-C, and return how many seconds it took."""
        started = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(10)
        took = time.monotonic() - started
        self._reader.join(2)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return took


class Answer:
    """An HTTP answer."""

    def __init__(self, data: bytes) -> None:
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1]) if lines[0] else 0
        pairs = (line.partition(":") for line in lines[1:])
        self.headers = {name.lower(): value.strip() for name, _, value in pairs}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def new_site(folder: Path) -> Site:
    site = Site(folder)
    site.write(FILES)
    return site


def many_notes(number: int, text: str = "Many.", folder: str = "content/notes/many") -> dict[str, str]:
    return {f"{folder}/m{n}.md": f"---\ntitle: M {n}\ndate: 2020-01-01\n---\n{text}\n" for n in range(number)}


@contextlib.contextmanager
def previewed(site: Site, *options: str, port: int = 0, program: str = "") -> Iterator[Preview]:
    """A preview for as long as the block lasts. `program` starts it, if not `dossier serve`."""
    preview = Preview(site, *options, port=port, program=program)
    try:
        yield preview
    finally:
        preview.end()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for all tests of a module."""
    with previewed(new_site(tmp_path_factory.mktemp("preview") / "site"), "--editor", "code") as running:
        yield running


def processes_of_session(leader: int) -> list[int]:
    """The processes that a session still has."""
    found = []
    for entry in Path("/proc").iterdir() if Path("/proc").is_dir() else ():
        with contextlib.suppress(OSError, ValueError, IndexError):
            if os.getsid(int(entry.name)) == leader:
                found.append(int(entry.name))
    return found
