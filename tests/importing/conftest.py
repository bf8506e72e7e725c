"""A site to import into, beside the folder in which other programs left their files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dossier.cli.running import run
from dossier.frontmatter import read_document
from tests.clip.desk import field
from tests.engine.site import SMALL, Site, tree

SITE = {
    "site.yaml": "title: The Amer File\nrights: full\ntheme: plain\n",
    "content/topics/bridges.md": "---\ntitle: Bridges of Amerstadt\naliases: [bridge]\n---\nAbout.\n",
    "content/articles/on-file.md": "---\ntitle: On file\nurl: https://www.amer.example/one?utm_source=x\n---\nText.\n",
}


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    out: str
    told: str

    @property
    def codes(self) -> list[str]:
        """The codes of all findings, in their order."""
        return [line.partition("[")[2].partition("]")[0] for line in self.told.split("\n") if "]: " in line]


@dataclass(frozen=True)
class Desk:
    """A site, and the folder around it."""

    site: Site
    around: Path
    call: Callable[..., Done]

    def put(self, files: dict[str, str | bytes]) -> None:
        """Write files of other programs beside the site."""
        for path, content in files.items():
            place = self.around / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)

    def take(self, *arguments: str) -> Done:
        """`dossier import …`; whatever it wrote must build, and what was there must be as it was."""
        before = tree(self.site.folder / "content")
        done = self.call("import", *arguments)
        after = tree(self.site.folder / "content")
        assert {path: after.get(path) for path in before} == before
        assert "Traceback" not in done.told
        assert not [path for path in after if path.endswith(".new")]
        result = self.site.build(drafts=True)
        assert not result.failed, result.findings
        assert not self.site.build().failed
        return done

    @property
    def new(self) -> dict[str, str]:
        """All files that were written, by their paths below `content/`."""
        found = tree(self.site.folder / "content")
        kept = {path.removeprefix("content/") for path in SITE}
        return {path: data.decode("utf-8", "replace") for path, data in found.items() if path not in kept}

    def field(self, path: str, key: str) -> str:
        """A field of a file that was written."""
        return field(self.new[path], key)

    def body(self, path: str) -> str:
        """The text of a file that was written."""
        return read_document(path, self.new[path].encode()).body.strip()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    site = Site(tmp_path / "site")
    # A theme that shows all of a view in little time.
    site.write(SITE | {path: text for path, text in SMALL.items() if path.startswith("themes/")})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")

    def call(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(["--site", str(site.folder), *arguments])
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return Desk(site, tmp_path, call)
