"""HTML -> what it says: fields by `metadata`, text by trafilatura, and what isn't as it seems."""

import re

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from dossier.clip import metadata
from dossier.clip.encodings import Decoded
from dossier.clip.languages import language_of
from dossier.clip.markdown import to_markdown, to_words
from dossier.clip.tags import Tags, saved_by_single_file, tags_of
from dossier.clip.taken import Found, Said, failed, remarked, warned

FEW_WORDS = 25
STUB_WORDS = 120
_CONSENT = re.compile(
    r"(?:accept|agree to|consent to|manage|use of)\b.{0,40}\bcookies|"
    r"cookies? (?:policy|settings|preferences)|"
    r"before you continue|your privacy (?:choices|matters)|"
    r"we (?:and|value) (?:our|your) (?:partners|privacy)|"
    r"zustimm\w* .{0,60}cookies|cookies .{0,60}zustimm|accepter .{0,40}cookies",
    re.I | re.S,
)
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|read|unlock)|(?:already|for) (?:a )?subscribers?\b|"
    r"to continue reading|"
    r"create (?:a|your) free account|register to (?:continue|read)|this article is for|sign in to read|"
    r"nur für abonnenten|réservé aux abonnés|weiterlesen mit",
    re.I,
)
_CHALLENGE = re.compile(
    r"checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"enable javascript (?:and cookies )?to (?:continue|run)|access denied|are you a robot|just a moment",
    re.I,
)


# Control characters and noncharacters, which lxml takes from pages and then refuses to write.
_NO_TEXT = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")


def read_page(decoded: Decoded, address: str) -> Found:
    """What a page of HTML says. `address` is where it was found, '' where that isn't known."""
    tree = parsed(decoded.text)
    if tree is None:
        return Found(said=(failed("no-text", "the page is empty", "save it in a browser, and clip that"),))
    tags = tags_of(tree)
    saved_by_single_file(decoded.text, tags)
    shown = _shown(tree)
    extracted = _extracted(tree, address)
    fields = metadata.fields_of(tags, address, _guessed(extracted))
    body = None if extracted is None else extracted.body
    text, words = (
        ("", "") if body is None else (to_markdown(_without_title(body, fields.title)), to_words(body))
    )
    problem = _instead_of_text(words, shown, fields.url)
    if problem is not None:
        return Found(title=fields.title, url=fields.url, said=(problem,))
    language, about_language = _language(fields.language, words)
    return Found(
        title=fields.title,
        source=fields.source,
        authors=fields.authors,
        date=fields.date,
        url=fields.url,
        language=language,
        kind=fields.kind,
        described=fields.described,
        text=text,
        words=words,
        said=(*fields.said, *about_language, *_odd(tags, words, shown), *about_encoding(decoded)),
    )


def parsed(text: str) -> HtmlElement | None:
    """The tree of a page; None where there is nothing in it."""
    # lxml reads an encoding that a text declares as if it were still bytes.
    data = _NO_TEXT.sub(" ", text.replace("\0", "")).encode("utf-8", "replace")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    try:
        tree: HtmlElement = document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree


def _shown(tree: HtmlElement) -> str:
    """All the words that a reader could see, shortened."""
    pieces: list[str] = []
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in (
            "script",
            "style",
            "noscript",
            "head",
            "title",
        ):
            pieces.append(element.text or "")
        pieces.append(element.tail or "")
    return " ".join(" ".join(pieces).split())[:20_000]


def _extracted(tree: HtmlElement, address: str) -> trafilatura.settings.Document | None:
    found = trafilatura.bare_extraction(
        tree,
        url=address or None,
        with_metadata=True,
        include_formatting=True,
        include_links=True,
        include_comments=False,
        include_tables=True,
        include_images=False,
        favor_precision=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found if isinstance(found, trafilatura.settings.Document) else None


def _guessed(found: trafilatura.settings.Document | None) -> metadata.Guessed:
    if found is None:
        return metadata.Guessed()
    return metadata.Guessed(found.title or "", found.author or "", found.date or "", found.sitename or "")


def _without_title(body: etree._Element, title: str) -> etree._Element:
    """The text without a first heading that only says its title again."""
    first = next(iter(body), None)
    if first is not None and first.tag == "head" and not (body.text or "").strip():
        said = " ".join("".join(first.itertext()).split()).casefold()
        if said == title.casefold():
            body.remove(first)
    return body


def _instead_of_text(words: str, shown: str, url: str) -> Said | None:
    """The finding where a page gives something else in place of its text."""
    count = len(words.split())
    if count < STUB_WORDS and _CHALLENGE.search(shown[:3000]):
        message = "the server gave a page that asks whether a person is reading, not the text"
        return failed("no-text", message, "open it in a browser, save the page, and clip the file")
    if count < STUB_WORDS and _CONSENT.search(shown[:6000]):
        message = "the server gave a page that asks for consent, not the text"
        return failed(
            "consent-wall", message, "open it in a browser, consent or not, save it, and clip the file"
        )
    if count >= 5:
        return None
    message = "no main text was found in the page"
    return failed("no-text", message, "if a browser shows one, save the page there, and clip the file")


def _language(declared: str, words: str) -> tuple[str, list[Said]]:
    """The language: as declared, unless the text is plainly in another one."""
    seen = language_of(words)
    if seen and declared and declared.partition("-")[0] != seen:
        message = f"the page says that its language is '{declared}', but its text is in '{seen}'"
        return seen, [
            warned("language-differs", message, f"if the page is right, write language: {declared}")
        ]
    return declared or seen, []


def _odd(tags: Tags, words: str, shown: str) -> list[Said]:
    count = len(words.split())
    said = []
    if metadata.is_live(tags):
        message = "the page is a live blog, which goes on being written"
        said.append(warned("live-page", message, "clip it again later: dossier clip --update"))
    if metadata.is_paid_for(tags) or (count < STUB_WORDS and _PAYWALL.search(shown)):
        message = f"the text is for subscribers; the page gave {count} words of it"
        said.append(warned("paywall", message, "write text: excerpts, or clip a page saved by a subscriber"))
    elif count < FEW_WORDS:
        message = f"the text has only {count} words"
        said.append(remarked("short-text", message, "look whether that is all of it"))
    return said


def about_encoding(decoded: Decoded) -> list[Said]:
    """What is to be said of an encoding that nothing declared, or that didn't fit."""
    if decoded.lost:
        message = f"{decoded.lost} bytes of the text aren't {decoded.encoding}, and show as �"
        return [warned("odd-letters", message, "look for � in the text")]
    if decoded.guessed:
        message = f"the page doesn't say how its letters are encoded; {decoded.encoding} fits best"
        return [remarked("odd-letters", message, "look whether the text reads well")]
    return []
