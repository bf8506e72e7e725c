"""Pages of a site that has chosen a citation style."""

import re
import sys
from pathlib import Path

import pytest

from tests.engine.site import Site

FILES = {
    "site.yaml": "title: Test\ntheme: briefing\ncitation_style: chicago-author-date\n",
    "content/articles/a.md": (
        "---\ntitle: A <b>\ndate: 2020-02-12\nsource: AP\nkind: news\nauthors: [Jane Doe]\n"
        "url: https://ap.example/a\n---\n"
    ),
    "content/articles/b.md": "---\ntitle: B\nkind: report\nsource: CRS\nauthors: [CRS]\ndate: '2019'\n---\n",
    "content/notes/n.md": (
        "---\ntitle: N\ndate: 2021-01-01\n---\nOne [see @a, p. 4; @b]. @a says so. Again [@b].\n"
    ),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.write(FILES)
    return made


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_citations_and_references_are_the_styles(site: Site) -> None:
    assert not site.build().failed
    page = site.read("public/notes/n.html")
    assert "One (see Doe 2020, 4; CRS 2019). Doe (2020) says so. Again (CRS 2019)." in words(page)
    assert re.findall(r'<a class="citation" id="([^"]+)" href="([^"]+)"', page) == [
        ("cite-1-1", "#ref-1"),
        ("cite-2-1", "#ref-2"),
        ("cite-1-2", "#ref-1"),
        ("cite-2-2", "#ref-2"),
    ]
    entries = re.findall(r'<li id="(ref-\d)">\n(.*?)\n', page)
    assert [identifier for identifier, _ in entries] == ["ref-2", "ref-1"]
    assert (
        words(entries[1][1])
        == "Doe, Jane. 2020. “A &lt;b&gt;.” AP, February 12. https://ap.example/a. On file"
    )
    assert 'href="../articles/a.html"' in entries[1][1]
    assert 'href="#cite-2-2"' in page


NOTES = """---
title: N
date: 2021-01-01
---
One [see @a, p. 4; @b]. Two.[^x] @b says so, three.[@a] Four.[^y] Again
[-@b, 7].

[^x]: A footnote that cites [@b, 3] itself.
[^y]: Another.
"""


def test_citations_of_a_style_of_notes_are_counted_with_the_footnotes(site: Site) -> None:
    settings = "title: Test\ntheme: briefing\ncitation_style: chicago-notes\n"
    site.write({"site.yaml": settings, "content/notes/n.md": NOTES})
    assert not site.build().failed
    page = site.read("public/notes/n.html")
    assert "One1. Two.2 CRS3 says so, three.4 Four.5 Again6." in words(page)
    notes = [words(note) for note in re.findall(r'<li id="fn[^"]*">(.*?)</li>', page, re.DOTALL)]
    assert notes == [
        "see Jane Doe, “A &lt;b&gt;,” AP, February 12, 2020, 4, https://ap.example/a On file; "
        "CRS, B, Report (CRS, 2019) On file. ↩︎",
        "A footnote that cites CRS, B, 3 itself. ↩︎",
        "CRS, B On file. ↩︎",
        "Doe, “A &lt;b&gt;” On file. ↩︎",
        "Another. ↩︎",
        "B, 7 On file. ↩︎",
    ]
    targets = re.findall(r'href="#([^"]+)"', page)
    identifiers = re.findall(r'id="([^"]+)"', page)
    assert set(targets) <= {*identifiers, "main", "d-main", "content"}
    assert len(identifiers) == len(set(identifiers))


def test_notes_stand_behind_a_text_without_footnotes(site: Site) -> None:
    site.write({"site.yaml": "title: Test\ntheme: briefing\ncitation_style: chicago-notes\n"})
    assert not site.build().failed
    page = site.read("public/notes/n.html")
    assert "One1. Doe2 says so. Again3." in words(page)
    assert page.index('role="doc-endnotes"') < page.index('class="references')


def test_a_site_without_a_style_numbers_its_footnotes_as_before(site: Site) -> None:
    site.write({"site.yaml": "title: Test\ntheme: briefing\n", "content/notes/n.md": NOTES})
    assert not site.build().failed
    page = words(site.read("public/notes/n.html"))
    assert "One [see 1, p. 4; 2]. Two.1 CRS (2019) [2] says so, three.[1] Four.2" in page
    assert "A footnote that cites [2, 3] itself. ↩︎ Another. ↩︎" in page


def test_an_edit_of_a_source_changes_who_cites_it(site: Site) -> None:
    site.build()
    site.write({"content/articles/a.md": FILES["content/articles/a.md"].replace("Jane Doe", "Ann Other")})
    assert "notes/n.html" in site.build().changed
    assert "(see Other 2020, 4;" in words(site.read("public/notes/n.html"))


def test_a_style_that_there_isnt_is_answered_with_the_nearest(site: Site) -> None:
    site.write({"site.yaml": "title: Test\ncitation_style: chicago-author\n"})
    (finding,) = site.build().diagnostics
    assert (finding.code, finding.mark.line) == ("unknown-choice", 2)
    assert "chicago-author-date" in finding.hint


def test_without_typst_the_build_says_what_to_install(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from dossier.citations import formatted

    formatted.cache_clear()
    monkeypatch.setitem(sys.modules, "typst", None)
    result = site.build()
    assert [finding.code for finding in result.diagnostics] == ["citation-style"]
    assert "pip install 'dossier-site[citations]'" in result.diagnostics[0].hint


def test_citations_are_formatted_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another article has all pages planned anew; what they cite is as it was kept."""
    from dossier.citations import formatting

    site.build()
    formatting.formatted.cache_clear()

    def never(*_arguments: object) -> None:
        raise AssertionError("formatted again")

    monkeypatch.setattr(formatting, "typeset", never)
    site.write({"content/articles/c.md": "---\ntitle: C\ndate: 2020-02-13\nsource: AP\nkind: news\n---\n"})
    assert not site.build().failed
    assert "Doe (2020) says so" in words(site.read("public/notes/n.html"))


@pytest.mark.slow
@pytest.mark.parametrize("style", ["chicago-notes", "apa"])
def test_builds_after_edits_are_as_clean_ones(site: Site, tmp_path: Path, style: str) -> None:
    settings = f"title: Test\ntheme: briefing\ncitation_style: {style}\n"
    site.write({"site.yaml": settings, "content/notes/n.md": NOTES})
    site.build()
    edits = (
        {"content/articles/b.md": FILES["content/articles/b.md"].replace("title: B", "title: Other")},
        {"content/articles/a.md": FILES["content/articles/a.md"].replace("2020-02-12", "2019-02-12")},
        {"content/notes/n.md": NOTES.replace("Two.[^x] ", "").replace("[^x]: A footnote", "A text")},
        {"content/notes/n.md": NOTES.replace("[@a] Four", "[@a, §3; @b] Four")},
    )
    for number, edit in enumerate(edits):
        site.write(edit)
        assert not site.build().failed
        clean = Site(tmp_path / f"clean-{number}")
        clean.write(FILES | {"site.yaml": settings, "content/notes/n.md": NOTES})
        for former in edits[: number + 1]:
            clean.write(former)
        clean.build()
        assert site.tree() == clean.tree()
