"""`dossier clip` and `dossier verify`: arguments to a call, and what came of it in words."""

import importlib.util
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier.cli.printing import print_diagnostics, say
from dossier.cli.progress import Progress
from dossier.diagnostics import Diagnostic, DossierError, Mark, Severity, error, printable
from dossier.documents import parse
from dossier.findings.policy import Policy, judged
from dossier.model import Site
from dossier.summary import counted

if TYPE_CHECKING:
    from dossier.clip.clipping import Asked, Outcome
    from dossier.clip.verifying import Verdict

PACKAGES = (
    "trafilatura",
    "lxml",
    "lxml_html_clean",
    "httpx",
    "httpcore",
    "pdfminer",
    "warcio",
    "ahocorasick_rs",
)
SINGLE = ("title", "source", "date", "url", "language", "kind")
SEVERAL = ("authors", "topics", "people", "organizations", "places")
SHOWN_DIFF = 40


def require_packages(command: str = "dossier clip", *more: str) -> None:
    """Raise DossierError where what clipping stands on, or one of `more`, isn't installed."""
    missing = [name for name in (*more, *PACKAGES) if importlib.util.find_spec(name) is None]
    if missing:
        message = f"this needs packages that aren't installed: {', '.join(missing)}"
        hint = "install them: python -m pip install 'dossier-site[clip]'"
        raise DossierError(error(command, Mark(), "clip-missing", message, hint))


def run_clip(site: Path, inputs: Sequence[str], options: Mapping[str, Any]) -> int:
    """Clip, and tell what came of it. Returns the exit code."""
    require_packages()
    from dossier.clip.clipping import clip

    states: Counter[str] = Counter()
    policy = Policy(_settings(site).findings)
    failing = False
    with Progress() as progress:
        asked = _asked(site, inputs, options, progress)
        try:
            for outcome in clip(asked):
                states[outcome.state] += 1
                findings = judged(outcome.findings, policy)
                failing |= any(finding.severity == Severity.ERROR for finding in findings)
                _tell(outcome, findings, dry=asked.dry)
        except OSError as problem:
            raise DossierError(_disk(problem)) from None
        except KeyboardInterrupt:
            progress.end()
            # Python would wait for threads that wait for servers. What is kept is whole at any moment.
            os._exit(130)
    if sum(states.values()) != 1:
        say(
            "; ".join(f"{count} {state.replace('-', ' ')}" for state, count in states.items())
            or "nothing to clip"
        )
    return int(failing)


def _asked(site: Path, inputs: Sequence[str], options: Mapping[str, Any], progress: Progress) -> "Asked":
    from dossier.clip.clipping import Asked
    from dossier.clip.fetching import Limits, Manner
    from dossier.clip.inputs import listed_in

    named = list(inputs)
    if options["listed"] is not None:
        try:
            named += listed_in(options["listed"].read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as problem:
            message = f"the list can't be read: {problem}"
            hint = "give a UTF-8 text with an address or a file's name on each line"
            raise DossierError(error(str(options["listed"]), Mark(), "no-source", message, hint)) from None
    if not named:
        message = "nothing to clip was named"
        hint = "give addresses, files, or --from a list of them: dossier clip https://example.org/page"
        raise DossierError(error("dossier clip", Mark(), "no-source", message, hint))
    given = [(key, (options[key],)) for key in SINGLE if options[key]]
    given += [(key, tuple(options[key])) for key in SEVERAL if options[key]]
    _check_given(dict(given))
    return Asked(
        site=site,
        inputs=named,
        now=now(),
        stdin=sys.stdin.buffer,
        manner=Manner(
            Limits(size=options["largest"] << 20),
            options["private"],
            options["contact"] or _settings(site).url,
        ),
        archive=options["archive"],
        archive_base=options["archive_at"].rstrip("/"),
        update=options["update"],
        dry=options["dry_run"],
        fill_in=options["yes"],
        jobs=options["jobs"] or min(4, os.cpu_count() or 1),
        given=tuple(given),
        progress=progress,
    )


def _check_given(given: Mapping[str, tuple[str, ...]]) -> None:
    """Raise DossierError with what is wrong in a field that was stated, at the option that states it."""
    lines = [
        f"{key}: {values[0]!r}" for key, values in given.items() if key in ("date", "url", "language", "kind")
    ]
    text = "---\ntitle: t\n" + "\n".join(lines) + "\n---\n"
    found = parse("content/articles/stated.md", text.encode()).diagnostics
    keys = [line.partition(":")[0] for line in lines]
    wrong = [
        error(f"--{keys[one.mark.line - 3]}", Mark(), "bad-field", one.message, one.hint)
        for one in found
        if one.severity == Severity.ERROR and 0 <= one.mark.line - 3 < len(keys)
    ]
    if wrong:
        raise DossierError(*wrong)


def _settings(site: Path) -> Site:
    """What `site.yaml` says, as far as it can be read."""
    settings = parse("site.yaml", (site / "site.yaml").read_bytes()).value
    return settings if isinstance(settings, Site) else Site(title="Untitled")


def _tell(outcome: "Outcome", findings: Iterable[Diagnostic], dry: bool) -> None:
    for hop in outcome.hops:
        say(printable(f"{outcome.name}: {hop.status}, from {hop.address}"), to=sys.stderr)
    print_diagnostics(findings)
    if outcome.state == "written":
        say(f"{outcome.path} would be written:\n\n{_terminal(outcome.content)}" if dry else outcome.path)
    elif outcome.state == "updated":
        say(f"{outcome.path} {'would be ' if dry else ''}updated")
        say(_terminal(outcome.diff))
    elif outcome.state == "unchanged":
        say(f"{outcome.path} is as it was")


def _terminal(text: str) -> str:
    """A text of several lines that can't steer the terminal."""
    return "\n".join(printable(line) for line in text.split("\n"))


def run_verify(site: Path, strict: bool, diffs: bool) -> int:
    """Tell which articles' texts still are what was captured. Returns the exit code."""
    require_packages()
    from dossier.clip.verifying import verify

    policy = Policy(_settings(site).findings)
    states: Counter[str] = Counter()
    failing = False
    with Progress() as progress:
        for verdict in verify(site, progress):
            states[verdict.state] += 1
            findings = judged(verdict.findings, policy)
            failing |= any(
                finding.severity == Severity.ERROR or (strict and finding.severity == Severity.WARNING)
                for finding in findings
            )
            print_diagnostics(findings)
            _tell_diff(verdict, diffs)
    words = {
        "matches": "as captured",
        "differs": "changed since",
        "missing": "without the capture that they name",
        "damaged": "with a damaged capture",
        "not-comparable": "captured, but only summed up here",
        "not-captured": "never captured",
    }
    told = [f"{count:,} {words[state]}" for state in words if (count := states[state])]
    say(f"{counted(sum(states.values()), 'article')}: {', '.join(told) or 'none'}")
    return int(failing)


def _tell_diff(verdict: "Verdict", whole: bool) -> None:
    lines = verdict.diff.split("\n") if verdict.diff else []
    shown = lines if whole else lines[:SHOWN_DIFF] if len(lines) <= SHOWN_DIFF else []
    if shown:
        say(_terminal("\n".join(shown)))


def _disk(problem: OSError) -> Diagnostic:
    cause = (problem.strerror or str(problem)).lower()
    message = f"could not write: {cause}"
    return error(
        str(problem.filename or "content"), Mark(), "disk", message, "make room, or check who may write"
    )


def now() -> str:
    """The time in UTC; that of SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")
