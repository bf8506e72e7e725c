"""Captures: the bytes of sources, kept as WARC files (ISO 28500) under the checksum of what they hold.

`captures/ab/<sha256>.warc.gz` holds a `response` (or, of a file, a `resource`) whose payload has the
SHA-256 that is the file's name, and before it the redirects that led there. Standard tools replay it.
Bodies lie in it as they are without their packing for the wire; headers that spoke of that are kept as
`x-orig-…`, as Webrecorder does.
"""

import hashlib
import io
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dossier import __version__
from dossier.clip.taken import Headers, Taken

PREFIX = "sha256:"
IGNORE = "# Captures are large, and others' property: captures_in_git in site.yaml decides.\n*\n"
_OF_THE_WIRE = ("content-encoding", "transfer-encoding", "content-length")
# Nobody's business but the reader's and the server's.
_SECRET = ("set-cookie", "set-cookie2")
_NAMES = uuid.UUID("b7c1f7a4-6a2a-5d0c-9d0f-5b8f0c6a8f11")


class DamagedError(Exception):
    """A capture that can't be read, or whose bytes aren't those of its name."""


def place_of(folder: Path, checksum: str) -> Path:
    """Where the capture with a checksum lies."""
    digest = checksum.removeprefix(PREFIX)
    return folder / digest[:2] / f"{digest}.warc.gz"


def keep(folder: Path, taken: Taken, in_git: bool) -> bool:
    """Keep what was taken; whether it is new. It is whole on the disk when this returns. Raises OSError."""
    place = place_of(folder, taken.checksum)
    if place.exists():
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    _ignore(folder, in_git)
    beside = place.with_name(f".{place.name}.{os.getpid()}-{uuid.uuid5(_NAMES, taken.asked).hex[:8]}")
    try:
        with open(beside, "xb") as file:
            file.write(_as_warc(taken))
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, place)
    finally:
        beside.unlink(missing_ok=True)
    return True


def _ignore(folder: Path, in_git: bool) -> None:
    """Have git leave the folder alone, or stop doing so, as far as dossier itself wrote that."""
    place = folder / ".gitignore"
    if in_git:
        if place.is_file() and place.read_text(encoding="utf-8", errors="replace") == IGNORE:
            place.unlink()
    elif not place.exists():
        place.write_text(IGNORE, encoding="utf-8", newline="\n")


def forget(folder: Path, checksum: str) -> None:
    """Take a capture away that nothing came of."""
    place_of(folder, checksum).unlink(missing_ok=True)


def _as_warc(taken: Taken) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    facts = {"software": f"dossier/{__version__}", "format": "WARC File Format 1.1"}
    information = writer.create_warcinfo_record("", facts)
    _fix(information, taken, "warcinfo")
    writer.write_record(information)
    for number, hop in enumerate(taken.hops):
        writer.write_record(
            _response(writer, taken, hop.address, hop.status, hop.headers, b"", f"hop {number}")
        )
    if taken.status:
        writer.write_record(
            _response(writer, taken, taken.address, taken.status, taken.headers, taken.data, "response")
        )
    else:
        writer.write_record(_resource(writer, taken))
    return buffer.getvalue()


def _response(
    writer: WARCWriter, taken: Taken, address: str, status: str, headers: Headers, data: bytes, name: str
) -> ArcWarcRecord:
    kept = [
        (f"x-orig-{key}" if key.lower() in _OF_THE_WIRE else key, value)
        for key, value in headers
        if key.lower() not in _SECRET
    ]
    lines = StatusAndHeaders(status, [*kept, ("Content-Length", str(len(data)))], protocol="HTTP/1.1")
    return writer.create_warc_record(
        _uri(address),
        "response",
        payload=io.BytesIO(data),
        length=len(data),
        http_headers=lines,
        warc_headers_dict=_facts(taken, data, name),
    )


def _resource(writer: WARCWriter, taken: Taken) -> ArcWarcRecord:
    address = taken.address or f"file:///{quote(taken.name or 'stdin')}"
    return writer.create_warc_record(
        _uri(address),
        "resource",
        payload=io.BytesIO(taken.data),
        length=len(taken.data),
        warc_content_type=taken.content_type or "application/octet-stream",
        warc_headers_dict=_facts(taken, taken.data, "resource"),
    )


def _facts(taken: Taken, data: bytes, name: str) -> dict[str, str]:
    return {
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(_NAMES, f'{taken.checksum} {taken.time} {name}')}>",
        "WARC-Date": taken.time,
        "WARC-Payload-Digest": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }


def _fix(record: ArcWarcRecord, taken: Taken, name: str) -> None:
    for key, value in _facts(taken, b"", name).items():
        if key != "WARC-Payload-Digest":
            record.rec_headers.replace_header(key, value)


def _uri(address: str) -> str:
    return quote(address, safe="!$&'()*+,;=:@-._~/?#[]%")


def fetched(folder: Path, checksum: str) -> Taken:
    """What was taken, from its capture. Raises FileNotFoundError, OSError, DamagedError."""
    with open(place_of(folder, checksum), "rb") as file:
        for record in records(file):
            data = record.content_stream().read()
            if f"{PREFIX}{hashlib.sha256(data).hexdigest()}" == checksum:
                return to_taken(record, data)
    raise DamagedError("no record in it has this checksum")


def records(file: IO[bytes]) -> Iterator[ArcWarcRecord]:
    """The responses and resources of a WARC file, one after the other. Raises DamagedError."""
    try:
        for record in ArchiveIterator(file):
            if record.rec_type in ("response", "resource"):
                yield record
    except (ArchiveLoadFailed, ValueError, OSError, EOFError, KeyError, AttributeError) as problem:
        raise DamagedError(f"it is no whole WARC file ({type(problem).__name__})") from None
    except Exception as problem:  # zlib.error is no OSError, and warcio lets it through.
        if type(problem).__module__ == "zlib":
            raise DamagedError("it is no whole WARC file (its packing is broken)") from None
        raise


def to_taken(record: ArcWarcRecord, data: bytes) -> Taken:
    """A record of a WARC file, with the bytes of its body, as what was taken then."""
    uri = record.rec_headers.get_header("WARC-Target-URI") or ""
    web = uri.startswith(("http://", "https://"))
    http = record.http_headers
    headers = tuple((str(key), str(value)) for key, value in http.headers) if http is not None else ()
    kind = http.get_header("content-type") if http is not None else record.content_type
    return Taken(
        asked=uri,
        data=data,
        time=(record.rec_headers.get_header("WARC-Date") or "")[:19].rstrip("Z") + "Z",
        address=uri if web else "",
        status=http.statusline if http is not None else "",
        headers=headers,
        content_type=kind or "",
        name="" if web else uri.rpartition("/")[2],
    )
