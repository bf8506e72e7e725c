"""Markdown of other programs -> ours: links and pictures lead where things are now, and HTML goes.

What differs from program to program (wiki links, shortcodes, attributes) comes as further tokens.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from dossier.diagnostics import Mark
from dossier.importing.items import Left
from dossier.importing.scanning import Scan, tokens

_TARGET = r"(?:<[^<>\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,2000}){0,9})"
_TITLE = r"(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|\([^()\n]{0,500}\))"
LINKS = (
    r"(?P<blank>\n[ \t>]*(?=\n))",
    r"(?P<definition>^[ ]{0,3}\[(?!\^)(?P<label>[^\[\]\n]{1,200})\]:[ \t]*(?P<defined>\S{1,2000}))",
    r"(?P<task>(?<=[-*+.)][ \t])\[(?P<state>[ xX/-])\](?=[ \t]))",
    r"(?P<opening>!?\[(?![\[^]))",
    rf"(?P<closing>\]\([ \t]*(?P<target>{_TARGET})(?P<title>[ \t]+{_TITLE})?[ \t]*\)"
    r"(?P<attributes>\{[^{}\n]{0,200}\})?)",
    r"(?P<bracket>\])",
    r"(?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?P<given>(?:[\s/][^<>]{0,2000})?)>)",
)
# A text's `[[…]]` where the program it comes from knows no wiki links.
NO_WIKI = r"(?P<nowiki>\[\[)"
_GIVEN = re.compile(r"([A-Za-z-]{1,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_MARKED = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_SHOWN = frozenset(["iframe", "video", "audio", "source", "embed", "object"])
_ELEMENTS = frozenset(
    (
        *("abbr", "address", "article", "aside", "big", "blockquote", "button", "caption", "center", "cite"),
        *("code", "col", "colgroup", "dd", "details", "dfn", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "input"),
        *("ins", "kbd", "label", "legend", "li", "link", "main", "mark", "meta", "nav", "noscript", "ol"),
        *("option", "p", "path", "picture", "pre", "q", "rp", "rt", "ruby", "samp", "section", "select"),
        *("small", "span", "sub", "summary", "sup", "svg", "table", "tbody", "td", "textarea", "tfoot"),
        *("th", "thead", "time", "tr", "track", "tt", "u", "ul", "var", "wbr"),
    )
)
_WEB = re.compile(r"(?:https?:)?//|mailto:", re.I)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:")


class Target(NamedTuple):
    """Where a link leads now, as it is written, and whether that is shown in its place, as a picture is."""

    href: str
    picture: bool = False


# Where a path of the program leads now; None where that isn't here.
Resolve = Callable[[str], Target | None]


@dataclass
class Conversion:
    """One text on its way. `extra` says what further tokens become, by the names of their groups."""

    scan: Scan
    left: Left
    resolve: Resolve
    extra: Mapping[str, Callable[[re.Match[str]], int | None]] = field(default_factory=dict)
    _open: list[int] = field(default_factory=list)
    _anchors: list[str] = field(default_factory=list)
    _endless: set[str] = field(default_factory=set)

    def run(self, *further: str, fenced: Callable[[str, Mark], None] | None = None) -> str:
        """The text as dossier has it."""
        pattern = _compiled(further)
        return self.scan.run(pattern, self._act, fenced or (lambda language, mark: None))

    def _act(self, found: re.Match[str]) -> int | None:
        for name, act in self.extra.items():
            if found[name] is not None:
                return act(found)
        if found["blank"] is not None:
            self._open.clear()
            return None
        for name in ("task", "definition", "opening", "closing", "bracket", "tag"):
            if found[name] is not None:
                done: int | None = getattr(self, f"_{name}")(found)
                return done
        return self._no_wiki(found)

    def add(self, text: str) -> None:
        """Add what stands in a token's place."""
        self.scan.out.append(text)

    def mark(self, found: re.Match[str]) -> Mark:
        """The place of a token, as far as its line goes."""
        return self.scan.mark(found.start(), max(1, len(found[0].partition("\n")[0])))

    # ------------------------------------------------------------ links

    def _opening(self, found: re.Match[str]) -> int:
        self._open.append(len(self.scan.out))
        self.add(found[0])
        return found.end()

    def _bracket(self, found: re.Match[str]) -> int:
        if self._open:
            self._open.pop()
        self.add("]")
        return found.end()

    def _closing(self, found: re.Match[str]) -> int:
        if not self._open:
            self.add("]")
            return found.start() + 1
        opening = self._open.pop()
        picture = self.scan.out[opening] == "!["
        leads = self.leads(_bare(found["target"]), self.mark(found), picture)
        if leads is None:
            self.scan.out[opening] = ""
            return found.end()
        ending = f"]({leads.href}{found['title'] or ''})"
        if picture:
            self._picture(opening, ending, leads)
        else:
            self.add(ending)
        return found.end()

    def _picture(self, opening: int, ending: str, leads: Target) -> None:
        """A picture with its words; what can't be shown is a link. Obsidian has the size behind the words."""
        words = "".join(self.scan.out[opening + 1 :])
        size = re.search(r"(?:^|\|)(\d{1,5}(?:x\d{1,5})?)$", words)
        words = words[: size.start()] if size else words
        shown = sized(size[1]) if size and leads.picture else ""
        self.scan.out[opening:] = ["![" if leads.picture else "[", words, ending, shown]

    def leads(self, target: str, mark: Mark, picture: bool = False) -> Target | None:
        """Where a link leads now; what leads nowhere is told."""
        if _WEB.match(target):
            href = f"https:{target}" if target.startswith("//") else target
            inside = None if target.startswith("mailto:") else self.resolve(href)
            if picture and inside is None:
                self.left.markup(mark, "a picture on another site", "shows as a link")
            return inside or Target(in_link(href, "\\"), picture)
        if target.startswith("#"):
            return Target(target)
        if _SCHEME.match(target):
            self.left.link(mark, target, "can't be linked to")
            return None
        leads = self.resolve(unquote(target)) if target else None
        if leads is None:
            self.left.link(mark, target or "an empty address")
        return leads

    def _definition(self, found: re.Match[str]) -> int:
        leads = self.leads(_bare(found["defined"]), self.mark(found))
        if leads is None:
            return self._line_end(found.end())
        self.add(f"[{found['label']}]: {leads.href}")
        return found.end()

    def _line_end(self, at: int) -> int:
        end = self.scan.text.find("\n", at)
        return len(self.scan.text) if end < 0 else end

    # ------------------------------------------------------------ the rest

    def _task(self, found: re.Match[str]) -> int:
        self.add({" ": "☐", "x": "☑", "X": "☑"}.get(found["state"], "☒"))
        return found.end()

    def _no_wiki(self, found: re.Match[str]) -> int:
        self.add("\\[[")
        return found.end()

    def _tag(self, found: re.Match[str]) -> int | None:
        name, closing = found["name"].lower(), found[0].startswith("</")
        given = {key.lower(): unescape(a or b or c) for key, a, b, c in _GIVEN.findall(found["given"])}
        if name in ("script", "style"):
            return found.end() if closing else self._program(found, name)
        if name == "br":
            in_table = self.scan.line_of(found.start()).lstrip(" >").startswith("|")
            rest = self.scan.text[found.end() : found.end() + 1]
            self.add(" " if in_table else "\\" if rest == "\n" else "\\\n")
            return found.end()
        if name == "img" and given.get("src"):
            return self._image(found, given)
        if name == "a":
            return self._anchor(found, given.get("href", ""), closing)
        if name in _MARKED:
            self.add(_MARKED[name])
            return found.end()
        if name in _SHOWN:
            return self._embedded(found, name, given.get("src") or given.get("data") or "")
        if name not in _ELEMENTS:
            return None
        if not closing:
            self.left.markup(self.mark(found), f"<{name}>", "its text stays")
        return found.end()

    def _program(self, found: re.Match[str], name: str) -> int:
        """A script or a style goes with all that stands in it; one without an end is only a tag."""
        self.left.markup(self.mark(found), f"<{name}>", "is left out")
        if name in self._endless:
            return found.end()
        end = re.compile(rf"</{name}\s*>", re.I).search(self.scan.text, found.end())
        if end is None:
            self._endless.add(name)
            return found.end()
        return end.end()

    def _image(self, found: re.Match[str], given: Mapping[str, str]) -> int:
        leads = self.leads(given["src"].strip(), self.mark(found), picture=True)
        alt = unmarked(" ".join(given.get("alt", "").split()))
        if leads is not None:
            size = given.get("width", "").removesuffix("px")
            self.add(f"![{alt}]({leads.href})" + (sized(size) if leads.picture else ""))
        return found.end()

    def _anchor(self, found: re.Match[str], href: str, closing: bool) -> int:
        if closing:
            if self._anchors:
                self.add(self._anchors.pop())
            return found.end()
        leads = self.leads(href.strip(), self.mark(found)) if href else None
        self.add("[" if leads else "")
        self._anchors.append(f"]({leads.href})" if leads else "")
        return found.end()

    def _embedded(self, found: re.Match[str], name: str, source: str) -> int:
        if source:
            self.left.markup(self.mark(found), f"<{name}>", "became a link")
            leads = self.leads(source.strip(), self.mark(found))
            if leads is not None:
                self.add(f"[{unmarked(source.strip())}]({leads.href})")
        return found.end()


@cache
def _compiled(further: tuple[str, ...]) -> re.Pattern[str]:
    return tokens(*further, *LINKS)


def _bare(target: str) -> str:
    return target[1:-1].strip() if target.startswith("<") else re.sub(r"\\([()\\_*])", r"\1", target)


def in_link(text: str, more: str = "") -> str:
    """An address as it can stand in a link: no white space, brackets, or any of `more`."""
    return re.sub(rf"[\s()<>{re.escape(more)}]", lambda found: f"%{ord(found[0]):02X}", text)


def unmarked(words: str) -> str:
    """Words in which nothing is a mark."""
    return re.sub(r"([\\`*\[\]<])", r"\\\1", words)


def sized(size: str) -> str:
    """A picture's size as it is written behind it; '' where there is none."""
    width, _, height = size.partition("x")
    if not re.fullmatch(r"\d{1,5}", width):
        return ""
    return f"{{width={width} height={height}}}" if re.fullmatch(r"\d{1,5}", height) else f"{{width={width}}}"


def without_title(body: str, title: str) -> str:
    """A text without a first heading that only says its title again."""
    found = re.match(r"\s*#[ \t]+([^\n]+?)[ \t#]*(?:\n|\Z)", body)
    if found and " ".join(found[1].split()).casefold() == " ".join(title.split()).casefold():
        return body[found.end() :]
    return body
