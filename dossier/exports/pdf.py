"""A briefing on paper: WeasyPrint's PDF, made of what is at hand. Nothing is fetched."""

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dossier.diagnostics import DossierError, Mark, error
from dossier.exports.briefing import Briefing
from dossier.exports.epub import modified
from dossier.exports.fragments import rewritten
from dossier.exports.single import MEDIA_TYPES, contents, heading, page, section, style_sheet
from dossier.exports.writing import text
from dossier.urls import suffix_of

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

SCHEME = "dossier:"
# Of the theme, if it has them; else what the system has.
FONTS = (
    ("Newsreader Display", "normal", "560", "newsreader-display"),
    ("Newsreader", "normal", "400", "newsreader-text"),
    ("Newsreader", "italic", "400", "newsreader-text-italic"),
    ("Public Sans", "normal", "400 700", "public-sans"),
)
PARTS = ("latin", "latin-ext")


def pdf(briefing: Briefing, assets: Mapping[str, bytes]) -> bytes:
    """The briefing as PDF; `assets` are the theme's. Raises DossierError where WeasyPrint isn't there."""
    weasyprint = _weasyprint()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # It tells of each rule that is for screens.
    html = "".join(_body(briefing))
    style = _fonts(assets) + style_sheet() + style_sheet("pages.css")
    files = {_address(path): data for path, data in {**assets, **briefing.pictures}.items()}
    document = weasyprint.HTML(string=page(briefing, style, html), url_fetcher=_fetcher(weasyprint, files))
    identifier = hashlib.blake2b(html.encode(), digest_size=16).digest()
    made: bytes = document.write_pdf(pdf_identifier=identifier, pdf_tags=True)
    return made


def seconds(date: str) -> int:
    """The first moment of a date, EDTF level 0, in seconds since 1970; 0 where there is none.

    >>> seconds("2020-02"), seconds("")
    (1580515200, 0)
    """
    return int(datetime.fromisoformat(modified(date, None)).timestamp()) if date else 0


def _weasyprint() -> Any:
    try:
        import weasyprint
        import weasyprint.urls
    except ImportError:
        hint = "install it: pip install 'dossier-site[pdf]'"
        raise DossierError(
            error("export pdf", Mark(), "pdf-missing", "WeasyPrint isn't installed", hint)
        ) from None
    except OSError as problem:
        message = f"WeasyPrint can't load what it draws text with: {str(problem).partition(chr(10))[0]}"
        hint = "install Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0, or brew install pango"
        raise DossierError(error("export pdf", Mark(), "pdf-missing", message, hint)) from None
    return weasyprint


def _fetcher(weasyprint: Any, files: Mapping[str, bytes]) -> "URLFetcher":
    """What gives pictures and fonts, and nothing from the disk or the web."""

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            if url not in files:
                raise ValueError(f"not part of the briefing: {url}")
            kind = MEDIA_TYPES.get(suffix_of(url), "application/octet-stream")
            return weasyprint.urls.URLFetcherResponse(url, files[url], {"Content-Type": kind})

    return Fetcher()


def _fonts(assets: Mapping[str, bytes]) -> str:
    """The fonts of the theme, as far as it has them."""
    rules = []
    for family, style, weight, name in FONTS:
        for part in PARTS:
            path = f"assets/fonts/{name}-{part}.woff2"
            if path in assets:
                rules.append(
                    f'@font-face {{ font-family: "{family}"; font-style: {style}; font-weight: {weight}; '
                    f'src: url("{SCHEME}{path}") format("woff2"); }}\n'
                )
    return "".join(rules)


def _address(path: str) -> str:
    return SCHEME + quote(path)


def _body(briefing: Briefing) -> list[str]:
    parts = [f'<header class="cover">\n{heading(briefing)}</header>\n']
    if len(briefing.parts) > 1:
        parts.append(f'<nav class="contents">\n<h2>{text("Contents")}</h2>\n{contents(briefing)}</nav>\n')
    parts.append("<main>\n")
    for part in briefing.parts:
        html = rewritten(part.html, lambda address: address, _address)
        parts.append(section(part, html))
    return [*parts, "</main>\n"]
