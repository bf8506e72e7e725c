"""One address: asked for, followed where it leads, and judged."""

import asyncio
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin, urlsplit

from dossier.addresses import normal_address
from dossier.external.manners import Manners, wait_asked_for
from dossier.external.outcomes import Found, State
from dossier.external.turns import Turns
from dossier.fetching.failures import FailedError
from dossier.fetching.fetcher import Fetcher, Reply
from dossier.fetching.robots import LARGEST, Rules

PERMANENT = frozenset([301, 308])
REDIRECTS = PERMANENT | {302, 303, 307}
# What may be otherwise in a moment.
PASSING = frozenset([429, 500, 502, 503, 504])
PASSING_FAILURES = frozenset(["timeout", "connect", "protocol"])
GONE = frozenset([404, 410])


class Visitor:
    """Asks for addresses. `now` is the time of the check, for servers that name a date to wait for."""

    def __init__(self, fetcher: Fetcher, manners: Manners, now: datetime) -> None:
        self._fetcher, self._manners, self._now = fetcher, manners, now
        self._turns = Turns(manners)
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    async def visit(self, url: str) -> Found:
        """What an address comes to."""
        try:
            return await self._follow(url)
        except FailedError as problem:
            states: dict[str, State] = {"certificate": "certificate", "private": "private"}
            answered = problem.kind not in ("resolve", "connect", "timeout")
            return Found(states.get(problem.kind, "unreachable"), problem.reason, answered=answered)
        except ValueError:  # From an address that a server gave, or somebody's text.
            return Found("unreachable", "it is no address of the web")

    async def _follow(self, url: str) -> Found:
        at, moved, permanent, passed = url, "", True, {url}
        for _ in range(self._manners.redirects + 1):
            host = self._turns.host(host_of(at))
            if host.closed:
                return host.closed
            if not (await self._rules_of(at)).allow(at):
                return Found("unasked", f"the robots.txt of {host_of(at)} asks to leave it alone")
            reply = await self._answer(at)
            if host.closed:
                return host.closed
            location = reply.headers.get("location", "")
            if reply.status not in REDIRECTS or not location:
                return _judged(url, reply, moved)
            at = urldefrag(urljoin(at, location)).url
            permanent = permanent and reply.status in PERMANENT
            moved = at if permanent else moved
            if at in passed:
                return Found("unreachable", "it leads round in a circle")
            passed.add(at)
        return Found("unreachable", f"it leads on more than {self._manners.redirects} times")

    async def _answer(self, url: str) -> Reply:
        """A final answer, or a redirect: by HEAD; where that isn't good enough, by GET; several times."""
        name = host_of(url)
        host = self._turns.host(name)
        method, attempt = "HEAD", 0
        while True:
            last = attempt + 1 >= self._manners.tries
            try:
                async with self._turns.turn(name):
                    reply = await self._ask(method, url)
            except FailedError as problem:
                if last or problem.kind not in PASSING_FAILURES:
                    self._count_failure(name, problem)
                    raise
                self._turns.wait(name, self._manners.pause(url, attempt))
                method, attempt = "GET", attempt + 1
                continue
            host.failures = 0
            if method == "HEAD" and reply.status >= 400 and reply.status != 429:
                method = "GET"  # Many servers know pages, but not how to tell of them without sending them.
                continue
            if reply.status not in PASSING or last or not self._may_wait(name, url, reply, attempt):
                return reply
            attempt += 1

    async def _ask(self, method: str, url: str) -> Reply:
        # The first bytes would do, and a server that sends all of a large file isn't listened to.
        headers = {"Range": "bytes=0-1023"} if method == "GET" else {}
        return await self._fetcher.ask(method, url, headers=headers)

    def _may_wait(self, name: str, url: str, reply: Reply, attempt: int) -> bool:
        """Wait before another attempt, unless the server asks for too long: then its host is left alone."""
        asked = wait_asked_for(reply.headers.get("retry-after", ""), self._now)
        if asked is not None and asked > self._manners.longest_wait:
            minutes = f"{asked / 60:.0f} minutes" if asked >= 120 else f"{asked:.0f} seconds"
            self._turns.host(name).closed = Found("unasked", f"{name} asks to wait for {minutes}")
            return False
        self._turns.wait(name, self._manners.pause(url, attempt) if asked is None else asked)
        return True

    def _count_failure(self, name: str, problem: FailedError) -> None:
        """Leave a host alone after several failures in a row."""
        host = self._turns.host(name)
        host.failures += problem.kind in ("timeout", "connect", "resolve")
        if host.failures >= self._manners.patience:
            host.closed = Found("unreachable", problem.reason, answered=False)

    async def _rules_of(self, url: str) -> Rules:
        """The rules of a server's robots.txt, asked for once."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._read_rules(origin))
        rules = await asyncio.shield(self._rules[origin])
        host = self._turns.host(host_of(url))
        host.delay = max(host.delay, min(rules.delay, self._manners.longest_delay))
        return rules

    async def _read_rules(self, origin: str) -> Rules:
        """RFC 9309, 2.3.1: what isn't there allows all; what can't be had, for now, nothing."""
        at = f"{origin}/robots.txt"
        for _ in range(6):
            reply = await self._patiently(at)
            location = reply.headers.get("location", "")
            if reply.status in REDIRECTS and location:
                at = urljoin(at, location)
                continue
            if reply.status >= 500 or reply.status == 429:
                return Rules(b"User-agent: *\nDisallow: /\n")
            return Rules(reply.body if reply.status < 300 else b"")
        return Rules()

    async def _patiently(self, url: str) -> Reply:
        """A robots.txt, or what stands in its place; tried again where no answer came."""
        name, attempt = host_of(url), 0
        while True:
            try:
                async with self._turns.turn(name):
                    return await self._fetcher.ask("GET", url, most=LARGEST)
            except FailedError as problem:
                attempt += 1
                if attempt >= self._manners.tries or problem.kind not in PASSING_FAILURES:
                    raise
                self._turns.wait(name, self._manners.pause(url, attempt - 1))


def host_of(url: str) -> str:
    """The host of an address, with its port where that is given; '' for what is no address."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _judged(url: str, reply: Reply, moved: str) -> Found:
    status = reply.status
    if status < 400 or status == 416:
        if moved and normal_address(moved) != normal_address(url):
            return Found("moved", "it has moved for good", moved)
        return Found("fine")
    reason = f"{status} {_phrase(status)}".strip()
    if status in GONE:
        return Found("dead", reason)
    return Found("unreachable" if 500 <= status < 600 else "unasked", f"the answer is {reason}")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
