"""Quotations of a dossier: what becomes of each, what is said of it, and where its mark leads."""

import re

import pytest

from dossier.diagnostics import Mark
from dossier.library.quotations import judge

ARTICLE = """
title: A
source: NATO
text: {text}
rights: {rights}
excerpts:
  - text: We will only stay as long as we are welcome
    speaker: Jens Stoltenberg
  - text: with the consent of the Iraqis
---
We will *not* leave Iraq, he said -- “unless asked”.

The mission goes on.
"""
PEOPLE = """
jens-stoltenberg: {name: Jens Stoltenberg, aliases: [Secretary General]}
mark-esper: {name: Mark Esper}
old-stoltenberg: {name: Thorvald Stoltenberg}
"""


def dossier_of(make, note: str, text: str = "full", rights: str = "excerpt", **files: str):
    """A dossier of an article and of a note that quotes it."""
    article = "---" + ARTICLE.format(text=text, rights=rights)
    note = f"---\ntitle: N\ndate: 2020-01-01\n---\n{note}"
    return make({"articles/a.md": article, "notes/n.md": note, "people.yaml": PEOPLE, **files})


def states(dossier) -> list[str]:
    quotations = dossier.library.documents["n"].body.quotations
    return [verdict.state if (verdict := judge(dossier.library, each)) else "" for each in quotations]


@pytest.mark.parametrize(
    ("quoted", "state", "codes"),
    [
        ("“as long as we are welcome” [@a]", "verified", []),
        ("“We will not leave Iraq” [@a]", "verified", []),
        ("\"he said—'unless asked'\" [@a]", "verified", []),
        (
            "> We will […] leave Iraq, he said – “unless asked”.\n>\n> The mission goes on. [@a]",
            "verified",
            [],
        ),
        ("“We will leave Iraq” [@a]", "differs", ["quotation-differs"]),
        ("(Jens Stoltenberg, “as long as we are welcome” [@a])", "verified", []),
        ("([[jens-stoltenberg]], “as long as we are welcome” [@a])", "verified", []),
        ("(Secretary General, “as long as we are welcome” [@a])", "verified", []),
        ("(Stoltenberg, “as long as we are welcome” [@a])", "verified", []),
        ("(Mark Esper, “as long as we are welcome” [@a])", "misattributed", ["quotation-speaker"]),
        ("(Thorvald Stoltenberg, “as long as we are welcome” [@a])", "misattributed", ["quotation-speaker"]),
        ("(Mark Esper, “with the consent” [@a])", "misattributed", ["quotation-speaker"]),
        ("(Mark Esper, “The mission goes on” [@a])", "verified", []),
        ("“The mission goes on” [@b; @a]", "verified", []),
        ("“We will leave Iraq” [@b; @a]", "differs", ["quotation-differs"]),
        ("“We will not leave Iraq” [@b]", "unverifiable", ["quotation-unverifiable"]),
        ("“We will not leave Iraq” [@c]", "unverifiable", ["quotation-unverifiable"]),
    ],
)
def test_a_quotation_is(make, quoted, state, codes):
    files = {
        "articles/b.md": "---\ntitle: B\ntext: summary\n---\nWe will not leave Iraq.\n",
        "articles/c.md": "title: C",
    }
    dossier = dossier_of(make, quoted, **files)
    assert states(dossier) == [state]
    assert dossier.codes == codes


def test_nothing_is_said_of_a_quotation_whose_article_is_not_there(make):
    dossier = dossier_of(
        make, "“We will leave” [@x], “We go” [@d]", **{"articles/d.md": "{title: D, draft: true}"}
    )
    assert states(dossier) == ["", ""]
    assert dossier.codes == ["unknown-citation", "draft-target"]
    assert "check" not in "".join(dossier.pages["notes/n.html"].anchors)


@pytest.mark.parametrize(
    ("quoted", "message", "hint"),
    [
        (
            "“We will leave Iraq” [@a]",
            "[quotation-differs]: these are not the words of 'a'",
            "the text of 'a' has [-not this-] {+but this+}: We will {+not+} leave Iraq, he said – 'unless …",
        ),
        (
            "“as long as they are welcome” [@a]",
            "[quotation-differs]: these are not the words of 'a'",
            "excerpt 1 of 'a' has [-not this-] {+but this+}: "
            "We will only stay as long as [-they-] {+we+} are welcome",
        ),
        (
            "“Something quite other, by far” [@a]",
            "[quotation-differs]: these are not the words of 'a'",
            "nothing in content/articles/a.md comes near; "
            "quote what is there, or add the passage to its excerpts",
        ),
        (
            "“The mission […] he said” [@a]",
            "[quotation-differs]: these are not the words of 'a'",
            "all its parts are in 'a', but not one after another in one text, or so short and far "
            "apart that they prove nothing; quote more of it, or each part for itself",
        ),
        (
            "“will only stay as long as we are welcome […] with the consent of the Iraqis” [@a]",
            "[quotation-differs]: these are not the words of 'a'",
            "all its parts are in 'a', but not one after another in one text, or so short and far "
            "apart that they prove nothing; quote more of it, or each part for itself",
        ),
        (
            "(Mark Esper, “as long as we are welcome” [@a])",
            "[quotation-speaker]: in 'a' these are the words of Jens Stoltenberg, not of 'Mark Esper'",
            "name Jens Stoltenberg, or mend the speaker of excerpt 1 in content/articles/a.md",
        ),
        (
            "(Mark Esper, “with the consent” [@a])",
            "[quotation-speaker]: excerpt 2 of 'a' doesn't say that these are the words of 'Mark Esper'",
            "add 'speaker: Mark Esper' to it in content/articles/a.md, or name nobody",
        ),
    ],
)
def test_a_finding_stands_at_its_quotation_and_says_what_the_source_has(make, quoted, message, hint):
    (finding,) = dossier_of(make, quoted).diagnostics
    start, end = quoted.index("“"), quoted.index("”") + 1
    assert finding.mark == Mark(5, start + 1, end - start)
    assert (f"[{finding.code}]: {finding.message}", finding.hint) == (message, hint)


# ---------------------------------------------------------------- pages


def mark(dossier) -> str:
    (found,) = [anchor for anchor in dossier.pages["notes/n.html"].anchors if "check" in anchor]
    return found


def test_the_mark_says_how_it_stands_and_leads_to_the_passage(make):
    dossier = dossier_of(make, "“as long as we are welcome” [@a]")
    assert mark(dossier) == (
        '<a class="check verified" '
        'href="../articles/a.html#excerpt-1:~:text=as%20long%20as%20we%20are%20welcome" '
        'title="Verified: in the source on file" aria-label="Verified: in the source on file">✓</a>'
    )


@pytest.mark.parametrize(
    ("quoted", "directive"),
    [
        ("We will not leave Iraq, he", ":~:text=We%20will%20not%20leave%20Iraq%2C%20he"),
        (
            "We will not leave Iraq, he said – ‘unless asked’. The mission goes on.",
            ":~:text=We%20will%20not%20leave%20Iraq%2C,asked%E2%80%99.%20The%20mission%20goes%20on",
        ),
        ("We will […] leave Iraq, he", ":~:text=We%20will,leave%20Iraq%2C%20he"),
        ("[And] We will not leave Iraq [now], he", ":~:text=We%20will%20not%20leave%20Iraq"),
    ],
)
def test_the_text_fragment_names_the_words_that_are_certain(make, quoted, directive):
    assert mark(dossier_of(make, f"“{quoted}” [@a]")).split('"')[3].partition(":~:")[2] == directive[3:]


@pytest.mark.parametrize("rights", ["full", "excerpt", "reference"])
def test_a_passage_is_shown_as_far_as_rights_go(make, rights):
    dossier = dossier_of(
        make, "“We will not leave Iraq” [@a], “goes on.” [@a], “We leave” [@a]", rights=rights
    )
    page = dossier.pages["articles/a.html"]
    addresses = [
        re.search('href="([^"]*?)(:~:[^"]*)?"', a)[1]
        for a in dossier.pages["notes/n.html"].anchors
        if "check" in a
    ]
    passages = [(each.anchor, each.text) for each in (*page.passages, *page.view.quotations)]
    assert addresses[2] == "../articles/a.html"
    if rights == "reference":
        assert addresses[:2] == ["../articles/a.html"] * 2
        assert passages == []
    else:
        assert [text for _, text in passages] == ["We will not leave Iraq", "goes on."]
        assert [f"../articles/a.html#{anchor}" for anchor, _ in passages] == addresses[:2]
        assert bool(page.passages) == (rights == "full")


def test_references_lead_to_passages_by_their_anchors(make):
    dossier = dossier_of(
        make, "“as we are welcome” [@a], “We are welcome” [@a], “as long as we” [@a], “goes on” [@a]"
    )
    (reference,) = dossier.view("notes/n.html").references
    urls = [passage.url for passage in reference.passages]
    assert urls[0] == "../articles/a.html#excerpt-1"
    assert re.fullmatch(r"\.\./articles/a\.html#quoted-[0-9a-f]{10}", urls[1])
    assert [passage.text for passage in reference.passages] == ["1", "2"]


def test_what_only_a_draft_quotes_is_shown_nowhere(make):
    draft = "---\ntitle: D\ndate: 2020-01-01\ndraft: true\n---\n“The mission goes on” [@a]\n"
    dossier = dossier_of(make, "“We will not leave” [@a]", **{"notes/d.md": draft})
    assert [each.text for each in dossier.view("articles/a.html").quotations] == ["We will not leave"]
