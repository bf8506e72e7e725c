"""Collects all tests as if on a system without what only Unix has: `python -m tests.systems.collecting`."""

import concurrent.futures
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile

import pytest

from tests.systems.windows import UNIX_FUNCTIONS, UNIX_MODULES

LOADED = (concurrent.futures, multiprocessing, subprocess, tempfile)
SIGNALS = ("SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGSTOP", "SIGQUIT", "SIGALRM")
# Of pytest's own, here.
NEEDED = {"O_TMPFILE", "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK", "O_CLOEXEC", "uname"}


def main() -> int:
    """Collect, and give pytest's exit code."""
    for name in UNIX_MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for place, names in ((os, set(UNIX_FUNCTIONS) - NEEDED), (signal, SIGNALS)):
        for name in names:
            if hasattr(place, name):
                delattr(place, name)
    return int(pytest.main(["--collect-only", "-q", "-m", "slow or not slow", "-p", "no:cacheprovider"]))


if __name__ == "__main__":
    sys.exit(main())
