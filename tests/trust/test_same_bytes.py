"""The same bytes by another Python, on another day, with folders listed in another order; wheels too.

Another folder, time zone, locale, hash seed, umask and user: `tests/site/test_same_bytes.py`. Any order of
edits: `tests/engine/test_any_order.py`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, absent
from tests.site.conftest import copy_repository

# Loaded by Python when it starts, where it is on its path: every listing comes in an order of its own.
SHUFFLED = """
import os, random
_scandir, _listdir, _chance = os.scandir, os.listdir, random.Random(int(os.environ["ORDER"]))
class _Entries:
    def __init__(self, place):
        with _scandir(place) as found:
            self.found = list(found)
        _chance.shuffle(self.found)
        self.found = iter(self.found)
    def __iter__(self): return self.found
    def __next__(self): return next(self.found)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
def _listed(place="."):
    names = _listdir(place)
    _chance.shuffle(names)
    return names
os.scandir, os.listdir = (lambda place=".": _Entries(place)), _listed
"""
THIS = ".".join(map(str, sys.version_info[:2]))
OTHERS = tuple(version for version in ("3.11", "3.12", "3.13", "3.14") if version != THIS)


def built(folder: Path, python: str = sys.executable, **environment: str) -> dict[str, bytes]:
    """The output of `dossier build --strict` of this repository's dossier, in a folder and an environment."""
    if not folder.exists():
        folder.mkdir()
        copy_repository(folder)
    inherited: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
    command = [python, "-m", "dossier", "build", "--strict"]
    done = subprocess.run(command, cwd=folder, env=inherited, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found = sorted(path for path in (folder / "public").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def bytes_here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(tmp_path_factory.mktemp("here") / "site")


@pytest.mark.slow
@pytest.mark.parametrize("order", ["1", "2"])
def test_folders_listed_in_another_order(tmp_path: Path, bytes_here: dict[str, bytes], order: str) -> None:
    (tmp_path / "start").mkdir()
    (tmp_path / "start/sitecustomize.py").write_text(SHUFFLED)
    path = f"{tmp_path / 'start'}{os.pathsep}{REPOSITORY}"
    assert built(tmp_path / "site", PYTHONPATH=path, ORDER=order) == bytes_here


@pytest.mark.slow
def test_another_day(tmp_path: Path, bytes_here: dict[str, bytes]) -> None:
    assert built(tmp_path / "site", SOURCE_DATE_EPOCH="1893456000") == bytes_here


@pytest.mark.slow
@pytest.mark.parametrize("version", OTHERS)
def test_another_python(tmp_path: Path, bytes_here: dict[str, bytes], version: str) -> None:
    """With the same versions of the packages, as far as the package index can be reached."""
    python = shutil.which(f"python{version}")
    if python is None or subprocess.run([python, "-c", ""], capture_output=True).returncode:
        pytest.skip(f"no Python {version} here")
    frozen = [sys.executable, "-m", "pip", "freeze", "--exclude-editable"]
    versions = subprocess.run(frozen, capture_output=True, text=True, check=True).stdout
    (tmp_path / "versions.txt").write_text(
        "".join(line + "\n" for line in versions.splitlines() if "@" not in line)
    )
    subprocess.run([python, "-m", "venv", tmp_path / "venv"], check=True)
    other = tmp_path / "venv/bin/python"
    wanted = ["-c", str(tmp_path / "versions.txt"), f"{REPOSITORY}[search]"]
    installed = subprocess.run([other, "-m", "pip", "install", "-q", *wanted], capture_output=True, text=True)
    if installed.returncode:
        absent(f"what dossier stands on can't be installed for Python {version}: {installed.stderr[-300:]}")
    assert built(tmp_path / "site", str(other)) == bytes_here


@pytest.mark.slow
def test_wheels(tmp_path: Path) -> None:
    """Two builds from two folders, with another umask and other times of files, on another day."""
    made = []
    for number, mask in enumerate((0o022, 0o077)):
        source = tmp_path / f"source {number}"
        before = os.umask(mask)
        try:
            names = subprocess.run(
                ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True
            ).stdout.decode()
            for name in filter(None, names.split("\0")):
                place = source / name
                if not (REPOSITORY / name).is_file():
                    continue
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(REPOSITORY / name, place)
                os.utime(place, (86_400 * (number + 4000), 86_400 * (number + 4000)))
            command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / f"out{number}")]
            done = subprocess.run([*command, str(source)], capture_output=True, text=True)
        finally:
            os.umask(before)
        if done.returncode:
            absent(f"no wheel can be built here: {done.stdout[-300:]}{done.stderr[-300:]}")
        (wheel,) = (tmp_path / f"out{number}").glob("*.whl")
        made.append((wheel.name, wheel.read_bytes()))
    assert made[0] == made[1]
