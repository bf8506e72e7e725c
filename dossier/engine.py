"""What results depend on besides their arguments: dossier's own code, and what it stands on."""

import hashlib
import os
import sys
from functools import cache
from importlib.util import find_spec

DISTRIBUTIONS = {
    "jinja2": "jinja2",
    "markdown_it": "markdown_it_py",
    "mdit_py_plugins": "mdit_py_plugins",
    "yaml": "pyyaml",
    "msgspec": "msgspec",
    "pygments": "pygments",
    "pagefind_bin": "pagefind_bin",
    "cbor2": "cbor2",
    "typst": "typst",
    "PIL": "pillow",
}


def digest() -> bytes:
    """The digest of the engine.

    It covers the bytes of dossier's own code (read each time: that takes a millisecond, and a checkout is
    always right), Python, and the versions of what dossier stands on, from the names of their metadata
    folders, since to import importlib.metadata takes longer than to read everything.
    """
    engine = hashlib.blake2b(sys.version.encode(), digest_size=16)
    package = os.path.dirname(__file__)
    for folder, folders, files in os.walk(package):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "themes", "starter"))
        for name in sorted(files):
            place = os.path.join(folder, name)
            with open(place, "rb") as file:
                engine.update(place[len(package) + 1 :].encode() + b"\0" + file.read())
    for version in _versions():
        engine.update(version.encode() + b"\0")
    return engine.digest()


def foundations() -> list[str]:
    """The folders in which the packages lie that dossier stands on: to install others changes their times."""
    return sorted({os.path.dirname(os.path.dirname(origin)) for origin in _origins().values()})


@cache
def _origins() -> dict[str, str]:
    """The main files of the packages that are there, by the packages' names."""
    specs = {package: find_spec(package) for package in DISTRIBUTIONS}
    return {package: spec.origin for package, spec in specs.items() if spec and spec.origin}


def _versions() -> list[str]:
    names_in: dict[str, list[str]] = {}
    versions = []
    for package, origin in _origins().items():
        folder = os.path.dirname(os.path.dirname(origin))
        if folder not in names_in:
            names_in[folder] = [name for name in os.listdir(folder) if name.endswith(("-info", ".egg-link"))]
        own = [name for name in names_in[folder] if _is_of(name, DISTRIBUTIONS[package])]
        status = os.stat(origin)
        # A copy without metadata is known by its main file's size and time.
        versions += sorted(own) or [f"{package} {status.st_size} {status.st_mtime_ns}"]
    return versions


def _is_of(folder: str, distribution: str) -> bool:
    return folder.lower().replace("-", "_").replace(".", "_").startswith(distribution + "_")
