"""A progress bar for work that takes longer than half a second, on a terminal."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from dossier.cli.printing import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

PATIENCE = 0.5
BETWEEN = 0.1


class Progress:
    """Shows each stage with what is done of it and the time that is left.

    rich is loaded, and the bar shown, only when half a second has passed. It is drawn when it is told of
    progress, not by a thread of its own: processes are forked meanwhile, and threads don't survive that.
    """

    def __init__(self) -> None:
        self._started = self._drawn = time.monotonic()
        self._wanted = is_terminal(sys.stderr)
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._wanted or now - self._started < PATIENCE or now - self._drawn < BETWEEN:
            return
        self._drawn = now
        bar = self._bar or self._begin()
        if stage != self._stage or self._task is None:
            if self._task is not None:
                bar.remove_task(self._task)
            self._task, self._stage = bar.add_task(stage, total=total), stage
        bar.update(self._task, completed=done, total=total)
        bar.refresh()

    def _begin(self) -> "Bar":
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
        self._bar.start()
        return self._bar

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
