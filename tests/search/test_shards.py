"""Which pages are searched, and where in the index each is."""

from hypothesis import given
from hypothesis import strategies as st

from dossier.search import is_searched, shard_count, shard_of


def test_documents_and_entities_are_searched_and_lists_are_not() -> None:
    searched = ["articles/a.html", "notes/n.html", "topics/t.html", "claims/c.html", "people/ada.html"]
    lists = [
        "index.html",
        "articles/index.html",
        "people/ada/2.html",
        "topics/t/feed.xml",
        "timeline/index.html",
    ]
    assert all(map(is_searched, searched))
    assert not any(map(is_searched, lists))


def test_a_small_site_has_one_shard_and_a_large_one_a_power_of_two() -> None:
    assert [shard_count(pages) for pages in (0, 1, 400, 401, 800, 801, 12_600)] == [1, 1, 1, 2, 2, 4, 32]


@given(st.text(min_size=1), st.integers(0, 6))
def test_a_page_stays_in_its_shard_whatever_other_pages_there_are(path: str, power: int) -> None:
    shard = shard_of(path, 2**power)
    assert 0 <= shard < 2**power
    assert shard_of(path, 2 ** (power + 1)) % 2**power == shard
