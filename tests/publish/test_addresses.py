"""Published addresses never die unnoticed: aliases lead on, and one that would vanish is a finding."""

import pytest

from dossier.build import Result
from dossier.build.checking import check
from dossier.published import lasts, read_record, written_record
from tests.engine.site import Site, small_site
from tests.publish.conftest import Desk, git
from tests.site.pages import read_page

ARTICLE = "---\ntitle: First\nsource: AP\ndate: 2020-01-02\ntopics: [t]\npeople: [Ada]\n{}---\nText A.\n"

NOTE = "---\ntitle: Note\ndate: 2021-01-01\n---\n"


def found(result: Result) -> list[tuple[str, str, int]]:
    return [(finding.code, finding.path, finding.mark.line) for finding in result.diagnostics]


@pytest.fixture
def site(tmp_path: object) -> Site:
    made = small_site(tmp_path / "site")  # type: ignore[operator]
    made.write({"site.yaml": "title: Small\nurl: https://example.org/small/\n"})
    return made


# ---------------------------------------------------------------- aliases


def test_a_former_address_leads_on(site: Site) -> None:
    aliases = "aliases: [articles/old.html, /2019/03/first/, /posts/first]\n"
    site.write({"content/articles/a.md": ARTICLE.format(aliases)})
    result = site.build(strict=True)
    assert not result.diagnostics
    for path, link in (
        ("articles/old.html", "../articles/a.html"),
        ("2019/03/first/index.html", "../../../articles/a.html"),
        ("posts/first/index.html", "../../articles/a.html"),
    ):
        text = (site.output / path).read_text(encoding="utf-8")
        assert f'<meta http-equiv="refresh" content="0; url={link}">' in text
        page = read_page(site.output / path)
        assert link in page.links
        assert page.canonical == "https://example.org/small/articles/a.html"


def test_a_former_address_is_in_no_list(site: Site) -> None:
    site.write({"content/articles/a.md": ARTICLE.format("aliases: [articles/old.html]\n")})
    site.build()
    told = {path for path, data in site.tree().items() if b"articles/old.html" in data}
    assert told == {".dossier-site"}


def test_other_aliases_are_names(site: Site) -> None:
    """As those of topics have always been, and as Obsidian has them."""
    site.write(
        {
            "content/articles/a.md": ARTICLE.format("aliases: [The Baghdad cable, AP/1]\n"),
            "content/notes/n.md": NOTE + "See [[the baghdad cable]], [[AP/1]].\n",
            "content/topics/t.md": "---\ntitle: Topic\naliases: [US/Iraq, topics/irak.html]\n---\n[[a]]\n",
            "content/people.yaml": "ada: {name: Ada Lovelace, aliases: [Ada, people/lovelace.html]}\n",
        }
    )
    assert not site.build(strict=True).diagnostics
    assert site.read("public/notes/n.html").count('href="../articles/a.html"') >= 2
    assert 'url=../topics/t.html"' in site.read("public/topics/irak.html")
    assert 'url=../people/ada.html"' in site.read("public/people/lovelace.html")
    assert "lovelace.html" not in site.read("public/people/ada.html")


@pytest.mark.parametrize(
    "alias",
    [
        "https://example.org/small/a.html",
        "../up.html",
        "/a//b.html",
        "/a/../b/",
        "con.html",
        "/aux/",
        "a?b.html",
        "a#b.html",
        ".hidden/a.html",
        "/a%2f..%2f..%2fetc/",
        "/a\\\\b/",
        "a b .html/",
        f"/{'x' * 260}/",
    ],
)
def test_an_address_that_cant_be_one(site: Site, alias: str) -> None:
    site.write({"content/articles/a.md": ARTICLE.format(f'aliases: ["{alias}"]\n')})
    result = site.build()
    assert ("bad-alias", "content/articles/a.md", 7) in found(result) or alias == "a b .html/"


def test_an_address_that_is_taken(site: Site) -> None:
    site.write(
        {
            "content/articles/a.md": ARTICLE.format("aliases: [notes/n.html, x.html]\n"),
            "content/articles/b.md": "---\ntitle: B\naliases: [X.html, /articles/]\n---\nText.\n",
            "content/people.yaml": "ada: {name: Ada Lovelace, aliases: [Ada, /]}\n",
        }
    )
    result = site.build()
    taken = [finding for finding in result.diagnostics if finding.code == "taken-alias"]
    assert [finding.message for finding in taken] == [
        "'notes/n.html' can't lead to articles/a.html: it is the page notes/n.html",
        "'X.html' can't lead to articles/b.html: it is a former address of 'a'",
        "'articles/index.html' can't lead to articles/b.html: it is the page articles/index.html",
        "'index.html' can't lead to people/ada.html: it is the page index.html",
    ]
    assert result.failed


def test_builds_after_edits_of_aliases_equal_clean_ones(site: Site, tmp_path: object) -> None:
    site.build()
    for number, aliases in enumerate(("aliases: [old.html]\n", "aliases: [old.html, /a/b/]\n", "")):
        site.write({"content/articles/a.md": ARTICLE.format(aliases)})
        site.build()
        assert site.tree() == site.clean(tmp_path / f"clean{number}")  # type: ignore[operator]
    site.write({"content/articles/a.md": ARTICLE.format("aliases: [old.html]\n")})
    site.build()
    site.write({"content/articles/a.md": ARTICLE.format("aliases: [old.html]\n").replace("First", "Renamed")})
    site.build()
    assert "Renamed" in site.read("public/old.html")
    assert site.tree() == site.clean(tmp_path / "clean")  # type: ignore[operator]


# ---------------------------------------------------------------- the list


def test_publishing_lists_the_addresses_of_documents_and_entities(desk: Desk) -> None:
    done = desk.run()
    assert "6 new addresses in published.txt: commit it with your next change\n" in done.stdout
    listed = [line for line in desk.site.read("published.txt").split("\n") if line and line[0] != "#"]
    assert listed == [
        "articles/a.html",
        "articles/b.html",
        "notes/n.html",
        "people/ada.html",
        "sources/ap.html",
        "topics/t.html",
    ]
    desk.commit({})
    again = desk.run()
    assert "published.txt" not in again.stdout
    assert "is up to date" in again.stdout


def test_a_list_is_kept_where_a_workflow_publishes(desk: Desk) -> None:
    done = desk.run("--record")
    assert (done.returncode, done.stdout) == (
        0,
        "6 new addresses in published.txt: commit it with your next change\n",
    )
    assert "\nnotes/n.html\n" in desk.site.read("published.txt")
    assert desk.tip() == ""
    assert desk.run("--record").stdout == "published.txt has all addresses; nothing was published\n"
    (desk.folder / "content/notes/n.md").rename(desk.folder / "content/notes/m.md")
    done = desk.run("--record")
    assert done.returncode == 1
    assert "warning[vanished-address]" in done.stderr
    assert desk.run("--record", "--dry-run").returncode == 2


def test_an_uncommitted_list_holds_nothing_up(desk: Desk) -> None:
    desk.publish()
    assert "published.txt" in desk.git("status", "--porcelain")
    desk.site.write({"content/notes/m.md": "---\ntitle: M\ndate: 2021-01-01\n---\nText.\n"})
    desk.git("add", "content")
    desk.git("commit", "--quiet", "--message", "Add")
    assert desk.publish().recorded == 1


def test_an_address_that_would_vanish_keeps_the_published_site_as_it_is(desk: Desk) -> None:
    desk.publish()
    tip = desk.tip()
    desk.git("mv", "content/notes/n.md", "content/notes/who-said-it.md")
    desk.commit({}, "Give the note a better name")
    done = desk.run()
    assert done.returncode == 1
    assert done.stderr == (
        "published.txt:5:1: warning[vanished-address]: "
        "'notes/n.html' was published, and there is no such page any more\n"
        "  5 | notes/n.html\n"
        "    | ^^^^^^^^^^^^\n"
        "  hint: add to the fields of content/notes/who-said-it.md: "
        "aliases: [notes/n.html], or delete this line\n"
        "1 warning; nothing was published\n"
    )
    assert desk.tip() == tip
    note = desk.site.read("content/notes/who-said-it.md").replace("date:", "aliases: [notes/n.html]\ndate:")
    desk.commit({"content/notes/who-said-it.md": note})
    desk.publish()
    assert b"who-said-it.html" in desk.published()["notes/n.html"]


def test_a_check_finds_it_too(desk: Desk) -> None:
    desk.publish()
    desk.commit({})
    assert "vanished-address" not in [f.code for f in check(desk.site.options()).diagnostics]
    (desk.folder / "content/articles/b.md").rename(desk.folder / "content/articles/b2.md")
    desk.site.write({"content/notes/n.md": "---\ntitle: Note\ndate: 2021-01-01\n---\nSee [@a] and [[b2]].\n"})
    (finding,) = [f for f in check(desk.site.options()).diagnostics if f.code == "vanished-address"]
    assert finding.path == "published.txt"
    assert finding.excerpt == "articles/b.html"
    assert "content/articles/b2.md: aliases: [articles/b.html]" in finding.hint


def test_who_strikes_an_address_off_lets_it_go(desk: Desk) -> None:
    desk.publish()
    (desk.folder / "content/notes/n.md").unlink()
    desk.let_go("notes/n.html")
    desk.commit({})
    assert "notes/n.html" in desk.publish().difference.removed
    assert "notes/n.html" not in desk.site.read("published.txt")


def test_a_draft_that_was_published_is_found(desk: Desk) -> None:
    desk.publish()
    desk.commit({"content/notes/n.md": "---\ntitle: Note\ndate: 2021-01-01\ndraft: true\n---\nText.\n"})
    result = desk.publish().result
    assert [finding.code for finding in result.diagnostics] == ["vanished-address"]


def test_without_a_list_the_branch_says_what_was_published(desk: Desk) -> None:
    desk.publish()
    (desk.folder / "published.txt").unlink()
    (desk.folder / "content/notes/n.md").unlink()
    desk.commit({})
    result = desk.publish().result
    assert result.failed
    assert [(f.code, f.path) for f in result.diagnostics] == [("vanished-address", "published.txt")]


def test_a_site_may_care_for_none_of_it(desk: Desk) -> None:
    desk.publish()
    (desk.folder / "content/notes/n.md").unlink()
    desk.commit({"site.yaml": desk.site.read("site.yaml") + "findings: {vanished-address: off}\n"})
    assert desk.publish().commit


def test_what_differs_only_by_case_can_lead_nowhere_else(desk: Desk) -> None:
    """On a system that doesn't tell case, a page that leads on would take the place of the other."""
    desk.commit({"content/notes/Big.md": "---\ntitle: Big\ndate: 2021-01-01\n---\nText.\n"})
    desk.publish()
    desk.git("mv", "content/notes/Big.md", "content/notes/big.md")
    desk.commit({})
    (finding,) = desk.publish().result.diagnostics
    assert finding.hint == "to many systems notes/big.html is the same: delete this line"


def test_a_list_that_was_merged_badly_is_read_all_the_same() -> None:
    merged = b"# x\n<<<<<<< HEAD\r\narticles/a.html\r\n=======\nnotes/n.html\n>>>>>>> other\n\n"
    assert read_record(merged) == {"articles/a.html": 3, "notes/n.html": 5}
    assert read_record(b"\xef\xbb\xbfnotes/n\xc3\xb6.html\n") == {"notes/nö.html": 1}
    assert read_record(written_record({"b.html", "a.html"})) == {"a.html": 3, "b.html": 4}


def test_lists_and_feeds_are_not_promised() -> None:
    kept = ["articles/a.html", "people/ada.html", "claims/c.html", "topics/t.html"]
    others = [
        "index.html",
        "articles/index.html",
        "articles/2.html",
        "topics/t/2.html",
        "404.html",
        "feed.xml",
    ]
    assert [path for path in (*kept, *others) if lasts(path)] == kept


def test_a_rename_that_git_knows_of_is_found_by_it(desk: Desk) -> None:
    desk.publish()
    desk.git("mv", "content/articles/b.md", "content/articles/something-quite-different.md")
    desk.commit({"content/notes/n.md": "---\ntitle: Note\ndate: 2021-01-01\n---\nSee [@a].\n"})
    (finding,) = desk.publish().result.diagnostics
    assert "content/articles/something-quite-different.md: aliases: [articles/b.html]" in finding.hint
    assert git(desk.remote, "log", "--oneline", "gh-pages").count("\n") == 0
