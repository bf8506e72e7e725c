"""A build's first look says that nothing changed only where nothing did."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier import looking, standing
from tests.engine.site import Site, environment_of

ARTICLE = "content/articles/a.md"


@pytest.fixture
def standing_site(site: Site) -> Site:
    """A site of which a look says that it stands."""
    site.run("build")
    site.run("build")  # The first build's files may be as young as its manifest; the second looks at them.
    assert stands(site)
    return site


def stands(site: Site) -> bool:
    program = (
        "from dossier import looking, standing; look = looking.look(['build']);"
        "print(look is not None and standing.stands(look) is not None)"
    )
    return site.python(program).stdout == "True\n"


def append(path: str) -> Callable[[Site], object]:
    return lambda site: site.write({path: site.read(path) + "\nMore.\n"})


def delete(path: str) -> Callable[[Site], object]:
    return lambda site: (site.folder / path).unlink()


def replace_with_same_size_and_time(site: Site) -> None:
    path = site.folder / ARTICLE
    before = path.stat()
    path.write_bytes(bytes(reversed(path.read_bytes())))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Site], object]] = {
    "a document is edited": append(ARTICLE),
    "a document goes": delete(ARTICLE),
    "a document comes": lambda site: site.write(
        {"content/notes/new.md": "---\ntitle: N\ndate: 2020-01-01\n---\n"}
    ),
    "a document is edited, and looks as it did": replace_with_same_size_and_time,
    "the settings are edited": append("site.yaml"),
    "a page is edited by hand": append("public/index.html"),
    "a page is deleted by hand": delete("public/articles/a.html"),
    "a file is put into the output": lambda site: site.write({"public/mine.txt": "x"}),
    "the output is gone": lambda site: shutil.rmtree(site.output),
    "a build was cut short": lambda site: (site.folder / ".dossier/journal").write_bytes(b""),
    "what was noted is damaged": lambda site: [
        path.write_bytes(path.read_bytes()[:-1]) for path in site.folder.glob(".dossier/outputs/*.standing")
    ],
    "what was noted is foreign": lambda site: [
        path.write_bytes(b"dossier standing 1\n") for path in site.folder.glob(".dossier/outputs/*.standing")
    ],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(standing_site: Site, change: Callable[[Site], object]) -> None:
    change(standing_site)
    assert not stands(standing_site)


def test_another_day_or_another_wish_is_another_build(standing_site: Site) -> None:
    program = "from dossier import looking, standing; print(standing.stands(looking.look({})) is not None)"
    same = standing_site.python(program.format("['build', '--strict']"))
    drafts = standing_site.python(program.format("['build', '--drafts']"))
    later = standing_site.python(program.format("['build']"), SOURCE_DATE_EPOCH="1800000000")
    assert (same.stdout, drafts.stdout, later.stdout) == ("True\n", "False\n", "False\n")


@pytest.mark.parametrize(
    "arguments", [[], ["check"], ["build", "--verify"], ["build", "--output"], ["build", "--help"], ["serve"]]
)
def test_what_takes_more_than_a_look_goes_another_way(standing_site: Site, arguments: list[str]) -> None:
    program = f"from dossier import looking; print(looking.look({arguments!r}))"
    assert standing_site.python(program).stdout == "None\n"


def test_warnings_are_told_again_and_strict_fails_again(site: Site) -> None:
    site.write({"content/a.md": "misplaced"})
    first = site.run("build")
    site.run("build")
    assert stands(site)
    again = site.run("build")
    assert "unused-file" in again.stderr
    assert again.stderr == first.stderr
    assert again.stdout.partition(",")[0] == first.stdout.partition(",")[0]
    strict = site.run("build", "--strict")
    assert strict.returncode == 1
    assert "nothing was written" in strict.stderr


def test_a_theme_that_comes_with_dossier_counts_too(site: Site, tmp_path: Path) -> None:
    """A site stands on the themes beside dossier's code, unless they are its own."""
    template = tmp_path / "themes/briefing/templates/note.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ view }}")
    before = looking.Site(str(site.folder), str(tmp_path / "themes")).digest()
    template.write_text("{{ view.title }}")
    assert looking.Site(str(site.folder), str(tmp_path / "themes")).digest() != before
    own = looking.Site(str(tmp_path), str(tmp_path / "themes"))
    assert (own.bundled, list(own.parts)) == ("", ["content", "themes"])


def test_what_is_installed_beside_dossier_counts(site: Site, tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    note = standing.Standing(3, [str(packages)], b"")
    before = note.mark("2026-01-01", False, b"site")
    assert note.mark("2026-01-01", False, b"site") == before
    (packages / "jinja2-4.dist-info").mkdir()
    os.utime(packages, ns=(1, 1))
    assert note.mark("2026-01-01", False, b"site") != before


def test_a_look_that_is_killed_leaves_no_lock(standing_site: Site) -> None:
    program = (
        "import time; from dossier import looking; look = looking.look(['build']);"
        "print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, cwd=standing_site.folder, env=environment_of({}), stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        busy = standing_site.run("build")
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert "another dossier is at work" in busy.stderr
    assert standing_site.run("build").returncode == 0
