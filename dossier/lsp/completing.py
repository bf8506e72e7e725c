"""What an editor offers at a place: ids in links and citations, keys and values in front matter."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dossier.documents.shapes import Choice as OneOf
from dossier.documents.shapes import Codes, Flag, Keys, Link, Shape
from dossier.documents.values import as_item
from dossier.findings.codes import CODES
from dossier.library.checks import find_target
from dossier.lsp.choices import Choice, Choices, fitting
from dossier.lsp.matter import Spot, shape_at, spot, value_at, what_at, yaml_lines
from dossier.lsp.mentions import NAMED
from dossier.lsp.open_site import Snapshot
from dossier.schemas.descriptions import description
from dossier.schemas.kinds import Kind, kind_of

_WIKI = re.compile(r"\[\[([^\[\]|#\n]*)$")
_ANCHOR = re.compile(r"\[\[([^\[\]|#\n]*)#([^\[\]|#\n]*)$")
_CITED = re.compile(r"(?:^|[^\w@.\\/-]|(?<![\w@.\\/])-)@([\w.-]*)$")
# What a reference of front matter may lead to.
_LINKED = {"topic": ("topic",), "article": ("article",), "via": ("article", "source"), "claim": ("claim",)}
_DOCUMENTS = ("article", "note", "topic", "claim")


class Offer(NamedTuple):
    """Something to put in the place of what has been written since the column `start`, from 0.

    `kind` is `document`, `entity`, `key`, `value` or `heading`.
    """

    label: str
    text: str
    start: int
    kind: str
    detail: str = ""
    about: str = ""
    found_by: str = ""


class Offers(NamedTuple):
    """What is offered; where not `whole`, there may be more for what will be written."""

    items: list[Offer]
    whole: bool = True


NOTHING = Offers([])


def offers(
    path: str,
    lines: Sequence[str],
    line: int,
    column: int,
    snapshot: Snapshot | None,
    choices: Choices | None,
) -> Offers:
    """What is offered before a column of a line, both from 0, of a file whose lines these are."""
    kind = kind_of(path)
    if kind is None or line >= len(lines):
        return NOTHING
    within = yaml_lines(path, lines)
    if line in within:
        place = spot(lines, within, line, column)
        return NOTHING if place is None else _in_matter(kind, place, snapshot, choices)
    if not path.endswith(".md") or snapshot is None or choices is None or line < within.stop:
        return NOTHING
    return _in_text(kind, lines[line], column, snapshot, choices)


# ---------------------------------------------------------------- in the text


def _in_text(kind: Kind, line: str, column: int, snapshot: Snapshot, choices: Choices) -> Offers:
    before, after = line[:column], line[column:]
    anchor = _ANCHOR.search(before)
    if anchor:
        return Offers(list(_headings(anchor[1].strip(), anchor.start(2), snapshot)))
    wiki = _WIKI.search(before)
    if wiki:
        closing = "" if after.lstrip().startswith(("]]", "|", "#")) else "]]"
        found = fitting(choices.all(), wiki[1])
        return Offers([_to(choice, wiki.start(1), closing) for choice in found], whole=False)
    cited = _CITED.search(before)
    if cited and kind.name != "article":  # Somebody else's text cites nothing.
        found = fitting(choices.of("article"), cited[1])
        return Offers([_to(choice, cited.start(1)) for choice in found], whole=False)
    return NOTHING


def _to(choice: Choice, start: int, closing: str = "") -> Offer:
    kind = "document" if choice.kind in _DOCUMENTS else "entity"
    about = f"{choice.title}\n\n{choice.detail}"
    return Offer(choice.text, choice.text + closing, start, kind, choice.title, about, choice.found_by)


def _headings(written: str, start: int, snapshot: Snapshot) -> Iterator[Offer]:
    target = find_target(written, snapshot.library.targets)
    document = snapshot.library.documents.get(target.id) if target and target.kind in _DOCUMENTS else None
    for heading in document.body.headings if document else ():
        yield Offer(heading.id, heading.id, start, "heading", heading.text)


# ---------------------------------------------------------------- in front matter


def _in_matter(kind: Kind, place: Spot, snapshot: Snapshot | None, choices: Choices | None) -> Offers:
    if place.key is None and place.in_list:
        of_item = value_at(kind, place.above[:-1], place.above[-1]) if place.above else None
        if of_item is not None and not isinstance(of_item, Keys):
            place = place._replace(above=place.above[:-1], key=place.above[-1])
    if place.key is None:
        return Offers(list(_keys(kind, place)))
    shape = value_at(kind, place.above, place.key)
    if shape is None or isinstance(shape, Keys | Codes):
        return NOTHING
    return _values(shape, place, place.key, choices)


def _keys(kind: Kind, place: Spot) -> Iterator[Offer]:
    holder = shape_at(kind, place.above)
    if isinstance(holder, Codes):
        for name, code in CODES.items():
            if not code.fixed and name not in place.beside:
                yield Offer(name, f"{name}: ", place.start, "key", code.means)
        return
    if holder is None:
        return
    what = what_at(kind, place.above)
    keys = sorted(holder.table, key=lambda key: key not in holder.required)
    for key in keys:
        if key not in place.beside:
            yield Offer(key, f"{key}: ", place.start, "key", "", description(what, key))


def _values(shape: Shape, place: Spot, key: str, choices: Choices | None) -> Offers:
    match shape:
        case OneOf(options):
            return Offers([Offer(word, word, place.start, "value") for word in options])
        case Flag():
            return Offers([Offer(word, word, place.start, "value") for word in ("true", "false")])
    if choices is None:
        return NOTHING
    if isinstance(shape, Link):
        wanted: Iterable[Choice] = choices.of(*_LINKED.get(shape.kind, _DOCUMENTS))
    elif key in NAMED:
        wanted = choices.of(NAMED[key])
    else:
        return NOTHING
    found = fitting(wanted, place.written)
    return Offers([_as_value(choice, place) for choice in found], whole=False)


def _as_value(choice: Choice, place: Spot) -> Offer:
    text = choice.text.rpartition("/")[2]
    return _to(choice, place.start)._replace(label=text, text=as_item(text))
