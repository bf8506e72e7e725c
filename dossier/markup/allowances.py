"""Comments that allow a kind of finding: `<!-- dossier: allow near-duplicate: both are cited -->`."""

import re
from typing import NamedTuple

EXAMPLE = "<!-- dossier: allow unknown-link: the page comes next week -->"

_COMMENT = re.compile(r"<!--\s*dossier:(.*?)-->", re.DOTALL)
_ALLOWED = re.compile(r"allow\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*(.*))?", re.DOTALL)


class Allowed(NamedTuple):
    """The codes that a comment allows, and why; without a reason that is empty."""

    codes: tuple[str, ...]
    reason: str


def words_of(comment: str) -> str | None:
    """What a comment says to dossier; None where it says nothing to it."""
    match = _COMMENT.search(comment)
    return " ".join(match[1].split()) if match else None


def read(words: str) -> Allowed | None:
    """What is allowed by these words; None where they say something else."""
    match = _ALLOWED.fullmatch(words)
    if match is None:
        return None
    codes = tuple(dict.fromkeys(code.strip() for code in match[1].split(",")))
    return Allowed(codes, (match[2] or "").strip())
