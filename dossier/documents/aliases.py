"""`aliases`: other names of a document or an entity, and the addresses at which it was published before.

What begins with a slash or ends in `.html` is an address of the site, from which a page there leads here.
Anything else is a name, by which `[[name]]` finds it.
"""

from typing import NamedTuple

from dossier import urls
from dossier.documents.reading import Reading, shortened
from dossier.documents.shapes import Many, Text, takes
from dossier.documents.values import texts
from dossier.frontmatter import Node, Scalar


class Aliases(NamedTuple):
    """Names, and output paths of former pages."""

    names: tuple[str, ...]
    formerly: tuple[str, ...]


@takes(Many(Text()))
def aliases(reading: Reading, key: str, node: Node) -> Aliases:
    """A list of names and former addresses. An address that can't be one is left out, with its finding."""
    names, formerly = [], []
    for text, item in texts(reading, key, node).items():
        if not urls.is_former_address(text):
            names.append(text)
        elif _is_sound(reading, text, item):
            formerly.append(urls.former_path(text))
    return Aliases(tuple(names), tuple(dict.fromkeys(formerly)))


def _is_sound(reading: Reading, text: str, item: Scalar) -> bool:
    problem = urls.former_problem(urls.former_path(text))
    if problem:
        message = f"'{shortened(text)}' can't be an address of this site: it {problem}"
        hint = "write what stood behind the site's address, as articles/old-name.html or /2019/old-name/"
        reading.error(item.mark, "bad-alias", message, hint)
    return not problem
