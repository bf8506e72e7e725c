"""The card that stands for a page where its address is shared, drawn by Pillow: site, title, what there is.

It is in the type of *briefing*, which dossier carries. That has Latin letters only. Nothing else is drawn:
letters of other scripts would come out as boxes, and Arabic's unjoined and in the wrong order.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from dossier.model import Record

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FOLDER = "cards"
SIZE = (1200, 630)
MARGIN = 72
PAPER, INK, SOFT, RULE, ACCENT = "#ffffff", "#171b20", "#535c65", "#d6dbdf", "#b3301b"
# Sizes for a title, the largest first, each with the lines that there is room for.
TITLE_SIZES = ((84, 3), (70, 4), (58, 5), (46, 6))
# The letters of the two parts of each font, as the theme's style sheet has them.
BASIC = "\u0000-\u00ff\u0131\u0152\u0153\u02bb\u02bc\u02c6\u02da\u02dc\u2000-\u206f\u20ac\u2122\u2212"
MORE = (
    "\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u02bd-\u02c5\u02c7-\u02cc\u1e00-\u1e9f\u1ef2-\u1eff\u20a0-\u20ab"
)
_DRAWABLE = re.compile(f"[{BASIC}{MORE}]*")
_RUNS = re.compile(f"[{BASIC}]+|[^{BASIC}]+")
DISPLAY, SANS = "newsreader-display", "public-sans"
Fonts = Mapping[str, bytes]


class SocialCard(Record, frozen=True):
    """A card to be drawn: its output path and its texts."""

    path: str
    site: str
    label: str
    title: str
    facts: str


def can_draw(text: str) -> bool:
    """Whether there are letters for all of a text.

    >>> can_draw("Łódź – “déjà vu”"), can_draw("مهمة الناتو"), can_draw("Миссия")
    (True, False, False)
    """
    return _DRAWABLE.fullmatch(text) is not None


def font_files() -> list[str]:
    """The names of the files that hold the type, in the theme's folder of fonts."""
    return [f"{family}-{part}.woff2" for family in (DISPLAY, SANS) for part in ("latin", "latin-ext")]


def drawn(card: SocialCard, fonts: Fonts) -> bytes:
    """A card as PNG. `fonts` are the files of `font_files`, by their names."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    width, height = SIZE
    draw.rectangle((MARGIN, 0, MARGIN + 104, 16), fill=ACCENT)
    small = _Type(fonts, SANS, 30, 600)
    small.write(draw, MARGIN, 96, card.site, INK)
    small.write(draw, MARGIN + small.width(card.site) + 24, 96, card.label, ACCENT)
    for size, most in TITLE_SIZES:
        title = _Type(fonts, DISPLAY, size)
        lines = list(title.lines(card.title, width - 2 * MARGIN))
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(" ,;:.") + " …"]
    for number, line in enumerate(lines):
        title.write(draw, MARGIN, 164 + round(number * size * 1.13) + size, line, INK)
    draw.line((MARGIN, height - 112, width - MARGIN, height - 112), fill=RULE, width=2)
    _Type(fonts, SANS, 28, 400).write(draw, MARGIN, height - 60, card.facts, SOFT)
    file = BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


class _Type:
    """A family in a size, of two files: letters that the first lacks are the second's."""

    def __init__(self, fonts: Fonts, family: str, size: int, weight: int = 0) -> None:
        self._basic = _font(fonts, f"{family}-latin.woff2", size, weight)
        self._more = _font(fonts, f"{family}-latin-ext.woff2", size, weight)

    def _runs(self, text: str) -> "Iterator[tuple[FreeTypeFont, str]]":
        basic = re.compile(f"[{BASIC}]")
        for run in _RUNS.findall(text):
            yield (self._basic if basic.match(run) else self._more), run

    def width(self, text: str) -> float:
        return sum(font.getlength(run) for font, run in self._runs(text))

    def write(self, draw: "ImageDraw", left: float, base: float, text: str, colour: str) -> None:
        """Write a line, whose letters stand on `base`."""
        for font, run in self._runs(text):
            draw.text((left, base), run, fill=colour, font=font, anchor="ls")
            left += font.getlength(run)

    def lines(self, text: str, room: float) -> Iterator[str]:
        """The text in lines that have room; a word that has none stands alone."""
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.width(longer) > room:
                yield line
                longer = word
            line = longer
        yield line


def _font(fonts: Fonts, name: str, size: int, weight: int) -> "FreeTypeFont":
    from PIL import ImageFont

    font = ImageFont.truetype(BytesIO(fonts[name]), size)
    if weight:
        font.set_variation_by_axes([weight])
    return font
