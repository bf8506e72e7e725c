"""What an article's text on file says of a quotation: that it has it, and where, or what it has instead."""

from collections.abc import Callable, Sequence
from functools import cached_property

from dossier.evidence.comparing import nearest
from dossier.evidence.folding import Folded, fold
from dossier.evidence.matching import Part, find, parts_of, places
from dossier.evidence.passages import exactly, plain, slot_texts
from dossier.evidence.segments import joined
from dossier.evidence.standings import Standing
from dossier.model import Article

# How many quotations of one article that it doesn't have are compared with it.
MOST_COMPARISONS = 20
# A passage that shares less than this with a quotation isn't near it.
LEAST_SHARE = 0.34


class OnFile:
    """An article's own words, as far as they are on file: its excerpts, and the HTML of its text.

    `html` is only asked for where it is needed, and gives nothing where the text is a summary.
    """

    def __init__(self, excerpts: Sequence[str], html: Callable[[], str]) -> None:
        self._excerpts = excerpts
        self._made_html = html
        self._compared = 0

    def standing(self, quotation: str) -> Standing:
        """How a quotation stands to these words."""
        excerpts = tuple(n for n in range(len(self._excerpts)) if self._excerpt_has(n, quotation))
        if excerpts:
            return Standing(excerpts)
        if self._html and (exactly(self._html, quotation) or find(quotation, self._folded)):
            return Standing(in_text=True)
        if not any(text.text for text in self._texts):
            return Standing(on_file=False)
        return self._missing(quotation)

    @cached_property
    def _html(self) -> str:
        return self._made_html()

    @cached_property
    def _folded(self) -> Folded:
        return fold(plain(self._html))

    @cached_property
    def _folded_excerpts(self) -> list[Folded]:
        return [fold(excerpt) for excerpt in self._excerpts]

    @cached_property
    def _texts(self) -> list[Folded]:
        return [*self._folded_excerpts, *([self._folded] if self._html else [])]

    def _excerpt_has(self, number: int, quotation: str) -> bool:
        if exactly(self._excerpts[number], quotation) is not None:
            return True
        return find(quotation, self._folded_excerpts[number]) is not None

    def _missing(self, quotation: str) -> Standing:
        if self._compared >= MOST_COMPARISONS:
            return Standing()
        self._compared += 1
        parts = parts_of(fold(quotation), Folded("", ""))[1]
        absent = [part for part in parts if not any(self._has(text, part) for text in self._texts)]
        if not absent:
            return Standing(scattered=len(parts) > 1)
        found = nearest(Folded(absent[0].text, absent[0].text), self._texts)
        if found is None or found.share < LEAST_SHARE:
            return Standing()
        place = found.source if found.source < len(self._excerpts) else -1
        return Standing(nearest=found.words, place=place)

    def _has(self, text: Folded, part: Part) -> bool:
        return next(places(part, text), None) is not None


def on_file(article: Article, segments: Callable[[], Sequence[str]]) -> OnFile:
    """What is on file of an article. `segments` gives the HTML of its text, between its slots."""

    def html() -> str:
        if article.text == "summary" or not article.body.words:
            return ""
        return joined(segments(), slot_texts(article.body.slots))

    return OnFile([excerpt.text for excerpt in article.excerpts], html)
