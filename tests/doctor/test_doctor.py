"""`dossier doctor`: what is in the way is told with what to type, and nothing is changed."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dossier import __version__
from dossier.build.holding import read_settings
from dossier.doctor import Asked, Line, examine, machine, packages
from dossier.model import Site as Settings
from tests.conftest import REPOSITORY
from tests.publish.conftest import BRANCH, Desk, begin, environment, git
from tests.publish.test_untouched import seen


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return begin(tmp_path)


def report(desk: Desk, **given: object) -> dict[str, Line]:
    """The lines by their subjects, the last of each."""
    settings = read_settings(desk.folder) or Settings(title="")
    asked = {"site": desk.folder, "settings": settings, "environment": environment(), **given}
    return {line.subject: line for line in examine(Asked(**asked))}  # type: ignore[arg-type]


def run(folder: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "dossier", *arguments],
        cwd=folder,
        env=environment(PYTHONPATH=str(REPOSITORY), **more),
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_desk_where_all_is_well(desk: Desk) -> None:
    desk.publish()
    before = seen(desk)
    lines = report(desk)
    assert {line.state for line in lines.values()} == {"ok"}
    assert lines["dossier"].told.startswith(f"{__version__} on CPython ")
    assert lines["repository"].told == f"main, {desk.git('rev-parse', 'HEAD')[:10]}"
    assert f"from {desk.git('rev-parse', 'HEAD')[:10]}" in lines[f"branch {BRANCH}"].told
    assert lines["address"].told == "https://example.org/small/"
    assert "Deploy from a branch" in lines["pages"].told
    assert seen(desk) == before


def test_its_words_at_the_command_line(desk: Desk, tmp_path: Path) -> None:
    done = run(desk.folder, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"ok    branch {BRANCH}  not there yet: dossier publish makes it\n" in done.stdout
    desk.git("remote", "set-url", "origin", str(tmp_path / "nowhere.git"))
    done = run(desk.folder, "doctor")
    assert done.returncode == 1
    assert f"wrong branch {BRANCH}  there is no repository at {tmp_path}/nowhere.git\n" in done.stdout
    assert "→ mend its address: git remote set-url origin ADDRESS\n" in done.stdout
    assert run(desk.folder, "doctor", "--offline").returncode == 0


def test_outside_of_a_site(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor")
    assert done.returncode == 0
    assert "there is no site.yaml here or above\n" in done.stdout
    assert "→ dossier new site DIR\n" in done.stdout


def test_extras_that_are_missing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that the site can't be built without is in the way; another is worth a note."""
    installed = packages.version
    gone = {"pagefind-bin", "pagefind_bin", "cbor2", "trafilatura"}
    monkeypatch.setattr(packages, "version", lambda name: "" if name in gone else installed(name))
    lines = report(desk)
    assert lines["extra search"].state == "note"
    assert lines["extra search"].hint == "python -m pip install 'dossier-site[search]'"
    assert lines["extra clip"].told == "not whole, for clipping sources: trafilatura missing"
    desk.commit({"site.yaml": desk.site.read("site.yaml") + "search: true\n"})
    line = report(desk)["extra search"]
    assert (line.state, line.told) == (
        "wrong",
        "not installed, for full-text search, which the site asks for",
    )
    monkeypatch.setattr(packages, "version", lambda name: "" if name == "msgspec" else installed(name))
    line = report(desk)["packages"]
    assert (line.state, line.told) == ("wrong", "missing: msgspec")


def test_all_extras_are_known() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(packages.EXTRAS) == set(project["optional-dependencies"]) - {"dev"}


def test_a_site_that_asks_for_another_dossier(desk: Desk) -> None:
    desk.site.write({"requirements.txt": f"# dossier-site==0.0.1\ndossier-site[search]=={__version__}\n"})
    assert report(desk)["requirements.txt"].state == "ok"
    desk.site.write({"requirements.txt": "dossier-site[search] == 99.0 # newer\n"})
    line = report(desk)["requirements.txt"]
    assert (line.state, line.told) == ("note", f"asks for 99.0, and this is {__version__}")


@pytest.mark.parametrize(
    ("watches", "instances", "state", "hint"),
    [
        ("524288", "128", "ok", ""),
        ("20", "128", "note", "sudo sysctl fs.inotify.max_user_watches=524288"),
        ("3", "128", "wrong", "sudo sysctl fs.inotify.max_user_watches=524288, or dossier serve --poll"),
        ("524288", "8", "note", "sudo sysctl fs.inotify.max_user_instances=512"),
    ],
)
def test_limits_of_watching(
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    watches: str,
    instances: str,
    state: str,
    hint: str,
) -> None:
    (tmp_path / "max_user_watches").write_text(f"{watches}\n")
    (tmp_path / "max_user_instances").write_text(f"{instances}\n")
    monkeypatch.setattr(machine, "INOTIFY", tmp_path)
    line = report(desk)["watching"]
    assert (line.state, line.hint) == (state, hint)


def test_a_system_without_such_limits(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "INOTIFY", tmp_path / "nowhere")
    assert report(desk)["watching"].state == "ok"


def test_git_is_missing_or_knows_nobody(desk: Desk) -> None:
    line = report(desk, environment=environment(PATH="/nowhere"))["git"]
    assert (line.state, line.told) == ("note", "git is not installed, or not on the PATH")
    nobody = {name: value for name, value in environment().items() if not name.endswith(("NAME", "EMAIL"))}
    nobody |= {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "user.useConfigOnly",
        "GIT_CONFIG_VALUE_0": "true",
    }
    assert report(desk, environment=nobody)["identity"].state == "wrong"


def test_work_that_isnt_committed_and_a_short_history(desk: Desk, tmp_path: Path) -> None:
    desk.site.write({"content/notes/m.md": "---\ntitle: M\n---\n", "content/notes/m.md~": "x"})
    desk.commit({".gitignore": "/public/\n*~\n", "content/notes/o.md": "---\ntitle: O\n---\n"})
    desk.git("rm", "--quiet", "--cached", "content/notes/m.md")
    desk.git("commit", "--quiet", "--message", "Not yet")
    assert report(desk)["uncommitted"].told == "1 path of the site not committed: content/notes/m.md"
    desk.commit({})
    desk.git("push", "--quiet")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{desk.remote}", "short")
    line = report(Desk(type(desk.site)(tmp_path / "short"), desk.remote))["history"]
    assert "fetch-depth: 0" in line.hint


def test_what_others_did_to_the_branch(desk: Desk, tmp_path: Path) -> None:
    desk.publish()
    other = desk.clone(tmp_path / "other")
    other.git("checkout", "--quiet", BRANCH)
    other.commit({"CNAME": "iraq.example.net\n"}, "Create CNAME")
    other.git("push", "--quiet", "origin", BRANCH)
    assert "which isn't fetched yet" in report(desk)[f"branch {BRANCH}"].told
    desk.git("fetch", "--quiet")
    lines = report(desk)
    assert lines[f"branch {BRANCH}"].told.endswith("; 1 commit by others since, in CNAME")
    assert lines["domain"].hint == "write url: https://iraq.example.net/ in site.yaml"


def test_a_branch_that_dossier_didnt_make(desk: Desk) -> None:
    desk.git("push", "--quiet", "origin", f"HEAD:refs/heads/{BRANCH}")
    line = report(desk)[f"branch {BRANCH}"]
    assert line.state == "note"
    assert line.told.startswith("Ann's 'Begin the file' of ")


def test_two_ways_of_publishing(desk: Desk) -> None:
    done = run(desk.folder, "new", "site", "other")
    workflow = desk.site.read("other/.github/workflows/pages.yml")
    assert done.returncode == 0
    desk.commit({".github/workflows/pages.yml": workflow, ".github/workflows/x.yml": "on: push\n"})
    desk.git("remote", "set-url", "--push", "origin", "git@github.com:Ann/iraq.git")
    lines = report(desk)
    assert lines["pages"] == Line(
        "ok",
        "pages",
        "published by the workflow .github/workflows/pages.yml; the source in the settings must be "
        "'GitHub Actions'",
        "see https://github.com/Ann/iraq/settings/pages",
    )
    desk.git("remote", "set-url", "--push", "origin", str(desk.remote))
    desk.publish(allow_dirty=True)
    line = report(desk)["pages"]
    assert line.state == "note"
    assert line.told.startswith("the workflow .github/workflows/pages.yml and a branch publish; only ")


def test_an_address_that_isnt_the_repositorys(desk: Desk) -> None:
    desk.git("remote", "set-url", "--push", "origin", "https://ann:ghp_0123456789abcdef@github.com/Ann/iraq")
    desk.commit({"site.yaml": "title: Small\ntheme: plain\n"})
    lines = report(desk, online=False)
    assert lines["address"].hint == "write url: https://ann.github.io/iraq/ in site.yaml"
    desk.commit({"site.yaml": "title: Small\ntheme: plain\nurl: https://ann.github.io/irak/\n"})
    lines = report(desk, online=False)
    assert lines["address"].hint == "write url: https://ann.github.io/iraq/"
    assert not [line for line in lines.values() if "ghp_" in line.told + line.hint]


def test_settings_that_cant_be_read_hide_nothing_else(desk: Desk) -> None:
    desk.site.write({"site.yaml": "title: [\n"})
    done = run(desk.folder, "doctor")
    assert "its settings can’t be read" in done.stdout
    assert "ok    git " in done.stdout


# ---------------------------------------------------------------- completion


def test_bash_completes_commands_and_options(tmp_path: Path) -> None:
    program = tmp_path / "dossier"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dossier "$@"\n')
    program.chmod(0o755)
    asked = 'eval "$(dossier completion bash)"'
    for words in ("dossier pub", "dossier publish --dry", "dossier check --format g"):
        asked += f"; COMPREPLY=() COMP_WORDS=({words}) COMP_CWORD={words.count(' ')}"
        asked += '; _dossier_completion dossier; echo "${COMPREPLY[*]}"'
    more = environment(PYTHONPATH=str(REPOSITORY))
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", asked],
        env={**more, "PATH": f"{tmp_path}:{more['PATH']}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout == "publish\n--dry-run\ngithub\n", done.stderr


@pytest.mark.parametrize(("shell", "part"), [("zsh", "#compdef dossier"), ("fish", "complete --no-files")])
def test_other_shells(tmp_path: Path, shell: str, part: str) -> None:
    assert part in run(tmp_path, "completion", shell).stdout
    assert run(tmp_path, "completion", "csh").returncode == 2
