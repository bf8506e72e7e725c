"""One walk over a document's tokens: what they name, where it stands, and what it becomes on the page."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from dossier.diagnostics import Diagnostic, Mark, did_you_mean, error, warning
from dossier.markup import allowances
from dossier.markup.addresses import Destination, destination, page_of
from dossier.markup.footnotes import Definition
from dossier.markup.headings import RESERVED, Anchors, fragment
from dossier.markup.html import plain_text
from dossier.markup.parser import DEEPEST_NESTING, Parser
from dossier.markup.places import Places
from dossier.markup.quotations import Quotes, block_quote_of, of_block, quotation, span_of
from dossier.model import CitationItem, Heading, Quotation, Reference, ReferenceKind, Silence, Slot

# How many findings of one text get a hint with the nearest names, and out of how many names.
MOST_SEARCHES = 20
MOST_COMPARED = 1_000

MISPLACED = "put the comment on a line of its own, before the block that it is about"

_ACTIVE = frozenset(
    ["link_open", "image", "wiki", "citation", "footnote_ref", "footnote_missing", "raw_html", "comment"]
)


class Reading:
    """What one walk finds. It changes the tokens, so that they can be rendered afterwards."""

    def __init__(self, md: Parser, env: dict[str, Any], path: str, places: Places) -> None:
        self._md, self._env, self._places = md, env, places
        self._path, self._page = path, page_of(path)
        self._tokens: list[Token] = []
        self._fragments: list[tuple[Token, Token, str, Mark]] = []
        self._anchors = Anchors()
        self._shift = 0
        self._searches = 0
        self.slots: list[Slot] = []
        self.headings: list[Heading] = []
        self.references: list[Reference] = []
        self.diagnostics: list[Diagnostic] = []
        self.silences: list[Silence] = []
        self.numbers: dict[str, int] = {}
        self.mentions: dict[str, None] = {}
        self.assets: dict[str, None] = {}
        self.links: dict[str, None] = {}
        self.quotations: list[tuple[Quotation, Mark]] = []
        self.too_deep = False
        # The quotation marks of the block that is being read, and how many of its tokens they know.
        self._quotes, self._heard = Quotes(), 0

    def read(self, tokens: list[Token]) -> None:
        """Walk over all tokens."""
        self._tokens = tokens
        self._shift = int(any(token.type == "heading_open" and token.tag == "h1" for token in tokens))
        blocks = {
            "inline": self._inline,
            "heading_open": self._heading,
            "th_open": self._cell,
            "td_open": self._cell,
            "blockquote_open": self._container,
            "list_item_open": self._container,
            "dd_open": self._container,
            "comment": self._comment,
            "footnote_open": self._note,
            "footnote_block_close": self._note,
        }
        for index, token in enumerate(tokens):
            block = blocks.get(token.type)
            if block:
                block(index, token)
        self._check_fragments()
        self._check_footnotes()

    # ------------------------------------------------------------ blocks

    def _container(self, index: int, token: Token) -> None:
        # The parser leaves out what stands deeper than this, silently.
        if token.level >= DEEPEST_NESTING - 1 and not self.too_deep:
            self.too_deep = True
            mark = self._places.line(token.map[0]) if token.map else Mark()
            message = f"quotes and lists stand in one another more than {DEEPEST_NESTING} deep"
            hint = "take some of the `>` or of the indentation away; a list in a list counts as two"
            self._fail(mark, "too-deep", message, hint)

    def _comment(self, index: int, token: Token) -> None:
        first, end = token.map or (0, 1)
        if token.info == "unclosed":
            message = "this comment has no '-->'; all that follows is left out"
            self._fail(self._places.line(first, "<!--"), "unclosed-comment", message, "end it with '-->'")
        elif token.info:
            message = "what stands behind '-->' is left out with the comment"
            self._warn(self._places.line(end - 1), "hidden-text", message, "begin a new line after '-->'")
        else:
            self._allow(index, allowances.words_of(self._places.text(first, end)), first)

    def _allow(self, index: int, words: str | None, line: int) -> None:
        """Take a comment that begins with `dossier:` for what it allows of the block after it."""
        if words is None:
            return
        following = index + 1
        while self._tokens[following : following + 1] and self._tokens[following].type == "comment":
            following += 1
        block = self._tokens[following : following + 1]
        place = block[0].map if block and block[0].nesting >= 0 else None
        mark = self._places.line(line)
        allowed = allowances.read(words)
        if allowed is None:
            message = f"'dossier: {words[:60]}' allows nothing"
            self._warn(mark, "bad-allow", message, f"write {allowances.EXAMPLE}")
        elif place is None:
            message = "nothing follows that this could be allowed in"
            self._warn(mark, "bad-allow", message, MISPLACED)
        else:
            lines = self._places.line(place[0]).line, self._places.line(place[1] - 1).line
            self.silences += (Silence(code, allowed.reason, mark, *lines) for code in allowed.codes)

    def _note(self, index: int, token: Token) -> None:
        """Where citations that are notes may stand: before a footnote, and behind the last."""
        self.slots.append(Slot("note"))

    def _heading(self, index: int, token: Token) -> None:
        level = min(int(token.tag[1]) + self._shift, 6)
        token.tag = f"h{level}"
        inline = self._tokens[index + 1]
        self._tokens[index + 2].tag = token.tag
        text = " ".join(plain_text(inline.children or ()).split())
        if text:
            token.attrs["id"] = self._anchors.add(text)
            self.headings.append(Heading(level, str(token.attrs["id"]), text))

    def _cell(self, index: int, token: Token) -> None:
        style = token.attrs.pop("style", "")
        if style:  # a strict content security policy forbids style attributes
            token.attrs["class"] = str(style).replace("text-align:", "align-")
        written = self._tokens[index + 1].content
        start = written.rfind("[[")
        if start >= 0 and "]]" not in written[start:]:
            mark = self._places.inline(self._tokens, index + 1, start, len(written) - start)
            message = "this wiki link is cut in two by the table's `|`"
            hint = f"write {written[start:]}\\|…]]"
            self._warn(mark, "split-wiki-link", message, hint)

    def _inline(self, index: int, token: Token) -> None:
        children = token.children or []
        for child in children:
            if child.type in _ACTIVE:
                self._quotes, self._heard = Quotes(), 0
                token.children = self._read_inline(index, children)
                self._frame(index, token)
                return

    def _frame(self, index: int, token: Token) -> None:
        """Make a figure of an image that stands alone in its paragraph and has a title."""
        children = token.children or []
        opening = self._tokens[index - 1]
        if len(children) != 1 or children[0].type != "image" or opening.type != "paragraph_open":
            return
        if self._tokens[index + 1].type != "paragraph_close":  # The way back from a footnote stands there.
            return
        title = children[0].attrs.pop("title", "")
        if title:
            children[0].meta = {"caption": title}
            for tag in (opening, self._tokens[index + 1]):
                tag.tag, tag.hidden = "figure", False

    # ------------------------------------------------------------ inline things

    def _read_inline(self, index: int, children: list[Token], in_link: bool = False) -> list[Token]:
        read: list[Token] = []
        position = 0
        while position < len(children):
            child = children[position]
            position += 1
            if child.type == "link_open":
                end = position
                while children[end].type != "link_close":
                    end += 1
                label = self._read_inline(index, children[position:end], True)
                read += self._link(index, child, label, children[end])
                position = end + 1
            elif child.type == "image":
                read += self._image(index, child, in_link)
            elif child.type == "wiki":
                read += self._wiki(index, child)
            elif child.type == "citation":
                self._citation(index, child)
                read += [child, *self._quotation(index, child, read, _ends(children, position))]
            else:
                if child.type in ("footnote_ref", "footnote_missing"):
                    self._footnote(index, child, in_link)
                elif child.type == "raw_html":
                    self._raw_html(index, child)
                elif child.type == "comment" and allowances.words_of(child.meta["text"]) is not None:
                    mark = self._places.inline(self._tokens, index, child.meta["at"], child.meta["length"])
                    self._warn(mark, "bad-allow", "within a paragraph nothing can be allowed", MISPLACED)
                read.append(child)
        return read

    def _footnote(self, index: int, token: Token, in_link: bool) -> None:
        if token.type == "footnote_missing":
            self._missing_footnote(index, token)
        elif not in_link:
            token.meta["slot"] = True
            self.slots.append(Slot("footnote", str(token.meta["id"] + 1)))

    def _mark(self, index: int, token: Token) -> Mark:
        """Where the address of a link or image stands."""
        label = token.meta.get("label")
        if label is None:
            return self._places.inline(self._tokens, index, token.meta["at"], token.meta["length"])
        return self._places.definition(*self._env["references"][label]["map"])

    def _link(self, index: int, opening: Token, label: list[Token], closing: Token) -> list[Token]:
        address = destination(str(opening.attrs["href"]), self._path, self._page)
        opening.attrs["href"] = address.href
        if address.kind == "web":
            opening.attrs["rel"] = "external"
            self.links[address.href] = None
        elif address.kind == "fragment":
            self._fragments.append((opening, closing, address.fragment, self._mark(index, opening)))
        elif address.kind == "document":
            self._refer("file", address.target, fragment(address.fragment), self._mark(index, opening))
            return [self._file_slot(address, label)]
        elif not self._sound(index, opening, address):
            return label
        return [opening, *label, closing]

    def _file_slot(self, address: Destination, label: list[Token]) -> Token:
        html = self._md.renderer.renderInline(label, self._md.options, self._env)
        self.slots.append(Slot("file", address.target, fragment(address.fragment), html))
        return Token("slot", "", 0, content=plain_text(label))

    def _image(self, index: int, token: Token, in_link: bool) -> list[Token]:
        address = destination(str(token.attrs["src"]), self._path, self._page)
        token.attrs["src"] = address.href
        alternative = Token("text", "", 0, content=plain_text(token.children or ()) or address.href)
        if address.kind in ("mail", "fragment"):
            address = Destination("unsafe", target="mailto:" if address.kind == "mail" else "#")
        if address.kind == "web":
            mark = self._mark(index, token)
            message = "every reader would fetch this image from another site; a link stands in its place"
            self._warn(mark, "remote-image", message, "save the image beside this file and name it here")
            if in_link:
                return [alternative]
            self.links[address.href] = None
            opening = Token("link_open", "a", 1, {"href": address.href, "rel": "external"})
            return [opening, alternative, Token("link_close", "a", -1)]
        if not self._sound(index, token, address):
            return [alternative] if alternative.content else []
        if not plain_text(token.children or ()).strip():
            message = "nothing says what this picture shows to those who can't see it"
            self._warn(
                self._mark(index, token), "missing-alt", message, "write it in words: ![what it shows](…)"
            )
        return [token]

    def _sound(self, index: int, token: Token, address: Destination) -> bool:
        """Whether a link or image may stand; an asset is noted, and what may not is reported."""
        if address.kind == "asset":
            self.assets[address.target] = None
            self._refer("asset", address.target, "", self._mark(index, token))
        elif address.kind == "unsafe":
            message = f"a link may not begin with '{address.target}'; its text stays"
            hint = "use an http, https or mailto address, or a path relative to this file"
            self._warn(self._mark(index, token), "unsafe-link", message, hint)
        elif address.kind == "outside":
            folder = self._path.rpartition("/")[0]
            hint = f"paths start at {folder}/, or at the site's folder where they begin with `/`"
            message = "this path leaves the site's folder; its text stays"
            self._warn(self._mark(index, token), "outside-site", message, hint)
        return address.kind not in ("unsafe", "outside")

    def _wiki(self, index: int, token: Token) -> list[Token]:
        target, heading, text = token.meta["target"], token.meta["fragment"], token.content
        mark = self._places.inline(self._tokens, index, token.meta["at"], token.meta["length"])
        if not target:
            opening, closing = Token("link_open", "a", 1), Token("link_close", "a", -1)
            self._fragments.append((opening, closing, heading, mark))
            return [opening, Token("text", "", 0, content=text or heading), closing]
        identifier = fragment(heading) if heading else ""
        self.mentions[target] = None
        self.slots.append(Slot("wiki", target, identifier, escapeHtml(text)))
        self._refer("wiki", target, identifier, mark)
        return [token]

    def _citation(self, index: int, token: Token) -> None:
        items = []
        for item in token.meta["items"]:
            number = self.numbers.setdefault(item.id, len(self.numbers) + 1)
            items.append(CitationItem(item.id, number, item.prefix, item.locator, item.suppressed))
            mark = self._places.inline(self._tokens, index, item.at, item.length)
            self._refer("citation", item.id, "", mark)
        self.slots.append(Slot("citation", items=tuple(items), narrative=token.meta["narrative"]))

    def _quotation(self, index: int, token: Token, before: list[Token], ends: bool) -> list[Token]:
        """The slot of the quotation that ends before a citation, where one does; it may end the paragraph."""
        if token.meta["narrative"]:
            return []
        self._quotes.read(plain_text(before[self._heard :]).rstrip())
        self._heard = len(before)
        found = self._quotes.cited()
        text, named, mark = "", "", Mark()
        if ends and (block := block_quote_of(self._tokens, index)):
            paragraphs = [plain_text(self._tokens[number].children or ()) for number in block[:-1]]
            text, named = of_block([*paragraphs, plain_text(before)])
            first = self._tokens[block[0]].content.partition("\n")[0]
            mark = self._places.inline(self._tokens, block[0], 0, len(first))
        elif found is not None:
            text, named = found.text, found.speaker
            content = self._tokens[index].content
            mark = self._places.inline(self._tokens, index, *span_of(found, content, token.meta["at"]))
        attributed = token.meta["speaker"]
        quoted = quotation(text, token.meta["items"], attributed or named)
        if quoted is not None:
            self.quotations.append((quoted, mark))
            self.slots.append(Slot("quotation"))
            return [Token("slot", "", 0)]
        if attributed:
            mark = self._places.inline(self._tokens, index, token.meta["at"], len(token.content))
            message = f"'{attributed}' is named as a speaker, but no quotation stands before the citation"
            hint = "a quotation stands in quotation marks right before its citation, or in a block quote"
            self._warn(mark, "unused-speaker", message, hint)
        return []

    # ------------------------------------------------------------ findings

    def _refer(self, kind: ReferenceKind, target: str, heading: str, mark: Mark) -> None:
        self.references.append(Reference(kind, target, heading, "body", mark))

    def _fail(self, mark: Mark, code: str, message: str, hint: str) -> None:
        self.diagnostics.append(error(self._path, mark, code, message, hint))

    def _warn(self, mark: Mark, code: str, message: str, hint: str) -> None:
        self.diagnostics.append(warning(self._path, mark, code, message, hint))

    def _nearest(self, word: str, known: Iterable[str], otherwise: str) -> str:
        """A hint with the nearest names; a search, so that a text with very many mistakes gets few."""
        self._searches += 1
        if self._searches > MOST_SEARCHES:
            return otherwise
        return did_you_mean(word, islice(known, MOST_COMPARED), otherwise)

    def _check_fragments(self) -> None:
        """Let `#heading` lead to this document's headings; one that leads nowhere is only text."""
        for opening, closing, written, mark in self._fragments:
            found = written if written in self._anchors else fragment(written)
            if found in self._anchors or written.startswith(RESERVED):
                address = destination("#" + (found if found in self._anchors else written), "", "")
                opening.attrs["href"] = address.href
                continue
            opening.hidden = closing.hidden = True
            message = f"no heading '#{written}' in this document; its text stays"
            otherwise = "headings are named by their words: '## The figures' is #the-figures"
            self._warn(mark, "unknown-heading", message, self._nearest(found, self._anchors, otherwise))

    def _raw_html(self, index: int, token: Token) -> None:
        name = token.meta["name"]
        mark = self._places.inline(self._tokens, index, token.meta["at"], token.meta["length"])
        if name == "!--":
            message = "this comment has no '-->' in its paragraph, and would be shown"
            hint = "end it in the same paragraph, or begin it on a line of its own"
            self._fail(mark, "unclosed-comment", message, hint)
        else:
            hint = "write Markdown instead, or \\< where the text itself speaks of HTML"
            self._warn(mark, "raw-html", f"HTML is shown as text: <{name}>", hint)

    def _missing_footnote(self, index: int, token: Token) -> None:
        label = token.meta["label"]
        mark = self._places.inline(self._tokens, index, token.meta["at"], token.meta["length"])
        known = (definition.label for definition in self._definitions())
        hint = self._nearest(label, known, f"add a line '[^{label}]: …', or write \\[^{label}]")
        self._warn(mark, "unknown-footnote", f"no footnote '{label}'", hint)

    def _definitions(self) -> list[Definition]:
        definitions: list[Definition] = self._env.get("definitions", [])
        return definitions

    def _check_footnotes(self) -> None:
        defined: set[str] = set()
        for label, line in self._definitions():
            mark = self._places.line(line, f"[^{label}]")
            if label in defined:
                message = f"a second footnote '{label}'; the first is not shown"
                self._warn(mark, "duplicate-footnote", message, "give it another label")
            elif self._env["footnotes"]["refs"].get(":" + label, -1) < 0:
                message = f"no reference to the footnote '{label}'; it is not shown"
                self._warn(mark, "unused-footnote", message, f"write [^{label}] in the text")
            defined.add(label)


def _ends(children: list[Token], position: int) -> bool:
    """Whether nothing but a full stop stands from a position on."""
    rest = (children[at] for at in range(position, len(children)))
    return all(token.type == "text" and token.content.strip() in ("", ".") for token in rest)
