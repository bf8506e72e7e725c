"""The Wayback Machine's nearest capture of an address, by its two documented interfaces.

Availability: https://archive.org/help/wayback_api.php. Where that knows of nothing, which it sometimes
wrongly says, the CDX server is asked: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-
server.
"""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpcore
import httpx

from dossier.clip.fetching import Limits, Manner
from dossier.clip.taken import Said, remarked, warned
from dossier.clip.wires import RefusedError, Wires

AVAILABILITY = "https://archive.org"
CDX = "https://web.archive.org"
REPLAY = "https://web.archive.org/web"
TRIES = 3
LONGEST_WAIT = 30.0
LARGEST = 1 << 20
_LIMITS = Limits(connect=10, read=20, total=60)


class UnansweredError(Exception):
    """The archive gave no answer, and why."""


class Wayback:
    """Asks the archive, or what stands in for it at `base`; waits as long as it is told to, within reason."""

    def __init__(self, manner: Manner, base: str = "", sleep: Callable[[float], None] = time.sleep) -> None:
        self._manner = manner._replace(private=manner.private or bool(base))
        self._availability, self._cdx = base or AVAILABILITY, base or CDX
        self._sleep = sleep

    def nearest(self, address: str, day: str) -> tuple[str, tuple[Said, ...]]:
        """The address of the capture nearest to a day (EDTF), '' for none; and what is to be said."""
        try:
            found = self._available(address, day) or self._listed(address, day)
        except UnansweredError as why:
            message = f"the Wayback Machine could not be asked: {why}"
            return "", (warned("archive-unanswered", message, "try later: dossier clip --update --archive"),)
        if found:
            return found, ()
        message = "the Wayback Machine has no capture of it"
        hint = "ask for one at https://web.archive.org/save, then: dossier clip --update --archive"
        return "", (remarked("not-archived", message, hint),)

    def _available(self, address: str, day: str) -> str:
        stamp = day.replace("-", "")
        query = {"url": address, **({"timestamp": stamp} if stamp else {})}
        answer = self._json(f"{self._availability}/wayback/available?{urlencode(query)}")
        closest = _under(answer, "archived_snapshots", "closest")
        if not isinstance(closest, dict) or closest.get("available") is not True:
            return ""
        found, status = closest.get("url"), str(closest.get("status", "200"))
        if not isinstance(found, str) or "/web/" not in found or status != "200":
            return ""
        return "https://" + found.partition("://")[2]

    def _listed(self, address: str, day: str) -> str:
        query = {"url": address, "output": "json", "filter": "statuscode:200", "fl": "timestamp,original"}
        query |= (
            {"limit": "1", "sort": "closest", "closest": day.replace("-", "")} if day else {"limit": "-1"}
        )
        rows = self._json(f"{self._cdx}/cdx/search/cdx?{urlencode(query)}")
        if not isinstance(rows, list) or len(rows) < 2 or not isinstance(rows[-1], list) or len(rows[-1]) < 2:
            return ""
        stamp, original = str(rows[-1][0]), str(rows[-1][1])
        return f"{REPLAY}/{stamp}/{original}" if stamp.isdecimal() and "://" in original else ""

    def _json(self, address: str) -> Any:
        """The answer; asked again where the archive has too much to do. Raises UnansweredError."""
        why = ""
        for turn in range(TRIES):
            try:
                status, wait, data = self._get(address)
            except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError) as problem:
                status, wait, data = 0, "", b""
                why = " ".join(str(problem).split())[:200] or type(problem).__name__
            except (httpcore.TimeoutException, RefusedError):
                status, wait, data, why = 0, "", b"", "it didn't answer in time"
            if status == 200:
                return _decoded(data)
            if status:
                why = "it is asked too often" if status == 429 else f"it answered {status}"
            if status not in (0, 429, 500, 502, 503, 504) or turn == TRIES - 1:
                break
            seconds = float(wait) if wait.isdecimal() else 2.0**turn
            if seconds > LONGEST_WAIT:
                why += f", and wants to be left alone for {seconds:g} s"
                break
            self._sleep(seconds)
        raise UnansweredError(why)

    def _get(self, address: str) -> tuple[int, str, bytes]:
        transport = Wires(self._manner.private, time.monotonic() + _LIMITS.total)
        headers = {
            "User-Agent": self._manner.agent,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        timeout = httpx.Timeout(_LIMITS.read, connect=_LIMITS.connect)
        with (
            httpx.Client(transport=transport, timeout=timeout, headers=headers, trust_env=False) as client,
            client.stream("GET", address) as answer,
        ):
            data = b""
            for piece in answer.iter_raw(1 << 16):
                data += piece
                if len(data) > LARGEST:
                    raise UnansweredError("its answer is too large")
            return answer.status_code, answer.headers.get("retry-after", ""), data


def _decoded(data: bytes) -> Any:
    try:
        return json.loads(data or b"null")
    except (ValueError, RecursionError):
        raise UnansweredError("its answer is no JSON") from None


def _under(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
