"""What can't be run here is tried as if: dossier without what Windows lacks, against what it forbids."""

import ast
import errno
import functools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.engine.site import Site, environment_of, small_site, tree
from tests.publish.conftest import ALONE, Desk, begin, environment

EPOCH = "1767225600"
NOTE = "---\ntitle: Größe → Ⅻ\ndate: 2021-01-01\ntopics: [t]\n---\nSee [@a] and [[b]].{}\n"


def windows(site: Site, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """`dossier …` as if on Windows."""
    return subprocess.run(
        [sys.executable, "-m", "tests.systems.windows", *arguments],
        cwd=site.folder,
        env=environment_of({"DOSSIER_TRACEBACK": "1", "SOURCE_DATE_EPOCH": EPOCH, **ALONE}),
        capture_output=True,
        timeout=120,
    )


def well(site: Site, *arguments: str) -> str:
    done = windows(site, *arguments)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--atomic",)], ids=["file by file", "whole"])
def test_it_builds_the_same_bytes(tmp_path: Path, options: tuple[str, ...]) -> None:
    site, here = small_site(tmp_path / "site"), small_site(tmp_path / "here")
    for edit in ({}, {"content/notes/n.md": NOTE.format("")}, {"content/notes/n.md": NOTE.format(" More.")}):
        for one in (site, here):
            one.write(edit)
        assert "written" in well(site, "build", *options)
        here.build()
        assert site.pages() == here.pages()
    (site.folder / "content/notes/n.md").unlink()
    assert " 0 removed" not in well(site, "build", *options)
    assert ", 0 written, 0 removed" in well(site, "build", *options)


@pytest.mark.slow
def test_it_publishes_the_same_bytes(tmp_path: Path) -> None:
    desk = begin(tmp_path, {"content/notes/m.md": NOTE.format("")})
    assert well(desk.site, "publish", "--to", "../www").startswith("published to ")
    assert tree(tmp_path / "www") == desk.site.pages()
    well(desk.site, "publish", "--to", "../site.zip")
    well(desk.site, "publish")
    assert desk.published() == {**desk.site.pages(), ".nojekyll": b""}
    assert "is up to date" in well(desk.site, "publish")
    desk.publish(to=tmp_path / "again.zip", environment=environment(SOURCE_DATE_EPOCH=EPOCH))
    assert (tmp_path / "site.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    assert b"\r" not in (desk.folder / "published.txt").read_bytes()


@pytest.mark.slow
def test_what_it_writes_for_the_curator_has_the_line_ends_of_all_others(tmp_path: Path) -> None:
    site = Site(tmp_path / "mine")
    well(Site(tmp_path), "new", "site", "mine")
    well(site, "new", "note", "Größe → Ⅻ")
    site.write({"content/articles/gone.md": "---\ntitle: Gone\nsource: AP\ndate: 2020\n---\nText.\n"})
    well(site, "build")
    clipped = well(site, "clip", "first-source.txt", "--title", "A source", "--date", "2020", "--yes")
    assert clipped.strip() == "content/articles/2020-a-source.md"
    texts = [path for path in site.folder.rglob("*") if path.suffix in (".md", ".yaml", ".txt", ".yml")]
    assert len(texts) > 8
    assert [path for path in texts if b"\r" in path.read_bytes()] == []


@pytest.mark.slow
def test_it_checks_lists_and_looks_itself_over(tmp_path: Path) -> None:
    desk: Desk = begin(tmp_path, {"content/notes/m.md": NOTE.format("")})
    assert "no findings" in well(desk.site, "check")
    assert "Größe → Ⅻ" in well(desk.site, "list")
    assert "ok    watching " in well(desk.site, "doctor", "--offline")
    desk.site.write({"content/notes/m.md": NOTE.format(" [[ünbekannt]]")})
    done = windows(desk.site, "check", "--format", "github")
    assert done.returncode == 1
    assert "ünbekannt" in done.stdout.decode()


def test_two_at_once_are_kept_apart(tmp_path: Path) -> None:
    import fcntl

    site = small_site(tmp_path / "site")
    well(site, "build")
    with open(site.folder / ".dossier/lock", "rb+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = windows(site, "build", "--jobs", "1")
    assert done.returncode == 1
    assert b"error[busy]: another dossier is at work on this site" in done.stderr


@pytest.mark.parametrize("number", [errno.EPERM, errno.EINVAL, errno.ENOTSUP])
def test_a_disk_without_second_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """As FAT is, on memory sticks."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refused)
    site = small_site(tmp_path / "site")
    for atomic in (False, True, True, False):
        site.write({"content/notes/n.md": NOTE.format(f" {atomic} {os.urandom(4).hex()}")})
        result = site.build(atomic=atomic)
        assert not result.failed, result.diagnostics
        assert site.build().written == 0


@pytest.mark.parametrize(
    "encoding", ["cp1252", *(pytest.param(n, marks=pytest.mark.slow) for n in ("ascii", "utf-8"))]
)
def test_no_letter_is_too_much_for_a_terminal(tmp_path: Path, encoding: str) -> None:
    site = small_site(tmp_path / "site")
    site.write({"content/notes/n.md": NOTE.format("")})
    for command in (["build"], ["build"], ["list"]):
        done = subprocess.run(
            [sys.executable, "-m", "dossier", *command],
            cwd=site.folder,
            env=environment_of({"PYTHONIOENCODING": encoding}),
            capture_output=True,
            timeout=120,
        )
        assert (done.returncode, done.stderr) == (0, b""), command


@pytest.mark.slow
def test_all_other_tests_can_be_collected_there() -> None:
    """So that the README's test command begins to run on Windows; whether all pass is for CI to say."""
    command = [sys.executable, "-m", "tests.systems.collecting"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:]


# ---------------------------------------------------------------- of the code


@functools.cache
def calls() -> list[tuple[str, ast.Call]]:
    found = []
    for path in sorted((REPOSITORY / "dossier").rglob("*.py")):
        tree_ = ast.parse(path.read_text(encoding="utf-8"))
        place = path.relative_to(REPOSITORY).as_posix()
        found += [(place, node) for node in ast.walk(tree_) if isinstance(node, ast.Call)]
    return found


def test_text_files_are_read_and_written_in_one_encoding() -> None:
    """Without one, Windows takes its own."""
    wrong = []
    for place, call in calls():
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = {keyword.arg for keyword in call.keywords}
        of_os = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in (
            "os",
            "tarfile",
            "webbrowser",
        )
        if (
            name in ("read_text", "write_text")
            and isinstance(call.func, ast.Attribute)
            and "encoding" not in given
        ):
            wrong.append(f"{place}:{call.lineno}: {name}")
        if name == "open" and isinstance(call.func, ast.Name) and not of_os:
            mode = ast.unparse(call.args[1]) if len(call.args) > 1 else "'r'"
            if "b" not in mode and "encoding" not in given:
                wrong.append(f"{place}:{call.lineno}: open {mode}")
    assert wrong == []


def test_text_that_is_written_has_one_kind_of_line_ends() -> None:
    """Without one, Windows writes its own. What only dossier itself and git read there may have any."""
    wrong = [
        f"{place}:{call.lineno}: {ast.unparse(call)}"
        for place, call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "write_text"
        and "newline" not in {keyword.arg for keyword in call.keywords}
        and not re.search(r"staging|'\.gitignore'", ast.unparse(call.func))
    ]
    assert wrong == []


def test_names_of_files_are_never_joined_by_a_backslash() -> None:
    """A path in a site or an output has forward slashes everywhere."""
    wrong = [
        f"{place}:{call.lineno}"
        for place, call in calls()
        if isinstance(call.func, ast.Name)
        and call.func.id == "str"
        and call.args
        and isinstance(call.args[0], ast.Call)
        and ast.unparse(call.args[0].func).endswith(".relative_to")
    ]
    assert wrong == []
