"""Every page of every site, read by the Nu HTML checker in one run."""

import json
import re
import subprocess

import pytest

from tests.site.conftest import Built

# What the checker can't know: that `'self'` is where the files will be served from, and that a data block is
# no script to a content security policy.
NOT_SO = re.compile(
    "Resource violates Content Security Policy .* blocked by “(style|img|script)-src” directive"
    "|Inline script violates Content Security Policy"
)


@pytest.fixture(scope="module")
def checked(html_checker: list[str], site: Built, bare: Built, hostile: Built, empty: Built) -> list[dict]:
    folders = [str(built.output) for built in (site, bare, hostile, empty)]
    command = [*html_checker, "--skip-non-html", "--format", "json", *folders]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, encoding="utf-8")
    messages: list[dict] = json.loads(done.stderr)["messages"]
    return [message for message in messages if not NOT_SO.search(message["message"])]


def test_hostile_texts_reach_the_pages_as_text(hostile: Built) -> None:
    """The sites above are a test only if what they hold is shown: nothing was left out as broken."""
    assert "error[" not in hostile.said
    for name in ("articles/article", "notes/note", "claims/claim", "topics/topic", "people/person", "index"):
        html = hostile.files[f"{name}.html"].read_text(encoding="utf-8")
        assert "&lt;script&gt;alert(1)" in html
        assert "onerror=alert(2)&gt;" in html


@pytest.mark.slow
@pytest.mark.parametrize("name", ["site", "bare", "hostile", "empty"])
def test_no_errors_and_no_warnings(checked: list[dict], name: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(name).output.as_uri().removeprefix("file://")
    own = [message for message in checked if folder in message.get("url", folder)]
    said = {
        f"{message.get('url', '').partition(folder)[2]}:{message.get('lastLine')}: {message['message']}"
        for message in own
    }
    assert sorted(said) == []
