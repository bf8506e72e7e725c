"""WARC and WACZ files -> the pages in them.

A WACZ names its pages (`pages/pages.jsonl`); of a WARC they are what was answered with 200 and is a text, a
page or a PDF, and came not as a part of another page: the first, and those that no other leads to, can't be
told from one another in general, so that all are given.
"""

import json
import zipfile
from collections.abc import Iterator
from typing import IO

from warcio.recordloader import ArcWarcRecord

from dossier.clip import captures
from dossier.clip.forms import form_of
from dossier.clip.taken import Taken

MOST_RECORDS = 100_000
MOST_LISTED = 50 << 20
_PAGES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")
_NOT_PAGES = ("/robots.txt",)


def pages_of_warc(file: IO[bytes], largest: int, wanted: frozenset[str] | None = None) -> Iterator[Taken]:
    """The pages of a WARC file, one at a time; only those at `wanted` addresses where these are known.

    Raises captures.DamagedError.
    """
    seen: set[str] = set()
    for number, record in enumerate(captures.records(file)):
        if number >= MOST_RECORDS:
            raise captures.DamagedError(f"it has more than {MOST_RECORDS:,} records")
        uri = record.rec_headers.get_header("WARC-Target-URI") or ""
        if wanted is not None and uri not in wanted:
            continue
        if not _is_page(record, uri) or uri in seen:
            continue
        data = record.content_stream().read(largest + 1)
        taken = captures.to_taken(record, data)
        if data and form_of(data, taken.content_type) in ("html", "text", "pdf"):
            seen.add(uri)
            yield taken


def _is_page(record: ArcWarcRecord, uri: str) -> bool:
    if uri.endswith(_NOT_PAGES):
        return False
    http = record.http_headers
    if http is None:
        return (record.content_type or "").partition(";")[0] in _PAGES
    kind = (http.get_header("content-type") or "").partition(";")[0].strip().lower()
    return bool(http.get_statuscode() == "200" and kind in _PAGES)


def pages_of_wacz(file: IO[bytes], largest: int) -> Iterator[Taken]:
    """The pages of a WACZ file (https://specs.webrecorder.net/wacz/1.1.1/). Raises captures.DamagedError."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            archives = [name for name in names if name.startswith("archive/") and ".warc" in name]
            if not archives:
                raise captures.DamagedError("it is a zip file, but no WACZ: there is no archive/*.warc in it")
            wanted = _listed(package) if "pages/pages.jsonl" in names else None
            for name in archives:
                with package.open(name) as archive:
                    yield from pages_of_warc(archive, largest, wanted)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
        raise captures.DamagedError(f"it is no whole WACZ file ({problem})") from None


def _listed(package: zipfile.ZipFile) -> frozenset[str] | None:
    """The addresses that a WACZ gives as its pages; None where it gives none."""
    found = set()
    with package.open("pages/pages.jsonl") as file:
        for line in file.read(MOST_LISTED).splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict) and isinstance(entry.get("url"), str):
                found.add(entry["url"])
    return frozenset(found) or None
