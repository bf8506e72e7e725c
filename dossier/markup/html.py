"""Tokens to HTML."""

from collections.abc import Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml, mdTrim, unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from dossier.markup.highlighting import MOST_CODE, highlighted, plain
from dossier.markup.rendered import SLOT

_TEXT = frozenset(["text", "text_special", "code_inline", "footnote_missing", "raw_html"])

Tokens = Sequence[Token]


class HtmlRenderer(RendererHTML):
    """One method for each type of token that isn't simply a tag."""

    def slot(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        return SLOT

    wiki = citation = slot

    def fence(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        words = mdTrim(unescapeAll(token.info)).split(maxsplit=1)
        language = words[0] if words else ""
        coloured = ""
        left = env.setdefault("highlightable", MOST_CODE)
        if language and len(token.content) <= left:
            env["highlightable"] = left - len(token.content)
            coloured = highlighted(token.content, language)
        opening = '<pre class="highlight"><code' if coloured else "<pre><code"
        if language:
            opening += f' class="language-{escapeHtml(language)}"'
        return f"{opening}>{coloured or plain(token.content)}</code></pre>\n"

    def image(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        token.attrs["alt"] = self.renderInlineAsText(token.children, options, env)
        token.attrs["loading"] = "lazy"
        caption = token.meta.get("caption")
        html = self.renderToken(tokens, idx, options, env)
        return f"{html}<figcaption>{escapeHtml(caption)}</figcaption>" if caption else html

    def renderInlineAsText(self, tokens: Tokens | None, options: Any, env: Any) -> str:  # noqa: N802
        return plain_text(tokens or ())

    def footnote_missing(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        return escapeHtml(tokens[idx].content)

    raw_html = footnote_missing

    def comment(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        return "\n" if token.block and idx and tokens[idx - 1].hidden else ""

    def table_open(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        return '<div class="table">\n' + self.renderToken(tokens, idx, options, env)

    def table_close(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        return self.renderToken(tokens, idx, options, env) + "</div>\n"

    def footnote_ref(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        number, anchor = _footnote(tokens[idx])
        shown = SLOT if tokens[idx].meta.get("slot") else number
        link = f'<a href="#fn{number}" id="fnref{anchor}" role="doc-noteref">{shown}</a>'
        return f'<sup class="footnote-ref">{link}</sup>'

    def footnote_anchor(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        _, anchor = _footnote(tokens[idx])
        return f' <a href="#fnref{anchor}" class="footnote-back" role="doc-backlink">\u21a9\ufe0e</a>'

    def footnote_block_open(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        return '<div class="footnotes" role="doc-endnotes">\n<ol>\n'

    def footnote_block_close(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        return f"{SLOT}</ol>\n</div>\n"

    def footnote_open(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        return f'{SLOT}<li id="fn{tokens[idx].meta["id"] + 1}">'

    def footnote_close(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        return "</li>\n"


def _footnote(token: Token) -> tuple[int, str]:
    """A footnote's number, and the end of the anchor of one of its references."""
    number, repeated = token.meta["id"] + 1, token.meta["subId"]
    return number, f"{number}-{repeated + 1}" if repeated else f"{number}"


def plain_text(tokens: Tokens) -> str:
    """What a reader sees of inline tokens, without markup, footnote marks and citations in brackets."""
    parts: list[str] = []
    for token in tokens:
        kind = token.type
        if kind in _TEXT:
            parts.append(token.content)
        elif kind in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif kind == "image":
            parts.append(plain_text(token.children or ()))
        elif kind == "wiki":
            parts.append(token.content or token.meta["target"] or token.meta["fragment"])
        elif kind == "citation":
            _cite(parts, token)
        elif kind == "slot":
            parts.append(token.content)
    return "".join(parts)


def _cite(parts: list[str], token: Token) -> None:
    if token.meta["narrative"]:
        parts.append(token.meta["items"][0].id)
    elif parts:
        parts[-1] = parts[-1].rstrip()
