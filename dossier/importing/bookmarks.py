"""Lists of saved pages: Pocket, Instapaper and Raindrop as CSV, and bookmarks as browsers exchange them.

Pocket: `title,url,time_added,tags,status`, tags between `|`, packed or not, or a page of links with these.
Instapaper: `URL,Title,Selection,Folder,Timestamp,Tags`, tags as JSON.
Raindrop: `id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite`, tags between commas.
Bookmarks: `<DT><A HREF ADD_DATE TAGS>` in folders of `<DL>`, as Netscape wrote them
(https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)).
"""

import csv
import io
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dossier.clip.markdown import paragraphs
from dossier.diagnostics import Mark, error, info
from dossier.importing.archives import read_archive
from dossier.importing.items import Batch, Item, Left
from dossier.model import Excerpt

# Folders that say only whether something was read.
_STATES = frozenset(
    (
        *(
            "unread",
            "archive",
            "read archive",
            "starred",
            "unsorted",
            "trash",
            "home",
            "read",
            "liked",
            "inbox",
        ),
        *("bookmarks", "bookmarks bar", "bookmarks menu", "bookmarks toolbar", "other bookmarks"),
        *("mobile bookmarks", "unsorted bookmarks", "favorites bar", "pocket export", "instapaper: export"),
    )
)
_NAMES = {
    "link": "url",
    "address": "url",
    "href": "url",
    "name": "title",
    "time_added": "time",
    "timestamp": "time",
    "created": "time",
    "date": "time",
    "selection": "highlights",
    "description": "excerpt",
    "notes": "note",
    "labels": "tags",
    "collection": "folder",
}
_CARRIED = ("url", "title", "time", "tags", "folder", "note", "excerpt", "highlights")
_SEVERAL_LINES = re.compile(r"\n\s*\n?")
MOST_FIELD = 1 << 20


def read_bookmarks(place: str, data: bytes, address: str) -> Batch:
    """The saved pages of an export."""
    if data.startswith(b"PK\x03\x04"):
        return read_archive(place, data, _read_list)
    return _read_list(place, data)


def _read_list(place: str, data: bytes) -> Batch:
    text = _decoded(data)
    if not text.strip():
        hint = "export it again"
        return Batch(findings=[error(place, Mark(), "import-format", "there is nothing in the file", hint)])
    head = text[:4096].lstrip().lower()
    if head.startswith("<") or "<!doctype" in head or "<dl" in head:
        return _of_page(place, text)
    return _of_table(place, text)


def _decoded(data: bytes) -> str:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


# ---------------------------------------------------------------- tables


def _of_table(place: str, text: str) -> Batch:
    batch, left = Batch(), Left(place)
    csv.field_size_limit(MOST_FIELD)
    rows = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), delimiter=_delimiter(text))
    try:
        names = [_name(cell) for cell in next(rows)]
        if "url" not in names:
            message = "the table has no column of addresses: url, link or address"
            hint = "give an export of Pocket, Instapaper or Raindrop (CSV), or bookmarks (HTML)"
            return Batch(findings=[error(place, Mark(1), "import-format", message, hint)])
        line = rows.line_num + 1
        for row in rows:
            if any(cell.strip() for cell in row):
                _add(batch, left, place, line, dict(zip(names, row, strict=False)))
            line = rows.line_num + 1
    except csv.Error as problem:
        message = f"the table can't be read from here on: {problem}"
        mark = Mark(rows.line_num or 1)
        batch.findings.append(error(place, mark, "import-format", message, "export it again"))
    batch.findings += left.findings()
    return batch


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _name(cell: str) -> str:
    name = cell.strip().strip('"').strip().lower()
    return _NAMES.get(name, name)


def _add(batch: Batch, left: Left, place: str, line: int, row: Mapping[str, str]) -> None:
    batch.read += 1
    url = row.get("url", "").strip()
    if not _is_page(url):
        message = f"'{url[:120]}' is no address of the web" if url else "there is no address"
        batch.findings.append(info(place, Mark(line), "not-imported", f"{message}, so no article was made"))
        return
    for name, value in row.items():
        if name and name not in (*_CARRIED, "id") and value.strip() not in ("", "false", "0"):
            left.field(Mark(line), name)
    folder = row.get("folder", "").strip()
    tags = [*_tags(row.get("tags", "")), *([folder] if folder.lower() not in _STATES else [])]
    batch.items.append(
        Item(
            place,
            line,
            title=row.get("title", "").strip() or url,
            url=url,
            accessed=_day(row.get("time", "")),
            categories=tuple(tag for tag in tags if tag),
            described=row.get("excerpt", ""),
            text="summary",
            excerpts=tuple(Excerpt(one) for one in _passages(row.get("highlights", ""))),
            body=paragraphs(row.get("note", "")),
        )
    )


def _is_page(url: str) -> bool:
    return re.match(r"https?://[^\s/]+\.?[^\s]*$", url, re.I) is not None


def _tags(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list):
            return [str(one).strip() for one in found if isinstance(one, str)]
    return [part.strip() for part in re.split(r"[|,]", text) if part.strip()]


def _passages(text: str) -> list[str]:
    """Highlights, a paragraph each; of a selection all is one."""
    return [part.strip() for part in _SEVERAL_LINES.split(text.replace("\r\n", "\n")) if part.strip()]


def _day(text: str) -> str:
    """The day of seconds (or milliseconds) since 1970, or of a time as it is written."""
    text = text.strip()
    if re.fullmatch(r"\d{9,14}(?:\.\d+)?", text):
        seconds = float(text)
        try:
            return datetime.fromtimestamp(seconds / (1000 if seconds > 1e11 else 1), UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            return ""
    found = re.match(r"\d{4}-\d\d-\d\d", text)
    return found[0] if found else ""


# ---------------------------------------------------------------- pages of links


def _of_page(place: str, text: str) -> Batch:
    from dossier.clip.pages import parsed  # Tables are read without lxml.

    batch, left = Batch(), Left(place)
    tree = parsed(text)
    folders: list[tuple[int, str]] = []
    for element in () if tree is None else tree.iter("a", "h1", "h2", "h3"):
        line = element.sourceline or 0
        depth = sum(1 for above in element.iterancestors("dl"))
        words = " ".join("".join(element.itertext()).split())
        if element.tag != "a":
            folders = [*((d, name) for d, name in folders if d < depth), (depth, words)]
            continue
        row = {name.lower(): value for name, value in element.attrib.items()}
        inside = [name for d, name in folders if d < depth or not depth]
        folder = " / ".join(name for name in inside if name.lower() not in _STATES)
        url = row.pop("href", "")
        note = _description(element)
        for name, value in row.items():
            if name in ("shortcuturl", "private", "toread", "feedurl") and value not in ("", "0"):
                left.field(Mark(line), name.upper())
        row = {
            "url": url,
            "title": words,
            "time": row.get("add_date") or row.get("time_added") or "",
            "tags": row.get("tags", ""),
            "folder": folder,
            "note": note,
        }
        _add(batch, left, place, line, row)
    if not batch.read:
        message = "there are no links in the file"
        hint = "give the file that the program exported as bookmarks"
        batch.findings.append(error(place, Mark(), "import-format", message, hint))
    batch.findings += left.findings()
    return batch


def _description(element: Any) -> str:
    """What stands in a `<DD>` behind a bookmark's element."""
    above = element.getparent()
    behind = None if above is None else above.getnext() if above.tag == "dt" else element.getnext()
    if behind is None or behind.tag != "dd":
        return ""
    pieces = [behind.text or ""]
    for child in behind:
        if child.tag in ("dl", "dt"):
            break
        pieces += ["".join(child.itertext()), child.tail or ""]
    return "".join(pieces).strip()
