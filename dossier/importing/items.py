"""What an export holds: its items, and all that is to be said of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from dossier.diagnostics import Diagnostic, Mark, Severity
from dossier.model import Excerpt, Record

ItemKind = Literal["article", "note"]


class Item(Record, frozen=True):
    """One document to be, as it was found in a file, with its fields as they may stand in front matter.

    `place` is the file as it was named, `line` where the item begins in it, 0 where it is the whole file.
    `id` is what the program calls it, where that can be an id. `categories` are topics where the site has
    them, else tags. `formerly` are addresses at which it was published, from a site's home page on. `body` is
    Markdown; of an item of a folder it is as it was written, until all items have ids.
    """

    place: str
    line: int = 0
    kind: ItemKind = "article"
    id: str = ""
    title: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    updated: str = ""
    url: str = ""
    archive_url: str = ""
    accessed: str = ""
    language: str = ""
    form: str = ""
    categories: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    summary: str = ""
    described: str = ""
    text: str = "full"
    excerpts: tuple[Excerpt, ...] = ()
    draft: bool = False
    body: str = ""
    body_line: int = 1
    findings: tuple[Diagnostic, ...] = ()


class Finished(Record, frozen=True):
    """An item's text once all have their ids: `files` are those that it shows, with where they are put."""

    body: str
    tags: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    findings: tuple[Diagnostic, ...] = ()


# The paths of documents in the site, by the numbers of their items.
Paths = Mapping[int, str]
Finish = Callable[[int, Item, Paths], Finished]


def as_it_is(number: int, item: Item, paths: Paths) -> Finished:
    """The text of an item that refers to no other."""
    return Finished(item.body)


@dataclass
class Batch:
    """All that was read, in its order: items, what is said of things that are none, and how texts end."""

    items: list[Item] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    finish: Finish = as_it_is
    read: int = 0

    def add(self, other: "Batch") -> None:
        """Take in what another one holds, but for how its texts end."""
        self.items += other.items
        self.findings += other.findings
        self.read += other.read


@dataclass
class Left:
    """What of one file has no place here: each kind of it once, at its first place, with its number."""

    place: str
    _found: dict[tuple[str, str, str], tuple[Mark, int]] = field(default_factory=dict)

    def field(self, mark: Mark, name: str, why: str = "has no place here") -> None:
        """A field that isn't carried over."""
        self._add("left-field", f"'{name}' {why}", "", mark)

    def markup(self, mark: Mark, what: str, became: str) -> None:
        """Something in a text that dossier doesn't have, and what became of it."""
        self._add("left-markup", f"{what}: {became}", "", mark)

    def link(self, mark: Mark, target: str, why: str = "is not among what is imported") -> None:
        """A link that leads nowhere here."""
        message = f"'{target[:120]}' {why}, so that the link's words are text"
        self._add("left-link", message, "link it by hand: [[id]]", mark)

    def _add(self, code: str, message: str, hint: str, mark: Mark) -> None:
        first, count = self._found.get((code, message, hint), (mark, 0))
        self._found[code, message, hint] = (first, count + 1)

    def findings(self) -> tuple[Diagnostic, ...]:
        """The findings, in their order."""
        told = []
        for (code, message, hint), (mark, count) in self._found.items():
            level = Severity.INFO if code == "left-field" else Severity.WARNING
            more = f" ({count} times)" if count > 1 else ""
            told.append(Diagnostic(self.place, mark, level, code, message + more, hint))
        return tuple(told)


def shown_place(path: Path) -> str:
    """A path as it is shown: from the current folder on where that is shorter."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
