"""A desk with a site in a Git repository, and a bare repository as its remote."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from dossier.publish import Outcome, Request, publish
from tests.conftest import REPOSITORY
from tests.engine.site import TODAY, Site, small_site

BRANCH = "gh-pages"
# Git as it is without anybody's settings, at a fixed time.
ALONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@example.org",
    # It would tidy up behind a command, and be at it still when a test looks.
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "gc.auto",
    "GIT_CONFIG_VALUE_0": "0",
    "GIT_CONFIG_KEY_1": "maintenance.auto",
    "GIT_CONFIG_VALUE_1": "false",
}


def environment(**more: str) -> dict[str, str]:
    """The environment that git is run in."""
    return {"PATH": os.environ["PATH"], "HOME": os.devnull, **ALONE, **more}


def git(folder: Path, *arguments: str, **more: str) -> str:
    """What a git command prints."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment(**more), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n")


@dataclass(frozen=True)
class Desk:
    """A site in a clone of a repository."""

    site: Site
    remote: Path

    @property
    def folder(self) -> Path:
        return self.site.folder

    def git(self, *arguments: str, **more: str) -> str:
        return git(self.folder, *arguments, **more)

    def commit(self, files: Mapping[str, str | bytes], message: str = "Write") -> None:
        """Write files, and commit all there is."""
        self.site.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)

    def let_go(self, path: str) -> None:
        """Strike a published address off the list."""
        kept = self.site.read("published.txt").replace(f"{path}\n", "")
        self.site.write({"published.txt": kept})

    def publish(self, **asked: object) -> Outcome:
        """Publish in this process, with nobody to ask."""
        given = {"site": self.folder, "today": TODAY, "environment": environment(), "jobs": 1, **asked}
        return publish(Request(**given))  # type: ignore[arg-type]

    def run(self, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """`dossier publish …` in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "dossier", "publish", *arguments],
            cwd=self.folder,
            env=environment(PYTHONPATH=str(REPOSITORY), SOURCE_DATE_EPOCH="1767225600", **more),
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )

    def tip(self, branch: str = BRANCH) -> str:
        """The commit of the remote's branch; '' where there is none."""
        return git(self.remote, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")

    def published(self, branch: str = BRANCH) -> dict[str, bytes]:
        """The files of the remote's branch."""
        found = {}
        for path in git(self.remote, "ls-tree", "-r", "-z", "--name-only", branch).split("\0"):
            if path:
                done = subprocess.run(
                    ["git", "cat-file", "blob", f"{branch}:{path}"],
                    cwd=self.remote,
                    env=environment(),
                    capture_output=True,
                    check=True,
                )
                found[path] = done.stdout
        return found

    def subjects(self, branch: str = BRANCH) -> list[str]:
        """The first lines of the branch's history, newest first."""
        return git(self.remote, "log", "--format=%s", branch).split("\n")

    def clone(self, folder: Path) -> "Desk":
        """A second desk with a clone."""
        git(self.remote, "clone", "--quiet", str(self.remote), str(folder))
        return Desk(Site(folder), self.remote)


def begin(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Desk:
    """The small site in a repository whose main branch is pushed."""
    desk = Desk(small_site(folder / "site"), folder / "remote.git")
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    desk.git("init", "--quiet", "--initial-branch=main")
    desk.git("remote", "add", "origin", str(desk.remote))
    desk.commit({".gitignore": "/public/\n", **(files or {})}, "Begin the file")
    desk.git("push", "--quiet", "--set-upstream", "origin", "main")
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return begin(tmp_path)
