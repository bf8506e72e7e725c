"""What a build does again, and what it leaves alone."""

import os
from pathlib import Path

import pytest

from tests.engine.site import Site

HEAVY = (
    "jinja2",
    "markdown_it",
    "yaml",
    "rich",
    "pygments",
    "asyncio",
    "sqlite3",
    "dossier.library",
    "dossier.plan",
)


def test_a_build_without_changes_writes_nothing(site: Site) -> None:
    first = site.build()
    assert not first.failed
    assert first.written == len(site.tree()) - 1  # the marker isn't counted
    stats = {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}
    again = site.build()
    assert (again.written, again.removed, again.rendered, again.parsed) == (0, 0, 0, 0)
    assert again.pages == first.pages
    assert {path: path.stat().st_mtime_ns for path in site.output.rglob("*")} == stats


def test_a_build_without_changes_loads_nothing_that_it_does_not_use(site: Site) -> None:
    assert site.run("build").returncode == 0
    program = (
        "import sys; from dossier import __main__ as program; code = program.run(['build']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules]); sys.exit(code)"
    )
    site.run("build")  # The first build's files may be as young as its manifest; the second looks at them.
    done = site.python(program).stdout
    assert "0 written, 0 removed" in done
    assert done.splitlines()[-1] == "[]"


def test_a_touched_file_costs_a_reading_and_nothing_else(site: Site) -> None:
    site.build()
    os.utime(site.folder / "content/articles/a.md")
    again = site.build()
    assert (again.written, again.rendered, again.parsed) == (0, 0, 0)


def test_an_edited_text_renders_its_own_page_only(site: Site) -> None:
    site.write({"content/articles/a.md": "---\ntitle: A\nsummary: S.\nrights: full\n---\nText.\n"})
    site.build()
    site.write({"content/articles/a.md": "---\ntitle: A\nsummary: S.\nrights: full\n---\nOther text.\n"})
    again = site.build()
    assert (again.parsed, again.rendered, again.written) == (1, 1, 1)
    assert "Other text" in site.read("public/articles/a.html")


def test_a_title_reaches_every_page_that_shows_it(site: Site, tmp_path: Path) -> None:
    site.build()
    site.write({"content/articles/b.md": site.read("content/articles/b.md").replace("Second", "Renamed")})
    again = site.build()
    assert again.parsed == 1
    assert "Renamed" in site.read("public/topics/t.html")
    assert site.tree() == site.clean(tmp_path / "clean")


def test_an_edit_of_the_same_size_with_the_old_time_is_seen(site: Site) -> None:
    site.build()
    article = site.folder / "content/articles/a.md"
    status = article.stat()
    article.write_bytes(article.read_bytes().replace(b"Text A.", b"Text Z."))
    os.utime(article, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert site.build().written > 0
    assert "Text Z." in site.read("public/articles/a.html")


def test_two_files_that_change_places_are_seen(site: Site, tmp_path: Path) -> None:
    site.build()
    a, b, between = (site.folder / "content/articles" / name for name in ("a.md", "b.md", "c.tmp"))
    a.rename(between)
    b.rename(a)
    between.rename(b)
    site.build()
    assert site.tree() == site.clean(tmp_path / "clean")


def test_edits_within_the_same_tick_are_seen(site: Site, tmp_path: Path) -> None:
    """A file changed right after it was read may keep its time: it isn't trusted to be the same."""
    article = site.folder / "content/articles/a.md"
    for number in range(12):
        article.write_bytes(article.read_bytes()[:-3] + b"%02d\n" % number)
        site.build()
        assert f"{number:02}" in site.read("public/articles/a.html")


@pytest.mark.parametrize("damage", ["deleted", "edited", "emptied", "edited with its old time"])
def test_an_output_file_that_was_touched_by_others_is_restored(site: Site, damage: str) -> None:
    site.build()
    site.build()
    before, page = site.tree(), site.output / "articles/a.html"
    status = page.stat()
    if damage == "deleted":
        page.unlink()
    else:
        page.write_bytes(b"" if damage == "emptied" else b"?" * status.st_size)
    if damage == "edited with its old time":
        os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert site.build().written == 1
    assert site.tree() == before


def test_an_output_file_of_other_times_and_the_same_bytes_is_left_alone(site: Site) -> None:
    site.build()
    os.utime(site.output / "articles/a.html", (1, 1))
    again = site.build()
    assert (again.written, again.rendered) == (0, 0)
    assert (site.output / "articles/a.html").stat().st_mtime == 1


def bibliographies(site: Site) -> int:
    """How many of a site's pages no template makes."""
    return sum("bibliography" in path for path in site.tree())


def test_a_template_renders_all_that_it_makes_and_parses_nothing(site: Site) -> None:
    first = site.build()
    site.write({"themes/plain/templates/all.txt": "<!-- new -->{{ view | string }}\n{{ body }}\n"})
    again = site.build()
    themed = first.pages - bibliographies(site)
    assert (again.parsed, again.rendered, again.written) == (0, themed, themed)


def test_a_template_that_few_pages_need_renders_few(site: Site, tmp_path: Path) -> None:
    site.build()
    site.write({"themes/plain/templates/note.html": "New {% include 'all.txt' %}"})
    again = site.build()
    assert (again.rendered, again.written) == (1, 1)
    assert site.tree() == site.clean(tmp_path / "clean")


def test_a_template_that_names_another_only_when_rendered_may_need_any(site: Site) -> None:
    site.write({"themes/plain/templates/note.html": "{% set part = 'note-part.txt' %}{% include part %}"})
    site.write({"themes/plain/templates/note-part.txt": "{{ view.title }}"})
    site.build()
    site.write({"themes/plain/templates/note-part.txt": "New {{ view.title }}"})
    assert site.build().rendered == 1
    assert site.read("public/notes/n.html") == "New Note"


def test_a_template_that_comes_to_the_same_writes_nothing(site: Site) -> None:
    first = site.build()
    site.write({"themes/plain/templates/all.txt": "{# a remark #}{{ view | string }}\n{{ body }}\n"})
    again = site.build()
    assert (again.rendered, again.written) == (first.pages - bibliographies(site), 0)


def test_an_asset_is_copied_when_it_changes_and_not_read_when_it_does_not(site: Site) -> None:
    site.build()
    site.write({"content/articles/x.png": "another picture", "themes/plain/assets/style.css": "p {}"})
    again = site.build()
    assert (again.written, again.rendered) == (2, 0)
    assert site.read("public/articles/x.png") == "another picture"
    assert site.read("public/assets/style.css") == "p {}"


def test_drafts_and_the_day_decide_what_is_shown(site: Site, tmp_path: Path) -> None:
    site.write({"content/notes/d.md": "---\ntitle: Draft\ndate: 2021-01-01\ndraft: true\n---\nText.\n"})
    site.write({"content/notes/f.md": "---\ntitle: Future\ndate: 2026-06-01\n---\nText.\n"})
    site.build()
    plain = site.tree()
    assert "notes/d.html" not in plain
    assert "notes/f.html" not in plain
    site.build(drafts=True)
    assert {"notes/d.html", "notes/f.html"} <= site.tree().keys()
    site.build()
    assert site.tree() == plain
    site.build(today="2026-07-01")
    assert "notes/f.html" in site.tree()


def test_an_asset_that_only_hidden_texts_use_is_hidden(site: Site) -> None:
    site.build()
    assert "articles/x.png" in site.tree()
    hidden = site.read("content/articles/b.md").replace("title:", "draft: true\ntitle:")
    site.write(
        {"content/articles/b.md": hidden, "content/notes/n.md": "---\ntitle: N\ndate: 2021-01-01\n---\n"}
    )
    site.build()
    assert "articles/x.png" not in site.tree()


def test_a_build_with_errors_leaves_the_last_good_site(site: Site) -> None:
    site.build()
    before = site.tree()
    site.write({"content/articles/a.md": "---\ntitle: [1\n---\n", "content/notes/m.md": "no front matter"})
    failed = site.build()
    assert failed.failed
    assert {finding.path for finding in failed.diagnostics} >= {"content/articles/a.md", "content/notes/m.md"}
    assert failed.diagnostics == site.build().diagnostics
    assert site.tree() == before


def test_a_strict_build_writes_nothing_where_there_are_warnings(site: Site) -> None:
    site.write({"content/lost.md": "---\ntitle: Lost\n---\n"})
    assert site.build(strict=True).failed
    assert not site.output.exists()
    assert not site.build().failed
    assert site.build(strict=True).failed


def test_warnings_are_told_again_when_nothing_changed(site: Site) -> None:
    site.write({"content/lost.md": "---\ntitle: Lost\n---\n"})
    first = site.build()
    again = site.build()
    assert [finding.code for finding in again.diagnostics] == ["unused-file"]
    assert again.diagnostics == first.diagnostics
