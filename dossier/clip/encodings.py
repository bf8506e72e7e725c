"""Bytes -> text, in whatever encoding they are: by mark, by declaration, by trial, by likelihood."""

import codecs
import re
from email.message import Message
from typing import NamedTuple

from charset_normalizer import from_bytes

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.I)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What pages mean that say so: https://encoding.spec.whatwg.org/#names-and-labels
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
HEAD = 4096
# What undeclared pages of the web are written in, that isn't UTF-8.
_LIKELY = [
    *("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2", "iso8859_5"),
    *("iso8859_6", "iso8859_7", "iso8859_8", "koi8_r", "koi8_u", "mac_cyrillic", "cp866"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "utf_16_le", "utf_16_be"),
]
_TRIAL = 20_000


class Decoded(NamedTuple):
    """A text, its encoding, and whether that was guessed; `lost` counts characters that it hadn't."""

    text: str
    encoding: str
    guessed: bool = False
    lost: int = 0


def decode(data: bytes, content_type: str = "") -> Decoded:
    """The text that bytes are: by byte order mark, header, what they say themselves, UTF-8, likelihood."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _as(data[len(mark) :], name)
    for declared in (_of_header(content_type), _of_document(data)):
        name = known(declared)
        if name and not _contradicted(data, name):
            return _as(data, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _likeliest(data)


def known(label: str) -> str:
    """Python's name for an encoding of text, '' for what is none."""
    try:
        name = codecs.lookup(label.strip()).name
        b"".decode(name)
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(name, name)


def _of_header(content_type: str) -> str:
    message = Message()
    message["content-type"] = content_type.replace("\r", " ").replace("\n", " ")
    return message.get_content_charset("") or ""


def _of_document(data: bytes) -> str:
    head = data[:HEAD]
    found = _XML.search(head) or _META.search(head)
    return found[1].decode("ascii") if found else ""


def _contradicted(data: bytes, name: str) -> bool:
    """Whether the bytes can't be in an encoding that they are said to be in."""
    if name.startswith("utf-16") and _META.search(data[:HEAD]):
        return True  # What says so in single bytes isn't in double ones.
    try:
        data[:_TRIAL].decode(name) if len(data) <= _TRIAL else codecs.getincrementaldecoder(name)().decode(
            data[:_TRIAL]
        )
    except UnicodeDecodeError:
        return True
    return False


def _as(data: bytes, name: str) -> Decoded:
    text = data.decode(name, "replace")
    return Decoded(text, name, lost=text.count("\ufffd"))


def _likeliest(data: bytes) -> Decoded:
    """By the frequencies of letters; of a page, without its tags, which are the same in most encodings."""
    letters = re.sub(rb"<[^<>]{0,2000}>|[\x00-\x7f]{200,}", b" ", data)[: 4 * _TRIAL]
    best = from_bytes(letters or data, cp_isolation=_LIKELY).best()
    if best is None:
        return Decoded(data.decode("utf-8", "replace"), "utf-8", True, data.count(b"\xff"))
    name = known(best.encoding) or "cp1252"
    text = data.decode(name, "replace")
    return Decoded(text, name, True, text.count("\ufffd"))
