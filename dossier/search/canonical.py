"""An index in one form: Pagefind writes the values of a filter in an order that is another one each time.

Its files are gzipped CBOR (RFC 8949) after a signature, named by the beginning of their own digest (SHA-1),
and name one another: the entry names the list of what there is, and that the filters.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from typing import Any

SIGNATURE = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
# How many digits of its digest a filter's and a list's names have.
FILTER_DIGITS, LIST_DIGITS = 7, 10
# Of a list: the position of its filters' names.
FILTERS = 3


def canonical(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index of one language, by path in it, with everything in order."""
    entry = json.loads(files[ENTRY])
    ((language, told),) = entry["languages"].items()
    former = f"pagefind.{told['hash']}.pf_meta"
    rest = {path: data for path, data in files.items() if path not in (ENTRY, former)}
    listed = _read(files[former])
    filters = []
    for name, key in sorted(listed[FILTERS]):
        _, values = _read(rest.pop(f"filter/{key}.pf_filter"))
        data = _written([name, sorted(values)])
        filters.append([name, _name(language, data, FILTER_DIGITS)])
        rest[f"filter/{filters[-1][1]}.pf_filter"] = _packed(data)
    listed[FILTERS] = filters
    data = _written(listed)
    told["hash"] = _name(language, data, LIST_DIGITS)
    rest[f"pagefind.{told['hash']}.pf_meta"] = _packed(data)
    rest[ENTRY] = json.dumps(entry, separators=(",", ":"), ensure_ascii=False).encode()
    return dict(sorted(rest.items()))


def _read(data: bytes) -> Any:
    import cbor2  # Of the extra "search", as Pagefind is.

    return cbor2.loads(gzip.decompress(data).removeprefix(SIGNATURE))


def _written(value: object) -> bytes:
    import cbor2

    return cbor2.dumps(value)


def _packed(data: bytes) -> bytes:
    packed = gzip.compress(SIGNATURE + data, mtime=0)
    # The tenth byte names the system (RFC 1952): Python 3.11 and 3.12 write 3, for Unix, others 255.
    return packed[:9] + b"\xff" + packed[10:]


def _name(language: str, data: bytes, digits: int) -> str:
    return f"{language}_{hashlib.sha1(data, usedforsecurity=False).hexdigest()[:digits]}"
