"""What is new since a reader's last visit is marked by their own browser, and told to nobody."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.history.repository import Repository, article, repository
from tests.site.serving import served


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "repo")
    made.commit({"site.yaml": "title: S\n", "content/articles/a.md": article("Old", "x")}, "2025-01-01")
    made.build()
    return made


def seen(context: BrowserContext, address: str) -> tuple[str, list[str]]:
    """What a visit in a new tab says, and the titles that it marks."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="load")
    line = page.locator(".visits")
    said = line.inner_text() if line.count() else ""
    marked = page.locator(".fresh .row-title").all_inner_texts()
    page.close()
    assert all(url.startswith(address.partition("changes/")[0]) for url in asked)
    return said, marked


def test_the_second_visit_marks_what_came_since(repo: Repository, browser: Browser) -> None:
    with served(repo.site.output) as base, browser.new_context() as context:
        address = base + "changes/index.html"
        assert seen(context, address) == ("", [])
        assert seen(context, address) == ("Nothing on this page since your last visit", [])
        repo.commit({"content/articles/b.md": article("New", "x")}, "2025-02-03")
        repo.build()
        assert seen(context, address) == ("1 on this page since your last visit", ["New"])


def test_without_scripts_the_page_is_the_same(repo: Repository, browser: Browser) -> None:
    with served(repo.site.output) as base, browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(base + "changes/index.html")
        assert page.get_by_role("link", name="Old").is_visible()
