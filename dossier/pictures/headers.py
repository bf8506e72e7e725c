"""What a picture's header says: how large it is, which way up, and whether it moves. Nothing is decoded."""

import hashlib
import struct

from dossier.model import Picture
from dossier.pictures.stripping import EXIF, PNG, DamagedError, chunks, orientation, riff, segments, stripped
from dossier.urls import suffix_of

SUFFIXES = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"])
# In pixels: more than any camera's, and less than what unpacks to more than 400 MB.
LARGEST = 100_000_000
# Frames of a JPEG, but those of arithmetic coding, hierarchies and the like, which browsers don't show.
_FRAMES = (0xC0, 0xC1, 0xC2)

_Found = tuple[int, int, int, bool]


def is_picture(path: str) -> bool:
    """Whether a file is a picture made of pixels, by its name."""
    return suffix_of(path) in SUFFIXES


def looked_at(data: bytes) -> Picture:
    """What is to be known of a picture; its width is 0 where the bytes aren't those of a picture."""
    clean = stripped(data)
    digest = "" if clean == data else hashlib.blake2b(clean, digest_size=16).hexdigest()
    try:
        width, height, turned, still = _read(data)
    except (DamagedError, struct.error, IndexError):
        width, height, turned, still = 0, 0, 1, False
    if turned >= 5:  # It lies on its side.
        width, height = height, width
    return Picture(width, height, still, digest)


def _read(data: bytes) -> _Found:
    """Width, height, orientation, and whether smaller ones can be made of it."""
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith(PNG):
        return _png(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack_from("<HH", data, 6)
        return width, height, 1, False
    place = data.find(b"ispe", 0, 4096) if data[4:8] == b"ftyp" else -1
    if place < 0:
        raise DamagedError("no picture")
    width, height = struct.unpack_from(">II", data, place + 8)
    return width, height, 1, False


def _jpeg(data: bytes) -> _Found:
    turned = 1
    for marker, content, _ in segments(data):
        if marker == 0xE1 and content.startswith(EXIF):
            turned = orientation(content[len(EXIF) :])
        elif marker in _FRAMES:
            bits, height, width, components = struct.unpack_from(">BHHB", content)
            return width, height, turned, bits == 8 and components in (1, 3)
    raise DamagedError("no frame")


def _png(data: bytes) -> _Found:
    found, turned, moves = None, 1, False
    for name, content, _ in chunks(data):
        if name == b"IHDR":
            found = struct.unpack_from(">IIBB", content)
        elif name == b"eXIf":
            turned = orientation(content)
        moves = moves or name == b"acTL"
    if found is None:
        raise DamagedError("no header")
    width, height, bits, _ = found
    return width, height, turned, bits <= 8 and not moves


def _webp(data: bytes) -> _Found:
    size, turned, moves = (0, 0), 1, False
    for name, content in riff(data):
        if name == b"VP8X":
            size = tuple(int.from_bytes(content[at : at + 3], "little") + 1 for at in (4, 7))  # type: ignore[assignment]
            moves = bool(content[0] & 0x02)
        elif name == b"VP8 " and not size[0]:
            width, height = struct.unpack_from("<HH", content, 6)
            size = (width & 0x3FFF, height & 0x3FFF)
        elif name == b"VP8L" and not size[0]:
            bits = int.from_bytes(content[1:5], "little")
            size = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        elif name == b"EXIF":
            turned = orientation(content.removeprefix(EXIF))
    if not size[0]:
        raise DamagedError("no frame")
    return size[0], size[1], turned, not moves
