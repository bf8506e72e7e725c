"""What is about to be written, joined with the site it comes into: whatever would fail a build is taken out.

A wiki link, a citation or a path that leads nowhere becomes text, a field that can't be read goes. A text
that can't be shown at all keeps its document from being written.
"""

import re
from collections.abc import Iterable, Sequence

from dossier import documents
from dossier.diagnostics import Diagnostic, Severity
from dossier.importing.holdings import Holdings
from dossier.library.join import link
from dossier.model import Parsed, Record

ROUNDS = 6
_WIKI = re.compile(r"!?\[\[([^\[\]\n|]*)(?:\\?\|([^\[\]\n]*))?\]\]")
_LINKED = re.compile(
    r"!?\[((?:[^\[\]\n\\]|\\.|\[[^\[\]\n]*\])*)\]"
    r"\((?:<[^<>\n]*>|[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)"
)

# What follows the `#` of a link, up to its words or its end.
_FRAGMENT = re.compile(r"(?<=[^\[(])#[^\[\]|()<>\\]*(?=\||\\\||\]\]$|>?\)$)")


class Draft(Record, frozen=True):
    """A file that isn't written yet, what had to be taken out of it, and why it can't be written, or ''."""

    path: str
    content: str
    taken_out: tuple[Diagnostic, ...] = ()
    refused: tuple[Diagnostic, ...] = ()


def proved(holdings: Holdings, drafts: Sequence[Draft], files: Iterable[str], today: str) -> list[Draft]:
    """The drafts as they can be written. `files` are those that come with them, as paths in the site."""
    new = {draft.path: draft for draft in drafts}
    parsed = {path: _parsed(draft) for path, draft in new.items()}
    paths = frozenset(holdings.files | set(files) | set(new))
    for last in (*[False] * ROUNDS, True):
        wrong = _errors(
            holdings, [each for path, each in parsed.items() if not new[path].refused], paths, today
        )
        if not wrong:
            break
        for path, findings in wrong.items():
            new[path] = _refused(new[path], findings) if last else _mended(new[path], findings)
            parsed[path] = _parsed(new[path])
    return [new[draft.path] for draft in drafts]


def _parsed(draft: Draft) -> Parsed:
    return documents.parse(draft.path, draft.content.encode("utf-8", "replace"))


def _errors(
    holdings: Holdings, parsed: Sequence[Parsed], paths: frozenset[str], today: str
) -> dict[str, list[Diagnostic]]:
    """The errors of new files, by their paths: with drafts, and without."""
    found = [finding for each in parsed for finding in each.diagnostics]
    for drafts in (False, True):
        found += link([*holdings.parsed, *parsed], paths, today, drafts)[1]
    new = {each.path for each in parsed}
    wrong: dict[str, list[Diagnostic]] = {}
    for finding in dict.fromkeys(found):
        if finding.severity == Severity.ERROR and finding.path in new:
            wrong.setdefault(finding.path, []).append(finding)
    return wrong


def _refused(draft: Draft, findings: Iterable[Diagnostic]) -> Draft:
    return Draft(draft.path, draft.content, draft.taken_out, tuple(findings))


def _mended(draft: Draft, findings: Sequence[Diagnostic]) -> Draft:
    """The draft without what is wrong in it, the last first, so that places hold."""
    lines = draft.content.split("\n")
    end = lines.index("---", 1)
    hopeless = []
    gone: set[int] = set()
    for finding in sorted(findings, reverse=True):
        number = finding.mark.line - 1
        if 0 < number < end:
            _drop_field(lines, number, end, gone)
        elif number <= end or number >= len(lines) or not _mend_line(lines, finding):
            hopeless.append(finding)
    if hopeless:
        return _refused(draft, hopeless)
    content = "\n".join(line for number, line in enumerate(lines) if number not in gone)
    return Draft(draft.path, content, (*draft.taken_out, *reversed(findings)))


def _drop_field(lines: list[str], number: int, end: int, gone: set[int]) -> None:
    while number > 1 and lines[number][:1] in (" ", "-"):
        number -= 1
    if lines[number].startswith("title:"):
        lines[number] = "title: Untitled"
        return
    gone.add(number)
    while number + 1 < end and lines[number + 1][:1] in (" ", "-"):
        number += 1
        gone.add(number)


def _mend_line(lines: list[str], finding: Diagnostic) -> bool:
    """Make text of what stands at a finding's place; False where nothing is known to be done."""
    number, at = finding.mark.line - 1, max(finding.mark.column - 1, 0)
    line = lines[number]
    if finding.code == "unclosed-comment":
        start = line.find("<!--", max(0, at - 4))
        if start < 0:
            return False
        lines[number] = line[:start] + "\\" + line[start:]
        return True
    for pattern in (_WIKI, _LINKED):
        for match in pattern.finditer(line):
            if match.start() <= at < match.end():
                if finding.code == "unknown-anchor" and (led := _FRAGMENT.sub("", match[0])) != match[0]:
                    lines[number] = line[: match.start()] + led + line[match.end() :]
                    return True
                words = match[1] if pattern is _LINKED else match[2] or match[1].strip("#")
                lines[number] = line[: match.start()] + words + line[match.end() :]
                return True
    start = line.rfind("@", 0, at + 1)
    if start >= 0 and finding.code in ("unknown-citation", "draft-target", "quotation-differs"):
        lines[number] = line[:start] + "\\" + line[start:]
        return True
    return False
