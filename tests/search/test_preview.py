"""In a preview the index follows the pages, and a build after it finds nothing missing."""

import contextlib
import shutil
import time
from pathlib import Path

import pytest

from tests.engine.site import Site, tree
from tests.serve.conftest import FILES, new_site, previewed


def searched(folder: Path) -> Site:
    site = new_site(folder)
    site.write({"site.yaml": FILES["site.yaml"] + "search: true\n"})
    return site


def index_of(output: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(output).items() if path.startswith("search/")}


def clean(site: Site, folder: Path) -> Site:
    """The same site, built anew."""
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns("public", ".dossier", ".public*"))
    other = Site(folder)
    assert not other.build().failed
    return other


def wait_for_index(output: Path, expected: dict[str, bytes]) -> None:
    end = time.monotonic() + 20
    while True:
        with contextlib.suppress(FileNotFoundError):  # It is being changed.
            if index_of(output) == expected:
                return
        assert time.monotonic() < end, "the index did not follow"
        time.sleep(0.05)


def test_the_index_follows_when_the_curator_pauses(tmp_path: Path) -> None:
    site = searched(tmp_path / "site")
    with previewed(site) as preview:
        assert index_of(preview.output) == {}
        assert b"d-query" in preview.get("/small/search").body
        wait_for_index(preview.output, index_of(clean(site, tmp_path / "first").output))
        site.write({"content/notes/n.md": "---\ntitle: Note\ndate: 2021-01-01\n---\nZanzibar, see [@a].\n"})
        wait_for_index(preview.output, index_of(clean(site, tmp_path / "second").output))
        assert preview.get("/small/search/0/pagefind-entry.json").status == 200
    assert preview.tree() == tree(tmp_path / "second/public")


@pytest.mark.slow
def test_a_build_completes_what_a_preview_left(tmp_path: Path) -> None:
    site = searched(tmp_path / "site")
    with previewed(site) as preview:
        assert index_of(preview.output) == {}
    site.run("build")
    assert tree(site.output) == tree(clean(site, tmp_path / "clean").output)
