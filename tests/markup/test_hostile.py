"""Text that wants to run, to break out of the page, or to take for ever."""

import re
import time
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.markup import LONGEST_TEXT, Rendered, render
from dossier.markup.parser import DEEPEST_NESTING

from .examples import NOTE, note, whole

TAGS = frozenset(
    [
        "a",
        "aside",
        "blockquote",
        "br",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "span",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
ATTRIBUTES = frozenset(
    ["alt", "class", "height", "href", "id", "loading", "rel", "role", "src", "start", "title", "width"]
)
# https://url.spec.whatwg.org/#scheme-state
SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\-]*):")
VOID = frozenset(["br", "hr", "img"])


class Judge(HTMLParser):
    """Fails at any tag, attribute or address that a body has no use for, and at any tag that stays open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, (tag, name)
            if name in ("href", "src"):
                address = "".join((value or "").split()).lower()
                scheme = SCHEME.match(address)
                assert not scheme or scheme[1] in ("http", "https", "mailto"), value
                assert not address.startswith("//")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless_body(rendered: Rendered) -> None:
    """The body's HTML holds nothing that could run, with its slots empty and in each slot."""
    for html in ("".join(rendered.segments), *(slot.html for slot in rendered.body.slots)):
        judge = Judge()
        judge.feed(html)
        judge.close()
        assert judge.open == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<!--><script>x</script>-->",
        '[a](<javascript:x> "t")',
        '[a](x "\\" onclick=x")',
        '![a" onerror="x](x.png)',
        '![a](x.png "\\" onerror=\\"x")',
        '[[a|"><script>x</script>]]',
        '[[a"><b>]]',
        '[@a, "><script>]',
        '```"><script>\nx\n```',
        "```python\n</code><script>\n```",
        "# <img onerror=x>",
        '# " onclick=x',
        "> [!NOTE] <script>",
        '![a](x.png){width="1" onerror=x}',
        "[^1]\n\n[^1]: <script>",
        '[^1]\n\n[^1]: ![a](x "b")',
        "[<https://a.example>](b)",
        "[a <a@b.example> c](b)",
        "[^1]: >[^1]: ",
        "[a]\n\n[a]: javascript:x '<b>'",
        "<javascript:alert(1)>",
        '<https://a"onclick=x>',
        'https://a/"onclick=x',
        "| <b> |\n|:-:|",
        '[a](https://a/?"onclick=x)',
        '[a]("onclick=x.md)',
        '[a](x.png#"onclick=x)',
        '[a](#"onclick=x)\n# "onclick=x',
    ],
)
def test_attacks(text: str) -> None:
    assert_harmless_body(note(text))


PIECES = st.sampled_from(
    [
        *" \n\n\t*_~`[]()<>!\"'\\&;:#|-@^{}=/.a1é\u200b\x00",
        "javascript:",
        "https://a",
        "<b>",
        "<!--",
        "-->",
        "[[a",
        "]]",
        "[@b",
        "](",
        "![",
        "{width=1}",
        "> ",
        "- ",
        "[!NOTE]",
        "[^1]",
        "[^1]: ",
        "```",
        "|-|",
        "# ",
        ": ",
        "&#58;",
        "&colon;",
        "data:",
        "onclick=",
        "</p>",
        ".md",
        "../",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_anything(text: str) -> None:
    rendered = note(text)
    assert len(rendered.segments) == len(rendered.body.slots) + 1
    assert_harmless_body(rendered)
    lines = text.split("\n")
    for mark in (found.mark for found in (*rendered.references, *rendered.diagnostics)):
        assert 1 <= mark.line <= len(lines)
        assert 1 <= mark.column <= len(lines[mark.line - 1]) + 1


# Text of about a given size that is hard on a parser of Markdown.
HARD: dict[str, Callable[[int], str]] = {
    "nested quotes": lambda size: "> " * (size // 2),
    "quotes line by line": lambda size: ("> " * 25 + "a\n") * (size // 52),
    "nested lists": lambda size: "".join("  " * (depth % 14) + "- a\n" for depth in range(size // 18)),
    "lists in one line": lambda size: "- " * (size // 2),
    "opening brackets": lambda size: "[" * size,
    "brackets in brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "opening images": lambda size: "![" * (size // 2),
    "images in images": lambda size: "![" * (size // 6) + "](a)" * (size // 6),
    "links that don't close": lambda size: "[a](" * (size // 4),
    "titles that don't close": lambda size: '[a](b "' * (size // 7),
    "wiki links that don't close": lambda size: "[[a" * (size // 3),
    "citations that don't close": lambda size: "[@a;" * (size // 4),
    "a long citation": lambda size: "[" + "@a;" * (size // 3) + "@b]",
    "dots behind a citation": lambda size: "@a" + "." * size,
    "an id without end": lambda size: "@" + "a-" * (size // 2) + "@",
    "quotations": lambda size: "“a” [@b]. " * (size // 10),
    "emphasis": lambda size: "*a **b _c " * (size // 10),
    "emphasis both ways": lambda size: "a**b" + "c* " * (size // 3),
    "code that doesn't close": lambda size: "`a" * (size // 2),
    "code of all lengths": lambda size: "".join(
        "`" * length + " " for length in range(int((2 * size) ** 0.5))
    ),
    "angle brackets": lambda size: "<a:" * (size // 3),
    "comments that don't close": lambda size: "a <!-- " * (size // 7),
    "tags that don't close": lambda size: '<b y="' * (size // 6),
    "addresses": lambda size: "https://a.b/" + "(" * (size // 2) + ")" * (size // 2),
    "one word": lambda size: "a" * size,
    "quotation marks": lambda size: '"' * size,
    "one paragraph of lines": lambda size: "a\n" * (size // 2),
    "headings of one text": lambda size: "# a\n" * (size // 4),
    "headings that nobody finds": lambda size: "".join(f"# ab{n}\n[x](#c{n})\n" for n in range(size // 22)),
    "definitions": lambda size: "".join(f"[a{n}]: b\n" for n in range(size // 11)) + "[a1] " * (size // 10),
    "a definition that doesn't close": lambda size: '[a]: b "\n' + "a\n" * (size // 2),
    "footnotes that are not there": lambda size: (
        "[^a]: b\n\n" + "".join(f"[^c{n}] " for n in range(size // 9))
    ),
    "one footnote": lambda size: "[^a]: b\n\n" + "[^a]" * (size // 4),
    "footnotes in footnotes": lambda size: "[^a]: " * (size // 6),
    "a wide table": lambda size: "|a" * (size // 4) + "|\n" + "|-" * (size // 4) + "|\n",
    "a table of empty rows": lambda size: "|a" * 50 + "|\n" + "|-" * 50 + "|\n" + "|\n" * (size // 2),
    "a row of wiki links": lambda size: "|[[a]]" * (size // 8) + "|\n" + "|-" * (size // 8) + "|\n",
    "a cell of wiki links": lambda size: "|a|\n|-|\n|" + "[[a\\|b]]" * (size // 8) + "|\n",
    "languages that nobody knows": lambda size: "".join(f"```x{n}\na\n```\n" for n in range(size // 14)),
    "code": lambda size: (
        "```python\n" + "x = 'a' " * 100 + "\n```\n" + "```cpp\n" + "a<b<" * (size // 5) + "\n```\n"
    ),
    "definition lists": lambda size: "a\n: b\n" * (size // 6),
    "unsafe links": lambda size: "[r]: javascript:x\n\n" + "[r] " * (size // 4),
}


@pytest.mark.parametrize("kind", HARD)
def test_time_grows_with_the_text(kind: str) -> None:
    # Four times the text may take eight times as long and a little more, of this process's own time.
    small, large = (_seconds(HARD[kind](size)) for size in (10_000, 40_000))
    assert large < small * 8 + 0.3


def _seconds(text: str) -> float:
    started = time.process_time()
    render(text, path=NOTE, first_line=1, citations=True)
    return time.process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("kind", HARD)
def test_the_longest_text_takes_seconds(kind: str) -> None:
    text = HARD[kind](LONGEST_TEXT)[:LONGEST_TEXT]
    assert _seconds(text) < 15


def test_a_text_that_is_too_long_is_refused() -> None:
    rendered = note("a" * (LONGEST_TEXT + 1))
    assert [found.code for found in rendered.diagnostics] == ["too-large"]
    assert whole(rendered) == ""
    assert note("a " * (LONGEST_TEXT // 2)).diagnostics == ()


@pytest.mark.parametrize("begin", ["> ", "- ", "1. ", "a\n: "])
def test_a_text_that_is_nested_too_deeply_is_refused(begin: str) -> None:
    deep = begin * 12 + "a"
    assert note(deep).diagnostics == ()
    assert "a" in whole(note(deep))
    if begin != "a\n: ":  # definitions don't stand in one another on one line
        refused = note(begin * (DEEPEST_NESTING + 1) + "a", first_line=3)
        assert [(found.code, found.mark.line) for found in refused.diagnostics] == [("too-deep", 3)]
        assert whole(refused) == ""
