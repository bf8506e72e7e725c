"""Quotations on pages: the mark that says how each stands, and the way to the passage.

An address of a passage has an anchor that every browser knows, and behind it a text fragment (WICG Scroll to
Text Fragment), so that browsers which know these mark the very words.
"""

import hashlib
import re
from html import escape
from string import ascii_letters, digits
from urllib.parse import quote

from dossier.evidence.standings import Standing
from dossier.library.quotations import QuotationState, judge
from dossier.library.rights import shown_of
from dossier.model import Article, Body, Quotation
from dossier.plan.frame import Frame, document_path
from dossier.views import Link, QuotedPassage

MARKS = {"verified": "✓", "differs": "≠", "misattributed": "≠", "unverifiable": "?"}
SAYINGS: dict[QuotationState, str] = {
    "verified": "Verified: in the source on file",
    "differs": "Not verified: other words in the source on file",
    "misattributed": "Not verified: another speaker in the source on file",
    "unverifiable": "Not verifiable: only a summary on file",
}
# Words at either end of a longer passage that its text fragment names.
ENDS = 5
_ESCAPES = {code: f"%{code:02X}" for code in range(128) if chr(code) not in ascii_letters + digits + "_.~"}
_LEFT_OUT = re.compile(r"\[[^\[\]]*\]|…|\.\.\.")


def mark(frame: Frame, quotation: Quotation) -> str:
    """The HTML of what stands behind a quotation's citation; empty where the cited article isn't there."""
    verdict = judge(frame.library, quotation)
    if verdict is None:
        return ""
    address = passage_address(frame, verdict.article, quotation.text, verdict.standing)
    if "#" in address:
        address += directive(quotation.text)
    saying = SAYINGS[verdict.state]
    attributes = (
        f'class="check {verdict.state}" href="{escape(address)}" title="{saying}" aria-label="{saying}"'
    )
    return f"<a {attributes}>{MARKS[verdict.state]}</a>"


def passage_address(frame: Frame, article: Article, quotation: str, standing: Standing) -> str:
    """The address of a passage on its article's page; of that page where the passage isn't shown."""
    page = frame.root + document_path(article)
    if standing.excerpts:
        return f"{page}#excerpt-{standing.excerpts[0] + 1}"
    if standing.in_text and shown_of(frame.library, article) != "reference":
        return f"{page}#{anchor_of(quotation)}"
    return page


def anchor_of(quotation: str) -> str:
    """The anchor of a quotation in its article's text. It depends on the words alone."""
    return "quoted-" + hashlib.blake2b(quotation.encode(), digest_size=5).hexdigest()


def directive(quotation: str) -> str:
    """The text fragment of a quotation: its words, or the first and the last of them.

    Where words were left out or put in, only what stands before the first and behind the last of these places
    is certain.
    """
    pieces = [piece.split() for piece in _LEFT_OUT.split(quotation.rstrip(" .,"))]
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1 and len(first) <= 2 * ENDS:
        ends = [first]
    elif first and last:
        ends = [first[:ENDS], last[-ENDS:]]
    else:
        ends = [max(pieces, key=len)[: 2 * ENDS]]
    if not all(ends):
        return ""
    return ":~:text=" + ",".join(_encoded(" ".join(words)) for words in ends)


def _encoded(text: str) -> str:
    """Text percent-encoded (RFC 3986), with the dash and the comma that mean something in a text fragment."""
    return text.translate(_ESCAPES) if text.isascii() else quote(text, safe="").replace("-", "%2D")


def passages(frame: Frame, article: Article) -> tuple[QuotedPassage, ...]:
    """The passages of an article's text that the site quotes, with the anchors that lead to them."""
    return tuple(QuotedPassage(anchor_of(words), words) for words in frame.quoted[article.id])


def quoted_from(frame: Frame, body: Body) -> dict[str, tuple[Link, ...]]:
    """Where the verified quotations of a body stand, by the article's id."""
    found: dict[str, dict[str, None]] = {}
    for quotation in body.quotations:
        verdict = judge(frame.library, quotation)
        if verdict is not None and verdict.state == "verified":
            address = passage_address(frame, verdict.article, quotation.text, verdict.standing)
            found.setdefault(verdict.article.id, {})[address] = None
    return {
        article: tuple(
            Link(address, str(number)) for number, address in enumerate(addresses, start=1) if "#" in address
        )
        for article, addresses in found.items()
    }
