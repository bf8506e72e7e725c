"""Headings' anchors: ids that are unique in their document and stay the same while the heading does."""

from collections.abc import Iterator

from dossier.urls import slug

# What the ids of a page's other parts begin with.
RESERVED = ("d-", "ref-", "cite-", "excerpt-", "quoted-", "event-", "fn")


def anchor(text: str) -> str:
    """The anchor of the first heading of this text.

    >>> anchor("Who said “right-size”?"), anchor("Event by event"), anchor("Größe")
    ('who-said-right-size', 'h-event-by-event', 'größe')
    """
    # Behind a word, names that are reserved for files (`index`) are no longer special.
    words = slug("h " + text).removeprefix("h-")
    if words == "h":
        words = slug(text)
    return f"h-{words}" if words.startswith(RESERVED) else words


def fragment(text: str) -> str:
    """The anchor that a link means by what stands after its `#`: an anchor, or a heading's text."""
    return text if not text or slug("h " + text) == "h-" + text else anchor(text)


class Anchors:
    """The anchors of one document; a second heading of the same text gets `-2`."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def add(self, text: str) -> str:
        """A new anchor for a heading."""
        first = candidate = anchor(text)
        number = self._numbers.get(first, 0)
        while candidate in self._numbers:
            number += 1
            candidate = f"{first}-{number}"
        if candidate != first:
            self._numbers[first] = number
        self._numbers[candidate] = 1
        return candidate
