"""Results of pure functions, kept in `.dossier/` under the digests of their arguments.

Each function has a table in one SQLite file. The file belongs to one engine: dossier's code and the versions
of what it stands on. Whatever is wrong with it (damage, another format, another engine, a foreign file) it is
begun anew without a word, and a value whose checksum doesn't hold is a miss. Nothing is pickled.
"""

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

FORMAT = 8
TABLES = (
    "heads",
    "segments",
    "views",
    "plans",
    "entries",
    "sketches",
    "quotations",
    "history",
    "citations",
    "harmless",
    "pictures",
)


class Memo:
    """The kept results of one site. Made by `open_memo`.

    `name` tells a memo from any other, also from one begun anew in its place.
    """

    def __init__(self, database: sqlite3.Connection, place: Path | None) -> None:
        self._database = database
        self._place = place
        self.name: bytes = database.execute("select name from engine").fetchone()[0]

    def get(self, table: str, key: bytes) -> bytes | None:
        """The value under a key, or None where there is none that can be trusted."""
        try:
            row = self._database.execute(f"select value from {table} where key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError:
            return None
        return _checked(row[0]) if row else None

    def all(self, table: str) -> Iterator[tuple[bytes, bytes]]:
        """Every key of a table with its value, without those that can't be trusted."""
        try:
            for key, stored in self._database.execute(f"select key, value from {table}"):
                value = _checked(stored)
                if value is not None:
                    yield key, value
        except sqlite3.DatabaseError:
            return

    def keys(self, table: str) -> set[bytes]:
        """The keys of a table."""
        try:
            return {key for (key,) in self._database.execute(f"select key from {table}")}
        except sqlite3.DatabaseError:
            return set()

    def has(self, table: str, key: bytes) -> bool:
        """Whether a table has a key."""
        return self.get(table, key) is not None

    def put(self, table: str, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep values. A disk that is full or damaged loses them; that costs time, never a build."""
        rows = ((key, zlib.crc32(value).to_bytes(4, "big") + value) for key, value in values)
        with contextlib.suppress(sqlite3.DatabaseError):
            self._database.executemany(f"insert or replace into {table} values (?, ?)", rows)

    def prune(self, table: str, live: Collection[bytes]) -> None:
        """Forget values that no build has had a use for of late: all but the live ones, once they prevail."""
        with contextlib.suppress(sqlite3.DatabaseError):
            (count,) = self._database.execute(f"select count(*) from {table}").fetchone()
            if count > 2 * len(live) + 100:
                unused = self.keys(table).difference(live)
                self._database.executemany(f"delete from {table} where key = ?", ((key,) for key in unused))

    def keep_newest(self, table: str, count: int) -> None:
        """Forget all but the values that were put last."""
        newest = f"select rowid from {table} order by rowid desc limit {count}"
        with contextlib.suppress(sqlite3.DatabaseError):
            self._database.execute(f"delete from {table} where rowid not in ({newest})")

    def commit(self) -> None:
        """Make what was put visible to other processes, and outlast this one."""
        with contextlib.suppress(sqlite3.DatabaseError):
            self._database.commit()

    def close(self) -> None:
        """Commit and let go of the file."""
        self.commit()
        with contextlib.suppress(sqlite3.DatabaseError):
            self._database.close()

    def again(self) -> "Memo":
        """The same memo for a forked process, which can't use its parent's connection; for reading only."""
        if self._place is None:
            return self
        return Memo(sqlite3.connect(self._place, timeout=10), self._place)


def open_memo(folder: Path, engine: bytes) -> Memo:
    """The memo in a folder, emptied where it isn't this engine's; one in memory where none can be kept."""
    place = folder / "memo.sqlite"
    known = _opened(place, lambda database: _belongs(database, engine))
    if known is None:
        _remove(place)
        known = _opened(place, lambda database: _create(database, engine))
    return Memo(known, place) if known is not None else nothing()


def nothing() -> Memo:
    """A memo that holds nothing yet and keeps nothing for later."""
    database = sqlite3.connect(":memory:")
    _create(database, b"")
    return Memo(database, None)


def _opened(place: Path, prepare: Callable[[sqlite3.Connection], bool]) -> sqlite3.Connection | None:
    """A connection to a database that could be prepared, or None."""
    try:
        database = sqlite3.connect(place, timeout=10)
    except sqlite3.Error:
        return None
    try:
        # No fsync: a power cut may damage the file, and a damaged file is begun anew.
        database.execute("pragma synchronous = off")
        if prepare(database):
            return database
    except sqlite3.Error:
        pass  # Damaged, foreign or read-only: it is begun anew, or done without.
    database.close()
    return None


def _belongs(database: sqlite3.Connection, engine: bytes) -> bool:
    """Whether a database is of this format and engine. Raises where it is no database."""
    (version,) = database.execute("pragma user_version").fetchone()
    if version != FORMAT:
        return False
    row = database.execute("select digest from engine").fetchone()
    return row is not None and row[0] == engine


def _create(database: sqlite3.Connection, engine: bytes) -> bool:
    """Prepare an empty database."""
    database.execute("pragma page_size = 8192")
    database.execute("pragma journal_mode = wal")
    database.execute("create table engine (digest blob, name blob)")
    database.execute("insert into engine values (?, ?)", (engine, os.urandom(8)))
    for table in TABLES:
        database.execute(f"create table {table} (key blob primary key, value blob)")
    database.execute(f"pragma user_version = {FORMAT}")
    database.commit()
    return True


def _remove(place: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            os.unlink(f"{place}{suffix}")


def _checked(stored: object) -> bytes | None:
    if not isinstance(stored, bytes) or len(stored) < 4:
        return None
    value = stored[4:]
    return value if zlib.crc32(value).to_bytes(4, "big") == stored[:4] else None
