"""What an editor would see in a dossier: orphans, gaps, duplicates, quiet topics, reliance on one source.

Each module has one subject and takes a desk: the joined dossier, with the files that it comes from. These
findings are told by `dossier check` alone: none of them keeps a page from being right.
"""

from collections.abc import Mapping

from dossier.check import addresses, claims, gaps, news, orphans, reliance, similarity
from dossier.check.desk import Desk, Texts
from dossier.diagnostics import Diagnostic
from dossier.library import Library
from dossier.model import Parsed

__all__ = ["Desk", "Texts", "editorial"]

SUBJECTS = (orphans.find, claims.find, gaps.find, addresses.find, similarity.find, news.find, reliance.find)


def editorial(
    files: Mapping[str, Parsed], library: Library, today: str, texts: Texts
) -> tuple[Diagnostic, ...]:
    """All that an editor would see.

    `files` are the documents' files by path, `today` is an ISO date, and `texts` gives the articles' texts.
    """
    desk = Desk(library, files, today, texts)
    return tuple(finding for find in SUBJECTS for finding in find(desk))
