"""What is kept in `.dossier/` may be damaged in any way: the site comes out right, without a word."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.site import Site

Damage = Callable[[Path], None]


def each_file(change: Callable[[bytes], bytes]) -> Damage:
    """Damage that is done to every kept file."""

    def damage(folder: Path) -> None:
        for path in folder.rglob("*"):
            if path.is_file() and path.name != ".gitignore":
                path.write_bytes(change(path.read_bytes()))

    return damage


def in_database(statement: str) -> Damage:
    """Damage by SQL."""

    def damage(folder: Path) -> None:
        with sqlite3.connect(folder / "memo.sqlite") as database:
            database.execute(statement)
        database.close()

    return damage


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 0xFF for byte in data[middle : middle + 64]) + data[middle + 64 :]


def read_only(folder: Path) -> None:
    for path in folder.rglob("*"):
        path.chmod(0o400 if path.is_file() else 0o500)


DAMAGES: dict[str, Damage] = {
    "deleted": shutil.rmtree,
    "the memo deleted": lambda folder: (folder / "memo.sqlite").unlink(),
    "the index deleted": lambda folder: (folder / "index").unlink(),
    "the manifests deleted": lambda folder: shutil.rmtree(folder / "outputs"),
    "emptied": each_file(lambda data: b""),
    "cut short": each_file(lambda data: data[: len(data) // 2]),
    "one byte lost": each_file(lambda data: data[:-1]),
    "bits flipped": each_file(flipped),
    "zeros": each_file(lambda data: bytes(len(data))),
    "another format": each_file(lambda data: b"dossier 9\n" + data),
    "a newer version": in_database("pragma user_version = 99"),
    "another engine": in_database("update engine set digest = x'00'"),
    "no heads": in_database("delete from heads"),
    "no segments": in_database("delete from segments"),
    "no views": in_database("delete from views"),
    "no plans": in_database("delete from plans"),
    "damaged heads": in_database("update heads set value = x'00112233445566'"),
    "damaged segments": in_database("update segments set value = substr(value, 1, 9)"),
    "damaged views": in_database("update views set value = 'text'"),
    "no tables": in_database("drop table heads"),
    "read only": read_only,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
@pytest.mark.parametrize("edited", ["nothing", "a body", "a title", "a template", "an output file"])
def test_damage_is_noticed_and_mended_without_a_word(
    site: Site, tmp_path: Path, damage: Damage, edited: str
) -> None:
    site.write({"content/articles/a.md": "---\ntitle: A\nsummary: S.\nrights: full\n---\nText.\n"})
    site.build()
    damage(site.folder / ".dossier")
    if edited == "a body":
        site.write({"content/articles/a.md": "---\ntitle: A\nsummary: S.\nrights: full\n---\nOther.\n"})
    elif edited == "a title":
        site.write({"content/articles/b.md": "---\ntitle: B\ntopics: [t]\n---\nText.\n"})
    elif edited == "a template":
        site.write({"themes/plain/templates/all.txt": "{{ view | string }} new {{ body }}\n"})
    elif edited == "an output file":
        (site.output / "articles/a.html").write_text("?")
    result = site.build()
    assert result.diagnostics == ()
    assert site.tree() == site.clean(tmp_path / "clean")
    assert site.build().written == 0


def test_a_folder_or_a_file_in_the_way_of_the_cache_costs_time_only(site: Site, tmp_path: Path) -> None:
    site.write({".dossier": "a file"})
    assert not site.build().failed
    assert site.tree() == site.clean(tmp_path / "clean")
    (site.folder / ".dossier").unlink()
    (site.folder / ".dossier/memo.sqlite").mkdir(parents=True)
    (site.folder / ".dossier/index").mkdir()
    assert not site.build().failed


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_site_that_can_only_be_read_is_built_elsewhere(site: Site, tmp_path: Path) -> None:
    site.folder.chmod(0o500)
    try:
        assert not site.build(output=tmp_path / "out").failed
    finally:
        site.folder.chmod(0o700)


def test_another_engine_begins_anew(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    first = site.build()
    monkeypatch.setattr("dossier.engine.digest", lambda: b"another engine!!")
    again = site.build()
    assert again.parsed == first.parsed
    assert again.rendered == first.rendered
    assert again.written == 0


def test_what_is_of_no_more_use_is_forgotten(site: Site) -> None:
    site.build()
    for number in range(400):
        text = f"---\ntitle: Note {number}\ndate: 2021-01-01\n---\nText {number}.\n"
        site.write({f"content/notes/note{number}.md": text})
    site.build()
    for number in range(400):
        (site.folder / f"content/notes/note{number}.md").unlink()
    site.build()
    with sqlite3.connect(site.folder / ".dossier/memo.sqlite") as database:
        assert database.execute("select count(*) from heads").fetchone()[0] <= 110
    database.close()


def test_nothing_kept_names_a_folder_of_this_machine(site: Site) -> None:
    site.build()
    for path in (site.folder / ".dossier").rglob("*"):
        if path.is_file():
            assert str(site.folder).encode() not in path.read_bytes(), path.name
