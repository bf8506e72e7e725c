"""Putting a prepared tree in place so that it can be completed after a kill at any moment."""

import contextlib
import errno
import os
import sys
from collections.abc import Container, Iterable, Sequence
from pathlib import Path

from dossier import kept, workers
from dossier.diagnostics import DossierError
from dossier.model import Record
from dossier.output.folder import MARKER, above, folded, survey
from dossier.output.inside import Inside

TREE, OLD, SEEN, SIGN = "tree", "old", "seen", "dossier-staging"
# Up to so many files are forced to the disk by themselves, without what others have yet to write there.
FEW = 32
MANY = 500
AT_FDCWD, RENAME_EXCHANGE = -100, 2
# EINVAL is what Windows says on FAT.
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EINVAL)


class Journal(Record, frozen=True):
    """What is being put in place. `inode` is the prepared tree's, by which an exchange is known as done.

    `exchange` says whether the whole tree is put in place, or file by file: first the `blocking` removals,
    then the moves, then the other removals, then the marker.
    """

    output: str
    staging: str
    exchange: bool
    inode: int
    moves: tuple[str, ...]
    removals: tuple[str, ...]


def announce(state: Path, journal: Journal) -> None:
    """Write the journal: from here on, the change will be completed, by this command or the next."""
    kept.announce(state / "journal", journal)


def announced(state: Path) -> Journal | None:
    """The journal of a change that was cut short."""
    return kept.load(state / "journal", Journal)


def complete(journal: Journal) -> None:
    """Do what a journal says, as far as it isn't done yet. Raises OSError."""
    output, tree = Path(journal.output), Path(journal.staging, TREE)
    if journal.exchange:
        _exchange(journal, output, tree)
    else:
        _burst(journal, output, tree)


def keep_former(journal: Journal) -> None:
    """Keep what a change will replace or remove, so that it can be taken back. Raises OSError."""
    output, old = Path(journal.output), Path(journal.staging, OLD)
    kept_ones = set()  # As a disk sees them that doesn't tell case, where two spellings are one file.
    for path in (*journal.moves, *journal.removals):
        place = output / path
        if folded(path) in kept_ones or not os.path.lexists(place):
            continue
        if place.is_symlink() or not place.is_dir():
            os.makedirs((old / path).parent, exist_ok=True)
            link(place, old / path)
            kept_ones.add(folded(path))


def take_back(journal: Journal, folders: Container[str]) -> None:
    """Undo what was done of a change whose former files were kept. Raises OSError.

    `folders` are those that the output had before. At any moment of it, the journal can be completed instead.
    """
    output, tree, old = Path(journal.output), Path(journal.staging, TREE), Path(journal.staging, OLD)
    if journal.exchange:
        if old.is_dir() and not output.exists():
            os.rename(old, output)
        return
    for path in journal.moves:
        if not os.path.lexists(tree / path):
            with Inside(output) as inside:
                try:
                    link(output / path, tree / path)
                except OSError:  # No room for a second name: for a moment there is no page here.
                    inside.take(path, tree / path)
                if os.path.lexists(old / path):
                    inside.put(old / path, path)
                else:
                    with contextlib.suppress(FileNotFoundError):
                        inside.remove(path)
    made = {folder for path in journal.moves for folder in above(path) if folder not in folders}
    with Inside(output) as inside:
        for folder in sorted(made, key=len, reverse=True):
            with contextlib.suppress(FileNotFoundError):
                inside.remove_folder(folder)
        for path in journal.removals:
            if not os.path.lexists(output / path) and os.path.lexists(old / path):
                inside.put(old / path, path)


def link(place: Path, other: Path) -> None:
    """Give a file a second name; a copy where the file system knows only one."""
    try:
        os.link(place, other, follow_symlinks=False)
    except OSError as problem:
        if problem.errno not in NO_LINKS or place.is_symlink():
            raise
        with open(place, "rb") as file, open(other, "xb") as copy:
            while chunk := file.read(1 << 20):
                copy.write(chunk)


def forget(state: Path) -> None:
    """Forget the journal. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(state / "journal")


def settle(state: Path, journal: Journal) -> None:
    """Forget a journal whose change is complete, after what was left of its preparation."""
    clear(Path(journal.staging), rescue=Path(journal.output) if journal.exchange else None)
    forget(state)


# ---------------------------------------------------------------- file by file


def _burst(journal: Journal, output: Path, tree: Path) -> None:
    removals = set(journal.removals)
    taken = {folder for path in journal.moves for folder in above(path)}
    moves = set(journal.moves)
    # A page that is only spelled otherwise than before may be the same file: the former goes first.
    spelled = {folded(path) for path in moves} if removals else set()
    blocking = [
        path
        for path in journal.removals
        if path in taken or moves.intersection(above(path)) or folded(path) in spelled
    ]
    with Inside(output) as inside:
        _remove(inside, blocking)
        for path in journal.moves:
            if path != MARKER:
                _move(inside, tree, path)
        _remove(inside, sorted(removals.difference(blocking)))
        if MARKER in moves:
            _move(inside, tree, MARKER)


def _move(inside: Inside, tree: Path, path: str) -> None:
    with contextlib.suppress(FileNotFoundError):  # Moved before a kill.
        inside.put(tree / path, path)


def _remove(inside: Inside, paths: Iterable[str]) -> None:
    """Delete files, and the folders that this leaves empty."""
    emptied: set[str] = set()
    for path in paths:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            inside.remove(path)
        emptied.update(above(path))
    for folder in sorted(emptied, key=len, reverse=True):
        with contextlib.suppress(OSError):  # Not empty: somebody else's files are in it.
            inside.remove_folder(folder)


# ---------------------------------------------------------------- the whole tree


def _exchange(journal: Journal, output: Path, tree: Path) -> None:
    old = Path(journal.staging, OLD)
    if tree.exists() and os.stat(tree).st_ino == journal.inode:
        if _is_empty(output):
            os.makedirs(output.parent, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                os.rmdir(output)
            os.rename(tree, output)
        elif not _swap(tree, output):
            os.rename(output, old)
            os.rename(tree, output)


def _is_empty(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except FileNotFoundError:
        return True


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system can't."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # Only few builds call the system by hand.

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(number, os.strerror(number), str(other))


# ---------------------------------------------------------------- the folder of preparation


def clear(staging: Path, rescue: Path | None = None) -> None:
    """Delete a folder of preparation, which dossier made and signed.

    Files that came into the former output after it had been looked at are moved to `rescue` first.
    """
    if staging.is_symlink() or not (staging / SIGN).is_file():
        with contextlib.suppress(OSError):
            os.rmdir(staging)
        return
    if rescue is not None:
        for former in (staging / TREE, staging / OLD):
            _rescue(former, rescue)
    _delete_many(staging)
    for folder, folders, files in os.walk(staging, topdown=False):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in (*files, *links):
            if name != SIGN:
                os.unlink(os.path.join(folder, name))
        if folder != str(staging):
            os.rmdir(folder)
    os.unlink(staging / SIGN)
    os.rmdir(staging)


def _delete_many(staging: Path) -> None:
    """Delete most of a former site in several processes: one alone waits for the disk at each file."""
    if not workers.may_fork():
        return
    below = (found for found in os.walk(staging) if found[0] != str(staging))
    places = [os.path.join(folder, name) for folder, _, files in below for name in files]

    def delete(item: int) -> None:
        with contextlib.suppress(OSError):  # Told when it is tried again.
            os.unlink(places[item])

    if len(places) > MANY:
        with contextlib.suppress(DossierError):
            for _ in workers.each(delete, len(places), min(4, os.cpu_count() or 1), places.__getitem__):
                pass


def _rescue(former: Path, output: Path) -> None:
    """Move what was put into the former tree while the new one was being prepared."""
    seen = kept.load(former.parent / SEEN, list[str])
    if seen is None or former.is_symlink() or not former.is_dir():
        return
    found = survey(former)
    for path in (found.files.keys() | found.others).difference(seen):
        place = output / path
        if not os.path.lexists(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            os.rename(former / path, place)


def sync_tree(tree: Path, paths: Sequence[str]) -> None:
    """Force prepared files to the disk: a few by themselves, many with all else of their file system's."""
    if len(paths) > FEW and _sync_file_system(tree):
        return
    for start in range(0, len(paths), FEW):
        for step in (_begin_writing, os.fsync):
            for path in paths[start : start + FEW]:
                try:
                    with open(tree / path, "rb+") as file:
                        step(file.fileno())
                except OSError as problem:
                    problem.filename = problem.filename or str(tree / path)
                    raise


def _begin_writing(descriptor: int) -> None:
    """Let the system begin to write a file, so that one wait is enough for several."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _sync_file_system(tree: Path) -> bool:
    """Force all of a file system to the disk; False where the system can't."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # Only few builds call the system by hand.

    syncfs = getattr(ctypes.CDLL(None), "syncfs", None)
    if syncfs is None:
        return False
    descriptor = os.open(tree, os.O_RDONLY)
    try:
        return bool(syncfs(descriptor) == 0)
    finally:
        os.close(descriptor)
