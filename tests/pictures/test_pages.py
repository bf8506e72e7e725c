"""Pictures on pages: in their sizes and forms, with words; made once; the same from clean builds."""

import re
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from dossier.build import picturing
from dossier.pictures import sizes
from tests.engine.site import Site, tree
from tests.pictures.photos import PROFILE, photo

FILES = {
    "site.yaml": "title: Small\nurl: https://example.org/\nchanges: dates\n",
    "content/topics/t.md": "---\ntitle: T\n---\n"
    + "Words before it.\n\n" * 150
    + "![Far down](../notes/p.jpg)\n",
    "content/notes/n.md": "---\ntitle: N\ndate: 2020-01-01\n---\n![A scene](p.jpg)\n\n![A sign](sign.png)\n",
    "content/articles/a.md": "---\ntitle: A\ndate: 2020-01-01\nrights: reference\n---\n"
    "![Theirs](theirs.jpg)\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    pictures = {
        "notes/p.jpg": photo(1300, 800),
        "notes/sign.png": photo(64, 64, "PNG"),
        "articles/theirs.jpg": photo(),
    }
    made.write({**FILES, **{f"content/{path}": data for path, data in pictures.items()}})
    return made


def test_browsers_choose_among_sizes_and_forms(site: Site) -> None:
    assert site.build().diagnostics == ()
    page = site.read("public/notes/n.html")
    widths = (480, 800, 1200, 1300)
    avif = ", ".join(f"../pictures/notes/p.jpg.{w}.avif {w}w" for w in widths)
    sizes_ = 'sizes="(min-width: 40rem) 38rem, 100vw"'
    assert f'<picture><source type="image/avif" srcset="{avif}" {sizes_}><source type="image/webp" ' in page
    assert '<img src="p.jpg" alt="A scene" width="1300" height="800" decoding="async"></picture>' in page
    assert '<img src="sign.png" alt="A sign" width="64" height="64" decoding="async">' in page
    for form in ("avif", "webp"):
        for width in widths:
            data = (site.output / f"pictures/notes/p.jpg.{width}.{form}").read_bytes()
            with Image.open(BytesIO(data)) as opened:
                assert (opened.format, opened.size) == (form.upper(), (width, round(width * 800 / 1300)))
                assert opened.info["icc_profile"] == PROFILE
                assert not opened.getexif()
                red, _, blue = opened.convert("RGB").getpixel((5, opened.height - 5))  # type: ignore[misc]
                assert red > blue + 100


def test_pictures_below_the_fold_wait(site: Site) -> None:
    site.build()
    assert 'alt="Far down" width="1300" height="800" decoding="async" loading="lazy">' in site.read(
        "public/topics/t.html"
    )
    assert "lazy" not in site.read("public/notes/n.html")


def test_a_picture_that_was_held_sideways_is_upright(site: Site) -> None:
    site.write({"content/notes/p.jpg": photo(800, 500, turned=6)})
    site.build()
    assert 'width="500" height="800"' in site.read("public/notes/n.html")
    with Image.open(site.output / "pictures/notes/p.jpg.480.webp") as opened:
        assert opened.size == (480, 768)
        red, green, _ = opened.convert("RGB").getpixel((475, 400))  # type: ignore[misc]
        assert green > 200 > red


def test_transparency_stays(site: Site) -> None:
    file = BytesIO()
    Image.new("RGBA", (400, 300), (255, 0, 0, 0)).save(file, "PNG")
    site.write({"content/notes/p.jpg": file.getvalue()})
    site.build()
    for form in ("avif", "webp"):
        with Image.open(site.output / f"pictures/notes/p.jpg.400.{form}") as opened:
            assert opened.convert("RGBA").getpixel((9, 9))[3] == 0  # type: ignore[index]


def test_pictures_of_withheld_texts_are_not_published(site: Site) -> None:
    site.build()
    assert not any("theirs" in path for path in site.tree())


def test_published_photos_do_not_say_where_they_were_taken(site: Site) -> None:
    site.build()
    assert not any(b"Zanzibar" in data for data in site.tree().values())
    assert b"Zanzibar" in (site.folder / "content/notes/p.jpg").read_bytes()


def test_nothing_is_made_again_that_is_known(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    first = site.build()
    assert first.written > 8
    monkeypatch.setattr(sizes, "resized", lambda *_: pytest.fail("made again"))
    assert site.build().written == 0
    site.write({"content/notes/n.md": FILES["content/notes/n.md"] + "More.\n"})
    assert (
        {"notes/n.html", "feed.xml"} <= set(site.build().changed) <= {"notes/n.html", "feed.xml", "feed.json"}
    )
    for path in (site.folder / ".dossier").glob("memo*"):
        path.unlink()
    assert site.build().written == 0
    before = site.tree()
    for path in (site.output / "pictures").rglob("*.avif"):
        path.unlink()
    site.build()  # From what is kept.
    assert site.tree() == before


@pytest.mark.slow
def test_incremental_equals_clean(site: Site, tmp_path: Path) -> None:
    site.build()
    edits: list[dict[str, str | bytes]] = [
        {"content/notes/p.jpg": photo(900, 600)},
        {"content/notes/n.md": "---\ntitle: N\ndate: 2020-01-01\n---\n![Other](sign.png)\n"},
        {"content/articles/a.md": FILES["content/articles/a.md"].replace("reference", "full")},
        {"content/notes/sign.png": photo(700, 700, "PNG", turned=3)},
        {"site.yaml": FILES["site.yaml"] + "images: false\n"},
        {"site.yaml": FILES["site.yaml"]},
    ]
    for number, edit in enumerate(edits):
        site.write(edit)
        site.build()
        assert site.tree() == site.clean(tmp_path / f"clean-{number}")
    assert not site.build(verify=True).failed
    assert site.tree() == tree(tmp_path / "clean-5/public")


def test_pictures_are_given_as_they_are_where_a_site_wants_that(site: Site) -> None:
    site.write({"site.yaml": FILES["site.yaml"] + "images: false\n"})
    assert site.build().diagnostics == ()
    assert '<img src="p.jpg" alt="A scene" width="1300" height="800" decoding="async">' in site.read(
        "public/notes/n.html"
    )
    assert not (site.output / "pictures").exists()
    assert b"Zanzibar" not in (site.output / "notes/p.jpg").read_bytes()


def test_without_pillow_it_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picturing.sizes, "available", lambda: False)
    result = site.build()
    assert not result.failed
    assert [(f.code, f.severity) for f in result.diagnostics] == [("images-missing", "info")]
    assert "<picture>" not in site.read("public/notes/n.html")


def test_a_bomb_is_refused_before_it_is_unpacked(site: Site) -> None:
    small = photo(64, 64, "PNG", told=False)
    header = b"IHDR" + struct.pack(">II", 20_000, 20_000) + small[24:29]
    bomb = small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]
    site.write({"content/notes/p.jpg": bomb})
    result = site.build()
    assert result.failed
    (finding,) = result.diagnostics
    assert (finding.path, finding.code) == ("content/notes/p.jpg", "picture-too-large")
    assert finding.message == "the picture has 400 million pixels; the most is 100"


def test_a_damaged_picture_ends_the_build(site: Site) -> None:
    site.write({"content/notes/p.jpg": photo(1300, 800, told=False)[:9_000]})
    result = site.build()
    assert [(f.path, f.code) for f in result.diagnostics] == [("content/notes/p.jpg", "damaged-picture")]
    assert not (site.output / "index.html").exists()


def test_words_are_asked_for(site: Site) -> None:
    site.write(
        {"content/notes/n.md": "---\ntitle: N\ndate: 2020-01-01\n---\nText ![](p.jpg) and ![ ](sign.png).\n"}
    )
    found = [(f.code, f.mark.line, f.mark.column, f.hint) for f in site.build().diagnostics]
    hint = "write it in words: ![what it shows](…)"
    assert found == [("missing-alt", 5, 10, hint), ("missing-alt", 5, 26, hint)]


def test_a_site_without_pictures_loads_nothing_of_this(site: Site) -> None:
    for path in site.folder.rglob("*.[jp][pn]g"):
        path.unlink()
    site.write({"content/notes/n.md": "---\ntitle: N\ndate: 2020-01-01\n---\nText.\n"})
    program = (
        "import sys; from pathlib import Path; from dossier.build import Options, build;"
        "build(Options(site=Path('.').absolute(), today='2026-01-01', jobs=1)); print(*sys.modules)"
    )
    done = site.python(program)
    assert "dossier.build.rendering" in done.stdout, done.stderr
    assert not re.search(r"\b(PIL|dossier\.build\.picturing)\b", done.stdout)
