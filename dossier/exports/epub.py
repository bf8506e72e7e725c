"""A briefing as a book: EPUB 3.3 (https://www.w3.org/TR/epub-33/), written by hand.

Its pictures are of the core media types of section 3.2; of others readers get the alternative text.
"""

import uuid
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from typing import BinaryIO

from dossier.exports.briefing import Briefing, Part
from dossier.exports.fragments import rewritten
from dossier.exports.single import MEDIA_TYPES, heading, named, section, style_sheet
from dossier.exports.writing import link, text
from dossier.publish.archives import EARLIEST, LATEST, add
from dossier.urls import suffix_of

CORE = frozenset([".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"])
CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
    '<rootfiles>\n<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>\n'
    "</rootfiles>\n</container>\n"
)
Item = tuple[str, str, str]


def write_epub(briefing: Briefing, file: BinaryIO, moment: int | None) -> None:
    """Write the book. `moment` is when it was last changed, in seconds since 1970.

    Without one, that is the day of the newest document, and its files are of 1980-01-01.
    """
    stamp = min(max(moment or EARLIEST, EARLIEST), LATEST)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path, data in _files(briefing, moment):
            # The first file, as it is, is how programs know what this is: OCF, section 4.3.
            add(packed, path, data, stamp, zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED)


def _files(briefing: Briefing, moment: int | None) -> Iterator[tuple[str, bytes]]:
    shown = [path for path in sorted(briefing.pictures) if suffix_of(path) in CORE]
    pictures = {path: f"pictures/{number}{suffix_of(path)}" for number, path in enumerate(shown, start=1)}
    names = {part.id: f"part-{number:03}.xhtml" for number, part in enumerate(briefing.parts, start=1)}
    places = {identifier: names[part.id] for part in briefing.parts for identifier in part.ids}
    yield "mimetype", b"application/epub+zip"
    yield "META-INF/container.xml", CONTAINER.encode()
    yield "EPUB/package.opf", _package(briefing, names, pictures, moment).encode()
    yield "EPUB/nav.xhtml", _navigation(briefing, names).encode()
    yield "EPUB/title.xhtml", _document(briefing, named(briefing), heading(briefing)).encode()
    yield "EPUB/style.css", style_sheet().encode()
    for part in briefing.parts:
        html = _placed(part, places, names[part.id], pictures)
        yield f"EPUB/{names[part.id]}", _document(briefing, part.title, section(part, html)).encode()
    for path, name in pictures.items():
        yield f"EPUB/{name}", briefing.pictures[path]


def _placed(part: Part, places: dict[str, str], own: str, pictures: dict[str, str]) -> str:
    """A part's HTML, whose links lead to other files of the book."""

    def address(target: str) -> str:
        place = places.get(target[1:]) if target.startswith("#") else None
        return target if place in (None, own) else f"{place}{target}"

    return rewritten(part.html, address, pictures.get)


def _document(briefing: Briefing, title: str, body: str, namespaces: str = "") -> str:
    language = escape(briefing.language)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{namespaces} lang="{language}" xml:lang="{language}" '
        f'dir="{briefing.direction}">\n<head>\n<title>{text(title)}</title>\n'
        '<link rel="stylesheet" type="text/css" href="style.css"/>\n'
        f"</head>\n<body>\n{body}</body>\n</html>\n"
    )


# ---------------------------------------------------------------- the book as a whole


def _package(briefing: Briefing, names: dict[str, str], pictures: dict[str, str], moment: int | None) -> str:
    identifier = uuid.uuid5(
        uuid.NAMESPACE_URL, briefing.address or f"dossier:{briefing.site}/{briefing.name}"
    )
    creators = "".join(f"<dc:creator>{text(author)}</dc:creator>\n" for author in briefing.authors)
    described = f"<dc:description>{text(briefing.summary)}</dc:description>\n" if briefing.summary else ""
    source = f"<dc:source>{text(briefing.address)}</dc:source>\n" if briefing.address else ""
    dated = f"<dc:date>{briefing.as_of[:10]}</dc:date>\n" if briefing.as_of else ""
    items = "".join(
        f'<item id="{identity}" href="{href}" media-type="{kind}"{extra}/>\n'
        for (identity, href, kind), extra in _items(names, pictures)
    )
    spine = "".join(f'<itemref idref="{name.partition(".")[0]}"/>\n' for name in names.values())
    direction = ' page-progression-direction="rtl"' if briefing.direction == "rtl" else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{escape(briefing.language)}" dir="{briefing.direction}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>\n'
        f"<dc:title>{text(named(briefing))}</dc:title>\n<dc:language>{text(briefing.language)}</dc:language>\n"
        f"{creators}{described}{source}{dated}"
        f'<meta property="dcterms:modified">{modified(briefing.as_of, moment)}</meta>\n'
        '<meta name="generator" content="dossier"/>\n</metadata>\n'
        f"<manifest>\n{items}</manifest>\n<spine{direction}>\n"
        f'<itemref idref="title"/>\n<itemref idref="nav"/>\n{spine}</spine>\n</package>\n'
    )


def _items(names: dict[str, str], pictures: dict[str, str]) -> Iterator[tuple[Item, str]]:
    yield ("nav", "nav.xhtml", "application/xhtml+xml"), ' properties="nav"'
    yield ("title", "title.xhtml", "application/xhtml+xml"), ""
    yield ("style", "style.css", "text/css"), ""
    for name in names.values():
        yield (name.partition(".")[0], name, "application/xhtml+xml"), ""
    for number, name in enumerate(pictures.values(), start=1):
        yield (f"picture-{number}", name, MEDIA_TYPES[suffix_of(name)]), ""


def modified(as_of: str, moment: int | None) -> str:
    """When a book was last changed, as EPUB has it: the given moment, else the first of the newest date.

    >>> modified("2020-02", None), modified("2020-02-12", 1767225600), modified("", None)
    ('2020-02-01T00:00:00Z', '2026-01-01T00:00:00Z', '1980-01-01T00:00:00Z')
    """
    if moment is not None:
        return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    day = as_of[:10] + "-01-01"[len(as_of[:10]) - 4 :] if as_of else "1980-01-01"
    return f"{day}T00:00:00Z"


def _navigation(briefing: Briefing, names: dict[str, str]) -> str:
    """The table of contents, by topic where there are several."""
    lines: list[str] = []
    topic = ""
    for part in briefing.parts:
        if part.topic != topic:
            lines += ["</ol></li>\n"] if topic else []
            topic = part.topic
            lines += [f"<li>{link(names[part.id], topic)}<ol>\n"] if topic else []
        lines.append(f"<li>{link(names[part.id], part.title)}</li>\n")
    lines += ["</ol></li>\n"] if topic else []
    body = f'<nav epub:type="toc" id="toc">\n<h1>Contents</h1>\n<ol>\n{"".join(lines)}</ol>\n</nav>\n'
    return _document(briefing, "Contents", body, ' xmlns:epub="http://www.idpf.org/2007/ops"')
