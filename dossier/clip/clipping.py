"""Clipping on one screen: take, keep, read, compare with what is on file, propose, write."""

import difflib
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from dossier.addresses import normal_address
from dossier.clip import captures, updating, writing
from dossier.clip.fetching import DEFAULT_MANNER, FetchError, Manner, fetch
from dossier.clip.forms import form_of
from dossier.clip.inputs import Piece, pieces
from dossier.clip.journal import Journal
from dossier.clip.on_file import OnFile, plain_fields
from dossier.clip.placing import place_new
from dossier.clip.reader import Reader
from dossier.clip.reading import Request
from dossier.clip.suggesting import Matcher
from dossier.clip.taken import Found, Hop, Said, Taken, failed, remarked, warned
from dossier.clip.wayback import Wayback
from dossier.diagnostics import Diagnostic, Severity
from dossier.folders import STATE
from dossier.frontmatter import read_document
from dossier.model import Record

State = Literal["written", "updated", "unchanged", "on-file", "failed"]
Given = tuple[tuple[str, tuple[str, ...]], ...]


class Outcome(Record, frozen=True):
    """What came of one source: the path of its article, and what is to be said.

    `content` is the file as it is, or would be with `dry`; `diff` how an update changes it.
    """

    name: str
    state: State
    path: str = ""
    findings: tuple[Diagnostic, ...] = ()
    hops: tuple[Hop, ...] = ()
    content: str = ""
    diff: str = ""


@dataclass(frozen=True)
class Asked:
    """A call: what to clip, how, and into which site. `now` is in UTC, as `2026-05-20T10:00:00Z`.

    `given` are fields that a curator states, which stand above all that a source says.
    """

    site: Path
    inputs: list[str]
    now: str
    stdin: BinaryIO
    manner: Manner = DEFAULT_MANNER
    archive: bool = False
    archive_base: str = ""
    update: bool = False
    dry: bool = False
    fill_in: bool = False
    jobs: int = 2
    given: Given = ()
    progress: Callable[[str, int, int], None] = field(default=lambda stage, done, total: None)


class _Got(Record, frozen=True):
    """A source as it was taken, kept and read, without its bytes."""

    piece: str
    found: Found
    address: str = ""
    checksum: str = ""
    fresh: bool = False
    hops: tuple[Hop, ...] = ()
    time: str = ""
    archived: str = ""
    form: str = ""


def clip(asked: Asked) -> Iterator[Outcome]:
    """What came of each source, in the order in which they were given.

    At most twice `jobs` sources are taken and read ahead of what is being written. Raises OSError where
    nothing can be kept.
    """
    on_file = OnFile(asked.site)
    desk = _Desk(asked, on_file)
    waiting: deque[_Got | Outcome | Future[_Got]] = deque()
    done = 0
    pool = ThreadPoolExecutor(asked.jobs)
    try:
        for piece in pieces(asked.inputs, asked.stdin, asked.manner.limits.size, asked.now):
            waiting.append(desk.known(piece) or pool.submit(desk.take, piece))
            while len(waiting) > 2 * asked.jobs:
                done += 1
                yield desk.outcome(waiting.popleft())
                asked.progress("clip", done, max(len(asked.inputs), done))
        while waiting:
            done += 1
            yield desk.outcome(waiting.popleft())
            asked.progress("clip", done, max(len(asked.inputs), done))
    finally:
        # Whoever interrupts doesn't wait for servers.
        desk.stop()
        pool.shutdown(wait=False, cancel_futures=True)
    desk.journal.end()


class _Desk:
    """Where one call's work is done: `take` in many threads, all else in one."""

    def __init__(self, asked: Asked, on_file: OnFile) -> None:
        self.asked, self.on_file = asked, on_file
        self.journal = Journal(asked.site / STATE)
        self.matcher = Matcher(on_file.topics, on_file.registers)
        self.wayback = Wayback(asked.manner, asked.archive_base)
        self._here = threading.local()
        self._readers: list[Reader] = []
        self._lock = threading.Lock()
        self._stopped = False
        self._asked_for: dict[str, str] = {}

    def stop(self) -> None:
        """End the processes that read."""
        with self._lock:
            self._stopped = True
            for reader in self._readers:
                reader.close()

    # ------------------------------------------------------------ before anything is fetched

    def known(self, piece: Piece) -> Outcome | None:
        """What can be said of a source without taking it: that it can't be, or that it is on file."""
        if piece.problem is not None:
            return self._failed(piece.name, piece.problem)
        if piece.address:
            address = normal_address(piece.address)
            if address in self._asked_for:
                return self._twice(piece.name, self._asked_for[address])
            self._asked_for[address] = piece.name
            path = self.on_file.at(piece.address)
        else:
            path = self.on_file.of(piece.taken.checksum) if piece.taken else ""
        return None if self.asked.update or not path else self._on_file(piece.name, path)

    def _twice(self, name: str, first: str) -> Outcome:
        said = remarked("asked-twice", f"it is the same page as {first}", "give it once")
        return Outcome(name, "on-file", findings=(said.of(name),))

    def _on_file(self, name: str, path: str) -> Outcome:
        message = f"it is on file as {path}"
        said = remarked("on-file", message, "to take it again and see what changed: dossier clip --update")
        return Outcome(name, "on-file", path, (said.of(name),))

    def _failed(self, name: str, *said: Said) -> Outcome:
        return Outcome(name, "failed", findings=tuple(each.of(name) for each in said))

    # ------------------------------------------------------------ in threads

    def take(self, piece: Piece) -> _Got:
        """Fetch a source, keep its bytes, and read them."""
        try:
            taken = piece.taken or self._fetched(piece.address)
        except FetchError as failure:
            return _Got(piece.name, Found(said=(failure.said,)))
        form = form_of(taken.data, taken.content_type, taken.name)
        if form in ("warc", "wacz", "other"):
            message = "it is no page, text, PDF or e-mail"
            hint = "save a package (WARC, WACZ) first, and clip the file; make a PDF of an office file"
            return _Got(piece.name, Found(said=(failed("unknown-format", message, hint),)))
        if piece.address and not self.asked.dry:
            with self._lock:
                self.journal.note(normal_address(piece.address), taken.checksum)
        fresh = not self.asked.dry and captures.keep(
            self.on_file.captures, taken, self.on_file.settings.captures_in_git
        )
        found = self._given(self.read(taken))
        archived = ""
        if self.asked.archive and found.url and found.text:
            archived, said = self.wayback.nearest(found.url, found.date)
            found = msgspec.structs.replace(found, said=(*found.said, *said))
        return _Got(
            piece.name, found, taken.address, taken.checksum, fresh, taken.hops, taken.time, archived, form
        )

    def _fetched(self, address: str) -> Taken:
        checksum = self.journal.capture(normal_address(address))
        if checksum:
            try:
                return captures.fetched(self.on_file.captures, checksum)
            except (OSError, captures.DamagedError):
                return fetch(address, self.asked.manner, self.asked.now)
        return fetch(address, self.asked.manner, self.asked.now)

    def read(self, taken: Taken) -> Found:
        """What bytes say, read by the process of this thread."""
        reader: Reader | None = getattr(self._here, "reader", None)
        if reader is None:
            reader = self._here.reader = Reader()
            with self._lock:
                self._readers.append(reader)
        if self._stopped:
            return Found(said=(failed("unreadable-source", "the call was ended", "call it again"),))
        return reader.read(request_of(taken))

    def _given(self, found: Found) -> Found:
        """What was found, under what the curator states."""
        stated = {
            key: values for key, values in self.asked.given if key in ("title", "source", "date", "url")
        }
        stated |= {key: values for key, values in self.asked.given if key in ("language", "kind")}
        fields: dict[str, object] = {key: values[0] for key, values in stated.items() if values}
        if authors := dict(self.asked.given).get("authors"):
            fields["authors"] = authors
        settled = {"title": ("no-title",), "date": ("no-date", "date-guessed", "several-dates")}
        moot = {code for key, codes in settled.items() if key in fields for code in codes}
        moot |= {"language-differs"} if "language" in fields else set()
        said = tuple(each for each in found.said if each.code not in moot)
        return msgspec.structs.replace(found, said=said, **fields)

    # ------------------------------------------------------------ one after the other

    def outcome(self, ready: "_Got | Outcome | Future[_Got]") -> Outcome:
        """What came of a source: written, updated, or left."""
        if isinstance(ready, Outcome):
            return ready
        got = ready.result() if isinstance(ready, Future) else ready
        said = got.found.said
        if any(each.level == Severity.ERROR for each in said):
            self._let_go(got)
            return msgspec.structs.replace(self._failed(got.piece, *said), hops=got.hops)
        asked = got.piece if "://" in got.piece else ""
        path = self.on_file.at(got.found.url, got.address, asked) or self.on_file.of(got.checksum)
        if path and not self.asked.update:
            self._let_go(got)
            return msgspec.structs.replace(self._on_file(got.piece, path), hops=got.hops)
        return self._update(got, path) if path else self._write(got)

    def _let_go(self, got: _Got) -> None:
        """Forget a capture that no article names."""
        if got.fresh and not self.on_file.of(got.checksum):
            captures.forget(self.on_file.captures, got.checksum)

    def _draft(self, got: _Got) -> writing.Draft:
        source = self.matcher.source(got.found.source, got.found.url)
        found = msgspec.structs.replace(got.found, source=source)
        named = self.matcher.suggestions(f"{found.title}\n{found.words}")
        paid = any(each.code == "paywall" for each in found.said)
        return writing.Draft(
            found=found,
            capture=got.checksum,
            accessed=got.time[:10],
            archive_url=got.archived,
            suggestions=named,
            given=tuple((key, values) for key, values in self.asked.given if key in writing.NAMED),
            text="excerpts" if paid else "full",
            obtained="received" if got.form == "email" else "clipped",
        )

    def _write(self, got: _Got) -> Outcome:
        draft = self._draft(got)
        findings = [each.of(got.piece) for each in got.found.said]
        likest, share = self.on_file.likest(draft.found.text)
        if likest:
            message = f"{share:.0%} of its text is that of {likest}"
            hint = "keep one of them, or say which repeats which: via"
            findings.append(warned("near-text", message, hint).of(got.piece))
        name = self.on_file.free_name(writing.file_name(draft.found))
        path = f"content/articles/{name}.md"
        content = writing.written(draft, self.on_file.settings.language, self.asked.fill_in)
        if not self.asked.dry:
            place_new(self.asked.site / path, content.encode())
            self.on_file.take_in(path, content.encode())
        return Outcome(got.piece, "written", path, tuple(findings), got.hops, content)

    def _update(self, got: _Got, path: str) -> Outcome:
        place = self.asked.site / path
        data = place.read_bytes()
        try:
            former = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            message = f"{path} isn't UTF-8, so it stays as it is"
            return self._failed(got.piece, failed("damaged", message, "save it as UTF-8"))
        draft = self._draft(got)
        findings = [each.of(got.piece) for each in got.found.said]
        content = read_document(path, former.encode())
        # Of an article that was only saved, by its address, no text can be lost.
        renew = not content.body.strip() or self._is_as_captured(
            plain_fields(content.fields).get("capture", ""), content.body
        )
        if not renew and content.body.strip() != draft.found.text.strip():
            message = f"the text of {path} isn't what had been captured, so it stays as it is"
            hint = "compare the two, and take over by hand what is to be changed"
            findings.append(warned("edited-text", message, hint).of(got.piece))
        now = updating.updated(former, draft, renew)
        if _without_day(now) == _without_day(former):
            return Outcome(got.piece, "unchanged", path, tuple(findings), got.hops, former)
        if not self.asked.dry:
            _replace(place, now, newline="\r\n" if b"\r\n" in data else "\n")
            self.on_file.take_in(path, now.encode())
        diff = difflib.unified_diff(
            former.splitlines(), now.splitlines(), path, path, "on file", "now", lineterm=""
        )
        return Outcome(got.piece, "updated", path, tuple(findings), got.hops, now, "\n".join(diff))

    def _is_as_captured(self, capture: str, body: str) -> bool:
        """Whether an article's text is what its capture says, so that nothing of a curator's is in it."""
        if not capture:
            return False
        try:
            taken = captures.fetched(self.on_file.captures, capture.strip().lower())
        except (OSError, captures.DamagedError):
            return False
        return self.read(taken).text.strip() == body.strip()


def request_of(taken: Taken) -> Request:
    """What is to be read of what was taken."""
    form = form_of(taken.data, taken.content_type, taken.name)
    readable = "text" if form in ("warc", "wacz", "other") else form
    return Request(taken.data, readable, taken.content_type, taken.address, taken.name)  # type: ignore[arg-type]


def _without_day(text: str) -> str:
    """A file without the day on which it was last looked at: that alone is no change."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("accessed:"))


def _replace(place: Path, content: str, newline: str) -> None:
    """Write a file so that it is the old one or the new one, whole."""
    beside = place.with_name(f".{place.name}.new")
    beside.write_text(content, encoding="utf-8", newline=newline)
    beside.replace(place)
