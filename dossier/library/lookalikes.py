"""Ids that look like others, or mix alphabets: `nаto` with a Cyrillic а is not `nato`.

After Unicode's security mechanisms (UTS 39, sections 4 and 5), for the alphabets in which whole words can be
written that look Latin. Ids of ASCII alone are never remarked on.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping

from dossier import urls
from dossier.diagnostics import Diagnostic, Mark, warning
from dossier.library.checks import claim_mark, mark_of
from dossier.library.entities import REGISTER_PATHS
from dossier.model import Claim, Document, Entity, EntityKind, Parsed

# From Unicode's confusables.txt: letters of Cyrillic, Greek, Armenian and of phonetic scripts.
_LIKE = str.maketrans(
    "аеорсухѕіјԛԝһԁѵӏгαγικνορστυχωօսհյոցզıɑɡ",
    "aeopcyxsijqwhdvlrayikvopotuxwouhjngqiag",
)
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")


def skeleton(identifier: str) -> str:
    """What an id looks like: equal for ids that a reader can't tell apart.

    >>> skeleton("nаto") == skeleton("nato")
    True
    """
    return unicodedata.normalize("NFKC", identifier).casefold().translate(_LIKE)


def alphabets(word: str) -> set[str]:
    """Which of the alphabets that look alike a word's letters are of."""
    first = (unicodedata.name(letter, "").partition(" ")[0] for letter in word)
    return {name for name in first if name in _ALPHABETS}


def lookalikes(
    documents: Mapping[str, Document],
    entities: Mapping[EntityKind, Mapping[str, Entity]],
    places: Mapping[str, Parsed],
) -> Iterable[Diagnostic]:
    """Findings for ids of documents, and of each kind of entities, that are easily taken for others."""
    for identifier, message, hint in _odd(documents):
        parsed, document = places[identifier], documents[identifier]
        if isinstance(document, Claim) and document.holder:
            mark = claim_mark(parsed, document, "id")
        else:
            mark = mark_of(parsed, "id", "title", "statement")
        yield warning(parsed.path, mark, "confusable-id", message, hint)
    for kind, of_kind in entities.items():
        for identifier, message, hint in _odd(of_kind):
            named = f"{message} (of {urls.FOLDERS[kind]}: '{of_kind[identifier].name}')"
            yield warning(REGISTER_PATHS[kind], Mark(), "confusable-id", named, hint)


def _odd(identifiers: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """The ids that are easily taken for others, each with what to say of it."""
    foreign = [identifier for identifier in identifiers if not identifier.isascii()]
    if not foreign:
        return
    seen: dict[str, str] = {}
    for identifier in sorted(identifiers, key=lambda identifier: (not identifier.isascii(), identifier)):
        other = seen.setdefault(skeleton(identifier), identifier)
        mixed = next((word for word in identifier.split("-") if len(alphabets(word)) > 1), "")
        if other != identifier:
            message = f"the id '{identifier}' looks like '{other}', and is another: {_told(identifier)}"
            yield identifier, message, f"if '{other}' is meant, type it anew; else rename one of them"
        elif mixed:
            message = f"the id '{identifier}' mixes alphabets in one word: {_told(mixed)}"
            yield identifier, message, "type it anew, in one alphabet"


def _told(text: str) -> str:
    """The first letter that isn't Latin, by its name."""
    letter = next((letter for letter in text if not letter.isascii()), "")
    return f"'{letter}' is {unicodedata.name(letter, 'a letter without a name')}" if letter else ""
