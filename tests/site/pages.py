"""Built pages as tests see them: ids, links, what a browser would load, JSON-LD."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

LOADED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src"}
LOADING_RELS = {"stylesheet", "icon", "preload", "manifest", "modulepreload", "apple-touch-icon"}
STYLE_URL = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")


@dataclass
class HtmlPage:
    """What a page holds that leads elsewhere, or may be led to."""

    language: str = ""
    title: str = ""
    headings: int = 0
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    canonical: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    json_ld: list[dict[str, Any]] = field(default_factory=list)


class Reader(HTMLParser):
    """Fills an HtmlPage."""

    def __init__(self) -> None:
        super().__init__()
        self.page = HtmlPage()
        self.within = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        page = self.page
        if "id" in given:
            page.ids.append(given["id"])
        if tag in LOADED and LOADED[tag] in given:
            page.loaded.append(given[LOADED[tag]])
        page.loaded += [entry.split()[0] for entry in given.get("srcset", "").split(",") if entry]
        page.loaded += [given[name] for name in ("poster", "xlink:href") if name in given]
        if tag == "link":
            self._link(given)
        elif tag in ("a", "area") and "href" in given:
            page.links.append(given["href"])
        elif tag == "form":
            page.links.append(given.get("action", ""))
        elif tag == "html":
            page.language = given.get("lang", "")
        elif tag == "meta":
            page.meta[given.get("property") or given.get("name") or given.get("http-equiv", "")] = given.get(
                "content", ""
            )
        page.headings += tag == "h1"
        self.within = given.get("type", tag) if tag == "script" else tag

    def _link(self, given: dict[str, str]) -> None:
        rels = set(given.get("rel", "").split())
        if "canonical" in rels:
            self.page.canonical = given["href"]
        elif rels & LOADING_RELS:
            self.page.loaded.append(given["href"])
        else:
            self.page.links.append(given["href"])

    def handle_data(self, data: str) -> None:
        if self.within == "title":
            self.page.title += data
        elif self.within == "application/ld+json":
            self.page.json_ld.append(json.loads(data))

    def handle_endtag(self, tag: str) -> None:
        self.within = ""


@cache
def read_page(path: Path) -> HtmlPage:
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.page


@cache
def style_urls(path: Path) -> tuple[str, ...]:
    """The addresses that a stylesheet loads."""
    found = STYLE_URL.findall(path.read_text(encoding="utf-8"))
    return tuple(first or second for first, second in found)


def outgoing(url: str) -> bool:
    """Whether an address leads out of the site: it has a scheme or names a host."""
    return bool(re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", url)) or url.startswith("//")
