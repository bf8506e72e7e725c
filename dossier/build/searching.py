"""The search index of a build: each shard made anew where what its pages show has changed."""

import hashlib
from collections.abc import Iterator, Mapping

import msgspec

from dossier import search, workers
from dossier.build.documents import ENCODER
from dossier.build.planning import Row
from dossier.build.rendering import Made, Maker
from dossier.build.taking import take
from dossier.diagnostics import DossierError, Mark
from dossier.output import Tree, Writer


def index_pages(maker: Maker, made: Mapping[str, Made], writer: Writer, tree: Tree) -> None:
    """Add the index of a site that is to be searched to its tree. Raises DossierError.

    Parts that may not be made anew yet stay as they are.
    """
    if not search.executable():
        raise DossierError(search.missing(Mark()))
    former, options = _former(writer), maker.session.options
    indexing = _Indexing(maker, made)
    stale = []
    for shard, key in enumerate(indexing.keys):
        files = former.get(shard, {})
        stands = files and all(known == key for _, known in files.values())
        if stands and not options.verify:
            tree.files.update(files)
        else:
            stale.append(shard)
    now = stale[: options.index_at_most]
    for shard in stale[len(now) :]:
        tree.files.update(former.get(shard, {}))
    maker.session.result.unindexed = len(stale) - len(now)
    for shard, indexed in indexing.work(now):
        for path, data in indexed.files:
            known = former.get(shard, {}).get(path)
            take(path, data, indexing.keys[shard], known, "indexed", writer, tree)


def _former(writer: Writer) -> dict[int, dict[str, tuple[bytes, bytes]]]:
    """By shard, the files of the index as they stand in the output: digest and key. None of a damaged one."""
    shards: dict[int, dict[str, tuple[bytes, bytes]]] = {}
    damaged = set()
    for path in writer.manifest.files if writer.manifest else ():
        folder, _, rest = path.partition("/")
        if folder == search.FOLDER and rest:
            shard = int(rest.partition("/")[0])
            written = writer.written(path)
            if written is None:
                damaged.add(shard)
            else:
                shards.setdefault(shard, {})[path] = (written.digest, written.key)
    return {shard: files for shard, files in shards.items() if shard not in damaged}


class _Indexing:
    """The shards of one build. `keys` are the digests of the engine and of what the pages of each show."""

    def __init__(self, maker: Maker, made: Mapping[str, Made]) -> None:
        self._maker, self._memo = maker, maker.planned.documents.memo
        self._rows = {path: page.row for path, page in made.items() if search.is_searched(path)}
        count = search.shard_count(len(self._rows))
        self._shards: list[list[str]] = [[] for _ in range(count)]
        for path in self._rows:
            self._shards[search.shard_of(path, count)].append(path)
        digests = self._digests()
        self.keys = [
            hashlib.blake2b(
                ENCODER.encode((maker.session.engine, [(path, digests[path]) for path in sorted(paths)])),
                digest_size=16,
            ).digest()
            for paths in self._shards
        ]

    def _digests(self) -> dict[str, bytes]:
        """The digests of what search knows of each page, kept by what the page shows."""
        known = dict(self._memo.all("entries"))
        keys = {path: self._key(row) for path, row in self._rows.items()}
        lacking = [path for path, key in keys.items() if key not in known]
        self._maker.planned.have(lacking)
        found = [(keys[path], self._digest(path)) for path in lacking]
        self._memo.put("entries", found)
        self._memo.prune("entries", set(keys.values()))
        known |= dict(found)
        return {path: known[key] for path, key in keys.items()}

    def _key(self, row: Row) -> bytes:
        entry = self._maker.planned.documents.entries.get(row.body)
        return row.view + (bytes.fromhex(entry.body) if entry else b"")

    def _digest(self, path: str) -> bytes:
        return hashlib.blake2b(ENCODER.encode(self._entry(path)), digest_size=16).digest()

    def _entry(self, path: str) -> search.SearchEntry | None:
        planned, row = self._maker.planned, self._rows[path]
        segments = planned.documents.text(row.body, self._memo).segments if row.body else ()
        return search.search_entry(planned.page(path, self._memo), segments)

    def work(self, shards: list[int]) -> Iterator[tuple[int, search.Indexed]]:
        """The indexes of some shards."""
        options = self._maker.session.options
        self._maker.planned.have(path for shard in shards for path in self._shards[shard])

        def work(item: int) -> search.Indexed:
            entries = (self._entry(path) for path in self._shards[shards[item]])
            return search.index_shard([entry for entry in entries if entry is not None], shards[item])

        results = workers.each(work, len(shards), options.workers, lambda item: f"search/{shards[item]}")
        for done, (item, result) in enumerate(results, start=1):
            yield shards[item], msgspec.msgpack.decode(result, type=search.Indexed)
            options.progress("index", done, len(shards))
