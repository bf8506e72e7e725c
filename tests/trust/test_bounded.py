"""Work that grows with the text, and limits that are said: each kind of bad text at two sizes.

Markdown is tried in `tests/markup/test_hostile.py`, expressions in `test_expressions.py`. Here are
front matter, registers, and whole sites.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier import documents
from dossier.diagnostics import Diagnostic, Mark, Severity, show
from dossier.model import Parsed
from tests.conftest import REPOSITORY
from tests.site.conftest import write

ARTICLE = "content/articles/a.md"
Made = Callable[[int], str]


def matter(lines: str) -> str:
    return f"---\ntitle: T\n{lines}\n---\nText.\n"


def bomb(size: int) -> str:
    """A billion laughs, in as many levels as fit."""
    levels = [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, max(size // 45, 2))]
    return matter("x0: &x0 lol\n" + "\n".join(levels))


# Each with the codes of what is said of it; none where it is a document like others.
FIELDS: dict[str, tuple[Made, set[str]]] = {
    "aliases of aliases": (bomb, {"yaml-syntax"}),
    "an alias of itself": (lambda size: matter("tags: &a [*a" + ", b" * (size // 3) + "]"), {"yaml-syntax"}),
    "merges": (lambda size: matter("a: &a {b: c}\n" + "<<: *a\n" * (size // 7)), {"yaml-syntax"}),
    "brackets": (lambda size: matter("tags: " + "[" * size), {"yaml-syntax"}),
    "braces": (lambda size: matter("tags: " + "{a: " * (size // 4)), {"yaml-syntax"}),
    "dashes": (lambda size: matter("tags:\n" + "- " * (size // 2)), {"yaml-syntax", "wrong-type"}),
    "question marks": (lambda size: matter("? " * (size // 2)), {"yaml-syntax"}),
    "deep blocks": (
        lambda size: matter("\n".join(" " * n + "a:" for n in range(int((2 * size) ** 0.5)))),
        {"yaml-syntax", "unknown-key"},
    ),
    "a tag's handle": (lambda size: matter("a: !" + "a" * size + " b"), {"yaml-tag"}),
    "a number": (lambda size: matter("date: " + "9" * size), {"bad-date"}),
    "a date": (lambda size: matter("date: 2020-" + "01-" * (size // 3)), {"bad-date"}),
    "one quote": (lambda size: matter("source: '" + "a" * size), {"yaml-syntax"}),
    "quotes": (lambda size: matter('source: "' + '\\"' * (size // 2) + '"'), {"too-long"}),
    "escapes": (lambda size: matter('source: "' + "\\U0001F600" * (size // 10) + '"'), {"too-long"}),
    "one long value": (lambda size: matter("source: " + "a" * size), {"too-long"}),
    "a value over many lines": (lambda size: matter("summary: >\n" + "  a\n" * (size // 4)), set()),
    "one key many times": (lambda size: matter("a: b\n" * (size // 5)), {"duplicate-key", "unknown-key"}),
    "keys that nobody knows": (
        lambda size: matter("\n".join(f"k{n}: v" for n in range(size // 9))),
        {"unknown-key"},
    ),
    "topics that nobody knows": (
        lambda size: matter("topics: [" + ", ".join(f"t{n}" for n in range(size // 7)) + "]"),
        set(),
    ),
    "one tag many times": (lambda size: matter("tags: [" + "a, " * (size // 3) + "a]"), {"too-long"}),
    "events": (lambda size: matter("events:\n" + "  - {date: 2020, title: a}\n" * (size // 28)), set()),
    "comments": (lambda size: matter("# a\n" * (size // 4)), set()),
    "colons": (lambda size: matter("source: " + "a: " * (size // 3)), {"yaml-syntax"}),
    "tabs": (lambda size: matter("\ta: b\n" * (size // 6)), {"yaml-syntax"}),
    "spaces": (lambda size: matter("source:" + " " * size + "a"), set()),
    "a fence that doesn't end": (lambda size: "---\ntitle: T\n" + "a: b\n" * (size // 5), {"unclosed"}),
    "NUL": (lambda size: matter("source: " + "a\0" * (size // 2)), {"encoding"}),
    "no line at all": (lambda size: "a" * size, {"no-front-matter"}),
}


def seconds(text: str) -> tuple[float, Parsed]:
    started = time.process_time()
    parsed = documents.parse(ARTICLE, text.encode())
    return time.process_time() - started, parsed


@pytest.mark.parametrize("kind", FIELDS)
def test_time_grows_with_the_front_matter(kind: str) -> None:
    # Four times the text may take eight times as long and a little more, of this process's own time.
    make, wanted = FIELDS[kind]
    (small, _), (large, parsed) = (seconds(make(size)) for size in (10_000, 40_000))
    assert large < small * 8 + 0.3
    codes = {finding.code for finding in parsed.diagnostics}
    assert not wanted or any(code.startswith(tuple(wanted)) for code in codes), codes


@pytest.mark.parametrize("kind", FIELDS)
def test_front_matter_over_the_limit_is_refused_whatever_it_is(kind: str) -> None:
    spent, parsed = seconds(FIELDS[kind][0](600_000))
    assert parsed.diagnostics
    assert spent < 15
    assert len(parsed.diagnostics) < 30_000


BODIES: dict[str, Made] = {
    "a million links": lambda size: "[a](https://b.example/) " * (size // 24),
    "one line": lambda size: "word " * (size // 5),
    "a table of many columns": lambda size: "|a" * (size // 4) + "|\n" + "|-" * (size // 4) + "|\n",
    "quotations of nothing": lambda size: "“a” [@b]. " * (size // 10),
    "wiki links to nothing": lambda size: "[[abc]] " * (size // 8),
    "headings": lambda size: "# a\n\n" * (size // 5),
    "pictures": lambda size: "![a](b.png)\n\n" * (size // 13),
}
LIMIT = 1 << 30


def build_within(site: Path) -> subprocess.CompletedProcess[str]:
    """`dossier build` with a gigabyte of memory to address beyond what its libraries take, and a minute."""
    return subprocess.run(
        [sys.executable, "-m", "dossier", "build", "--jobs", "1"],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT)),
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("size", [1_000_000, 10_000_000])
def test_a_site_with_such_a_text_is_built_or_the_text_refused(tmp_path: Path, kind: str, size: int) -> None:
    note = "---\ntitle: N\ndate: 2020-01-01\n---\n" + BODIES[kind](size)
    site = write(tmp_path, {"site.yaml": "title: T\nrights: full\n", "content/notes/n.md": note})
    done = build_within(site)
    assert done.returncode in (0, 1), done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert "error[internal]" not in done.stderr
    if done.returncode:
        assert "content/notes/n.md" in done.stderr
    if size == 10_000_000:
        assert "error[too-large]" in done.stderr
    written = sum(path.stat().st_size for path in (site / "public").rglob("*") if path.is_file())
    assert written < 50_000_000


@pytest.mark.slow
def test_a_picture_that_unpacks_to_gigapixels_is_copied_and_never_unpacked(tmp_path: Path) -> None:
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\0\0\0\xf2\xe9\x0c\x8b"
    site = write(
        tmp_path,
        {
            "site.yaml": "title: T\n",
            "content/notes/n.md": "---\ntitle: N\ndate: 2020-01-01\n---\n![a](b.png)\n",
        },
    )
    (site / "content/notes/b.png").write_bytes(header + b"\0" * 1000)
    done = build_within(site)
    assert "Traceback" not in done.stderr
    assert "error[internal]" not in done.stderr
    if done.returncode == 0:
        assert (site / "public/notes/b.png").read_bytes().startswith(header[:8])


def test_many_findings_on_one_long_line_are_shown_in_time() -> None:
    def spent(number: int) -> float:
        line = "[[abc]] " * number
        found = [
            Diagnostic("a.md", Mark(1, 8 * n + 1, 3), Severity.ERROR, "unknown-link", "no", excerpt=line)
            for n in range(number)
        ]
        started = time.process_time()
        assert all("[[abc]]" in show(each) for each in found)
        return time.process_time() - started

    assert spent(4000) < spent(1000) * 8 + 0.3
