"""What a server asks robots to leave alone (RFC 9309)."""

from protego import Protego

# The name under which servers can speak to dossier in their robots.txt.
NAME = "dossier"
# RFC 9309, 2.5: at least 500 KiB are to be read.
LARGEST = 512_000


class Rules:
    """The rules of a robots.txt."""

    def __init__(self, data: bytes = b"") -> None:
        self._rules = Protego.parse(data.decode("utf-8-sig", "replace"))

    def allow(self, url: str) -> bool:
        """Whether the address may be asked for."""
        return bool(self._rules.can_fetch(url, NAME))

    @property
    def delay(self) -> float:
        """The seconds that are to lie between two requests; 0 where nothing is said."""
        return float(self._rules.crawl_delay(NAME) or 0.0)
