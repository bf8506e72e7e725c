"""The corpus of broken files: each folder holds one mistake and, in expected.txt, what a user is shown.

`one-file` holds mistakes that one file alone shows, `several-files` those that only the whole site shows.
After a change of messages, `DOSSIER_ACCEPT=1 pytest tests/broken` writes the expectations anew; read them.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from dossier.diagnostics import Diagnostic, show, with_excerpts
from dossier.documents import parse
from dossier.frontmatter import lines_of
from dossier.library import link
from dossier.model import Parsed

HERE = Path(__file__).parent
Snapshot = Callable[[Path, str], None]
TODAY = "2026-06-01"


def cases(group: str) -> list[Path]:
    return sorted((HERE / group).iterdir())


def files_of(case: Path) -> dict[str, bytes]:
    """The files of a case by their paths in its site."""
    return {
        path.relative_to(case).as_posix(): path.read_bytes()
        for path in sorted(case.rglob("*"))
        if path.is_file() and path.name != "expected.txt"
    }


def parse_all(files: dict[str, bytes]) -> list[Parsed]:
    return [parse(path, data) for path, data in files.items()]


def shown(diagnostics: Iterable[Diagnostic], files: dict[str, bytes]) -> str:
    """The findings as a user sees them, each with its source line."""
    placed = with_excerpts(diagnostics, lambda path: lines_of(files[path]))
    return "".join(show(diagnostic) + "\n" for diagnostic in placed)


@pytest.mark.parametrize("case", cases("one-file"), ids=lambda case: case.name)
def test_one_file(case: Path, snapshot: Snapshot) -> None:
    files = files_of(case)
    diagnostics = [finding for parsed in parse_all(files) for finding in parsed.diagnostics]
    snapshot(case / "expected.txt", shown(diagnostics, files))


@pytest.mark.parametrize("case", cases("several-files"), ids=lambda case: case.name)
def test_several_files(case: Path, snapshot: Snapshot) -> None:
    files = files_of(case)
    parsed = parse_all(files)
    assert [finding for one in parsed for finding in one.diagnostics] == [], "each file alone is sound"
    _, diagnostics = link(parsed, frozenset(files), TODAY, drafts=False)
    snapshot(case / "expected.txt", shown(diagnostics, files))


@pytest.mark.parametrize("case", cases("one-file") + cases("several-files"), ids=lambda case: case.name)
def test_every_mistake_is_named_once_placed_and_answered(case: Path) -> None:
    lines = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    hints = [line for line in lines if line.startswith("  hint: ")]
    assert len(heads) == len(hints) == 1
    assert case.name.startswith(heads[0].partition("[")[2].partition("]")[0])
