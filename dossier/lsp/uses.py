"""Which files name what, so that to find them all not all must be read."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from dossier import urls
from dossier.library import Library
from dossier.library.checks import DOCUMENTS
from dossier.library.entities import KINDS, names_of
from dossier.library.join import target_key
from dossier.library.model import Target
from dossier.lsp.mentions import TO_DOCUMENTS, named, referred
from dossier.model import Article, Claim, Document, Parsed, Reference, Register


class UsedIn(NamedTuple):
    """In which files something may be named, by a document's id or an entity's `folder/id`.

    `speaking` are those that name speakers, who may be anybody; `perhaps` those of which it isn't known.
    """

    files: Mapping[str, Collection[str]]
    speaking: frozenset[str]
    perhaps: frozenset[str] = frozenset()

    def of(self, target: Target) -> Collection[str]:
        """The files that may name something."""
        key = target_key(target)
        speaking = self.speaking if target.kind == "person" else frozenset()
        return {*self.files.get(key, ()), *speaking, *self.perhaps}

    def and_perhaps(self, paths: frozenset[str]) -> "UsedIn":
        """With files of which it isn't known."""
        return self._replace(perhaps=self.perhaps | paths)


def used_in(files: Iterable[Parsed], library: Library) -> UsedIn:
    """Which files name what: told by what has been read of them."""
    found: dict[str, set[str]] = {}
    speaking = set()
    for parsed in files:
        value, path = parsed.value, parsed.path
        keys = set(filter(None, (_key(reference, parsed, library) for reference in parsed.references)))
        if isinstance(value, Register):
            keys.update(f"{urls.FOLDERS[value.kind]}/{entity.id}" for entity in value.entities)
            names = (entity.owner for entity in value.entities if entity.owner)
            keys.update(
                f"sources/{target.id}" for name in names if (target := named("source", name, library))
            )
        elif isinstance(value, DOCUMENTS):
            keys.add(value.id)
            keys.update(claim.id for claim in getattr(value, "claims", ()))
            for kind in KINDS:
                known, folder = library.names[kind], urls.FOLDERS[kind]
                keys.update(f"{folder}/{known[name]}" for name in names_of(value, kind) if name in known)
            if _has_speakers(value):
                speaking.add(path)
        for key in keys:
            found.setdefault(key, set()).add(path)
    return UsedIn(found, frozenset(speaking))


def _key(reference: Reference, parsed: Parsed, library: Library) -> str:
    if reference.target in library.documents and reference.kind in TO_DOCUMENTS:
        return reference.target
    target = referred(reference, parsed, library)
    return "" if target is None else target_key(target)


def _has_speakers(value: Document) -> bool:
    if isinstance(value, Article):
        return any(excerpt.speaker for excerpt in value.excerpts)
    claims = (value,) if isinstance(value, Claim) else getattr(value, "claims", ())
    return any(evidence.speaker for claim in claims for evidence in claim.evidence)
