"""Whose turn it is: one request at a time for each host, with pauses; some hosts at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from dossier.external.manners import Manners
from dossier.external.outcomes import Found


@dataclass
class Host:
    """A host that is asked. `closed` is what all else there comes to, where it isn't asked any more."""

    delay: float
    due: float = 0.0
    failures: int = 0
    closed: Found | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Turns:
    """All hosts, by their names with ports."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._hosts: dict[str, Host] = {}
        self._gate = asyncio.Semaphore(manners.at_once)

    def host(self, name: str) -> Host:
        """A host by its name."""
        if name not in self._hosts:
            self._hosts[name] = Host(self._manners.delay)
        return self._hosts[name]

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait until the host may be asked, and keep others from asking it meanwhile."""
        host = self.host(name)
        clock = asyncio.get_running_loop().time
        async with host.lock:
            await asyncio.sleep(max(0.0, host.due - clock()))
            async with self._gate:
                try:
                    yield
                finally:
                    host.due = max(host.due, clock() + host.delay)

    def wait(self, name: str, seconds: float) -> None:
        """Let the host alone for so long."""
        host = self.host(name)
        host.due = max(host.due, asyncio.get_running_loop().time() + seconds)
