"""What it costs to verify quotations: one dossier with them, and one in which the same words stand bare.

    python benchmarks/quotations.py --size 10000

Both have the same articles, and the same notes with the same citations, twenty to a note and two for each
article. In one the words before a citation are an article's own, in quotation marks; in the other the marks
are left out, so that nothing is a quotation. A fifth of the quotations are typed otherwise than the article:
with other dashes, quotation marks and spaces. Every one is verified; the build says so, being strict.
"""

from __future__ import annotations

import argparse
import itertools
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus import Article, Corpus, make_corpus
from layouts import front_matter, write, write_dossier
from measure import Sample, run

TO_A_NOTE = 20
WORDS = 12
LIMIT = 600.0
# What is typed in another way in every fifth quotation, and how.
VARIANTS = {" ": "\u00a0", "-": "\u2011", "'": "’"}
PLAIN = re.compile(r"\w[\w’'-]*[,.;:]?")


def quotations(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Two passages of every article, with its id: from its first and from its last paragraph."""
    for number, article in enumerate(corpus.articles()):
        for turn, text in enumerate(passages(article)):
            if (2 * number + turn) % 5 == 0:
                text = "".join(VARIANTS.get(letter, letter) for letter in text)
            yield article.id, text


def passages(article: Article) -> tuple[str, str]:
    """The beginnings of the first and of the last paragraph that begins with some words of plain text."""
    found = []
    for block in article.body.strip().split("\n\n"):
        words = list(itertools.takewhile(PLAIN.fullmatch, block.split()[:WORDS]))
        if len(words) >= 4:
            found.append(" ".join(words))
    return found[0], found[-1]


def make_site(corpus: Corpus, folder: Path, opening: str, closing: str) -> None:
    """A dossier whose notes have every passage between two marks."""
    write_dossier(corpus, folder)
    shutil.rmtree(folder / "content" / "notes")
    (folder / "content" / "notes").mkdir()
    found = [f"{opening}{text}{closing} [@{article}]" for article, text in quotations(corpus)]
    for number, start in enumerate(range(0, len(found), TO_A_NOTE)):
        said = [f"It says {quoted}." for quoted in found[start : start + TO_A_NOTE]]
        body = "\n\n".join(" ".join(said[at : at + 4]) for at in range(0, len(said), 4))
        fields = {"title": f"Note {number}", "date": "2025-12-31", "topics": f"[{corpus.topics[0].id}]"}
        write(folder / "content" / "notes" / f"quoting-{number:05}.md", front_matter(fields) + body + "\n")


def build(folder: Path, command: list[str]) -> Sample:
    """One build, which must find nothing wrong."""
    sample = run(command, folder, LIMIT, {"SOURCE_DATE_EPOCH": "1767225600"})
    if sample.failure:
        raise SystemExit(f"{folder.name}: {sample.failure}")
    return sample


def rounds(sites: list[Path], command: list[str], runs: int) -> dict[tuple[str, str], list[Sample]]:
    """Builds of either site in turn: cold, with nothing changed, with a quoted article's text edited."""
    samples: dict[tuple[str, str], list[Sample]] = {}
    for turn in range(runs):
        for site in sites if turn % 2 else sites[::-1]:
            trash = site.parent / f"trash-{site.name}-{turn}"
            trash.mkdir()
            for left in ("public", ".dossier"):
                if (site / left).exists():
                    (site / left).rename(trash / left)
            samples.setdefault((site.name, "cold"), []).append(build(site, command))
            build(site, command)  # The first look at a fresh output is not like those after it.
            samples.setdefault((site.name, "nothing"), []).append(build(site, command))
            article = sorted((site / "content" / "articles").iterdir())[turn]
            write(article, article.read_text(encoding="utf-8").rstrip() + f" Revision {turn}.\n")
            samples.setdefault((site.name, "body"), []).append(build(site, command))
    return samples


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="articles (default: 10000)")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", type=Path, help="a folder to work in (default: a temporary one)")
    options = parser.parse_args()
    command = [sys.executable, "-m", "dossier", "build", "--strict"]
    work = Path(tempfile.mkdtemp(prefix="dossier-quotations-", dir=options.work))
    try:
        corpus = make_corpus(options.size, 1)
        make_site(corpus, work / "bare", "", "")
        make_site(corpus, work / "quoted", "“", "”")
        samples = rounds([work / "bare", work / "quoted"], command, options.runs)
    finally:
        shutil.rmtree(work)
    print(f"{options.size:,} articles, {2 * options.size:,} quotations, medians of {options.runs} runs")
    print("| work | bare, CPU s | quoted, CPU s | more | bare, wall s | quoted, wall s | more |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for kind in ("cold", "nothing", "body"):
        bare, quoted = samples["bare", kind], samples["quoted", kind]
        cpu = cells([each.cpu for each in bare], [each.cpu for each in quoted])
        wall = cells([each.wall for each in bare], [each.wall for each in quoted])
        print(f"| {kind} | {cpu} | {wall} |")


def cells(bare: list[float], quoted: list[float]) -> str:
    """Both medians, and how much more the second is."""
    one, other = statistics.median(bare), statistics.median(quoted)
    return f"{one:.3f} | {other:.3f} | {100 * (other / one - 1):+.1f} %"


if __name__ == "__main__":
    main()
