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
    print_table("orphans", ("kind", "id", "why"), orphans(library))


def counts(library: Library) -> list[Row]:
    """How many documents and entities there are of each kind."""
    documents = [("articles", library.articles), ("notes", library.notes), ("topics", library.topics)]
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


def orphans(library: Library) -> list[Row]:
    """Documents that nothing leads to: in no topic, articles that no text cites or links to, empty topics."""
    rows: list[Row] = []
    for document in _dated(library):
        reasons = [] if document.topics else ["in no topic"]
        cited = library.cited_in.get(document.id) or library.mentioned_in.get(document.id)
        if isinstance(document, Article) and not cited:
            reasons.append("never cited")
        if reasons:
            rows.append((document_kind_of(document), document.id, ", ".join(reasons)))
    empty = (
        t for t in library.topics if not (library.topic_articles.get(t.id) or library.topic_notes.get(t.id))
    )
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
