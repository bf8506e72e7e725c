"""Findings: what is wrong, where it stands, and what to type instead.

A diagnostic is a value. Every stage of a build returns its diagnostics beside its result, and a build
reports all of them. `DossierError` is the one exception that a user sees: it carries diagnostics.
"""

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How grave a finding is. An error fails a command, with `--strict` a warning too; an info never."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """The gravest is 0."""
        return list(Severity).index(self)


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """A span on one line of a file. Lines and columns count from 1, in characters; 0 means unknown.

    `length` is the number of characters under the mark; an empty span is shown as one caret.
    """

    line: int = 0
    column: int = 0
    length: int = 0


class Diagnostic(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """One finding. `path` is relative to the site, with forward slashes; `code` is documented."""

    path: str
    mark: Mark
    severity: Severity
    code: str
    message: str
    hint: str = ""
    excerpt: str = ""


class DossierError(Exception):
    """A stop that a user sees, made of the diagnostics that explain it. Never shown as a traceback."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(show(diagnostic) for diagnostic in diagnostics))
        self.diagnostics = diagnostics


def error(path: str, mark: Mark, code: str, message: str, hint: str = "") -> Diagnostic:
    """A finding that keeps its document out of the site or breaks a page."""
    return Diagnostic(path, mark, Severity.ERROR, code, message, hint)


def warning(path: str, mark: Mark, code: str, message: str, hint: str = "") -> Diagnostic:
    """A finding that leaves the site whole, but that a careful editor would mend."""
    return Diagnostic(path, mark, Severity.WARNING, code, message, hint)


def info(path: str, mark: Mark, code: str, message: str, hint: str = "") -> Diagnostic:
    """A finding that an editor should know of, and that may well be as it should."""
    return Diagnostic(path, mark, Severity.INFO, code, message, hint)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint with the nearest known words, or `otherwise` where nothing is near."""
    near = get_close_matches(word, list(known), n=3, cutoff=0.6)
    if not near:
        return otherwise
    listed = " or ".join(f"'{candidate}'" for candidate in near)
    return f"did you mean {listed}?" + (f" {otherwise}" if otherwise else "")


def with_excerpts(
    diagnostics: Iterable[Diagnostic], read_lines: Callable[[str], Sequence[str]]
) -> tuple[Diagnostic, ...]:
    """The diagnostics in order of place, each with its source line; `read_lines` gives a file's lines."""
    lines_of: dict[str, Sequence[str]] = {}
    completed = []
    for diagnostic in sorted(set(diagnostics)):
        if not diagnostic.excerpt and diagnostic.mark.line:
            if diagnostic.path not in lines_of:
                lines_of[diagnostic.path] = read_lines(diagnostic.path)
            lines = lines_of[diagnostic.path]
            if diagnostic.mark.line <= len(lines):
                excerpt = lines[diagnostic.mark.line - 1]
                diagnostic = msgspec.structs.replace(diagnostic, excerpt=excerpt)
        completed.append(diagnostic)
    return tuple(completed)


EXCERPT_WIDTH = 100


def show(diagnostic: Diagnostic) -> str:
    """The diagnostic as plain text, in the form that compilers made familiar.

    >>> place = ("content/a.md", Mark(4, 9, 3))
    >>> print(show(error(*place, "unknown-topic", "no topic 'irk'", "did you mean 'irak'?")))
    content/a.md:4:9: error[unknown-topic]: no topic 'irk'
      hint: did you mean 'irak'?
    """
    return "\n".join(text for _, text in parts(diagnostic))


def parts(diagnostic: Diagnostic) -> list[tuple[str, str]]:
    """The lines of `show`, each with its role: `head`, `excerpt`, `caret` or `hint`."""
    mark = diagnostic.mark
    place = diagnostic.path + (f":{mark.line}:{max(mark.column, 1)}" if mark.line else "")
    severity = f"{diagnostic.severity}[{diagnostic.code}]"
    lines = [("head", printable(f"{place}: {severity}: {diagnostic.message}"))]
    if diagnostic.excerpt and mark.line:
        excerpt, column = _window(diagnostic.excerpt, max(mark.column, 1))
        excerpt = printable(excerpt)  # No sooner: a line may be long, and hold many findings.
        gutter = f"  {mark.line} | "
        length = max(1, min(mark.length, len(excerpt) - column + 1))
        lines.append(("excerpt", gutter + excerpt))
        lines.append(("caret", " " * (len(gutter) - 2) + "| " + " " * (column - 1) + "^" * length))
    if diagnostic.hint:
        lines.append(("hint", printable(f"  hint: {diagnostic.hint}")))
    return lines


def printable(text: str) -> str:
    """The text with control and bidirectional characters replaced, so that it can't steer a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c in "\t\u00a0" else "\ufffd" for c in text)


def _window(excerpt: str, column: int) -> tuple[str, int]:
    """The part of a long line around a column (from 1), and the column within that part."""
    if len(excerpt) <= EXCERPT_WIDTH:
        return excerpt, column
    start = max(0, min(column - 1 - EXCERPT_WIDTH // 3, len(excerpt) - EXCERPT_WIDTH))
    part = excerpt[start : start + EXCERPT_WIDTH]
    before, after = "…" if start else "", "…" if start + EXCERPT_WIDTH < len(excerpt) else ""
    return before + part + after, column - start + len(before)
