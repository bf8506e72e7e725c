"""The dossiers that come with dossier stand up to its own editor."""

from pathlib import Path

import pytest

from dossier.build import Options
from dossier.build.checking import check
from tests.conftest import REPOSITORY
from tests.engine.site import copy

STARTER = REPOSITORY / "dossier" / "starter"


@pytest.mark.parametrize("site", [REPOSITORY, STARTER], ids=["demonstration", "starter"])
def test_a_strict_check_finds_nothing(site: Path, tmp_path: Path) -> None:
    for path in ("site.yaml", "content"):
        copy(site / path, tmp_path / path)
    result = check(Options(site=tmp_path, today="2026-06-01", strict=True, jobs=1))
    assert result.diagnostics == ()
    assert result.pages > 5
    assert not result.failed
