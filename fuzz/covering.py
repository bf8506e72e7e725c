"""One target under atheris: `python -m fuzz.covering TARGET FOLDER… [libFuzzer's options]`."""

import sys

import atheris

with atheris.instrument_imports(include=["dossier", "markdown_it", "mdit_py_plugins"]):
    from fuzz.targets import TARGETS

TARGET = TARGETS[sys.argv.pop(1)]


def one(data: bytes) -> None:
    """Try one input."""
    TARGET(data)


atheris.Setup(sys.argv, one)
atheris.Fuzz()
