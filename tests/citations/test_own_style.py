"""A site's own style, as a file of the Citation Style Language."""

from pathlib import Path

import pytest

from dossier.documents import parse
from dossier.model import CitationStyle
from tests.citations.test_pages import FILES, words
from tests.engine.site import Site

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
  <info><title>House</title><id>house</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation>
    <layout prefix="&#8249;" suffix="&#8250;" delimiter=" + ">
      <group delimiter=" "><names variable="author"><name form="short"/></names>
      <group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group></group>
    </layout>
  </citation>
  <bibliography><sort><key variable="title" sort="descending"/></sort>
    <layout suffix="!"><names variable="author"/><text variable="title" prefix=" on "/></layout>
  </bibliography>
</style>
"""
SETTINGS = "title: Test\ntheme: briefing\ncitation_style: content/house.csl\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.write(FILES | {"site.yaml": SETTINGS, "content/house.csl": STYLE})
    return made


def test_a_sites_own_style_writes_its_citations(site: Site) -> None:
    result = site.build()
    assert result.diagnostics == ()
    page = words(site.read("public/notes/n.html"))
    assert "One ‹see Doe p. 4; CRS›." in page.replace("\u00a0", " ")
    assert page.index("CRS on B!") < page.index("Jane Doe on A &lt;b&gt;!")
    assert not any(path.endswith(".csl") for path in site.tree())


def test_an_edit_of_the_style_reaches_the_pages_that_cite(site: Site) -> None:
    site.build()
    site.write({"content/house.csl": STYLE.replace('suffix="!"', 'suffix="?"')})
    assert "notes/n.html" in site.build().changed
    assert "CRS on B?" in words(site.read("public/notes/n.html"))


def test_notes_are_known_by_the_styles_class() -> None:
    value = parse("content/a.csl", STYLE.replace("in-text", "note").encode()).value
    assert isinstance(value, CitationStyle)
    assert (value.notes, value.bare_pages) == (True, False)
    bare = STYLE.replace('<label variable="locator" form="short"/>', "")
    value = parse("content/a.csl", bare.encode()).value
    assert isinstance(value, CitationStyle)
    assert (value.notes, value.bare_pages) == (False, True)


WRONG = {
    "no XML": ("<style", "the style is no XML"),
    "no style": ("<html/>", "no style of the Citation Style Language"),
    "a style that depends on another": (
        '<style xmlns="http://purl.org/net/xbiblio/csl"><info>'
        '<link rel="independent-parent" href="http://www.zotero.org/styles/apa"/></info></style>',
        "depends on another",
    ),
    "entities": ('<!DOCTYPE x [<!ENTITY a "aa">]>' + STYLE, "no document type"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_what_is_no_style_is_refused_with_a_reason(text: str, message: str) -> None:
    parsed = parse("content/house.csl", text.encode())
    assert parsed.value is None
    (finding,) = parsed.diagnostics
    assert finding.code == "citation-style"
    assert message in finding.message
    assert finding.hint


def test_a_style_that_isnt_there_is_missed(site: Site) -> None:
    site.write({"site.yaml": SETTINGS.replace("house", "hause")})
    (finding,) = site.build().diagnostics
    assert (finding.path, finding.mark.line, finding.code) == ("site.yaml", 3, "citation-style")
    assert "content/house.csl" in finding.hint


def test_a_style_elsewhere_is_asked_for_in_content(site: Site) -> None:
    site.write({"site.yaml": SETTINGS.replace("content/", "../")})
    (finding,) = site.build().diagnostics
    assert finding.hint == "write citation_style: content/house.csl, and put it there"
