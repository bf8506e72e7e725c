"""What bytes are: by what they begin with, by what they are said to be, by their name."""

import re
from typing import Literal

from dossier.clip.taken import Form

AnyForm = Form | Literal["warc", "wacz", "other"]
_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|script|!--)\b", re.I)
_LETTER = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t][^\r\n]{0,998}(?:\r?\n[ \t][^\r\n]{0,998})*\r?\n){2}"
)
_LETTER_FIELDS = (b"from:", b"received:", b"mime-version:", b"message-id:", b"return-path:")
_TYPES: dict[str, AnyForm] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/plain": "text",
    "text/markdown": "text",
    "message/rfc822": "email",
    "application/warc": "warc",
    "application/wacz": "wacz",
}
_SUFFIXES: dict[str, AnyForm] = {
    ".eml": "email",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".warc": "warc",
    ".wacz": "wacz",
}
_OTHERS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ\x90",
    b"ID3",
    b"OggS",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
)


def form_of(data: bytes, content_type: str = "", name: str = "") -> AnyForm:
    """What bytes are; `other` for what can't be clipped."""
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"WARC/", b"\x1f\x8b")):
        return "warc"
    if data.startswith(b"PK\x03\x04"):
        return "wacz"
    if data.startswith(_OTHERS) or data[4:8] == b"ftyp":
        return "other"
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    declared = content_type.partition(";")[0].strip().lower()
    said = _TYPES.get(declared) or _SUFFIXES.get(suffix)
    if said in ("pdf", "warc", "wacz"):
        said = None  # It would have begun so.
    if (said == "text" and suffix == ".md") or said in ("email", "html"):
        return said
    if _is_letter(start):
        return "email"
    if said is None and declared and not declared.startswith("text/"):
        return "html" if _TAG.search(start) else "other"
    plain = data[:2048].replace(b"\0", b"")  # UTF-16 has the tags, too.
    return "html" if _TAG.search(plain[:512]) else "text"


def _is_letter(start: bytes) -> bool:
    match = _LETTER.match(start)
    if match is None:
        return False
    head = start[:2048].lower()
    return sum(head.startswith(field) or b"\n" + field in head for field in _LETTER_FIELDS) >= 2
