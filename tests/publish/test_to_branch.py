"""Publishing to a branch, with a real git and a bare repository as the remote."""

from pathlib import Path

import pytest

from dossier.diagnostics import DossierError
from dossier.output import MARKER
from tests.publish.conftest import ALONE, BRANCH, Desk, begin, git

ARTICLE = "content/articles/a.md"
OTHER = "---\ntitle: Renamed\nsource: AP\ndate: 2020-01-02\ntopics: [t]\npeople: [Ada]\n---\nText A.\n"


def test_what_was_built_is_published_and_nothing_else(desk: Desk) -> None:
    outcome = desk.publish()
    assert MARKER in desk.site.tree()
    expected = desk.site.pages()
    assert desk.published() == {**expected, ".nojekyll": b""}
    assert outcome.commit == desk.tip()
    assert outcome.files == len(expected) + 1
    assert outcome.size == sum(map(len, expected.values()))


def test_a_change_publishes_the_files_that_it_changed(desk: Desk) -> None:
    desk.publish()
    before = desk.published()
    desk.commit({ARTICLE: OTHER, "content/articles/new.md": "---\ntitle: New\ndate: 2021\n---\nText.\n"})
    (desk.folder / "content/articles/x.png").unlink()
    desk.commit({"content/articles/b.md": "---\ntitle: Second\ndate: 2020-02\ntopics: [t]\n---\nText B.\n"})

    changes = desk.publish().difference

    after = desk.published()
    assert set(changes.added) == after.keys() - before.keys() >= {"articles/new.html"}
    assert set(changes.removed) == before.keys() - after.keys() == {"articles/x.png"}
    assert set(changes.changed) == {p for p in before.keys() & after.keys() if before[p] != after[p]}
    assert "articles/a.html" in changes.changed
    shown = git(desk.remote, "diff", "--name-only", f"{BRANCH}~", BRANCH).split("\n")
    assert sorted(shown) == sorted((*changes.added, *changes.changed, *changes.removed))


def test_its_history_can_be_read(desk: Desk) -> None:
    desk.publish()
    desk.commit({ARTICLE: OTHER}, "Rename the first article")
    source = desk.git("rev-parse", "HEAD")
    desk.publish()
    desk.commit({ARTICLE: OTHER.replace("Text A", "Text B")}, "Mend it")
    desk.publish(message="Week 12")
    assert desk.subjects()[0] == "Week 12"
    assert desk.subjects()[1] == f"Publish {source[:10]}: Rename the first article"
    assert desk.subjects()[2].endswith(": Begin the file")
    body = git(desk.remote, "log", "-1", "--format=%b", f"{BRANCH}~")
    assert "files changed." in body
    assert f"Dossier-Source: {source}" in body
    assert git(desk.remote, "log", "-1", "--format=%an <%ae>", BRANCH) == "Ann <ann@example.org>"
    assert git(desk.remote, "fsck", "--strict") == ""


def test_publishing_the_same_again_pushes_nothing(desk: Desk) -> None:
    desk.publish()
    tip = desk.tip()
    outcome = desk.publish()
    assert (outcome.commit, bool(outcome.difference), desk.tip()) == ("", False, tip)
    assert "is up to date" in desk.run().stdout


def test_a_dry_run_lists_what_would_change_and_changes_nothing(desk: Desk) -> None:
    first = desk.run("--dry-run")
    assert first.returncode == 0, first.stderr
    assert "+ articles/a.html\n" in first.stdout
    assert desk.tip() == ""
    desk.publish()
    tip = desk.tip()
    desk.commit({ARTICLE: OTHER})
    (desk.folder / "content/notes/n.md").unlink()
    desk.let_go("notes/n.html")
    desk.commit({})
    said = desk.run("--dry-run").stdout
    assert "~ articles/a.html\n" in said
    assert "- notes/n.html\n" in said
    assert "; nothing was published\n" in said
    assert " kB)" in said
    assert desk.tip() == tip


def test_the_first_time_it_says_what_is_left_to_do(desk: Desk) -> None:
    said = desk.run()
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("published to origin/gh-pages: ")
    assert "Deploy from a branch, gh-pages, / (root)" in said.stdout
    desk.commit({ARTICLE: OTHER})
    assert "readers find it in a minute or two at https://example.org/small/\n" in desk.run().stdout


def test_a_workflow_that_publishes_is_told_of(desk: Desk) -> None:
    workflow = "jobs: {d: {steps: [\n    uses: actions/deploy-pages@v5\n]}}\n"
    desk.commit({".github/workflows/pages.yml": workflow})
    said = desk.run()
    assert said.returncode == 0, said.stderr
    assert said.stdout.split("\n")[1].endswith(
        "; .github/workflows/pages.yml would publish, too, and only one of the two is served"
    )


def test_another_branch_of_another_remote(desk: Desk, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "pages.git")
    desk.git("remote", "add", "pages", str(tmp_path / "pages.git"))
    desk.publish(remote="pages", branch="main")
    assert "articles/a.html" in git(tmp_path / "pages.git", "ls-tree", "-r", "--name-only", "main")
    assert desk.tip() == ""


def test_the_settings_say_where(desk: Desk) -> None:
    settings = desk.site.read("site.yaml") + "publish: {branch: live}\n"
    desk.commit({"site.yaml": settings})
    assert desk.publish().place == "origin/live"
    assert desk.tip("live")


def test_what_a_branch_is_to_keep_stays(desk: Desk, tmp_path: Path) -> None:
    """A page by which a search engine knows the owner, a folder, and the domain that was set at GitHub."""
    desk.publish()
    other = desk.clone(tmp_path / "other")
    other.git("checkout", "--quiet", BRANCH)
    other.commit(
        {"google1.html": "x", ".well-known/security.txt": "y", "CNAME": "iraq.example.org\n"}, "CNAME"
    )
    other.git("push", "--quiet", "origin", BRANCH)
    settings = desk.site.read("site.yaml") + "publish: {keep: [google1.html, .well-known/]}\n"
    desk.commit({"site.yaml": settings, ARTICLE: OTHER})
    outcome = desk.publish()
    assert outcome.difference.removed == ()
    assert {"google1.html", ".well-known/security.txt", "CNAME"} <= desk.published().keys()
    assert [notice.code for notice in outcome.notices] == ["other-domain"]


def test_a_second_clone_goes_on_from_what_the_first_published(desk: Desk, tmp_path: Path) -> None:
    desk.publish()
    other = desk.clone(tmp_path / "other")
    other.commit({ARTICLE: OTHER}, "Rename it elsewhere")
    other.git("push", "--quiet", "origin", "main")
    other.publish()
    assert len(desk.subjects()) == 2
    # The first clone doesn't have that yet: to publish would take it back.
    with pytest.raises(DossierError) as caught:
        desk.publish()
    (finding,) = caught.value.diagnostics
    assert (finding.path, finding.code) == ("origin/gh-pages", "published-newer")
    assert finding.hint.startswith("pull first")
    desk.git("pull", "--quiet")
    assert not desk.publish().difference
    desk.commit({"content/notes/n.md": "---\ntitle: Note\ndate: 2021-01-01\n---\nOther.\n"})
    assert desk.publish().commit == desk.tip()


def test_an_amended_commit_is_no_older_state(desk: Desk) -> None:
    desk.publish()
    desk.site.write({ARTICLE: OTHER})
    desk.git("commit", "--quiet", "--all", "--amend", "--no-edit")
    assert "articles/a.html" in desk.publish().difference.changed


def test_force_publishes_an_older_state(desk: Desk, tmp_path: Path) -> None:
    desk.publish()
    other = desk.clone(tmp_path / "other")
    other.commit({ARTICLE: OTHER})
    other.publish()
    assert desk.publish(force=True).commit == desk.tip()
    assert len(desk.subjects()) == 3  # Nothing of the history is lost.


def test_a_push_that_collides_is_refused_and_the_next_one_works(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish()
    other = desk.clone(tmp_path / "other")
    other.commit({"content/articles/c.md": "---\ntitle: Third\ndate: 2022\n---\nText.\n"})
    from dossier.publish import to_branch

    push = to_branch.push

    def later(*arguments: object, **named: object) -> None:
        monkeypatch.setattr(to_branch, "push", push)
        other.publish()  # … just before this one's push.
        push(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(to_branch, "push", later)
    desk.commit({ARTICLE: OTHER})
    with pytest.raises(DossierError) as caught:
        desk.publish()
    assert [finding.code for finding in caught.value.diagnostics] == ["remote-moved"]
    assert desk.tip() == other.git("rev-parse", f"refs/remotes/origin/{BRANCH}")
    assert "articles/c.html" in desk.published()
    desk.publish(force=True)
    assert len(desk.subjects()) == 3


def test_a_repository_with_other_digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of SHA-256."""
    monkeypatch.setitem(ALONE, "GIT_DEFAULT_HASH", "sha256")
    desk = begin(tmp_path)
    desk.publish()
    desk.commit({ARTICLE: OTHER})
    outcome = desk.publish()
    assert len(outcome.commit) == 64
    assert outcome.difference.added == ()
    assert "articles/a.html" in outcome.difference.changed


def test_ids_are_worked_out_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish()
    desk.commit({ARTICLE: OTHER})
    from dossier.publish import contents

    seen = []
    chunks = contents.chunks

    def noted(folder: Path, path: str, file: contents.File) -> object:
        seen.append(path)
        return chunks(folder, path, file)

    monkeypatch.setattr(contents, "chunks", noted)
    changes = desk.publish().difference
    assert set(seen) <= set(changes.written)
    assert "articles/a.html" in seen


def test_kept_ids_that_are_damaged_are_worked_out_again(desk: Desk) -> None:
    desk.publish()
    (desk.folder / ".dossier/blobs").write_bytes(b"damage")
    assert not desk.publish().difference


def test_a_file_that_changes_while_it_is_published_stops_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is pushed is what the build wrote, byte for byte."""
    from dossier.publish import to_branch

    ids = to_branch.ids

    def meddled(*arguments: object) -> object:
        known = ids(*arguments)  # type: ignore[arg-type]
        page = desk.site.output / "articles/a.html"
        page.write_bytes(page.read_bytes() + b"<!-- mine -->")
        return known

    monkeypatch.setattr(to_branch, "ids", meddled)
    with pytest.raises(DossierError) as caught:
        desk.publish()
    assert [finding.code for finding in caught.value.diagnostics] == ["changed-meanwhile"]
    assert desk.tip() == ""
    monkeypatch.undo()
    desk.publish()
    assert b"mine" not in desk.published()["articles/a.html"]


def test_files_beside_the_site_in_its_folder_stay_at_home(desk: Desk) -> None:
    desk.publish()
    (desk.site.output / "secrets.txt").write_text("mine")
    (desk.site.output / "articles/a.html~").write_text("mine")
    desk.commit({ARTICLE: OTHER})
    desk.publish()
    assert not {"secrets.txt", "articles/a.html~", MARKER} & desk.published().keys()
