"""What editors tell: which files are open, what is typed, what is saved."""

import contextlib
from pathlib import Path

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcException

from dossier.lsp.server import TYPING, Server

# Seconds for which files rest that changed on the disk.
SAVING = 0.05
WATCHED = ("**/site.yaml", "**/content/**")


def listen(server: Server) -> None:
    """Let a server hear of files."""
    server.feature(lsp.INITIALIZED)(initialized)
    server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(opened)
    server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(changed)
    server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)(saved)
    server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(closed)
    server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)(watched)


async def initialized(ls: Server, params: lsp.InitializedParams) -> None:
    """The editor is ready: look at the sites in which its folders lie, and ask to be told of files."""
    named = [*ls.workspace.folders, *([ls.workspace.root_uri] if ls.workspace.root_uri else [])]
    folders = [Path(place) for uri in named if (place := uris.to_fs_path(uri))]
    for folder in (*([ls.given] if ls.given else []), *folders):
        ls.site_of(folder)
    workspace = ls.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching and watching.dynamic_registration:
        watchers = [lsp.FileSystemWatcher(pattern) for pattern in WATCHED]
        options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        asked = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        with contextlib.suppress(JsonRpcException):  # What it doesn't tell, saving and closing do.
            await ls.client_register_capability_async(lsp.RegistrationParams([asked]))


def _hold(ls: Server, uri: str, delay: float) -> None:
    found = ls.locate(uri)
    if found is not None:
        running, path = found
        document = ls.workspace.get_text_document(uri)
        running.site.buffers[path] = document.source
        running.versions[path] = document.version
        ls.schedule(running, delay)


async def opened(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    """A file is open: what the editor has of it counts."""
    _hold(ls, params.text_document.uri, 0)


async def changed(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    """Something was typed."""
    _hold(ls, params.text_document.uri, TYPING)


async def saved(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
    """A file was saved, which may have been written otherwise than the editor has it."""
    _look_again(ls, params.text_document.uri)


async def closed(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    """A file is no longer open: what is on the disk counts."""
    found = ls.locate(params.text_document.uri)
    if found is not None:
        running, path = found
        running.site.buffers.pop(path, None)
        running.versions.pop(path, None)
        ls.schedule(running, SAVING, look=True)


async def watched(ls: Server, params: lsp.DidChangeWatchedFilesParams) -> None:
    """Files changed on the disk."""
    for change in params.changes:
        _look_again(ls, change.uri)


def _look_again(ls: Server, uri: str) -> None:
    found = ls.locate(uri)
    if found is not None:
        ls.schedule(found[0], SAVING, look=True)
