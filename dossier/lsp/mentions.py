"""What a file names at its places: documents by reference, entities by name, and itself."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dossier import frontmatter, urls
from dossier.diagnostics import Mark
from dossier.frontmatter import Listing, Node, Scalar
from dossier.frontmatter import Mapping as Keys
from dossier.library import Library
from dossier.library.checks import DOCUMENTS, find_target
from dossier.library.model import Target, target_to
from dossier.lsp.places import covers
from dossier.model import EntityKind, Note, Parsed, Reference, Register, Topic

# Keys whose values are names of entities.
NAMED: dict[str, EntityKind] = {
    "people": "person",
    "organizations": "organization",
    "places": "place",
    "source": "source",
    "owner": "source",
    "speaker": "person",
}
# Kinds of references that lead to documents by their ids.
TO_DOCUMENTS = frozenset(["topic", "article", "claim", "via", "document", "citation"])


class Mention(NamedTuple):
    """A place at which something is named: how it is written there, and what is meant.

    `own` says that it stands there by its own right: its id in its file, or its key in a register.
    """

    mark: Mark
    written: str
    target: Target
    fragment: str = ""
    own: bool = False
    is_path: bool = False


class Value(NamedTuple):
    """A text of front matter, and the keys that lead to it."""

    keys: tuple[str, ...]
    node: Scalar


def mentions(parsed: Parsed, text: str, library: Library) -> Iterator[Mention]:
    """All that a file names and that is there, in no order."""
    for reference in parsed.references:
        target = referred(reference, parsed, library)
        if target is not None:
            yield Mention(
                reference.mark,
                reference.target,
                target,
                reference.fragment,
                is_path=reference.kind == "file",
            )
    yield from own(parsed, library)
    if _names_entities(parsed):
        yield from _named(parsed.path, text, library)


def own(parsed: Parsed, library: Library) -> Iterator[Mention]:
    """Where a file gives ids: its own, those of the claims that it holds, those of a register's entries."""
    value = parsed.value
    marks = dict(parsed.marks)
    if isinstance(value, Register):
        for entity in value.entities:
            if entity.id in marks:
                yield Mention(
                    marks[entity.id], entity.id, Target(value.kind, entity.id, entity.name), own=True
                )
    elif isinstance(value, DOCUMENTS):
        if "id" in marks:
            yield Mention(marks["id"], value.id, target_of(value.id, library) or target_to(value), own=True)
        if isinstance(value, Note | Topic):
            for claim in value.claims:
                mark = marks.get(f"claims/{claim.id}/id")
                if mark is not None:
                    yield Mention(mark, claim.id, target_to(claim), own=True)


def referred(reference: Reference, parsed: Parsed, library: Library) -> Target | None:
    """What a reference leads to; None where there is nothing."""
    if reference.kind in TO_DOCUMENTS:
        return target_of(reference.target, library) or (
            source(reference.target, library) if reference.kind == "via" else None
        )
    if reference.kind == "wiki":
        if not reference.target:
            return library.file_targets.get(parsed.path)
        return find_target(reference.target, library.targets)
    return library.file_targets.get(reference.target) if reference.kind == "file" else None


def target_of(identifier: str, library: Library) -> Target | None:
    """A document by its id."""
    document = library.documents.get(identifier)
    return None if document is None else target_to(document)


def source(name: str, library: Library) -> Target | None:
    """The source that a name, as it is written, stands for."""
    identifier = library.names["source"].get(name)
    entity = library.entities["source"].get(identifier or "")
    return None if entity is None else Target("source", entity.id, entity.name)


def _names_entities(parsed: Parsed) -> bool:
    """Whether a file can name entities; of the registers, which may be long, the sources have owners."""
    if isinstance(parsed.value, Register):
        return parsed.value.kind == "source"
    return isinstance(parsed.value, DOCUMENTS)


def _named(path: str, text: str, library: Library) -> Iterator[Mention]:
    for value in values(path, text):
        kind = NAMED.get(value.keys[-1])
        if kind is None or value.node.empty:
            continue
        target = named(kind, value.node.text, library)
        if target is not None:
            yield Mention(value.node.mark, value.node.text, target)


def named(kind: EntityKind, name: str, library: Library) -> Target | None:
    """The entity of a kind that a name stands for."""
    name = " ".join(name.split())
    identifier = library.names[kind].get(name)
    if identifier is None:
        for written in (name, f"{urls.FOLDERS[kind]}/{urls.slug(name)}"):
            found = find_target(written, library.targets)
            if found is not None and found.kind == kind:
                return found
    entity = library.entities[kind].get(identifier or "")
    return None if entity is None else Target(kind, entity.id, entity.name)


def values(path: str, text: str) -> Iterator[Value]:
    """All texts of a file's front matter, or of a YAML file, with the keys that lead to them."""
    read = frontmatter.read_document if path.endswith(".md") else frontmatter.read_yaml_file
    fields = read(path, text.encode("utf-8", "surrogatepass")).fields
    if fields is not None:
        yield from _within(fields, ())


def _within(node: Node, keys: tuple[str, ...]) -> Iterator[Value]:
    if isinstance(node, Scalar):
        if keys:
            yield Value(keys, node)
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _within(item, keys)
    elif isinstance(node, Keys):
        for entry in node.entries:
            yield from _within(entry.value, (*keys, entry.key))


def _extent(mention: Mention) -> Mark:
    """All that is written of a mention, the heading in `[[id#heading]]` included."""
    mark = mention.mark
    if mention.fragment and not mention.is_path:
        return Mark(mark.line, mark.column, mark.length + 1 + len(mention.fragment))
    return mark


def at(found: Sequence[Mention], line: int, column: int) -> Mention | None:
    """The mention on which a cursor is; of several, the shortest."""
    there = [mention for mention in found if covers(_extent(mention), line, column)]
    return min(there, key=lambda mention: mention.mark.length, default=None)
