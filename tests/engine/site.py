"""A small site to build again and again, in a theme that shows everything a view has."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dossier.build import Options, Result, build
from dossier.output import MARKER
from dossier.theme import PAGE_TEMPLATES
from tests.conftest import REPOSITORY

TODAY = "2026-01-01"
EVERYTHING = "{% include 'all.txt' %}"
SMALL = {
    "site.yaml": "title: Small\nurl: https://example.org/small/\ntheme: plain\nrights: full\n"
    "check: {quiet_months: 120}\n",
    "content/articles/a.md": "---\ntitle: First\nsource: AP\ndate: 2020-01-02\ntopics: [t]\n"
    "url: https://a.example/1\npeople: [Ada]\n---\nText A.\n",
    "content/articles/b.md": "---\ntitle: Second\nsource: AP\ndate: 2020-02\ntopics: [t]\n"
    "url: https://a.example/2\n---\nText B. ![x](x.png)\n",
    "content/articles/x.png": "not really a picture",
    "content/notes/n.md": "---\ntitle: Note\ndate: 2021-01-01\ntopics: [t]\n---\nSee [@a, p. 3] and [[b]].\n",
    "content/topics/t.md": "---\ntitle: Topic\n---\nOverview.\n",
    "content/people.yaml": "ada: {name: Ada Lovelace, aliases: [Ada]}\n",
    "themes/plain/templates/all.txt": "{{ view | string }}\n{{ body }}\n",
    "themes/plain/assets/style.css": "body { margin: 0 }\n",
    **{f"themes/plain/templates/{name}": EVERYTHING for name in PAGE_TEMPLATES},
}


@dataclass(frozen=True)
class Site:
    """A site's folder."""

    folder: Path

    @property
    def output(self) -> Path:
        return self.folder / "public"

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files, in their folders."""
        for path, content in files.items():
            place = self.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def options(self, **given: object) -> Options:
        return Options(**{"site": self.folder, "today": TODAY, "jobs": 1, **given})  # type: ignore[arg-type]

    def build(self, **given: object) -> Result:
        """Build in this process."""
        return build(self.options(**given))

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`dossier …` in a process of its own."""
        return self._run(("-m", "dossier", *arguments), environment)

    def python(self, program: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A program in a process of its own, with the site as its current folder."""
        return self._run(("-c", program), environment)

    def _run(
        self, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment_of(environment),
            capture_output=True,
            text=True,
            timeout=120,
        )

    def tree(self) -> dict[str, bytes]:
        return tree(self.output)

    def pages(self) -> dict[str, bytes]:
        """What a build writes for readers: the output without its marker."""
        return {path: data for path, data in self.tree().items() if path != MARKER}

    def clean(self, folder: Path, **given: object) -> dict[str, bytes]:
        """What a build without any history writes, in another folder."""
        for path in ("site.yaml", "content", "themes"):
            copy(self.folder / path, folder / path)
        build(Site(folder).options(**given))
        return tree(folder / "public")


def environment_of(given: Mapping[str, str]) -> dict[str, str]:
    """This process's environment, on the day that tests are run, with what is given."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": "1767225600", **given}


def small_site(folder: Path) -> Site:
    """The small site, written to a folder."""
    site = Site(folder)
    site.write(SMALL)
    return site


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder, with their bytes."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def copy(source: Path, target: Path) -> None:
    """Copy a file or a folder."""
    if source.is_dir():
        for inner in source.iterdir():
            copy(inner, target / inner.name)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
