"""Two commands on one site: one works, the other says so."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from tests.engine.site import Site


@contextmanager
def at_work(site: Site) -> Iterator[None]:
    """As if another command were at work on the site."""
    descriptor = os.open(site.folder / ".dossier/lock", os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def test_the_second_build_says_so_in_one_line(site: Site) -> None:
    site.build()
    before = site.tree()
    site.write({"content/notes/n.md": "---\ntitle: Changed\ndate: 2021-01-01\n---\nText.\n"})
    with at_work(site):
        done = site.run("build")
    assert done.returncode == 1
    assert (
        done.stderr.splitlines()[0] == ".dossier/lock: error[busy]: another dossier is at work on this site"
    )
    assert done.stdout == ""
    assert site.tree() == before
    assert site.run("build").returncode == 0


def test_a_lock_ends_with_its_process(site: Site) -> None:
    """The file that is left locks nothing."""
    site.build()
    assert (site.folder / ".dossier/lock").exists()
    assert site.run("build").returncode == 0


def test_checking_and_listing_wait_for_nobody(site: Site) -> None:
    site.build()
    with at_work(site):
        assert site.run("check").returncode == 0
        assert "First" in site.run("list").stdout
