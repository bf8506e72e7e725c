"""The same input gives the same bytes, wherever, whenever and by whomever it is built."""

import os
import shutil
from pathlib import Path

from tests.site.conftest import Built, build, copy_repository


def test_another_folder_time_zone_locale_hash_seed_and_umask(site: Built, tmp_path: Path) -> None:
    elsewhere = copy_repository(tmp_path / "an other – folder")
    # Files made in another order and long ago.
    for path in sorted(elsewhere.rglob("*.md"), reverse=True):
        shutil.move(path, path.with_suffix(".moved"))
        shutil.copyfile(path.with_suffix(".moved"), path)
        path.with_suffix(".moved").unlink()
        os.utime(path, (86_400, 86_400))
    before = os.umask(0o077)
    try:
        again = build(
            elsewhere,
            "--strict",
            environment={
                "PYTHONHASHSEED": "12345",
                "TZ": "Pacific/Kiritimati",
                "LC_ALL": "tr_TR.UTF-8",
                "LANG": "tr_TR.UTF-8",
                "USER": "somebody",
                "COLUMNS": "20",
            },
        )
    finally:
        os.umask(before)
    assert again.code == 0, again.said
    assert list(again.files) == list(site.files)
    different = [
        name for name in site.files if again.files[name].read_bytes() != site.files[name].read_bytes()
    ]
    assert different == []


def test_building_again_in_place_changes_nothing(site: Built) -> None:
    before = {name: (path.read_bytes(), path.stat().st_mtime_ns) for name, path in site.files.items()}
    again = build(site.origin, "--strict")
    assert again.code == 0, again.said
    assert {
        name: (path.read_bytes(), path.stat().st_mtime_ns) for name, path in again.files.items()
    } == before
