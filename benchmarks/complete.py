"""Is a built site complete? A benchmark of half a site is worth nothing.

Counts pages, follows every internal link, and compares a sample of articles word for word with the corpus
they were made from. Prints what it found as JSON: `python complete.py PUBLIC --size 1000`.
"""

from __future__ import annotations

import argparse
import html
import json
import posixpath
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote

from corpus import Article, Corpus, Note, make_article, make_corpus, make_note
from layouts import SITE_URL

HREF = re.compile(r"""<a\b[^>]*?\shref=(?:"([^"#?]*)|'([^'#?]*)|([^\s>"'#?]+))""")
TAG = re.compile(r"<[^>]*>")
LINK_TARGET = re.compile(r"\]\([^)]*\)")
NOT_WORDS = re.compile(r"[^\w]+")
SAMPLED_ARTICLES = 50


@dataclass(frozen=True)
class Completeness:
    """What a built site holds. `pages` counts HTML files by top folder; `faults` are the first ten."""

    files: int
    megabytes: float
    pages: dict[str, int]
    links: int
    faults: list[str]


def inspect(public: Path, corpus: Corpus) -> Completeness:
    """Count, follow the links, and compare a sample with the corpus."""
    sizes = {path.relative_to(public).as_posix(): path.stat().st_size for path in files(public)}
    pages = Counter(name.rpartition("/")[0].split("/")[0] for name in sizes if name.endswith(".html"))
    broken, links = follow_links(public, set(sizes))
    faults = [*broken, *missing_pages(corpus, set(sizes)), *missing_words(public, corpus)]
    return Completeness(len(sizes), sum(sizes.values()) / 1e6, dict(pages), links, faults[:10])


def files(public: Path) -> Iterator[Path]:
    """Every file of a site."""
    return (path for path in public.rglob("*") if path.is_file())


def follow_links(public: Path, present: set[str]) -> tuple[list[str], int]:
    """Internal links that lead nowhere, and how many links there are."""
    broken, count = [], 0
    for name in sorted(present):
        if not name.endswith(".html"):
            continue
        for href in hrefs((public / name).read_text(encoding="utf-8")):
            count += 1
            target = internal_target(name, href)
            if target is not None and target not in present:
                broken.append(f"{name} links to {href}, which is not there")
    return broken, count


def hrefs(page: str) -> Iterator[str]:
    """The addresses that a page's links lead to, without fragments."""
    return (html.unescape(next(filter(None, match), "")) for match in HREF.findall(page))


def internal_target(page: str, href: str) -> str | None:
    """The file that a link leads to, or None for links out and links within the page."""
    href = href.removeprefix(SITE_URL.rstrip("/"))
    if not href or re.match(r"[a-z]+:|//", href):
        return None
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), unquote(href))).lstrip("/")
    return posixpath.join(path, "index.html") if href.endswith("/") or path in ("", ".") else path


def missing_pages(corpus: Corpus, present: set[str]) -> Iterator[str]:
    """Articles, notes and topics that have no page."""
    # The 404 page of MkDocs and Zensical and the lists of dossier and Hugo come on top of these.
    expected = [f"articles/{article.id}.html" for article in corpus.articles()]
    expected += [f"notes/{note.id}.html" for note in corpus.notes()]
    expected += [f"topics/{topic.id}.html" for topic in corpus.topics]
    return (f"{name} is missing" for name in expected if name not in present)


def missing_words(public: Path, corpus: Corpus) -> Iterator[str]:
    """Sampled articles and notes whose page lacks words of their text or a link of their metadata."""
    rng = random.Random(corpus.seed)
    for number in rng.sample(range(corpus.size), min(SAMPLED_ARTICLES, corpus.size)):
        article = make_article(corpus, number)
        page = (public / "articles" / f"{article.id}.html").read_text(encoding="utf-8")
        yield from article_faults(article, page)
    note = make_note(corpus, 0)
    page = (public / "notes" / f"{note.id}.html").read_text(encoding="utf-8")
    yield from note_faults(note, page)


def article_faults(article: Article, page: str) -> Iterator[str]:
    """What an article's page lacks."""
    words = plain_words(TAG.sub(" ", page))
    for block in [article.title, *article.body.split("\n\n")]:
        # A list's items are one block of the source; the marks of its items are no words.
        if plain_words(LINK_TARGET.sub("]", block)) not in words:
            yield f"articles/{article.id}.html lacks the text {block[:60]!r}"
    entities = (article.source, *article.people, *article.organizations, *article.places)
    named = [entity.id for entity in entities] + [topic.id for topic in article.topics]
    linked = {posixpath.basename(unquote(href)).removesuffix(".html") for href in hrefs(page)}
    for target in named:
        if target not in linked:
            yield f"articles/{article.id}.html has no link to {target}"


def note_faults(note: Note, page: str) -> Iterator[str]:
    """Citations that a note's page doesn't link to."""
    linked = {posixpath.basename(unquote(href)).removesuffix(".html") for href in hrefs(page)}
    for part in note.text:
        if not isinstance(part, str) and part.article.id not in linked:
            yield f"notes/{note.id}.html has no link to {part.article.id}"


def plain_words(text: str) -> str:
    """A text's words alone, so that quotation marks and markup don't matter."""
    return f" {NOT_WORDS.sub(' ', html.unescape(text)).strip()} "


def main() -> None:
    """Inspect one site; exit code 1 where it has a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("public", type=Path)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = inspect(options.public, make_corpus(options.size, options.seed))
    print(json.dumps(asdict(found), indent=1, ensure_ascii=False))
    raise SystemExit(1 if found.faults else 0)


if __name__ == "__main__":
    main()
