"""What one file says of claims, and where."""

from dossier.diagnostics import Mark
from dossier.documents import parse
from dossier.model import Claim, Evidence

CLAIM = b"""---
statement: It is so
evidence:
  - article: a
    stance: supports
    quote: So it is.
    comment: Says so.
  - article: a
    stance: disputes
    quote: Or not.
---
Reasoning [@a].
"""
NOTE = b"""---
title: A note
date: 2020-01-01
topics: [t]
claims:
  - statement: Without an id
    evidence: [{article: a, stance: supports, quote: Lost.}]
  - id: held
    statement: It is so
    superseded_by: other
    evidence:
      - {article: a, stance: supports}
      - {article: b, stance: mentions, quote: So it is.}
---
"""


def test_a_claim_of_its_own_file() -> None:
    parsed = parse("content/claims/c.md", CLAIM)
    claim = parsed.value
    assert isinstance(claim, Claim)
    assert (claim.id, claim.statement, claim.body.citations, claim.holder) == ("c", "It is so", ("a",), "")
    assert claim.evidence == (
        Evidence("a", "supports", "So it is.", "Says so."),
        Evidence("a", "disputes", "Or not."),
    )
    assert dict(parsed.marks)["evidence/1/quote"] == Mark(10, 12, 7)
    assert [(ref.kind, ref.field) for ref in parsed.references] == [
        ("article", "evidence"),
        ("article", "evidence"),
        ("citation", "body"),
    ]


def test_a_claim_that_a_note_holds_is_named_in_its_places() -> None:
    parsed = parse("content/notes/n.md", NOTE)
    assert [finding.code for finding in parsed.diagnostics] == ["missing-id"]
    (claim,) = parsed.value.claims  # type: ignore[union-attr]
    assert (claim.holder, claim.topics, claim.path) == ("n", ("t",), "content/notes/n.md")
    marks = dict(parsed.marks)
    assert marks["claims/held/id"] == Mark(8, 9, 4)
    assert marks["claims/held/evidence/1/quote"] == Mark(13, 47, 9)
    assert [name for name in marks if "quote" in name] == ["claims/held/evidence/1/quote"]
    fields = [ref.field for ref in parsed.references if ref.kind != "topic"]
    assert fields == ["evidence", *["claims/held/superseded_by"], *["claims/held/evidence"] * 2]
