"""One change of an output folder: prepared beside it, then put in place."""

import contextlib
import hashlib
import os
import stat as modes
from collections.abc import Container, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from dossier import kept
from dossier.diagnostics import DossierError, Mark, error
from dossier.folders import STAGING_INSIDE, manifest_place, staging_beside
from dossier.output import journal as journals
from dossier.output.folder import (
    MARKER,
    Manifest,
    Survey,
    Tree,
    Written,
    above,
    check_paths,
    claimed,
    digest_of_file,
    failure,
    incomplete,
    marker,
    survey,
)
from dossier.walking import older_than, to_stat

# From here on, and where that is most of the site, the tree is exchanged in one step, without being told to:
# so many renames over existing files would take seconds, in which the site is neither the old nor the new.
MANY = 500
CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Writer:
    """Makes an output folder equal to a tree: `claim`, `begin`, `prepare` what changed, `finish`.

    `state` is the site's `.dossier/`, or None where there can't be one. Foreign files in the folder stay;
    if they may be adopted, they give way where a page of the site has their path. `former` is what an
    earlier build in this process left, and known to stand so; then the manifest isn't written either, but
    left to who gave it. `found` is what stands there, where that is known. A folder that isn't `marked` is
    known by the manifest alone: there nothing is to lie but the site.
    """

    def __init__(
        self,
        folder: Path,
        state: kept.State | None,
        *,
        adopt: bool = False,
        former: tuple[Manifest, Survey] | None = None,
        found: Survey | None = None,
        marked: bool = True,
    ) -> None:
        self.folder = folder
        self._marked = marked
        self._state = state
        self._adopt = adopt
        self._place = _manifest_place(state, folder) if state else None
        self._staging = _staging_of(folder)
        self._made: set[str] = set()
        self._announced = False
        if state is not None and os.path.lexists(self._staging):
            self.abandon()  # A build was killed while it prepared its changes.
        self._former = former
        if former is not None:
            self.manifest = former[0]
        self.found = former[1] if former is not None else found or survey(folder)
        self._own: set[str] = set()

    @cached_property
    def manifest(self) -> Manifest | None:
        """What the last build left here, as far as that is known."""
        return kept.load(self._place, Manifest) if self._place else None

    @property
    def place(self) -> Path | None:
        """Where the manifest is kept."""
        return self._place

    def claim(self) -> None:
        """Find out which files here are dossier's, to be replaced and deleted. The rest is never touched.

        A folder without the marker is known by the manifest, as far as its files are as they were left. One
        with foreign files in it is refused with DossierError, unless they may be adopted.
        """
        former = set(self.manifest.files) if self.manifest else set()
        if self._former is not None:
            self._own = former | {MARKER}
            return
        if self.written(MARKER):
            self._own = former  # The marker says what the manifest does.
            return
        claims = claimed(self.folder)
        if claims is not None:
            self._own = claims | former | {MARKER}
            return
        own = {path for path in former & self.found.files.keys() if self.written(path)}
        foreign = sorted((self.found.files.keys() | self.found.others) - own)
        if foreign and not self._adopt:
            message = f"the output folder has files that dossier didn't write: {', '.join(foreign[:3])}"
            hint = "choose another folder with --output, or take this one over with --adopt"
            raise DossierError(error(str(self.folder), Mark(), "foreign-files", message, hint))
        self._own = own | {MARKER}

    # ------------------------------------------------------------ what is there

    def written(self, path: str) -> Written | None:
        """What the manifest says of a path, if the file is still as it was left: by its bytes, if need be."""
        former = self.manifest.files.get(path) if self.manifest else None
        stat = self.found.files.get(path)
        if self.manifest is None or former is None or stat is None:
            return None
        sure = former.stat == stat and older_than(stat, self.manifest.stamp)
        return former if sure or self.digest(path) == former.digest else None

    def standing(self) -> dict[str, Written]:
        """The files whose stats show that they are as the manifest says."""
        if self.manifest is None:
            return {}
        found, stamp = self.found.files.get, self.manifest.stamp
        return {
            path: written
            for path, written in self.manifest.files.items()
            if (stat := found(path)) is not None
            and stat == written.stat
            and (stat[1] < stamp and stat[2] < stamp)  # As `older_than`, without a call for each of them.
        }

    def digest(self, path: str) -> bytes:
        """The digest of the bytes that the output folder has under a path; b'' where it has none."""
        return digest_of_file(f"{self.folder}/{path}") if path in self.found.files else b""

    def check_paths(self, paths: Sequence[str]) -> None:
        """Raise DossierError where output paths leave the folder, or two could be one file on some disk."""
        former = self.manifest.files.keys() - {MARKER} if self.manifest else set()
        if former != set(paths) or len(paths) != len(former):  # Those were checked when they were written.
            check_paths(paths)

    # ------------------------------------------------------------ preparation

    def begin(self) -> None:
        """Make the folder of preparation."""
        try:
            journals.clear(self._staging)
            _check_access(self.folder, self._staging.parent)
            os.makedirs(self._staging, exist_ok=True)
            sign = "Changes to a site, made by dossier. May be deleted when no build is running.\n"
            (self._staging / journals.SIGN).write_text(sign, encoding="utf-8")
            (self._staging / ".gitignore").write_text("*\n", encoding="utf-8")
            os.makedirs(self._staging / journals.TREE)
        except OSError as problem:
            self.abandon()
            problem.filename = problem.filename or str(self._staging)
            raise failure(problem, "prepare the site") from problem

    def prepare(self, path: str, chunks: Iterable[bytes]) -> None:
        """Write a file that is new or changed to the folder of preparation. May be called in a worker."""
        tree = os.path.join(self._staging, journals.TREE)
        folder = path.rpartition("/")[0]
        place = os.path.join(tree, path)
        try:
            if folder not in self._made:
                os.makedirs(os.path.join(tree, folder), exist_ok=True)
                self._made.add(folder)
            descriptor = os.open(place, CREATE, 0o666)
            try:
                for chunk in chunks:
                    _write_all(descriptor, chunk)
            finally:
                os.close(descriptor)
        except OSError as problem:
            problem.filename = problem.filename or place
            raise failure(problem, "write a page") from problem

    def abandon(self) -> None:
        """Take back the preparation; the site stays as it was.

        A change that was announced is not taken back: the next command completes it.
        """
        if not self._announced:
            with contextlib.suppress(OSError):
                journals.clear(self._staging)

    # ------------------------------------------------------------ completion

    def finish(self, tree: Tree, *, atomic: bool) -> tuple[str, ...]:
        """Put the prepared changes in place, and return the paths that were removed."""
        if self._marked:
            self._add_marker(tree)
        exchange = atomic or self.found.empty or len(tree.changed) > max(MANY, len(tree.files) // 2)
        exchange = exchange and self._staging.parent != self.folder
        if exchange and self._former is not None:
            self.found = survey(self.folder)  # What an earlier build knew has no new folders, nor new guests.
        removed = self.removals(tree.files)
        self._check_conflicts(tree.changed)
        if tree.changed or removed:
            try:
                self._put_in_place(tree, removed, exchange)
            except OSError as problem:
                problem.filename = problem.filename or str(self._staging)
                raise failure(problem, "put the site in place") from problem
        for path in removed:
            self.found.files.pop(path, None)
        # The site is in place. What can't be cleared or kept now, the next command does, or does without.
        with contextlib.suppress(OSError):
            journals.clear(self._staging)
        with contextlib.suppress(OSError):
            self._keep_manifest(tree, every=exchange)
        return removed

    def removals(self, paths: Container[str]) -> tuple[str, ...]:
        """What of dossier's own would go, were these paths the whole tree."""
        there = self._own & (self.found.files.keys() | self.found.others)
        return tuple(sorted(path for path in there if path not in paths))

    def refresh(self) -> bool:
        """Keep the stats of an output that is as it was left, by its bytes. False where it isn't."""
        if self.manifest is None:
            return False
        sure = self.standing()
        if not all(path in sure or self.written(path) for path in self.manifest.files):
            return False
        files = {path: (written.digest, written.key) for path, written in self.manifest.files.items()}
        with contextlib.suppress(OSError):  # The next build looks again.
            self._keep_manifest(Tree(files, set(), self.manifest.inputs, self.manifest.report), every=False)
        return True

    def _add_marker(self, tree: Tree) -> None:
        former = self.written(MARKER)
        if former and self.manifest and self.manifest.files.keys() - {MARKER} == tree.files.keys():
            tree.files[MARKER] = (former.digest, b"")
            return
        content = marker(tree.files)
        digest = hashlib.blake2b(content, digest_size=16).digest()
        if self.digest(MARKER) != digest:
            self.prepare(MARKER, [content])
            tree.changed.add(MARKER)
        tree.files[MARKER] = (digest, b"")

    def _check_conflicts(self, changed: set[str]) -> None:
        """Raise where a page would replace what dossier didn't write, or be written through a link."""
        problems = []
        for path in sorted(changed):
            for place in (path, *above(path)):
                if not self._gives_way(place, is_file=place == path):
                    message = "a page of the site belongs here, but dossier didn't write what is there"
                    hint = (
                        "move it away"
                        if place != path
                        else "move it away, or let it be replaced with --adopt"
                    )
                    problems.append(error(str(self.folder / place), Mark(), "foreign-files", message, hint))
        if problems:
            raise DossierError(*problems)

    def _gives_way(self, place: str, *, is_file: bool) -> bool:
        """Whether a page's file, or a folder above it, can stand in a place."""
        if place in self.found.folders:
            return not is_file or self._is_own_folder(place)
        if place in self.found.files:
            return place in self._own or (is_file and self._adopt)
        return place not in self.found.others or place in self._own

    def _is_own_folder(self, folder: str) -> bool:
        """Whether all files in a folder of the output are dossier's."""
        there = (*self.found.files, *self.found.others)
        return all(path in self._own for path in there if path.startswith(folder + "/"))

    def _put_in_place(self, tree: Tree, removed: tuple[str, ...], exchange: bool) -> None:
        prepared = self._staging / journals.TREE
        first = self.found.empty
        if exchange and not first:
            self._complete_tree(prepared, tree.changed, set(removed))
        if not first:
            journals.sync_tree(prepared, sorted(tree.changed))
        change = journals.Journal(
            output=str(self.folder),
            staging=str(self._staging),
            exchange=exchange,
            inode=os.stat(prepared).st_ino,
            moves=tuple(sorted(tree.changed)),
            removals=removed,
        )
        alone = len(tree.changed) == 1 and not removed and not exchange  # One rename needs no journal.
        if not (exchange or alone):
            journals.keep_former(change)
        if self._state is None or self._place is None or alone:
            self._complete(change)
            return
        # Should this command be cut short, the next one relies on no stat, only on digests.
        kept.store(_next(self._place), tree.manifest({}, 0))
        self._announced = True
        journals.announce(self._state.folder, change)
        self._complete(change)
        with contextlib.suppress(OSError):
            os.replace(_next(self._place), self._place)
            journals.settle(self._state.folder, change)

    def _complete(self, change: journals.Journal) -> None:
        """Do what was announced, or take all of it back where a part of it fails."""
        try:
            journals.complete(change)
        except OSError as problem:
            try:
                journals.take_back(change, self.found.folders)
                if self._announced and self._state is not None:
                    journals.forget(self._state.folder)
                    self._announced = False
            except OSError:
                raise incomplete(problem) from problem
            raise

    def _complete_tree(self, prepared: Path, changed: set[str], removed: set[str]) -> None:
        """Link what stays as it is, foreign files included, into the prepared tree."""
        kept.store(self._staging / journals.SEEN, sorted(self.found.files.keys() | self.found.others))
        gone = changed | removed
        staying = [path for path in (*self.found.files, *self.found.others) if path not in gone]
        emptied = {folder for path in removed for folder in above(path)}
        for folder in sorted(self.found.folders - (emptied - {f for p in staying for f in above(p)})):
            os.makedirs(prepared / folder, exist_ok=True)
        for path in staying:
            journals.link(self.folder / path, prepared / path)
        for folder in ("", *self.found.folders):
            if (prepared / folder).is_dir():
                os.chmod(prepared / folder, modes.S_IMODE(os.stat(self.folder / folder).st_mode))

    def _keep_manifest(self, tree: Tree, *, every: bool) -> None:
        """Keep what the folder holds now. The stat of `every` file is taken anew, or of changed ones."""
        if self._state is None or self._place is None:
            return
        stamp = self._state.now()
        folder = str(self.folder)
        for path in tree.files if every else tree.changed:
            self.found.files[path] = to_stat(os.lstat(f"{folder}/{path}"))
        self.manifest = tree.manifest(self.found.files, stamp)
        if self._former is None:
            kept.store(self._place, self.manifest)


def last_manifest(folder: Path, state: kept.State | None) -> Manifest | None:
    """What the last build left in an output folder, as far as that is known."""
    return kept.load(_manifest_place(state, folder), Manifest) if state else None


def _manifest_place(state: kept.State, folder: Path) -> Path:
    return Path(manifest_place(str(state.folder), str(folder)))


def recover(state: kept.State) -> bool:
    """Complete a change that was cut short inside its burst; True if there was one."""
    change = journals.announced(state.folder)
    if change is None:
        return False
    place = _manifest_place(state, Path(change.output))
    try:
        journals.complete(change)
        with contextlib.suppress(FileNotFoundError):
            os.replace(_next(place), place)
        journals.settle(state.folder, change)
    except OSError as problem:
        raise failure(problem, "complete a build that was cut short") from problem
    return True


def _next(place: Path) -> Path:
    return place.with_name(place.name + ".next")


def _staging_of(folder: Path) -> Path:
    """Beside the output; in it where it is a file system of its own."""
    if folder.is_dir() and os.stat(folder).st_dev != os.stat(folder.parent).st_dev:
        return folder / STAGING_INSIDE
    return Path(staging_beside(str(folder)))


def _check_access(folder: Path, parent: Path) -> None:
    """Raise OSError where a folder that will be changed can't be."""
    for place in (parent, folder):
        if place.is_dir() and not os.access(place, os.W_OK | os.X_OK):
            raise PermissionError(13, "permission denied", str(place))


def _write_all(descriptor: int, data: bytes) -> None:
    """Write everything: a disk that fills up may take a part without an error."""
    written = os.write(descriptor, data)
    while written < len(data):
        written += os.write(descriptor, memoryview(data)[written:])
