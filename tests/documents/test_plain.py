"""The quick way through plainly written front matter gives what the YAML parsers give, or nothing."""

import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.documents import parse
from dossier.frontmatter import plain
from dossier.frontmatter.encoding import decode
from dossier.frontmatter.reader import LOADER, PURE, load
from dossier.markup import direct
from dossier.model import Parsed

ROOT = Path(__file__).parents[2]
DEMONSTRATION = sorted((ROOT / "content").glob("**/*.md")) + sorted((ROOT / "content").glob("*.yaml"))
BROKEN = sorted(path for path in (ROOT / "tests" / "broken").glob("**/*.md") if path.is_file())


def goes_quickly(text: str) -> bool:
    """Whether a front matter goes the quick way; if so, it must come to the same."""
    quick = plain.read(text, 2)
    if quick is None:
        return False
    for loader in (LOADER, PURE):
        assert load("p", text, 2, loader) == (quick, [])
    return True


def parse_slowly(path: str, data: bytes) -> Parsed:
    """What comes of a document without the quick ways."""
    with patch.object(plain, "read", return_value=None), patch.object(direct, "convert", return_value=None):
        return parse(path, data)


@pytest.mark.parametrize("file", [*DEMONSTRATION, *BROKEN], ids=lambda path: path.name)
def test_documents_come_to_the_same(file: Path) -> None:
    data = file.read_bytes()
    inside = file.is_relative_to(ROOT / "content")
    path = file.relative_to(ROOT).as_posix() if inside else f"content/articles/{file.name}"
    assert parse(path, data) == parse_slowly(path, data)


def test_a_plainly_written_document_loads_no_parser() -> None:
    """Start-up is part of the speed."""
    program = """
import sys
from dossier.documents import parse
text = "---\\ntitle: A\\nurl: https://a.b\\ntopics: [b, c]\\ntags:\\n  - d\\n---\\n## A\\n\\n*Text* [b](https://c.d).\\n"
assert parse("content/articles/a.md", text.encode()).value.body.headings
print(*{"yaml", "markdown_it", "mdit_py_plugins", "pygments"} & set(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n",
        "# c\na:   b c  \n\nd: 'e: f'\ng: \"h # i\"\n",
        "a:\nb: ''\n",
        "a: [b, c d, \"e, f\", 'g']\nh: []\n",
        "a:\n- b\n- c d\ne:\n  - f\n",
        'a:\n  - b: c\n    d: [e]\n  - b: "f"\n',
        "a: https://b.c/d#e\nf: g:h\ni: “j” – k’s\n",
    ],
)
def test_what_goes_quickly(text: str) -> None:
    assert goes_quickly(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: b",
        "a: b\na: c\n",
        "a: b\n c\n",
        "a: b\n\n  c\n",
        "a:b\n",
        "a: b: c\n",
        "a: b #c\n",
        "a: b:\n",
        "a: >\n  b\n",
        "a: &b c\n",
        "a: 'b''c'\n",
        'a: "b\\n"\n',
        "a: [b: c]\n",
        "a: [b, ]\n",
        "a: {b: c}\n",
        "a: -\n",
        "a:\tb\n",
        "a:\n  b: c\n",
        "a:\n  - b\n - c\n",
        "a:\n  - b: c\n     d: e\n",
        "a:\n  - b: c\n    b: d\n",
        "- a\n",
        "? a\n",
        "--- a\n",
        "a: b\u2028c\n",
    ],
)
def test_what_does_not(text: str) -> None:
    assert not goes_quickly(text)


# fmt: off
KEYS = st.sampled_from(["title", "a", "b_c", "x-y", "date", "null", "<<", "1", "é", "k" * 70, "-a", "_z"])
PLAIN_VALUES = st.sampled_from(
    ["x", "NATO", "a b", "it's", "2020-01-02", "1e3", "null", "~", "é “q”", "日本", "𝒳 y", "a:b", "a, b",
     "https://e.org/a#b", "'q'", '"q"', '""', "' '", "'a: b'", '"a # b"', "[]", "[a]", "[a, b c]",
     '["a, b", c]', "['x', y]", "[a b, c-d, e.f]", "[O'Brien, b]", "(x)", "/x", "a# b", "…", "$x"]
)
ODD_VALUES = st.sampled_from(
    ["a #b", "#c", "a: b", ":", "a:", "-", "- x", "-5", "? x", "&a", "*a", "!t", "|", ">-", "%x", "@x", "`x",
     "'it''s'", '"a\\n"', '"a"b', "[", "]", "[ ]", "[a,b]", "[a, ]", "[a, , b]", "[a: b]", "[a ,b]",
     "[ a, b ]", "[[a]]", "{a: b}", "[a, #b]", "a\tb", "x\u00a0", "\u00a0x", "a\u2028b", "\ufeffx",
     "x\u0085", "[a?b]", "[a  b]", "<x", "=x", "\\x", "x'", '[a"b]', "[a&b]", "[-a]", "[a]b", "[a] ",
     "...", "---", "x" * 1100, "[" + "y" * 1100 + "]", ""]
)
# fmt: on
VALUES = PLAIN_VALUES | PLAIN_VALUES | PLAIN_VALUES | ODD_VALUES
FIELDS = st.tuples(KEYS, st.sampled_from([": ", ": ", ": ", ":  ", " : ", ":", ":\n "]), VALUES).map("".join)
INDENTS = st.sampled_from(["  ", "  ", "", "    ", " "])
TEXT_LISTS = st.tuples(KEYS, INDENTS, st.lists(VALUES, max_size=3)).map(
    lambda made: "\n".join([f"{made[0]}:", *(f"{made[1]}- {item}" for item in made[2])])
)
FIELD_LISTS = st.tuples(KEYS, INDENTS, st.lists(st.lists(FIELDS, min_size=1, max_size=3), max_size=2)).map(
    lambda made: "\n".join(
        [f"{made[0]}:", *(f"{made[1]}- " + f"\n{made[1]}  ".join(fields) for fields in made[2])]
    )
)
OTHERS = st.sampled_from(["", "# c", " # c", "  ", "- x", "x", "  x", "...", "  a: b", "a: b # c", "a: b "])
MATTERS = st.lists(FIELDS | FIELDS | TEXT_LISTS | FIELD_LISTS | OTHERS, min_size=1, max_size=4)


def assert_same(lines: list[str]) -> None:
    text, _ = decode("p", "".join(f"{line}\n" for line in lines).encode())
    assert text is not None
    goes_quickly(text)


@settings(max_examples=400, deadline=None)
@given(MATTERS)
def test_on_anything(lines: list[str]) -> None:
    assert_same(lines)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(MATTERS)
def test_on_very_much(lines: list[str]) -> None:
    assert_same(lines)
