"""Related documents: which there are, why, and that they follow every edit."""

import re
from pathlib import Path

import pytest

from tests.engine.site import Site, tree

BOTH = "people: [Esper]\norganizations: [NATO]\n"
WRITTEN = {
    "site.yaml": "title: Related\nrights: full\n",
    "content/articles/a.md": f"---\ntitle: Esper speaks\ndate: 2020-01-01\n{BOTH}---\n",
    "content/articles/b.md": f"---\ntitle: Esper again\ndate: 2020-02-01\n{BOTH}---\n",
    "content/articles/c.md": "---\ntitle: Alone\ndate: 2020-03-01\npeople: [Somebody]\n---\n",
    "content/articles/d.md": "---\ntitle: Cited\ndate: 2020-04-01\n---\n",
    "content/notes/n.md": "---\ntitle: First note\ndate: 2020-05-01\n---\nSee [@c; @d].\n",
    "content/notes/o.md": "---\ntitle: Other note\ndate: 2020-06-01\n---\nSee [@d].\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    written = Site(tmp_path / "site")
    written.write(WRITTEN)
    return written


def related(site: Site, page: str) -> list[str]:
    """The titles and the reasons of what a page names to be read next."""
    section = site.read(f"public/{page}.html").partition('id="d-related"')[2].partition("</section>")[0]
    found = re.findall(r'row-title" [^>]*>(.*?)</a>.*?class="reasons">(.*?)</p>', section, re.S)
    return [f"{title}: {re.sub('<[^>]+>', ' ', why)}".replace("  ", " ").strip() for title, why in found]


def test_articles_that_name_the_same_or_are_cited_together_lead_to_each_other(site: Site) -> None:
    site.build()
    assert related(site, "articles/a") == ["Esper again: Both name Esper , NATO"]
    assert related(site, "articles/d") == ["Alone: Both cited in First note"]
    assert related(site, "notes/n") == ["Other note: Both cite Cited"]


def test_what_a_page_leads_to_anyway_is_not_named_again(site: Site) -> None:
    site.write({"content/notes/o.md": "---\ntitle: Other note\ndate: 2020-06-01\n---\n[[n]] has [@d].\n"})
    site.build()
    assert related(site, "notes/o") == []


def test_they_follow_edits_as_a_clean_build_has_them(site: Site, tmp_path: Path) -> None:
    site.build()
    before = tree(site.output)
    site.write({"content/articles/c.md": "---\ntitle: No more\ndate: 2020-03-01\npeople: [Esper]\n---\n"})
    site.build()
    assert related(site, "articles/a")[1] == "No more: Both name Esper"
    assert tree(site.output) == site.clean(tmp_path / "clean")
    site.write({"content/articles/c.md": WRITTEN["content/articles/c.md"]})
    site.build()
    assert tree(site.output) == before


def test_what_half_of_all_share_is_no_reason(site: Site) -> None:
    site.write(
        {
            f"content/articles/x{n}.md": f"---\ntitle: X {n}\ndate: 2021-01-01\norganizations: [UN]\n---\n"
            for n in range(40)
        }
    )
    site.build()
    assert related(site, "articles/x7") == []


def test_a_site_can_do_without(site: Site) -> None:
    site.write({"site.yaml": "title: Related\nrelated: false\n"})
    site.build()
    assert related(site, "articles/a") == []
