"""`dossier new`: a starter site, and documents with their front matter filled in. Nothing is overwritten."""

import json
from pathlib import Path

import click

from dossier import __version__, urls
from dossier.cli.describing import editor_files
from dossier.diagnostics import DossierError, Mark, error
from dossier.revision import repository
from dossier.summary import shown_path

STARTER = Path(__file__).parent.parent / "starter"
# What the starter's files and folders are called in a site, where that is something else.
NAMES = {"gitattributes": ".gitattributes", "gitignore": ".gitignore", "github": ".github"}
VERSION = b"@VERSION@"

FORMS = {
    "article": """\
---
title: {title}
source:            # the outlet or body that published it
authors: []
date: {today}   # when it was published: 2020-02-12, 2020-02 or 2020
url:               # where it can be read
accessed: {today}
kind: news         # news, report, transcript, press-release, official, analysis, dataset, other
topics: []         # ids of topics: the names of files in content/topics/
people: []
organizations: []
places: []
summary:           # one sentence in your own words
text: summary      # what stands below: full, the source's own words; excerpts of them; or your summary
draft: true        # take this line out to publish
---

""",
    "note": """\
---
title: {title}
date: {today}
authors: []
topics: []         # ids of topics: the names of files in content/topics/
summary:           # one sentence
draft: true        # take this line out to publish
---

Cite an article by its id, like this: `[@article-id]`. Link to anything with `[[id]]`.
""",
    "claim": """\
---
statement: {title}
as_of: {today}  # the date for which it is said: 2020-02-12, 2020-02 or 2020
topics: []         # ids of topics: the names of files in content/topics/
evidence: []       # one item for each article that says something to it, as:
#  - article: article-id
#    stance: supports         # supports, disputes or mentions
#    quote: the article’s own words
#    comment: what they show
draft: true        # take this line out to publish
---

Why the evidence is read as it is, if that needs words.
""",
    "topic": """\
---
title: {title}
summary:           # one sentence
draft: true        # take this line out to publish
---

What this topic is about, and where it stands.
""",
}


def begin_document(site: Path, kind: str, title: str, today: str) -> None:
    """Write a document's file, named after its title, and say where it is."""
    title = " ".join(title.split())
    identifier = urls.slug(title)
    path = site / "content" / urls.FOLDERS[kind] / f"{identifier}.md"
    text = FORMS[kind].format(title=json.dumps(title, ensure_ascii=False), today=today)
    write_new(path, text.encode("utf-8", "replace"))
    click.echo(shown_path(str(path)))


def begin_site(folder: Path) -> None:
    """Copy the starter site into a folder that is empty or not there yet, and say what to do next.

    It may be a new repository, of which nothing is checked out yet.
    """
    if folder.is_dir() and any(path.name != ".git" for path in folder.iterdir()):
        hint = "name a folder that isn't there yet"
        raise DossierError(
            error(str(folder), Mark(), "not-empty", "there are files in this folder already", hint)
        )
    for source in sorted(STARTER.rglob("*")):
        if source.is_file() and "__pycache__" not in source.parts:
            first, *rest = source.relative_to(STARTER).parts
            data = source.read_bytes().replace(VERSION, __version__.encode())
            write_new(folder.joinpath(NAMES.get(first, first), *rest), data)
    for path, data in editor_files().items():
        write_new(folder / path, data)
    shown = shown_path(str(folder))
    click.echo(f"A dossier begins in {shown}. Next:\n\n  cd {shown}\n  dossier build\n")
    click.echo("Then open public/index.html, and README.md, which says what is where.")
    place = repository(str(folder))
    if place is not None and Path(place.top) != folder.resolve():
        click.echo(f"\nGitHub reads workflows at the top of a repository only: {place.top}")
        click.echo("docs/publishing.md says what to move there if this is to be published from here.")


def write_new(path: Path, data: bytes) -> None:
    """Write a file that isn't there yet."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "xb") as file:
            file.write(data)
    except FileExistsError:
        hint = "give the new one another title, or edit the file"
        raise DossierError(error(str(path), Mark(), "exists", "there is such a file already", hint)) from None
    except OSError as problem:
        cause = (problem.strerror or str(problem)).lower()
        raise DossierError(error(str(path), Mark(), "disk", f"could not write the file: {cause}")) from None
