"""Pages made from the sample views with the briefing theme, and what tests see of them."""

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec

from dossier.theme import Theme, load, render
from dossier.views import AnyView
from tests.theme import views

REPOSITORY = Path(__file__).parents[2]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@cache
def briefing_files() -> dict[str, bytes]:
    """The theme's files as the build hands them over."""
    folder = REPOSITORY / "themes" / "briefing"
    return {
        path.relative_to(REPOSITORY).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@cache
def briefing() -> Theme:
    theme, findings = load("briefing", briefing_files())
    assert not findings
    return theme


def rendered(template: str, view: AnyView, theme: Theme | None = None) -> bytes:
    """The page of a sample view; where the view has a body, it is the sample body."""
    page, segments = views.page(template, view), views.segments(view)
    if not segments:
        page = msgspec.structs.replace(page, anchors=())
    return render(theme or briefing(), page, segments)


@dataclass
class Seen(HTMLParser):
    """What a parser meets in a page. `unbalanced` are the tags that are closed wrongly or not at all."""

    source: str
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.source)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        (self.scripts if self._open and self._open[-1] == "script" else self.words).append(data)

    def attributes(self, name: str) -> list[str]:
        """The values of one attribute, on whatever element."""
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


def filled(view: Any, text: str) -> Any:
    """The view with that text in every field that can hold any text."""
    if isinstance(view, str):
        return text
    if isinstance(view, tuple):
        return tuple(filled(member, text) for member in view)
    if isinstance(view, msgspec.Struct):
        fields = msgspec.structs.fields(view)
        free = {f.name: getattr(view, f.name) for f in fields if "Literal" not in str(f.type)}
        return msgspec.structs.replace(view, **{name: filled(value, text) for name, value in free.items()})
    return view
