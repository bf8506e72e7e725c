"""What Markdown becomes, and what is found wrong in it: fixtures/html.md and fixtures/findings.md."""

import pytest

from .examples import findings, fixtures, note, whole


@pytest.mark.parametrize(("title", "markdown", "html"), list(fixtures("html.md")))
def test_html(title: str, markdown: str, html: str) -> None:
    assert whole(note(markdown)) == html


@pytest.mark.parametrize(("title", "markdown", "expected"), list(fixtures("findings.md")))
def test_findings(title: str, markdown: str, expected: str) -> None:
    assert findings(note(markdown)) == expected
