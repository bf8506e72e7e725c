"""What an article's words on file say of a quotation."""

from dossier.evidence.standings import Standing
from dossier.evidence.verifying import MOST_COMPARISONS, OnFile

HTML = "<p>We will <em>not</em> leave Iraq, he said.</p>\n<p>Nobody asked us to.</p>\n"
EXCERPTS = ["We stay as long as needed", "They asked us to stay", "We stay as long as “needed”"]


def standing(quotation: str, excerpts: list[str] = EXCERPTS, html: str = HTML) -> Standing:
    return OnFile(excerpts, lambda: html).standing(quotation)


def test_it_says_which_excerpts_have_it() -> None:
    assert standing("as long as") == Standing(excerpts=(0, 2))
    assert standing("asked us to stay") == Standing(excerpts=(1,))


def test_its_text_has_what_no_excerpt_has() -> None:
    assert standing("will not leave") == Standing(in_text=True)
    assert standing("leave Iraq, he said. Nobody asked") == Standing(in_text=True)


def test_no_quotation_runs_from_one_excerpt_to_the_next() -> None:
    assert not standing("needed […] They asked us", html="").verified


def test_of_a_summary_alone_nothing_can_be_said() -> None:
    assert standing("we stay", [], "") == Standing(on_file=False)
    assert standing("we stay", [" "], "") == Standing(on_file=False)


def test_it_shows_what_it_has_instead() -> None:
    assert standing("We will leave Iraq") == Standing(
        nearest="We will {+not+} leave Iraq, he said. Nobody asked …", place=-1
    )
    assert standing("They told us to stay").place == 1
    assert standing("Something else, quite").nearest == ""


def test_the_part_that_is_missing_is_what_is_compared() -> None:
    assert standing("We will not leave […] Nobody told us to").nearest == (
        "… leave Iraq, he said. Nobody [-told-] {+asked+} us to."
    )


def test_parts_out_of_order_are_scattered() -> None:
    assert standing("Nobody asked us […] leave Iraq, he said") == Standing(scattered=True)


def test_the_text_is_not_looked_at_where_an_excerpt_will_do() -> None:
    def refuse() -> str:
        raise AssertionError

    assert OnFile(EXCERPTS, refuse).standing("as long as").verified


def test_few_are_compared() -> None:
    words = OnFile([], lambda: HTML)
    found = [words.standing(f"We will leave Iraq {number}") for number in range(MOST_COMPARISONS + 5)]
    assert [bool(each.nearest) for each in found] == [True] * MOST_COMPARISONS + [False] * 5
