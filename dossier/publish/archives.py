"""Archives that are the same, byte by byte, whenever and wherever one site is packed."""

import gzip
import os
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from dossier.diagnostics import DossierError, Mark, error
from dossier.publish.whole import write_whole

# By the last part of a name. Others are folders, or refused.
FORMS = (".zip", ".tar.gz", ".tgz", ".tar")
OTHERS = (".tar.xz", ".txz", ".tar.bz2", ".tbz", ".tar.zst", ".7z", ".rar", ".gz", ".xz", ".bz2")
# The first moment that a zip can name, 1980-01-01: a site says nothing of when it was packed.
EARLIEST, LATEST = 315532800, 4354819198
SIGN = "A site made by dossier"
MODE = 0o644
Files = Iterator[tuple[str, bytes]]


def archive_form(path: Path) -> str:
    """The form of archive that a name asks for; '' for a folder. Raises DossierError for any other."""
    name = path.name.lower()
    for form in FORMS:
        if name.endswith(form):
            return form
    if name.endswith(OTHERS):
        hint = "name it with one of " + ", ".join(FORMS)
        raise DossierError(error(str(path), Mark(), "archive-form", "no archive of this kind is made", hint))
    return ""


def pack(place: Path, files: Files, moment: int, *, adopt: bool) -> int:
    """Write an archive, in place of one that dossier made, and return its size. Raises DossierError."""
    form = archive_form(place)
    if os.path.lexists(place) and not adopt and not _is_ours(place, form):
        hint = "name another file, or let this one be replaced with --adopt"
        raise DossierError(error(str(place), Mark(), "exists", "there is such a file already", hint))
    return write_whole(place, lambda file: write_archive(file, form, files, moment), "archive")


def write_archive(file: BinaryIO, form: str, files: Files, moment: int) -> None:
    """Write an archive of one of `FORMS`; `moment` is the time of all its files, in seconds since 1970."""
    _WRITERS[form](file, files, min(max(moment, EARLIEST), LATEST))


def _is_ours(place: Path, form: str) -> bool:
    try:
        if form == ".zip":
            with zipfile.ZipFile(place) as packed:
                return packed.comment == SIGN.encode()
        with tarfile.open(place) as tar:
            return tar.pax_headers.get("comment") == SIGN
    except (OSError, zipfile.BadZipFile, tarfile.TarError, EOFError):
        return False


def _zip(file: BinaryIO, files: Files, moment: int) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.comment = SIGN.encode()
        for path, data in files:
            add(packed, path, data, moment)


def add(
    packed: zipfile.ZipFile, path: str, data: bytes, moment: int, method: int = zipfile.ZIP_DEFLATED
) -> None:
    """Put a file into a zip, as of a time from `EARLIEST` to `LATEST`."""
    member = zipfile.ZipInfo(path, datetime.fromtimestamp(moment, UTC).timetuple()[:6])
    member.create_system, member.external_attr = 3, (0o100000 | MODE) << 16
    packed.writestr(member, data, method, 9)


def _tar(file: BinaryIO, files: Files, moment: int) -> None:
    headers = {"comment": SIGN}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT, pax_headers=headers) as packed:
        for path, data in files:
            member = tarfile.TarInfo(path)
            member.size, member.mtime, member.mode = len(data), moment, MODE
            packed.addfile(member, BytesIO(data))


def _tar_gz(file: BinaryIO, files: Files, moment: int) -> None:
    with gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        _tar(packed, files, moment)  # type: ignore[arg-type]


_WRITERS: dict[str, Callable[[BinaryIO, Files, int], None]] = {
    ".zip": _zip,
    ".tar": _tar,
    ".tar.gz": _tar_gz,
    ".tgz": _tar_gz,
}
