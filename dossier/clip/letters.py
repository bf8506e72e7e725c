"""E-mail (RFC 5322, MIME) -> what it says: a press release or a newsletter as it came."""

import email
import email.policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from dossier.clip import encodings
from dossier.clip.languages import language_of
from dossier.clip.pages import read_page
from dossier.clip.plain_text import blocks_of
from dossier.clip.tags import one_line
from dossier.clip.taken import Found, Said, failed, warned


def read_letter(data: bytes) -> Found:
    """What an e-mail says: its HTML where it has any that holds text, else its plain text."""
    try:
        message = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
        title = one_line(str(message.get("subject", "")))
        names = [one_line(name or address) for name, address in getaddresses([str(message.get("from", ""))])]
        date = _date(str(message.get("date", "")))
        html, plain = _part(message, "html"), _part(message, "plain")
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError, IndexError) as problem:
        what = f"the e-mail can't be read: {type(problem).__name__}"
        return Found(said=(failed("damaged", what, "save its text, and clip that"),))
    text = words = ""
    described = ""
    if html is not None:
        page = read_page(html, "")
        text, words, described = page.text, page.words, page.described
    if not text and plain is not None:
        text, words = blocks_of(_without_signature(plain.text))
    if not text:
        return Found(
            title=title, said=(failed("no-text", "the e-mail has no text", "save it, and clip that"),)
        )
    said: tuple[Said, ...] = ()
    if not date:
        said = (warned("no-date", "the e-mail has no date", "write date: as year-month-day"),)
    return Found(
        title=title,
        source=names[0] if names else "",
        date=date,
        language=language_of(words),
        kind="press-release" if "press" in " ".join([title, *names]).lower() else "other",
        described=described,
        text=text,
        words=words,
        said=said,
    )


def _part(message: EmailMessage, kind: str) -> encodings.Decoded | None:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return None
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return None
    return encodings.decode(data, str(part.get("content-type", "")))


def _date(text: str) -> str:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def _without_signature(text: str) -> str:
    """The text above the line `-- ` (RFC 3676, 4.3)."""
    return text.replace("\r\n", "\n").partition("\n-- \n")[0]
