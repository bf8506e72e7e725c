"""Measures what editors wait for: the language server, asked by a real client over standard input and output.

A note of the corpus is open. The server is asked at its places for completions, explanations, definitions,
uses and renamings: while nothing else happens, and while somebody types, so that answers come while the whole
site is being joined anew. Findings are timed from a typed mistake to their arrival, the rest for which typing
is waited for included.

    python benchmarks/editors.py --site FOLDER --rounds 100
    python benchmarks/editors.py --size 10000 --rounds 100

`--site` is a folder with a site that nobody else needs: it isn't changed, but its `.dossier/` is. `--size`
makes a corpus as run.py does. Needs the `dev` extra.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from lsprotocol import types as lsp
from measure import at_95
from pygls import uris
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

HERE = Path(__file__).parent
MISTAKE = "[@no-such-article-{number}]"


class Waiting:
    """Times by what was asked, in milliseconds."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    async def __call__(self, name: str, asked: Awaitable[object]) -> object:
        started = time.perf_counter()
        result = await asked
        self.times.setdefault(name, []).append(1000 * (time.perf_counter() - started))
        return result

    def rows(self) -> Sequence[str]:
        """For each: how often, median, 95th percentile, most."""
        return [
            f"| {name} | {len(ms)} | {statistics.median(ms):.1f} | {at_95(ms):.1f} | {max(ms):.1f} |"
            for name, ms in self.times.items()
        ]


class Desk:
    """A note in an editor. Its first line of text holds a citation and a link, and is what is typed in."""

    def __init__(self, client: LanguageClient, site: Path, article: str, person: str, topic: str) -> None:
        self.client, self.site = client, site
        self.article, self.person, self.topic = article, person, topic
        self.uri = uris.from_fs_path(str(site / "content/notes/measured.md")) or ""
        self.document = lsp.TextDocumentIdentifier(self.uri)
        self.version = 0

    def lines(self, typed: str = "") -> list[str]:
        """The note's lines."""
        matter = [
            "---",
            "title: Measured",
            "date: 2020-02-12",
            f"topics: [{self.topic}]",
            "events:",
            "",
            "---",
        ]
        return [*matter, f"It cites [@{self.article}], and names [[{self.person}]]. {typed}"]

    def show(self, lines: Sequence[str]) -> None:
        """Open the note, or exchange its text."""
        self.version += 1
        text = "\n".join(lines) + "\n"
        if self.version == 1:
            item = lsp.TextDocumentItem(self.uri, "markdown", 1, text)
            self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
            return
        document = lsp.VersionedTextDocumentIdentifier(self.version, self.uri)
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))

    async def told(self, code: str, mark: str) -> None:
        """Wait for a finding."""
        while not any(
            f.code == code and mark in f.message for f in self.client.diagnostics.get(self.uri, ())
        ):
            await asyncio.sleep(0.001)

    # ------------------------------------------------------------ questions

    async def complete(self, line: str, number: int) -> None:
        """Ask what may follow a line."""
        lines = self.lines()
        lines[number] = line
        self.show(lines)
        asked = lsp.CompletionParams(self.document, lsp.Position(number, len(line)))
        found = await self.client.text_document_completion_async(asked)
        assert isinstance(found, lsp.CompletionList), line
        assert found.items, line

    def at(self, text: str) -> lsp.Position:
        line = self.lines()[7]
        return lsp.Position(7, line.index(text) + 2)

    async def hover(self) -> None:
        asked = lsp.HoverParams(self.document, self.at(self.article))
        assert await self.client.text_document_hover_async(asked)

    async def define(self) -> None:
        asked = lsp.DefinitionParams(self.document, self.at(self.article))
        assert await self.client.text_document_definition_async(asked)

    async def uses(self, text: str) -> None:
        context = lsp.ReferenceContext(include_declaration=True)
        asked = lsp.ReferenceParams(context, self.document, self.at(text))
        assert await self.client.text_document_references_async(asked)

    async def rename(self) -> None:
        asked = lsp.RenameParams(self.document, self.at(self.article), "another-id")
        assert await self.client.text_document_rename_async(asked)

    async def symbols(self) -> None:
        await self.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(self.document))


async def ask_all(desk: Desk, waiting: Waiting, state: str, number: int) -> None:
    """Ask everything once."""
    part = desk.article[: 1 + number % 8]
    await waiting(f"`[@…`, {state}", desk.complete(f"It cites [@{part}", 7))
    await waiting(f"`[[…`, {state}", desk.complete(f"It names [[{part}", 7))
    await waiting(f"topics, {state}", desk.complete(f"topics: [{desk.topic[:3]}", 3))
    await waiting(f"people, {state}", desk.complete(f"  - people: [{desk.person[:2]}", 5))
    await waiting(f"keys, {state}", desk.complete("", 5))
    desk.show(desk.lines())
    questions: dict[str, Callable[[], Awaitable[None]]] = {
        "hover": desk.hover,
        "definition": desk.define,
        "uses of an article": lambda: desk.uses(desk.article),
        "uses of a person": lambda: desk.uses(desk.person),
        "rename": desk.rename,
        "outline": desk.symbols,
    }
    for name, question in questions.items():
        await waiting(f"{name}, {state}", question())


async def measure(site: Path, rounds: int, chosen: tuple[str, str, str]) -> None:
    """Start a server, and ask it."""
    client = make_test_lsp_client()
    client.feature(lsp.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    command = [sys.executable, "-m", "dossier", "lsp"]
    started = time.perf_counter()
    await client.start_io(*command, env={**os.environ, "SOURCE_DATE_EPOCH": "1780272000"})
    root = uris.from_fs_path(str(site))
    parameters = lsp.InitializeParams(client_capabilities("visual-studio-code"), root_uri=root)
    await client.initialize_session(parameters)
    desk, waiting = Desk(client, site, *chosen), Waiting()
    desk.show(desk.lines(MISTAKE.format(number="first")))
    await desk.told("unknown-citation", "first")
    print(f"started, and told what is wrong, after {time.perf_counter() - started:.2f} s\n")
    for number in range(rounds):
        await ask_all(desk, waiting, "at rest", number)
        if number % 10 == 0:
            await waiting("findings", typed(desk, number))
    for number in range(rounds):
        desk.show(desk.lines(MISTAKE.format(number=f"busy-{number}")))
        await asyncio.sleep(0.2)  # By now the site is being joined.
        await ask_all(desk, waiting, "while the site is joined", number)
    print("| asked | answers | median ms | 95th ms | most ms |\n| --- | --: | --: | --: | --: |")
    print("\n".join(waiting.rows()))
    process = client._server
    if process is not None:
        print(f"\n{memory(process.pid):.0f} MB of memory")
    await client.shutdown_session()
    await client.stop()


async def typed(desk: Desk, number: int) -> None:
    """Type a mistake, and wait until it is told."""
    desk.show(desk.lines(MISTAKE.format(number=number)))
    await desk.told("unknown-citation", f"-{number}'")


def memory(process: int) -> float:
    """The memory that a process holds, in MB."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def choose(site: Path) -> tuple[str, str, str]:
    """An article, a person and a topic of a site, by their ids."""
    articles = sorted(path.stem for path in (site / "content/articles").rglob("*.md"))
    topics = sorted(path.stem for path in (site / "content/topics").rglob("*.md"))
    people = (site / "content/people.yaml").read_text(encoding="utf-8")
    person = next(line[:-1] for line in people.splitlines() if line.endswith(":") and line[:1].isalnum())
    return articles[len(articles) // 2], person, topics[0]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description="Measure what editors wait for.")
    parser.add_argument("--site", type=Path)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=100)
    arguments = parser.parse_args()
    if arguments.site:
        asyncio.run(measure(arguments.site.resolve(), arguments.rounds, choose(arguments.site)))
        return
    with tempfile.TemporaryDirectory(prefix="dossier-editors-") as work:
        site = Path(work)
        layout = [str(HERE / "layouts.py"), "dossier", work, "--size", str(arguments.size), "--seed", "1"]
        subprocess.run([sys.executable, *layout], check=True)
        asyncio.run(measure(site, arguments.rounds, choose(site)))


if __name__ == "__main__":
    main()
