"""All that fuzzing has found, and a short run of it: each target keeps its promise."""

import subprocess
import sys
from collections.abc import Callable
from itertools import islice

import pytest

from fuzz.__main__ import NAMES, corpus
from fuzz.mutating import inputs
from fuzz.targets import TARGETS
from tests.conftest import REPOSITORY


def test_every_target_has_a_corpus() -> None:
    assert set(NAMES) == set(TARGETS)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_in_the_corpus(name: str, record_property: Callable[[str, object], None]) -> None:
    record_property("cases", len(corpus(name)))
    for data in corpus(name):
        TARGETS[name](data)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "clipped"])
def test_some_inputs_like_those(name: str, record_property: Callable[[str, object], None]) -> None:
    record_property("cases", 60)
    for data in islice(inputs(corpus(name), seed=1), 60):
        TARGETS[name](data)


@pytest.mark.slow
def test_the_command_says_what_it_tried() -> None:
    command = [sys.executable, "-m", "fuzz", "--seconds", "4", "quotations", "requests"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "tried  0 broken" in done.stdout
