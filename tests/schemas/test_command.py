"""`dossier schema`, and what a new site has of it."""

import json
from pathlib import Path

import jsonschema
import pytest

from dossier.cli.running import run
from dossier.schemas import KINDS, schema


def test_it_says_which_there_are_and_prints_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    listed = capsys.readouterr().out
    assert "site           site.yaml\n" in listed
    assert "article        content/articles/**/*.md\n" in listed
    assert run(["schema", "note"]) == 0
    assert json.loads(capsys.readouterr().out) == schema(KINDS["note"])
    assert run(["schema", "nonsense"]) == 2
    assert "there are article, note, topic, claim, people" in capsys.readouterr().err


def test_it_writes_all_of_them_anew(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "schemas"
    folder.mkdir(parents=True)
    (folder / "site.schema.json").write_text("an old one")
    assert run(["schema", "--write", str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == {f"{name}.schema.json" for name in KINDS}
    assert json.loads((folder / "site.schema.json").read_text()) == schema(KINDS["site"])


def test_a_folder_that_cant_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert run(["schema", "--write", str(tmp_path / "file" / "x")]) == 1
    assert "could not write the schemas" in capsys.readouterr().err


def test_a_new_site_is_wired_for_visual_studio_code(tmp_path: Path) -> None:
    assert run(["new", "site", str(tmp_path / "s")]) == 0
    wired = json.loads((tmp_path / "s/.vscode/settings.json").read_text())["yaml.schemas"]
    assert set(wired.values()) == {
        f"/{kind.place}" for kind in KINDS.values() if not kind.place.endswith(".md")
    }
    for place in wired:
        made = json.loads((tmp_path / "s" / place).read_text())
        jsonschema.Draft7Validator.check_schema(made)
