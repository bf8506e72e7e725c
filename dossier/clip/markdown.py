"""The main text of a page, as trafilatura finds it, in Markdown that says nothing but that text.

What stands in the text can't become Markdown's own marks, a wiki link or HTML. Images are left out: they
would be fetched from elsewhere by whoever reads.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dossier.clip.tags import one_line

if TYPE_CHECKING:  # Whoever only escapes a text does without lxml.
    from lxml.etree import _Element

_MARKS = re.compile(r"([\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|(?<=\()@|~~)")
_LEADING = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-{2,}\s*$|:(?=\s)|\|)")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_WEB = re.compile(r"https?://[^\s<>]+", re.I)
_BOLD = frozenset(["#b", "bold"])
_ITALIC = frozenset(["#i", "italic"])
DEEPEST = 40


def to_markdown(body: "_Element") -> str:
    """The text as Markdown, ending in one line feed; '' where there is none."""
    blocks = [block for block in _blocks(body, 0) if block.strip()]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def to_words(body: "_Element") -> str:
    """The text without any marks, a line for each block."""
    return "\n".join(line for line in (one_line(text) for text in _leaves(body)) if line)


def _leaves(element: "_Element") -> Iterator[str]:
    inner = [child for child in element if child.tag in _BLOCKS]
    if not inner:
        yield "".join(element.itertext())
        return
    yield element.text or ""
    for child in element:
        if child.tag in _BLOCKS:
            yield from _leaves(child)
        else:
            yield "".join(child.itertext())
        yield child.tail or ""


_BLOCKS = frozenset(["p", "head", "list", "item", "quote", "table", "row", "cell", "code", "div", "ab", "lb"])


def paragraph(text: str) -> str:
    """A text of one paragraph, which stays just that."""
    return _start(escaped(one_line_kept(text)))


def paragraphs(text: str) -> str:
    """A text as it was typed, with empty lines between its paragraphs: its marks are no marks."""
    return "\n\n".join(paragraph(part) for part in re.split(r"\n\s*\n", text) if part.strip())


def one_line_kept(text: str) -> str:
    """A text with one space for white space, however long it is."""
    return " ".join(text.split())


def escaped(text: str) -> str:
    """A text in which nothing is a mark of Markdown, or of ours."""
    return _MARKS.sub(r"\\\1", text.replace("\0", "")) if text else ""


def _start(text: str) -> str:
    """A paragraph that doesn't begin as a heading, a list, a quotation or a rule does."""
    text = _NUMBERED.sub(r"\1\\\2", text)
    return _LEADING.sub(lambda found: "\\" + found[0], text)


def _blocks(element: "_Element", depth: int) -> Iterator[str]:
    """The blocks within an element; text between them makes paragraphs of its own."""
    loose: list[str] = [escaped(element.text or "")]
    for child in element:
        if child.tag in _BLOCKS and child.tag != "lb" and depth < DEEPEST and not _is_inline(child):
            yield _paragraph(loose)
            yield from _block(child, depth)
            loose = []
        else:
            loose.append(_span(child))
        loose.append(escaped(child.tail or ""))
    yield _paragraph(loose)


def _is_inline(element: "_Element") -> bool:
    """Whether code is a few words within a line."""
    parent = element.getparent()
    within = parent is not None and parent.tag in ("p", "item", "cell", "head", "hi", "ref")
    return element.tag == "code" and within and "\n" not in "".join(element.itertext())


def _paragraph(pieces: list[str]) -> str:
    lines = [_start(one_line_kept(line)) for line in "".join(pieces).split("\v")]
    return "\\\n".join(line for line in lines if line)


def _block(element: "_Element", depth: int) -> Iterator[str]:
    match element.tag:
        case "head":
            level = (element.get("rend") or "h2")[1:]
            text = _inline(element)
            if text:
                yield "#" * min(6, max(2, int(level) if level.isdigit() else 2)) + " " + text
        case "list":
            yield _list(element, depth)
        case "quote":
            inner = "\n\n".join(block for block in _blocks(element, depth + 1) if block.strip())
            yield "\n".join(f"> {line}".rstrip() for line in inner.split("\n")) if inner else ""
        case "table":
            yield _table(element)
        case "code":
            yield _code("".join(element.itertext()))
        case _:
            yield from _blocks(element, depth + 1)


def _list(element: "_Element", depth: int) -> str:
    ordered = element.get("rend") == "ol"
    items = []
    for number, item in enumerate(element.iterchildren("item"), 1):
        mark = f"{number}. " if ordered else "- "
        inner = [block for block in _blocks(item, depth + 1) if block.strip()]
        if inner:
            joined = "\n".join(inner) if all("\n\n" not in block for block in inner) else "\n\n".join(inner)
            lines = joined.split("\n")
            items.append(mark + ("\n" + " " * len(mark)).join(lines))
    return "\n".join(items)


def _table(element: "_Element") -> str:
    rows = [
        [_inline(cell).replace("|", "\\|") for cell in row.iterchildren("cell")]
        for row in element.iterchildren("row")
    ]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    if width < 2:
        return "\n\n".join(_start(row[0]) for row in rows)
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _code(text: str) -> str:
    text = text.strip("\n").replace("\0", "")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _inline(element: "_Element") -> str:
    pieces = [escaped(element.text or "")]
    for child in element:
        pieces += [_span(child), escaped(child.tail or "")]
    return one_line_kept("".join(pieces).replace("\v", " "))


def _span(element: "_Element") -> str:
    """An element within a line."""
    match element.tag:
        case "lb":
            return "\v"
        case "graphic":
            return ""
        case "code":
            return _code_span("".join(element.itertext()))
    inner = escaped(element.text or "") + "".join(
        _span(child) + escaped(child.tail or "") for child in element
    )
    if element.tag == "hi":
        rend = element.get("rend") or ""
        return _around(inner, "**" if rend in _BOLD else "*" if rend in _ITALIC else "")
    if element.tag == "ref":
        return _link(inner, element.get("target") or "")
    return f" {inner} " if element.tag in _BLOCKS else inner


def _code_span(text: str) -> str:
    text = one_line_kept(text)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    marks = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{space}{text}{space}{marks}" if text else ""


def _around(inner: str, mark: str) -> str:
    """Marks close to the words that they are around."""
    core = inner.strip()
    if not mark or not core or "\v" in core or "*" in core:
        return inner
    start = inner[: len(inner) - len(inner.lstrip())]
    return start + mark + core + mark + inner[len(start) + len(core) :]


def _link(inner: str, target: str) -> str:
    """A link to the web; one that leads elsewhere is only its words."""
    core = inner.strip()
    target = re.sub(r"\s", "%20", target.strip())
    if not core or not _WEB.fullmatch(target) or "\v" in core:
        return inner
    address = re.sub(r"[\"\\^`{|}()]", lambda found: f"%{ord(found[0]):02X}", target)
    start = inner[: len(inner) - len(inner.lstrip())]
    return f"{start}[{core}]({address})" + inner[len(start) + len(core) :]
