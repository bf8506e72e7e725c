"""What is released: a wheel and an sdist that the package index takes, and that are enough by themselves."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path
from urllib.request import urlopen

import pytest

from dossier import __version__
from tests.conftest import REPOSITORY
from tests.engine.site import tree
from tests.publish.conftest import environment, git
from tests.publish.test_workflow import run as run_workflow

STEM = f"dossier_site-{__version__}"


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"] == {"path": "dossier/__init__.py"}
    told = [
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "dossier").rglob("*.py")
        if re.search(r"(?m)^(__version__|VERSION) = ['\"]\d", path.read_text(encoding="utf-8"))
    ]
    assert told == ["dossier/__init__.py"]
    assert re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", __version__)


def test_what_changed_is_told_of_it() -> None:
    """A version is in the list of changes, or what is there is still to be released."""
    headings = re.findall(r"(?m)^## \[?([^\]\n ]+)", (REPOSITORY / "CHANGELOG.md").read_text("utf-8"))
    assert headings[0] == "Unreleased" or headings[0] == __version__


# ---------------------------------------------------------------- built


def sources(folder: Path) -> Path:
    """A copy of what git has of this repository, as it is now."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=REPOSITORY, capture_output=True, check=True)
    for name in filter(None, os.fsdecode(done.stdout).split("\0")):
        if (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REPOSITORY / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an sdist, and of a wheel that was made from it."""
    folder = tmp_path_factory.mktemp("packages")
    copy = sources(folder / "sources")
    command = [sys.executable, "-m", "build", "--outdir", str(folder / "dist"), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(path.name for path in (folder / "dist").iterdir()) == [
        f"{STEM}-py3-none-any.whl",
        f"{STEM}.tar.gz",
    ]
    return folder / "dist"


@pytest.mark.slow
def test_the_index_would_take_them(packages: Path) -> None:
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, packages.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASSED") == 2


@pytest.mark.slow
def test_they_hold_what_they_must_and_no_more(packages: Path) -> None:
    with zipfile.ZipFile(packages / f"{STEM}-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
        metadata = HeaderParser().parsestr(wheel.read(f"{STEM}.dist-info/METADATA").decode())
        everything = b"".join(wheel.read(name) for name in names)
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT"
    ours = {path for path in tree(REPOSITORY / "dossier/starter") if "__pycache__" not in path}
    assert {f"dossier/starter/{path}" for path in ours} <= names
    assert {
        "dossier/py.typed",
        "dossier/themes/briefing/theme.yaml",
        f"{STEM}.dist-info/licenses/LICENSE",
    } <= names
    assert {name.split("/")[0] for name in names} == {"dossier", f"{STEM}.dist-info"}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".map"))]
    assert os.fsencode(REPOSITORY) not in everything
    with tarfile.open(packages / f"{STEM}.tar.gz") as sdist:
        members = {member.name.removeprefix(f"{STEM}/") for member in sdist.getmembers()}
    assert {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "tests/conftest.py"} <= members
    assert not [name for name in members if name.startswith((".dossier", "public/", ".venv", "benchmarks"))]


# ---------------------------------------------------------------- alone


@pytest.fixture(scope="module")
def programs(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment in which the wheel was installed, and nothing else was asked for."""
    place = tmp_path_factory.mktemp("alone")
    venv.create(place, with_pip=True)
    folder = place / ("Scripts" if os.name == "nt" else "bin")
    wheel = packages / f"{STEM}-py3-none-any.whl"
    command = [folder / "python", "-m", "pip", "install", "--quiet", str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


def dossier(programs: Path, folder: Path, *arguments: str) -> str:
    """What a command says; it must do well."""
    done = subprocess.run(
        [programs / "dossier", *arguments],
        cwd=folder,
        env=environment(CI="true"),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def site(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site in a repository whose remote is a bare one."""
    place = tmp_path_factory.mktemp("site")
    git(place, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    dossier(programs, place, "new", "site", "mine")
    site = place / "mine"
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "remote", "add", "origin", str(place / "remote.git"))
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "Begin")
    git(site, "push", "--quiet", "--set-upstream", "origin", "main")
    return site


@pytest.fixture
def previewed(programs: Path, site: Path) -> Iterator[str]:
    """The address of the site's preview, which is ended afterwards."""
    process = subprocess.Popen(
        [programs / "dossier", "serve"],
        cwd=site,
        env=environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = ""
    try:
        for line in process.stdout:
            said += line
            found = re.search(r"http://\S+:\d+/", line)
            if found:
                yield found[0]
                break
        else:
            pytest.fail(said)
    finally:
        process.terminate()
        process.stdout.close()
        process.wait(timeout=10)


@pytest.mark.slow
def test_the_wheel_alone_starts_builds_and_checks_a_site(programs: Path, site: Path) -> None:
    assert dossier(programs, site, "--version") == f"dossier {__version__}\n"
    assert "pages" in dossier(programs, site, "build", "--strict")
    assert "no findings" in dossier(programs, site, "check", "--strict")
    assert "asks for" in dossier(programs, site, "doctor")
    assert (site / "public/notes/start-here.html").is_file()


@pytest.mark.slow
def test_it_previews_it(previewed: str) -> None:
    with urlopen(f"{previewed}notes/start-here.html", timeout=10) as answer:
        assert b"Start here" in answer.read()


@pytest.mark.slow
def test_it_publishes_it(programs: Path, site: Path) -> None:
    assert dossier(programs, site, "publish").startswith("published to origin/gh-pages: ")
    remote = site.parent / "remote.git"
    published = git(remote, "ls-tree", "-r", "--name-only", "gh-pages").split("\n")
    assert {".nojekyll", "404.html", "index.html", "notes/start-here.html"} <= set(published)
    assert "is up to date" in dossier(programs, site, "publish")


@pytest.mark.slow
def test_its_workflow_runs_with_what_the_wheel_brings(
    packages: Path, programs: Path, site: Path, tmp_path: Path
) -> None:
    """In an environment that has only pip, and finds the wheel where the index would have it."""
    git(tmp_path, "clone", "--quiet", str(site.parent / "remote.git"), "clone")
    venv.create(tmp_path / "venv", with_pip=True)
    path = f"{tmp_path / 'venv/bin'}{os.pathsep}{os.environ['PATH']}"
    done = run_workflow(tmp_path / "clone", tmp_path / "temp", path, PIP_FIND_LINKS=str(packages))
    assert [one.returncode for one in done] == [0, 0, 0], done[-1].stdout + done[-1].stderr
    assert (tmp_path / "temp/site/notes/start-here.html").is_file()


@pytest.mark.slow
def test_this_repositorys_own_workflow_runs(tmp_path: Path) -> None:
    """As its fresh clone on GitHub would, with dossier from the clone itself."""
    clone = sources(tmp_path / "clone")
    git(clone, "init", "--quiet", "--initial-branch=main")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "All of it")
    git(clone, "remote", "add", "origin", "https://github.com/ann/dossier")
    venv.create(tmp_path / "venv", with_pip=True)
    path = f"{tmp_path / 'venv/bin'}{os.pathsep}{os.environ['PATH']}"
    done = run_workflow(clone, tmp_path / "temp", path)
    assert [one.returncode for one in done] == [0, 0, 0], done[-1].stdout + done[-1].stderr
    assert {"index.html", "404.html", "feed.xml"} <= tree(tmp_path / "temp/site").keys()
    assert "::error" not in done[1].stdout
