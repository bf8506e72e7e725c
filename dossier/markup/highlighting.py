"""Fenced code in colours: spans with Pygments' class names, which a theme gives their colours."""

from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer

# Characters beyond which code stays plain, in one block and in one text: Pygments is slow, and some of its
# lexers are very slow on hostile text.
LONGEST_CODE = 20_000
MOST_CODE = 200_000


def highlighted(code: str, language: str) -> str:
    """The code as HTML in colours; '' where the language is unknown or the code too long."""
    if not language or len(code) > LONGEST_CODE:
        return ""
    # Pygments takes 20 ms to import, and most documents hold no code.
    from pygments import highlight
    from pygments.formatters import HtmlFormatter

    lexer = _lexer(language.lower())
    return highlight(code, lexer, HtmlFormatter(nowrap=True)) if lexer else ""


def plain(code: str) -> str:
    """The code as HTML without colours."""
    return escape(code, quote=False).replace('"', "&quot;")


@cache
def _aliases() -> frozenset[str]:
    from pygments.lexers import get_all_lexers

    return frozenset(alias for lexer in get_all_lexers(plugins=False) for alias in lexer[1])


@lru_cache(maxsize=64)
def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name

    # Pygments looks for plug-ins on the machine for every name that it doesn't know.
    if language not in _aliases():
        return None
    return get_lexer_by_name(language, stripnl=False)
