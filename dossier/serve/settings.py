"""What a preview is asked to do."""

from dataclasses import dataclass
from pathlib import Path

DEFAULT_PORT = 8000
PREVIEW = ".dossier/preview"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# How editors are told to open a file at a line: by addresses that they register with the system.
EDITORS = {
    "code": "vscode://file{path}:{line}:{column}",
    "codium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "vim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "emacs": "emacs://open?url=file://{path}&line={line}&column={column}",
    "editor": "editor://open/?file={path}&line={line}&column={column}",
}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A site and how to preview it.

    `port` 0 is the first free one from the default on. `editor` is a key of EDITORS, or ''. With `poll` the
    files are looked at every second, instead of being watched. With `follow` pages go where the writing is.
    """

    site: Path
    today: str
    host: str = "127.0.0.1"
    port: int = 0
    drafts: bool = False
    poll: bool = False
    follow: bool = False
    editor: str = ""
    jobs: int = 0

    @property
    def output(self) -> Path:
        """Where the site is built: with drafts not in `public/`, so that nobody publishes them by mistake."""
        return self.site / (PREVIEW if self.drafts else "public")

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the preview."""
        return self.host in LOOPBACK
