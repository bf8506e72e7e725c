"""Addresses that lead to one document have one form; those that lead to two, two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.addresses import normal_address

ONE = "https://example.org/news/base"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/news/base",
        "https://www.example.org/news/base/",
        "https://m.example.org/news/base",
        "https://EXAMPLE.org:443/news//base#top",
        "https://example.org/news/base/amp/",
        "https://example.org/news/base/index.html",
        "https://example.org/news/base?utm_source=feed&fbclid=x&mc_cid=1",
        "https://example.org/news/b%61se",
        "https://web.archive.org/web/20200212000000/https://example.org/news/base",
        "https://web.archive.org/web/20200212id_/http:/www.example.org/news/base",
    ],
)
def test_what_leads_to_one_document_is_one(address: str) -> None:
    assert normal_address(address) == normal_address(ONE) == "example.org/news/base"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/news/Base",
        "https://example.org:8443/news/base",
        "https://example.org/news/base?id=2",
        "https://news.example.org/news/base",
        "https://example.com/news/base",
    ],
)
def test_what_may_be_another_document_stays_another(address: str) -> None:
    assert normal_address(address) != normal_address(ONE)


def test_the_order_of_parameters_and_the_script_of_a_host_dont_matter() -> None:
    assert normal_address("https://a.org/?b=2&a=1") == normal_address("http://a.org/?a=1&b=2")
    assert normal_address("https://bücher.example/ä") == normal_address(
        "https://xn--bcher-kva.example/%C3%A4"
    )
    # A host of two parts isn't one for phones.
    assert normal_address("https://m.com/x") == "m.com/x"


@given(st.from_regex(r"https?://[a-zé]{2,8}\.[a-z]{2,4}[/?#][a-zé:/?&=#%@\[\]0-9-]{0,40}", fullmatch=True))
def test_the_form_of_a_form_is_itself(address: str) -> None:
    form = normal_address(address)
    assert normal_address(f"https://{form}") == form


@given(st.text(max_size=60))
def test_any_text_has_a_form(text: str) -> None:
    assert isinstance(normal_address(text), str)
