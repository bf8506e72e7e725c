"""YAML -> placed values, in one pass over the parser's events.

Nothing is composed or constructed by PyYAML: its loaders recurse in C without a limit, expand aliases and
guess types. What is counted and refused here is refused before it costs anything.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import yaml

from dossier.diagnostics import Diagnostic, Mark, error
from dossier.frontmatter.encoding import CONTROLS
from dossier.frontmatter.mistakes import DEEPEST, TOO_DEEP, Trouble, explain, in_quotes
from dossier.frontmatter.nodes import Entry, Listing, Mapping, Node, Scalar

# The field decides what a value is, so that these tags of YAML's own say nothing that matters.
_HARMLESS_TAGS = frozenset(
    "tag:yaml.org,2002:" + name for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
) | {"!"}
# Characters that YAML 1.1 takes for line breaks, editors don't, or that its parsers treat differently.
_SPACES = {0x85: " ", 0x2028: " ", 0x2029: " ", 0xFEFF: " "}

# The pure parser ends a text in a list at a question mark, `[who said it?]`, and libyaml doesn't: a character
# for private use takes its place where it follows another character, and can't begin a key.
_QUESTION_MARK = re.compile(r"(?<=[^\s\[{,])\?")
_STAND_IN = "\uf8ff"

PURE: Any = yaml.SafeLoader
LOADER: Any = getattr(yaml, "CSafeLoader", PURE)


def load(path: str, text: str, first_line: int, loader: Any = None) -> tuple[Node | None, list[Diagnostic]]:
    """The value that a YAML text is, and what is wrong with it.

    `first_line` is the number of the text's first line in its file. Without a value there is a finding, but
    for a text that says nothing.
    """
    if not text.isascii():
        text = text.translate(_SPACES)
    if "\t" in text:
        indented = _tab_indentation(path, text, first_line)
        if indented:
            return None, indented
        # Elsewhere a tab is as good as a space, but not to every parser.
        text = text.replace("\t", " ")
    composer = _Composer(path, text.split("\n"), first_line)
    loader = loader or LOADER
    if loader is PURE and _STAND_IN not in text:
        text = _QUESTION_MARK.sub(_STAND_IN, text)
        composer.stand_in = _STAND_IN
    try:
        node = composer.document(yaml.parse(text, Loader=loader))
    except _RefusedError as refusal:
        return None, [*composer.findings, refusal.finding]
    except yaml.MarkedYAMLError as failure:
        return None, [*composer.findings, composer.mistake(failure)]
    except (yaml.YAMLError, ValueError, OverflowError, IndexError, KeyError, RecursionError) as failure:
        place = composer.last
        hint = "put the value in quotes"
        finding = error(path, place, "yaml-syntax", f"the front matter can't be read: {failure}", hint)
        return None, [*composer.findings, finding]
    return node, composer.findings


class _RefusedError(Exception):
    """Stops the reading of a text that can't be made sense of."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Composer:
    """Builds nodes from one document's events."""

    def __init__(self, path: str, lines: list[str], first_line: int) -> None:
        self.path = path
        self.lines = lines
        self.first_line = first_line
        self.findings: list[Diagnostic] = []
        self.last = Mark(first_line, 1, 0)
        self.depth = 0
        self.stand_in = ""

    def document(self, events: Iterator[Any]) -> Node | None:
        """The one document of a stream."""
        next(events)  # stream start
        event = next(events)
        if type(event) is yaml.StreamEndEvent:
            return None
        node = self.node(next(events), events)
        next(events)  # document end
        event = next(events)
        if type(event) is not yaml.StreamEndEvent:
            message = "a second YAML document begins here"
            raise _RefusedError(
                self.error(self.mark(event), message, "delete this line: a file is one document")
            )
        return node

    def node(self, event: Any, events: Iterator[Any]) -> Node:
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None:
            raise _RefusedError(self.reference(event, kind is yaml.AliasEvent))
        if event.tag is not None and event.tag not in _HARMLESS_TAGS:
            raise _RefusedError(self.tag(event))
        if kind is yaml.ScalarEvent:
            return self.scalar(event)
        self.depth += 1
        if self.depth > DEEPEST:
            raise _RefusedError(self.error(self.mark(event), *TOO_DEEP))
        node = self.mapping(event, events) if kind is yaml.MappingStartEvent else self.listing(event, events)
        self.depth -= 1
        return node

    def scalar(self, event: Any) -> Scalar:
        text = event.value
        plain = event.style is None or event.style == ""
        if event.style == '"' and not text.isprintable() and CONTROLS.search(text):
            mark = self.mark(event)
            message = "this escape stands for a character that is not text"
            self.findings.append(error(self.path, mark, "control-character", message, "delete it"))
            text = CONTROLS.sub("\ufffd", text)
        if self.stand_in:
            text = text.replace(self.stand_in, "?")
        quotes = event.style == '"' or event.style == "'"
        self.last = mark = self.span(event.start_mark, event.end_mark, quotes)
        return Scalar(mark, text, plain)

    def listing(self, start: Any, events: Iterator[Any]) -> Listing:
        items = []
        while type(event := next(events)) is not yaml.SequenceEndEvent:
            item = self.node(event, events)
            if type(item) is Scalar and item.mark.length == 0 and item.plain:
                dash = Mark(item.mark.line, max(item.mark.column - 1, 1), 1)
                item = Scalar(dash, item.text)
            items.append(item)
        return Listing(self.extent(start, event), tuple(items))

    def mapping(self, start: Any, events: Iterator[Any]) -> Mapping:
        entries: list[Entry] = []
        places: dict[str, Mark] = {}
        while type(event := next(events)) is not yaml.MappingEndEvent:
            key = self.node(event, events)
            if not isinstance(key, Scalar):
                raise _RefusedError(self.not_a_key(key))
            value = self.node(next(events), events)
            if type(value) is Scalar and value.mark.length == 0 and value.plain:
                value = Scalar(key.mark, value.text)
            first = places.setdefault(key.text, key.mark)
            if first is not key.mark:
                self.findings.append(self.duplicate(key, first))
            if key.text == "<<":
                raise _RefusedError(self.merge(key))
            entries.append(Entry(key.text, key.mark, value))
        return Mapping(self.extent(start, event), tuple(entries))

    def span(self, start: Any, end: Any, quotes: bool = False) -> Mark:
        """The place between two marks of the parser, or the rest of its first line; within the quotes."""
        line, column = start.line, start.column
        if end.line == line:
            length = end.column - column - 2 * quotes
        else:
            length = max(len(self.lines[line].rstrip()) - column - quotes, 0)
        return Mark(line + self.first_line, column + 1 + quotes, length)

    def extent(self, start: Any, end: Any) -> Mark:
        """The place of a list or mapping, which the parsers end at different places behind it."""
        mark = self.span(start.start_mark, end.end_mark)
        longest = len(self.lines[start.start_mark.line].rstrip()) - start.start_mark.column
        return mark if mark.length <= longest else msgspec.structs.replace(mark, length=max(longest, 0))

    def mark(self, event: Any) -> Mark:
        return self.span(event.start_mark, event.end_mark)

    def error(self, mark: Mark, message: str, hint: str, code: str = "yaml-syntax") -> Diagnostic:
        return error(self.path, mark, code, message, hint)

    def mistake(self, failure: yaml.MarkedYAMLError) -> Diagnostic:
        """A parser's complaint in a curator's words."""
        problem, context = failure.problem_mark, failure.context_mark
        found = explain(
            Trouble(
                lines=tuple(self.lines),
                line=problem.line if problem else 0,
                column=problem.column if problem else 0,
                start_line=context.line if context else None,
                start_column=context.column if context else 0,
                problem=failure.problem or "",
                context=failure.context or "",
            )
        )
        mark = Mark(found.line + self.first_line, found.column + 1, found.length)
        return self.error(mark, found.message, found.hint, found.code)

    def reference(self, event: Any, alias: bool) -> Diagnostic:
        """Anchors and aliases are refused: they are the stuff of bombs, and mostly a title's `*` or `&`."""
        mark = self.mark(event)
        written, hint = in_quotes(self.lines, event.start_mark.line, event.start_mark.column)
        if alias:
            message = "'*' at the start of a value makes it an alias of YAML, which is not supported"
            return self.error(mark, message, f"write the value out; or {hint}")
        message = "'&' at the start of a value makes it an anchor of YAML, which is not supported"
        anchor = msgspec.structs.replace(mark, length=len(event.anchor) + 1)
        hint = f"delete '&{event.anchor}'; or {hint}" if " " in written else hint
        return self.error(anchor, message, hint)

    def tag(self, event: Any) -> Diagnostic:
        written, hint = in_quotes(self.lines, event.start_mark.line, event.start_mark.column)
        tag = written.partition(" ")[0]
        mark = msgspec.structs.replace(self.mark(event), length=len(tag))
        return self.error(mark, f"the YAML tag {tag} is not supported", f"delete it; or {hint}", "yaml-tag")

    def not_a_key(self, key: Node) -> Diagnostic:
        line = key.mark.line - self.first_line
        if "{{" in self.lines[line]:
            _, hint = in_quotes(self.lines, line, self.lines[line].index("{{"))
            return self.error(key.mark, "'{{' begins a key that is itself a mapping", hint)
        return self.error(key.mark, "a key must be plain text", "write 'key: value'")

    def duplicate(self, key: Scalar, first: Mark) -> Diagnostic:
        message = f"the key '{key.text[:60]}' is given twice"
        hint = f"the first is in line {first.line}, column {first.column}; keep one of them"
        return self.error(key.mark, message, hint, "duplicate-key")

    def merge(self, key: Scalar) -> Diagnostic:
        message = "'<<' merges keys in YAML, which is not supported"
        return self.error(key.mark, message, "write the keys out")


def _tab_indentation(path: str, text: str, first_line: int) -> list[Diagnostic]:
    findings = []
    for number, line in enumerate(text.split("\n"), start=first_line):
        written = line.lstrip(" \t")
        indentation = line[: len(line) - len(written)]
        if written and "\t" in indentation:
            column = indentation.index("\t") + 1
            mark = Mark(number, column, len(indentation) - column + 1)
            hint = "replace each tab with two spaces"
            findings.append(error(path, mark, "yaml-syntax", "a tab can't indent a line in YAML", hint))
    return findings[:20]
