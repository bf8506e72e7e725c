"""Articles whose texts are nearly the same: a wire report in two papers, a page clipped twice."""

from collections.abc import Iterator
from functools import lru_cache

from dossier.addresses import normal_address
from dossier.check.desk import Desk
from dossier.check.sketches import Shelf, likeness, passages, shared
from dossier.diagnostics import Diagnostic, warning
from dossier.model import Article

# A sketch of 128 numbers tells the likeness to within some 4 of 100; what may reach the limit is compared.
MARGIN = 0.15
TEXTS_KEPT = 64


def find(desk: Desk) -> Iterator[Diagnostic]:
    """Every article that is nearly the same as one before it, in the order of paths.

    Of many that are alike each is compared with the first, so that they can't be too many pairs.
    """
    least = desk.library.site.check.similarity / 100
    articles = {article.id: article for article in sorted(desk.library.articles, key=_path)}
    sketches = {identifier: desk.texts.sketch(article) for identifier, article in articles.items()}
    shelf = Shelf()

    @lru_cache(TEXTS_KEPT)
    def passages_of(identifier: str) -> set[int]:
        return passages(desk.texts.text(articles[identifier]))

    for identifier, sketch in sketches.items():
        if not sketch:
            continue
        for other in shelf.near(sketch):
            if shared(sketch, sketches[other]) < least - MARGIN:
                continue
            alike = likeness(passages_of(identifier), passages_of(other))
            if alike >= least:
                if not _explained(articles[identifier], articles[other]):
                    yield _finding(desk, articles[identifier], articles[other], alike)
                break
        else:
            shelf.put(identifier, sketch)


def _path(article: Article) -> str:
    return article.path


def _explained(one: Article, other: Article) -> bool:
    """Whether it is known why two are alike: one repeats the other, both the same, or both are one page."""
    if (one.via and one.via in (other.via, other.id)) or other.via == one.id:
        return True
    return bool(one.url and other.url) and normal_address(one.url) == normal_address(other.url)


def _finding(desk: Desk, article: Article, other: Article, alike: float) -> Diagnostic:
    message = f"{int(100 * alike)} % of the text is that of '{other.id}'"
    hint = f"keep one of the two, or say where the text comes from, as via: {other.id}"
    return warning(article.path, desk.mark(article, "title"), "near-duplicate", message, hint)
