"""Importing on one screen: know what is on file, give ids, finish texts, prove them, write them whole."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from dossier import urls
from dossier.addresses import normal_address
from dossier.clip.placing import place_new
from dossier.diagnostics import Diagnostic, Mark, error, info, warning
from dossier.importing.holdings import Holdings
from dossier.importing.items import Batch, Finished, Item
from dossier.importing.proving import Draft, proved
from dossier.importing.writing import cleaned, file_name, written
from dossier.model import Article, Note, Record

State = Literal["written", "on-file", "failed"]
FOLDERS = {"article": "articles", "note": "notes"}
# Where every site has pages and files of its own.
_OWN = frozenset(
    (
        *urls.FOLDERS.values(),
        *("assets", "changes", "documents", "search", "timeline"),
        *("index.html", "404.html", "search.html"),
    )
)


@dataclass(frozen=True)
class Asked:
    """A call: into which site, on which day (`2026-05-20`), and what all items are to have."""

    site: Path
    today: str
    dry: bool = False
    draft: bool = False
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    progress: Callable[[str, int, int], None] = field(default=lambda stage, done, total: None)


class Outcome(Record, frozen=True):
    """What came of one item: the path of its document, and what is to be said of it."""

    item: Item
    state: State
    path: str = ""
    findings: tuple[Diagnostic, ...] = ()


def take(asked: Asked, holdings: Holdings, batch: Batch) -> Iterator[Outcome]:
    """What came of each item, in their order. Raises OSError where nothing can be written."""
    desk = _Desk(asked, holdings, batch)
    yield from desk.outcomes()


class _Desk:
    """One call's work."""

    def __init__(self, asked: Asked, holdings: Holdings, batch: Batch) -> None:
        self.asked, self.holdings, self.batch = asked, holdings, batch
        self.items = [self._common(cleaned(item)) for item in batch.items]
        self.known: dict[int, Outcome] = {}
        self.paths: dict[int, str] = {}
        self._taken: set[str] = set()
        self._matched: set[str] = set()
        self._lost: dict[int, list[Diagnostic]] = {}
        self._former = dict(holdings.former)

    def _common(self, item: Item) -> Item:
        return replace(
            item,
            tags=tuple(dict.fromkeys((*item.tags, *self.asked.tags))),
            draft=item.draft or self.asked.draft,
        )

    def outcomes(self) -> Iterator[Outcome]:
        """Plan for all, then write one after the other: texts link to one another."""
        self._give_ids()
        numbers = [number for number in range(len(self.items)) if number not in self.known]
        finished = {number: self._finished(number) for number in numbers}
        drafts = {number: self._draft(number, finished[number]) for number in numbers}
        files = {path for one in finished.values() for _, path in one.files}
        done = proved(self.holdings, list(drafts.values()), files, self.asked.today)
        proven = dict(zip(numbers, done, strict=True))
        for number, item in enumerate(self.items):
            if number in self.known:
                yield self.known[number]
            else:
                yield self._write(number, item, finished[number], proven[number])
            self.asked.progress("import", number + 1, len(self.items))

    # ------------------------------------------------------------ ids

    def _give_ids(self) -> None:
        addresses: dict[str, Item] = {}
        for number, item in enumerate(self.items):
            path = self._on_file(item)
            address = normal_address(item.url) if item.url and item.kind == "article" else ""
            if path:
                message = f"it is on file as {path}, which stays as it is"
                hint = "" if self.holdings.at(item.url) else "rename that file to import this one beside it"
                self._leave(number, item, path, info(item.place, Mark(item.line), "on-file", message, hint))
            elif address and address in addresses:
                first = addresses[address]
                line = f":{first.line}" if first.line else ""
                message = f"it is from the same address as {first.place}{line}, '{first.title[:60]}'"
                hint = "give one of the two another address, or put them together"
                self._leave(number, item, "", info(item.place, Mark(item.line), "asked-twice", message, hint))
            else:
                addresses.setdefault(address, item)
                self.paths[number] = f"content/{FOLDERS[item.kind]}/{self._free(file_name(item))}.md"

    def _leave(self, number: int, item: Item, path: str, finding: Diagnostic) -> None:
        self.known[number] = Outcome(item, "on-file", path, (finding,))
        if path:
            self.paths[number] = path

    def _on_file(self, item: Item) -> str:
        """The path of the document that an item is already: by its address, its own id, or name and title.

        Of several items with one name and title each has a document of its own.
        """
        if item.kind == "article" and (path := self.holdings.at(item.url)):
            return path
        name = file_name(item)
        number, wanted = 1, name
        while (held := self.holdings.named(wanted)) is not None:
            if item.id == name:
                return held.path
            same = isinstance(held, Article | Note) and (held.title, held.date) == (item.title, item.date)
            other = isinstance(held, Article) and held.url and item.url
            if same and not other and held.path not in self._matched:
                self._matched.add(held.path)
                return held.path
            number += 1
            wanted = f"{name}-{number}"
        return ""

    def _free(self, name: str) -> str:
        """A name that no document has: the one wanted, or it with a number."""
        number, free = 1, name
        while free.casefold() in self._taken or self.holdings.named(free) is not None:
            number += 1
            whole = len(name.encode()) <= urls.LONGEST_ID - 10
            free = f"{name if whole else name[: urls.LONGEST_ID // 4]}-{number}"
        self._taken.add(free.casefold())
        return free

    # ------------------------------------------------------------ texts

    def _finished(self, number: int) -> Finished:
        return self.batch.finish(number, self.items[number], self.paths)

    def _draft(self, number: int, finished: Finished) -> Draft:
        item = self.items[number]
        topics = dict.fromkeys(self.asked.topics)
        tags = dict.fromkeys((*item.tags, *finished.tags))
        for category in item.categories:
            topic = self.holdings.topics.get(category.casefold())
            (topics if topic else tags)[topic or category] = None
        aliases = (*item.aliases, *self._formerly(number, item))
        text = "summary" if item.text == "full" and not finished.body.strip() else item.text
        whole = cleaned(replace(item, tags=tuple(tags), aliases=aliases, body=finished.body, text=text))
        content = written(whole, tuple(topics), self.holdings.settings.language)
        return Draft(self.paths[number], content)

    def _formerly(self, number: int, item: Item) -> Iterator[str]:
        """Those former addresses at which there is no other page, and can be one; the others are told."""
        path = self.paths[number]
        for address in item.formerly:
            output = urls.former_path(address)
            free = output.partition("/")[0] not in _OWN and f"content/{output}" not in self.holdings.files
            if free and not urls.former_problem(output) and self._former.setdefault(output, path) == path:
                yield address
                continue
            message = (
                f"the former address '{address[:120]}' can't lead here: another page is there, or none can be"
            )
            finding = info(item.place, Mark(item.line), "left-field", message)
            self._lost.setdefault(number, []).append(finding)

    # ------------------------------------------------------------ files

    def _write(self, number: int, item: Item, finished: Finished, draft: Draft) -> Outcome:
        findings = [*item.findings, *finished.findings, *self._lost.get(number, ())]
        findings += [_mended(item, finding) for finding in draft.taken_out]
        if draft.refused:
            findings += [_refused(item, finding) for finding in draft.refused]
            return Outcome(item, "failed", findings=tuple(findings))
        try:
            if not self.asked.dry:
                for source, target in finished.files:
                    self._copy(Path(source), target)
                place_new(self.asked.site / draft.path, draft.content.encode("utf-8", "replace"))
        except FileExistsError:
            message = f"{draft.path} is there by now, so it stays as it is"
            findings.append(error(item.place, Mark(item.line), "exists", message, "import once more"))
            return Outcome(item, "failed", findings=tuple(findings))
        return Outcome(item, "written", draft.path, tuple(findings))

    def _copy(self, source: Path, target: str) -> None:
        place = self.asked.site / target
        if not place.exists():
            place_new(place, source.read_bytes())


def _mended(item: Item, finding: Diagnostic) -> Diagnostic:
    message = f"{finding.message}, so that it is text, or was left out"
    return warning(item.place, _near(item, finding.message), "left-markup", message)


def _refused(item: Item, finding: Diagnostic) -> Diagnostic:
    message = f"no document can be made of it: {finding.message}"
    return error(item.place, Mark(item.line), "not-buildable", message, finding.hint)


def _near(item: Item, message: str) -> Mark:
    """The place in an item's own text of what a finding names in quotes, as far as it stands there."""
    named = re.search(r"'([^']+)'", message)
    at = item.body.find(named[1]) if named and not item.line else -1
    if named is None or at < 0:
        return Mark(item.line)
    column = at - item.body.rfind("\n", 0, at)
    return Mark(item.body.count("\n", 0, at) + item.body_line, column, len(named[1]))


def usable_topics(asked: Asked, holdings: Holdings) -> list[Diagnostic]:
    """Findings for topics that were asked for and aren't there."""
    known = set(holdings.topics.values())
    hint = "begin it first: dossier new topic …"
    return [
        error("--topic", Mark(), "bad-field", f"there is no topic '{topic}'", hint)
        for topic in asked.topics
        if topic not in known
    ]
