"""What a build is asked to do."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Called with a stage's name, what of it is done and how much there is: ("parse", 120, 2200).
Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """A site and how to build it.

    `today` is an ISO date: later documents are of the future. `output` is where the site is written, by
    default `public` in the site. With `verify` every kept result is worked out again and compared.
    `explain` is the output path of a page to give the reasons of. `url` is where the site will be published,
    whatever its settings say. At most so many parts of the search index are made anew, where pages are not to
    wait for it; the others stay as they are. With `preview` references that lead nowhere are marked in their
    places, rather than ending the build: such an output is for its curator's eyes, and only a preview's
    folder may hold one.
    """

    site: Path
    today: str
    output: Path | None = None
    drafts: bool = False
    strict: bool = False
    jobs: int = 0
    verify: bool = False
    atomic: bool = False
    adopt: bool = False
    preview: bool = False
    explain: str = ""
    url: str = ""
    index_at_most: int | None = None
    progress: Progress = silent

    @property
    def folder(self) -> Path:
        """The output folder, absolute, links in it left as they are."""
        return Path(os.path.abspath(self.output or self.site / "public"))

    @property
    def workers(self) -> int:
        """How many processes may work at once."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
