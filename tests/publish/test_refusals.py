"""What `dossier publish` refuses, and in which words. Nothing is pushed by any of it."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.diagnostics import DossierError
from tests.publish.conftest import BRANCH, Desk, environment, git

NOTE = "content/notes/n.md"


def refusal(desk: Desk, **asked: object) -> tuple[str, str, str]:
    """The place, code and hint of the one finding that publishing ends with."""
    before = desk.tip()
    with pytest.raises(DossierError) as caught:
        desk.publish(**asked)
    assert desk.tip() == before
    (finding,) = caught.value.diagnostics
    return finding.path, finding.code, finding.hint


def test_findings_keep_the_published_site_as_it_is(desk: Desk) -> None:
    desk.publish()
    tip = desk.tip()
    desk.commit({"content/lost.md": "a file that nothing reads"})
    done = desk.run()
    assert done.returncode == 1
    assert "content/lost.md: warning[unused-file]" in done.stderr
    assert done.stderr.endswith("1 warning; nothing was published\n")
    assert desk.tip() == tip


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        (lambda folder: (folder / NOTE).write_text("---\ntitle: N\ndate: 2021\n---\n"), NOTE, "changes"),
        (lambda folder: (folder / NOTE).unlink(), NOTE, "deleted here"),
        (
            lambda folder: (folder / "content/notes/m.md").write_text("---\ntitle: M\ndate: 2021\n---\n"),
            "content/notes/m.md",
            "git doesn't have it",
        ),
        (lambda folder: (folder / "content/logo.png").write_bytes(b"x"), "content/logo.png", "git doesn't"),
        (
            lambda folder: (folder / "themes/plain/assets/style.css").write_text("p {}"),
            "themes/plain/assets/style.css",
            "changes",
        ),
        (
            lambda folder: (folder / "site.yaml").write_text("title: T\ntheme: plain\n"),
            "site.yaml",
            "changes",
        ),
    ],
    ids=["changed", "deleted", "untracked", "asset", "theme", "settings"],
)
def test_content_that_isnt_committed(
    desk: Desk, change: Callable[[Path], object], path: str, said: str
) -> None:
    change(desk.folder)
    done = desk.run()
    assert done.returncode == 1
    assert f"{path}: error[uncommitted]: " in done.stderr
    assert said in done.stderr
    assert f"  hint: commit it: git add {path}, then git commit" in done.stderr
    assert desk.tip() == ""
    desk.publish(allow_dirty=True)
    assert "with changes that were not committed" in git(desk.remote, "log", "-1", "--format=%b", BRANCH)


def test_staged_is_not_committed(desk: Desk) -> None:
    desk.site.write({NOTE: "---\ntitle: N\ndate: 2021-01-01\n---\n"})
    desk.git("add", NOTE)
    assert refusal(desk)[:2] == (NOTE, "uncommitted")


def test_content_that_git_is_told_to_ignore(desk: Desk) -> None:
    """It would be published from here, and from nowhere else."""
    desk.commit({".gitignore": "/public/\nprivate/\n*.pdf\n"})
    desk.site.write({"content/notes/private/p.md": "---\ntitle: P\ndate: 2021-01-01\n---\n"})
    place, code, hint = refusal(desk)
    assert (place, code) == ("content/notes/private/", "uncommitted")
    assert "git add --force" in hint
    desk.site.write({"content/articles/report.pdf": "%PDF"})
    with pytest.raises(DossierError) as caught:
        desk.publish()
    assert [f.path for f in caught.value.diagnostics] == [
        "content/articles/report.pdf",
        "content/notes/private/",
    ]


def test_what_the_site_isnt_made_of_may_lie_about(desk: Desk) -> None:
    desk.site.write(
        {
            "todo.txt": "x",
            "content/notes/.n.md.swp": "x",
            "content/notes/n.md~": "x",
            "content/.DS_Store": "x",
            "drafts/a.md": "x",
        }
    )
    assert desk.publish().commit


def test_a_site_without_a_commit(tmp_path: Path, desk: Desk) -> None:
    import shutil

    shutil.rmtree(desk.folder / ".git")
    desk.git("init", "--quiet", "--initial-branch=main")
    desk.git("remote", "add", "origin", str(desk.remote))
    with pytest.raises(DossierError) as caught:
        desk.publish()
    assert {finding.code for finding in caught.value.diagnostics} == {"uncommitted"}
    desk.publish(allow_dirty=True)
    assert "Dossier-Source: none" in git(desk.remote, "log", "-1", "--format=%B", BRANCH)


# ---------------------------------------------------------------- where to


def test_no_repository(desk: Desk) -> None:
    import shutil

    shutil.rmtree(desk.folder / ".git")
    place, code, hint = refusal(desk)
    assert (place, code) == (str(desk.folder), "no-repository")
    assert "dossier publish --to DIR" in hint


def test_no_remote(desk: Desk) -> None:
    desk.git("remote", "rename", "origin", "upstream")
    desk.publish()  # There is but the one.
    desk.git("remote", "add", "other", str(desk.remote))
    assert refusal(desk)[1:] == ("no-remote", "name one: --remote other")
    assert refusal(desk, remote="upstreem")[2].startswith("did you mean 'upstream'?")
    desk.git("remote", "remove", "other")
    desk.git("remote", "remove", "upstream")
    assert refusal(desk)[2].startswith("add one: git remote add origin git@github.com:OWNER/NAME.git")


def test_a_remote_that_isnt_there(desk: Desk) -> None:
    desk.git("remote", "set-url", "origin", str(desk.remote / "gone.git"))
    with pytest.raises(DossierError) as caught:
        desk.publish()
    assert [finding.code for finding in caught.value.diagnostics] == ["remote-missing"]


def test_the_branches_that_hold_sources(desk: Desk, tmp_path: Path) -> None:
    assert refusal(desk, branch="main")[1] == "source-branch"
    # The branch that one's own is pushed to, under whatever name.
    desk.git("branch", "--move", "work")
    assert refusal(desk, branch="main")[1] == "source-branch"
    # One that has commits of it.
    desk.git("push", "--quiet", "origin", "work:release")
    assert refusal(desk, branch="release", adopt=True)[1] == "source-branch"
    # One that holds a site.
    desk.git("checkout", "--quiet", "--orphan", "alone")
    desk.commit({})
    desk.git("push", "--quiet", "origin", "alone")
    desk.git("checkout", "--quiet", "work")
    assert refusal(desk, branch="alone", adopt=True)[1] == "source-branch"


def test_the_remotes_main_branch(desk: Desk, tmp_path: Path) -> None:
    """That of another repository, such as ann.github.io: only if dossier made it, or it is taken over."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "pages.git")
    other = tmp_path / "pages"
    git(tmp_path, "clone", "--quiet", "pages.git", "pages")
    (other / "index.html").write_text("my page")
    git(other, "add", ".")
    git(other, "commit", "--quiet", "--message", "Hello")
    git(other, "push", "--quiet", "origin", "HEAD:main")
    desk.git("remote", "add", "pages", str(tmp_path / "pages.git"))
    assert refusal(desk, remote="pages", branch="main")[1] == "source-branch"
    desk.publish(remote="pages", branch="main", adopt=True)
    desk.commit({NOTE: "---\ntitle: N\ndate: 2021-01-01\n---\n"})
    desk.publish(remote="pages", branch="main")
    assert git(tmp_path / "pages.git", "log", "--format=%s", "main").endswith("\nHello")


@pytest.mark.parametrize("name", ["-x", "a..b", "a b", "refs/", "@{-1}"])
def test_a_name_that_no_branch_can_have(desk: Desk, name: str) -> None:
    assert refusal(desk, branch=name)[1] in ("bad-branch", "source-branch")


def test_a_branch_that_dossier_didnt_make(desk: Desk) -> None:
    desk.git("checkout", "--quiet", "--orphan", BRANCH)
    desk.git("rm", "-rf", "--quiet", ".")
    desk.site.write({"index.html": "by hand"})
    desk.git("add", "index.html")
    desk.git("commit", "--quiet", "--message", "My old page")
    desk.git("push", "--quiet", "origin", BRANCH)
    desk.git("checkout", "--quiet", "--force", "main")
    theirs = desk.tip()
    place, code, hint = refusal(desk)
    assert (place, code) == ("origin/gh-pages", "foreign-branch")
    assert "--adopt" in hint
    asked: list[str] = []
    with pytest.raises(DossierError):
        desk.publish(ask=lambda question: bool(asked.append(question)))
    assert "dossier didn't make this branch (last by Ann on " in asked[0]
    assert "'My old page')" in asked[0]
    desk.publish(ask=lambda question: True)
    assert git(desk.remote, "rev-parse", f"{BRANCH}~") == theirs
    assert b"by hand" not in desk.published()["index.html"]


def test_a_branch_that_somebody_changed_since(desk: Desk, tmp_path: Path) -> None:
    desk.publish()
    other = desk.clone(tmp_path / "other")
    other.git("checkout", "--quiet", BRANCH)
    other.commit({"articles/a.html": "mended by hand", "CNAME": "iraq.example.org"}, "Fix a typo")
    other.git("push", "--quiet", "origin", BRANCH)
    with pytest.raises(DossierError) as caught:
        desk.publish()
    (finding,) = caught.value.diagnostics
    assert finding.code == "foreign-branch"
    assert finding.message.startswith("somebody else changed it since: articles/a.html (last by Ann on ")
    desk.publish(adopt=True)
    assert b"mended by hand" not in desk.published()["articles/a.html"]
    assert "CNAME" in desk.published()


def test_a_remote_that_protects_the_branch(desk: Desk) -> None:
    hook = desk.remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        "#!/bin/sh\necho 'GH006: Protected branch update failed for refs/heads/gh-pages.' >&2\nexit 1\n"
    )
    hook.chmod(0o755)
    with pytest.raises(DossierError) as caught:
        desk.publish()
    (finding,) = caught.value.diagnostics
    assert (finding.path, finding.code) == ("origin/gh-pages", "remote-refused")
    assert "GH006: Protected branch update failed" in finding.message
    assert "--branch NAME" in finding.hint
    hook.unlink()
    assert desk.publish().commit == desk.tip()


def test_a_pre_push_hook_has_its_say(desk: Desk) -> None:
    hook = desk.folder / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not on Fridays' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(DossierError) as caught:
        desk.publish()
    (finding,) = caught.value.diagnostics
    assert finding.code == "push-hook"
    assert "not on Fridays" in finding.message
    desk.publish(hooks=False)
    assert desk.tip()


# ---------------------------------------------------------------- what Pages doesn't take


def test_files_and_sites_that_are_too_large(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from dossier.publish import pages

    desk.commit({"content/articles/x.png": b"0" * 80_000})
    monkeypatch.setattr(pages, "LARGEST", 100_000)
    outcome = desk.publish()
    assert [(notice.path, notice.code) for notice in outcome.notices] == [("articles/x.png", "large-file")]
    desk.commit({"content/articles/x.png": b"0" * 100_000})
    assert refusal(desk)[:2] == ("articles/x.png", "large-file")
    monkeypatch.undo()
    monkeypatch.setattr(pages, "MOST", 100_000)
    assert refusal(desk)[:2] == ("site", "large-site")


def test_names_that_some_file_system_forbids(desk: Desk) -> None:
    desk.commit({"content/articles/con.png": "x", "content/articles/what?.pdf": "x"})
    with pytest.raises(DossierError) as caught:
        desk.publish()
    assert [(f.path, f.code) for f in caught.value.diagnostics] == [
        ("articles/con.png", "forbidden-name"),
        ("articles/what?.pdf", "forbidden-name"),
    ]


# ---------------------------------------------------------------- git itself


def fake_git(folder: Path, says: str) -> dict[str, str]:
    """An environment whose git is another program."""
    folder.mkdir()
    program = folder / "git"
    program.write_text(f"#!/bin/sh\n{says}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return environment(PATH=f"{folder}{os.pathsep}/nowhere")


def test_no_git(desk: Desk) -> None:
    assert refusal(desk, environment=environment(PATH="/nowhere"))[:2] == ("git", "git-missing")


def test_a_git_in_the_sites_folder_is_not_run(desk: Desk) -> None:
    (desk.folder / "git").write_text("#!/bin/sh\ntouch /tmp/owned\n")
    (desk.folder / "git").chmod(0o755)
    assert refusal(desk, environment=environment(PATH=f".{os.pathsep}/nowhere"))[1] == "git-missing"


def test_a_git_that_is_too_old(desk: Desk, tmp_path: Path) -> None:
    old = fake_git(tmp_path / "old", "echo git version 2.17.1")
    assert refusal(desk, environment=old)[1] == "git-old"
    broken = fake_git(tmp_path / "broken", "echo xcrun: error: invalid active developer path >&2; exit 1")
    with pytest.raises(DossierError) as caught:
        desk.publish(environment=broken)
    assert "invalid active developer path" in caught.value.diagnostics[0].message


def test_git_that_knows_nobody(desk: Desk) -> None:
    free = {name: value for name, value in environment().items() if not name.endswith(("NAME", "EMAIL"))}
    free |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.useConfigOnly", "GIT_CONFIG_VALUE_0": "true"}
    place, code, hint = refusal(desk, environment=free)
    assert (place, code) == ("git", "git-identity")
    assert hint.startswith("tell it: git config --global user.name")


def test_nobody_waits_for_a_password_that_nobody_can_type(desk: Desk) -> None:
    """A server that wants one, as GitHub does; what the address holds of it is told nobody."""
    from tests.publish.locked import locked

    with locked() as address:
        desk.git("remote", "set-url", "origin", f"http://ann:ghp_0123456789abcdef@{address}/ann/file.git")
        done = desk.run()
    assert done.returncode == 1
    assert "origin: error[remote-access]: http://***@127.0.0.1" in done.stderr
    assert "hint: let git know who you are there: gh auth setup-git" in done.stderr
    assert "ghp_" not in done.stderr + done.stdout
