"""Whether articles' texts still are what was captured: each capture is read again and compared."""

import difflib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from dossier import documents, sources
from dossier.clip import captures
from dossier.clip.clipping import request_of
from dossier.clip.on_file import OnFile
from dossier.clip.reader import Reader
from dossier.diagnostics import Diagnostic, Mark, error, warning
from dossier.evidence.folding import fold
from dossier.frontmatter import read_document
from dossier.model import Article, Record
from dossier.urls import document_kind

State = Literal["matches", "differs", "missing", "damaged", "not-captured", "not-comparable"]


class Verdict(Record, frozen=True):
    """What the capture of one article says of its text; `diff` leads from the capture to the file."""

    path: str
    state: State
    findings: tuple[Diagnostic, ...] = ()
    diff: str = ""


def verify(site: Path, progress: Callable[[str, int, int], None]) -> Iterator[Verdict]:
    """The articles of a site in the order of their paths, each with what its capture says."""
    on_file = OnFile(site)
    listing = sources.scan(site, None)
    paths = [path for path in sorted(listing.documents) if document_kind(path) == "article"]
    with Reader() as reader:
        for number, path in enumerate(paths):
            progress("verify", number, len(paths))
            data = sources.read(listing, path)[0]
            article = documents.parse(path, data).value
            if isinstance(article, Article):
                yield _verdict(article, data, on_file.captures, reader)


def _verdict(article: Article, data: bytes, folder: Path, reader: Reader) -> Verdict:
    path = article.path
    if not article.capture:
        return Verdict(path, "not-captured")
    mark = _mark_of(data)
    try:
        taken = captures.fetched(folder, article.capture)
    except FileNotFoundError:
        message = "the capture that this article names isn't there"
        hint = "copy it back into the folder of captures, or take the page again: dossier clip --update"
        return Verdict(path, "missing", (warning(path, mark, "capture-missing", message, hint),))
    except (OSError, captures.DamagedError) as problem:
        message = f"the capture that this article names is damaged: {problem}"
        hint = f"restore {captures.place_of(folder, article.capture).name} from a copy"
        return Verdict(path, "damaged", (error(path, mark, "capture-damaged", message, hint),))
    found = reader.read(request_of(taken))
    body = read_document(path, data).body.strip()
    findings = list(_excerpts(article, found.words, mark))
    if article.text == "full" and body != found.text.strip():
        message = "the text isn't what was captured"
        hint = "see how with --diff; write text: excerpts where it was shortened on purpose"
        findings.append(warning(path, mark, "text-differs", message, hint))
        former, now = found.text.strip().split("\n"), body.split("\n")
        diff = difflib.unified_diff(former, now, path, path, "captured", "on file", n=1, lineterm="")
        return Verdict(path, "differs", tuple(findings), "\n".join(diff))
    if findings:
        return Verdict(path, "differs", tuple(findings))
    return Verdict(path, "matches" if article.text == "full" or article.excerpts else "not-comparable")


def _excerpts(article: Article, words: str, mark: Mark) -> Iterator[Diagnostic]:
    """The excerpts that don't stand in what was captured."""
    whole = fold(" ".join(words.split())).text
    for number, excerpt in enumerate(article.excerpts, 1):
        if fold(" ".join(excerpt.text.split())).text not in whole:
            message = f"excerpt {number} isn't in what was captured"
            hint = "compare it with the source, letter for letter"
            yield warning(article.path, mark, "excerpt-differs", message, hint)


def _mark_of(data: bytes) -> Mark:
    """Where a file names its capture."""
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if line.startswith("capture:"):
            return Mark(number, 1, len(line))
    return Mark()
