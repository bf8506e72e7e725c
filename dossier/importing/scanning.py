"""A text gone through once, from left to right, without its code and comments, piece by piece made anew."""

import re
from bisect import bisect_right
from collections.abc import Callable

from dossier.diagnostics import Mark

# What is passed over: fences and what stands in them, code in a line, comments, escaped signs.
_SHARED = (
    r"(?P<fence>^[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(?P<marks>`{3,}(?=[^`\n]*$)|~{3,})"
    r"[ \t]*(?P<language>[^\s`{]*)[^\n]*$)",
    r"(?P<ticks>`+)",
    r"(?P<comment><!--)",
    r"(?P<escaped>\\[^\w\s])",
)
LONGEST_CODE = 2_000


def tokens(*patterns: str) -> re.Pattern[str]:
    """What to stop at, beside what every text has."""
    return re.compile("|".join((*_SHARED, *patterns)), re.MULTILINE)


class Scan:
    """A text, and what is made of it.

    `written` is the text as it was written, line by line, where something was done to it before: columns are
    told only in lines that are as they were. `act` is called for each match of the pattern: it adds to
    `out`, and returns where to go on, or None where the text stays as it is. `fenced` is told the language of
    code between fences, and its place.
    """

    def __init__(self, text: str, first_line: int, written: str = "") -> None:
        self.text = text
        self.out: list[str] = []
        self._first = first_line
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._unclosed = False
        self._written = written.split("\n") if written else []

    def mark(self, start: int, length: int = 1) -> Mark:
        """The place of a piece of the text."""
        line = bisect_right(self._starts, start)
        at = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self.text)
        if self._written and (
            line > len(self._written) or self._written[line - 1].rstrip("\r") != self.text[at:end]
        ):
            return Mark(line + self._first - 1)
        return Mark(line + self._first - 1, start - at + 1, length)

    def line_of(self, at: int) -> str:
        """The line in which a place is, up to it."""
        return self.text[self._starts[bisect_right(self._starts, at) - 1] : at]

    def run(
        self,
        pattern: re.Pattern[str],
        act: Callable[[re.Match[str]], int | None],
        fenced: Callable[[str, Mark], None] = lambda language, mark: None,
    ) -> str:
        """The text made anew."""
        at = 0
        while (found := pattern.search(self.text, at)) is not None:
            self.out.append(self.text[at : found.start()])
            at = found.start()
            if found["fence"] is not None:
                fenced(found["language"], self.mark(found.start("marks"), len(found["marks"])))
                end = self._fence_end(found)
            elif found["ticks"] is not None:
                end = self._code_end(found)
            elif found["comment"] is not None:
                end = self._comment_end(found)
            elif found["escaped"] is not None:
                end = found.end()
            else:
                done = act(found)
                if done is not None:
                    at = done
                    continue
                end = found.start() + 1
            self.out.append(self.text[at:end])
            at = end
        self.out.append(self.text[at:])
        return "".join(self.out)

    def _fence_end(self, found: re.Match[str]) -> int:
        marks = found["marks"]
        closing = re.compile(rf"^[ \t>]*{re.escape(marks[0])}{{{len(marks)},}}[ \t]*$", re.MULTILINE)
        end = closing.search(self.text, min(found.end() + 1, len(self.text)))
        return end.end() if end else len(self.text)

    def _code_end(self, found: re.Match[str]) -> int:
        closing = re.compile(rf"(?<!`){found[0]}(?!`)")
        last = min(found.end() + LONGEST_CODE, len(self.text))
        blank = self.text.find("\n\n", found.end(), last)
        end = closing.search(self.text, found.end(), last if blank < 0 else blank)
        return end.end() if end else found.end()

    def _comment_end(self, found: re.Match[str]) -> int:
        end = -1 if self._unclosed else self.text.find("-->", found.end())
        if end < 0:
            self._unclosed = True
            self.out.append("\\")
            return found.end()
        return end + 3
