"""Measures the live previews of dossier and Hugo: from the end of a file's write to the new text on a page.

A headless Chromium has an article open, at each server in turn. An article's last paragraph gets a text that
has never been there; a MutationObserver in the page notes when it is in the DOM. Hugo reloads pages, so there
the text is looked for as the new document loads. Both clocks are the machine's own (`time.time` and
`performance.timeOrigin`).

    python benchmarks/preview.py --sizes 1000,10000 --edits 30

Needs the `dev` extra, a Chromium, and Hugo as in run.py.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import make_article, make_corpus
from measure import at_95
from playwright.sync_api import Browser, Page, sync_playwright
from sites import article_file
from tools import Setup, dossier_command, find_hugo

HERE = Path(__file__).parent
# In every document, from its beginning: tells when a text is first in the DOM.
WAIT = """
(() => {
  const look = () => {
    const mark = sessionStorage.getItem("mark");
    if (mark && document.documentElement?.textContent.includes(mark)) {
      sessionStorage.setItem("seen " + mark, performance.timeOrigin + performance.now());
      sessionStorage.removeItem("mark");
    }
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true});
  document.addEventListener("DOMContentLoaded", look);
})();
"""


@dataclass
class Series:
    """One server at one size: milliseconds of each edit, memory in MB after so many edits."""

    tool: str
    size: int
    milliseconds: list[float] = field(default_factory=list)
    memory: dict[int, float] = field(default_factory=dict)

    def row(self) -> str:
        ordered = sorted(self.milliseconds)
        memory = ", ".join(f"{count}: {mb:.0f} MB" for count, mb in self.memory.items())
        median = statistics.median(ordered)
        least, most = ordered[0], ordered[-1]
        return (
            f"| {self.size:,} | {self.tool} | {len(ordered)} | {median:.0f} | {at_95(ordered):.0f} "
            f"| {least:.0f} to {most:.0f} | {memory} |"
        )


@contextlib.contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server, once it answers, for as long as the block lasts."""
    log = (folder / "serve.log").open("wb")
    process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    try:
        end = time.monotonic() + 300
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as asked:
                asked.sendall(f"GET / HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n".encode())
                if asked.recv(12):
                    break
            time.sleep(0.2)
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        log.close()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def memory_mb(process: int) -> float:
    """The process's proportional set size."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    return int(re.findall(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)[0]) / 1024


def edit(page: Page, file: Path, text: str, mark: str) -> float:
    """Write a file and wait for its text in the page: milliseconds from the end of the write."""
    page.evaluate("mark => sessionStorage.setItem('mark', mark)", mark)
    file.write_text(f"{text.rstrip()} Revision {mark}.\n", encoding="utf-8")
    written = time.time() * 1000
    end = time.monotonic() + 60
    while time.monotonic() < end:
        # Asked seldom, so that asking isn't what is measured; a page being reloaded can't answer.
        time.sleep(0.03)
        with contextlib.suppress(Exception):
            seen = page.evaluate("mark => sessionStorage.getItem('seen ' + mark)", f"{mark}")
            if seen:
                page.evaluate("mark => sessionStorage.removeItem('seen ' + mark)", mark)
                return float(seen) - written
    raise SystemExit(f"{file}: {mark} was not shown within a minute")


def measure(browser: Browser, tool: str, work: Path, size: int, options: argparse.Namespace) -> Series:
    """All edits of one server at one size."""
    folder = work / str(size) / tool
    layout = [sys.executable, str(HERE / "layouts.py"), tool, str(folder), "--size", str(size), "--seed", "1"]
    subprocess.run(layout, check=True)
    article = make_article(make_corpus(size, 1), size // 2)
    file = folder / article_file(article)
    text, port = file.read_text(encoding="utf-8"), free_port()
    if tool == "hugo":
        hugo = find_hugo(Setup(work / "tools", "", options.hugo)).command[0]
        command = [hugo, "server", "--port", str(port), "--bind", "127.0.0.1"]
    else:
        command = [*dossier_command(Setup(work / "tools", options.dossier, "")), "serve", "--port", str(port)]
    series = Series(tool, size)
    with running(command, folder, port) as process:
        page = browser.new_page()
        page.add_init_script(WAIT)
        page.goto(f"http://localhost:{port}/articles/{article.id}.html")
        time.sleep(2)
        last = options.memory if tool == "dossier" and size == min(options.sizes) else 0
        for number in range(1, max(options.edits + 3, last + 1)):
            took = edit(page, file, text, f"m{number}x{os.getpid()}")
            if 3 <= number < options.edits + 3:  # The first two warm up.
                series.milliseconds.append(took)
            if number in (10, last):
                time.sleep(1.5)
                series.memory[number] = memory_mb(process.pid)
            time.sleep(options.pause if number < options.edits + 3 else 0)
        page.close()
    return series


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,10000", help="articles, with commas (1000,10000)")
    parser.add_argument("--edits", type=int, default=30, help="counted edits (30)")
    parser.add_argument(
        "--memory", type=int, default=1000, help="edits after which memory is told again (1000)"
    )
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between edits (1)")
    parser.add_argument("--tools", default="dossier,hugo", help="with commas (dossier,hugo)")
    parser.add_argument("--dossier", default="", help="the command that starts dossier")
    parser.add_argument("--hugo", default="", help="Hugo's binary")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "", help="Chromium's binary")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="a folder")
    options = parser.parse_args()
    options.sizes = [int(size) for size in options.sizes.split(",")]
    work = Path(tempfile.mkdtemp(prefix="dossier-preview-"))
    found: list[Series] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        for size in options.sizes:
            for tool in options.tools.split(","):
                found.append(measure(browser, tool, work, size, options))
                print(found[-1].row(), file=sys.stderr, flush=True)
        browser.close()
    head = (
        "| articles | server | edits | median ms | 95 % ms | range | memory after edits |\n"
        + "| --- " * 7
        + "|"
    )
    report = "\n".join([head, *(series.row() for series in found)]) + "\n"
    options.results.mkdir(parents=True, exist_ok=True)
    (options.results / "preview.md").write_text(report, encoding="utf-8")
    data = json.dumps([vars(series) for series in found], indent=1)
    (options.results / "preview.json").write_text(data + "\n", encoding="utf-8")
    print(report)
    shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
