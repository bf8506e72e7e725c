"""The state that evidence gives a claim."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.evidence.weighing import Weighed, Witness, independent, weigh
from dossier.model import ClaimState, Stance

# An article by (who printed it, where its report comes from); names of outlets, owners, agencies, articles.
TABLE: list[tuple[ClaimState, int, list[tuple[str, str]], list[tuple[str, str]]]] = [
    # state, independent supporting sources, supporting, disputing
    ("unsupported", 0, [], []),
    ("single-source", 1, [("ap", "ap")], []),
    ("single-source", 1, [("ap", "ap"), ("ap", "ap")], []),
    ("corroborated", 2, [("ap", "ap"), ("voa", "voa")], []),
    # Two papers that carry the same agency; a paper and the agency itself.
    ("single-source", 1, [("stripes", "ap"), ("bulletin", "ap")], []),
    ("single-source", 1, [("stripes", "ap"), ("ap", "ap")], []),
    # A paper's own report and one that it carried, both printed by it.
    ("single-source", 1, [("stripes", "ap"), ("stripes", "stripes")], []),
    # … and an agency's report elsewhere, beside the paper's own: independent, carried or not.
    ("corroborated", 2, [("bulletin", "ap"), ("stripes", "stripes")], []),
    ("corroborated", 2, [("bulletin", "ap"), ("stripes", "stripes"), ("stripes", "ap")], []),
    # Two agencies in one paper, and two papers with one agency each of the two.
    ("single-source", 1, [("stripes", "ap"), ("stripes", "afp")], []),
    ("corroborated", 2, [("stripes", "ap"), ("stripes", "afp"), ("bulletin", "ap")], []),
    ("corroborated", 2, [("stripes", "ap"), ("stripes", "afp"), ("bulletin", "ap"), ("bulletin", "afp")], []),
    # Three agencies in one paper, one agency in three papers: one paper and one agency stand for two.
    (
        "corroborated",
        2,
        [("stripes", "ap"), ("stripes", "afp"), ("stripes", "dpa"), ("bulletin", "ap"), ("sun", "ap")],
        [],
    ),
    # An article of unknown origin counts only alone.
    ("single-source", 1, [("", "")], []),
    ("single-source", 1, [("", ""), ("", "")], []),
    ("single-source", 1, [("", ""), ("ap", "ap")], []),
    ("single-source", 1, [("stripes", ""), ("ap", "ap")], []),
    ("corroborated", 2, [("", ""), ("ap", "ap"), ("voa", "voa")], []),
    # One voice against is enough, even where there is none for it.
    ("disputed", 0, [], [("ap", "ap")]),
    ("disputed", 2, [("ap", "ap"), ("voa", "voa")], [("", "")]),
    ("disputed", 1, [("ap", "ap")], [("ap", "ap")]),
]


def words_of(
    supporting: Sequence[tuple[str, str]], disputing: Sequence[tuple[str, str]]
) -> list[tuple[Stance, Witness]]:
    sides: list[tuple[Stance, Sequence[tuple[str, str]]]] = [
        ("supports", supporting),
        ("disputes", disputing),
    ]
    return [
        (stance, Witness(f"{stance}-{number}", printer, origin))
        for stance, side in sides
        for number, (printer, origin) in enumerate(side)
    ]


@pytest.mark.parametrize(("state", "sources", "supporting", "disputing"), TABLE)
def test_the_state_of_a_claim(
    state: ClaimState,
    sources: int,
    supporting: list[tuple[str, str]],
    disputing: list[tuple[str, str]],
) -> None:
    weighed = weigh(words_of(supporting, disputing))
    assert (weighed.state, len(weighed.supporting)) == (state, sources)


@pytest.mark.parametrize(("supporting", "disputing"), [(row[2], row[3]) for row in TABLE])
def test_a_claim_that_another_supersedes_is_nothing_else(
    supporting: list[tuple[str, str]], disputing: list[tuple[str, str]]
) -> None:
    assert weigh(words_of(supporting, disputing), superseded=True).state == "superseded"


def test_an_outlets_own_report_stands_for_it_before_one_that_it_carried_and_the_oldest_of_equals() -> None:
    carried = Witness("a-carried", "stripes", "ap", "2020-01-01")
    own = Witness("b-own", "ap", "ap", "2020-02-01")
    later = Witness("a-later", "ap", "ap", "2020-03-01")
    undated = Witness("a-undated", "ap", "ap")
    assert [one.article for one in independent([undated, later, carried, own])] == ["b-own"]


KEYS = st.sampled_from(["", "ap", "afp", "reuters", "voa", "stripes"])
WITNESSES = st.builds(
    Witness, st.sampled_from("abcdefghij"), KEYS, KEYS, st.sampled_from(["", "2020", "2020-02-12", "2021-01"])
)
STANCES = st.sampled_from(["supports", "disputes", "mentions"])
TESTIMONY = st.lists(st.tuples(STANCES, WITNESSES), max_size=12, unique_by=lambda said: said[1].article)
RANK = {"unsupported": 0, "single-source": 1, "corroborated": 2}


@given(TESTIMONY, st.randoms(use_true_random=False))
def test_the_order_of_evidence_is_nothing(said: list[tuple[Stance, Witness]], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(said)
    random.shuffle(shuffled)
    assert weigh(said) == weigh(shuffled) == weigh([*said, *said])


@given(TESTIMONY, WITNESSES)
def test_one_more_article_in_support_never_makes_a_claim_weaker(
    said: list[tuple[Stance, Witness]], witness: Witness
) -> None:
    before, after = weigh(said), weigh([*said, ("supports", witness)])
    assert len(after.supporting) >= len(before.supporting)
    assert len(after.supporting) <= len(before.supporting) + 1
    assert after.disputing == before.disputing
    assert RANK.get(after.state, 3) >= RANK.get(before.state, 3)


@given(TESTIMONY, WITNESSES)
def test_one_article_against_it_makes_any_claim_disputed(
    said: list[tuple[Stance, Witness]], witness: Witness
) -> None:
    assert weigh([*said, ("disputes", witness)]).state == "disputed"
    assert weigh([*said, ("disputes", witness)], superseded=True).state == "superseded"


@given(TESTIMONY, WITNESSES)
def test_what_only_mentions_a_claim_counts_for_nothing(
    said: list[tuple[Stance, Witness]], witness: Witness
) -> None:
    assert weigh([*said, ("mentions", witness)]) == weigh(said)


@given(st.lists(WITNESSES, max_size=9, unique_by=lambda witness: witness.article))
def test_as_many_count_as_can_be_independent_of_one_another(witnesses: list[Witness]) -> None:
    """Against every choice there is."""
    known = [witness for witness in witnesses if witness.printer and witness.origin]
    best = 0
    for choice in range(1 << len(known)):
        chosen = [witness for place, witness in enumerate(known) if choice >> place & 1]
        apart = len({one.printer for one in chosen}) == len({one.origin for one in chosen}) == len(chosen)
        best = max(best, len(chosen) if apart else 0)
    assert len(independent(witnesses)) == max(best, min(len(witnesses), 1))


@given(st.lists(st.tuples(KEYS, KEYS), max_size=8), KEYS, KEYS)
def test_a_common_owner_never_makes_more_of_two_outlets(
    articles: list[tuple[str, str]], one: str, other: str
) -> None:
    owned = [tuple(one if key == other else key for key in article) for article in articles]
    if one and other:
        before, after = (weigh(words_of(side, [])) for side in (articles, owned))  # type: ignore[arg-type]
        assert len(after.supporting) <= len(before.supporting)


def test_a_thousand_articles_are_weighed_at_once() -> None:
    chain: list[tuple[Stance, Witness]] = [
        ("supports", Witness(f"a{n}", f"p{n}", f"p{n + 1}")) for n in range(1000)
    ]
    assert isinstance(weigh(chain), Weighed)
    assert len(weigh(chain).supporting) == 1000
