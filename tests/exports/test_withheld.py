"""Text that its rights withhold is in no byte of any export."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from dossier.exports.collecting import collect
from dossier.exports.composing import compose
from dossier.exports.epub import write_epub
from dossier.exports.json import as_json
from dossier.exports.single import single
from tests.exports.conftest import Desk
from tests.site.test_rights import QUOTED, site, unpacked


def exports(desk: Desk) -> dict[str, bytes]:
    """What each kind of export says, uncompressed."""
    book = BytesIO()
    with desk.reading() as found:
        write_epub(compose(found, "all"), book, None)
        return {
            "epub": book.getvalue(),
            "json": as_json(collect(found)),
            "single": single(compose(found, "t")),
            "all": single(compose(found, "all")),
        }


def told(data: bytes) -> bytes:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    return unpacked(data)


def leaks(desk: Desk) -> set[str]:
    return {
        name for name, data in exports(desk).items() if re.search(rb"(?i)zanzibar\d+q|first5\d", told(data))
    }


@pytest.mark.parametrize("rights", ["", "rights: reference\n"])
def test_withheld_text_is_in_no_export(tmp_path: Path, rights: str) -> None:
    desk = Desk(tmp_path, tmp_path)
    desk.write(site(rights, "full", "rights: full\n" if rights else ""))
    assert leaks(desk) == set()
    assert QUOTED.encode() in told(exports(desk)["single"])  # where the note quotes it


def test_the_search_finds_what_is_not_withheld(tmp_path: Path) -> None:
    desk = Desk(tmp_path, tmp_path)
    desk.write(site("rights: full\n", "full"))
    assert leaks(desk) == {"json"}  # briefings have no article's text
