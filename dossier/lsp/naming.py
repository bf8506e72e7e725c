"""What editors ask of a name: where it is used, and to give it another everywhere."""

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from dossier.lsp import renaming
from dossier.lsp.mentions import Mention
from dossier.lsp.places import lines_of
from dossier.lsp.running import File, Running
from dossier.lsp.server import REFUSED, Server


def answer(server: Server) -> None:
    """Let a server answer what is asked of names."""
    server.feature(lsp.TEXT_DOCUMENT_REFERENCES)(references)
    server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)(prepare)
    server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))(rename)


def _named(ls: Server, uri: str, position: lsp.Position) -> tuple[File, Mention] | None:
    file = ls.file(uri)
    mention = ls.mention(file, position) if file else None
    return None if file is None or mention is None else (file, mention)


def references(ls: Server, params: lsp.ReferenceParams) -> list[lsp.Location]:
    """Where what is named at a place is named, too."""
    named = _named(ls, params.text_document.uri, params.position)
    if named is None:
        return []
    file, mention = named
    running = file.running
    uses = renaming.uses_of(mention.target, ls.up_to_date(running), running.site.text)
    found = []
    for path, held in uses.items():
        lines, uri = lines_of(running.site.text(path)), ls.uri(running, path)
        found += [
            lsp.Location(uri, ls.units.range(lines, use.mark))
            for use in held
            if params.context.include_declaration or not use.own
        ]
    return found


def prepare(ls: Server, params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
    """What would be renamed from a place: the id, however it is written there."""
    found = _named(ls, params.text_document.uri, params.position)
    if found is None:
        return None
    file, mention = found
    return lsp.PrepareRenamePlaceholder(ls.units.range(file.lines, mention.mark), mention.target.id)


def rename(ls: Server, params: lsp.RenameParams) -> lsp.WorkspaceEdit:
    """Give what is named at a place another id."""
    found = _named(ls, params.text_document.uri, params.position)
    if found is None:
        raise JsonRpcException("there is no id here: put the cursor on one", REFUSED)
    file, mention = found
    running = file.running
    try:
        made = renaming.rename(mention.target, params.new_name, ls.up_to_date(running), running.site.text)
    except renaming.RefusedError as refusal:
        raise JsonRpcException(str(refusal), REFUSED) from None
    if made.moved and not _renames_files(ls):
        message = f"this editor renames no files for others: rename {made.moved[0]} yourself"
        raise JsonRpcException(message, REFUSED)
    return _edit(ls, running, made)


def _workspace_edit(ls: Server) -> lsp.WorkspaceEditClientCapabilities | None:
    workspace = ls.client_capabilities.workspace
    return workspace.workspace_edit if workspace else None


def _renames_files(ls: Server) -> bool:
    edit = _workspace_edit(ls)
    return edit is not None and lsp.ResourceOperationKind.Rename in (edit.resource_operations or ())


def _knows_documents(ls: Server) -> bool:
    """Whether the editor takes changes of documents. Neovim does, and says only that it renames files."""
    edit = _workspace_edit(ls)
    return (edit is not None and bool(edit.document_changes)) or _renames_files(ls)


def _edit(ls: Server, running: Running, made: renaming.Renaming) -> lsp.WorkspaceEdit:
    """The changes; texts first, under the names that their files have until then."""
    edits: dict[str, list[lsp.TextEdit]] = {}
    for path, marks in made.edits.items():
        lines = lines_of(running.site.text(path))
        edits[path] = [lsp.TextEdit(ls.units.range(lines, mark), text) for mark, text in marks]
    if not _knows_documents(ls):
        return lsp.WorkspaceEdit(changes={ls.uri(running, path): held for path, held in edits.items()})
    changes: list[lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile] = []
    for path, held in edits.items():
        version = running.versions.get(path)
        document = lsp.OptionalVersionedTextDocumentIdentifier(ls.uri(running, path), version)
        changes.append(lsp.TextDocumentEdit(document, list(held)))
    if made.moved:
        old, new = (ls.uri(running, path) for path in made.moved)
        changes.append(lsp.RenameFile(old, new))
    return lsp.WorkspaceEdit(document_changes=changes)
