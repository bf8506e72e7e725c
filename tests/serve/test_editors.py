"""Links that open a file in an editor."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from click.testing import CliRunner

from dossier.cli.commands import main
from dossier.diagnostics import Mark, error
from dossier.serve.editors import EDITORS, address, is_editor
from dossier.serve.findings import for_pages
from dossier.serve.settings import Settings

PATH = "/home/me/Dossier & co/content/notes/größe#1 50%?.md"
# What each makes of the file at line 12, column 5, in the form that its handler documents.
EXPECTED = {
    "code": "vscode://file{path}:12:5",
    "code-insiders": "vscode-insiders://file{path}:12:5",
    "codium": "vscodium://file{path}:12:5",
    "cursor": "cursor://file{path}:12:5",
    "windsurf": "windsurf://file{path}:12:5",
    "zed": "zed://file{path}:12:5",
    **{
        name: name + "://open?file={path}&line=12&column=5"
        for name in (
            "idea",
            "pycharm",
            "webstorm",
            "phpstorm",
            "goland",
            "rubymine",
            "clion",
            "rider",
            "rustrover",
        )
    },
    "sublime": "subl://open?url=file://{path}&line=12&column=5",
    "textmate": "txmt://open?url=file://{path}&line=12&column=5",
    "bbedit": "x-bbedit://open?url=file://{path}&line=12&column=5",
    "nova": "nova://open?path={path}&line=12&column=5",
    "vim": "mvim://open?url=file://{path}&line=12&column=5",
    "emacs": "emacs://open?url=file://{path}&line=12&column=5",
    "obsidian": "obsidian://open?path={path}",
    "editor": "editor://open/?file={path}&line=12&column=5",
}


def test_each_editor_is_tried() -> None:
    assert EXPECTED.keys() == EDITORS.keys()


@pytest.mark.parametrize("editor", EDITORS)
def test_an_editor_opens_the_file_at_the_line(editor: str) -> None:
    """Whatever is in the path, the address has it whole, and nothing of it reads as something else."""
    quoted = "/home/me/Dossier%20%26%20co/content/notes/gr%C3%B6%C3%9Fe%231%2050%25%3F.md"
    found = address(editor, PATH, 12, 5)
    assert found == EXPECTED[editor].format(path=quoted)
    parts = urlsplit(found)
    assert not parts.fragment
    if parts.query:
        asked = parse_qs(parts.query, strict_parsing=True)
        place = (asked.get("file") or asked.get("url") or asked["path"])[0]
        assert place.removeprefix("file://") == PATH
    else:
        assert unquote(parts.path).removesuffix(":12:5") == PATH


def test_a_path_of_windows_gets_its_slash() -> None:
    assert address("code", "C:/dossier/a.md", 1, 1) == "vscode://file/C%3A/dossier/a.md:1:1"


def test_what_has_no_line_is_opened_at_its_beginning() -> None:
    assert address("code", "/a.md", 0, 0) == "vscode://file/a.md:1:1"


def test_an_editor_of_ones_own_is_an_address_with_places() -> None:
    own = "kate://open?file={path}&at={line}"
    assert is_editor(own)
    assert address(own, "/a b.md", 3, 1) == "kate://open?file=/a%20b.md&at=3"
    for wrong in ("kate", "{path}", "kate://{path}{nothing}", "kate://{path", "kate://open"):
        assert not is_editor(wrong)


def test_an_unknown_editor_is_said_with_those_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Small\n")
    done = CliRunner().invoke(main, ["--site", str(tmp_path), "serve", "--editor", "notepad"])
    assert done.exit_code == 2
    assert "there are code, code-insiders, codium" in done.output.replace("\n", " ")


@pytest.mark.parametrize(
    ("editor", "path", "edit"),
    [
        ("code", "content/notes/n.md", "vscode://file/site/content/notes/n.md:3:7"),
        ("", "content/notes/n.md", ""),  # Off, unless it is asked for.
        ("code", "/elsewhere/on/the/disk", ""),
    ],
)
def test_findings_lead_to_the_editor_where_one_is_named(editor: str, path: str, edit: str) -> None:
    settings = Settings(site=Path("/site"), today=str, editor=editor)
    (shown,) = for_pages([error(path, Mark(3, 7), "x", "y")], settings, {path: "notes/n.html"})
    assert shown["edit"] == edit
    assert shown["page"] == "notes/n.html"
