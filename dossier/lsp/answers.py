"""Where something is, and what there is to say of it."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from dossier import urls
from dossier.diagnostics import Mark
from dossier.library.checks import claim_mark, mark_of
from dossier.library.entities import REGISTER_PATHS
from dossier.library.model import Target, date_of, document_kind_of
from dossier.lsp.mentions import source
from dossier.lsp.open_site import Snapshot
from dossier.lsp.outline import headings
from dossier.model import Article, Claim, Document, Entity, EntityKind

LONGEST = 600
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_ENTITIES: dict[str, EntityKind] = {kind: kind for kind in REGISTER_PATHS}
# Gives the lines of a file by its path.
Lines = Callable[[str], Sequence[str]]


class Place(NamedTuple):
    """A place in a file."""

    path: str
    mark: Mark


def document_of(target: Target, snapshot: Snapshot) -> Document | None:
    """The document that a target is."""
    return None if target.kind in _ENTITIES else snapshot.library.documents.get(target.id)


def entity_of(target: Target, snapshot: Snapshot) -> Entity | None:
    """The entity that a target is."""
    kind = _ENTITIES.get(target.kind)
    return snapshot.library.entities[kind].get(target.id) if kind else None


def definition(target: Target, fragment: str, snapshot: Snapshot, lines: Lines) -> Place | None:
    """Where a document or an entity is; with a fragment, where its heading is.

    None for an entity that is only named, in no register.
    """
    document = document_of(target, snapshot)
    if document is None:
        return _entry(target, snapshot)
    head = snapshot.heads.get(document.path)
    if head is None:
        return None
    if isinstance(document, Claim):
        return Place(document.path, claim_mark(head, document, "id" if document.holder else "statement"))
    heading = _heading(document, fragment, lines(document.path)) if fragment else None
    return Place(document.path, heading or mark_of(head, "title"))


def _entry(target: Target, snapshot: Snapshot) -> Place | None:
    kind = _ENTITIES.get(target.kind)
    head = snapshot.heads.get(REGISTER_PATHS[kind]) if kind else None
    mark = dict(head.marks).get(target.id) if head else None
    return None if head is None or mark is None else Place(head.path, mark)


def _heading(document: Document, fragment: str, lines: Sequence[str]) -> Mark | None:
    """The place of a heading, by the order in which the document has them."""
    anchors = [heading.id for heading in document.body.headings]
    wanted = fragment if fragment in anchors else urls.slug(fragment)
    found = headings(lines)
    if wanted in anchors and len(found) == len(anchors):
        return found[anchors.index(wanted)].mark
    return None


# ---------------------------------------------------------------- what there is to say


def card(target: Target, snapshot: Snapshot, *, plain: bool = False) -> str:
    """A few lines about a document or an entity, as Markdown or `plain`."""
    document, entity = document_of(target, snapshot), entity_of(target, snapshot)
    if document is not None:
        title, rest = document.title, _of_document(document, snapshot)
    elif entity is not None:
        title, rest = entity.name, _of_entity(entity, snapshot)
    else:
        return ""
    if plain:
        return "\n\n".join([title, *rest])
    return "\n\n".join([f"**{_escaped(title)}**", *map(_escaped, rest)])


def _escaped(text: str) -> str:
    """Somebody else's words, so that they can't be Markdown, nor anything that Markdown may hold."""
    return _MARKS.sub(r"\\\1", text)


def about(document: Document, snapshot: Snapshot) -> str:
    """One line: what kind of document, whose, of when; and if it stays out of the site."""
    parts: list[str] = [document_kind_of(document)]
    if isinstance(document, Article) and document.source:
        publisher = source(document.source, snapshot.library)
        parts.append(publisher.title if publisher else document.source)
    if date_of(document):
        parts.append(date_of(document))
    if document.draft:
        parts.append("draft")
    return " · ".join(parts)


def about_entity(entity: Entity) -> str:
    """A few words: what kind of entity, and what a person does or did."""
    return entity.kind + (f" · {entity.role}" if entity.role else "")


def _of_document(document: Document, snapshot: Snapshot) -> list[str]:
    rest = [about(document, snapshot)]
    if isinstance(document, Claim):
        weighed = snapshot.library.weighed.get(document.id)
        rest += [weighed.state] if weighed else []
        for evidence in document.evidence[:5]:
            quote = f": “{_shortened(evidence.quote)}”" if evidence.quote else ""
            rest.append(f"{evidence.article} {evidence.stance}{quote}")
        return rest
    rest += [document.summary] if document.summary else []
    if isinstance(document, Article) and document.excerpts:
        excerpt = document.excerpts[0]
        rest.append(f"“{_shortened(excerpt.text)}”" + (f" ({excerpt.speaker})" if excerpt.speaker else ""))
    elif document.body.opening:
        rest.append(_shortened(document.body.opening))
    return rest


def _of_entity(entity: Entity, snapshot: Snapshot) -> list[str]:
    rest = [about_entity(entity)]
    rest += [entity.description] if entity.description else []
    named = len(snapshot.library.named_in[entity.kind].get(entity.id, ()))
    return [*rest, f"named by {named:,} article{'' if named == 1 else 's'}"]


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
