"""Front matter as other programs write it: YAML, TOML or JSON, as plain values with the places of their keys.

A scalar is its text: `true`, `2020-02-12`, `3`. Only this room reads TOML.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from dossier import frontmatter
from dossier.diagnostics import Diagnostic, Mark, error
from dossier.frontmatter import LARGEST_FRONT_MATTER, Listing, Node, Scalar
from dossier.frontmatter.encoding import decode

Value = str | list["Value"] | dict[str, "Value"]
_YAML = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<matter>(?:.*\n)*?)\+\+\+[ \t]*(?:\n|\Z)")
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
DEEPEST = 40


@dataclass(frozen=True)
class Matter:
    """A file's fields, where their keys stand, and its text. `form` is '' where there are no fields."""

    values: Mapping[str, Value] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    form: str = ""
    wrong: tuple[Diagnostic, ...] = ()


def read_matter(place: str, data: bytes) -> Matter:
    """What a file says. With `wrong`, nothing can be made of it."""
    text, findings = decode(place, data)
    if text is None:
        return Matter(wrong=tuple(_format(each) for each in findings))
    if any(each.code == "encoding" for each in findings):
        return Matter(wrong=(_format(findings[0]),))
    if text.startswith("+++"):
        return _toml(place, text)
    if re.match(r"\{\s*[\"}]", text):
        return _json(place, text)
    return _yaml(place, text)


def read_yaml(place: str, data: bytes) -> Matter:
    """What a file says that is YAML as a whole. With `wrong`, nothing can be made of it."""
    content = frontmatter.read_yaml_file(place, data)
    wrong = [each for each in content.diagnostics if each.code == "encoding"]
    if content.fields is None or wrong:
        return Matter(wrong=tuple(_format(each) for each in (wrong or content.diagnostics)[:1]))
    return Matter(*_entries(content.fields), form="yaml")


def _format(finding: Diagnostic) -> Diagnostic:
    return error(finding.path, finding.mark, "import-format", finding.message, finding.hint)


def _body(text: str, at: int) -> tuple[str, int]:
    return text[at:], text.count("\n", 0, at) + 1


# ---------------------------------------------------------------- YAML


def _yaml(place: str, text: str) -> Matter:
    found = _YAML.match(text)
    if found is None:
        return Matter(body=text)
    content = frontmatter.read_document(place, found[0].encode())
    body, line = _body(text, found.end())
    if content.fields is None:
        if re.search(r"^[\w \"'-]+:(?:\s|$)", found[0], re.M) is None and "\n\n" in found[0]:
            return Matter(body=text)  # Two rules with words between them.
        return Matter(wrong=tuple(_format(each) for each in content.diagnostics[:1]))
    return Matter(*_entries(content.fields), body, line, "yaml")


def _entries(fields: frontmatter.Mapping) -> tuple[dict[str, Value], dict[str, Mark]]:
    """The first of each key, and its place."""
    values: dict[str, Value] = {}
    marks: dict[str, Mark] = {}
    for entry in fields.entries:
        if entry.key not in values:
            values[entry.key], marks[entry.key] = _plain(entry.value), entry.mark
    return values, marks


def _plain(node: Node) -> Value:
    if isinstance(node, Scalar):
        return "" if node.empty else node.text
    if isinstance(node, Listing):
        return [_plain(item) for item in node.items]
    return {entry.key: _plain(entry.value) for entry in node.entries}


# ---------------------------------------------------------------- TOML


def _toml(place: str, text: str) -> Matter:
    found = _TOML.match(text)
    if found is None:
        message, hint = "the front matter has no end", "add a line '+++' behind its last field"
        return Matter(wrong=(error(place, Mark(1, 1, 3), "import-format", message, hint),))
    body, line = _body(text, found.end())
    values, wrong = read_toml(place, found["matter"], 2)
    if wrong is not None:
        return Matter(wrong=(wrong,))
    return Matter(values, _marks(found["matter"], 2, r"^\s*\[?\"?([\w-]+)\"?\s*[=.\]]"), body, line, "toml")


def read_toml(place: str, text: str, first_line: int) -> tuple[dict[str, Value], Diagnostic | None]:
    """The values of a TOML text, or what is wrong with it."""
    if len(text) > LARGEST_FRONT_MATTER:
        return {}, error(place, Mark(first_line), "import-format", "this TOML is too long", "shorten it")
    try:
        return _mapped(tomllib.loads(text)), None
    except tomllib.TOMLDecodeError as problem:
        at = _AT_LINE.search(str(problem))
        mark = Mark(int(at[1]) + first_line - 1, int(at[2]), 1) if at else Mark(first_line)
        message = f"this is no TOML: {_AT_LINE.sub('', str(problem)).strip()}"
        return {}, error(place, mark, "import-format", message, "mend it there")
    except (ValueError, RecursionError, OverflowError) as problem:
        message = f"this TOML can't be read: {str(problem)[:120] or type(problem).__name__}"
        return {}, error(place, Mark(first_line), "import-format", message, "mend it there")


# ---------------------------------------------------------------- JSON


def _json(place: str, text: str) -> Matter:
    try:
        values, end = json.JSONDecoder().raw_decode(text[: 4 * LARGEST_FRONT_MATTER])
        mapped = _mapped(values)
    except json.JSONDecodeError as problem:
        mark = Mark(problem.lineno, problem.colno, 1)
        message = f"this is no JSON: {problem.msg}"
        return Matter(wrong=(error(place, mark, "import-format", message, "mend it there"),))
    except (ValueError, RecursionError) as problem:
        message = f"this JSON can't be read: {str(problem)[:120] or type(problem).__name__}"
        return Matter(wrong=(error(place, Mark(1), "import-format", message, "mend it there"),))
    body, line = _body(text, end)
    marks = _marks(text[:end], 1, r"^[\s{,]*\"([\w-]+)\"\s*:")
    return Matter(mapped, marks, body.removeprefix("\n"), line + body.startswith("\n"), "json")


# ---------------------------------------------------------------- parts


def _mapped(values: object, depth: int = 0) -> dict[str, Value]:
    if not isinstance(values, dict):
        return {}
    return {str(key): _value(value, depth + 1) for key, value in values.items()}


def _value(value: object, depth: int) -> Value:
    if depth > DEEPEST:
        raise ValueError("it nests too deep")
    match value:
        case dict():
            return _mapped(value, depth)
        case list():
            return [_value(item, depth + 1) for item in value]
        case bool():
            return "true" if value else "false"
        case None:
            return ""
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)


def _marks(text: str, first_line: int, pattern: str) -> dict[str, Mark]:
    """The places of keys that begin a line."""
    marks: dict[str, Mark] = {}
    for number, line in enumerate(text.split("\n")):
        found = re.match(pattern, line)
        if found:
            mark = Mark(number + first_line, found.start(1) + 1, len(found[1]))
            marks.setdefault(found[1], mark)
    return marks
