"""What on a page leads nowhere."""

from pathlib import Path

import pytest

from dossier.serve.broken import Places, broken
from dossier.serve.files import Output
from tests.engine.site import Site

PAGE = "notes/n.html"
FILES = {
    PAGE: '<p id="d-own">',
    "articles/a.html": '<h2 id="why">Why</h2><p id="caf\u00e9">',
    "articles/index.html": "",
    "articles/x y.png": "",
}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    Site(tmp_path).write(FILES)
    return Places(Output(tmp_path))


@pytest.mark.parametrize(
    "address",
    [
        "../articles/a.html",
        "../articles/a",
        "../articles/",
        "../articles",
        "../articles/a.html#why",
        "../articles/a.html#caf%C3%A9",
        "../articles/a.html?x=1#why",
        "../articles/a.html#why:~:text=some%20words",
        "../articles/a.html#:~:text=some%20words",
        "../articles/x%20y.png",
        "n.html",
        "#d-own",
        "#top",
        "#",
        "",
        "https://example.org/nothing",
        "//example.org/nothing",
        "/elsewhere/on/the/server",
        "mailto:a@example.org",
        "data:image/png;base64,AA",
    ],
)
def test_what_leads_somewhere_is_not_broken(places: Places, address: str) -> None:
    html = f'<p id="d-own"><a class="x" href="{address}">x</a><img alt="" src="{address}">'
    assert broken(html.encode(), PAGE, places) == {}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("../articles/b.html", "leads to no file of this site"),
        ("../../outside.html", "leads to no file of this site"),
        ("a.html", "leads to no file of this site"),
        ("../articles/b.html#why", "leads to no file of this site"),
        (
            "../articles/A.html",
            "leads to no file of this site; articles/a.html differs in case, which counts on the web",
        ),
        ("../articles/a.html#what", "articles/a.html has no place #what"),
        ("../articles/a#what", "articles/a.html has no place #what"),
        ("#what", "this page has no place #what"),
        ("http://[bad", "leads to no file of this site"),
    ],
)
def test_what_leads_nowhere_is_told_of_with_the_reason(places: Places, address: str, reason: str) -> None:
    assert broken(f'<a href="{address}">x</a>'.encode(), PAGE, places) == {address: reason}


def test_pictures_and_recordings_count_too(places: Places) -> None:
    html = b'<img src="a.png"><video controls src="b.mp4"></video><picture><source src="c.webp"></picture>'
    assert set(broken(html, PAGE, places)) == {"a.png", "b.mp4", "c.webp"}


def test_a_place_that_comes_later_is_found(places: Places) -> None:
    html = b'<a href="../articles/a.html#later">x</a>'
    assert broken(html, PAGE, places)
    Site(places.output.folder).write({"articles/a.html": '<p id="later">'})
    assert broken(html, PAGE, places) == {}
