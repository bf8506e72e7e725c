"""`dossier export`: where exports are put, and what they never replace."""

import hashlib
import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from dossier.diagnostics import DossierError
from dossier.exports.placing import put
from tests.exports.conftest import Desk


def test_an_export_is_put_into_the_current_folder(desk: Desk) -> None:
    done = desk.run("single", "iraq")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith("exported to iraq.html (")
    assert os.listdir(desk.out) == ["iraq.html"]


def test_output_names_a_file_a_folder_or_standard_output(desk: Desk) -> None:
    assert desk.run("single", "iraq", "--output", "new/mail.html").returncode == 0
    assert desk.run("single", "iraq", "--output", "new").returncode == 0
    piped = desk.run("single", "iraq", "--output", "-")
    assert (
        (desk.out / "new/mail.html").read_bytes() == (desk.out / "new/iraq.html").read_bytes() == piped.stdout
    )


def test_a_file_of_somebody_is_not_replaced(desk: Desk) -> None:
    (desk.out / "iraq.html").write_text("mine")
    done = desk.run("single", "iraq")
    assert done.returncode == 1
    assert b"error[exists]" in done.stderr
    assert b"--force" in done.stderr
    assert (desk.out / "iraq.html").read_text() == "mine"
    assert desk.run("single", "iraq", "--force").returncode == 0
    assert desk.run("single", "iraq").returncode == 0  # Now it is the export's own.
    with open(desk.out / "iraq.html", "a") as file:
        file.write("<!-- changed by hand -->")
    assert desk.run("single", "iraq").returncode == 1


def test_an_export_has_no_place_within_the_site(desk: Desk) -> None:
    for place in (
        "content/topics/iraq.html",
        "themes/a.html",
        "site.yaml",
        "public/iraq.html",
        ".dossier/a.html",
    ):
        done = desk.run("single", "iraq", "--output", str(desk.site / place), "--force")
        assert (done.returncode, b"error[output-folder]" in done.stderr) == (1, True), place
    assert (desk.site / "site.yaml").read_text().startswith("title: The File")


def test_a_file_that_can_not_be_written_whole_is_not_written(tmp_path: Path) -> None:
    place, state = tmp_path / "a.pdf", tmp_path / "state"
    put(place, lambda file: file.write(b"first"), state, force=False)

    def full(file: io.BufferedIOBase) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(DossierError) as caught:
        put(place, full, state, force=False)  # type: ignore[arg-type]
    assert caught.value.diagnostics[0].message == "could not write the export: no space left on device"
    assert place.read_bytes() == b"first"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "state"]


def test_errors_of_the_site_end_it(desk: Desk) -> None:
    desk.write({"content/notes/second.md": "---\ntitle: N\ndate: 2020-04-01\n---\nSee [@nobody].\n"})
    done = desk.run("single", "iraq")
    assert done.returncode == 1
    assert b"error[unknown-citation]" in done.stderr
    assert b"nothing was exported" in done.stderr
    assert not os.listdir(desk.out)


def test_no_such_topic(desk: Desk) -> None:
    done = desk.run("single", "irak")
    assert done.returncode == 1
    assert b"error[unknown-topic]: no topic 'irak' is published" in done.stderr
    assert b"did you mean 'iraq'?" in done.stderr


# ---------------------------------------------------------------- the archive


def test_the_archive_begins_with_a_page_that_leads_to_the_site(desk: Desk) -> None:
    done = desk.run("zip")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(desk.out / "the-file.zip") as packed:
        names = packed.namelist()
        start = packed.read("the-file/start.html").decode()
        page = packed.read("the-file/site/index.html")
    assert names[0] == "the-file/start.html"
    assert page == (desk.site / "public/index.html").read_bytes()
    assert 'href="site/index.html"' in start
    assert 'href="site/topics/iraq.html"' in start
    assert {"the-file/site/topics/iraq.html", "the-file/site/assets/briefing.css"} <= set(names)
    assert not any("later" in name for name in names)


def test_the_archive_is_the_same_wherever_it_is_made(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("zip").returncode == 0
    (tmp_path / "again").mkdir()
    shutil.copytree(desk.site, tmp_path / "copy", ignore=shutil.ignore_patterns(".dossier", "public"))
    other = Desk(tmp_path / "copy", tmp_path / "again")
    assert other.run("zip").returncode == 0
    one, two = ((d.out / "the-file.zip").read_bytes() for d in (desk, other))
    assert hashlib.sha256(one).digest() == hashlib.sha256(two).digest()
