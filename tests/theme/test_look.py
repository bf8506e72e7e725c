"""The default theme's stylesheet: contrast, what it loads, what that weighs."""

import re

import pytest

from tests.theme.pages import Seen, briefing, rendered
from tests.theme.views import full

CSS = briefing().assets["assets/briefing.css"].decode()
# What a topic page without bold or italic text loads.
USUAL_FONTS = ("newsreader-display-latin", "newsreader-text-latin", "public-sans-latin")


def colours(scheme: str) -> dict[str, str]:
    """The custom properties that are colours, by name."""
    light, dark = (re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block) for block in CSS.split(":root {")[1:3])
    return dict(light) if scheme == "light" else dict(light) | dict(dark)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash", "accent-wash"])
@pytest.mark.parametrize("words", ["ink", "soft", "accent"])
def test_words_can_be_read(words: str, ground: str, scheme: str) -> None:
    known = colours(scheme)
    lighter, darker = sorted((luminance(known[words]), luminance(known[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_all_that_the_stylesheet_loads_is_the_themes_own() -> None:
    loaded = re.findall(r"url\((.*?)\)", CSS)
    assert loaded
    assert {f"assets/{address}" for address in loaded} <= set(briefing().assets)
    assert "@import" not in CSS


def test_fonts_are_light() -> None:
    weights = [len(briefing().assets[f"assets/fonts/{name}.woff2"]) for name in USUAL_FONTS]
    assert sum(weights) <= 70_000
    assert len(CSS.encode()) <= 46_000


def test_the_layout_can_be_turned_round() -> None:
    """Only logical properties, so that right-to-left pages need no sheet of their own."""
    sided = r"[\s;{](?:(?:margin|padding|border)-)?(?:left|right)\s*:|text-align:\s*(?:left|right)|float:"
    assert re.findall(sided, CSS) == []


def test_the_sheet_names_no_class_that_no_page_has() -> None:
    used = {word for name, view in full().items() for word in words_of(name, view)}
    made_by_markup = {"broken", "right", "center", "footnote-back"}
    made_by_scripts = {"aside", "card-title", "copying", "filters", "filters-more", "filters-said", "here"}
    made_by_pygments = re.compile(r"[a-z]{1,3}\d?")
    named = set(
        re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", re.sub(r"url\([^)]*\)|/\*.*?\*/", "", CSS, flags=re.S))
    )
    unused = {
        name
        for name in named - used - made_by_markup - made_by_scripts
        if not made_by_pygments.fullmatch(name)
    }
    assert unused <= {
        "alone",
        "unnumbered",
        "styled",
        "important",
        "caution",
        "excerpts",
        "full",
        "more",
        "tags",
        "hidden",
        "letter",
    }


def words_of(name: str, view: object) -> list[str]:
    if not name.endswith(".html"):
        return []
    return [
        word for value in Seen(rendered(name, view).decode()).attributes("class") for word in value.split()
    ]
