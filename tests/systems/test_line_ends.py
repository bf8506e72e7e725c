"""Files with the line ends of Windows give the site that files with those of all others give."""

from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.engine.site import Site, copy, small_site
from tests.publish.conftest import begin

TEXTS = (".md", ".yaml", ".html", ".txt", ".csl")


def with_carriage_returns(site: Site) -> None:
    """As git checks files out on Windows, unless it is told otherwise."""
    for path in site.folder.rglob("*"):
        inner = path.relative_to(site.folder).parts
        copied = {"public", ".dossier", ".git", "assets"} & set(inner)
        if path.suffix in TEXTS and not copied:
            path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def built(site: Site) -> dict[str, bytes]:
    result = site.build(today="2027-01-01")
    assert not result.failed, result.diagnostics
    return site.pages()


@pytest.mark.parametrize("name", ["small", "starter"])
def test_a_site_is_the_same(tmp_path: Path, name: str) -> None:
    site = small_site(tmp_path / "site") if name == "small" else Site(tmp_path / "site")
    if name == "starter":
        copy(REPOSITORY / "dossier/starter", site.folder)
    expected = built(site)
    with_carriage_returns(site)
    assert built(site) == expected
    clean = Site(tmp_path / "clean")
    for part in ("site.yaml", "content", "themes"):
        copy(site.folder / part, clean.folder / part)
    assert built(clean) == expected


@pytest.mark.slow
def test_this_repositorys_dossier_is_the_same(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    for part in ("site.yaml", "content", "themes"):
        copy(REPOSITORY / part, site.folder / part)
    expected = built(site)
    with_carriage_returns(site)
    assert built(site) == expected


def test_a_clone_that_git_made_with_carriage_returns_has_nothing_to_publish(tmp_path: Path) -> None:
    """It isn't as if all had been changed, neither for git nor for readers."""
    desk = begin(tmp_path)
    desk.publish()
    desk.commit({})
    desk.git("push", "--quiet")
    other = desk.clone(tmp_path / "other")
    other.git("config", "core.autocrlf", "true")
    other.git("rm", "--quiet", "--cached", "-r", ".")
    other.git("reset", "--quiet", "--hard")
    assert b"\r\n" in (other.folder / "content/notes/n.md").read_bytes()
    outcome = other.publish()
    assert not outcome.result.failed, outcome.result.diagnostics
    assert set(outcome.difference.changed) <= {
        "assets/style.css"
    }  # A copy, byte by byte: see .gitattributes.


def test_a_new_site_tells_git_to_leave_line_ends_alone(tmp_path: Path) -> None:
    """So a clone on Windows has the files of all others, and captures stay what was captured."""
    site = Site(tmp_path / "mine")
    assert Site(tmp_path).run("new", "site", "mine").returncode == 0
    rules = site.read(".gitattributes")
    assert "* text=auto eol=lf\n" in rules
    assert "captures/** -text\n" in rules
