"""What photos tell is taken out of them, and what they are shown with stays."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from dossier.leaks.location import location
from dossier.pictures import looked_at, stripped
from tests.pictures.photos import PROFILE, photo
from tests.publish.test_leaks import TOLD, UNTOLD


def pixels(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as opened:
        return ImageOps.exif_transpose(opened).convert("RGBA").tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_place_and_camera_go_and_the_picture_stays(form: str, turned: int) -> None:
    data = photo(60, 40, form, turned)
    clean = stripped(data)
    assert (location(data), location(clean)) == ("EXIF", "")
    assert b"Zanzibar" in data
    assert b"Zanzibar" not in clean
    assert pixels(clean) == pixels(data)
    with Image.open(BytesIO(clean)) as opened:
        assert opened.info["icc_profile"] == PROFILE
        assert dict(opened.getexif()) == ({0x0112: turned} if turned != 1 else {})


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_without_metadata_stays_as_it_is(form: str) -> None:
    data = photo(60, 40, form, told=False)
    assert stripped(stripped(data)) == stripped(data)
    assert looked_at(stripped(data)).clean == ""


def test_a_progressive_picture_stays_whole_and_loses_what_hangs_behind_it() -> None:
    file = BytesIO()
    Image.effect_mandelbrot((90, 60), (-2, -1, 1, 1), 50).save(file, "JPEG", progressive=True, quality=95)
    clean = stripped(file.getvalue() + b"ftypmp42 a film of Zanzibar")
    assert b"Zanzibar" not in clean
    assert pixels(clean) == pixels(file.getvalue())


@pytest.mark.parametrize("name", [name for name in TOLD if name.startswith(("png", "webp"))])
def test_every_way_to_tell_a_place(name: str) -> None:
    assert location(stripped(TOLD[name][0])) == ""


@pytest.mark.parametrize("name", UNTOLD)
def test_odd_and_damaged_files(name: str) -> None:
    assert location(stripped(UNTOLD[name])) == ""


@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.data())
def test_damaged_bytes_raise_nothing(form: str, draw: st.DataObject) -> None:
    data = bytearray(photo(20, 20, form))
    for place in draw.draw(st.lists(st.integers(0, len(data) - 1), max_size=6)):
        data[place] = draw.draw(st.integers(0, 255))
    looked_at(bytes(data[: draw.draw(st.integers(0, len(data)))]))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_headers_say_how_large_a_picture_is(form: str) -> None:
    file = BytesIO()
    Image.new("RGB", (321, 123), "red").save(file, form)
    found = looked_at(file.getvalue())
    assert (found.width, found.height) == (321, 123)
    assert found.still == (form in ("JPEG", "PNG", "WEBP"))


@pytest.mark.parametrize(("mode", "form"), [("RGBA", "WEBP"), ("L", "JPEG"), ("P", "PNG")])
def test_headers_of_other_modes(mode: str, form: str) -> None:
    assert looked_at(photo(50, 30, form, mode=mode, told=False)).width == 50
    lossless = BytesIO()
    Image.new("RGBA", (77, 33)).save(lossless, "WEBP", lossless=True)
    assert looked_at(lossless.getvalue()).height == 33


def test_a_picture_on_its_side_is_as_wide_as_it_is_shown() -> None:
    found = looked_at(photo(60, 40, turned=6))
    assert (found.width, found.height) == (40, 60)


def test_what_is_no_picture_has_no_size() -> None:
    assert looked_at(b"not really a picture").width == 0
    assert looked_at(b"").width == 0
