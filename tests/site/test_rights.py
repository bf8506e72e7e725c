"""Text that its rights withhold is in no byte of the output, and serves verification all the same."""

import gzip
import re
import zlib
from pathlib import Path

import pytest

from tests.site.conftest import Built, build, write

# Each stands in another kind of text. Search takes words to their stems, so these have none.
PLACES = {
    "paragraph": "We say {} and no more.",
    "emphasis": "We say *{}* and **{}**.",
    "heading": "## The {} heading\n\nText.",
    "link": "See [the {} page](https://example.org/{}/page).",
    "bare address": "See https://example.org/{}.",
    "wiki link": "See [[b|the {} article]].",
    "image": '![A {} picture](picture.svg "The {} caption")',
    "code": "```python\n{} = 1\n```\n\nAnd `{}`.",
    "list": "- one\n- {} two",
    "table": "| {} | b |\n| - | - |\n| c | {} |",
    "quote": "> They said {}.",
    "admonition": "> [!NOTE] The {} note\n> Text.",
    "definition": "{}\n: A word, {}.",
    "footnote": "Text.[^1]\n\n[^1]: The {} note.",
    "comment": "<!-- {} -->\n\nText.",
    "raw HTML": "A <b title='{}'>{}</b>.",
    "mention": "As @{} says.",
}
OPENING = " ".join(f"first{number}" for number in range(1, 61))
QUOTED = "these few words of the withheld text are quoted"


def marker(number: int) -> str:
    """A word that stands in one place alone. Search would take other endings off."""
    return f"zanzibar{number}q"


def article(rights: str, kind: str) -> str:
    body = "\n\n".join(text.replace("{}", marker(number)) for number, text in enumerate(PLACES.values()))
    around = f"{marker(90)} said {QUOTED} and {marker(91)} ended."
    fields = f"title: A\ndate: 2020-01-01\ntopics: [t]\ntext: {kind}\n{rights}"
    return f"---\n{fields}---\n{OPENING}\n\n{around}\n\n{body}\n"


def site(rights: str, kind: str, settings: str = "") -> dict[str, str]:
    quoting = f"“{QUOTED}” [@a]. “said {QUOTED}, and so on” [@a].\n\n> {QUOTED} [@a]\n"
    return {
        "site.yaml": "title: Test\nurl: https://example.org/\nsearch: true\nexcerpt_words: 40\n"
        f"findings: {{quotation-differs: warning}}\n{settings}",
        "content/articles/a.md": article(rights, kind),
        "content/articles/b.md": "---\ntitle: B\ndate: 2020-01-02\n---\n",
        "content/articles/picture.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>',
        "content/notes/n.md": f"---\ntitle: N\ndate: 2020-02-01\nsummary: S\ntopics: [t]\n---\n{quoting}",
        "content/claims/c.md": "---\nstatement: It is so\nevidence:\n  - article: a\n    stance: supports\n"
        f"    quote: {QUOTED}\n---\n",
        "content/topics/t.md": "---\ntitle: T\n---\n",
    }


def unpacked(data: bytes) -> bytes:
    """The bytes, and what they hold where they are compressed."""
    found = data
    for start in (match.start() for match in re.finditer(rb"\x1f\x8b\x08", data)):
        try:
            found += zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(data[start:])
        except zlib.error:
            continue
    return found


def told(built: Built) -> dict[str, bytes]:
    """All that the output says, by file, its name included."""
    return {name: name.encode() + unpacked(path.read_bytes()) for name, path in built.files.items()}


def leaks(built: Built) -> list[tuple[str, str]]:
    return [
        (name, found.decode())
        for name, data in told(built).items()
        for found in sorted(set(re.findall(rb"(?i)zanzibar\d+q|first5\d", data)))
    ]


@pytest.mark.parametrize(
    ("rights", "kind", "settings"),
    [
        ("", "full", ""),
        ("rights: reference\n", "full", "rights: full\n"),
        pytest.param("", "excerpts", "", marks=pytest.mark.slow),
        pytest.param("rights: excerpt\n", "full", "rights: full\n", marks=pytest.mark.slow),
        pytest.param("", "excerpts", "rights: reference\n", marks=pytest.mark.slow),
    ],
)
def test_withheld_text_is_in_no_byte(tmp_path: Path, rights: str, kind: str, settings: str) -> None:
    built = build(write(tmp_path, site(rights, kind, settings)))
    assert built.code == 0, built.said
    assert "search.html" in built.files
    assert leaks(built) == []
    reference = "reference" in rights + settings
    page = told(built)["articles/a.html"]
    assert (b"first40" in page, b"first41" in page) == (not reference, False)
    # It serves all the same: what it has is verified, and what it hasn't is not.
    note = built.files["notes/n.html"].read_text(encoding="utf-8")
    assert re.findall('class="check ([a-z]+)', note) == ["verified", "differs", "verified"]
    assert (QUOTED.encode() in page) == (not reference)
    assert 'class="checked verified"' in built.files["claims/c.html"].read_text(encoding="utf-8")


def test_the_markers_are_found_where_nothing_is_withheld(tmp_path: Path) -> None:
    """The search for leaks finds them, in pages and in compressed parts of the index."""
    built = build(write(tmp_path, site("rights: full\n", "full")))
    assert built.code == 0, built.said
    found = {word for name, word in leaks(built) if name.endswith(".html")}
    hidden = {marker(list(PLACES).index("comment"))}
    assert found >= {marker(number) for number in range(len(PLACES))} - hidden
    assert any(name.startswith("search/") and word == marker(0) for name, word in leaks(built))


@pytest.mark.slow
def test_text_that_comes_to_be_withheld_is_taken_out_of_the_output(tmp_path: Path) -> None:
    folder = write(tmp_path, site("rights: full\n", "full"))
    assert leaks(build(folder)) != []
    write(folder, site("rights: excerpt\n", "full"))
    again = build(folder)
    assert again.code == 0, again.said
    assert leaks(again) == []


def test_unpacking_finds_what_is_compressed_within_a_file() -> None:
    assert b"zanzibar" in unpacked(b"before" + gzip.compress(b"a zanzibar b") + b"after")
