"""In which language a text is, by its script and its commonest words.

The words are those of jusText (which trafilatura stands on), the script decides where it is one language's
own.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

import justext

# Names of jusText's lists, by language.
_LISTS = {
    "bg": "Bulgarian",
    "ru": "Russian",
    "uk": "Ukrainian",
    "mk": "Macedonian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "lt": "Lithuanian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "sv": "Swedish",
    "tr": "Turkish",
    "vi": "Vietnamese",
    "ar": "Arabic",
    "fa": "Persian",
    "ur": "Urdu",
}
_OWN = {"HEBREW": "he", "GREEK": "el", "HANGUL": "ko", "THAI": "th", "HIRAGANA": "ja", "ARMENIAN": "hy"}
_OF = {"ARABIC": ("ar", "fa", "ur"), "CYRILLIC": ("ru", "uk", "bg", "mk")}
_WORD = re.compile(r"[^\W\d_]+")
LEAST_WORDS = 40
SAMPLE = 4_000
_LEAST_SHARE = 0.12
_CLEARLY = 1.2


def language_of(text: str) -> str:
    """The language of a text, '' where it is too short or no language stands out."""
    words = [word.lower() for word in _WORD.findall(text[:SAMPLE])]
    script = _script(text[:SAMPLE])
    if script in _OWN:
        return _OWN[script]
    if script == "CJK":
        return "ja" if re.search(r"[\u3041-\u30ff]", text[:SAMPLE]) else "zh"
    if len(words) < LEAST_WORDS:
        return ""
    wide = ("ARABIC", "CYRILLIC")
    candidates = _OF.get(script) or tuple(c for c in _LISTS if not any(c in _OF[name] for name in wide))
    shares = sorted(((_share(words, candidate), candidate) for candidate in candidates), reverse=True)
    (best, language), (second, _) = shares[0], shares[1]
    return language if best >= _LEAST_SHARE and best >= second * _CLEARLY else ""


def _share(words: list[str], language: str) -> float:
    """The share of words that are among the language's commonest."""
    common = _common(language)
    return sum(word in common for word in words) / len(words)


@cache
def _common(language: str) -> frozenset[str]:
    """The list, as far as its words are common: longer ones stand in several languages' lists by chance."""
    return frozenset(word for word in justext.get_stoplist(_LISTS[language]) if len(word) <= 4)


def _script(text: str) -> str:
    counts: Counter[str] = Counter()
    for character in text[:1000]:
        if character.isalpha():
            counts[unicodedata.name(character, "").partition(" ")[0]] += 1
    return counts.most_common(1)[0][0] if counts else ""
