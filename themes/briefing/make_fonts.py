"""Make the theme's fonts from the npm packages @fontsource-variable/newsreader and /public-sans (5.x).

    npm install @fontsource-variable/newsreader @fontsource-variable/public-sans
    pip install fonttools brotli
    python make_fonts.py node_modules/@fontsource-variable assets/fonts

Both families are under the SIL Open Font License without reserved names, so that a reduced version may keep
the name. Reduced here: fixed optical sizes and weights, no hinting, kerning in steps of a hundredth of an em.
"""

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

KERNING_STEP = 20  # of 2,000 units an em
SERIF, SERIF_ITALIC = (
    "newsreader/files/newsreader-{}-opsz-normal",
    "newsreader/files/newsreader-{}-opsz-italic",
)
FONTS = {
    "newsreader-display": (SERIF, {"opsz": 60, "wght": 560}),
    "newsreader-text": (SERIF, {"opsz": 16, "wght": 400}),
    "newsreader-text-italic": (SERIF_ITALIC, {"opsz": 16, "wght": 400}),
    "public-sans": ("public-sans/files/public-sans-{}-wght-normal", {"wght": (400, 700)}),
}


def reduced(source: Path, axes: dict[str, float | tuple[float, float]]) -> TTFont:
    """The font at a place on its axes, with all its characters and the features that the theme uses."""
    font = instancer.instantiateVariableFont(TTFont(source), axes)
    font.flavor, buffer = None, io.BytesIO()
    font.save(buffer)
    font = TTFont(io.BytesIO(buffer.getvalue()), recalcTimestamp=False)
    options = subset.Options(hinting=False)
    options.layout_features = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum", "onum", "pnum"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(font.getBestCmap()))
    subsetter.subset(font)
    coarser_kerning(font)
    return font


def coarser_kerning(font: TTFont) -> None:
    """Round the pairs of fixed kerning towards zero: a third of a text face's bytes for nothing one sees."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in (getattr(entry, "ExtSubTable", entry) for entry in lookup.SubTable):
            if table.LookupType != 2:
                continue
            rows = (
                (row.Class2Record for row in table.Class1Record)
                if table.Format == 2
                else (pairs.PairValueRecord for pairs in table.PairSet)
            )
            for value in (record.Value1 for row in rows for record in row):
                if hasattr(value, "XAdvance") and not hasattr(value, "XAdvDevice"):
                    value.XAdvance = int(value.XAdvance / KERNING_STEP) * KERNING_STEP


def main(packages: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, (source, axes) in FONTS.items():
        for script in ("latin", "latin-ext"):
            font = reduced(packages / f"{source.format(script)}.woff2", axes)
            font.flavor = "woff2"
            font.save(folder / f"{name}-{script}.woff2")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
