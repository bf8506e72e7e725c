"""What is fuzzed: functions of bytes, each of which must return, in time, and keep its promise.

A finding or a refusal is a good answer; an exception is not, nor is an answer that breaks the promise.
"""

import contextlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from dossier import documents, kept
from dossier.bibliography import read_bibliography
from dossier.diagnostics import DossierError, show
from dossier.evidence.folding import fold
from dossier.evidence.matching import find
from dossier.markup import render
from dossier.output.folder import Manifest
from dossier.serve.addresses import Found, Moved, is_own_host, is_own_origin, resolve
from dossier.serve.ranges import asked_range, is_known
from dossier.sources import Index
from tests.markup.test_hostile import assert_harmless_body

Target = Callable[[bytes], None]
NAMES = ("content/articles/a.md", "content/notes/n.md", "content/topics/t.md", "content/claims/c.md")
OTHERS = ("content/people.yaml", "content/sources.yaml", "content/links.yaml", "site.yaml", "content/s.csl")


def front_matter(data: bytes) -> None:
    """A file of a site, whatever it is: every finding stands in its lines, and can be shown."""
    if not data:
        return
    names = NAMES + OTHERS
    parsed = documents.parse(names[data[0] % len(names)], data[1:])
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for finding in parsed.diagnostics:
        assert finding.mark.line <= lines
        assert all(part.isprintable() for part in show(finding).split("\n"))


def markdown(data: bytes) -> None:
    """A body: nothing of it can run, and its places are in the text."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    rendered = render(text, path=NAMES[1], first_line=1, citations=len(data) % 2 == 0)
    assert len(rendered.segments) == len(rendered.body.slots) + 1
    assert_harmless_body(rendered)
    lines = text.split("\n")
    for mark in (found.mark for found in (*rendered.references, *rendered.diagnostics)):
        assert 1 <= mark.line <= len(lines)
        assert 1 <= mark.column <= len(lines[mark.line - 1]) + 1


def citations(data: bytes) -> None:
    """A paragraph that is one citation after another."""
    text = data.decode("utf-8", "replace").replace("\n", " ").replace("\r", " ")
    for form in (f"[@{text}]", f"“{text}” [@a, {text}]", f"[see {text} @a; @b]{{speaker={text}}}"):
        assert_harmless_body(render(form, path=NAMES[1], first_line=1, citations=True))


def quotations(data: bytes) -> None:
    """A quotation and a text: what is found are places of the text, in order."""
    quotation, _, text = data.decode("utf-8", "replace").partition("\n")
    source = fold(text)
    for span in find(quotation, source) or ():
        assert 0 <= span.start <= span.end <= len(source.text)
    if quotation.strip().isalpha():
        assert find(quotation, fold(f"x {quotation} y")) is not None


def kept_values(data: bytes) -> None:
    """A file of `.dossier/`: it is what was kept, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "kept")
        for start in (b"", kept.FORMAT + b"\0" * 4):
            place.write_bytes(start + data)
            for kind in (Manifest, Index, list[str]):
                value = kept.load(place, kind)
                assert value is None or isinstance(value, (Manifest, Index, list))


class Nothing:
    """A folder that says of everything that it is there."""

    def is_file(self, parts: Sequence[str]) -> bool:
        return len(parts) % 2 == 0

    def is_folder(self, parts: Sequence[str]) -> bool:
        return len(parts) % 2 == 1


def requests(data: bytes) -> None:
    """The target of a request and its headers: nothing above the base, nothing hidden, nobody else's host."""
    target, _, header = data.partition(b"\n")
    found = resolve(target, "/small/", Nothing())
    if isinstance(found, Found):
        parts = found.path.split("/")
        assert not any(part.startswith(".") or part == "" for part in parts), found
        assert not set("\\\0").intersection(found.path)
    if isinstance(found, Moved):
        assert found.address.startswith("/small"), found
        assert "//" not in found.address.partition("?")[0]
        assert all(" " < letter < "\x7f" for letter in found.address)
    text = header.decode("latin-1")
    with contextlib.suppress(ValueError):  # Its answer to a part that the file doesn't have.
        span = asked_range(text, 1000)
        assert span is None or 0 <= span[0] <= span[1] <= 1000
    is_known(text, '"tag"')
    if is_own_host(text, "127.0.0.1", 8000):
        name, _, number = text.lower().rpartition(":")
        assert (name.strip("[]."), number) in [(one, "8000") for one in ("localhost", "127.0.0.1", "::1")]
    is_own_origin(text, "127.0.0.1", 8000)


def clipped(data: bytes) -> None:
    """A page of a stranger's: the article made of it is a document without an error of form."""
    from dossier.clip.encodings import decode
    from dossier.clip.pages import read_page

    found = read_page(decode(data, "text/html"), "https://example.org/a")
    text = getattr(found, "text", "") or ""
    assert_harmless_body(render(text, path=NAMES[0], first_line=1, citations=False))


def bibliographies(data: bytes) -> None:
    """A file of works that somebody exported."""
    for suffix in ("json", "bib", "ris"):
        with contextlib.suppress(DossierError):
            works = read_bibliography(f"works.{suffix}", data)
            assert all(isinstance(read.work.title, str) for read in works)


TARGETS: dict[str, Target] = {
    "front-matter": front_matter,
    "markdown": markdown,
    "citations": citations,
    "quotations": quotations,
    "kept-values": kept_values,
    "requests": requests,
    "clipped": clipped,
    "bibliographies": bibliographies,
}
