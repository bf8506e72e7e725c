"""One shard of the index, made by Pagefind: a function of the shard's entries."""

import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from dossier.diagnostics import Diagnostic, DossierError, Mark, error
from dossier.model import Record
from dossier.search.canonical import ENTRY, canonical
from dossier.search.entries import SearchEntry

# In the output: a folder for each shard.
FOLDER = "search"
# What browsers load once, from the first shard.
SHARED = ("pagefind.js", "wasm.")
# Pagefind's own user interfaces, which themes do without.
LEFT_OUT = ("pagefind-", "pagefind_")
SECONDS = 300


class Indexed(Record, frozen=True):
    """The files of a shard: output paths and bytes."""

    files: tuple[tuple[str, bytes], ...]


@cache
def executable() -> str:
    """Pagefind's program, from the package pagefind_bin; '' where the extra "search" isn't installed."""
    spec = find_spec("pagefind_bin")
    if spec is None or spec.origin is None or find_spec("cbor2") is None:
        return ""
    folder = Path(spec.origin).parent
    return next((str(path) for name in ("pagefind", "pagefind.exe") if (path := folder / name).is_file()), "")


def missing(mark: Mark) -> Diagnostic:
    """The finding for a site that is to be searched, where Pagefind isn't installed."""
    message = "the site asks for search, and Pagefind, which makes the index, isn't installed"
    hint = "pip install 'dossier-site[search]', or write search: false"
    return error("site.yaml", mark, "search-missing", message, hint)


def index_shard(entries: Sequence[SearchEntry], shard: int) -> Indexed:
    """The index of these entries, in one order whatever theirs. Raises DossierError where it can't be made.

    All entries are indexed as text of the site's language: Pagefind would search those of another only on
    pages in that language.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-search-") as folder:
        for entry in entries:
            place = Path(folder, "site", entry.path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(_page(entry), encoding="utf-8", newline="\n")
        index = Path(folder, "index")
        _run(Path(folder, "site"), index, entries[0].site.partition("-")[0].lower())
        return Indexed(tuple(_files(index, shard)))


def _run(site: Path, index: Path, language: str) -> None:
    options = ("--site", str(site), "--output-path", str(index), "--force-language", language, "--quiet")
    try:
        done = subprocess.run(
            [executable(), *options], cwd=site, capture_output=True, timeout=SECONDS, check=False
        )
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = "" if done.returncode == 0 else (told[-1:] or [f"exit code {done.returncode}"])[0]
    except subprocess.TimeoutExpired:
        reason = f"it took longer than {SECONDS} s"
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
    if reason:
        message = f"Pagefind could not make the search index: {reason}"
        raise DossierError(error("site.yaml", Mark(), "search-failed", message, "or write search: false"))


def _files(index: Path, shard: int) -> list[tuple[str, bytes]]:
    places = {path.relative_to(index).as_posix(): path for path in index.rglob("*") if path.is_file()}
    files = {
        name: path.read_bytes()
        for name, path in places.items()
        if name == ENTRY or not name.startswith((*LEFT_OUT, *(SHARED if shard else ())))
    }
    return [(f"{FOLDER}/{shard}/{name}", data) for name, data in canonical(files).items()]


def _page(entry: SearchEntry) -> str:
    """An entry as Pagefind reads it: https://pagefind.app/docs/metadata/ and …/filtering/."""
    filters = "".join(
        f'<i data-pagefind-filter="{name}[data-is]" data-is="{escape(value)}"></i>'
        for name, value in entry.filters
    )
    told = {"kind": entry.kind, "date": entry.date, "language": entry.language}
    meta = "".join(
        f'<i data-pagefind-meta="{name}[data-is]" data-is="{escape(value)}"></i>'
        for name, value in told.items()
        if value
    )
    title = escape(entry.title)
    return (
        f'<!doctype html><html lang="{escape(entry.language)}"><head><title>{title}</title></head>'
        f'<body data-pagefind-body>{filters}{meta}<h1 data-pagefind-meta="title">{title}</h1>{entry.html}'
        "</body></html>"
    )
