"""Front matter: how it is told from the body, and where its values stand."""

import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.diagnostics import Mark
from dossier.frontmatter import (
    LARGEST_BODY,
    LARGEST_FRONT_MATTER,
    Content,
    Listing,
    Mapping,
    Node,
    Scalar,
    lines_of,
    read_document,
    read_yaml_file,
)
from dossier.frontmatter.encoding import decode
from dossier.frontmatter.reader import LOADER, PURE, load

PATH = "content/articles/a.md"
BROKEN = Path(__file__).parents[1] / "broken" / "one-file"


def read(text: str) -> Content:
    return read_document(PATH, text.encode())


def codes(content: Content) -> list[str]:
    return [diagnostic.code for diagnostic in content.diagnostics]


def test_fences_part_front_matter_and_body() -> None:
    content = read("---\ntitle: A\ndate: 2020\n---\nFirst.\n\n---\nSecond.\n")
    assert isinstance(content.fields, Mapping)
    assert [entry.key for entry in content.fields.entries] == ["title", "date"]
    assert (content.body, content.body_line) == ("First.\n\n---\nSecond.\n", 5)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("fence", ["---", "---  ", "..."])
def test_line_ends_byte_order_mark_and_closing_dots_make_no_difference(
    end: str, mark: str, fence: str
) -> None:
    content = read(mark + end.join(["---", "title: A", fence, "Text", "more"]))
    assert content == read("---\ntitle: A\n---\nText\nmore")
    assert content.body_line == 4
    assert content.body == "Text\nmore"


@pytest.mark.parametrize(
    "text", ["---\ntitle: A\n---", "---\ntitle: A\n---\n", "---\n---\n", "---\n# nothing yet\n---\nText"]
)
def test_a_body_or_all_fields_may_be_missing(text: str) -> None:
    content = read(text)
    assert content.fields is not None
    assert content.diagnostics == ()


def test_lines_are_counted_as_editors_count_them() -> None:
    assert lines_of("\ufeffa\r\nb\rc\u2028d\n".encode()) == ["a", "b", "c\u2028d", ""]
    content = read("---\ntitle: one\u2028two\u0085three\ndate: 2020\n---\n")
    assert content.fields is not None
    assert content.fields.entries[1].mark == Mark(3, 1, 4)


def test_bytes_that_are_not_utf8_are_placed_and_the_rest_is_read() -> None:
    content = read_document(PATH, b"---\ntitle: caf\xe9\ndate: \xff\n---\nna\xefve")
    assert [(d.code, d.mark) for d in content.diagnostics] == [
        ("encoding", Mark(2, 11, 1)),
        ("encoding", Mark(3, 7, 1)),
        ("encoding", Mark(5, 3, 1)),
    ]
    assert content.fields is not None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_named(encoding: str) -> None:
    content = read_document(PATH, "---\ntitle: NATO expands\n---\nText".encode(encoding))
    assert codes(content) == ["encoding"]
    assert content.fields is None


# ---------------------------------------------------------------- places


def value(text: str) -> Node:
    """The value of the only key, `k`."""
    node, findings = load(PATH, text, 1)
    assert findings == []
    assert isinstance(node, Mapping)
    return node.entries[0].value


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("k: Ain al-Asad", Mark(1, 4, 11)),
        ("k:   Ain al-Asad   # a base", Mark(1, 6, 11)),
        ("k: 'Ain al-Asad'", Mark(1, 5, 11)),
        ('k: "Ain"', Mark(1, 5, 3)),
        ("k: 😀 München", Mark(1, 4, 9)),
        ("k:\n  Ain al-Asad", Mark(2, 3, 11)),
        ("k: Ain\n  al-Asad", Mark(1, 4, 3)),
        ('k: "Ain\n  al-Asad"', Mark(1, 5, 3)),
        ("k: >-\n  Ain\n  al-Asad", Mark(1, 4, 2)),
        ("k:", Mark(1, 1, 1)),
        ('k: ""', Mark(1, 5, 0)),
        ("k: [a, b]  # both", Mark(1, 4, 6)),
        ("k: [a,\n  b]", Mark(1, 4, 3)),
        ("k:\n  - a\n  - b", Mark(2, 3, 3)),
        ("k: {a: 1}", Mark(1, 4, 6)),
        ("k:\n  a: 1\n  b: 2", Mark(2, 3, 4)),
    ],
)
def test_a_mark_covers_the_value_as_it_is_written(text: str, mark: Mark) -> None:
    assert value(text).mark == mark


def test_items_and_keys_are_placed() -> None:
    node = value('k: [nato, "Ain al-Asad", ü]')
    assert isinstance(node, Listing)
    assert [item.mark for item in node.items] == [Mark(1, 5, 4), Mark(1, 12, 11), Mark(1, 26, 1)]
    node = value("k:\n  - a\n  -\n  - c")
    assert isinstance(node, Listing)
    assert [item.mark for item in node.items] == [Mark(2, 5, 1), Mark(3, 3, 1), Mark(4, 5, 1)]


@pytest.mark.parametrize(
    "text",
    ["2020", "2020-02-30", "No", "0x1f", "1e3", "1_000", ".inf", "+99:99", "9" * 5000, "=", "12:30:45"],
)
def test_values_are_the_characters_that_were_written(text: str) -> None:
    assert value(f"k: {text}") == Scalar(Mark(1, 4, len(text)), text)


@pytest.mark.parametrize("text", ["k:", "k: ~", "k: null"])
def test_nothing_is_empty(text: str) -> None:
    node = value(text)
    assert isinstance(node, Scalar)
    assert node.empty


@pytest.mark.parametrize("text", ["k: ''", "k: 'null'", "k: Null", "k: '~'", "k: 0"])
def test_a_text_is_not_nothing(text: str) -> None:
    node = value(text)
    assert isinstance(node, Scalar)
    assert not node.empty


# ---------------------------------------------------------------- what could hurt


@pytest.mark.parametrize("loader", [LOADER, PURE], ids=["libyaml", "pure"])
@pytest.mark.parametrize(
    "text",
    [
        "k: " + "[" * 60_000,
        "k: " + "{" * 60_000,
        "k: " + "{a: " * 20_000,
        "- " * 30_000,
        "? " * 30_000,
        "\n".join(" " * depth + "k:" for depth in range(500)),
    ],
    ids=["[", "{", "{a: ", "- ", "? ", "indentation"],
)
def test_deep_nesting_is_refused_before_it_is_followed(text: str, loader: object) -> None:
    node, findings = load(PATH, text, 1, loader)
    assert node is None
    assert [finding.message for finding in findings] == ["lists and keys are nested more than 12 deep"]


def test_aliases_are_refused_before_they_are_expanded() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    node, findings = load(PATH, bomb, 1)
    assert node is None
    assert [finding.mark for finding in findings] == [Mark(1, 4, 2)]
    _, findings = load(PATH, "a: 1\n<<: {b: 2}\n", 1)
    assert [(finding.mark, finding.hint) for finding in findings] == [(Mark(2, 1, 2), "write the keys out")]


def test_a_repeated_key_names_both_places() -> None:
    content = read("---\ntitle: A\ndate: 2020\ntitle: B\n---\n")
    (finding,) = content.diagnostics
    assert (finding.code, finding.mark) == ("duplicate-key", Mark(4, 1, 5))
    assert finding.hint == "the first is in line 2, column 1; keep one of them"
    assert content.fields is not None


def test_limits_are_stated() -> None:
    content = read("---\ntitle: " + "x" * LARGEST_FRONT_MATTER + "\n---\n")
    assert codes(content) == ["too-large"]
    assert f"the limit is {LARGEST_FRONT_MATTER:,}" in content.diagnostics[0].message
    content = read("---\ntitle: A\n---\n" + "x" * (LARGEST_BODY + 1))
    assert [(d.code, d.mark.line) for d in content.diagnostics] == [("too-large", 4)]


def test_every_line_that_a_tab_indents_is_named() -> None:
    content = read("---\ntitle: A\nevents:\n\t- date: 2020\n  \ttitle: B\nurl:\thttps://a.b\n---\n")
    assert [d.mark for d in content.diagnostics] == [Mark(4, 1, 1), Mark(5, 3, 1)]
    content = read("---\nurl:\thttps://a.b\t\n\t\ntitle: 'a\tb'\n---\n")
    assert content.diagnostics == ()


# ---------------------------------------------------------------- both parsers


def texts_of_corpus() -> list[str]:
    texts = []
    for path in sorted(BROKEN.glob("*/**/*")):
        if path.suffix in (".md", ".yaml"):
            text, _ = decode(PATH, path.read_bytes())
            if text is not None:
                texts.append(text.split("---\n")[1] if text.startswith("---\n") else text)
    return texts


@pytest.mark.parametrize("text", texts_of_corpus())
def test_libyaml_and_the_pure_parser_find_the_same_mistakes(text: str) -> None:
    assert load(PATH, text, 2, LOADER) == load(PATH, text, 2, PURE)


CHARACTERS = st.sampled_from("ab2é:-.#[]{},\"'|&*!%@`?\\<~ \n\t\u2028\x85\ufeff")
WORDS = st.sampled_from(["title", "2020", ": ", "\n  ", "- ", "? ", ", ", " #", ">-", "!!str ", "<<"])
PIECES = CHARACTERS | WORDS


# Where the parsers themselves differ: directives, document marks within lists, comments right after `>-`.
DIFFERENT = re.compile(r"^%|---|\.\.\.|[>|][-+]*#|\n\s*#[^\n]*$", re.MULTILINE)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=40).map("".join).filter(lambda text: not DIFFERENT.search(text)))
def test_libyaml_and_the_pure_parser_read_the_same(text: str) -> None:
    """What one reads without a finding the other reads to the same values in the same places."""
    (quick, quick_findings), (pure, pure_findings) = load(PATH, text, 1, LOADER), load(PATH, text, 1, PURE)
    assert bool(quick_findings) == bool(pure_findings)
    if not quick_findings:
        assert quick == pure


def test_the_quick_parser_is_used_where_it_is() -> None:
    assert LOADER is (yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)


# ---------------------------------------------------------------- anything


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"---\n", b"---\ntitle: A\n---\n"]))
def test_no_bytes_are_too_strange(data: bytes, start: bytes) -> None:
    for read_file in (read_document, read_yaml_file):
        content = read_file(PATH, start + data)
        assert content == read_file(PATH, start + data)
        assert content.fields is not None or content.diagnostics


def test_single_slips_in_a_sound_file_never_raise() -> None:
    """Every deletion, doubling and replacement of one character of a typical front matter."""
    fields = 'title: "NATO: a"\ntopics: [a, b]\nsummary: >-\n  Long\nevents:\n  - date: 2020\n    title: B\n'
    text = f"---\n{fields}---\nText\n"
    chooser = random.Random(2)
    for position in range(len(text)):
        for put in ("", text[position] * 2, chooser.choice("\t\"'[]{}:-#&*!|>%@`,?\\\n\x00\ud7ff")):
            content = read(text[:position] + put + text[position + 1 :])
            assert all(finding.hint for finding in content.diagnostics)
