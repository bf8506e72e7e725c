"""The whole site in an archive, with a page to begin at."""

from collections.abc import Iterator
from html import escape
from typing import BinaryIO

from dossier.build.exporting import newest
from dossier.build.holding import Held
from dossier.dates import in_words
from dossier.exports.single import POLICY, style_sheet
from dossier.exports.writing import text
from dossier.languages import direction
from dossier.library import Library
from dossier.model import Site
from dossier.publish.archives import write_archive
from dossier.publish.contents import built_files, packed_files
from dossier.summary import counted
from dossier.urls import slug

START = "start.html"


def pack_site(building: Held, library: Library, file: BinaryIO, moment: int) -> None:
    """Write the zip of a site that was built: one folder, in it the start page and the site."""
    write_archive(file, ".zip", _files(building, library), moment)


def folder_name(site: Site) -> str:
    """The name of the archive, and of the folder in it."""
    return slug(site.title)


def _files(building: Held, library: Library) -> Iterator[tuple[str, bytes]]:
    top = folder_name(library.site)
    yield f"{top}/{START}", start_page(library).encode()
    for path, data in packed_files(building, built_files(building)):
        yield f"{top}/site/{path}", data


def start_page(library: Library) -> str:
    """Where readers of the archive begin."""
    site = library.site
    date = newest(library)
    facts = [counted(len(library.topics), "topic"), counted(len(library.articles), "article")]
    facts += [counted(len(library.notes), "note")]
    dated = f" As of {in_words(date)}." if date else ""
    online = f'<p class="address"><a href="{escape(site.url)}">{text(site.url)}</a></p>\n' if site.url else ""
    described = site.description or site.subtitle
    standfirst = f'<p class="standfirst">{text(described)}</p>\n' if described else ""
    topics = "".join(
        f'<li><a href="site/topics/{escape(topic.id)}.html">{text(topic.title)}</a></li>\n'
        for topic in library.topics
    )
    listed = f"<ul>\n{topics}</ul>\n" if topics else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(site.language)}" dir="{direction(site.language)}">\n<head>\n'
        f'<meta charset="utf-8"/>\n<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{text(site.title)}</title>\n<style>\n{style_sheet()}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{text(site.title)}</h1>\n{standfirst}"
        f'<p><a href="site/index.html">Open the dossier</a></p>\n{listed}'
        f'<p class="counts">{text(", ".join(facts))}.{text(dated)} '
        "It is read from this folder, with any browser and without the web; links to sources need it.</p>\n"
        f"{online}</main>\n</body>\n</html>\n"
    )
