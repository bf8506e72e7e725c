"""The documents of a site, parsed: from the memo where their bytes are known, anew where they aren't."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec

from dossier import sources, workers
from dossier.build.options import Options
from dossier.diagnostics import Diagnostic
from dossier.memo import Memo
from dossier.model import Article, Claim, Document, Note, Parsed, Picture, Record, Topic
from dossier.pictures import is_picture, looked_at
from dossier.sources import Entry, Index, Listing
from dossier.walking import Stat

# Below this many files, starting processes takes longer than they save.
ENOUGH = 48
# With and without drafts, of today and yesterday, and the theme's checks.
PLANS_KEPT = 8
ENCODER = msgspec.msgpack.Encoder()


class Examined(Record, frozen=True):
    """What comes of looking at one file: nothing if it went, a finding if it can't be read.

    `head` and `segments` are empty where the memo has them. `picture` is what is known of one, encoded.
    """

    stat: Stat | None = None
    digest: bytes = b""
    kept: "Kept | None" = None
    segments: bytes = b""
    problem: Diagnostic | None = None
    picture: bytes = b""


class Kept(Record, frozen=True):
    """A parsed document as the memo keeps it, apart from its segments.

    `head` is all that linking and planning see of it, encoded, and `outline` its digest. The text of the
    body is not in it: where a body's digest would stand, it has the document's path. So an edit of the text
    alone leaves the outline as it was. `body` is the digest.
    """

    outline: bytes
    body: str
    head: msgspec.Raw


class Whole(Record, frozen=True):
    """A `Kept` with its head decoded."""

    outline: bytes
    body: str
    head: Parsed


class Text(Record, frozen=True):
    """The text of a document: the HTML of its body, cut at its slots, and the checksum of an article's."""

    segments: tuple[str, ...] = ()
    checksum: str = ""


NO_TEXT = Text()


@dataclass
class Documents:
    """All files of a site as their index knows them, and the heads of its documents once asked for.

    `suspects` are the only files that may have changed since the index, where that is known. `known_heads`
    and `plans` are what earlier builds in this process decoded. `reread` are the files that were read.
    `revision` is that of the history that the site shows; empty where it shows none.
    """

    listing: Listing
    index: Index
    memo: Memo
    entries: dict[str, Entry] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    parsed: int = 0
    suspects: frozenset[str] | None = None
    known_heads: Mapping[bytes, Parsed] = field(default_factory=dict)
    plans: Mapping[bytes, Any] = field(default_factory=dict)
    reread: set[str] = field(default_factory=set)
    revision: str = ""

    def read(self, options: Options) -> None:
        """Look at every file that isn't known to be as it was, and parse documents that the memo lacks."""
        files = self.listing.files
        same_memo = self.index.memo == self.memo.name
        if self.suspects is not None and same_memo:
            self.entries = dict(self.index.entries)
            todo = sorted((self.suspects & files.keys()) | (files.keys() - self.entries.keys()))
            self._examine(todo, options)
            return
        self.entries = self.index.current(files)
        again = set() if same_memo else self.listing.documents
        self._examine([path for path in files if path not in self.entries or path in again], options)

    def _examine(self, todo: list[str], options: Options) -> None:
        ordered = self.entries.keys() >= set(todo)  # What is there keeps its place.
        many = len(todo) >= ENOUGH
        jobs = options.workers if many else 1
        known = self.memo.keys("heads") if many else set()
        decoder = msgspec.msgpack.Decoder(Examined)
        heads, segments = [], []
        pictures: list[tuple[bytes, bytes]] = []

        def work(item: int) -> Examined:
            return examine(self.listing, todo[item], known.__contains__ if many else self._knows)

        results = workers.each(work, len(todo), jobs, todo.__getitem__)
        for done, (item, result) in enumerate(results, start=1):
            path, examined = todo[item], decoder.decode(result)
            options.progress("read", done, len(todo))
            self._note(path, examined)
            if examined.picture:
                pictures.append((examined.digest, examined.picture))
            if examined.kept is not None:
                self.parsed += 1
                heads.append((examined.digest, ENCODER.encode(examined.kept)))
                segments.append((bytes.fromhex(examined.kept.body), examined.segments))
            if len(heads) >= 1000 or done == len(todo):
                self.memo.put("heads", heads)
                self.memo.put("segments", (pair for pair in segments if pair[0]))
                heads, segments = [], []
        self.memo.put("pictures", pictures)
        self.memo.commit()
        self.reread.update(todo)
        if not ordered:
            self.entries = {path: self.entries[path] for path in self.listing.files if path in self.entries}

    def _knows(self, digest: bytes) -> bool:
        return self.memo.has("heads", digest)

    def _note(self, path: str, examined: Examined) -> None:
        if examined.stat is None:
            self.entries.pop(path, None)
            if examined.problem is not None:
                self.findings.append(examined.problem)
        else:
            former = self.index.entries.get(path)
            if examined.kept is not None:
                outline, body = examined.kept.outline, examined.kept.body
            elif examined.picture:
                outline, body = hashlib.blake2b(examined.picture, digest_size=16).digest(), ""
            elif former is not None and former.digest == examined.digest:
                outline, body = former.outline, former.body
            else:
                outline, body = self._recall(path, examined.digest)
            self.entries[path] = Entry(examined.stat, examined.digest, outline, body)

    def _recall(self, path: str, digest: bytes) -> tuple[bytes, str]:
        """Outline and body of a document whose earlier bytes came back."""
        value = self.memo.get("heads", digest) if path in self.listing.documents else None
        if value is None:
            return b"", ""
        found = msgspec.msgpack.decode(value, type=Kept)
        return found.outline, found.body

    def prune(self, live: Mapping[str, set[bytes]]) -> None:
        """Forget kept results that no build has had a use for of late."""
        for table, keys in live.items():
            self.memo.prune(table, keys)
        self.memo.keep_newest("plans", PLANS_KEPT)

    def index_of(self, engine: bytes, stamp: int) -> Index:
        """The index for the next build."""
        return Index(engine, self.memo.name, stamp, self.entries, self.revision)

    def digest(self) -> bytes:
        """The digest of all paths and contents, and of the history."""
        parts = (path.encode() + b"\0" + entry.digest for path, entry in self.entries.items())
        seen = b"".join(parts) + self.revision.encode()
        return hashlib.blake2b(seen, digest_size=16).digest()

    def paths(self) -> list[str]:
        """The documents, sorted."""
        return [path for path in self.entries if path in self.listing.documents]

    def assets(self) -> list[str]:
        """The files of `content/` that are published as they are, sorted."""
        return [path for path in self.entries if path in self.listing.assets]

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """What is known of the site's pictures, by path."""
        found = {}
        for path in filter(is_picture, self.assets()):
            value = self.memo.get("pictures", self.entries[path].digest)
            if value is None:  # Damaged since it was kept.
                value = examine(self.listing, path, lambda _: False).picture
            if value:
                found[path] = msgspec.msgpack.decode(value, type=Picture)
        return found

    def heads(self) -> list[Parsed]:
        """What linking and planning see of the documents."""
        decoder = msgspec.msgpack.Decoder(Whole)
        wanted = {self.entries[path].digest: path for path in self.paths()}
        found = {key: head for key, head in self.known_heads.items() if key in wanted}
        lacking = wanted.keys() - found.keys()
        for key, value in self._kept_heads(lacking):
            found[key] = decoder.decode(value).head
        for digest in wanted.keys() - found.keys():  # Damaged since it was kept.
            kept, _ = parse(self.listing, wanted[digest])
            found[digest] = msgspec.msgpack.decode(kept.head, type=Parsed)
        self.known_heads = found
        return [found[digest] for digest in wanted]

    def _kept_heads(self, digests: Collection[bytes]) -> Iterator[tuple[bytes, bytes]]:
        if len(digests) > ENOUGH:
            yield from (pair for pair in self.memo.all("heads") if pair[0] in digests)
            return
        for digest in digests:
            value = self.memo.get("heads", digest)
            if value is not None:
                yield digest, value

    def text(self, path: str, memo: Memo) -> Text:
        """The text of a document."""
        kept = memo.get("segments", bytes.fromhex(self.entries[path].body))
        if kept is None:
            _, kept = parse(self.listing, path)
        return msgspec.msgpack.decode(kept, type=Text)


def examine(listing: Listing, path: str, known: Callable[[bytes], bool]) -> Examined:
    """Read one file, and parse it if it is a document whose result isn't known."""
    try:
        if path in listing.assets and is_picture(path):
            data, stat = sources.read(listing, path)
            digest = hashlib.blake2b(data, digest_size=16).digest()
            return Examined(stat, digest, picture=ENCODER.encode(looked_at(data)))
        if path not in listing.documents:
            digest, stat = sources.fingerprint(listing, path)
            return Examined(stat, digest)
        data, stat = sources.read(listing, path)
    except FileNotFoundError:
        return Examined()
    except OSError as problem:
        return Examined(problem=sources.unreadable(path, problem))
    digest = sources.digest_of(path, data)
    if known(digest):
        return Examined(stat, digest)
    kept, segments = parsed(path, data)
    return Examined(stat, digest, kept, segments)


def parse(listing: Listing, path: str) -> tuple[Kept, bytes]:
    """Parse a document again."""
    return parsed(path, sources.read(listing, path)[0])


def parsed(path: str, data: bytes) -> tuple[Kept, bytes]:
    """A document's parts: what planning sees of it, and its segments, encoded."""
    from dossier import documents  # It loads the Markdown and YAML parsers, which few builds need.

    result = documents.parse(path, data)
    value, body, checksum = result.value, "", ""
    if isinstance(value, Article | Note | Topic | Claim):
        body, checksum = value.body.digest, value.body.checksum
        if checksum:  # Other text can have the same HTML.
            both = bytes.fromhex(body) + bytes.fromhex(checksum)
            body = hashlib.blake2b(both, digest_size=16).hexdigest()
        value = essence(value)
    head = ENCODER.encode(msgspec.structs.replace(result, value=value, segments=()))
    outline = hashlib.blake2b(head, digest_size=16).digest()
    return Kept(outline, body, msgspec.Raw(head)), ENCODER.encode(Text(result.segments, checksum))


def essence(document: Document) -> Document:
    """A document without what no page shows, so that an edit which no page shows changes no plan.

    The body's digest gives way to the document's path. The opening words and the count of words of an
    article are shown only where it has no summary or its text isn't published in full. The checksum of a
    text that is published in full comes with that text.
    """
    body = msgspec.structs.replace(document.body, digest=document.path if document.body.digest else "")
    if isinstance(document, Article):
        if document.rights == "full" or document.text == "summary":
            body = msgspec.structs.replace(body, checksum="")
        if document.summary and document.rights == "full":
            body = msgspec.structs.replace(body, opening="", words=min(body.words, 1))
    return msgspec.structs.replace(document, body=body)
