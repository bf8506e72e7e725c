"""What a build leaves for the next one in the same process, which then looks at little but what changed."""

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dossier import kept
from dossier.model import Parsed
from dossier.output import Manifest, Survey
from dossier.sources import Index, Listing

if TYPE_CHECKING:
    from dossier.build.planning import Plan
    from dossier.build.rendering import Made


@dataclass(frozen=True)
class Seal:
    """How to see that nobody else has built or moved the output since."""

    folder: int = 0
    manifest: tuple[int, int] = (0, 0)

    @staticmethod
    def of(folder: Path, manifest: Path | None) -> "Seal":
        """The seal of an output folder and its manifest's file, as they are now."""
        inode, written = 0, (0, 0)
        with contextlib.suppress(OSError):
            inode = os.stat(folder).st_ino
        if manifest is not None:
            with contextlib.suppress(OSError):
                stat = os.stat(manifest)
                written = (stat.st_ino, stat.st_mtime_ns)
        return Seal(inode, written)


@dataclass(frozen=True)
class Warm:
    """All that the last build knew, as values. `changed` are the files that may have changed since.

    Without `changed` all files are looked at. `young` are those that were changed in the very tick of the
    clock in which they were read, `pending` those that were read since the pages were last put in place:
    builds with errors put none. `found` is the output as it was left, or None where it has to be looked at;
    `made` its pages. What isn't on the disk yet is written by `keep`, when there is time.
    """

    engine: bytes
    listing: Listing
    index: Index
    young: frozenset[str]
    pending: frozenset[str]
    heads: Mapping[bytes, Parsed]
    plans: "Mapping[bytes, Plan]"
    found: Survey | None
    manifest: Manifest | None
    made: "Mapping[str, Made]"
    closures: Mapping[str, bytes]
    seal: Seal
    state: Path | None
    place: Path | None
    changed: frozenset[str] | None = None

    def keep(self) -> Seal:
        """Write index and manifest. Without them the next start is slower; nothing else."""
        if self.state is not None and self.place is not None and self.manifest is not None:
            with contextlib.suppress(OSError):
                kept.store(self.state / "index", self.index)
                kept.store(self.place, self.manifest)
        return Seal(self.seal.folder, Seal.of(Path(), self.place).manifest)
