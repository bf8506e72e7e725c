"""Where in a work something stands: Pandoc's locators, and how styles write them.

`p. 4`, `pp. 4-6, 9`, `chap. 3`, `§ 12`, `¶ 3`, `12:30`, or a bare number, which is a page's; what follows is
said of the citation as a whole. https://pandoc.org/MANUAL.html#citation-syntax
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

# The terms of CSL's locators: the short form of one and of several, then what else is typed for it.
TERMS: dict[str, tuple[str, ...]] = {
    "page": ("p.", "pp.", "page", "pages"),
    "chapter": ("chap.", "chaps.", "chapter", "chapters", "ch.", "chs."),
    "section": ("§", "§§", "section", "sections", "sec.", "secs.", "sect."),
    "paragraph": ("para.", "paras.", "paragraph", "paragraphs", "par.", "¶", "¶¶"),
    "line": ("l.", "ll.", "line", "lines"),
    "note": ("n.", "nn.", "note", "notes"),
    "figure": ("fig.", "figs.", "figure", "figures"),
    "table": ("table", "tables"),
    "volume": ("vol.", "vols.", "volume", "volumes"),
    "issue": ("no.", "nos.", "number", "numbers", "issue", "issues"),
    "part": ("pt.", "pts.", "part", "parts"),
    "book": ("bk.", "bks.", "book", "books"),
    "column": ("col.", "cols.", "column", "columns"),
    "folio": ("fol.", "fols.", "folio", "folios"),
    "verse": ("v.", "vv.", "verse", "verses"),
    "opus": ("op.", "opp.", "opus"),
    "appendix": ("app.", "apps.", "appendix", "appendices"),
    "article": ("art.", "arts.", "article", "articles"),
    "rule": ("r.", "rr.", "rule", "rules"),
    "sub-verbo": ("s.v.", "s.vv.", "sub verbo"),
}
# Those of other languages that differ. What isn't known stays as it was typed.
OTHERS: dict[str, dict[str, tuple[str, ...]]] = {
    "de": {
        "page": ("S.", "S.", "Seite", "Seiten"),
        "chapter": ("Kap.", "Kap.", "Kapitel"),
        "section": ("Abschn.", "Abschn.", "Abschnitt"),
        "paragraph": ("Abs.", "Abs.", "Absatz", "Absätze"),
        "line": ("Z.", "Z.", "Zeile", "Zeilen"),
        "note": ("Anm.", "Anm.", "Anmerkung"),
        "figure": ("Abb.", "Abb.", "Abbildung"),
        "volume": ("Bd.", "Bde.", "Band"),
        "issue": ("Nr.", "Nr.", "Nummer"),
        "column": ("Sp.", "Sp.", "Spalte"),
    },
    "fr": {
        "page": ("p.", "p.", "page", "pages"),
        "chapter": ("chap.", "chap.", "chapitre", "chapitres"),
        "section": ("sect.", "sect.", "section", "§", "§§"),
        "paragraph": ("paragr.", "paragr.", "paragraphe", "paragraphes"),
        "line": ("l.", "l.", "ligne", "lignes"),
        "volume": ("vol.", "vol.", "volume", "volumes"),
        "issue": ("no", "nos", "numéro", "n°"),
    },
    "es": {
        "page": ("p.", "pp.", "pág.", "págs.", "página", "páginas"),
        "chapter": ("cap.", "caps.", "capítulo", "capítulos"),
        "section": ("sec.", "secs.", "sección", "§", "§§"),
        "paragraph": ("párr.", "párrs.", "párrafo", "párrafos"),
        "volume": ("vol.", "vols.", "volumen"),
        "issue": ("n.º", "n.os", "número"),
    },
    "it": {
        "page": ("p.", "pp.", "pag.", "pagina", "pagine"),
        "chapter": ("cap.", "capp.", "capitolo", "capitoli"),
        "section": ("sez.", "sezz.", "sezione", "§", "§§"),
        "paragraph": ("par.", "parr.", "paragrafo", "paragrafi"),
        "volume": ("vol.", "voll.", "volume"),
    },
}
_TIME = re.compile(
    r"(?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:\.\d+)?(?:\s*[-–—]\s*(?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:\.\d+)?)?\b"
)
# A number, Roman or with letters, and what counts on: `4`, `iv`, `A3`, `4-6, 9`, `4 ff.`, `12.3`.
_ONE = r"(?:\d[\w.]*(?<!\.)|[ivxlcdm]+(?!\w)|[A-Z]{1,3}\.?\d+)"
_NUMBERS = re.compile(rf"{_ONE}(?:\s*(?:[-–—]+|,|&|and)\s*{_ONE})*(?:\s*ff?\.)?", re.IGNORECASE)
_BRACED = re.compile(r"\{([^{}]*)\}")
_SEVERAL = re.compile(r"[-–—,&]|\band\b|\bff\.")
_RANGE = re.compile(r"(?<=[\w.])\s*-{1,2}\s*(?=\w)")


@dataclass(frozen=True)
class Locator:
    """A label of CSL's, empty where there is none; the numbers; what is said after them."""

    label: str = ""
    value: str = ""
    suffix: str = ""


def read(text: str, language: str = "en") -> Locator:
    """What stands behind an id in a citation: `p. 4, and often since` is page 4 and a suffix."""
    braced = _BRACED.match(text)
    if braced:
        inner = read(braced[1].strip(), language)
        value = inner if inner.value else Locator("", braced[1].strip())
        return Locator(value.label, value.value + value.suffix, text[braced.end() :])
    time = _TIME.match(text)
    if time:
        return Locator("timestamp", time[0], text[time.end() :])
    names = _names(language)
    found = names.match(text)
    label = _labels(language)[found[1].casefold()] if found else "page"
    start = found.end() if found else 0
    if label == "sub-verbo":
        return Locator(label, text[start:])
    numbers = _NUMBERS.match(text, start)
    if numbers is None or (found is None and not text[:1].isdigit() and not _roman(numbers[0])):
        return Locator(suffix=text)
    return Locator(label, numbers[0], text[numbers.end() :])


def written(locator: Locator, *, bare_pages: bool, language: str = "en") -> str:
    """A locator as styles write it: `4` where pages go `bare`, else `p. 4`; `chap. 3`, `paras. 2–4`."""
    value = _RANGE.sub("–", locator.value)
    if locator.label in ("", "timestamp") or (bare_pages and locator.label == "page"):
        return value
    one, several = _terms(language)[locator.label][:2]
    return f"{several if _SEVERAL.search(locator.value) else one}\u00a0{value}" if value else ""


def _roman(text: str) -> bool:
    return re.fullmatch(r"[ivxlcdm]+", text) is not None


def _terms(language: str) -> Mapping[str, tuple[str, ...]]:
    return {**TERMS, **OTHERS.get(language.partition("-")[0], {})}


@lru_cache(maxsize=16)
def _labels(language: str) -> dict[str, str]:
    """The labels by what is typed for them, in English and in the language."""
    own = OTHERS.get(language.partition("-")[0], {})
    return {
        word.casefold(): label for terms in (TERMS, own) for label, words in terms.items() for word in words
    }


@lru_cache(maxsize=16)
def _names(language: str) -> re.Pattern[str]:
    """What a locator's label looks like: a word that ends where letters end."""
    words = sorted(_labels(language), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, words))})(?![^\\W\\d_])\\s*", re.IGNORECASE)
