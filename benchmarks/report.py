"""Turns a result file into tables: `python report.py benchmark-results/results.json`."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

WORKS = {
    "cold": "cold: no output, no cache",
    "nothing": "nothing changed",
    "body": "one article's body edited",
    "title": "one article's title edited",
    "template": "the base template edited",
}
# What dossier must reach at 10,000 articles, as parts of Hugo's cold build in the same run.
BAR_SIZE = 10_000
WALL_BARS = {"cold": 1 / 2, "nothing": 1 / 60, "body": 1 / 40, "title": 1 / 25, "template": 1 / 4}
CPU_BARS = {"cold": 0.6}
MEMORY_BARS = {"cold": 0.5}
GROWTH_BAR = 1.2
GROWTH_SIZES = (1_000, 100_000)
QUIET = 0.25  # cores; on a busier machine the generator that uses more cores loses more
START_UP_BARS = {"--version": 0.060, "own dossier, nothing": 0.150}  # seconds of CPU time

Series = Mapping[str, Any]


def write_report(results: Mapping[str, Any]) -> str:
    """The whole report as Markdown."""
    lines = [
        *heading(results),
        *main_table(results["series"]),
        *growth_table(results["series"]),
        *start_up_table(results["series"]),
        *completeness_table(results["complete"]),
        *faults(results),
    ]
    return "\n".join(lines) + "\n"


def heading(results: Mapping[str, Any]) -> Iterator[str]:
    """When, where, with what, and how steady the machine was."""
    yield "# Benchmark\n"
    yield f"{results['date']}, {results['machine']}, medians of {results['runs']} alternating runs.\n"
    yield from (f"- {version}" for version in results["tools"].values())
    yield from (f"- {name}: left out, {reason}" for name, reason in results["missing"].items())
    others = [s["others"] for one in results["series"] for s in one["samples"] if s["wall"] > 0.5]
    loops, files = ([pace[key] for pace in results["pace"]] for key in ("loop", "files"))
    yield f"- a fixed piece of work took {min(loops):.3f} to {max(loops):.3f} s of CPU time"
    yield f"- making 2,000 files took {min(files):.3f} to {max(files):.3f} s"
    if others:
        busy = f"median {statistics.median(others):.2f}, at most {max(others):.2f}"
        yield f"- cores that other programs kept busy during the runs of over 0.5 s: {busy}"
        if statistics.median(others) > QUIET:
            yield "- **the machine was too busy: wall times are void, CPU times and memory may stand**"
    yield ""


# ---------------------------------------------------------------- the main table


def main_table(every: Sequence[Series]) -> Iterator[str]:
    """One row per size, kind of build and generator, each against Hugo's cold build of that size."""
    yield "| articles | work | generator | wall s | × Hugo | CPU s | × Hugo | memory MB | × Hugo | bar |"
    yield "| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for one in every:
        if one["size"]:
            yield main_row(one, hugo_cold(every, one["size"]))
    yield ""
    yield (
        "Wall and CPU: median (least to most). × Hugo: ratio of the medians (least to most of the rounds' "
        "own ratios). Memory: all processes together, in runs of their own; in brackets the largest "
        "single process of the timed runs. Hugo always builds everything: its one figure is what all are "
        "compared with.\n"
    )


def main_row(one: Series, hugo: Series | None) -> str:
    """One row."""
    start = f"| {one['size']:,} | {WORKS[one['work']]} | {one['tool']} |"
    if one["skipped"]:
        return f"{start} skipped: {one['skipped'].splitlines()[0]} | | | | | | |"
    cells = [spread(one, "wall"), ratio(one, hugo, "wall"), spread(one, "cpu"), ratio(one, hugo, "cpu")]
    return f"{start} {' | '.join([*cells, *memory_cells(one, hugo), bars(one, hugo)])} |"


def hugo_cold(every: Sequence[Series], size: int) -> Series | None:
    """Hugo's series of a size, where it was measured."""
    fitting = (s for s in every if (s["size"], s["tool"], s["work"]) == (size, "hugo", "cold"))
    return next((one for one in fitting if one["samples"]), None)


def values(one: Series, key: str) -> list[float]:
    """One figure of every run."""
    return [sample[key] for sample in one["samples"]]


def median(one: Series, key: str) -> float:
    """The median of one figure."""
    return statistics.median(values(one, key))


def spread(one: Series, key: str) -> str:
    """Median, least and most."""
    figures = values(one, key)
    return f"{statistics.median(figures):.3f} ({min(figures):.3f}–{max(figures):.3f})"


def quotient(value: float, digits: Callable[[float], str] = "{:.3f}".format) -> str:
    """A ratio; small ones also as a part of one, as the bars are given."""
    return f"{digits(value)} = 1/{1 / value:.0f}" if 0 < value < 0.4 else f"{value:.2f}"


def ratio(one: Series, hugo: Series | None, key: str) -> str:
    """The ratio of the medians, and the range of the ratios round by round."""
    if hugo is None or one is hugo:
        return "1" if hugo else ""
    rounds = [a / b for a, b in zip(values(one, key), values(hugo, key), strict=False)]
    return f"{quotient(median(one, key) / median(hugo, key))} ({min(rounds):.3f}–{max(rounds):.3f})"


def memory(one: Series) -> float:
    """Peak of all processes together; of the largest one where only that is known."""
    return statistics.median(one["tree_mb"]) if one["tree_mb"] else median(one, "peak_mb")


def memory_cells(one: Series, hugo: Series | None) -> tuple[str, str]:
    """Peak memory, and its ratio to Hugo's."""
    cell = f"{memory(one):.0f} ({median(one, 'peak_mb'):.0f})"
    if one["work"] != "cold":
        return f"({median(one, 'peak_mb'):.0f})", ""
    return cell, f"{memory(one) / memory(hugo):.2f}" if hugo else ""


def bars(one: Series, hugo: Series | None) -> str:
    """The bars that a row must reach, and whether it does."""
    if hugo is None or one["tool"] != "dossier" or one["size"] != BAR_SIZE:
        return ""
    found = [
        ("wall", WALL_BARS, median(one, "wall") / median(hugo, "wall")),
        ("CPU", CPU_BARS, median(one, "cpu") / median(hugo, "cpu")),
        ("memory", MEMORY_BARS, memory(one) / memory(hugo)),
    ]
    return ", ".join(
        f"{name} ≤ {quotient(limits[one['work']])}: {verdict(value, limits[one['work']])}"
        for name, limits, value in found
        if one["work"] in limits
    )


def verdict(value: float, bar: float) -> str:
    """Whether a figure is within its bar."""
    return "met" if value <= bar else "**missed**"


# ---------------------------------------------------------------- the small tables


def growth_table(every: Sequence[Series]) -> Iterator[str]:
    """Time per article of a cold build: the largest size against the smallest."""
    cold = [one for one in every if one["work"] == "cold" and one["samples"]]
    if len({one["size"] for one in cold}) < 2:
        return
    yield "| generator | articles | ms per article, cold | growth | bar |"
    yield "| --- | --- | --- | ---: | --- |"
    for tool in dict.fromkeys(one["tool"] for one in cold):
        own = sorted((one for one in cold if one["tool"] == tool), key=lambda one: one["size"])
        if len(own) > 1:
            each = [median(one, "wall") / one["size"] * 1000 for one in own]
            growth = each[-1] / each[0]
            sizes = ", ".join(f"{one['size']:,}" for one in own)
            judged = tool == "dossier" and (own[0]["size"], own[-1]["size"]) == GROWTH_SIZES
            bar = f"≤ {GROWTH_BAR}: {verdict(growth, GROWTH_BAR)}" if judged else ""
            times = ", ".join(f"{ms:.3f}" for ms in each)
            yield f"| {tool} | {sizes} | {times} | {growth:.2f} | {bar} |"
    yield ""


def start_up_table(every: Sequence[Series]) -> Iterator[str]:
    """CPU time of doing nothing."""
    rows = [one for one in every if one["work"] in START_UP_BARS]
    if not rows:
        return
    yield "| dossier | CPU ms | wall s | bar |"
    yield "| --- | ---: | ---: | --- |"
    for one in rows:
        bar = START_UP_BARS[one["work"]]
        cpu = median(one, "cpu")
        cells = f"{cpu * 1000:.0f} | {spread(one, 'wall')} | ≤ {bar * 1000:.0f} ms: {verdict(cpu, bar)}"
        yield f"| {one['work']} | {cells} |"
    yield ""


def completeness_table(complete: Mapping[Any, Mapping[str, Any]]) -> Iterator[str]:
    """How much each generator wrote, and what was wrong with it."""
    yield "| articles | generator | files | MB | HTML pages | links followed | faults |"
    yield "| ---: | --- | ---: | ---: | ---: | ---: | --- |"
    for size, tools in complete.items():
        for tool, found in tools.items():
            if found:
                pages = sum(found["pages"].values())
                cells = f"{found['files']:,} | {found['megabytes']:.1f} | {pages:,} | {found['links']:,}"
                yield f"| {int(size):,} | {tool} | {cells} | {'; '.join(found['faults'][:3]) or 'none'} |"
    yield ""


def faults(results: Mapping[str, Any]) -> Iterator[str]:
    """Runs that failed or showed something stale: their figures count for nothing."""
    for one in results["series"]:
        for number, sample in enumerate(one["samples"], start=1):
            if sample["failure"]:
                where = f"{one['tool']}, {one['work']}, {one['size']:,} articles, run {number}"
                yield f"- **{where}: {sample['failure']}**"


if __name__ == "__main__":
    print(write_report(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
