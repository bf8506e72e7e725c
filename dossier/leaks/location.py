"""Where a picture or film was taken, if its metadata say so: EXIF's GPS directory, XMP, QuickTime.

Written from the specifications: Exif 2.32 (CIPA DC-008), TIFF 6.0, PNG 1.3, the WebP container, XMP part 3.
"""

import re
import struct
import zlib
from collections.abc import Iterator

GPS_DIRECTORY, LATITUDE, LONGITUDE = 0x8825, 2, 4
MOST_ENTRIES = 1_000
# A directory of tags begins right behind the header in all that cameras and telephones write.
_HEADERS = (b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08")
# ImageMagick keeps the EXIF of a PNG in hexadecimal lines.
_RAW_PROFILE = re.compile(rb"\n(?:exif|APP1)\s+\d+\s+([0-9a-fA-F\s]+)")
_FILMS = (b"\xa9xyz", b"com.apple.quicktime.location.ISO6709")
_XMP = (b"exif:GPSLatitude", b"exif:GPSCoordinates")


def location(data: bytes) -> str:
    """What in a file says where it was taken: `EXIF`, `XMP` or `QuickTime`; '' where nothing does."""
    if any(_tells(block) for block in _exif_blocks(data)):
        return "EXIF"
    if any(sign in text for text in _texts(data) for sign in _XMP):
        return "XMP"
    if data[4:8] == b"ftyp" and any(sign in data for sign in _FILMS):
        return "QuickTime"
    return ""


def _exif_blocks(data: bytes) -> Iterator[memoryview]:
    """What may be EXIF: from each header of a TIFF directory on, wherever the file has it."""
    view = memoryview(data)
    for header in _HEADERS:
        place = data.find(header)
        while place != -1:
            yield view[place:]
            place = data.find(header, place + 1)
    for text in _png_texts(data):
        profile = _RAW_PROFILE.search(text)
        if profile:
            digits = b"".join(profile[1].split())
            unpacked = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
            yield memoryview(unpacked.removeprefix(b"Exif\0\0"))


def _tells(block: memoryview) -> bool:
    """Whether a TIFF directory has a GPS directory with a place in it."""
    order = "<" if bytes(block[:2]) == b"II" else ">"
    first = _number(block, order, 4)
    pointer = dict(_entries(block, order, first)).get(GPS_DIRECTORY)
    if pointer is None:
        return False
    tags = dict(_entries(block, order, pointer))
    return LATITUDE in tags and LONGITUDE in tags


def _entries(block: memoryview, order: str, start: int) -> Iterator[tuple[int, int]]:
    """The tags of a directory, each with its value or the place of it."""
    if start + 2 > len(block):
        return
    (count,) = struct.unpack_from(f"{order}H", block, start)
    for place in range(start + 2, start + 2 + 12 * min(count, MOST_ENTRIES), 12):
        if place + 12 > len(block):
            return
        (tag,) = struct.unpack_from(f"{order}H", block, place)
        yield tag, _number(block, order, place + 8)


def _number(block: memoryview, order: str, place: int) -> int:
    if place + 4 > len(block):
        return 0
    (number,) = struct.unpack_from(f"{order}I", block, place)
    return int(number)


def _texts(data: bytes) -> Iterator[bytes]:
    """The file as it is, and the texts that it has compressed."""
    yield data
    yield from _png_texts(data)


def _png_texts(data: bytes) -> Iterator[bytes]:
    """The texts of a PNG, uncompressed."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return
    place = 8
    while place + 8 <= len(data):
        (size,) = struct.unpack_from(">I", data, place)
        kind, chunk = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        place += 12 + size
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield chunk
            packed = chunk.find(b"\x78")  # where deflated data begin
            while packed != -1 and kind != b"tEXt":
                try:
                    yield chunk[:40] + b"\n" + zlib.decompressobj().decompress(chunk[packed:], 1 << 20)
                    break
                except zlib.error:
                    packed = chunk.find(b"\x78", packed + 1)
