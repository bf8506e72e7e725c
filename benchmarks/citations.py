"""Measures what citation styles and bibliographies add to builds, by CPU time.

    python benchmarks/citations.py --size 10000
    python benchmarks/citations.py --citations 1000

The first builds a made-up dossier plainly, with bibliographies, and with a citation style as well: cold,
unchanged, after another title and with another article. The second formats so many citations of made-up works
in each of three styles, on pages of twenty. CPU time is that of the process or of its children, so other
programs disturb it little.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from corpus import make_corpus
from layouts import write_dossier
from measure import children_seconds

from dossier.citations import Cited, carried, formatted
from dossier.views import CitedName, CitedWork

SETTINGS = {
    "neither": "bibliographies: false\n",
    "bibliographies": "",
    "and a style": "citation_style: apa\n",
}
PAGE = 20


def build(site: Path) -> float:
    """The CPU seconds of a build."""
    before = children_seconds()
    subprocess.run(
        [sys.executable, "-m", "dossier", "--site", str(site), "build"], capture_output=True, check=True
    )
    return children_seconds() - before


def builds(site: Path) -> Iterator[float]:
    """CPU seconds: cold, unchanged, after another title, with another article."""
    yield build(site)
    yield build(site)
    article = min((site / "content/articles").glob("*.md"))
    text = article.read_text(encoding="utf-8")
    article.write_text(re.sub(r"(?m)^title: .*", "title: Quite another", text, count=1), encoding="utf-8")
    yield build(site)
    another = article.with_name("zz-another.md")
    shutil.copy(article, another)
    yield build(site)
    another.unlink()
    article.write_text(text, encoding="utf-8")


def site_table(size: int, work: Path) -> Iterator[str]:
    """The lines of the table of builds."""
    site = work / "site"
    write_dossier(make_corpus(size), site)
    settings = (site / "site.yaml").read_text(encoding="utf-8").replace(SETTINGS["neither"], "")
    yield f"| {size:,} articles | cold | unchanged | title | new article |"
    yield "| --- | --- | --- | --- | --- |"
    for name, more in SETTINGS.items():
        (site / "site.yaml").write_text(settings + more, encoding="utf-8")
        for folder in ("public", ".dossier"):
            shutil.rmtree(site / folder, ignore_errors=True)
        yield f"| {name} | " + " | ".join(f"{seconds:.2f} s" for seconds in builds(site)) + " |"


def work_of(number: int) -> CitedWork:
    """A made-up work; every third shares its author and its year with others."""
    author = CitedName("", "Doe" if number % 3 == 0 else f"Family{number}", "Jane")
    return CitedWork(
        id=f"work-{number}",
        kind="news",
        title=f"The title of the work of the number {number}",
        authors=(author,),
        container="Morning Paper",
        publisher="",
        genre="",
        date=f"20{number % 20:02}-03-0{number % 9 + 1}",
        url=f"https://example.org/{number}",
        archive="",
        accessed="",
        language="en",
        abstract="",
        tags=(),
        page="",
    )


def citation_table(count: int) -> Iterator[str]:
    """The lines of the table of styles; Typst's own start, once a process, is counted by itself."""
    yield f"| {count:,} citations, {PAGE} a page | first page | all others | a citation |"
    yield "| --- | --- | --- | --- |"
    pages = [[work_of(n) for n in range(start, start + PAGE)] for start in range(0, count, PAGE)]
    for style in ("apa", "chicago-author-date", "chicago-notes"):
        times = []
        for page in pages:
            cited = tuple((Cited(work.id, "p. 4"),) for work in page)
            started = time.process_time()
            formatted(tuple(page), cited, carried(style), "en")
            times.append(time.process_time() - started)
        rest = sum(times[1:])
        each = rest * 1000 / (count - PAGE)
        yield f"| {style} | {times[0] * 1000:.0f} ms | {rest:.2f} s | {each:.2f} ms |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("--citations", type=int, default=0)
    options = parser.parse_args()
    if options.citations:
        print("\n".join(citation_table(options.citations)))
    if options.size:
        with tempfile.TemporaryDirectory() as folder:
            for line in site_table(options.size, Path(folder)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
