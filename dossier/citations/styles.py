"""The styles that Typst carries, and what must be known of each to write its citations."""

from dossier.model import CitationStyle

# Whose citations are notes, and which write a page's number without `p.`.
NOTES = frozenset(
    (
        *("chicago-notes", "chicago-shortened-notes"),
        *("modern-humanities-research-association", "turabian-fullnote-8"),
    )
)
BARE_PAGES = ("chicago-", "turabian-")


def carried(name: str) -> CitationStyle:
    """A style by Typst's name for it."""
    return CitationStyle(name, notes=name in NOTES, bare_pages=name.startswith(BARE_PAGES))
