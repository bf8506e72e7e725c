"""Measures `dossier check`: the search for articles that are nearly the same, and all of it, by CPU time.

Among the made-up articles are copies of others: whole, with one word in forty exchanged, and with one in
four, which is too many to be nearly the same. The first two kinds must be found, and nothing else.

    python benchmarks/check.py --sizes 1000,10000

CPU time is that of this process or of its children, so other programs disturb it little.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from corpus import make_corpus, split_words
from layouts import write_dossier
from measure import children_seconds

from dossier import documents
from dossier.check import Desk, similarity
from dossier.check.sketches import sketch, text_of
from dossier.library import link
from dossier.model import Article, Parsed

HERE = Path(__file__).parent
TODAY = "2026-01-01"
# One article in so many has a copy; by how it is changed, one word in so many (0: none).
SHARE = 50
EXCHANGED = (0, 40, 4)


class Read:
    """The texts of parsed articles."""

    def __init__(self, files: dict[str, Parsed]) -> None:
        self.files = files

    def text(self, article: Article) -> str:
        return text_of(self.files[article.path].segments)

    def sketch(self, article: Article) -> bytes:
        return sketch(self.text(article))


def plant_copies(site: Path) -> set[str]:
    """Write copies beside some articles; gives the paths of those that must be found."""
    chosen = random.Random(7)
    vocabulary = split_words((HERE / "words.txt").read_text(encoding="utf-8"))
    wanted = set()
    for number, original in enumerate(sorted((site / "content/articles").glob("*.md"))[::SHARE]):
        every = EXCHANGED[number % len(EXCHANGED)]
        fields, fence, body = original.read_text(encoding="utf-8").partition("\n---\n")
        words = re.split(r"(\s+)", body)
        for place in range(0, len(words), 2 * every) if every else ():
            words[place] = chosen.choice(vocabulary)
        copy = original.with_name(f"zz-copy-of-{original.stem}.md")
        fields = re.sub(r"(?m)^(url: .*)", r"\1/copy", fields)
        copy.write_text(fields + fence + "".join(words), encoding="utf-8")
        if every != EXCHANGED[-1]:
            wanted.add(copy.relative_to(site).as_posix())
    return wanted


def parsed(site: Path) -> Iterator[Parsed]:
    """All documents and registers."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and (name == "site.yaml" or name.startswith("content/")):
            yield documents.parse(name, path.read_bytes())


def search(site: Path) -> tuple[set[str], float]:
    """What is found nearly the same, by path, and the CPU seconds of the search, from parsed texts on."""
    files = {one.path: one for one in parsed(site)}
    library, _ = link(list(files.values()), frozenset(files), TODAY, drafts=False)
    desk = Desk(library, files, TODAY, Read(files))
    started = time.process_time()
    found = {finding.path for finding in similarity.find(desk)}
    return found, time.process_time() - started


def check(site: Path) -> tuple[set[str], float]:
    """What `dossier check` finds nearly the same, and the CPU seconds of the whole process."""
    before = children_seconds()
    done = subprocess.run(
        [sys.executable, "-m", "dossier", "--site", str(site), "check", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = children_seconds() - before
    if not done.stdout:
        raise SystemExit(done.stderr)
    findings = json.loads(done.stdout)
    return {one["path"] for one in findings if one["code"] == "near-duplicate"}, seconds


def edit(site: Path) -> None:
    """Another sentence at the end of one article."""
    article = min((site / "content/articles").glob("*.md"))
    article.write_text(article.read_text(encoding="utf-8") + "\nA sentence more.\n", encoding="utf-8")


def report(size: int, work: Path) -> Iterator[str]:
    """The lines of one size's table."""
    site = work / str(size)
    write_dossier(make_corpus(size), site)
    wanted = plant_copies(site)
    found, seconds = search(site)
    if found != wanted:
        raise SystemExit(f"missed: {sorted(wanted - found)}; wrongly found: {sorted(found - wanted)}")
    yield f"| search for near duplicates, from parsed texts on | {seconds:.2f} |"
    for work_done in ("cold", "nothing changed", "one article changed"):
        if work_done.startswith("one"):
            edit(site)
        found, seconds = check(site)
        if found != wanted:
            raise SystemExit(f"{work_done}: {sorted(found ^ wanted)}")
        yield f"| dossier check, {work_done} | {seconds:.2f} |"


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000")
    arguments = parser.parse_args()
    for size in map(int, arguments.sizes.split(",")):
        with tempfile.TemporaryDirectory() as work:
            print(f"\n{size:,} articles, {size // SHARE:,} copies among them\n")
            print("| | CPU s |\n| --- | ---: |")
            for line in report(size, Path(work)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
