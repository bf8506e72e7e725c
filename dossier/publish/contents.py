"""What is published: the files of a built site, by the digests that the build left; a few for the host."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from dossier import kept
from dossier.build.holding import Held
from dossier.diagnostics import DossierError, Mark, error
from dossier.model import Record

CHUNK = 1 << 20


class File(NamedTuple):
    """A file to be published: the digest and size of its bytes; and these, if the output lacks it."""

    digest: bytes
    size: int
    data: bytes | None = None


Contents = dict[str, File]


def made_file(data: bytes) -> File:
    """A file that publishing adds to the site."""
    return File(hashlib.blake2b(data, digest_size=16).digest(), len(data), data)


def built_files(site: Held) -> Contents:
    """The files of a built site, and no others that lie beside them."""
    return {path: File(written.digest, written.stat[0]) for path, written in site.files.items()}


def chunks(folder: Path, path: str, file: File) -> Iterator[bytes]:
    """A file's bytes in pieces. Raises DossierError where they aren't those that the build wrote."""
    if file.data is not None:
        yield file.data
        return
    digest, size = hashlib.blake2b(digest_size=16), 0
    try:
        with open(folder / path, "rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                yield chunk
    except OSError as problem:
        raise _changed(folder / path) from problem
    if (digest.digest(), size) != (file.digest, file.size):
        raise _changed(folder / path)


def packed_files(site: Held, contents: Contents) -> Iterator[tuple[str, bytes]]:
    """Every file's path and bytes, sorted."""
    progress = site.session.options.progress
    for done, (path, file) in enumerate(sorted(contents.items()), start=1):
        yield path, b"".join(chunks(site.folder, path, file))
        progress("pack", done, len(contents))


def _changed(place: Path) -> DossierError:
    message = "this file of the built site changed while it was being published"
    hint = "nothing was published; run the command again"
    return DossierError(error(str(place), Mark(), "changed-meanwhile", message, hint))


# ---------------------------------------------------------------- how git knows them


class Known(Record, frozen=True):
    """By the digest of a file's bytes, the id that git gives them, in a repository of this form."""

    form: str
    ids: dict[bytes, bytes]


def ids(contents: Contents, folder: Path, form: str, state: Path | None) -> Mapping[str, str]:
    """The ids that git gives to files, by path: kept since the last time, or worked out from their bytes."""
    place = state / "blobs" if state else None
    known = kept.load(place, Known) if place else None
    former = known.ids if known and known.form == form else {}
    found: dict[bytes, bytes] = {}
    for path, file in contents.items():
        identifier = former.get(file.digest) or found.get(file.digest)
        found[file.digest] = identifier or _id(folder, path, file, form)
    if place and found != former:
        try:
            kept.store(place, Known(form, found))
        except OSError:
            place = None  # It is worked out again the next time.
    return {path: found[file.digest].hex() for path, file in contents.items()}


def _id(folder: Path, path: str, file: File, form: str) -> bytes:
    digest = hashlib.new(form, b"blob %d\0" % file.size, usedforsecurity=False)
    for chunk in chunks(folder, path, file):
        digest.update(chunk)
    return digest.digest()
