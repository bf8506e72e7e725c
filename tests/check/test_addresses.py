"""One page on the web, however its address is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.addresses import normal_address
from tests.check.desk import article, seen

PAGE = "https://example.org/news/a-story?id=7"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/news/a-story?id=7",
        "https://www.example.org/news/a-story/?id=7",
        "https://EXAMPLE.org./news/a-story?id=7#comments",
        "https://example.org:443/news/a-story?id=7",
        "https://example.org/news/a-story?utm_source=x&id=7&fbclid=y&gclid=z",
        "https://m.example.org/news/a-story?id=7",
        "https://amp.example.org/news/a-story?id=7",
        "https://example.org/news/a-story/amp?id=7",
        "https://example.org/news/a-story/amp/?id=7",
        "https://example.org/news/a-story?id=7&outputType=amp",
        "https://example.org/news//./a-story/x/../index.html?id=7",
        "https://example.org/news/a%2Dstory?id=7",
        "https://example.org/news/a-story?id=7#:~:text=one",
        "https://web.archive.org/web/20200212101500/https://example.org/news/a-story?id=7",
        "http://web.archive.org/web/2020id_/http://www.example.org/news/a-story?id=7",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/a-story?id=7",
        "https://www.google.com/amp/s/example.org/news/a-story/amp?id=7",
    ],
)
def test_the_same_page(address: str) -> None:
    assert normal_address(address) == normal_address(PAGE)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/news/a-story?id=8",
        "https://example.org/news/a-story",
        "https://example.org/news/A-story?id=7",
        "https://example.org/news/a-story/2?id=7",
        "https://de.example.org/news/a-story?id=7",
        "https://example.com/news/a-story?id=7",
        "https://example.org:8080/news/a-story?id=7",
        "https://example.org/news/a%2Fstory?id=7",
        "https://example.org/news/a-story?id=7#!/other",
    ],
)
def test_another_page(address: str) -> None:
    assert normal_address(address) != normal_address(PAGE)


def test_the_order_of_parameters_decides_nothing_and_their_values_do() -> None:
    assert normal_address("https://a.example/?b=1&a=2") == normal_address("https://a.example?a=2&b=1")
    assert normal_address("https://a.example/?a=&b=1") != normal_address("https://a.example/?b=1")
    assert normal_address("https://en.m.wikipedia.org/wiki/Erbil") == normal_address(
        "https://en.wikipedia.org/wiki/Erbil"
    )
    assert normal_address("https://m.example/") == "m.example"


@pytest.mark.parametrize("address", ["https://[::1", "https://a.example:99999/", "", "x", "https://?a"])
def test_what_is_no_address_is_no_trouble(address: str) -> None:
    assert isinstance(normal_address(address), str)


@given(st.text(alphabet="abm/.:?&=#%2Famp-ü \\", max_size=40))
def test_what_is_normalised_stays_as_it_is(rest: str) -> None:
    once = normal_address(f"https://www.example.org/{rest}")
    assert normal_address(f"https://{once}") == once


def test_two_articles_that_are_one_page_are_found_at_the_second() -> None:
    files = {
        "articles/a.md": article("a"),
        "articles/b.md": article("b").replace(
            "https://b.example/1", "http://www.a.example/1/?utm_medium=x#top"
        ),
    }
    (finding,) = seen(files)
    assert (finding.path, finding.code, finding.mark.line) == ("content/articles/b.md", "same-url", 5)
    assert finding.message == "the same page as 'a'"
