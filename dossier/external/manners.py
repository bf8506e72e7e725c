"""How dossier behaves towards those whom it asks."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zlib import crc32

_SECONDS = re.compile(r"\d{1,9}")


@dataclass(frozen=True, kw_only=True)
class Manners:
    """Times are in seconds.

    `delay` lies between two requests to one host, if its robots.txt doesn't ask for more, up to
    `longest_delay`. `at_once` hosts are asked at the same time. A request that fails is tried again after
    `backoff`, doubled each time, `tries` times in all; a server that asks to wait is waited for, up to
    `longest_wait`. After `patience` failures in a row a host is left alone.
    """

    delay: float = 1.0
    longest_delay: float = 10.0
    at_once: int = 16
    seconds: float = 20.0
    tries: int = 3
    backoff: float = 2.0
    longest_wait: float = 60.0
    redirects: int = 10
    patience: int = 3

    def pause(self, url: str, attempt: int) -> float:
        """How long to wait after a failed attempt, counted from 0.

        Up to half of it comes from the address, so that what failed at one time isn't tried again at one
        time.
        """
        spread = crc32(f"{attempt} {url}".encode()) / 2**32
        return self.backoff * 2.0**attempt * (0.75 + spread / 2)


def wait_asked_for(retry_after: str, now: datetime | None = None) -> float | None:
    """The seconds that a `Retry-After` asks to wait, which it gives as such or as a date; None if neither."""
    text = retry_after.strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, IndexError):
        return None
    if now is None or until is None:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def agent(version: str, contact: str) -> str:
    """Who asks: as `Mozilla/5.0 (compatible; …)`, since many servers turn others away unheard."""
    told = f"; +{contact}" if contact else ""
    return f"Mozilla/5.0 (compatible; dossier/{version} link check{told})"
