"""Measures dossier against other static-site generators on the same corpus, machine and hour.

    python benchmarks/run.py --sizes 1000,10000 --runs 5

Every build is a fresh process. Generators take turns within each round, in an order that turns with the
rounds, so that a machine that slows down slows all of them. README.md says what is equal and what isn't.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from measure import Sample, machine_pace, run, tree_peak_mb
from report import write_report
from sites import HERE, Edit, Site, make_cold, make_edits, make_site
from tools import FINDERS, Missing, Setup, Tool, dossier_command, find_tool

REPOSITORY = HERE.parent


@dataclass(frozen=True)
class Series:
    """All runs of one kind of build by one generator at one size."""

    size: int
    tool: str
    work: str
    samples: list[Sample] = field(default_factory=list)
    tree_mb: list[float] = field(default_factory=list)
    skipped: str = ""


@dataclass(frozen=True)
class WarmUp:
    """What the uncounted builds told: a reason to leave the generator out, or its memory and its site."""

    failure: str
    tree_mb: list[float] = field(default_factory=list)
    complete: Any = None


@dataclass(frozen=True)
class Options:
    """What to measure."""

    sizes: tuple[int, ...]
    runs: int
    limit: float
    seed: int
    work: Path
    tools: tuple[str, ...]
    results: Path
    setup: Setup
    keep: bool


def say(text: str) -> None:
    """Tell how far the benchmark is."""
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- one size


def measure_size(
    options: Options, tools: Sequence[Tool], size: int, known: Sequence[Series]
) -> tuple[list[Series], dict[str, Any]]:
    """All generators at one size: warm-up and checks first, then the rounds. Series and completeness."""
    series: dict[tuple[str, str], Series] = {}
    complete: dict[str, Any] = {}
    sites: list[Site] = []
    for tool in tools:
        site, warm = prepare(options, tool, size, known)
        if site is None:
            series[tool.name, "cold"] = Series(size, tool.name, "cold", skipped=warm.failure)
            continue
        sites.append(site)
        complete[tool.name] = warm.complete
        for work in tool.works:
            series[tool.name, work] = Series(size, tool.name, work)
        series[tool.name, "cold"].tree_mb.extend(warm.tree_mb)
    measure_rounds(options, sites, series)
    return list(series.values()), complete


def prepare(options: Options, tool: Tool, size: int, known: Sequence[Series]) -> tuple[Site | None, WarmUp]:
    """Make and warm up a generator's site. No site where it is too slow or fails, and the reason."""
    if reason := hopeless(tool, size, known, options.limit):
        return None, WarmUp(reason)
    say(f"{size} articles: {tool.name}, warm-up and check")
    site = make_site(tool, options.work, size, options.seed)
    warm = warm_up(site, options.limit)
    return (None if warm.failure else site), warm


def measure_rounds(options: Options, sites: list[Site], series: dict[tuple[str, str], Series]) -> None:
    """The counted rounds: in each, every generator's builds, in an order that turns."""
    edits = {site.tool.name: make_edits(site) for site in sites if len(site.tool.works) > 1}
    for turn in range(options.runs):
        shift = turn % max(1, len(sites))
        for site in sites[shift:] + sites[:shift]:
            for work in site.tool.works:
                edit = edits.get(site.tool.name, {}).get(work)
                sample = measure_work(site, work, edit, turn, options.limit)
                series[site.tool.name, work].samples.append(sample)
                say(f"{site.size} articles, round {turn + 1}: {site.tool.name} {work} {sample.wall:.3f} s")


def hopeless(tool: Tool, size: int, known: Sequence[Series], limit: float) -> str:
    """Why a generator needn't be tried at a size: what it took at a smaller one."""
    for series in known:
        if series.tool == tool.name and series.work == "cold":
            if series.skipped:
                return series.skipped
            wall = statistics.median(sample.wall for sample in series.samples)
            if wall * size / series.size > limit:
                return f"would take more than {limit:g} s ({wall:.1f} s for {series.size})"
    return ""


def warm_up(site: Site, limit: float) -> WarmUp:
    """Uncounted builds: is there a complete site afterwards, and how much memory do all processes take?"""
    make_cold(site)
    first = run(site.tool.command, site.folder, limit)
    if first.failure:
        return WarmUp(first.failure)
    command = [sys.executable, str(HERE / "complete.py"), str(site.public)]
    command += ["--size", str(site.size), "--seed", str(site.seed)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    if not checked.stdout:
        return WarmUp(f"could not be checked: {checked.stderr.strip()[-300:]}")
    tree: list[float] = []
    for _ in range(site.tool.sampled):
        make_cold(site)
        peak = tree_peak_mb(site.tool.command, site.folder, limit)
        tree += [] if peak is None else [peak]
    return WarmUp("", tree, json.loads(checked.stdout))


def measure_work(site: Site, work: str, edit: Edit | None, turn: int, limit: float) -> Sample:
    """One counted run, and whether its result shows what was changed."""
    mark = f"r{turn}x{os.getpid()}"  # differs from every text that an earlier run wrote here
    if work == "cold":
        make_cold(site)
    elif edit:
        edit.apply(site.folder, mark)
    sample = run(site.tool.command, site.folder, limit)
    stale = list(edit.stale_pages(site.public, mark)) if edit else []
    if stale and not sample.failure:
        return replace(sample, failure=f"stale: {', '.join(stale)}")
    return sample


# ---------------------------------------------------------------- start-up


def measure_start_up(options: Options) -> list[Series]:
    """`dossier --version`, and a no-change build of a copy of this repository's own dossier."""
    command = dossier_command(options.setup)
    own = options.work / "own"
    own.mkdir()
    for name in ("site.yaml", "content", "themes"):
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, own / name)
        elif source.exists():
            shutil.copy2(source, own / name)
    works = {"--version": [*command, "--version"], "own dossier, nothing": [*command, "build"]}
    series = [Series(0, "dossier", work) for work in works]
    run([*command, "build"], own, options.limit)  # the build that leaves nothing to do
    for _ in range(options.runs):
        for one in series:
            one.samples.append(run(works[one.work], own, options.limit))
    return series


# ---------------------------------------------------------------- everything


def measure_all(options: Options) -> dict[str, Any]:
    """All sizes; plain data for the result file."""
    found = [find_tool(name, options.setup) for name in options.tools]
    tools = [tool for tool in found if isinstance(tool, Tool)]
    missing = [tool for tool in found if isinstance(tool, Missing)]
    for tool in missing:
        say(f"{tool.name} is left out: {tool.reason}")
    series: list[Series] = []
    complete: dict[int, Any] = {}
    paces = [machine_pace(options.work / "pace" / "first")]
    for size in options.sizes:
        measured, complete[size] = measure_size(options, tools, size, series)
        series += measured
        paces.append(machine_pace(options.work / "pace" / str(size)))
    if any(tool.name == "dossier" for tool in tools):
        series += measure_start_up(options)
    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "pace": [asdict(pace) for pace in paces],
        "runs": options.runs,
        "limit": options.limit,
        "seed": options.seed,
        "tools": {tool.name: tool.version for tool in tools},
        "missing": {tool.name: tool.reason for tool in missing},
        "complete": complete,
        "series": [asdict(one) for one in series],
    }


def machine() -> str:
    """The machine in a line, without its name."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"


def parse_options() -> Options:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,10000", help="articles, with commas (1000,10000)")
    parser.add_argument("--runs", type=int, default=5, help="counted rounds (5)")
    parser.add_argument("--limit", type=float, default=300, help="seconds that a build may take (300)")
    parser.add_argument("--seed", type=int, default=1, help="of the corpus (1)")
    parser.add_argument("--tools", default=",".join(FINDERS), help="with commas (%(default)s)")
    parser.add_argument("--work", type=Path, help="a folder for sites and installations (temporary)")
    parser.add_argument("--keep", action="store_true", help="leave the sites in the work folder")
    parser.add_argument("--dossier", default="", help="the command that starts dossier")
    parser.add_argument("--hugo", default="", help="Hugo's binary")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="a folder")
    given = parser.parse_args()
    work = (given.work or Path(tempfile.mkdtemp(prefix="dossier-bench-"))).resolve()
    tools = tuple(given.tools.split(","))
    if unknown := set(tools) - set(FINDERS):
        parser.error(f"no such tool: {', '.join(sorted(unknown))}; there are {', '.join(FINDERS)}")
    return Options(
        sizes=tuple(sorted(int(size) for size in given.sizes.split(","))),
        runs=given.runs,
        limit=given.limit,
        seed=given.seed,
        work=work / f"run-{os.getpid()}",  # new each time: deleting an old one would slow the start
        tools=tools,
        results=given.results,
        setup=Setup(work / "tools", given.dossier, given.hugo),
        keep=given.keep,
    )


def main() -> None:
    """Measure, and write `results.json` and `results.md`."""
    options = parse_options()
    options.work.mkdir(parents=True)
    options.results.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as at_the_end:
        if not options.keep:
            at_the_end.callback(shutil.rmtree, options.work, ignore_errors=True)
        results = measure_all(options)
    text = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
    (options.results / "results.json").write_text(text, encoding="utf-8")
    report = write_report(results)
    (options.results / "results.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
