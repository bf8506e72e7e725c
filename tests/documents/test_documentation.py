"""docs/front-matter.md names every field, every code and every limit."""

import re
from pathlib import Path

import pytest

from dossier import frontmatter
from dossier.documents import claims, dates, link_record, pages, parse, parts, registers, settings, values
from dossier.frontmatter.mistakes import DEEPEST

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "front-matter.md").read_text(encoding="utf-8")
TABLES = [
    pages.ARTICLE,
    pages.NOTE,
    pages.TOPIC,
    pages.CLAIM,
    claims.EVIDENCE,
    claims.HELD,
    parts.EVENT,
    parts.EXCERPT,
    settings.SITE,
    settings.CHECK,
    link_record.LINK,
    *registers.TABLES.values(),
]


@pytest.mark.parametrize("field", sorted({field for table in TABLES for field in table}))
def test_every_field_is_documented(field: str) -> None:
    assert re.search(rf"`{field}`|\b{field}:", PAGE)


@pytest.mark.parametrize(
    "limit",
    [
        frontmatter.LARGEST_FRONT_MATTER,
        frontmatter.LARGEST_BODY,
        frontmatter.LARGEST_YAML,
        values.LONGEST_TITLE,
        values.LONGEST_NAME,
        values.LONGEST_LINE,
        values.LONGEST_PASSAGE,
        values.MOST_ITEMS,
        DEEPEST,
    ],
)
def test_every_limit_is_documented(limit: int) -> None:
    assert re.search(rf"\b{limit:,}\b", PAGE.partition("## Limits")[2])


def test_the_examples_are_read_without_a_finding() -> None:
    blocks = re.findall(r"```(?:yaml|markdown)\n(.*?)```", PAGE, re.DOTALL)
    document, claim, held, events, excerpts, aliases, register, links = blocks
    article = document.replace("---\nMinisters", events + excerpts + aliases + "---\nMinisters")
    assert parse("content/articles/a.md", article.encode()).diagnostics == ()
    assert parse("content/claims/a.md", f"---\n{claim}---\n".encode()).diagnostics == ()
    topic = f"---\ntitle: A topic\n{held}---\n"
    assert parse("content/topics/a.md", topic.encode()).diagnostics == ()
    example = register.replace("https://…", "https://example.org")
    assert parse("content/people.yaml", example.encode()).diagnostics == ()
    assert parse("content/links.yaml", links.encode()).diagnostics == ()


@pytest.mark.parametrize(
    "text", re.findall(r"`(2020[-0-9T:Z+ ]*)`", PAGE.partition("## Dates")[2].partition("Everything")[0])
)
def test_the_dates_are_read(text: str) -> None:
    assert isinstance(dates.read_date(text), dates.Written)
