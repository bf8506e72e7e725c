"""What a page says of itself: JSON-LD, Highwire, OpenGraph, Dublin Core and plain tags, as they are."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # Whoever only measures a text does without lxml.
    from lxml.html import HtmlElement

MOST_NODES = 5_000
LONGEST_VALUE = 5_000
_ARTICLES = re.compile(
    r"(?:.*Article|BlogPosting|LiveBlogPosting|Report|ScholarlyArticle|Dataset|WebPage|SpecialAnnouncement|"
    r"Legislation|GovernmentService|TechArticle|PodcastEpisode|VideoObject)"
)
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\n]+)")


@dataclass
class Tags:
    """The values of a page's tags by name, lower-case, in their order; and its JSON-LD.

    `linked` are the objects of JSON-LD that describe documents, the best first; `broken` says that some of it
    couldn't be read.
    """

    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    linked: list[Mapping[str, Any]] = field(default_factory=list)
    broken: str = ""
    language: str = ""
    title: str = ""
    heading: str = ""
    times: list[str] = field(default_factory=list)
    saved_from: str = ""
    saved_on: str = ""

    def first(self, *names: str) -> str:
        """The first value of the first of these names that has one."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    return value
        return ""

    def every(self, *names: str) -> list[str]:
        """All values of the first of these names that has any."""
        for name in names:
            values = [value for value in self.meta.get(name, ()) if value]
            if values:
                return values
        return []


def tags_of(tree: "HtmlElement") -> Tags:
    """The tags of a page."""
    tags = Tags(language=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""))
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        if element.get("http-equiv", "").lower() == "content-language":
            name = "content-language"
        if name:
            value = one_line(element.get("content") or "")
            tags.meta.setdefault(name.lower(), []).append(value)
    for element in tree.iter("link"):
        for relation in (element.get("rel") or "").lower().split():
            tags.links.setdefault(relation, []).append((element.get("href") or "").strip())
    tags.title = _text_of(tree, "title")
    tags.heading = _text_of(tree, "h1")
    tags.times = [element.get("datetime") or "" for element in tree.iter("time") if element.get("datetime")]
    _read_linked_data(tree, tags)
    return tags


def saved_by_single_file(text: str, tags: Tags) -> None:
    """The address and the time that SingleFile notes in a comment at the beginning of a page it saves."""
    match = _SINGLE_FILE.search(text[:5_000])
    if match:
        tags.saved_from, tags.saved_on = match[1], one_line(match[2])


def one_line(text: str) -> str:
    """A text with one space for white space of any kind, of a length that front matter takes."""
    return " ".join(text.split())[:LONGEST_VALUE]


def _text_of(tree: "HtmlElement", tag: str) -> str:
    for element in tree.iter(tag):
        text = one_line("".join(element.itertext()))
        if text:
            return text
    return ""


def _read_linked_data(tree: "HtmlElement", tags: Tags) -> None:
    objects: list[Mapping[str, Any]] = []
    for element in tree.iter("script"):
        if (element.get("type") or "").lower().partition(";")[0].strip() != "application/ld+json":
            continue
        text = (element.text or "").strip().removeprefix("<!--").removesuffix("-->").strip()
        text = text.removeprefix("<![CDATA[").removesuffix("]]>").rstrip("; \n")
        if not text:
            continue
        try:
            objects += _objects(json.loads(text, strict=False))
        except (ValueError, RecursionError) as problem:
            tags.broken = tags.broken or str(problem)[:200]
    tags.linked = sorted(objects, key=_rank)


def _objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects that describe documents, wherever they stand in a graph, without descending for ever."""
    found: list[Mapping[str, Any]] = []
    waiting, seen = [value], 0
    while waiting and seen < MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if any(_ARTICLES.fullmatch(kind) for kind in types_of(node)):
                found.append(node)
            waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]
    return found


def types_of(node: Mapping[str, Any]) -> list[str]:
    """The types of an object, without the vocabulary's address."""
    kinds = node.get("@type", ())
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not isinstance(kinds, Sequence):
        return []
    return [kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def _rank(node: Mapping[str, Any]) -> int:
    """Articles come before the page that they stand on."""
    return 1 if "WebPage" in types_of(node) or "headline" not in node else 0


def texts(value: Any) -> Iterator[str]:
    """The texts or names that a value of JSON-LD holds."""
    if isinstance(value, str):
        yield one_line(value)
    elif isinstance(value, list):
        for item in value[:100]:
            if not isinstance(item, list):
                yield from texts(item)
    elif isinstance(value, dict):
        name = value.get("name") or value.get("@value")
        if isinstance(name, list):
            name = next((each for each in name if isinstance(each, str)), "")
        if isinstance(name, str):
            yield one_line(name)
