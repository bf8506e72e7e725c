"""Fetching one address: politely, within limits, and with every redirect known."""

import time
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from dossier import __version__
from dossier.clip.taken import Headers, Hop, Said, Taken, failed
from dossier.clip.wires import RefusedError, Wires

MOST_REDIRECTS = 10
REDIRECTS = frozenset([301, 302, 303, 307, 308])
ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5"
PIECE = 1 << 16


class Limits(NamedTuple):
    """Seconds to connect, between two bytes, and for all together; bytes, on the wire and unpacked."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 90.0
    size: int = 16 << 20


class Manner(NamedTuple):
    """How to fetch: within which limits, also from private addresses, and who is to be written to."""

    limits: Limits = Limits()
    private: bool = False
    contact: str = ""

    @property
    def agent(self) -> str:
        """What servers are told of who asks."""
        about = f" (+{self.contact})" if self.contact else ""
        return f"dossier-clip/{__version__}{about}"


DEFAULT_MANNER = Manner()


class FetchError(Exception):
    """Why an address gave nothing that could be kept."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.message)
        self.said = said


def fetch(address: str, manner: Manner, now: str) -> Taken:
    """The bytes at an address. `now` is the time in UTC, as `2026-05-20T10:00:00Z`. Raises FetchError."""
    deadline = time.monotonic() + manner.limits.total
    timeout = httpx.Timeout(manner.limits.read, connect=manner.limits.connect)
    headers = {"User-Agent": manner.agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}
    transport = Wires(manner.private, deadline)
    client = httpx.Client(transport=transport, timeout=timeout, headers=headers, trust_env=False)
    with client:
        try:
            return _followed(client, address, manner, now)
        except RefusedError as refused:
            message = f"the address leads to {refused}, which is this machine or a private network"
            raise FetchError(failed("private-address", message, "if that is meant, add --private")) from None
        except (httpx.TimeoutException, httpcore.TimeoutException):
            seconds = manner.limits
            message = f"no answer within {seconds.read:g} s, or not all of it within {seconds.total:g} s"
            raise FetchError(failed("fetch-failed", message, "try again later, or save the page")) from None
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError) as problem:
            message = f"could not be fetched: {' '.join(str(problem).split()) or type(problem).__name__}"
            hint = "look at the address in a browser; a page saved there can be clipped as a file"
            raise FetchError(failed("fetch-failed", message[:300], hint)) from None
        except (httpx.InvalidURL, ValueError, UnicodeError):
            raise FetchError(bad_address(address)) from None


def _followed(client: httpx.Client, address: str, manner: Manner, now: str) -> Taken:
    """The answer at the end of all redirects."""
    hops: list[Hop] = []
    asked = address
    while True:
        _check_address(address)
        client.cookies.clear()
        with client.stream("GET", address) as answer:
            status = f"{answer.status_code} {answer.reason_phrase}".strip()
            headers = tuple((name, value) for name, value in answer.headers.multi_items())
            if answer.status_code in REDIRECTS and "location" in answer.headers:
                hops.append(Hop(address, status, headers))
                address = urljoin(address, answer.headers["location"].strip())
                _check_hops(hops, address)
                continue
            if answer.status_code != 200:
                raise FetchError(_no_page(answer.status_code, status))
            data = b"".join(_unpacked(answer, manner.limits))
        kind = answer.headers.get("content-type", "")
        return Taken(asked, data, now, address, status, headers, kind, tuple(hops))


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        message = f"'{parts.scheme}:' is not an address of the web"
        raise FetchError(failed("bad-address", message, "give an address that begins with https://"))
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise FetchError(bad_address(address))


def _check_hops(hops: list[Hop], address: str) -> None:
    if len(hops) > MOST_REDIRECTS:
        way = " → ".join([*(hop.address for hop in hops[:3]), "…"])
        message = f"more than {MOST_REDIRECTS} redirects: {way}"
        raise FetchError(
            failed("too-many-redirects", message[:500], "open it in a browser, and save the page")
        )
    if any(hop.address == address for hop in hops):
        message = f"redirects lead back to {address}"
        hint = "the page may want cookies: open it in a browser, and save the page"
        raise FetchError(failed("too-many-redirects", message[:500], hint))


def bad_address(address: str) -> Said:
    """The finding for what is no address of a page."""
    message = f"'{address[:200]}' is no address of the web that can be fetched"
    return failed("bad-address", message, "give an address as https://example.org/page, without a password")


def _no_page(code: int, status: str) -> Said:
    reasons = {
        401: "the page is for those who sign in",
        403: "the server refuses to give it to programs",
        404: "there is no such page",
        410: "the page was taken away",
        429: "the server is asked too often",
        451: "the page is withheld for legal reasons",
    }
    why = reasons.get(code, "the server gave no page")
    hint = "open it in a browser and clip the saved page; or look for an archived copy"
    return failed("bad-response", f"{why} ({status})", hint)


def _unpacked(answer: httpx.Response, limits: Limits) -> Iterator[bytes]:
    """The body's bytes without its packing, never more of them than the limit."""
    codings = [part.strip().lower() for part in answer.headers.get("content-encoding", "").split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if len(codings) > 1 or not set(codings) <= {"gzip", "x-gzip", "deflate"}:
        message = f"the server sends the page packed as '{', '.join(codings)[:80]}', which wasn't asked for"
        raise FetchError(failed("fetch-failed", message, "save the page in a browser, and clip the file"))
    declared = answer.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limits.size:
        raise FetchError(too_large(limits.size))
    wire = _counted(answer.iter_raw(PIECE), limits.size)
    pieces = inflated(wire, codings[0]) if codings else wire
    try:
        yield from _counted(pieces, limits.size)
    except zlib.error:
        message = f"what the server says is {codings[0]} isn't"
        raise FetchError(failed("fetch-failed", message, "save the page in a browser, and clip it")) from None


def _counted(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise FetchError(too_large(most))
        yield piece


def too_large(most: int) -> Said:
    """The finding for what has more bytes than the limit."""
    hint = "give a higher limit, in megabytes, if it is worth it: --largest 40"
    return failed("source-too-large", f"more than {most / (1 << 20):g} MB, the limit", hint)


def inflated(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """The unpacked bytes, in pieces of at most 64 KB, of one or more gzip members or a deflate stream.

    Raises zlib.error where they are damaged.
    """
    unpacker, members = None, 0
    for piece in pieces:
        more = False
        while piece or more:
            if unpacker is None:
                if members and (coding == "deflate" or piece[:1] != b"\x1f"):
                    return  # What follows the last member is nothing, as gzip(1) has it.
                members += 1
                unpacker = zlib.decompressobj(_bits(coding, piece))
            out = unpacker.decompress(piece, PIECE)
            if out:
                yield out
            if unpacker.eof:
                piece, unpacker, more = unpacker.unused_data, None, False
            else:
                piece, more = unpacker.unconsumed_tail, len(out) == PIECE
    if unpacker is not None:
        raise zlib.error("cut short")


def _bits(coding: str, start: bytes) -> int:
    """How the packing begins; some servers send deflate without its header (RFC 9110, 8.4.1.2)."""
    if coding != "deflate":
        return 31
    return 15 if start[0] & 0x0F == 8 and int.from_bytes(start[:2].ljust(2, b"\0")) % 31 == 0 else -15


def header(headers: Headers, name: str) -> str:
    """The first value of a header, '' where it isn't there."""
    return next((value for key, value in headers if key.lower() == name), "")
