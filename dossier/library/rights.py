"""What may be published of an article's text."""

from dossier.library.model import Library
from dossier.model import Article, Rights


def shown_of(library: Library, article: Article) -> Rights:
    """How much of an article's body is published: a curator's own summary always in full."""
    if article.text == "summary":
        return "full"
    return article.rights or library.site.rights
