"""docs/importing.md and the help: the commands in them do what is said of them."""

import re

import pytest

from dossier.cli.commands import IMPORT_EPILOG, import_
from tests.conftest import REPOSITORY
from tests.importing import test_bookmarks, test_feed, test_hugo, test_jekyll, test_obsidian, test_zotero
from tests.importing.conftest import Desk

PAGE = (REPOSITORY / "docs" / "importing.md").read_text(encoding="utf-8")
LINES = re.findall(r"^ *(dossier import .*)$", PAGE + IMPORT_EPILOG, re.MULTILINE)
COMMANDS = sorted({line.partition("   ")[0] for line in LINES})
SAMPLES: dict[str, str | bytes] = {
    **test_obsidian.VAULT,
    **test_hugo.HUGO,
    **test_jekyll.JEKYLL,
    "library.ris": test_zotero.RIS,
    "library.bib": test_zotero.BIBTEX,
    "library.json": test_zotero.CSL,
    "feed.xml": test_feed.RSS,
    "pocket.csv": test_bookmarks.POCKET,
    "instapaper.csv": test_bookmarks.INSTAPAPER,
    "raindrop.csv": test_bookmarks.RAINDROP,
    "bookmarks.html": test_bookmarks.BROWSER,
}


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_documentation_does_its_work(desk: Desk, command: str) -> None:
    desk.put(SAMPLES)
    # What is on the web lies here, and so do the folders that lie elsewhere.
    words = [re.sub(r"^(?:~/|\.\./|https://example\.org/)", "", word) for word in command.split()[2:]]
    done = desk.take(*words)
    assert done.code == 0, done.told
    assert bool(desk.new) != ("--dry-run" in command)


def test_every_command_is_documented() -> None:
    for name in import_.commands:
        assert f"dossier import {name}" in PAGE
