"""Articles that are one and the same page on the web, however its address is written."""

from collections.abc import Iterator

from dossier.addresses import normal_address
from dossier.check.desk import Desk
from dossier.diagnostics import Diagnostic, warning


def find(desk: Desk) -> Iterator[Diagnostic]:
    """Every article whose address is that of one before it, in the order of paths."""
    first: dict[str, str] = {}
    for article in sorted(desk.library.articles, key=lambda article: article.path):
        if not article.url:
            continue
        other = first.setdefault(normal_address(article.url), article.id)
        if other != article.id:
            message = f"the same page as '{other}'"
            hint = f"keep one of the two files, and name it where the other was named: [@{other}]"
            yield warning(article.path, desk.mark(article, "url"), "same-url", message, hint)
