"""A library of Zotero, or of any program that exports CSL-JSON, BibTeX or RIS, with the notes on its works.

Notes are the curator's own words on a work, so they are the article's text, as a summary. What Zotero marks
in a note as a highlight is the work's own words: an excerpt.
"""

import json
import re
import unicodedata

from dossier import urls
from dossier.bibliography import Read, read_bibliography
from dossier.clip.markdown import paragraphs
from dossier.diagnostics import Mark, error
from dossier.importing.items import Batch, Item, Left
from dossier.model import Excerpt
from dossier.views import CitedName

_TAG = re.compile(r"<(?:div|p|span|h[1-6]|ul|ol|li|blockquote|strong|b|em|i|a|br|table)\b[^>]*>", re.I)
_IN_BRACKETS = re.compile(r"^[(\[]?\s*(?P<inner>.*?)\s*[)\]]?$", re.S)
_PAGE = re.compile(r"(?:^|,\s*)(pp?\. ?[^,)]+)\s*$")
_QUOTES = "“”\"„«»‘’'"


def read_library(place: str, data: bytes, address: str) -> Batch:
    """The works of a bibliography, each an article without its text. Raises DossierError."""
    reads = read_bibliography(place, data)
    batch = Batch(read=len(reads))
    text = data.decode("utf-8-sig")
    at, line = 0, 1
    for read in reads:
        begin = _begin(text, place, read, at)
        at, line = begin, line + text.count("\n", at, begin)
        batch.items.append(_item(place, line, read))
    if not reads:
        hint = "export it again"
        batch.findings.append(error(place, Mark(), "import-format", "there are no works in the file", hint))
    return batch


def _begin(text: str, place: str, read: Read, at: int) -> int:
    """Where a work begins in the file, looked for behind the one before it."""
    suffix = place[place.rfind(".") :].lower()
    key = read.work.id
    if suffix == ".ris":
        wanted = "TY  -"
    elif suffix == ".bib":
        wanted = "{" + key + ","
    else:
        wanted = json.dumps(key, ensure_ascii=False)
    found = text.find(wanted, at + 1 if at else 0) if key or suffix == ".ris" else -1
    return found if found >= 0 else at


def _item(place: str, line: int, read: Read) -> Item:
    work, left = read.work, Left(place)
    for name in read.lost:
        left.field(Mark(line), name)
    html = [note for note in read.notes if _TAG.search(note)]
    excerpts = tuple(excerpt for note in html for excerpt in _highlights(note))
    body = "\n\n".join(filter(None, (_note(note) for note in read.notes)))
    key = unicodedata.normalize("NFC", work.id.lower())
    return Item(
        place,
        line,
        id="" if urls.id_problem(key) else key,
        title=work.title,
        source=work.container or work.publisher,
        authors=tuple(_written(name) for name in work.authors),
        date=work.date,
        url=work.url,
        archive_url=work.archive,
        accessed=work.accessed,
        language=work.language,
        form="" if work.kind == "other" else work.kind,
        categories=work.tags,
        summary=work.abstract,
        text="summary",
        excerpts=excerpts,
        body=body,
        findings=left.findings(),
    )


def _written(name: CitedName) -> str:
    return f"{name.family}, {name.given}" if name.family and name.given else name.name


def _note(note: str) -> str:
    if not _TAG.search(note):
        return paragraphs(note)
    from dossier.clip.fragments import fragment  # Most libraries have no notes.

    return fragment(note).strip()


def _highlights(note: str) -> list[Excerpt]:
    """The passages that were marked in a PDF, with their pages."""
    if 'class="highlight"' not in note:
        return []
    from dossier.clip.fragments import marked

    found = []
    for text, behind in marked(note, "highlight"):
        inner = _IN_BRACKETS.match(behind.strip())
        page = _PAGE.search(inner["inner"]) if inner else None
        found.append(Excerpt(text.strip().strip(_QUOTES).strip(), locator=page[1] if page else ""))
    return [excerpt for excerpt in found if excerpt.text]
