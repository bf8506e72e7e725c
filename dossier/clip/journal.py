"""What a call has fetched so far, so that one that was killed goes on where it stopped, and fetches nothing
twice.

A line is added for each address right before its capture is put on the disk, so that none is there unknown;
what isn't there is fetched again. Articles that are written are known by themselves. A call that comes to its
end takes the journal away.
"""

import json
from pathlib import Path

NAME = "clipping.jsonl"


class Journal:
    """The captures of addresses that no article has been written of yet."""

    def __init__(self, state: Path) -> None:
        self._place = state / NAME
        self._captures: dict[str, str] = {}
        try:
            text = self._place.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return
        for line in text.splitlines():
            try:
                address, checksum = json.loads(line)
            except (ValueError, TypeError):
                continue  # Cut short when it was killed.
            self._captures[str(address)] = str(checksum)

    def capture(self, address: str) -> str:
        """The checksum of what was fetched from an address, '' where nothing was."""
        return self._captures.get(address, "")

    def note(self, address: str, checksum: str) -> None:
        """Note that an address is fetched."""
        self._place.parent.mkdir(parents=True, exist_ok=True)
        with open(self._place, "a", encoding="utf-8") as file:
            file.write("\n" + json.dumps([address, checksum]) + "\n")

    def end(self) -> None:
        """Nothing is left to go on with."""
        self._place.unlink(missing_ok=True)
