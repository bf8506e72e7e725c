"""Front matter and body, told apart by the fences around the front matter."""

import re

import msgspec

from dossier.diagnostics import Diagnostic, Mark, error
from dossier.frontmatter import plain
from dossier.frontmatter.encoding import decode
from dossier.frontmatter.mistakes import quoted
from dossier.frontmatter.nodes import Mapping, Node, Scalar

# In characters. Far above what a person writes, far below what would hold a build up.
LARGEST_FRONT_MATTER = 256 * 1024
LARGEST_BODY = 4 * 1024 * 1024
LARGEST_YAML = 4 * 1024 * 1024

_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^# +(\S.*)$", re.MULTILINE)
_NO_SPACE = re.compile(r"([\w-]+):(?!//)(\S.*)")
_KEY_LINE = re.compile(r"(?:[\w-]+:|\s+\S|- |#)")


class Content(msgspec.Struct, frozen=True):
    """What a file is made of. `fields` is None where there is no front matter that can be read.

    `body_line` is the number of the body's first line.
    """

    fields: Mapping | None
    body: str = ""
    body_line: int = 1
    diagnostics: tuple[Diagnostic, ...] = ()


def read_document(path: str, data: bytes) -> Content:
    """The front matter and the body of a Markdown document."""
    text, findings = decode(path, data)
    if text is None:
        return Content(None, diagnostics=tuple(findings))
    opening = _OPENING.match(text)
    if opening is None:
        return Content(None, diagnostics=(*findings, _no_front_matter(path, text)))
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return Content(None, diagnostics=(*findings, _unclosed(path, text)))
    matter, body = text[opening.end() : closing.start()], text[closing.end() + 1 :]
    body_line = text.count("\n", 0, closing.start()) + 2
    findings += _too_large(path, Mark(1, 1, 3), "the front matter", len(matter), LARGEST_FRONT_MATTER)
    findings += _too_large(path, Mark(body_line), "the text", len(body), LARGEST_BODY)
    if len(matter) > LARGEST_FRONT_MATTER or len(body) > LARGEST_BODY:
        return Content(None, diagnostics=tuple(findings))
    fields, more = _mapping(path, matter, 2)
    return Content(fields, body, body_line, diagnostics=(*findings, *more))


def read_yaml_file(path: str, data: bytes) -> Content:
    """The mapping that a YAML file is; an empty one for a file that says nothing."""
    text, findings = decode(path, data)
    if text is None:
        return Content(None, diagnostics=tuple(findings))
    findings += _too_large(path, Mark(), "the file", len(text), LARGEST_YAML)
    if len(text) > LARGEST_YAML:
        return Content(None, diagnostics=tuple(findings))
    fields, more = _mapping(path, text, 1)
    return Content(fields, diagnostics=(*findings, *more))


def _mapping(path: str, text: str, first_line: int) -> tuple[Mapping | None, list[Diagnostic]]:
    fields = plain.read(text, first_line)
    if fields is not None:
        return fields, []
    # PyYAML takes 10 ms to import, and most front matter is written plainly.
    from dossier.frontmatter.reader import load

    node, findings = load(path, text, first_line)
    if isinstance(node, Mapping):
        return node, findings
    if node is None or (isinstance(node, Scalar) and node.empty):
        return (None if findings else Mapping(Mark(), ())), findings
    return None, [*findings, _not_a_mapping(path, node)]


def _not_a_mapping(path: str, node: Node) -> Diagnostic:
    if not isinstance(node, Scalar):
        message = "a list where keys are expected"
        hint = "begin each entry with a key in place of the dash: 'key: value'"
        return error(path, node.mark, "wrong-type", message, hint)
    match = _NO_SPACE.match(node.text)
    hint = f"put a space after the colon: {match[1]}: {match[2]}" if match else "write 'key: value'"
    return error(path, node.mark, "yaml-syntax", "a text where 'key: value' is expected", hint)


def _no_front_matter(path: str, text: str) -> Diagnostic:
    if not text.strip():
        hint = "begin with three lines: '---', 'title: …', '---'; then the text"
        return error(path, Mark(1, 1, 0), "empty-file", "the file is empty", hint)
    if text.lstrip().startswith("---"):
        line = text[: text.index("---")].count("\n") + 1
        message, hint = "front matter must begin in the first line", "delete the empty lines above '---'"
        return error(path, Mark(line, 1, 3), "no-front-matter", message, hint)
    if text.startswith("+++"):
        message, hint = (
            "this front matter is TOML",
            "write it as YAML: 'key: value' lines between two '---' lines",
        )
    elif text.startswith("{"):
        message, hint = (
            "this front matter is JSON",
            "write it as YAML: 'key: value' lines between two '---' lines",
        )
    else:
        heading = _HEADING.search(text)
        title = (
            quoted(heading[1].strip()) if heading and ": " in heading[1] else heading[1] if heading else "…"
        )
        message = "the file has no front matter"
        hint = f"begin it with three lines: '---', 'title: {title.strip()}', '---'"
    length = len(text.partition("\n")[0])
    return error(path, Mark(1, 1, length), "no-front-matter", message, hint)


def _unclosed(path: str, text: str) -> Diagnostic:
    """The front matter should probably end after the last line that looks like a field."""
    lines = text.split("\n")
    last = 1
    while last < len(lines) and _KEY_LINE.match(lines[last]):
        last += 1
    message = "the front matter has no end"
    return error(path, Mark(1, 1, 3), "unclosed-front-matter", message, f"add a line '---' after line {last}")


def _too_large(path: str, mark: Mark, what: str, length: int, limit: int) -> list[Diagnostic]:
    if length <= limit:
        return []
    message = f"{what} has {length:,} characters; the limit is {limit:,}"
    return [error(path, mark, "too-large", message, "split it, or shorten it")]
