"""What goes wrong in a template, as a finding with its place and what to write instead."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from traceback import walk_tb
from types import TracebackType
from typing import Any

from jinja2 import StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.utils import missing

from dossier.diagnostics import Diagnostic, Mark, did_you_mean, error
from dossier.theme.loading import Theme

SEEN = ("view", "body", "range", "part")
DOCUMENTED = "docs/themes.md lists what every template sees"


class AbsentError(UndefinedError):
    """A template uses what isn't there. `owner` is what should have it, where there is an owner."""

    def __init__(self, message: str, name: object, owner: object) -> None:
        super().__init__(message)
        self.name = str(name)
        self.owner = owner


class Absent(StrictUndefined):
    """What isn't there: any use of it raises AbsentError."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: Callable[..., Exception] | None = None,
    ) -> None:
        super().__init__(hint, obj, name, exc or partial(AbsentError, name=name, owner=obj))  # type: ignore[arg-type]


def diagnosed(theme: Theme, name: str, problem: Exception) -> Diagnostic:
    """The finding that a template's exception comes to; `name` is the template that was asked for."""
    if isinstance(problem, TemplateSyntaxError):
        return _syntax(theme, name, problem)
    path, line = _place(theme, name, problem.__traceback__)
    if isinstance(problem, TemplateNotFound):
        return _not_found(theme, path, line, str(problem.name))
    if isinstance(problem, AbsentError):
        message, hint = _absent(problem)
        return error(path, _mark(theme, path, line, problem.name), "undefined-field", message, hint)
    message = str(problem) or type(problem).__name__
    return error(path, Mark(line), "template-error", message, DOCUMENTED)


def no_template(theme: Theme, name: str, used: str) -> Diagnostic:
    """The finding that the template `name` uses another that isn't there."""
    template = theme.templates[name]
    lines = template.source.splitlines()
    line = next((number for number, text in enumerate(lines, 1) if used in text), 0)
    return _not_found(theme, template.path, line, used)


def unknown(theme: Theme, path: str, line: int, kind: str, name: str, known: Iterable[str]) -> Diagnostic:
    """The finding that a template uses a filter or a test that there isn't."""
    hint = did_you_mean(name, known, DOCUMENTED)
    return error(path, _mark(theme, path, line, name), f"unknown-{kind}", f"no {kind} '{name}'", hint)


def _syntax(theme: Theme, name: str, problem: TemplateSyntaxError) -> Diagnostic:
    path = problem.filename or theme.templates[name].path
    message = problem.message or "the template can't be read"
    return error(path, Mark(problem.lineno), "template-syntax", message, DOCUMENTED)


def _not_found(theme: Theme, path: str, line: int, used: str) -> Diagnostic:
    hint = did_you_mean(used, theme.templates, f"add themes/{theme.name}/templates/{used}")
    return error(path, _mark(theme, path, line, used), "missing-template", f"no template '{used}'", hint)


def _absent(problem: AbsentError) -> tuple[str, str]:
    """What to say of something that isn't there."""
    if problem.owner is missing or problem.owner is None:
        if "does not export" in str(problem):
            return str(problem), "a macro that another template imports has to keep its name"
        known: tuple[str, ...] = SEEN if problem.owner is missing else ()
        what = "" if problem.owner is missing else " here: what should have it is empty"
        listed = f"templates see {', '.join(SEEN)}" if known else "ask first: {% if … %}"
        return f"no '{problem.name}'{what}", did_you_mean(problem.name, known, listed)
    fields = getattr(problem.owner, "__struct_fields__", ())
    owner = type(problem.owner).__name__
    hint = did_you_mean(problem.name, fields, f"{owner} has {', '.join(fields)}" if fields else DOCUMENTED)
    return f"{owner} has no '{problem.name}'", hint


def _place(theme: Theme, name: str, trace: TracebackType | None) -> tuple[str, int]:
    """The innermost line of a template that an exception passed through."""
    paths = {template.path for template in theme.templates.values()}
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(trace)]
    inside = [place for place in places if place[0] in paths]
    if inside:
        return inside[-1]
    template = theme.templates.get(name)
    return (template.path if template else f"themes/{theme.name}/templates/{name}"), 0


def _mark(theme: Theme, path: str, line: int, word: str) -> Mark:
    """The word's place on that line of the template's file, or the line alone where it isn't there."""
    source = next((template.source for template in theme.templates.values() if template.path == path), "")
    lines = source.splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return Mark(line, found.start() + 1, len(word)) if found else Mark(line)
