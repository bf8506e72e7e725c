"""Reading fixture files, and showing a body as one text."""

from collections.abc import Iterator
from pathlib import Path

from dossier.markup import Rendered, render
from dossier.model import Slot

FIXTURES = Path(__file__).parent / "fixtures"
NOTE = "content/notes/n.md"


def note(text: str, first_line: int = 1) -> Rendered:
    """The body of a note."""
    return render(text, path=NOTE, first_line=first_line, citations=True)


def fixtures(name: str) -> Iterator[tuple[str, str, str]]:
    """The examples of a file: title, Markdown, and what is expected, each ended by a line with a dot."""
    title, texts, lines = "", [], []
    for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines():
        if line != ".":
            lines.append(line)
            continue
        if title:
            texts.append("".join(line + "\n" for line in lines))
        else:
            title = next(line for line in reversed(lines) if line)
        lines = []
        if len(texts) == 2:
            yield title, texts[0], texts[1]
            title, texts = "", []


def whole(rendered: Rendered) -> str:
    """A body's HTML, with its slots in double braces."""
    assert len(rendered.segments) == len(rendered.body.slots) + 1
    pieces = [rendered.segments[0]]
    for slot, segment in zip(rendered.body.slots, rendered.segments[1:], strict=True):
        # Footnotes keep their own numbers, but where a style's notes are counted with them.
        own = slot.kind in ("footnote", "note")
        pieces += [slot.target, segment] if own else ["{{", _shown(slot), "}}", segment]
    return "".join(pieces)


def _shown(slot: Slot) -> str:
    if slot.kind == "quotation":
        return slot.kind
    if slot.kind != "citation":
        fragment = f"#{slot.fragment}" if slot.fragment else ""
        return f"{slot.kind} {slot.target}{fragment}" + (f" | {slot.html}" if slot.html else "")
    items = []
    for item in slot.items:
        words = [
            f"{item.number}",
            item.prefix and f"<{item.prefix}>",
            item.id,
            item.locator and f"<{item.locator}>",
        ]
        items.append(" ".join(word for word in words if word))
    return ("narrative " if slot.narrative else "cite ") + "; ".join(items)


def findings(rendered: Rendered) -> str:
    """A line for each finding: its place, severity, code, message and hint."""
    lines = []
    for found in rendered.diagnostics:
        place = f"{found.mark.line}:{found.mark.column}:{found.mark.length}"
        lines.append(f"{place} {found.severity}[{found.code}]: {found.message} / {found.hint}\n")
    return "".join(lines)
