"""A round through many addresses."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urldefrag

from dossier.external.manners import Manners
from dossier.external.outcomes import Outcome
from dossier.external.visiting import Visitor, host_of
from dossier.fetching.fetcher import Fetcher


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What is to be asked, and how. `now` is in seconds since 1970, `today` the ISO date of it.

    `told` is called with each outcome as it comes. To `refresh` is to ask whatever is known.
    """

    urls: Iterable[str]
    known: Mapping[str, Outcome]
    agent: str
    now: float
    today: str
    told: Callable[[Outcome], None]
    refresh: bool = False
    private: bool = False
    manners: Manners = field(default_factory=Manners)

    def pending(self) -> list[str]:
        """The addresses whose outcome isn't known, or too old, each once; in an order of its own."""
        plain = sorted({urldefrag(url).url for url in self.urls})
        return [url for url in plain if self.refresh or not self._is_known(url)]

    def _is_known(self, url: str) -> bool:
        known = self.known.get(url)
        return known is not None and known.holds(self.now)


def go(errand: Errand) -> None:
    """Ask for all that is pending. What has been told stays, whatever happens meanwhile."""
    asyncio.run(_go(errand))


async def _go(errand: Errand) -> None:
    by_host: dict[str, list[str]] = {}
    for url in errand.pending():
        by_host.setdefault(host_of(url), []).append(url)
    manners = errand.manners
    async with Fetcher(errand.agent, seconds=manners.seconds, private=errand.private) as fetcher:
        visitor = Visitor(fetcher, manners, datetime.fromtimestamp(errand.now, UTC))
        async with asyncio.TaskGroup() as group:
            for urls in by_host.values():
                group.create_task(_visit_one_by_one(visitor, urls, errand))


async def _visit_one_by_one(visitor: Visitor, urls: Iterable[str], errand: Errand) -> None:
    for url in urls:
        found = await visitor.visit(url)
        former = errand.known.get(url)
        lasting = former is not None and former.state == found.state and former.since
        since = former.since if former is not None and lasting else errand.today
        errand.told(
            Outcome(url, found.state, found.reason, found.location, errand.now, since, found.answered)
        )
