"""Pictures without their metadata, their pixels untouched: JPEG, PNG and WebP.

What is left is what they are shown with: the colour profile, and which way up they are. Places, times,
cameras, comments, previews and what is hung behind the end go. Written from the specifications: JPEG (ITU-T
T.81), Exif 2.32, PNG 1.3, the WebP container.
"""

import re
import struct
import zlib
from collections.abc import Iterator

ORIENTATION = 0x0112
EXIF = b"Exif\0\0"
PNG = b"\x89PNG\r\n\x1a\n"
# JFIF, colour profiles, and Adobe's word on how colours are coded.
_KEPT_SEGMENTS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_DROPPED_CHUNKS = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
# Within a scan, anything but a stuffed byte, a restart or filling begins the next segment.
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class DamagedError(ValueError):
    """A file that isn't what it says."""


def stripped(data: bytes) -> bytes:
    """The picture without its metadata; as it is where it has none, is of another kind, or is damaged."""
    try:
        if data.startswith(b"\xff\xd8"):
            return b"\xff\xd8" + b"".join(_jpeg(data))
        if data.startswith(PNG):
            return PNG + b"".join(_png(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            chunks = b"".join(_webp(data))
            return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks
    except (DamagedError, struct.error, IndexError):
        return data
    return data


def orientation(exif: bytes) -> int:
    """Which way up a picture is by its EXIF, without the header `Exif`: 1 to 8, as Exif 2.32 has it."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return 1
    (first,) = struct.unpack_from(f"{order}I", exif, 4)
    if first + 2 > len(exif):
        return 1
    (count,) = struct.unpack_from(f"{order}H", exif, first)
    for place in range(first + 2, min(first + 2 + 12 * count, len(exif) - 11), 12):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, place)
        if tag == ORIENTATION:
            return value if 1 <= value <= 8 else 1
    return 1


def _only(turned: int) -> bytes:
    """EXIF that says which way up a picture is, and nothing else."""
    return b"II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, ORIENTATION, 3, 1, turned, 0, 0)


# ---------------------------------------------------------------- JPEG


def segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The segments of a JPEG, as far as its end: marker, what is in it, and the coded scan behind it."""
    place = 2
    while True:
        while data[place] == 0xFF and data[place + 1] == 0xFF:
            place += 1
        if data[place] != 0xFF:
            raise DamagedError("no marker")
        marker = data[place + 1]
        if marker == 0xD9:
            return
        (size,) = struct.unpack_from(">H", data, place + 2)
        end = place + 2 + size
        if size < 2 or end > len(data):
            raise DamagedError("a segment beyond the end")
        scan = b""
        if marker == 0xDA:
            found = _NEXT.search(data, end)
            if found is None:
                raise DamagedError("no end")
            scan = data[end : found.start()]
        yield marker, data[place + 4 : end], scan
        place = end + len(scan)


def _jpeg(data: bytes) -> Iterator[bytes]:
    turned, told = 1, False
    for marker, content, _ in segments(data):
        if marker == 0xE1 and content.startswith(EXIF):
            turned = orientation(content[len(EXIF) :])
            break
    for marker, content, scan in segments(data):
        applied = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if applied and not content.startswith(_KEPT_SEGMENTS.get(marker, b"\xff none")):
            continue
        if turned != 1 and not told and marker != 0xE0:  # JFIF stands first.
            told = True
            yield _segment(0xE1, EXIF + _only(turned))
        yield _segment(marker, content) + scan
    yield b"\xff\xd9"


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


# ---------------------------------------------------------------- PNG


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The chunks of a PNG, as far as its end: name, content, and all of it with its checksum."""
    place = 8
    while place + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, place)
        if place + 12 + size > len(data):
            raise DamagedError("a chunk beyond the end")
        yield name, data[place + 8 : place + 8 + size], data[place : place + 12 + size]
        place += 12 + size
        if name == b"IEND":
            return


def _png(data: bytes) -> Iterator[bytes]:
    for name, content, whole in chunks(data):
        turned = orientation(content) if name == b"eXIf" else 1
        if turned != 1:
            yield _chunk(name, _only(turned))
        elif name not in _DROPPED_CHUNKS:
            yield whole


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


# ---------------------------------------------------------------- WebP


def riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a WebP: name and content."""
    place, end = 12, min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while place + 8 <= end:
        name, size = struct.unpack_from("<4sI", data, place)
        if place + 8 + size > len(data):
            raise DamagedError("a chunk beyond the end")
        yield name, data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def _webp(data: bytes) -> Iterator[bytes]:
    turned = 1
    for name, content in riff(data):
        if name == b"EXIF":
            turned = orientation(content.removeprefix(EXIF))
    for name, content in riff(data):
        if name == b"VP8X":  # Its flags say what there is: 8 EXIF, 4 XMP.
            content = bytes([content[0] & ~0x0C | (0x08 if turned != 1 else 0)]) + content[1:]
        if name == b"EXIF" and turned != 1:
            content = _only(turned)
        elif name in (b"EXIF", b"XMP "):
            continue
        yield name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
