"""A commit is an input of builds, and costs no more than what it changes."""

from pathlib import Path

import pytest

from dossier.history import git
from tests.history.repository import Repository, article, repository

MANY = {f"content/articles/m{number}.md": article(f"Number {number}", "Text.") for number in range(40)}


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "repo")
    made.commit({"site.yaml": "title: Small\nrights: full\n", **MANY}, "2025-01-01")
    return made


def test_a_commit_without_an_edit_since_the_build_shows(repo: Repository) -> None:
    repo.write({"content/articles/m1.md": article("Number 1", "Other text.")})
    assert repo.site.run("build").returncode == 0
    assert "Other" not in repo.page("changes/index.html")
    repo.commit({}, "2025-02-03")
    assert repo.site.run("build").returncode == 0
    assert "<ins>Other text.</ins>" in repo.page("changes/index.html")
    assert "3 February 2025" in repo.page("articles/m1.html")


def test_a_commit_renders_only_what_it_changes(repo: Repository) -> None:
    repo.build()
    repo.commit({"content/articles/m1.md": article("Number 1", "Other text.")}, "2025-02-03")
    result = repo.build()
    assert set(result.changed) <= {"articles/m1.html", "changes/index.html", "changes/feed.xml"}
    assert result.rendered <= 3


def test_git_is_asked_once_for_a_commit(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.build()

    def nothing(*given: object) -> bytes:
        raise AssertionError(f"git was asked for {given}")

    monkeypatch.setattr("dossier.history.commits.ask", nothing)
    monkeypatch.setattr(git.Blobs, "read", nothing)
    repo.build()
    repo.write({"content/articles/m1.md": article("Retitled", "Other text.")})
    repo.build()
    assert "Retitled" in repo.page("changes/index.html")


def test_only_new_commits_are_walked(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.build()
    repo.commit({"content/articles/m1.md": article("Number 1", "Other text.")}, "2025-02-03")
    asked: list[tuple[str, ...]] = []
    ask = git.ask

    def watched(place: object, site: str, arguments: tuple[str, ...]) -> bytes:
        asked.append(arguments)
        return ask(place, site, arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("dossier.history.commits.ask", watched)
    repo.build()
    spans = [arguments[-3] for arguments in asked if arguments[0] == "log"]
    assert [".." in span for span in spans] == [True]


def test_a_site_that_shows_no_history_does_not_read_it(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write({"site.yaml": "title: Small\nchanges: off\n"})
    monkeypatch.setattr("dossier.history.commits.ask", None)
    assert not repo.build().failed


def test_what_is_verified_has_the_same_history(repo: Repository) -> None:
    repo.commit({"content/articles/m1.md": article("Number 1", "Other text.")}, "2025-02-03")
    assert repo.site.run("build").returncode == 0
    verified = repo.site.run("build", "--strict", "--verify")
    assert (verified.returncode, verified.stderr) == (0, "")
