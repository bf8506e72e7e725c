"""docs/themes.md lists every view as dossier/views.py has it, every filter and every template."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from dossier.theme import PAGE_TEMPLATES, filters
from tests.theme.pages import REPOSITORY

DOCS = REPOSITORY / "docs" / "themes.md"
BEGIN, END = re.compile(r"<!-- views: made by .*? -->\n"), "<!-- views: end -->"


def described(name: str) -> Iterator[str]:
    """The classes of a module of dossier, in words: heading, docstring, fields."""
    for node in ast.parse((REPOSITORY / "dossier" / name).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            fields = [field for field in node.body if isinstance(field, ast.AnnAssign)]
            yield f"\n### {node.name}\n\n{ast.get_docstring(node)}\n"
            if any(isinstance(base, ast.Name) and base.id == "View" for base in node.bases):
                yield "\nBeside what every View has:\n"
            if fields:
                yield "\n| field | type |\n| --- | --- |\n"
            yield from (
                f"| `{ast.unparse(field.target)}` | {words(field.annotation)} |\n" for field in fields
            )


def words(annotation: ast.expr) -> str:
    """A field's type as a reader of the docs needs it: `list of Card`, `text`, `Link or none`."""
    written = ast.unparse(annotation).replace("'", "")
    many = re.fullmatch(r"tuple\[(.+), \.\.\.\]", written)
    if many:
        return f"list of {words(ast.parse(many[1], mode='eval').body)}"
    named = {"str": "text", "int": "number", "bool": "yes or no", "None": "none", "``": "empty"}
    named["Direction"] = "`ltr` or `rtl`"
    literals = re.sub(
        r"Literal\[(.*?)\]", lambda found: " or ".join(f"`{v}`" for v in found[1].split(", ")), written
    )
    return " or ".join(named.get(part, part) for part in literals.split(" | "))


def test_every_view_is_documented_as_it_is(snapshot: Callable[[Path, str], None]) -> None:
    text = DOCS.read_text(encoding="utf-8")
    begin = BEGIN.search(text)
    assert begin
    assert END in text
    views = "".join(described("views.py")).lstrip("\n")
    snapshot(DOCS, text[: begin.end()] + views + text[text.index(END) :])


def test_every_filter_and_template_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert [name for name in (*filters.OWN, *filters.KEPT) if f"`{name}`" not in text and name != "e"] == []
    assert [name for name in PAGE_TEMPLATES if f"`{name}`" not in text] == []
