"""The headings of a document and the entries of a register, as editors list them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dossier.diagnostics import Mark
from dossier.library.checks import DOCUMENTS
from dossier.lsp.matter import front_matter
from dossier.model import Parsed, Register

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_CODE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Item(NamedTuple):
    """Something that an outline lists: what it is called, how deep it is, where it stands."""

    title: str
    level: int
    mark: Mark


def headings(lines: Sequence[str]) -> list[Item]:
    """The headings of a document's text, code apart."""
    found: list[Item] = []
    fence = ""
    for number in range(front_matter(lines).stop, len(lines)):
        line = lines[number]
        code = _CODE.match(line)
        if code and (not fence or code[1].startswith(fence)):
            fence = "" if fence else code[1]
        heading = None if fence else _HEADING.match(line)
        if heading is not None:
            start, length = heading.start(2), len(heading[2])
            found.append(Item(heading[2] or "#", len(heading[1]), Mark(number + 1, start + 1, length)))
    return found


def outline(parsed: Parsed, lines: Sequence[str]) -> list[Item]:
    """What a file is made of."""
    value = parsed.value
    if isinstance(value, Register):
        marks = dict(parsed.marks)
        return [Item(entity.name, 1, marks[entity.id]) for entity in value.entities if entity.id in marks]
    return headings(lines) if isinstance(value, DOCUMENTS) else []
