"""What all tests share: snapshots, and programs that may be absent."""

import difflib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parents[1]

# Their subject is what only Unix has: signals that kill, locks, terminals, permissions.
UNIX_ONLY = [
    "cli/test_commands.py",
    "engine/test_cache.py",
    "engine/test_disk.py",
    "engine/test_sources.py",
    "engine/test_two_at_once.py",
    "engine/test_workers.py",
    "publish/test_kills.py",
    "systems",
    "trust",
]
collect_ignore = [] if hasattr(os, "fork") else UNIX_ONLY

# CI tries the same examples each time, so that it judges a change by the change; others are tried elsewhere.
# No example has a deadline: a machine that does other things as well would miss it.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure(config: pytest.Config) -> None:
    """Tell why tests were skipped."""
    if "s" not in config.option.reportchars:
        config.option.reportchars += "s"


@pytest.fixture(scope="session")
def snapshot() -> Callable[[Path, str], None]:
    """`snapshot(path, text)`: the text equals the file's, which `DOSSIER_ACCEPT=1` rewrites."""

    def compare(path: Path, text: str) -> None:
        if os.environ.get("DOSSIER_ACCEPT"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        if text != expected:
            lines = difflib.unified_diff(expected.splitlines(), text.splitlines(), "expected", "now", n=1)
            shown = "\n".join(list(lines)[:60])
            name = path.relative_to(REPOSITORY)
            pytest.fail(f"{name} is not what it was; DOSSIER_ACCEPT=1 pytest accepts this:\n{shown}", False)

    return compare


def absent(what: str) -> None:
    """Skip the test for want of a program, or fail it where DOSSIER_REQUIRE_TOOLS is set, as .ci/run does."""
    if os.environ.get("DOSSIER_REQUIRE_TOOLS"):
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    found = os.environ.get("DOSSIER_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        absent("no Chromium: apt-get install chromium, or set DOSSIER_CHROMIUM to one")
    return found


# Of a module, not of the session: while it runs, nothing else in the process may run an event loop.
@pytest.fixture(scope="module")
def browser(chromium: str) -> "Iterator[Browser]":
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright  # Most tests do without.

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def html_checker() -> list[str]:
    """The command of the Nu HTML checker."""
    java, jar = shutil.which("java"), os.environ.get("DOSSIER_VNU", "")
    if not java or not Path(jar).is_file():
        absent("no HTML checker: npm install vnu-jar, and set DOSSIER_VNU to its vnu.jar; needs Java 11")
    return [java, "-Xss4m", "-jar", jar]
