"""Publishing leaves the site's own repository as it is, however that is set up and whatever runs in it."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from dossier.diagnostics import DossierError
from dossier.published import RECORD
from tests.publish.conftest import BRANCH, Desk, begin, environment, git

NOTE = "content/notes/n.md"
CHANGED = "---\ntitle: Note\ndate: 2021-01-01\n---\nChanged.\n"
# What a build keeps, writes, and prepares.
OWN = (".dossier", "public", ".public.dossier")


def seen(desk: Desk) -> dict[str, object]:
    """All that a user could miss: files with their times, the index, HEAD, refs, the stash, settings.

    All but the list of published addresses, which publishing keeps for the curator to commit.
    """
    repository = Path(desk.git("rev-parse", "--absolute-git-dir"))
    found: dict[str, object] = {}
    for folder, folders, files in os.walk(desk.folder):
        folders[:] = [name for name in folders if name not in (".git", *OWN)]
        for name in set(files) - {RECORD}:
            place = Path(folder, name)
            status = place.lstat()
            found[str(place)] = (place.read_bytes(), status.st_mtime_ns, status.st_ino)
    for name in ("index", "HEAD", "config", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD", "logs/HEAD", "shallow"):
        place = repository / name
        found[name] = place.read_bytes() if place.exists() else None
    refs = desk.git("for-each-ref", "--format=%(refname) %(objectname)").split("\n")
    found["refs"] = [ref for ref in refs if not ref.startswith(f"refs/remotes/origin/{BRANCH} ")]
    said = desk.git("--no-optional-locks", "status", "--porcelain=v2", "--branch")
    found["status"] = [line for line in said.split("\n") if not line.endswith(RECORD)]
    found["stash"] = desk.git("stash", "list")
    locks = [path.relative_to(repository).as_posix() for path in repository.rglob("*.lock")]
    found["locks"] = [lock for lock in locks if lock != f"refs/remotes/origin/{BRANCH}.lock"]
    found["folder"] = sorted(path.name for path in repository.iterdir())
    return found


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk in the middle of work: something stashed, something staged, more changed, a file begun."""
    desk.site.write({NOTE: CHANGED})
    desk.git("stash", "--quiet")
    desk.site.write({NOTE: CHANGED.replace("Changed", "Staged")})
    desk.git("add", NOTE)
    desk.site.write({NOTE: CHANGED.replace("Changed", "Not staged"), "content/articles/new.md": "---\n"})
    desk.site.write({"content/articles/new.md": "---\ntitle: New\ndate: 2022\n---\nText.\n"})
    (desk.folder / "content/articles/x.png").chmod(0o600)
    return desk


def test_work_tree_index_head_stash_and_branches_stay(busy: Desk) -> None:
    before = seen(busy)
    busy.publish(allow_dirty=True)
    assert seen(busy) == before
    assert busy.git("rev-parse", f"refs/remotes/origin/{BRANCH}") == busy.tip()
    busy.site.write({"content/articles/new.md": "---\ntitle: Newer\ndate: 2022\n---\nText.\n"})
    before = seen(busy)
    busy.publish(allow_dirty=True)
    assert seen(busy) == before


def test_they_stay_when_it_is_refused(busy: Desk) -> None:
    before = seen(busy)
    with pytest.raises(DossierError):
        busy.publish()
    assert seen(busy) == before
    busy.publish(allow_dirty=True, dry_run=True)
    assert seen(busy) == before


def test_no_hook_runs_but_pre_push(desk: Desk, tmp_path: Path) -> None:
    log = tmp_path / "log"
    hooks = desk.folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    commits = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-checkout")
    for name in (*commits, "reference-transaction", "post-index-change", "pre-auto-gc", "pre-push"):
        hook = hooks / name
        hook.write_text(f"#!/bin/sh\necho {name} >>'{log}'\n")
        hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    desk.publish()
    assert set(log.read_text().split()) <= {"pre-push", "reference-transaction"}  # the latter is the push's
    assert "pre-push" in log.read_text()
    log.write_text("")
    desk.publish()
    assert log.read_text() == ""


def test_as_a_hook_of_the_repository_itself(desk: Desk) -> None:
    """Git tells its hooks of another index and folder than the site's."""
    ties = {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/other", "GIT_WORK_TREE": "/", "GIT_PREFIX": "x/"}
    before = seen(desk)
    desk.publish(environment=environment(**ties))
    assert seen(desk) == before


# ---------------------------------------------------------------- repositories of other kinds


def test_a_detached_head(desk: Desk) -> None:
    desk.commit({NOTE: CHANGED})
    desk.git("checkout", "--quiet", "--detach", "HEAD~")
    before = seen(desk)
    desk.publish()
    assert seen(desk) == before
    assert b"Changed" not in desk.published()["notes/n.html"]


def test_a_worktree(desk: Desk, tmp_path: Path) -> None:
    desk.git("worktree", "add", "--quiet", "-b", "other", str(tmp_path / "tree"))
    other = Desk(type(desk.site)(tmp_path / "tree"), desk.remote)
    other.commit({NOTE: CHANGED})
    before = seen(desk), seen(other)
    other.publish()
    assert (seen(desk), seen(other)) == before
    assert b"Changed" in desk.published()["notes/n.html"]


def test_a_site_in_a_folder_of_its_repository(desk: Desk) -> None:
    """Only what the site is made of must be committed."""
    desk.git("mv", "site.yaml", "content", "themes", "-k", ".")
    inner = desk.folder / "docs/site"
    inner.mkdir(parents=True)
    for name in ("site.yaml", "content", "themes"):
        desk.git("mv", name, f"docs/site/{name}")
    desk.commit({".gitignore": "public/\n"})
    desk.site.write({"README.md": "not committed"})
    below = Desk(type(desk.site)(inner), desk.remote)
    below.publish()
    assert "articles/a.html" in desk.published()
    below.site.write({NOTE: CHANGED})
    with pytest.raises(DossierError) as caught:
        below.publish()
    assert [finding.path for finding in caught.value.diagnostics] == [NOTE]


def test_content_in_a_submodule(desk: Desk, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "shared")
    shared = tmp_path / "shared"
    (shared / "s.md").write_text("---\ntitle: Shared\ndate: 2022\n---\nText.\n")
    git(shared, "add", ".")
    git(shared, "commit", "--quiet", "--message", "Share")
    allow = ("-c", "protocol.file.allow=always")
    desk.git(*allow, "submodule", "--quiet", "add", str(shared), "content/articles/shared")
    with pytest.raises(DossierError) as caught:
        desk.publish()
    assert "content/articles/shared" in [finding.path for finding in caught.value.diagnostics]
    desk.commit({})
    desk.publish()
    assert "articles/s.html" in desk.published()
    (desk.folder / "content/articles/shared/s.md").write_text("---\ntitle: Other\ndate: 2022\n---\nText.\n")
    with pytest.raises(DossierError) as caught:
        desk.publish()
    assert [finding.path for finding in caught.value.diagnostics] == ["content/articles/shared"]


def test_a_clone_without_the_whole_history(desk: Desk, tmp_path: Path) -> None:
    """As workflows make them: it can publish, as long as it can tell that it takes nothing back."""
    desk.publish()
    desk.commit({NOTE: CHANGED}, "One")
    desk.commit({}, "Two")
    desk.git("push", "--quiet", "origin", "main")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{desk.remote}", "short")
    short = Desk(type(desk.site)(tmp_path / "short"), desk.remote)
    with pytest.raises(DossierError) as caught:
        short.publish()
    (finding,) = caught.value.diagnostics
    assert finding.code == "published-newer"
    assert "git fetch --unshallow (in a workflow: fetch-depth: 0)" in finding.hint
    before = seen(short)
    short.publish(force=True)
    assert seen(short) == before
    assert len(desk.subjects()) == 2
    short.git("fetch", "--quiet", "--unshallow")
    short.publish()
    assert not desk.publish().difference


def test_a_clone_of_one_branch(desk: Desk, tmp_path: Path) -> None:
    """It doesn't have the published branch, nor a place for it."""
    desk.publish()
    git(tmp_path, "clone", "--quiet", "--single-branch", str(desk.remote), "one")
    one = Desk(type(desk.site)(tmp_path / "one"), desk.remote)
    one.commit({NOTE: CHANGED})
    before = seen(one)
    one.publish()
    assert seen(one) == before
    assert len(desk.subjects()) == 2


def test_a_clone_without_blobs(desk: Desk, tmp_path: Path) -> None:
    desk.publish()
    git(desk.remote, "config", "uploadpack.allowFilter", "true")
    git(desk.remote, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(tmp_path, "clone", "--quiet", "--filter=tree:0", f"file://{desk.remote}", "partial")
    partial = Desk(type(desk.site)(tmp_path / "partial"), desk.remote)
    partial.commit({NOTE: CHANGED})
    assert "notes/n.html" in partial.publish().difference.changed


SETTINGS = [
    ("commit.gpgSign", "true"),
    ("user.signingKey", "nobody"),
    ("core.autocrlf", "true"),
    ("core.safecrlf", "true"),
    ("core.fileMode", "false"),
    ("push.default", "nothing"),
    ("push.followTags", "true"),
    ("push.autoSetupRemote", "true"),
    ("fetch.prune", "true"),
    ("log.showSignature", "true"),
    ("color.ui", "always"),
    ("core.quotePath", "true"),
    ("diff.external", "false"),
    ("core.hooksPath", "/nowhere"),
    ("fastimport.unpackLimit", "1"),
    ("status.relativePaths", "false"),
    ("status.showUntrackedFiles", "no"),
    ("i18n.commitEncoding", "ISO-8859-1"),
]


@pytest.mark.parametrize(
    "settings",
    [SETTINGS, *(pytest.param([setting], marks=pytest.mark.slow) for setting in SETTINGS)],
    ids=lambda settings: settings[0][0] if len(settings) == 1 else "all",
)
def test_settings_of_git(desk: Desk, settings: list[tuple[str, str]]) -> None:
    for name, value in settings:
        desk.git("config", name, value)
    before = seen(desk)
    desk.publish()
    desk.site.write({NOTE: CHANGED + "Größe\r\n"})
    with pytest.raises(DossierError):
        desk.publish()
    desk.publish(allow_dirty=True, message="Größe")
    after = seen(desk)
    assert after["refs"] == before["refs"]
    assert "notes/n.html" in desk.published()
    assert desk.published()["notes/n.html"] == desk.site.tree()["notes/n.html"]


def test_attributes_of_the_sources_are_not_those_of_the_site(desk: Desk) -> None:
    """A filter as that of LFS, which would put a pointer in a picture's place."""
    desk.git("config", "filter.lfs.clean", "echo pointer")
    desk.git("config", "filter.lfs.smudge", "cat")
    desk.git("config", "filter.lfs.required", "true")
    desk.commit({".gitattributes": "*.png filter=lfs -text\n*.html text eol=crlf\n"})
    desk.publish()
    assert desk.published()["articles/x.png"] == b"not really a picture"
    assert b"\r\n" not in desk.published()["articles/a.html"]
    assert ".gitattributes" not in desk.published()


def test_names_in_any_script(tmp_path: Path) -> None:
    note = "---\ntitle: Größe\ndate: 2021-01-01\n---\nText.\n"
    desk = begin(tmp_path, {"content/notes/größe-أربيل.md": note, "content/articles/a b.png": "x"})
    desk.publish()
    assert {"notes/größe-أربيل.html", "articles/a b.png"} <= desk.published().keys()
    desk.commit({"content/notes/größe-أربيل.md": note + "More.\n"})
    assert "notes/größe-أربيل.html" in desk.publish().difference.changed
    desk.site.write({"content/notes/größe-أربيل.md": note})
    with pytest.raises(DossierError) as caught:
        desk.publish()
    assert [finding.path for finding in caught.value.diagnostics] == ["content/notes/größe-أربيل.md"]


def test_dossiers_own_folder_may_be_deleted_at_any_moment(desk: Desk) -> None:
    desk.publish()
    shutil.rmtree(desk.folder / ".dossier")
    shutil.rmtree(desk.site.output)
    assert not desk.publish().difference
