"""`python tests/reliability.py`: all that is promised of reliability and security, tried, as one table.

Each line is a subject, with how many cases were tried, held and lost. `--quick` leaves out what takes more
than seconds, `--every` tries each system call instead of some, which takes an hour; other options go to
pytest. Exits non-zero where a case was lost.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

REPOSITORY = Path(__file__).parents[1]
SUBJECTS: dict[str, tuple[str, ...]] = {
    "hostile texts, in every field and in a browser": (
        "tests/trust/test_hostile_pages.py",
        "tests/markup/test_hostile.py",
        "tests/theme/test_escaping.py",
        "tests/theme/test_reach.py",
    ),
    "what is written is read back": ("tests/trust/test_sinks.py", "tests/bibliography/test_round_trip.py"),
    "work that is bounded": ("tests/trust/test_bounded.py", "tests/trust/test_expressions.py"),
    "mistakes that are said": ("tests/broken", "tests/documents", "tests/library/test_findings.py"),
    "fuzzing": ("tests/trust/test_fuzz.py",),
    "system calls that fail": ("tests/trust/test_failing_calls.py", "tests/engine/test_disk.py"),
    "builds that are killed": ("tests/engine/test_kills.py", "tests/publish/test_kills.py"),
    "files that change meanwhile": ("tests/trust/test_races.py", "tests/engine/test_two_at_once.py"),
    "where a site may be written": ("tests/engine/test_output.py",),
    "names, links and loops": ("tests/engine/test_sources.py", "tests/library/test_lookalikes.py"),
    "kept results that are damaged": ("tests/engine/test_cache.py", "tests/engine/test_standing.py"),
    "the same bytes": (
        "tests/trust/test_same_bytes.py",
        "tests/site/test_same_bytes.py",
        "tests/engine/test_any_order.py",
    ),
    "nothing gets out": ("tests/site/test_hidden.py", "tests/publish/test_leaks.py"),
    "the preview": ("tests/serve/test_server.py", "tests/serve/test_broken.py"),
    "publishing": ("tests/publish/test_refusals.py", "tests/publish/test_untouched.py"),
}


class Tally(NamedTuple):
    """The cases of a subject: those within one test count each, where the test says how many there were."""

    tried: int = 0
    lost: int = 0
    skipped: int = 0
    seconds: float = 0


def tried(paths: tuple[str, ...], options: list[str]) -> Tally:
    """Run the tests of a subject."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        started = time.monotonic()
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            f"--junit-xml={report}",
            "-o",
            "junit_family=legacy",
            *options,
            *paths,
        ]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
        if not report.exists():
            sys.exit(done.stdout + done.stderr)
        cases = list(ElementTree.parse(report).getroot().iter("testcase"))
        broken = [
            case for case in cases if case.find("failure") is not None or case.find("error") is not None
        ]
        if broken:
            print(done.stdout[-3000:], file=sys.stderr)
    skipped = [case for case in cases if case.find("skipped") is not None]
    count = sum(int(_said(case, "cases") or 1) for case in cases if case not in skipped)
    return Tally(count, len(broken), len(skipped), time.monotonic() - started)


def _said(case: ElementTree.Element, name: str) -> str:
    for said in case.iter("property"):
        if said.get("name") == name:
            return said.get("value", "")
    return ""


def main(arguments: list[str]) -> int:
    """Print the table."""
    options = [one for one in arguments if one not in ("--quick", "--every")]
    options += [] if "--quick" in arguments else ["-m", "slow or not slow"]
    if "--every" in arguments:
        os.environ["DOSSIER_FAULTS"] = "every"
    print("| | tried | held | lost | left out here | seconds |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    total = Tally()
    for subject, paths in SUBJECTS.items():
        tally = tried(paths, options)
        total = Tally(*(one + other for one, other in zip(total, tally, strict=True)))
        print(row(subject, tally), flush=True)
    print(row("**all**", total))
    return int(total.lost > 0)


def row(subject: str, tally: Tally) -> str:
    """A line of the table."""
    held = tally.tried - tally.lost
    return (
        f"| {subject} | {tally.tried:,} | {held:,} | {tally.lost} | {tally.skipped} | {tally.seconds:.0f} |"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
