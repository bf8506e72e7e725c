"""A new id for a document or an entity: every place that names it, and the file that is named after it."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from dossier import urls
from dossier.diagnostics import Mark
from dossier.library.model import Target
from dossier.lsp.answers import document_of, entity_of
from dossier.lsp.mentions import Mention, mentions
from dossier.lsp.open_site import Snapshot
from dossier.lsp.places import lines_of
from dossier.model import Claim, Register

# Gives the text of a file by its path.
Text = Callable[[str], str]


class RefusedError(Exception):
    """Why something can't be renamed, for people."""


@dataclass(frozen=True)
class Renaming:
    """Texts to put in the place of what is marked, by file; and the file's path, before and after."""

    edits: Mapping[str, list[tuple[Mark, str]]]
    moved: tuple[str, str] | None = None


def uses_of(target: Target, snapshot: Snapshot, text: Text) -> dict[str, list[Mention]]:
    """The places of a site that name something, by file, in the order in which they stand there."""
    found: dict[str, list[Mention]] = {}
    for path in sorted(snapshot.uses.of(target)):
        if path in snapshot.heads:
            held = mentions(snapshot.heads[path], text(path), snapshot.library)
            here = {mention.mark: mention for mention in held if _is_same(mention.target, target)}
            if here:
                found[path] = [here[mark] for mark in sorted(here)]
    return found


def _is_same(one: Target, other: Target) -> bool:
    return (one.kind, one.id) == (other.kind, other.id)


def rename(target: Target, new: str, snapshot: Snapshot, text: Text) -> Renaming:
    """What is to be changed for a document or an entity to have another id.

    Where it is named by its title or another name, that stays as it is. Raises RefusedError where there can't
    be such an id, or it is taken.
    """
    new = unicodedata.normalize("NFC", new.strip())
    problem = urls.id_problem(new)
    if problem:
        raise RefusedError(f"'{new}' can't be an id: it {problem}")
    _check_free(target, new, snapshot)
    names = _names(target, snapshot)
    edits: dict[str, list[tuple[Mark, str]]] = {}
    for path, found in uses_of(target, snapshot, text).items():
        lines = lines_of(text(path))
        for mention in found:
            written = _written_anew(mention, target, new, names, lines)
            if written is not None:
                edits.setdefault(path, []).append(written)
    return Renaming(edits, _moved(target, new, snapshot))


def _check_free(target: Target, new: str, snapshot: Snapshot) -> None:
    document = document_of(target, snapshot)
    if document is None:
        entity = entity_of(target, snapshot)
        if entity is None:
            raise RefusedError(f"there is no '{target.id}'")
        if not _is_registered(target, snapshot):
            raise RefusedError(f"'{entity.name}' is in no register: its id follows from how it is written")
        taken = {held.casefold(): held for held in snapshot.library.entities[entity.kind]}
    else:
        taken = {held.casefold(): held for held in snapshot.library.documents}
    other = taken.get(new.casefold())
    if other is not None and other != target.id:
        raise RefusedError(f"the id '{new}' is taken: there is '{other}' already")


def _is_registered(target: Target, snapshot: Snapshot) -> bool:
    registers = (head.value for head in snapshot.heads.values() if isinstance(head.value, Register))
    return any(
        register.kind == target.kind and any(entity.id == target.id for entity in register.entities)
        for register in registers
    )


def _moved(target: Target, new: str, snapshot: Snapshot) -> tuple[str, str] | None:
    """The file that is named after a document, before and after."""
    document = document_of(target, snapshot)
    if document is None or urls.document_id(document.path) != document.id:
        return None
    if isinstance(document, Claim) and document.holder:
        return None
    return document.path, f"{document.path.rpartition('/')[0]}/{new}.md"


def _names(target: Target, snapshot: Snapshot) -> frozenset[str]:
    """What leads to a document or an entity whatever its id is."""
    document, entity = document_of(target, snapshot), entity_of(target, snapshot)
    if entity is not None:
        return frozenset((entity.name, *entity.aliases))
    return frozenset(() if document is None else (document.title, *document.aliases))


def _written_anew(
    mention: Mention, target: Target, new: str, names: frozenset[str], lines: Sequence[str]
) -> tuple[Mark, str] | None:
    """A mention with the new id; None where it isn't made by the id, in whatever letters."""
    folder = urls.FOLDERS[target.kind]
    if mention.is_path:
        return _path_anew(mention, target, new, lines)
    written = unicodedata.normalize("NFC", " ".join(mention.written.split()))
    head, slash, name = written.rpartition("/")
    if slash and head != folder:
        return None
    if name != target.id and (name in names or name.casefold() != target.id.casefold()):
        return None
    return mention.mark, f"{head}{slash}{new}"


def _path_anew(mention: Mention, target: Target, new: str, lines: Sequence[str]) -> tuple[Mark, str] | None:
    """A relative link to the file, whose last part is the file's name, perhaps percent-encoded."""
    line = lines[mention.mark.line - 1] if mention.mark.line else ""
    start = mention.mark.column - 1
    written = line[start : start + mention.mark.length]
    address, mark, fragment = written.partition("#")
    folder, slash, name = address.rpartition("/")
    if unicodedata.normalize("NFC", unquote(name)) != f"{target.id}.md":
        return None
    encoded = quote(new) if "%" in name or " " in new else new
    return mention.mark, f"{folder}{slash}{encoded}.md{mark}{fragment}"
