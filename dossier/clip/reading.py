"""Strangers' bytes -> what they say, by what they are. Pure; run in a process of its own (`reader`)."""

from dossier.clip.encodings import decode
from dossier.clip.taken import Form, Found, failed
from dossier.model import Record

# As much of a page as is read: what is beyond is not an article.
LARGEST_PAGE = 16 << 20


class Request(Record, frozen=True):
    """Bytes to read, as what they are taken, where they were found, and their file's name."""

    data: bytes
    form: Form
    content_type: str = ""
    address: str = ""
    name: str = ""


def read(request: Request) -> Found:
    """What the bytes say. Never raises for anything in them."""
    match request.form:
        case "pdf":
            from dossier.clip.pdf import read_pdf

            return read_pdf(request.data, request.address)
        case "email":
            from dossier.clip.letters import read_letter

            return read_letter(request.data)
        case "html":
            from dossier.clip.pages import read_page

            return read_page(decode(request.data, request.content_type), request.address)
    from dossier.clip.plain_text import read_text

    decoded = decode(request.data, request.content_type)
    if decoded.text[:5_000].count("\0") > 5:
        message = "it isn't text, a page, a PDF or an e-mail"
        return Found(said=(failed("unknown-format", message, "save it as one of these"),))
    return read_text(decoded, request.name, request.address)
