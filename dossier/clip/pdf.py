"""PDF -> what it says: paragraphs in the order in which a person reads columns, headings by their size."""

import io
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser
from pdfminer.psparser import PSException
from pdfminer.utils import decode_text

from dossier.clip.languages import language_of
from dossier.clip.markdown import paragraph
from dossier.clip.metadata import day_of
from dossier.clip.tags import one_line
from dossier.clip.taken import Found, Said, failed, remarked, warned

MOST_PAGES = 400
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_NUMBER = re.compile(r"(?:page\s+)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
_TITLE_LESS = re.compile(
    r"^(?:untitled|microsoft word|powerpoint|document\d*|.*\.(?:docx?|pdf|indd|qxd|tmp))", re.I
)


class Block(NamedTuple):
    """A paragraph as it is set: its text, the size of its letters in points, and whether it is bold."""

    text: str
    size: float
    bold: bool
    page: int


def read_pdf(data: bytes, address: str) -> Found:
    """What a PDF says."""
    try:
        info = _information(data)
        blocks, pages = _blocks(data)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        message = "the PDF is locked with a password"
        return Found(url=address, said=(failed("damaged", message, "save it without, and clip that"),))
    except (
        PSException,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as problem:
        message = f"the PDF can't be read: {type(problem).__name__}: {one_line(str(problem))[:120]}"
        return Found(
            url=address, said=(failed("damaged", message, "open it in a viewer, and print it to a PDF"),)
        )
    if not any(block.text for block in blocks):
        message = f"the PDF has {pages} page{'s' * (pages != 1)} and no text: they are pictures of pages"
        hint = "run it through text recognition first, as with ocrmypdf, and clip the result"
        return Found(url=address, said=(failed("scan", message, hint),))
    return _found(info, blocks, pages, address)


def _found(info: dict[str, str], blocks: list[Block], pages: int, address: str) -> Found:
    usual = _usual_size(blocks)
    title, blocks = _title(info, blocks, usual)
    made = _DATE.match(info.get("CreationDate", ""))
    date = day_of("-".join(made.groups())) if made else ""
    words = "\n".join(block.text for block in blocks)
    said: list[Said] = []
    if date:
        message = f"{date} is when the PDF was made, which may not be when it was published"
        said.append(remarked("date-guessed", message, f"check date: {date}"))
    else:
        message = "the PDF doesn't say when it was published"
        said.append(warned("no-date", message, "write date: as year-month-day, or what is known of it"))
    if pages > MOST_PAGES:
        message = f"only the first {MOST_PAGES} of {pages} pages were read"
        said.append(warned("cut-short", message, "clip a part of it, if the rest matters"))
    return Found(
        title=title,
        authors=tuple(name for name in re.split(r"\s*;\s*|, (?=[A-Z])", info.get("Author", "")) if name)[:50],
        date=date,
        url=address,
        language=language_of(words),
        kind="report",
        described=info.get("Subject", ""),
        text="\n\n".join(_as_markdown(block, usual) for block in blocks) + "\n" if blocks else "",
        words=words,
        said=tuple(said),
    )


def _information(data: bytes) -> dict[str, str]:
    """The entries of the document's information dictionary, as texts."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    found = {}
    for entries in document.info:
        for key, value in entries.items():
            if isinstance(value, bytes):
                found[str(key)] = one_line(decode_text(value).replace("\0", ""))
    return found


def _blocks(data: bytes) -> tuple[list[Block], int]:
    """The paragraphs in reading order without what stands on every page, and the number of pages."""
    pages: list[list[Block]] = []
    count = 0
    for count, page in enumerate(extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=0.5)), 1):
        if count > MOST_PAGES:
            continue
        pages.append(
            [block for box in page if isinstance(box, LTTextBox) for block in _paragraphs(box, count)]
        )
    repeated = _repeated(pages)
    kept = [
        block
        for page in pages
        for block in page
        if re.sub(r"\d+", "#", block.text) not in repeated and not _NUMBER.fullmatch(block.text)
    ]
    return list(_joined(kept)), count


def _repeated(pages: list[list[Block]]) -> set[str]:
    """Headers and footers: short lines that stand on most pages, whatever their numbers."""
    counts = Counter(
        key
        for page in pages
        for key in {re.sub(r"\d+", "#", block.text) for block in page if len(block.text) < 120}
    )
    return {text for text, count in counts.items() if count >= 3 and count > len(pages) / 2}


def _paragraphs(box: LTTextBox, page: int) -> Iterator[Block]:
    """The paragraphs of a box: a line that is set otherwise begins another one."""
    gathered: list[str] = []
    style: tuple[float, bool] | None = None
    for line in box:
        if not isinstance(line, LTTextLine):
            continue
        text = one_line(line.get_text().replace("\0", ""))
        letters = [letter for letter in line if isinstance(letter, LTChar)]
        if not text or not letters:
            continue
        size = round(statistics.median(letter.size for letter in letters), 1)
        bold = sum("bold" in letter.fontname.lower() for letter in letters) > len(letters) / 2
        if style is not None and (abs(style[0] - size) > 0.6 or style[1] != bold):
            yield Block(_flowing(gathered), *style, page)
            gathered = []
        style = (size, bold)
        gathered.append(text)
    if style is not None:
        yield Block(_flowing(gathered), *style, page)


def _flowing(lines: list[str]) -> str:
    """Lines as one text; a word that was divided at a line's end is whole again."""
    text = ""
    for line in lines:
        divided = text.endswith("-") and text[-2:-1].islower() and line[:1].islower()
        joint = "" if divided or not text or text.endswith("\u00ad") else " "
        text = (text if joint or not text else text[:-1]) + joint + line
    return text


def _joined(blocks: list[Block]) -> Iterator[Block]:
    """A paragraph that goes on in the next column or on the next page is one."""
    former: Block | None = None
    for block in blocks:
        goes_on = (
            former is not None
            and abs(former.size - block.size) <= 0.6
            and former.bold == block.bold
            and former.text[-1:] not in ".!?:;”\"')]"
            and block.text[:1].islower()
        )
        if goes_on and former is not None:
            former = former._replace(text=_flowing([former.text, block.text]))
            continue
        if former is not None:
            yield former
        former = block
    if former is not None:
        yield former


def _usual_size(blocks: list[Block]) -> float:
    counts: Counter[float] = Counter()
    for block in blocks:
        counts[block.size] += len(block.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def _title(info: dict[str, str], blocks: list[Block], usual: float) -> tuple[str, list[Block]]:
    """The title as the file gives it, else the largest text of the first page; and the text without it."""
    given = info.get("Title", "")
    first = [block for block in blocks if block.page == blocks[0].page]
    largest = max(first, key=lambda block: block.size)
    seen = largest.text if largest.size > usual * 1.15 and len(largest.text) <= 300 else ""
    title = given if given and not _TITLE_LESS.match(given) else seen
    if not title:
        title = " ".join(first[0].text.split()[:14])
        return title, blocks
    return title, [block for block in blocks if block.text.casefold() != title.casefold()]


def _as_markdown(block: Block, usual: float) -> str:
    is_heading = len(block.text) <= 150 and (block.size > usual * 1.15 or block.bold)
    text = paragraph(block.text)
    return f"## {text}" if is_heading and not block.text.endswith(".") else text
