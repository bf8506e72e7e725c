"""A small dossier to export, and the command that exports it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from dossier.build import Options
from dossier.build.exporting import Reading, reading
from dossier.exports.briefing import Briefing
from dossier.exports.composing import compose
from tests.conftest import REPOSITORY

TODAY = "2026-01-01"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'
SITE = {
    "site.yaml": "title: The File\nurl: https://example.org/file/\nauthors: [The desk]\nsearch: false\n",
    "content/topics/iraq.md": "---\ntitle: The mission\nsummary: What it is & was.\n"
    "events: [{date: 2020-02-12, title: Ministers meet, articles: [b]}]\n---\n"
    "It began [@a] & goes on.[^1]\n\n## How\n\nSee [[second]], [[Ada]] and ![A chart](chart.svg).\n\n"
    "[^1]: So far.\n",
    "content/topics/chart.svg": PICTURE,
    "content/topics/other.md": "---\ntitle: Another topic\n---\nNothing [@c].\n",
    "content/notes/first.md": "---\ntitle: First note\ndate: 2020-03-01\ntopics: [iraq]\n---\n"
    "## How\n\n“as long as we are welcome” [@a, p. 4], and [@b] too.[^1]\n\n[^1]: Mind [@b].\n",
    "content/notes/second.md": "---\ntitle: Second note\ndate: 2020-04-01\ntopics: [iraq]\n---\nSee [@b].\n",
    "content/notes/later.md": "---\ntitle: Zanzibar\ndate: 2020-05-01\ntopics: [iraq]\ndraft: true\n---\n"
    "Zanzibar.\n",
    "content/articles/a.md": "---\ntitle: Article A\ndate: 2020-02-12\nsource: NATO\ntopics: [iraq]\n"
    "url: https://a.example/one?x=1&y=2\narchive_url: https://web.archive.org/web/20200213000000/https://a.example/\n"
    "text: summary\nsummary: In short.\n"
    "excerpts: [{text: We stay as long as we are welcome., speaker: Ada}]\n---\nS.\n",
    "content/articles/b.md": "---\ntitle: Article B\ndate: 2020-02-13\ntopics: [iraq]\nlanguage: ar\n"
    "url: https://b.example/\nrights: reference\n---\nZanzibar withheld.\n",
    "content/articles/c.md": "---\ntitle: Article C\ndate: 2020-02-14\nurl: https://c.example/\n---\nC.\n",
    "content/claims/so.md": "---\nstatement: It is so\ntopics: [iraq]\n"
    "evidence: [{article: b, stance: supports}]\n---\n",
    "content/people.yaml": "ada: {name: Ada}\n",
}


@dataclass(frozen=True)
class Desk:
    """A site's folder, and a folder to export into."""

    site: Path
    out: Path

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for path, content in files.items():
            place = self.site / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)

    @contextmanager
    def reading(self, **given: object) -> Iterator[Reading]:
        with reading(Options(**{"site": self.site, "today": TODAY, "jobs": 1, **given})) as found:  # type: ignore[arg-type]
            assert not found.result.failed, found.result.diagnostics
            yield found

    def briefing(self, topic: str = "iraq") -> Briefing:
        with self.reading() as found:
            return compose(found, topic)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        """`dossier export …` in a process of its own, in the folder to export into."""
        told = {**os.environ, "PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": "1767225600", **environment}
        command = [sys.executable, "-m", "dossier", "--site", str(self.site), "export", *arguments]
        return subprocess.run(command, cwd=self.out, env=told, capture_output=True, timeout=120)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "out").mkdir()
    made = Desk(tmp_path / "site", tmp_path / "out")
    made.write(SITE)
    return made
