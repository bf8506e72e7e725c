"""docs/importing.md: the commands in it do what it says."""

import re

import pytest

from dossier.cli.commands import import_
from tests.conftest import REPOSITORY
from tests.importing import test_bookmarks, test_feed, test_hugo, test_jekyll, test_obsidian, test_zotero
from tests.importing.conftest import Desk

PAGE = (REPOSITORY / "docs" / "importing.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    {line.partition("   ")[0].strip() for line in re.findall(r"^dossier import .*$", PAGE, re.MULTILINE)}
)
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


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_documentation_does_its_work(desk: Desk, command: str) -> None:
    desk.put(SAMPLES)
    words = [word.removeprefix("~/").removeprefix("../") for word in command.split()[2:] if "://" not in word]
    done = desk.take(*words)
    assert done.code == 0, done.told
    assert desk.new


def test_every_command_is_documented() -> None:
    for name in import_.commands:
        assert f"dossier import {name}" in PAGE
