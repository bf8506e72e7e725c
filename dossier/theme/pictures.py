"""Pictures of a body with their size, so that nothing jumps, and in the forms and widths that there are."""

import re
from collections.abc import Sequence
from html import escape, unescape
from urllib.parse import quote

from dossier.urls import relative, resolved
from dossier.views import PictureView

# As `markup` writes them; nothing of it stands in code, whose marks are escaped.
_IMAGE = re.compile(r'<img src="([^"]*)"([^<>]*)>')
# A picture is as wide as the column of text, and on narrow screens as wide as these.
SIZES = "(min-width: 40rem) 38rem, 100vw"
# What stands behind so much of a text is below what readers see first.
FOLD = 1_500
LAZY = ' loading="lazy"'


def pictured(html: str, page: str, pictures: Sequence[PictureView]) -> str:
    """The HTML of a body of a page with its pictures given as they are to be."""
    known = {picture.path: picture for picture in pictures}

    def give(found: re.Match[str]) -> str:
        picture = known.get(resolved(page, unescape(found[1])))
        if picture is None:
            return found[0]
        later = LAZY if found.start() > FOLD else ""
        size = f' width="{picture.width}" height="{picture.height}" decoding="async"{later}'
        rest = found[2].replace(LAZY, "")
        image = f'<img src="{found[1]}"{rest}{size}>'
        sources = "".join(_source(page, kind, widths) for kind, widths in picture.sources)
        return f"<picture>{sources}{image}</picture>" if sources else image

    return _IMAGE.sub(give, html)


def _source(page: str, kind: str, widths: Sequence[tuple[str, int]]) -> str:
    addresses = ", ".join(f"{quote(relative(page, path), safe='/-._~')} {width}w" for path, width in widths)
    return f'<source type="{kind}" srcset="{escape(addresses)}" sizes="{SIZES}">'
