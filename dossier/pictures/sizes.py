"""The sizes and forms in which readers get a picture, made by Pillow."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING

from dossier.diagnostics import DossierError, Mark, error
from dossier.model import Picture, Record
from dossier.pictures.headers import LARGEST
from dossier.urls import asset_path

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "pictures"
# In pixels: a telephone, its sharp screen, a page's column on a sharp screen, the whole of a wide one.
STEPS = (480, 800, 1200, 1800)
WIDEST = 2400
# A narrower picture is a sign or an icon, of which no smaller one is wanted.
NARROWEST = 320
# Forms, the best first: media type, and how they are written. AVIF's speed 8 is as fast as WebP, and smaller.
FORMS: dict[str, tuple[str, dict[str, int]]] = {
    "avif": ("image/avif", {"quality": 60, "speed": 8, "max_threads": 1}),
    "webp": ("image/webp", {"quality": 80, "method": 4}),
}


class Derived(Record, frozen=True):
    """A file to be made of a picture: its output path, the picture's path in the site, its width and form."""

    path: str
    source: str
    width: int
    form: str


def available() -> bool:
    """Whether Pillow is installed."""
    return find_spec("PIL") is not None


@cache
def version() -> str:
    """Which Pillow is installed, and which of the libraries that write the forms."""
    from PIL import features

    return " ".join(f"{name} {features.version(name)}" for name in ("pil", *FORMS))


def forms() -> tuple[str, ...]:
    """The forms that the installed Pillow can write."""
    from PIL import features

    return tuple(form for form in FORMS if features.check(form))


def widths(picture: Picture) -> tuple[int, ...]:
    """The widths in which a picture is given, the narrowest first; none where it is given as it is alone."""
    if not picture.still or picture.width < NARROWEST or picture.width * picture.height > LARGEST:
        return ()
    return (*(step for step in STEPS if step < picture.width), min(picture.width, WIDEST))


def derived_path(path: str, width: int, form: str) -> str:
    """The output path of a picture in a width and a form."""
    return f"{FOLDER}/{asset_path(path)}.{width}.{form}"


def derived_from(
    paths: Iterable[str], pictures: Mapping[str, Picture], forms: tuple[str, ...]
) -> Iterator[Derived]:
    """The files that are made of these pictures."""
    for path in paths:
        if path in pictures:
            for form in forms:
                for width in widths(pictures[path]):
                    yield Derived(derived_path(path, width, form), path, width, form)


def resized(path: str, data: bytes, width: int, form: str) -> bytes:
    """A picture, known by its path, in another width and form. Raises DossierError if it is damaged."""
    from PIL import Image, ImageFile, ImageOps

    Image.MAX_IMAGE_PIXELS = LARGEST
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded too, says otherwise.
    try:
        with Image.open(BytesIO(data)) as opened:
            opened.draft("RGB", (2 * width, 2 * width))  # A JPEG is decoded no larger than needed.
            picture = ImageOps.exif_transpose(opened)
            profile = picture.info.get("icc_profile", b"")
            made = _plain(picture)
        height = max(1, round(made.height * width / made.width))
        made = made.resize((width, height), Image.Resampling.LANCZOS)
        made.info = {}
        file, (_, options) = BytesIO(), FORMS[form]
        colours = {"icc_profile": profile} if profile[16:20] == b"RGB " else {}
        made.save(file, form.upper(), **options, **colours)
    # Decoders of damaged bytes raise whatever they come upon.
    except Exception as problem:
        message = f"the picture can't be read: {str(problem) or type(problem).__name__}"
        hint = "save it anew, or replace it; images: false in site.yaml gives pictures as they are"
        raise DossierError(error(path, Mark(), "damaged-picture", message, hint)) from None
    return file.getvalue()


def _plain(picture: "Image") -> "Image":
    """The picture in plain colours, with transparency if it has any."""
    transparent = "A" in picture.getbands() or "transparency" in picture.info
    return picture.convert("RGBA" if transparent else "RGB")
