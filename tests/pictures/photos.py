"""Photos to try things on, as a camera would write them."""

from io import BytesIO

from PIL import Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

# 33° 18' north, 44° 21' east.
PLACE = {1: "N", 2: tuple(map(IFDRational, (33, 18, 36))), 3: "E", 4: tuple(map(IFDRational, (44, 21, 0)))}
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def scene(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right, green along the top."""
    picture = Image.linear_gradient("L").rotate(90).resize((width, height))
    made = Image.merge("RGB", (picture.point(lambda v: 255 - v), picture.point(lambda v: 0), picture))
    made.paste((0, 255, 0), (0, 0, width, height // 8))
    return made.convert(mode)


def photo(
    width: int = 640,
    height: int = 400,
    form: str = "JPEG",
    turned: int = 1,
    mode: str = "RGB",
    told: bool = True,
) -> bytes:
    """A photo with everything that a telephone writes into it, if it is `told`."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "Zanzibar Cameras"
    exif.get_ifd(0x8825).update(PLACE)
    file = BytesIO()
    options: dict[str, object] = {"exif": exif, "icc_profile": PROFILE} if told else {}
    if told and form == "JPEG":
        options["comment"] = b"Zanzibar comment"
    scene(width, height, mode).save(file, form, **options)
    return file.getvalue()
