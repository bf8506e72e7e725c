"""What a build did, in a line."""

import os


def counted(number: int, word: str) -> str:
    """A number with its noun.

    >>> counted(1, "page"), counted(12, "page")
    ('1 page', '12 pages')
    """
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def summary(
    pages: int, folder: str, seconds: float, *, written: int = 0, removed: int = 0, warnings: int = 0
) -> str:
    """How many pages a site has, what was changed of them, and where to look."""
    done = f"{written:,} written, {removed:,} removed in {seconds:.1f} s"
    warned = f"; {counted(warnings, 'warning')}" if warnings else ""
    return f"{counted(pages, 'page')}, {done} → {os.path.join(shown_path(folder), 'index.html')}{warned}"


def shown_path(path: str) -> str:
    """A path as a person here would write it: relative where it lies below."""
    here = os.path.join(os.getcwd(), "")
    return path[len(here) :] if path.startswith(here) else path
