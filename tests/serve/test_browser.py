"""Pages open in Chromium while their files are edited: what changes is there, and nothing else moves."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serve.conftest import FILES, Preview, many_notes, new_site, previewed

NOTE = "content/notes/n.md"
expect.set_options(timeout=10_000)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    page.set_default_timeout(8000)
    yield page
    page.close()


def opened(page: Page, preview: Preview, path: str) -> Page:
    """The page, once its channel is open."""
    with page.expect_response("**/.dossier/events"):
        page.goto(preview.address(path))
    page.evaluate("window.stays = true")
    return page


def edit(preview: Preview, path: str, old: str, new: str) -> None:
    text = preview.site.read(path)
    assert old in text
    preview.site.write({path: text.replace(old, new)})


def stayed(page: Page) -> bool:
    """Whether the document is the one that was loaded first."""
    return bool(page.evaluate("window.stays === true"))


def test_an_edit_is_morphed_in_and_keeps_the_place(page: Page, preview: Preview) -> None:
    opened(page, preview, "notes/n.html")
    page.evaluate("""() => {
        const at = [...document.querySelectorAll('p')].find(p => p.textContent.startsWith('Paragraph 40'));
        at.scrollIntoView({block: 'start', behavior: 'instant'});
        window.top40 = at.getBoundingClientRect().top;
        getSelection().setBaseAndExtent(at.firstChild, 0, at.firstChild, 12);
        document.querySelector('main a[href]').focus({preventScroll: true});
        window.focused = document.activeElement;
    }""")
    edit(preview, NOTE, "Paragraph 3 of", "One more paragraph.\n\nParagraph *three* of")
    expect(page.locator("main")).to_contain_text("Paragraph three of")
    now = page.evaluate("""() => {
        const at = [...document.querySelectorAll('p')].find(p => p.textContent.startsWith('Paragraph 40'));
        return {top: at.getBoundingClientRect().top, selected: getSelection().toString(),
                focused: document.activeElement === window.focused};
    }""")
    assert stayed(page)
    assert now["selected"] == "Paragraph 40"
    assert now["focused"]
    assert abs(now["top"] - page.evaluate("window.top40")) < 2


def test_a_style_is_exchanged_without_a_reload(page: Page, preview: Preview) -> None:
    preview.site.write({"site.yaml": FILES["site.yaml"] + "theme: own\n"})
    preview.site.write({"themes/own/assets/briefing.css": "body { color: rgb(1, 2, 3) }"})
    preview.wait_for("written")
    opened(page, preview, "notes/n.html")
    page.evaluate("document.querySelector('main').dataset.untouched = 'yes'")
    preview.site.write({"themes/own/assets/briefing.css": "body { color: rgb(3, 2, 1) }"})
    expect(page.locator("body")).to_have_css("color", "rgb(3, 2, 1)")
    assert stayed(page)
    assert page.evaluate("document.querySelector('main').dataset.untouched") == "yes"
    expect(page.locator('link[rel="stylesheet"]')).to_have_count(1)


def test_a_mistake_is_shown_over_the_last_good_page_until_it_is_mended(page: Page, preview: Preview) -> None:
    opened(page, preview, "notes/n.html")
    edit(preview, NOTE, "topics: [t]\n", "topic: [t]\n")
    overlay = page.locator(".findings")
    expect(overlay).to_contain_text("1 error: the page shown is the last good one")
    expect(overlay).to_contain_text("content/notes/n.md:4:1 error[unknown-key]: ")
    expect(overlay).to_contain_text("4 | topic: [t]")
    expect(overlay).to_contain_text("hint: did you mean 'topics'?")
    edit(preview, NOTE, "Paragraph 40 of", "Paragraph forty of")
    link = overlay.locator("a.place").get_attribute("href") or ""
    assert link.startswith("vscode://file/")
    assert link.endswith("/content/notes/n.md:4:1")
    overlay.get_by_role("button", name="Hide").click()
    expect(overlay).to_have_count(0)
    page.get_by_role("button", name="1 error").click()
    expect(overlay).to_have_count(1)
    expect(page.locator("main")).to_contain_text("Paragraph 40 of")
    edit(preview, NOTE, "topic: [t]\n", "topics: [t]\n")
    expect(overlay).to_have_count(0)
    expect(page.locator(".count")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Paragraph forty of")
    edit(preview, NOTE, "Paragraph forty of", "Paragraph 40 of")
    expect(page.locator("main")).to_contain_text("Paragraph 40 of")
    assert preview.said().count("error[unknown-key]") == 1
    assert stayed(page)


LARGE = """
import sys
from dossier import __main__
from dossier.output import writer
from dossier.serve import telling
writer.MANY = telling.MANY = 5
sys.argv = ["dossier", "serve", *sys.argv[1:]]
__main__.main()
"""
BASE = "{{% extends 'briefing/base.html' %}}{{% block crumbs %}}<p>{}</p>{{% endblock %}}\n"


def test_a_change_of_all_pages_reaches_those_that_are_open(page: Page, tmp_path: Path) -> None:
    """The whole output is exchanged for another folder; all goes on as before."""
    site = new_site(tmp_path / "site")
    site.write(many_notes(60) | {"site.yaml": FILES["site.yaml"] + "theme: own\n"})
    with previewed(site, program=LARGE) as preview:
        opened(page, preview, "notes/n.html")
        page.evaluate("scrollTo(0, 900)")
        for word in ("First", "Second", "Third"):
            before = preview.output.stat().st_ino
            site.write({"themes/own/templates/base.html": BASE.format(f"{word} of all pages")})
            expect(page.locator("body")).to_contain_text(f"{word} of all pages")
            assert preview.output.stat().st_ino != before, "the whole tree was exchanged"
            edit(preview, NOTE, "Paragraph 50 of", f"Paragraph {word} of")
            expect(page.locator("main")).to_contain_text(f"Paragraph {word} of")
            edit(preview, NOTE, f"Paragraph {word} of", "Paragraph 50 of")
            assert preview.get("/small/articles/numbers.csv").status == 200
        assert page.evaluate("scrollY") > 800
        assert stayed(page)
        site.write({NOTE: FILES[NOTE] + "The end.\n"})
        expect(page.locator("main")).to_contain_text("The end.")
        assert "error" not in preview.said()
        assert preview.tree() == site.clean(tmp_path / "clean")


def test_what_leads_nowhere_is_marked_in_its_place(page: Page, preview: Preview) -> None:
    opened(page, preview, "notes/n.html")
    broken = (
        "See [@nobody], [[nothing]], [it](../articles/no.md), [a file](no.pdf), [[a#no]] and ![x](no.png)."
    )
    edit(preview, NOTE, "See [@a].", broken)
    main = page.locator("main")
    expect(main.locator(".broken")).to_have_text(["@nobody", "nothing", "it"])
    expect(main.locator(".dossier-broken:not(img)")).to_have_text(["a file", "First"])
    expect(main.locator("img.dossier-broken")).to_have_count(1)
    for mark in main.locator(".broken, .dossier-broken").all():
        expect(mark).to_have_css("outline-style", "dashed")
    expect(main.get_by_text("@nobody")).to_have_attribute("title", re.compile("^no article 'nobody'"))
    expect(page.locator(".findings")).to_have_count(0)  # A button tells of them; the page can be read.
    main.get_by_text("@nobody").click()
    expect(page.locator(".findings h2")).to_have_text(
        "6 errors: the page is shown as it is written; a build would stop"
    )
    page.get_by_role("button", name="Hide").click()
    edit(preview, NOTE, broken, "See [@a].")
    expect(main.locator(".broken, .dossier-broken")).to_have_count(0)
    expect(page.locator(".count")).to_have_count(0)
    assert stayed(page)


def test_findings_of_other_pages_lead_there(page: Page, preview: Preview) -> None:
    opened(page, preview, "articles/b.html")
    edit(preview, NOTE, "[@a]", "[@nobody]")
    page.get_by_role("button", name="1 error").click()
    page.get_by_role("link", name="see the page").click()
    expect(page.locator("main .broken")).to_have_text("@nobody")
    expect(page.locator(".findings")).to_be_visible()  # What was opened stays so from page to page.
    edit(preview, NOTE, "[@nobody]", "[@a]")
    expect(page.locator(".findings")).to_have_count(0)


def test_what_a_mistake_quotes_is_text_not_markup(page: Page, preview: Preview) -> None:
    opened(page, preview, "notes/n.html")
    edit(preview, NOTE, "[@a]", "[[<img src=x onerror=alert(1)>]]")
    page.locator(".count").click()
    expect(page.locator(".findings")).to_contain_text("<img src=x")
    assert page.locator(".findings img, main img").count() == 0
    edit(preview, NOTE, "[[<img src=x onerror=alert(1)>]]", "[@a]")
    expect(page.locator(".findings")).to_have_count(0)


def test_a_deleted_page_says_so_and_comes_back(page: Page, preview: Preview) -> None:
    opened(page, preview, "notes/gone.html")
    (preview.site.folder / "content/notes/gone.md").unlink()
    notice = page.locator(".notice.lasting")
    expect(notice).to_contain_text("no longer in the site")
    preview.site.write({"content/notes/gone.md": FILES["content/notes/gone.md"].replace("Short", "Back")})
    expect(page.locator("main")).to_contain_text("Back.")
    expect(notice).to_have_count(0)


def test_another_document_is_told_of_with_a_link(page: Page, preview: Preview) -> None:
    opened(page, preview, "notes/n.html")
    edit(preview, "content/articles/b.md", "Text B.", "Text B, changed.")
    link = page.locator(".notice a")
    expect(link).to_have_text("Second")
    link.click()
    expect(page.locator("main")).to_contain_text("Text B, changed.")


def test_open_details_stay_open(page: Page, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    site.write({"themes/own/templates/note.html": DETAILS, "site.yaml": FILES["site.yaml"] + "theme: own\n"})
    with previewed(site) as preview:
        opened(page, preview, "notes/n.html")
        page.locator("summary").click()
        edit(preview, NOTE, "Paragraph 5 of", "Paragraph five of")
        expect(page.locator("main")).to_contain_text("Paragraph five of")
        assert page.locator("details").evaluate("details => details.open")


DETAILS = """{% extends "base.html" %}{% block main %}
<details><summary>More</summary><p>{{ view.title }}</p></details>{{ body }}{% endblock %}"""


def test_the_page_reconnects_after_a_restart(page: Page, tmp_path) -> None:
    site = new_site(tmp_path / "site")
    with previewed(site) as first:
        opened(page, first, "notes/n.html")
        port = first.port
    expect(page.locator(".notice")).to_contain_text("has stopped")
    site.write({NOTE: site.read(NOTE).replace("Paragraph 1 of", "Paragraph one of")})
    with previewed(site, port=port):
        expect(page.locator("main")).to_contain_text("Paragraph one of")
        expect(page.locator(".notice")).to_have_count(0)
        assert stayed(page)


def test_following_goes_to_the_block_being_written(page: Page, tmp_path) -> None:
    site = new_site(tmp_path / "site")
    with previewed(site, "--follow", "--drafts", "--editor", "code") as preview:
        opened(page, preview, "articles/a.html")
        edit(preview, NOTE, "Paragraph 50 of", "Paragraph fifty of")
        page.wait_for_url("**/notes/n.html")
        block = page.locator("p", has_text="Paragraph fifty of")
        expect(block).to_be_in_viewport()
        edit(preview, NOTE, "Paragraph 2 of", "Paragraph two of")
        expect(page.locator("p", has_text="Paragraph two of")).to_be_in_viewport()
        opened(page, preview, "notes/d.html")
        expect(page.locator(".bar .mark")).to_have_text("draft")
        edit_link = page.locator(".bar a")
        expect(edit_link).to_have_text("Edit content/notes/d.md")
        assert (edit_link.get_attribute("href") or "").startswith("vscode://file/")
    assert not site.output.exists()


def test_a_broken_link_is_marked_in_its_place(page: Page, preview: Preview) -> None:
    template = DETAILS.replace("More", 'More</summary><a href="../articles/nothing.html">Dead</a><summary>')
    preview.site.write({"themes/own/templates/note.html": template})
    preview.site.write({"site.yaml": FILES["site.yaml"] + "theme: own\n"})
    opened(page, preview, "notes/n.html")
    # The template has no list of references either.
    expect(page.locator("a.dossier-broken")).to_have_text(["Dead", "1"])
    shutil.rmtree(preview.site.folder / "themes/own/templates")
    expect(page.locator("a.dossier-broken")).to_have_count(0)
