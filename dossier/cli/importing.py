"""`dossier import bibliography`: an article's file for each work. Nothing is overwritten."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from dossier import urls
from dossier.bibliography import Read, read_bibliography
from dossier.cli.scaffold import write_new
from dossier.diagnostics import DossierError, Mark, error, printable
from dossier.summary import counted, shown_path
from dossier.views import CitedName, CitedWork


def import_bibliography(site: Path, file: Path, *, dry_run: bool) -> None:
    """Write a bibliography's articles, and say of each where it is, or why it isn't, and what was lost."""
    try:
        data = file.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        wrong = error(str(file), Mark(), "unreadable", f"can't be read: {reason}", "check its name")
        raise DossierError(wrong) from None
    reads = read_bibliography(file.name, data)
    written = 0
    taken = {path.stem for path in (site / "content").glob("articles/**/*.md")}
    for read, path in _placed(site, reads):
        told = f"; left behind: {', '.join(map(printable, read.lost))}" if read.lost else ""
        if path.stem in taken:
            click.echo(f"{shown_path(str(path))}: there is an article of this id already, so it stays{told}")
            continue
        taken.add(path.stem)
        written += 1
        if not dry_run:
            write_new(path, article_text(read.work).encode("utf-8", "replace"))
        click.echo(f"{shown_path(str(path))}: {printable(read.work.title)}{told}")
    done = "would be written" if dry_run else "written"
    click.echo(f"{counted(len(reads), 'work')} read, {counted(written, 'article')} {done}")


def _placed(site: Path, reads: Sequence[Read]) -> Iterator[tuple[Read, Path]]:
    """Each work with its file: named by its key where that can be an id, else by its date and title."""
    for read in reads:
        work = read.work
        key = work.id if urls.slug(work.id) == work.id.lower() else ""
        name = urls.slug(key or " ".join((work.date, work.title))) or "untitled"
        yield read, site / "content/articles" / f"{name[: urls.LONGEST_ID].strip('-')}.md"


def article_text(work: CitedWork) -> str:
    """An article's file: all that is known of a work, and no text, which is still to be clipped."""
    values = {
        "title": work.title or "Untitled",
        "source": work.container or work.publisher,
        "authors": [_written(name) for name in work.authors],
        "date": work.date,
        "url": work.url,
        "archive_url": work.archive,
        "accessed": work.accessed,
        "language": work.language,
        "kind": "" if work.kind == "other" else work.kind,
        "tags": list(work.tags),
        "summary": work.abstract,
        "text": "summary",
    }
    lines = [f"{key}: {_yaml(key, value)}" for key, value in values.items() if value]
    return "---\n" + "\n".join(lines) + "\n---\n"


def _written(name: CitedName) -> str:
    return f"{name.family}, {name.given}" if name.family and name.given else name.name


def _yaml(key: str, value: object) -> str:
    """A value as YAML that needs no guessing: quoted text, but for what the front matter's own rules read."""
    if key in ("kind", "text") or (key in ("date", "accessed") and len(str(value)) == len("2020-02-12")):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
