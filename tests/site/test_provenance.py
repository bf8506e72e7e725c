"""An article's page says where its text came from, in a form that anyone can check."""

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.site.conftest import Built, build, write

TEXT = "First line.\n\n---\n\nA line after a rule, with ü.\n"
HEAD = (
    "title: Esper\nsource: DoD\nurl: https://example.org/esper\n"
    "archive_url: https://web.archive.org/web/20200214093000/https://example.org/esper\n"
    "accessed: 2026-05-02\nobtained: typed\n"
)
SITE = {
    "site.yaml": "title: Small\n",
    "content/articles/full.md": f"---\n{HEAD}rights: full\n---\n{TEXT}",
    "content/articles/withheld.md": f"---\n{HEAD}rights: reference\n---\n{TEXT}",
    "content/articles/crlf.md": f"---\n{HEAD}text: summary\n---\n{TEXT}".replace("\n", "\r\n").removesuffix(
        "\r\n"
    ),
    "content/articles/bare.md": "---\ntitle: Bare\nurl: https://example.org/bare\n---\n",
    "content/notes/n.md": "---\ntitle: N\ndate: 2026-01-01\n---\nSo says [@full].\n",
}
COMMAND = re.search(
    r"<!-- checksum -->\n```\n(.*?)\n```", (REPOSITORY / "docs/changes.md").read_text(), re.DOTALL
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(write(tmp_path_factory.mktemp("provenance"), SITE))


@pytest.mark.parametrize("name", ["full", "withheld", "crlf"])
def test_the_checksum_is_what_the_documented_command_prints(small: Built, name: str) -> None:
    assert COMMAND is not None
    command = COMMAND[1].replace("NAME", name)
    printed = subprocess.run(command, shell=True, cwd=small.origin, capture_output=True, text=True).stdout[
        :64
    ]
    assert printed == hashlib.sha256(TEXT.encode()).hexdigest()
    assert f"<code>{printed}</code>" in small.files[f"articles/{name}.html"].read_text()


def test_without_text_there_is_no_checksum(small: Built) -> None:
    assert "SHA-256" not in small.files["articles/bare.html"].read_text()


@pytest.mark.slow
def test_text_that_reads_the_same_in_html_has_its_own_checksum(tmp_path: Path) -> None:
    """An edit that changes the file and not one letter of the page changes the checksum all the same."""
    write(tmp_path, SITE)
    build(tmp_path)
    changed = TEXT.replace("---", "----")
    write(tmp_path, {"content/articles/full.md": f"---\n{HEAD}rights: full\n---\n{changed}"})
    page = build(tmp_path).files["articles/full.html"].read_text()
    assert hashlib.sha256(changed.encode()).hexdigest() in page


def test_links_out_know_their_archived_copies(small: Built) -> None:
    copy = "https://web.archive.org/web/20200214093000/https://example.org/esper"
    for name in ("articles/full.html", "notes/n.html"):
        page = small.files[name].read_text()
        assert (
            f'href="https://example.org/esper" data-versionurl="{copy}" data-versiondate="2020-02-14"' in page
        )
        assert (
            f'href="{copy}" data-originalurl="https://example.org/esper" data-versiondate="2020-02-14"'
            in page
        )
    assert "data-version" not in small.files["articles/bare.html"].read_text()


def test_a_lapsed_original_stands_behind_its_archived_copy(tmp_path: Path) -> None:
    record = '"https://example.org/esper": {state: dead, since: 2026-05-20}\n'
    record += '"https://example.org/bare": {state: unreachable}\n'
    built = build(write(tmp_path, {**SITE, "content/links.yaml": record}))
    for name in ("articles/full.html", "notes/n.html"):
        page = built.files[name].read_text()
        assert page.index("Archived copy") < page.index("no longer there, found")
    withheld = built.files["articles/withheld.html"].read_text()
    assert "no longer there" in withheld
    bare = built.files["articles/bare.html"].read_text()
    assert "could not be reached" in bare


def test_how_it_was_obtained_is_said_in_words(small: Built) -> None:
    assert "Typed or copied by hand" in small.files["articles/full.html"].read_text()
