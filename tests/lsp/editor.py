"""An editor: a real client of the protocol, with a server of its own, over standard input and output."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls import uris
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

from tests.conftest import REPOSITORY

PATIENCE = 20
CURSOR = "‸"
T = TypeVar("T")


class Editor:
    """Edits the files of a site. A text with a `‸` in it has the cursor there."""

    def __init__(self, client: LanguageClient, site: Path) -> None:
        self.client, self.site = client, site
        self.versions: dict[str, int] = {}
        self.cursor = lsp.Position(0, 0)

    def uri(self, path: str) -> str:
        return uris.from_fs_path(str(self.site / path)) or ""

    def _placed(self, text: str) -> str:
        """The text without its cursor, whose place is kept in UTF-16, as the protocol has it."""
        before, found, after = text.partition(CURSOR)
        if found:
            lines = before.split("\n")
            self.cursor = lsp.Position(len(lines) - 1, len(lines[-1].encode("utf-16-le")) // 2)
        return before + after

    def open(self, path: str, text: str | None = None) -> lsp.TextDocumentIdentifier:
        """Open a file, with other text than it has on the disk if some is given."""
        held = self._placed((self.site / path).read_text(encoding="utf-8") if text is None else text)
        language = "markdown" if path.endswith(".md") else "yaml"
        self.versions[path] = 1
        item = lsp.TextDocumentItem(self.uri(path), language, 1, held)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return lsp.TextDocumentIdentifier(self.uri(path))

    def type(self, path: str, text: str) -> None:
        """Exchange the text of an open file, without saving it."""
        self.versions[path] += 1
        document = lsp.VersionedTextDocumentIdentifier(self.versions[path], self.uri(path))
        change = lsp.TextDocumentContentChangeWholeDocument(self._placed(text))
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))

    def save(self, path: str, text: str) -> None:
        """Write a file, and tell of it."""
        self.write(path, text)
        document = lsp.TextDocumentIdentifier(self.uri(path))
        self.client.text_document_did_save(lsp.DidSaveTextDocumentParams(document))

    def write(self, path: str, text: str) -> None:
        """Write a file, as another program would."""
        (self.site / path).parent.mkdir(parents=True, exist_ok=True)
        (self.site / path).write_text(text, encoding="utf-8")

    def tell_of(self, path: str) -> None:
        change = lsp.FileEvent(self.uri(path), lsp.FileChangeType.Changed)
        self.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([change]))

    def close(self, path: str) -> None:
        document = lsp.TextDocumentIdentifier(self.uri(path))
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))

    # ------------------------------------------------------------ what is asked

    async def offered(self, path: str) -> list[lsp.CompletionItem]:
        document = lsp.TextDocumentIdentifier(self.uri(path))
        found = await self.client.text_document_completion_async(lsp.CompletionParams(document, self.cursor))
        return list(found.items) if isinstance(found, lsp.CompletionList) else []

    async def labels(self, path: str) -> list[str]:
        return [item.label for item in await self.offered(path)]

    async def hover(self, path: str) -> str:
        document = lsp.TextDocumentIdentifier(self.uri(path))
        found = await self.client.text_document_hover_async(lsp.HoverParams(document, self.cursor))
        assert found is None or isinstance(found.contents, lsp.MarkupContent)
        return "" if found is None else found.contents.value

    async def definition(self, path: str) -> tuple[str, int, int] | None:
        """Path, line and column, from 0."""
        document = lsp.TextDocumentIdentifier(self.uri(path))
        found = await self.client.text_document_definition_async(lsp.DefinitionParams(document, self.cursor))
        if found is None:
            return None
        assert isinstance(found, lsp.Location)
        return self.path(found.uri), found.range.start.line, found.range.start.character

    async def rename(self, path: str, new: str) -> dict[str, str]:
        """Rename what the cursor is on, on the disk as the server says; gives the files that changed."""
        document = lsp.TextDocumentIdentifier(self.uri(path))
        edit = await self.client.text_document_rename_async(lsp.RenameParams(document, self.cursor, new))
        assert edit is not None
        return self.apply(edit)

    def path(self, uri: str) -> str:
        return Path(uris.to_fs_path(uri) or "").relative_to(self.site).as_posix()

    def apply(self, edit: lsp.WorkspaceEdit) -> dict[str, str]:
        changed: dict[str, str] = {}
        for change in edit.document_changes or ():
            if isinstance(change, lsp.RenameFile):
                old, new = self.path(change.old_uri), self.path(change.new_uri)
                (self.site / old).rename(self.site / new)
                changed[new] = changed.pop(old, "") or (self.site / new).read_text(encoding="utf-8")
            else:
                assert isinstance(change, lsp.TextDocumentEdit)
                path = self.path(change.text_document.uri)
                text = edited((self.site / path).read_text(encoding="utf-8"), change.edits)
                (self.site / path).write_text(text, encoding="utf-8")
                changed[path] = text
        return changed

    # ------------------------------------------------------------ what is told

    def findings(self, path: str) -> list[lsp.Diagnostic]:
        return list(self.client.diagnostics.get(self.uri(path), ()))

    def codes(self, path: str) -> list[str]:
        return [str(finding.code) for finding in self.findings(path)]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that the server tells."""
        for _ in range(PATIENCE * 50):
            if holds():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"told: {self.client.diagnostics}; said: {self.said()}")

    def said(self) -> str:
        return "\n".join(message.message for message in self.client.log_messages)

    async def ready(self) -> None:
        """Wait until the site has been read."""
        await self.until(lambda: "has read" in self.said())


def edited(text: str, edits: Sequence[Any]) -> str:
    """A text after edits whose places are in UTF-16."""
    lines = text.split("\n")
    for edit in sorted(
        edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True
    ):
        start, end = edit.range.start, edit.range.end
        assert start.line == end.line
        units = lines[start.line].encode("utf-16-le")
        new = edit.new_text.encode("utf-16-le")
        lines[start.line] = (units[: 2 * start.character] + new + units[2 * end.character :]).decode(
            "utf-16-le"
        )
    return "\n".join(lines)


def edit(
    site: Path,
    session: Callable[[Editor], Awaitable[T]],
    *,
    arguments: Sequence[str] = (),
    like: str = "visual-studio-code",
    folder: Path | None = None,
) -> T:
    """Run a session of an editor in a site, with a server of its own."""

    async def run() -> T:
        client = make_test_lsp_client()
        await client.start_io(sys.executable, "-m", "dossier", *arguments, "lsp", cwd=str(REPOSITORY))
        try:
            capabilities = client_capabilities(like)
            capabilities.general = lsp.GeneralClientCapabilities(position_encodings=None)
            root = uris.from_fs_path(str(folder or site)) or ""
            parameters = lsp.InitializeParams(
                capabilities, root_uri=root, workspace_folders=[lsp.WorkspaceFolder(root, "site")]
            )
            await asyncio.wait_for(client.initialize_session(parameters), PATIENCE)
            result = await asyncio.wait_for(session(Editor(client, site)), PATIENCE * 2)
            await asyncio.wait_for(client.shutdown_session(), PATIENCE)
            assert client.error is None
            return result
        finally:
            process = client._server  # It would be waited for, even where it was never told to end.
            if process is not None and process.returncode is None:
                process.kill()
            await asyncio.wait_for(client.stop(), PATIENCE)

    return asyncio.run(run())
