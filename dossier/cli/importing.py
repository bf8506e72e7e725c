"""`dossier import …`: arguments to a call, and what came of it in words."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from dossier.cli.clipping import now, require_packages
from dossier.cli.printing import print_diagnostics, say
from dossier.cli.progress import Progress
from dossier.diagnostics import Diagnostic, DossierError, Mark, Severity, error, printable, with_excerpts
from dossier.findings.policy import Policy, judged
from dossier.frontmatter import lines_of
from dossier.summary import counted

if TYPE_CHECKING:
    from dossier.clip.fetching import Manner
    from dossier.importing.holdings import Holdings
    from dossier.importing.items import Batch
    from dossier.importing.taking import Asked

LARGEST_SHOWN = 16 << 20


def import_file(site: Path, form: str, files: Sequence[Path], options: Mapping[str, Any]) -> int:
    """Import exports that are one file each. Returns the exit code."""
    if options["fetch"]:
        require_packages("dossier import")
    return _run(site, options, lambda: _together(_read(form, file) for file in files))


def import_feed(site: Path, sources: Sequence[str], options: Mapping[str, Any]) -> int:
    """Import feeds, from files or from the web. Returns the exit code."""
    require_packages("dossier import", "feedparser")
    return _run(site, options, lambda: _together(_feed(source, options) for source in sources))


def import_folder(site: Path, form: str, folder: Path, options: Mapping[str, Any]) -> int:
    """Import a folder of Markdown that another program keeps. Returns the exit code."""
    import dossier.importing.hugo as hugo
    import dossier.importing.jekyll as jekyll
    import dossier.importing.obsidian as obsidian

    readers = {"obsidian": obsidian.read_vault, "hugo": hugo.read_site, "jekyll": jekyll.read_site}
    kind = {"articles": "article", "notes": "note", "auto": "auto"}[options["kind"]]
    return _run(site, options, lambda: readers[form](folder, site, kind, options["today"]))


def _together(batches: "Iterable[Batch]") -> "Batch":
    """Several files as one, so that what two of them hold is one article."""
    from dossier.importing.items import Batch

    whole = Batch()
    for batch in batches:
        whole.add(batch)
    return whole


def _read(form: str, file: Path) -> "Batch":
    from dossier.importing.exports import Request, read_apart

    return read_apart(Request(form, str(file), _bytes(file)))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        wrong = error(str(file), Mark(), "unreadable", f"can't be read: {reason}", "check its name")
        raise DossierError(wrong) from None


def _feed(source: str, options: Mapping[str, Any]) -> "Batch":
    from dossier.clip.fetching import FetchError, fetch
    from dossier.importing.exports import Request, read_apart

    if "://" not in source:
        return _without_teasers(_read("feed", Path(source)), options)
    try:
        taken = fetch(source, _manner(options), now())
    except FetchError as failure:
        raise DossierError(failure.said.of(source)) from None
    for hop in taken.hops:
        say(printable(f"{source}: {hop.status}, from {hop.address}"), to=sys.stderr)
    return _without_teasers(read_apart(Request("feed", source, taken.data, taken.address)), options)


def _without_teasers(batch: "Batch", options: Mapping[str, Any]) -> "Batch":
    """A feed's entries, where their pages are to be fetched: what only tells of a text makes way for it."""
    if options["fetch"]:
        batch.items = [
            replace(item, body="", text="summary", described=item.body) if item.text == "excerpts" else item
            for item in batch.items
        ]
    return batch


def _manner(options: Mapping[str, Any]) -> "Manner":
    from dossier.clip.fetching import Limits, Manner

    return Manner(Limits(size=options["largest"] << 20), options["private"], options["contact"])


# ---------------------------------------------------------------- what all have in common


def _run(site: Path, options: Mapping[str, Any], read: "Callable[[], Batch]") -> int:
    from dossier.importing.holdings import Holdings
    from dossier.importing.taking import Asked, take, usable_topics

    with Progress() as progress:
        asked = Asked(
            site=site,
            today=options["today"],
            dry=options["dry_run"],
            draft=options["draft"],
            topics=tuple(options["topics"]),
            tags=tuple(options["tags"]),
            progress=progress,
        )
        holdings = Holdings(site)
        if wrong := usable_topics(asked, holdings):
            raise DossierError(*wrong)
        telling = _Telling(holdings, asked)
        batch = read()
        written: list[str] = []
        telling.count["read"] = batch.read or len(batch.items)
        telling.say(batch.findings)
        try:
            for outcome in take(asked, holdings, batch):
                telling.count[outcome.state] += 1
                telling.say(outcome.findings)
                if outcome.state == "written":
                    item = outcome.item
                    say(printable(f"{outcome.path}: {item.title}"))
                    telling.without += not item.url
                    written += [item.url] if item.url and item.text == "summary" else []
            if options.get("fetch") and not asked.dry:
                _fetch(site, written, options, telling, progress)
        except OSError as problem:
            raise DossierError(_disk(problem)) from None
    telling.sum_up()
    if options.get("kind") == "articles" and telling.without:
        told = f"{counted(telling.without, 'article')} without an address"
        say(f"{told}: your own writing comes in with --as notes")
    return int(telling.failing)


def _fetch(
    site: Path, addresses: list[str], options: Mapping[str, Any], telling: "_Telling", progress: Progress
) -> None:
    """Clip the pages of articles that were just written: their texts, with their bytes as evidence.

    A note that stands in the place of a text stays there.
    """
    from dossier.clip import clipping

    asked = clipping.Asked(
        site=site,
        inputs=addresses,
        now=now(),
        stdin=sys.stdin.buffer,
        manner=_manner(options),
        update=True,
        jobs=min(4, os.cpu_count() or 1),
        progress=progress,
    )
    for outcome in clipping.clip(asked):
        telling.say([finding for finding in outcome.findings if finding.code != "edited-text"])
        if outcome.state == "updated":
            telling.count["fetched"] += 1
            say(printable(f"{outcome.path}: fetched"))


class _Telling:
    """What is said while a call goes on, and at its end."""

    def __init__(self, holdings: "Holdings", asked: "Asked") -> None:
        self.count: Counter[str] = Counter()
        self.failing = False
        self.without = 0
        self._policy = Policy(holdings.settings.findings)
        self._dry = asked.dry
        self._lines: dict[str, Sequence[str]] = {}

    def say(self, findings: Sequence[Diagnostic]) -> None:
        kept = judged(findings, self._policy)
        self.failing |= any(finding.severity == Severity.ERROR for finding in kept)
        print_diagnostics(with_excerpts(kept, self._lines_of))

    def _lines_of(self, place: str) -> Sequence[str]:
        """A file's lines; none of what was fetched. The last file's are kept: findings come file by file."""
        if place not in self._lines:
            self._lines.clear()
            path = Path(place)
            readable = path.is_file() and path.stat().st_size <= LARGEST_SHOWN
            self._lines[place] = lines_of(path.read_bytes()) if readable else ()
        return self._lines[place]

    def sum_up(self) -> None:
        done = "would be written" if self._dry else "written"
        words = {"written": done, "on-file": "on file already", "failed": "not importable"}
        told = [f"{self.count[state]:,} {word}" for state, word in words.items() if self.count[state]]
        left_out = self.count["read"] - sum(self.count[state] for state in words)
        told += [f"{left_out:,} left out"] if left_out > 0 else []
        told += [f"{self.count['fetched']:,} fetched"] if self.count["fetched"] else []
        say(f"{counted(self.count['read'], 'item')} read: {', '.join(told) or 'nothing written'}")


def _disk(problem: OSError) -> Diagnostic:
    cause = (problem.strerror or str(problem)).lower()
    place = os.path.relpath(problem.filename) if problem.filename else "content"
    hint = "make room, or check who may write; what was written is whole"
    return error(place, Mark(), "disk", f"could not write: {cause}", hint)
