"""The dossiers that come with dossier stand up to its own editor."""

from pathlib import Path

import pytest

from dossier.build import Options
from dossier.build.checking import check
from tests.conftest import REPOSITORY
from tests.engine.site import copy, small_site

STARTER = REPOSITORY / "dossier" / "starter"


@pytest.mark.parametrize("site", [REPOSITORY, STARTER], ids=["demonstration", "starter"])
def test_a_strict_check_finds_nothing(site: Path, tmp_path: Path) -> None:
    for path in ("site.yaml", "content"):
        copy(site / path, tmp_path / path)
    result = check(Options(site=tmp_path, today="2026-06-01", strict=True, jobs=1))
    assert result.diagnostics == ()
    assert result.pages > 5
    assert not result.failed


def test_a_check_after_which_nothing_changed_is_answered_from_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = small_site(tmp_path)
    site.write({"content/articles/lonely.md": "---\ntitle: Lonely\n---\nText.\n"})
    first = check(site.options())
    assert len(first.diagnostics) == 4
    with monkeypatch.context() as nothing_works:
        nothing_works.setattr("dossier.build.checking.editors_findings", None)
        assert check(site.options()).diagnostics == first.diagnostics
    later = check(site.options(today="2036-01-01"))
    assert {finding.code for finding in later.diagnostics} > {finding.code for finding in first.diagnostics}
    site.write({"content/articles/lonely.md": "---\ntitle: Lonely\ntopics: [t]\n---\nText.\n"})
    assert len(check(site.options()).diagnostics) == 3
