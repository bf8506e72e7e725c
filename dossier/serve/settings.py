"""What a preview is asked to do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dossier.folders import PREVIEWS, STATE

DEFAULT_PORT = 8000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A site and how to preview it.

    `today` gives the day, an ISO date, whenever it is asked. `port` 0 is the first free one from the default
    on. `editor` is a key of EDITORS, an address of that form, or ''. With `poll` the files are looked at
    every second, instead of being watched. With `follow` pages go where the writing is. `jobs` is how many
    processes the first build may use.
    """

    site: Path
    today: Callable[[], str]
    host: str = "127.0.0.1"
    port: int = 0
    drafts: bool = False
    poll: bool = False
    follow: bool = False
    editor: str = ""
    jobs: int = 0

    @property
    def output(self) -> Path:
        """Where the site is built: never in `public/`, so that nobody publishes what is but a preview."""
        return self.site / STATE / PREVIEWS[self.drafts]

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the preview."""
        return self.host in LOOPBACK
