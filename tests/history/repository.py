"""Sites in real repositories: each commit at a stated time, with nobody's settings."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dossier.build import Options, Result, build
from tests.engine.site import Site, tree

TODAY = "2026-01-01"
HOSTILE_NAME = 'Mallory "<b>\x1b[31m'


@dataclass(frozen=True)
class Repository:
    """A repository and the site in it, which lies in a folder of its own where `below` names one."""

    folder: Path
    below: str = ""

    @property
    def site(self) -> Site:
        return Site(self.folder / self.below)

    def git(self, *arguments: str, when: str = "2025-06-01T12:00:00Z", **more: str) -> str:
        """Run git, at a time."""
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Ada Curator",
            "GIT_AUTHOR_EMAIL": "ada@example.org",
            "GIT_COMMITTER_NAME": "Ada Curator",
            "GIT_COMMITTER_EMAIL": "ada@example.org",
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_DATE": when,
            **more,
        }
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment, capture_output=True, timeout=60
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return done.stdout.decode("utf-8", "replace")

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files; None deletes one."""
        self.site.write({path: text for path, text in files.items() if text is not None})
        for path, text in files.items():
            if text is None:
                (self.site.folder / path).unlink()

    def commit(self, files: Mapping[str, str | bytes | None], when: str, message: str = "Edit") -> None:
        """Write files and commit all."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message, when=f"{when}T12:00:00Z")

    def build(self, **given: object) -> Result:
        options = {"site": self.site.folder, "today": TODAY, "jobs": 1, **given}
        return build(Options(**options))  # type: ignore[arg-type]

    def page(self, path: str) -> str:
        return (self.site.output / path).read_text(encoding="utf-8")

    def tree(self) -> dict[str, bytes]:
        return tree(self.site.output)

    def clone(self, folder: Path, *options: str) -> "Repository":
        """A clone beside it."""
        self.git("clone", "--quiet", *options, self.folder.resolve().as_uri(), str(folder))
        return Repository(folder, self.below)


def repository(folder: Path, below: str = "") -> Repository:
    """A repository without commits."""
    folder.mkdir(parents=True)
    made = Repository(folder, below)
    made.git("init", "--quiet", "--initial-branch=main")
    return made


def article(title: str, body: str, **fields: str) -> str:
    """An article's file."""
    matter = "".join(f"{key}: {value}\n" for key, value in {"title": title, **fields}.items())
    return f"---\n{matter}---\n{body}\n"
