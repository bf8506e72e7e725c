"""What is known of a text besides its HTML."""

from dossier.diagnostics import Mark
from dossier.markup import OPENING_WORDS, render
from dossier.markup.headings import anchor
from dossier.model import Heading, Reference

from .examples import note, whole

TEXT = """\
See [[nato]] and ![A map](map.png), *as* `code` said [@a, p. 4].
@b agrees[^1].

## The [[nato|NATO]] figures [@a]

| a | b |
| - | - |
| c | [[eu]] |

> [!NOTE]
> Counted by [hand](../articles/x.md).

[^1]: In a footnote [@c; @b].

```
code
```
"""


def test_citations_are_numbered_in_the_order_of_the_text() -> None:
    body = note(TEXT).body
    assert body.citations == ("a", "b", "c")
    numbers = [[item.number for item in slot.items] for slot in body.slots if slot.kind == "citation"]
    assert numbers == [[1], [2], [1], [3, 2]]


def test_names() -> None:
    body = note(TEXT).body
    assert body.mentions == ("nato", "eu")
    assert body.assets == ("content/notes/map.png",)
    assert body.headings == (Heading(2, "the-nato-figures", "The NATO figures"),)


def test_links_out_of_the_site_are_named_once_each() -> None:
    text = "https://a.example/b?c=d&e, [x](https://a.example/b?c=d&e), <https://f.example/ü>[^n], [y](g.md)\n"
    body = note(text + "![z](https://i.example/z.png)\n\n[^n]: Also [here](https://h.example/#i).\n").body
    assert body.links == (
        "https://a.example/b?c=d&e",
        "https://f.example/%C3%BC",
        "https://i.example/z.png",
        "https://h.example/#i",
    )


def test_the_opening_is_running_text_without_headings_tables_and_footnotes() -> None:
    body = note(TEXT).body
    assert body.opening == "See nato and A map, as code said. b agrees. Counted by hand."
    long = note("word " * 500).body
    assert long.words == 500
    assert long.opening == " ".join(["word"] * OPENING_WORDS)


def test_references() -> None:
    assert note("[[a#B c]] [x](../articles/x.md#y)\n", first_line=5).references == (
        Reference("wiki", "a", "b-c", "body", Mark(5, 3, 1)),
        Reference("file", "content/articles/x.md", "y", "body", Mark(5, 15, 18)),
    )


def test_in_an_article_an_at_sign_is_text() -> None:
    rendered = render("[@a] @b [[c]]", path="content/articles/x.md", first_line=1, citations=False)
    assert whole(rendered) == "<p>[@a] @b {{wiki c}}</p>\n"


def test_the_digest_covers_what_is_shown() -> None:
    texts = ["a", "b", "[[a]]", "[[b]]", "[[a|b]]", "[@a]", "[@a, p. 4]", "# a", "## a", ""]
    digests = {note(text).body.digest for text in texts}
    assert len(digests) == len(texts) - 1  # `# a` and `## a` show the same
    assert note("a").body.digest == note("a\n").body.digest


def test_nul_is_no_slot() -> None:
    rendered = note("a\0b `\0` &#0; [\0](\0 '\0') ![\0](a.png)")
    assert len(rendered.segments) == 1
    assert "\0" not in rendered.segments[0]


def test_anchors_of_two_kinds_never_meet() -> None:
    for text in ("Event horizon", "Ref-3", "D-Day", "FN Meka", "cite 1", "Excerpt 2"):
        assert anchor(text).startswith("h-")
    assert anchor("Index") == "index"
    assert anchor("Das 2%-Ziel") == "das-2-ziel"
