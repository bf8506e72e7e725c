"""Sites built once per session, as a user would: this repository's own, a bare, an empty, a hostile one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.site.hostile import HOSTILE
from tests.site.pages import HtmlPage, read_page

BARE = {
    "site.yaml": "title: Bare\n",
    "content/articles/a.md": "---\ntitle: An article\n---\n",
    "content/articles/b.md": "---\ntitle: Another\n---\nWith text.\n",
    "content/notes/n.md": "---\ntitle: A note\ndate: 2020-01-01\n---\n",
    "content/topics/t.md": "---\ntitle: A topic\n---\n",
    "content/people.yaml": "ada: {name: Ada}\n",
    "content/organizations.yaml": "un: {name: United Nations}\n",
    "content/places.yaml": "rome: {name: Rome}\n",
    "content/sources.yaml": "ap: {name: Associated Press}\n",
}


@dataclass(frozen=True)
class Built:
    """A built site: its folder, what the command said, and the folder that it was built from."""

    output: Path
    said: str
    code: int
    origin: Path

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file of the output by its path with forward slashes."""
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path for path in sorted(found)}

    @cached_property
    def pages(self) -> dict[str, HtmlPage]:
        """Every HTML page, read."""
        return {name: read_page(path) for name, path in self.files.items() if name.endswith(".html")}


def build(folder: Path, *options: str, environment: Mapping[str, str] | None = None) -> Built:
    """`dossier build` in a folder."""
    command = [sys.executable, "-m", "dossier", "build", *options]
    inherited = {"PYTHONPATH": str(REPOSITORY), **os.environ, **(environment or {})}
    done = subprocess.run(command, cwd=folder, env=inherited, capture_output=True, text=True, timeout=300)
    return Built(folder / "public", done.stdout + done.stderr, done.returncode, folder)


def copy_repository(folder: Path) -> Path:
    """A copy of what this repository's dossier is made of."""
    for name in ("content", "themes"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy(REPOSITORY / "site.yaml", folder)
    return folder


def write(folder: Path, texts: Mapping[str, str]) -> Path:
    """The texts as files."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """This repository's own dossier, built strictly."""
    built = build(copy_repository(tmp_path_factory.mktemp("site")), "--strict")
    assert built.code == 0, built.said
    return built


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site where every optional field is absent."""
    built = build(write(tmp_path_factory.mktemp("bare"), BARE), "--strict")
    assert built.code == 0, built.said
    return built


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site where every text was written by somebody who means harm."""
    return build(write(tmp_path_factory.mktemp("hostile"), HOSTILE))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with a title and nothing else."""
    return build(write(tmp_path_factory.mktemp("empty"), {"site.yaml": "title: Empty\n"}), "--strict")
