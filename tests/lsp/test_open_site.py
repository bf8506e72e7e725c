"""A site that stays parsed, without an editor: what it knows is what reading everything anew would give."""

import shutil
from pathlib import Path

import pytest

from dossier.build import Options
from dossier.build.checking import check
from dossier.library.model import Target
from dossier.lsp.mentions import mentions
from dossier.lsp.open_site import OpenSite
from dossier.lsp.renaming import rename, uses_of
from dossier.model import Article
from tests.conftest import REPOSITORY

TODAY = "2026-06-01"
BROKEN = REPOSITORY / "tests" / "broken"
CASES = [case for group in ("one-file", "several-files") for case in sorted((BROKEN / group).iterdir())]


def opened(folder: Path) -> OpenSite:
    site = OpenSite(folder, lambda: TODAY)
    site.begin()
    site.join(thoroughly=True)
    return site


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> OpenSite:
    """This repository's own dossier."""
    folder = tmp_path_factory.mktemp("dossier")
    shutil.copy(REPOSITORY / "site.yaml", folder)
    shutil.copytree(REPOSITORY / "content", folder / "content")
    return opened(folder)


@pytest.mark.slow
def test_each_planted_mistake_is_told_as_check_tells_it(tmp_path: Path) -> None:
    """All of the corpus of broken files, one site after another; what takes a whole build to see aside."""
    seen = set()
    for case in CASES:
        folder = tmp_path / case.name
        shutil.copytree(case, folder, ignore=shutil.ignore_patterns("expected.txt"))
        if not (folder / "site.yaml").exists():
            (folder / "site.yaml").write_text("title: T\n")
        options = Options(site=folder, today=TODAY, jobs=1)
        told = {(f.path, f.mark, f.severity, f.code, f.message, f.hint) for f in check(options).diagnostics}
        snapshot = opened(folder).snapshot
        assert snapshot is not None
        found = {
            (f.path, f.mark, f.severity, f.code, f.message, f.hint)
            for of_file in snapshot.findings.values()
            for f in of_file
        }
        assert told <= found, case.name
        assert {path for path, *_ in found - told} <= drafts(snapshot.heads), case.name
        seen |= {code for _, _, _, code, _, _ in found}
    assert len(seen) > 50


def drafts(heads: object) -> set[str]:
    assert isinstance(heads, dict)
    return {path for path, head in heads.items() if getattr(head.value, "draft", False)} | {
        path for path, head in heads.items() if getattr(head.value, "date", "") > TODAY
    }


@pytest.mark.slow
def test_what_is_named_where_is_known_without_reading_all(demonstration: OpenSite) -> None:
    snapshot = demonstration.snapshot
    assert snapshot is not None
    read: dict[tuple[str, str], set[str]] = {}
    for path, head in snapshot.heads.items():
        for mention in mentions(head, demonstration.text(path), snapshot.library):
            read.setdefault((mention.target.kind, mention.target.id), set()).add(path)
    assert len(read) > 100
    for (kind, identifier), paths in read.items():
        uses = uses_of(Target(kind, identifier, ""), snapshot, demonstration.text)  # type: ignore[arg-type]
        assert set(uses) == paths, (kind, identifier)


def test_an_edit_and_its_undoing_leave_everything_as_it_was(demonstration: OpenSite) -> None:
    before = demonstration.snapshot
    assert before is not None
    path = next(p for p, h in before.heads.items() if isinstance(h.value, Article) and h.value.excerpts)
    text = demonstration.text(path)
    demonstration.buffers[path] = text.replace("excerpts:", "excerpts_:")
    wrong = demonstration.join(thoroughly=False)
    assert wrong.findings != before.findings
    assert next(f.code for f in wrong.findings[path]) == "unknown-key"
    del demonstration.buffers[path]
    after = demonstration.join(thoroughly=False)
    assert after.findings == before.findings
    assert after.heads == before.heads


def test_names_stay_where_an_id_is_renamed(tmp_path: Path) -> None:
    files = {
        "site.yaml": "title: T\n",
        "content/sources.yaml": "nato:\n  name: NATO\nofficial:\n  name: O\n  owner: nato\n",
        "content/articles/a.md": "---\ntitle: A\nsource: nato\n---\n",
        "content/articles/b.md": "---\ntitle: B\nsource: NATO\n---\n",
        "content/topics/t.md": "---\ntitle: T\n---\n[[NATO]], [[nato|it]], [[Nato]] and [[sources/nato]]\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    site = opened(tmp_path)
    assert site.snapshot is not None
    made = rename(Target("source", "nato", "NATO"), "north-atlantic", site.snapshot, site.text)
    assert {path: [new for _, new in edits] for path, edits in made.edits.items()} == {
        "content/sources.yaml": ["north-atlantic", "north-atlantic"],
        "content/articles/a.md": ["north-atlantic"],
        "content/topics/t.md": ["north-atlantic", "north-atlantic", "sources/north-atlantic"],
    }
    assert made.moved is None


def test_what_is_saved_meanwhile_is_what_a_new_start_finds(tmp_path: Path) -> None:
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: T\n")
    article = tmp_path / "content/articles/a.md"
    article.write_text("---\ntitle: A\ndate: 2020-02-12\n---\nText\n")
    site = opened(tmp_path)
    article.write_text("---\ntitle: A\ndate: 2020-02-30\n---\nOther text\n")
    (tmp_path / "content/articles/b.md").write_text("---\ntitle: B\ntopics: [c]\n---\n")
    (tmp_path / "content/people.yaml").write_text("x:\n  nam: X\n")
    site.look_again()
    again = site.join(thoroughly=True)
    anew = opened(tmp_path).snapshot
    assert anew is not None
    assert again.findings == anew.findings
    article.unlink()
    site.look_again()
    assert "content/articles/a.md" not in site.join(thoroughly=True).findings
