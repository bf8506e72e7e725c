"""`dossier list`: how much there is, what is new, and what hangs in the air."""

import sys
from collections.abc import Sequence

import click

from dossier.cli.printing import is_terminal
from dossier.diagnostics import printable
from dossier.library import Library
from dossier.library.model import document_kind_of
from dossier.model import Article, Note

LATEST = 10
Row = Sequence[str]


def print_library(library: Library) -> None:
    """Print the dossier's contents: as tables on a terminal, else as lines with tabs between their cells."""
    print_table(library.site.title, ("kind", "documents"), counts(library))
    print_table("latest", ("date", "kind", "id", "title"), latest(library))
    if library.claims:
        print_table("claims", ("state", "for", "against", "id", "statement"), claims(library))
    print_table("orphans", ("kind", "id", "why"), orphans(library))


def counts(library: Library) -> list[Row]:
    """How many documents and entities there are of each kind."""
    documents = [
        ("articles", library.articles),
        ("notes", library.notes),
        ("topics", library.topics),
        ("claims", library.claims),
    ]
    entities = [
        (f"{kind}s" if kind != "person" else "people", library.entities[kind]) for kind in library.entities
    ]
    return [(name, f"{len(values):,}") for name, values in (*documents, *entities)]


def latest(library: Library) -> list[Row]:
    """The newest articles and notes."""
    newest = sorted(_dated(library), key=lambda document: (document.date, document.id), reverse=True)
    return [
        (document.date, document_kind_of(document), document.id, document.title)
        for document in newest[:LATEST]
    ]


def claims(library: Library) -> list[Row]:
    """All claims: how they stand, and how many independent sources support and dispute each."""
    rows: list[Row] = []
    for claim in library.claims:
        weighed = library.weighed[claim.id]
        sides = (str(len(weighed.supporting)), str(len(weighed.disputing)))
        rows.append((weighed.state, *sides, claim.id, claim.statement))
    return rows


def orphans(library: Library) -> list[Row]:
    """Documents that nothing leads to: in no topic, articles that no text cites, links to or gives as
    evidence, empty topics.
    """
    rows: list[Row] = []
    for document in (*_dated(library), *library.claims):
        reasons = [] if document.topics else ["in no topic"]
        cited = library.cited_in.get(document.id) or library.mentioned_in.get(document.id)
        if isinstance(document, Article) and not cited and document.id not in library.testimony:
            reasons.append("never cited")
        if reasons:
            rows.append((document_kind_of(document), document.id, ", ".join(reasons)))
    held = (library.topic_articles, library.topic_notes, library.topic_claims)
    empty = [topic for topic in library.topics if not any(of_topic.get(topic.id) for of_topic in held)]
    rows += [("topic", topic.id, "without documents") for topic in empty]
    return rows


def _dated(library: Library) -> tuple[Article | Note, ...]:
    return (*library.articles, *library.notes)


def print_table(title: str, columns: Row, rows: Sequence[Row]) -> None:
    """Print rows under a title."""
    if not is_terminal(sys.stdout):
        click.echo(f"# {printable(title)}")
        for row in rows:
            click.echo("\t".join(printable(cell) for cell in row))
        click.echo()
        return
    from rich.console import Console  # Only people at a terminal see tables.
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column == "documents" else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    if not rows:
        table.add_row(Text("none", style="dim"))
    console = Console(highlight=False)
    console.print(table)
    console.print()
