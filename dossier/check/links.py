"""Links out of the site: where each stands, and what an editor is told of those that aren't as they were."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote, urldefrag

from dossier.diagnostics import Diagnostic, Mark, info, warning
from dossier.external.outcomes import Outcome
from dossier.library import Library
from dossier.library.checks import mark_of
from dossier.library.model import copies_of
from dossier.model import Article, Document, LinkState, Parsed, Register

Lines = Callable[[str], Sequence[str]]


class Use(NamedTuple):
    """A place where a link out stands. `field` is the front matter's key, '' in a text or a register."""

    url: str
    path: str
    field: str = ""


def uses_of(files: Mapping[str, Parsed], library: Library) -> tuple[Use, ...]:
    """All links out of the site but those that the settings leave alone, in the order of their files."""
    ignored = library.site.check.ignore_links
    return tuple(use for use in _uses(files, library) if not use.url.startswith(ignored))


def _uses(files: Mapping[str, Parsed], library: Library) -> Iterator[Use]:
    for path, parsed in files.items():
        value = parsed.value
        if isinstance(value, Register):
            yield from (Use(link.url, path) for entity in value.entities for link in entity.links)
        elif path in library.file_targets and isinstance(value, Document):
            if isinstance(value, Article):
                fields = (("url", value.url), ("archive_url", value.archive_url))
                yield from (Use(url, path, field) for field, url in fields if url)
            yield from (Use(url, path) for url in value.body.links)


def findings_of(
    uses: Sequence[Use],
    outcomes: Mapping[str, Outcome],
    on_record: Mapping[str, LinkState],
    library: Library,
    files: Mapping[str, Parsed],
    lines: Lines,
) -> Iterator[Diagnostic]:
    """A finding for each place of each link that isn't as it was.

    None for those of which readers are told already: what is on record, and has a copy or was written there
    by hand. `lines` gives the lines of a file.
    """
    copies = copies_of(library.articles)
    for use in uses:
        outcome = outcomes.get(urldefrag(use.url).url)
        if outcome is None or outcome.state == "fine" or _is_told(outcome, on_record, copies):
            continue
        mark = mark_of(files[use.path], use.field) if use.field else place_of(use.url, lines(use.path))
        yield _FINDINGS[outcome.state](use, mark, outcome, outcome.url in copies)


def _is_told(outcome: Outcome, on_record: Mapping[str, LinkState], copies: Mapping[str, Article]) -> bool:
    state = on_record.get(outcome.url)
    if state is None or outcome.state not in ("dead", "unreachable"):
        return False
    return state.by_hand or outcome.url in copies


def place_of(url: str, lines: Sequence[str]) -> Mark:
    """Where an address stands in a file; its first line where it isn't found as it was written."""
    written = dict.fromkeys(
        [url, unquote(url), url.replace("&", "&amp;"), quote(url, safe=":/?#[]@!$&'()*+,;=%")]
    )
    for candidate in written:
        for number, line in enumerate(lines, start=1):
            column = line.find(candidate)
            while column >= 0:
                if not _goes_on(line[column + len(candidate) :]):
                    return Mark(number, column + 1, len(candidate))
                column = line.find(candidate, column + 1)
    return Mark(1, 1, 0)


def _goes_on(rest: str) -> bool:
    """Whether an address doesn't end where this rest of its line begins."""
    return (
        rest[:1].isalnum()
        or rest[:1] in tuple("/?&=%_~")
        or (rest[:1] in tuple("-.#") and rest[1:2].isalnum())
    )


def _dead(use: Use, mark: Mark, outcome: Outcome, archived: bool) -> Diagnostic:
    message = f"nothing is there any more ({outcome.reason}): {use.url}"
    if archived:
        hint = "run it with --record: pages then lead to the archived copy first"
    else:
        hint = f"look for a copy: https://web.archive.org/web/*/{outcome.url}"
    return warning(use.path, mark, "dead-link", message, hint)


def _unreachable(use: Use, mark: Mark, outcome: Outcome, archived: bool) -> Diagnostic:
    message = f"can't be reached since {outcome.since} ({outcome.reason}): {use.url}"
    return warning(
        use.path, mark, "unreachable-link", message, "look at it in a browser, or check again later"
    )


def _moved(use: Use, mark: Mark, outcome: Outcome, archived: bool) -> Diagnostic:
    return info(use.path, mark, "moved-link", f"has moved for good: {use.url}", f"write {outcome.location}")


def _certificate(use: Use, mark: Mark, outcome: Outcome, archived: bool) -> Diagnostic:
    message = f"browsers will warn of its certificate ({outcome.reason}): {use.url}"
    return warning(use.path, mark, "bad-certificate", message, "look at it in a browser")


def _private(use: Use, mark: Mark, outcome: Outcome, archived: bool) -> Diagnostic:
    message = f"leads to a machine that readers can't reach: {use.url}"
    return warning(
        use.path, mark, "private-link", message, "write a public address; --private asks it all the same"
    )


def _unasked(use: Use, mark: Mark, outcome: Outcome, archived: bool) -> Diagnostic:
    message = f"not checked, {outcome.reason}: {use.url}"
    return info(use.path, mark, "unchecked-link", message, "look at it in a browser")


_FINDINGS = {
    "dead": _dead,
    "unreachable": _unreachable,
    "moved": _moved,
    "certificate": _certificate,
    "private": _private,
    "unasked": _unasked,
}
