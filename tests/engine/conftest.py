"""A small site for each test."""

from pathlib import Path

import pytest

from tests.engine.site import Site, small_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site of five documents."""
    return small_site(tmp_path / "site")
