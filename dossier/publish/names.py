"""Which names a published tree may have: those that every file system takes, each its own file everywhere."""

import re
from collections.abc import Iterable, Iterator

from dossier.diagnostics import Diagnostic, Mark, error
from dossier.output import folded
from dossier.walking import ignored

LONGEST = 255
# Names that Windows keeps for devices, whatever the suffix.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
# What of hidden files a host has a use for.
KNOWN = (".nojekyll", ".well-known")


def name_findings(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Findings for paths that can't be checked out everywhere, collide there, or aren't for the public."""
    seen: dict[str, str] = {}
    for path in sorted(paths):
        for part in path.split("/"):
            problem = name_problem(part)
            if problem:
                message = f"this name can't be published: it {problem}"
                yield error(path, Mark(), "forbidden-name", message, "rename the file that it comes from")
        parts = path.split("/")
        for end in range(1, len(parts) + 1):
            place = "/".join(parts[:end])
            other = seen.setdefault(folded(place), place)
            if other != place:
                message = f"'{path}' and '{other}' would be the same on systems that don't tell their case"
                yield error(path, Mark(), "output-collision", message, "rename one of their sources")
                break


def name_problem(part: str) -> str:
    """Why a part of a path can't be published, or ''."""
    if _DEVICE.fullmatch(part):
        return "is a device on Windows"
    if _FORBIDDEN.search(part):
        return "has a character that Windows forbids"
    if part.endswith((".", " ")):
        return "ends in a dot or a space, which Windows drops"
    if len(part.encode("utf-8", "surrogateescape")) > LONGEST:
        return f"is longer than {LONGEST} bytes"
    if part.lower() in (".git", "git~1"):
        return "is git's own"
    if part not in KNOWN and ignored(part):
        return "is that of a hidden file, or of one that an editor left behind"
    return ""
