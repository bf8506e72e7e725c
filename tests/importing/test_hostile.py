"""Whatever stands in a folder of Markdown: what is written builds, in bounded time."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.site import Site
from tests.importing.conftest import Desk
from tests.importing.test_bookmarks import BROWSER
from tests.importing.test_feed import RSS
from tests.importing.test_zotero import RIS

PIECES = (
    *(
        "[[A]]",
        "[[A#x|y]]",
        "![[A]]",
        "[[",
        "]]",
        "[a](b.md)",
        "[a](A.md#q)",
        "![x](../p.png)",
        "[r]: /nope\n",
        "[r]",
    ),
    *(
        "`",
        "``",
        "```\n",
        "~~~\n",
        "$$",
        "$x$",
        "%%",
        "==a==",
        "^[n]",
        "[^1]",
        "[^1]: n\n",
        "#tag",
        "@a",
        "[@a; @b]",
    ),
    *(
        "<b>",
        "</b>",
        "<a href='x'>",
        "</a>",
        "<img src=x.png>",
        "<!--",
        "-->",
        "<script>",
        "<br>",
        "<x",
        "\\",
        "|",
    ),
    *("{{< a >}}", "{{% /a %}}", "{{<", "{{ x }}", "{% raw %}", "{% endraw %}", "{% if %}", "{: .x}", "{#a}"),
    *(
        "> ",
        "> [!note]\n",
        "- ",
        "- [ ] ",
        "    ",
        "\n",
        "\n\n",
        "# H\n",
        "## x\n",
        "---\n",
        "words ",
        "é ",
        "\u202e",
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("program", ["obsidian", "hugo", "jekyll"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), min_size=1, max_size=4))
def test_what_is_written_builds_whatever_the_text(desk: Desk, program: str, texts: list[str]) -> None:
    files = {
        f"any/_posts/2020-02-1{n}-{name}.md": text
        for n, (name, text) in enumerate(zip("ABCD", texts, strict=False))
    }
    for path in list(desk.new):
        (desk.site.folder / "content" / path).unlink()
    for old in (desk.around / "any").rglob("*.md"):
        old.unlink()
    desk.put({path: f"---\ntitle: {path[-4]}\n---\n{text}" for path, text in files.items()})
    for kind in ("notes", "articles"):
        done = desk.take(program, "any", "--as", kind)
        assert "internal" not in done.codes


LONG = {
    "ticks": "` `` " * 60_000,
    "brackets": "[" * 100_000,
    "wiki": "[[" * 50_000,
    "links": "[a](" * 30_000,
    "tags": "<a " * 60_000,
    "scripts": "<script>" * 40_000,
    "comments": "<!-- " * 40_000,
    "hidden": "%%" * 40_001,
    "math": "$" * 60_001,
    "marks": "==a" * 40_000,
    "shortcodes": "{{< x " * 30_000,
    "liquid": "{% x " * 30_000,
    "values": "{{ x " * 30_000,
    "quotes": ">" * 20_000,
    "a long line": "word " * 100_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_long_texts_take_bounded_time(desk: Desk, name: str) -> None:
    desk.put({"any/_posts/2020-02-12-long.md": f"---\ntitle: Long\n---\n{LONG[name]}\n"})
    for program in ("obsidian", "hugo", "jekyll"):
        began = time.process_time()
        done = desk.call("import", program, "any", "--dry-run")
        assert time.process_time() - began < 15, program
        assert set(done.codes) <= {"left-markup", "left-link", "not-buildable", "left-field"}


def test_links_out_of_the_folder_are_not_followed(desk: Desk) -> None:
    desk.put(
        {
            "secret.md": "---\ntitle: Secret\n---\nSecret.\n",
            "secret/s.png": b"secret",
            "V/a.md": "![[s.png]] ![](../secret/s.png)",
        }
    )
    (desk.around / "V/link.md").symlink_to(desk.around / "secret.md")
    (desk.around / "V/folder").symlink_to(desk.around / "secret")
    done = desk.take("obsidian", "V")
    assert [path for path in desk.new if "secret" in desk.new[path]] == []
    assert done.codes.count("not-imported") == 2


@pytest.mark.slow
def test_what_strangers_wrote_is_parsed_in_a_process_of_its_own(desk: Desk) -> None:
    """And a folder of Markdown needs nothing that isn't always installed."""
    desk.put({"feed.xml": RSS, "b.html": BROWSER, "l.ris": RIS, "V/A.md": "[[A]]", "h/content/b.md": "B."})
    calls = [
        ["feed", "feed.xml"],
        ["bookmarks", "b.html"],
        ["zotero", "l.ris"],
        ["obsidian", "V"],
        ["hugo", "h"],
    ]
    program = (
        "import sys; from dossier.cli.running import run\n"
        f"for call in {calls!r}: assert run(['--site', 'site', 'import', *call]) == 0\n"
        "print([name for name in ('lxml', 'feedparser', 'trafilatura', 'rispy', 'ahocorasick_rs') "
        "if name in sys.modules])"
    )
    done = Site(desk.around).python(program)
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr
    assert len(desk.new) == 7
