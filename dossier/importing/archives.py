"""Pocket's export as it came: a zip file of tables, with what was marked in the pages beside them.

`part_000000.csv` and `collections/*.csv` are tables of pages; `annotations/*.json` is a list of
`{"url", "title", "highlights": [{"quote", "created_at"}]}`.
"""

import io
import json
import zipfile
from collections.abc import Callable

from msgspec.structs import replace

from dossier.addresses import normal_address
from dossier.diagnostics import Mark, error
from dossier.importing.items import Batch
from dossier.model import Excerpt

MOST_MEMBERS = 1_000
LARGEST_IN_ALL = 128 << 20
_TABLES = (".csv", ".html", ".htm")


def read_archive(place: str, data: bytes, read: Callable[[str, bytes], Batch]) -> Batch:
    """All tables of an archive as one, each read by `read`; what was marked in a page is its excerpts."""
    batch = Batch()
    quoted: dict[str, list[Excerpt]] = {}
    left = LARGEST_IN_ALL
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if not name.startswith(("__MACOSX/", "."))]
            for name in sorted(names)[:MOST_MEMBERS]:
                if not name.lower().endswith((*_TABLES, ".json")):
                    continue
                with archive.open(name) as file:
                    member = file.read(left + 1)
                left -= len(member)
                if left < 0:
                    message = f"unpacked, the archive has more than {LARGEST_IN_ALL >> 20} MB, the limit"
                    return _broken(place, message, "unpack it, and import its files")
                if name.lower().endswith(".json"):
                    _marked(member, quoted)
                    continue
                batch.add(read(f"{place}/{name}", member))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
        return _broken(place, f"it is no whole zip file ({problem})", "fetch it again")
    if not batch.read and not batch.findings:
        return _broken(
            place, "there is no table (CSV or HTML) in the archive", "name the file that has the list"
        )
    batch.items = [
        replace(item, excerpts=(*item.excerpts, *quoted.get(normal_address(item.url), ())))
        for item in batch.items
    ]
    return batch


def _broken(place: str, message: str, hint: str) -> Batch:
    return Batch(findings=[error(place, Mark(), "import-format", message, hint)])


def _marked(data: bytes, quoted: dict[str, list[Excerpt]]) -> None:
    """What was marked in pages, by their addresses, out of a list of another kind nothing."""
    try:
        pages = json.loads(data)
    except (ValueError, RecursionError):
        return
    for page in pages if isinstance(pages, list) else ():
        highlights = page.get("highlights") if isinstance(page, dict) else None
        url = page.get("url") if isinstance(page, dict) else None
        if not isinstance(url, str) or not isinstance(highlights, list):
            continue
        for highlight in highlights:
            quote = highlight.get("quote") if isinstance(highlight, dict) else None
            if isinstance(quote, str) and quote.strip():
                quoted.setdefault(normal_address(url), []).append(Excerpt(quote))
