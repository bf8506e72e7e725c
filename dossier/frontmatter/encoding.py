"""Bytes -> text of lines that end in a line feed, with the places of all that is not text."""

import re

from dossier.diagnostics import Diagnostic, Mark, error

_BOM = b"\xef\xbb\xbf"
_OTHER_ENCODINGS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
# C1 controls but for the line break U+0085, and the noncharacters that neither YAML nor XML may hold.
_CONTROLS_IN_UTF8 = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]|\xef\xb7[\x90-\xaf]|\xef\xbf[\xbe\xbf]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_MOST_REPORTED = 20


def lines_of(data: bytes) -> list[str]:
    """A file's lines as diagnostics count them: without a byte order mark, after LF, CRLF or CR."""
    return _line_feeds(data.removeprefix(_BOM).decode("utf-8", "replace")).split("\n")


def decode(path: str, data: bytes) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file, and findings for all that is not text in it.

    Control characters and bytes that are not UTF-8 become U+FFFD, so that the rest can be read and reported.
    The text is None where nothing can be read.
    """
    for mark, name in _OTHER_ENCODINGS.items():
        if data.startswith(mark):
            return None, [_other_encoding(path, name)]
    data = data.removeprefix(_BOM)
    try:
        text, findings = data.decode(), []
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        if text.count("\x00") > len(text) // 4:
            return None, [_other_encoding(path, "UTF-16 without a byte order mark")]
        findings = _not_utf8(path, data)
    text = _line_feeds(text)
    if _holds_controls(data):
        if text.count("\x00") > len(text) // 4:
            return None, [_other_encoding(path, "UTF-16 without a byte order mark")]
        findings += _control_characters(path, text)
        text = CONTROLS.sub("\ufffd", text)
    return text, findings


def _holds_controls(data: bytes) -> bool:
    if len(data.translate(None, _CONTROL_BYTES)) != len(data):
        return True
    # Most texts have none of the bytes that these begin with.
    return (b"\xc2" in data or b"\xef" in data) and _CONTROLS_IN_UTF8.search(data) is not None


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _other_encoding(path: str, name: str) -> Diagnostic:
    hint = "save it as UTF-8: most editors have 'Save with encoding'"
    return error(path, Mark(), "encoding", f"the file is {name}", hint)


def _not_utf8(path: str, data: bytes) -> list[Diagnostic]:
    """A finding for each line that holds bytes that are not UTF-8, at the first of them."""
    findings = []
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", data), start=1):
        try:
            line.decode()
        except UnicodeDecodeError as failure:
            column = len(line[: failure.start].decode()) + 1
            byte = line[failure.start]
            likely = bytes([byte]).decode("cp1252", "replace")
            guess = f"; in Windows-1252 it would be '{likely}'" if likely.isprintable() else ""
            message = f"the byte {byte:02x} is not UTF-8{guess}"
            hint = "save the file as UTF-8: most editors have 'Save with encoding'"
            findings.append(error(path, Mark(number, column, 1), "encoding", message, hint))
            if len(findings) == _MOST_REPORTED:
                break
    return findings


def _control_characters(path: str, text: str) -> list[Diagnostic]:
    """A finding for each line that holds control characters, at the first of them."""
    findings = []
    for number, line in enumerate(text.split("\n"), start=1):
        found = CONTROLS.search(line)
        if found:
            place = Mark(number, found.start() + 1, 1)
            message = f"the character U+{ord(found[0]):04X} is not text"
            findings.append(error(path, place, "control-character", message, "delete it"))
            if len(findings) == _MOST_REPORTED:
                break
    return findings
