"""Why a page was made again, or wasn't."""

from tests.engine.site import Site


def reasons(site: Site, page: str) -> str:
    explanation = site.build(explain=page).explanation
    assert explanation is not None
    return f"{'rendered' if explanation.rendered else 'kept'}: {'; '.join(explanation.reasons)}"


def test_a_new_page(site: Site) -> None:
    assert reasons(site, "articles/a.html") == "rendered: no build on record has made it"


def test_a_page_that_is_kept(site: Site) -> None:
    site.build()
    assert reasons(site, "articles/a.html").startswith("kept: ")


def test_a_view_whose_fields_changed(site: Site) -> None:
    site.build()
    site.write({"content/notes/o.md": "---\ntitle: Other\ndate: 2022-01-01\n---\nSee [@a].\n"})
    assert reasons(site, "articles/a.html") == "rendered: its view changed: view.mentions"


def test_a_text_that_changed(site: Site) -> None:
    site.build()
    site.write({"content/topics/t.md": "---\ntitle: Topic\n---\n*Overview.*\n"})
    assert reasons(site, "topics/t.html") == "rendered: the text of its document changed"


def test_a_theme_that_changed(site: Site) -> None:
    site.build()
    site.write({"themes/plain/templates/all.txt": "{{ view | string }}"})
    assert reasons(site, "index.html") == "rendered: its template changed, or one that it needs"


def test_a_file_that_others_changed(site: Site) -> None:
    site.build()
    (site.output / "index.html").unlink()
    assert reasons(site, "index.html") == "rendered: its file in the output was deleted by others"
    (site.output / "index.html").write_text("?")
    assert reasons(site, "index.html") == "rendered: its file in the output was changed by others"


def test_a_page_that_does_not_exist(site: Site) -> None:
    (finding,) = site.build(explain="articles/a.htm").diagnostics
    assert (finding.path, finding.code) == ("articles/a.htm", "unknown-page")
    assert "did you mean 'articles/a.html'" in finding.hint
