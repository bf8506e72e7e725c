"""What stands within a block of plainly written Markdown, to HTML and plain text.

It takes text, escapes, emphasis, code, links by address, bare addresses, wiki links and citations, each where
it can't be read in two ways, and gives up a text at the first that could. Emphasis is certain where every
run of `*` or `_` can either open or close but not both, and each closes the one opened last; a bracket where
no `(` follows its `]`, or where what stands in it is only text.
"""

import re
from collections.abc import Callable

from dossier.diagnostics import Mark
from dossier.markup import bare_urls, mentions, quotations
from dossier.markup.addresses import destination, page_of
from dossier.markup.headings import fragment
from dossier.markup.quotations import BlockQuote, Quotes
from dossier.markup.rendered import SLOT
from dossier.model import CitationItem, Quotation, Reference, ReferenceKind, Slot

_SPECIAL = re.compile(r"[!&*:@\[\\_`~]")
_RUN = re.compile(r"\*{1,2}(?!\*)|_{1,2}(?!_)")
_IN_WORD = re.compile(r"_+(?=[^\W_])")
_ESCAPED = re.compile(r"""\\([!-/:-@\[-`{-~])""")
_ENTITY = re.compile(r"&#?\w+;")
_CODE = re.compile(r"`([^`\n ](?:[^`\n]*[^`\n ])?)`(?!`)")
_LINK = re.compile(r"\[([^\[\]\\`*_~]+)\]\(([^\x00-\x20\x7f<>()\\&]+)\)")
_BRACKETS = re.compile(r"\[[^\[\]\\`]*\](?!\()")
# Punctuation that may stand right before and right after emphasis.
BEFORE = "([{\"'“‘„‚«‹¿¡-–—/"
AFTER = ".,;:!?)]}\"'”’“‘»›…-–—/"


class UncertainError(Exception):
    """The text is not plainly written."""


class Inline:
    """Reads the texts of one document's blocks, and gathers what they refer to."""

    def __init__(self, path: str, citations: bool) -> None:
        self._path, self._page = path, page_of(path)
        self._citations = citations
        self.slots: list[Slot] = []
        self.references: list[Reference] = []
        self.numbers: dict[str, int] = {}
        self.mentions: dict[str, None] = {}
        self.assets: dict[str, None] = {}
        self.links: dict[str, None] = {}
        self.quotations: list[tuple[Quotation, Mark]] = []
        self._src = ""
        # The place up to which lines were counted, its line in the file, and where that line begins.
        self._counted = self._line = self._line_start = self._prefix = 0
        # What of the text up to `_done` has become; the runs of emphasis that are open there.
        self._html: list[str] = []
        self._plain: list[str] = []
        self._done = 0
        self._open: list[str] = []
        self._last_link = -1
        # The quotation marks of the text, once it cites something, and how much of `_plain` they know.
        self._quotes: Quotes | None = None
        self._heard = 0
        self._block: BlockQuote | None = None

    def read(self, src: str, line: int, prefix: int, block: BlockQuote | None = None) -> tuple[str, str]:
        """The HTML and the plain text of a block's text.

        It begins in the given line of the file; `prefix` characters stand before each of its lines. `block`
        is the block quote whose last paragraph it is.
        """
        found = _SPECIAL.search(src)
        if found is None:
            return _escape(src), src
        self._src, self._line, self._prefix = src, line, prefix
        self._counted = self._line_start = 0
        self._last_link = src.rfind("](")
        self._html, self._plain, self._done = [], [], 0
        self._quotes, self._heard, self._block = None, 0, block
        while found:
            at = found.start()
            found = _SPECIAL.search(src, _CONSTRUCTS[src[at]](self, at))
        if self._open:
            raise UncertainError
        self._put(len(src), len(src), "", "")
        return "".join(self._html), "".join(self._plain)

    def _put(self, start: int, end: int, html: str, plain: str | None = None) -> int:
        """Let all before `start` be text, and what stands between `start` and `end` become this."""
        if start > self._done:
            text = self._src[self._done : start]
            self._html.append(_escape(text))
            self._plain.append(text)
        self._html.append(html)
        if plain is not None:
            self._plain.append(plain)
        self._done = end
        return end

    def _refer(self, kind: ReferenceKind, target: str, heading: str, at: int, length: int) -> None:
        src, counted = self._src, self._counted
        if lines := src.count("\n", counted, at):
            self._line += lines
            self._line_start = src.rindex("\n", counted, at) + 1
        self._counted = at
        mark = Mark(self._line, self._prefix + at - self._line_start + 1, length)
        self.references.append(Reference(kind, target, heading, "body", mark))

    def _mark(self, at: int, length: int) -> Mark:
        """The place of something that stands before what was referred to last."""
        line = self._line - self._src.count("\n", at, self._counted)
        return Mark(line, self._prefix + at - self._src.rfind("\n", 0, at), length)

    # ------------------------------------------------------------ what a special character may begin;
    # each method gives the place to go on at, and lets be text what it doesn't put

    def _emphasis(self, at: int) -> int:
        src = self._src
        before = src[at - 1] if at else " "
        if before.isalnum() and (inert := _IN_WORD.match(src, at)):
            return inert.end()
        run = _RUN.match(src, at)
        if run is None:
            raise UncertainError
        marker, end = run[0], run.end()
        after = src[end] if end < len(src) else " "
        tag = "strong" if len(marker) == 2 else "em"
        if (before in " \n" and not after.isspace()) or (before in BEFORE and after.isalnum()):
            self._open.append(marker)
            return self._put(at, end, f"<{tag}>")
        closes = (after in " \n" and not before.isspace()) or (after in AFTER and before.isalnum())
        if not closes or not self._open or self._open.pop() != marker:
            raise UncertainError
        return self._put(at, end, f"</{tag}>")

    def _code(self, at: int) -> int:
        code = _CODE.match(self._src, at)
        if code is None:
            raise UncertainError
        return self._put(at, code.end(), f"<code>{_escape(code[1])}</code>", code[1])

    def _escaped(self, at: int) -> int:
        escaped = _ESCAPED.match(self._src, at)
        if escaped is None:
            raise UncertainError
        return self._put(at, at + 2, _escape(escaped[1]), escaped[1])

    def _entity(self, at: int) -> int:
        if _ENTITY.match(self._src, at):
            raise UncertainError
        return at + 1

    def _image(self, at: int) -> int:
        if self._src.startswith("[", at + 1):
            raise UncertainError
        return at + 1

    def _tilde(self, at: int) -> int:
        if self._src.startswith("~", at + 1):
            raise UncertainError
        return at + 1

    def _bare_url(self, at: int) -> int:
        src = self._src
        found = bare_urls.at(src, at, len(src)) if src.startswith("://", at) else None
        if found is None:
            return at + 1
        scheme, rest = found
        start, end = at - len(scheme), at + len(rest)
        url = scheme + rest
        if start < self._done or _ENTITY.search(url):
            raise UncertainError
        address = destination(url, self._path, self._page)
        if address.kind != "web":
            raise UncertainError
        self.links[address.href] = None
        return self._put(
            start, end, f'<a href="{_escape(address.href)}" rel="external">{_escape(url)}</a>', url
        )

    def _bracket(self, at: int) -> int:
        src = self._src
        follows = src[at + 1 : at + 2]
        if follows == "^":
            raise UncertainError
        if follows == "[":
            return self._wiki(at)
        link = _LINK.match(src, at)
        if link:
            return self._link(link)
        if self._last_link > at and not _BRACKETS.match(src, at):
            raise UncertainError
        group = mentions.group(src, at, len(src)) if self._citations else None
        if group is None:
            return at + 1
        self._put(at, at, "")
        self._trim()
        speaker, end = mentions.speaker_after(src, group.end, len(src))
        self._cite(at, end, group.items, False)
        self._quote(at, end, group.items, speaker)
        return end

    def _link(self, link: re.Match[str]) -> int:
        label, url = link.groups()
        if "://" in label or "@" in label or _ENTITY.search(label):
            raise UncertainError
        address = destination(url, self._path, self._page)
        start, end, text = link.start(), link.end(), _escape(label)
        href = _escape(address.href)
        match address.kind:
            case "web":
                self.links[address.href] = None
                return self._put(start, end, f'<a href="{href}" rel="external">{text}</a>', label)
            case "document":
                heading = fragment(address.fragment)
                self.slots.append(Slot("file", address.target, heading, text))
                self._refer("file", address.target, heading, link.start(2), len(url))
                return self._put(start, end, SLOT, label)
            case "asset":
                self.assets[address.target] = None
                self._refer("asset", address.target, "", link.start(2), len(url))
                return self._put(start, end, f'<a href="{href}">{text}</a>', label)
        raise UncertainError

    def _wiki(self, at: int) -> int:
        wiki = mentions.wiki_link(self._src, at, len(self._src))
        if wiki is None or not wiki.target:
            raise UncertainError
        heading = fragment(wiki.fragment) if wiki.fragment else ""
        self.mentions[wiki.target] = None
        self.slots.append(Slot("wiki", wiki.target, heading, _escape(wiki.text)))
        self._refer("wiki", wiki.target, heading, wiki.at, wiki.length)
        return self._put(at, wiki.end, SLOT, wiki.text or wiki.target)

    def _narrative(self, at: int) -> int:
        src = self._src
        group = mentions.cited_in_text(src, at, len(src)) if self._citations else None
        if group is None:
            return at + 1
        return self._cite(at, group.end, group.items, True)

    def _cite(self, start: int, end: int, cited: list[mentions.Cited], narrative: bool) -> int:
        items = []
        for item in cited:
            number = self.numbers.setdefault(item.id, len(self.numbers) + 1)
            items.append(CitationItem(item.id, number, item.prefix, item.locator, item.suppressed))
            self._refer("citation", item.id, "", item.at, item.length)
        self.slots.append(Slot("citation", items=tuple(items), narrative=narrative))
        return self._put(start, end, SLOT, cited[0].id if narrative else None)

    def _quote(self, at: int, end: int, cited: list[mentions.Cited], attributed: str) -> None:
        """Note the quotation that ends before a citation, where one does."""
        if self._quotes is None:
            self._quotes = Quotes()
        self._quotes.read("".join(self._plain[self._heard :]))
        self._heard = len(self._plain)
        found, block = self._quotes.cited(), self._block
        text, named, mark = "", "", Mark()
        if block is not None and self._src[end:].strip() in ("", "."):
            text, named = quotations.of_block([*block.paragraphs, "".join(self._plain)])
            mark = block.mark
        elif found is not None:
            text, named = found.text, found.speaker
            mark = self._mark(*quotations.span_of(found, self._src, at))
        quotation = quotations.quotation(text, cited, attributed or named)
        if quotation is not None:
            self.quotations.append((quotation, mark))
            self.slots.append(Slot("quotation"))
            self._html.append(SLOT)
        elif attributed:
            raise UncertainError

    def _trim(self) -> None:
        """Take away the space before a citation in brackets from the plain text."""
        if self._plain and self._plain[-1][-1:].isspace():
            text = self._plain[-1][:-1]
            if self._plain[-1][-1] not in " \n" or text[-1:].isspace():
                raise UncertainError
            self._plain[-1] = text


_CONSTRUCTS: dict[str, Callable[[Inline, int], int]] = {
    "!": Inline._image,
    "&": Inline._entity,
    "*": Inline._emphasis,
    ":": Inline._bare_url,
    "@": Inline._narrative,
    "[": Inline._bracket,
    "\\": Inline._escaped,
    "_": Inline._emphasis,
    "`": Inline._code,
    "~": Inline._tilde,
}


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")
