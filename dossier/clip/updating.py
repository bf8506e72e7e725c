"""An article that is clipped again: what comes from its source is renewed, all else stays as it is.

Front matter is changed line by line, so that comments and order stay. A field that a curator may have
mended (a title, a date, a name) is filled in where it is empty, and never changed. The text is renewed only
where it still is what had been captured, word for word, or where there was none.
"""

import re

from dossier.clip.writing import Draft, listed, scalar

_FENCE = re.compile(r"---[ \t]*\n(?P<matter>.*?)^---[ \t]*(?:\n|\Z)", re.M | re.S)
_KEY = re.compile(r"([\w-]+):(.*)")


def updated(former: str, draft: Draft, renew_text: bool) -> str:
    """The file's new content. `former` has Unix line ends. What has no front matter stays as it is."""
    match = _FENCE.match(former)
    if match is None:
        return former
    lines = match["matter"].split("\n")[:-1]
    found = draft.found
    for key, value in (("capture", draft.capture), ("accessed", draft.accessed)):
        lines = _with(lines, key, value, replace=True)
    if draft.archive_url:
        lines = _with(lines, "archive_url", scalar(draft.archive_url), replace=True)
    for key, value in (
        ("title", scalar(found.title) if found.title else ""),
        ("source", scalar(found.source) if found.source else ""),
        ("authors", listed(found.authors) if found.authors else ""),
        ("date", scalar(found.date) if found.date else ""),
        ("url", scalar(found.url) if found.url else ""),
    ):
        lines = _with(lines, key, value, replace=False) if value else lines
    if renew_text and not former[match.end() :].strip():
        lines = _with(lines, "text", draft.text, replace=True)
        lines = _with(lines, "obtained", draft.obtained, replace=True)
    body = "\n" + found.text if renew_text else former[match.end() :]
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def _with(lines: list[str], key: str, value: str, *, replace: bool) -> list[str]:
    """The lines with a field: in its line where that is empty or may be replaced, else at the end."""
    for number, line in enumerate(lines):
        match = _KEY.match(line)
        if match is None or match[1] != key:
            continue
        goes_on = number + 1 < len(lines) and lines[number + 1][:1] in (" ", "\t", "-")
        empty = re.fullmatch(r"\s*(?:\[\s*\])?\s*(?:#.*)?", match[2]) is not None and not goes_on
        if empty or (replace and not goes_on):
            return [*lines[:number], f"{key}: {value}", *lines[number + 1 :]]
        return lines
    return [*lines, f"{key}: {value}"]
