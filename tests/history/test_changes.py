"""What changed, from real repositories: what readers see of commits, and what they must not."""

import os
import re
from pathlib import Path

import pytest

from dossier import looking
from tests.history.repository import HOSTILE_NAME, Repository, article, repository

SETTINGS = "title: Small\nurl: https://example.org/\nrights: full\n"
BEGIN = {
    "site.yaml": SETTINGS,
    "content/topics/t.md": "---\ntitle: The topic\n---\nOverview.\n",
    "content/articles/a.md": article("First", "The quick brown fox jumps over the lazy dog.", topics="[t]"),
    "content/articles/b.md": article("Second", "Text B, which stays as it is in all commits."),
}


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "repo")
    made.commit(BEGIN, "2025-01-01")
    return made


def words(page: str) -> str:
    """The page's text, with marks around what was added and removed."""
    page = page[page.index("<main") : page.index("</main>")]
    page = re.sub(r"<ins>(.*?)</ins>", r"+\1+", re.sub(r"<del>(.*?)</del>", r"-\1-", page))
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def changes(repo: Repository, path: str = "changes/index.html") -> str:
    result = repo.build()
    assert not result.failed, result.diagnostics
    return words(repo.page(path))


def test_new_documents_stand_under_their_day(repo: Repository) -> None:
    repo.commit({"content/notes/n.md": "---\ntitle: A note\ndate: 2025-02-01\n---\nText.\n"}, "2025-02-03")
    text = changes(repo)
    assert text.index("3 February 2025 1 note added New note A note") < text.index("1 January 2025")
    assert "1 topic added · 2 articles added" in text.replace(" 2 articles", " · 2 articles")


def test_a_revision_shows_the_words_and_names_the_fields(repo: Repository) -> None:
    text = "The quick red fox jumps over the lazy dog."
    repo.commit(
        {"content/articles/a.md": article("Retitled", text, topics="[t]", summary="New.")}, "2025-02-03"
    )
    shown = changes(repo)
    assert "Text revised: 1 word added, 1 word removed Changed: title and summary" in shown
    assert "The quick -brown- +red+ fox jumps over" in shown
    assert "Retitled" in words(repo.page("topics/t/changes.html"))
    assert "Second" not in words(repo.page("topics/t/changes.html"))
    assert "Revised: Retitled" in repo.page("changes/feed.xml")
    assert "2025-02-03T12:00:00Z" in repo.page("topics/t/changes.xml")


def test_the_last_change_is_on_the_article_s_page(repo: Repository) -> None:
    repo.commit({"content/articles/a.md": article("First", "Other text.", topics="[t]")}, "2025-02-03")
    repo.build()
    assert "Last changed here 3 February 2025" in words(repo.page("articles/a.html"))
    assert "Last changed here 1 January 2025" in words(repo.page("articles/b.html"))


def test_a_renamed_file_is_followed(repo: Repository) -> None:
    old, text = BEGIN["content/articles/b.md"], "Text B, which stays as it is in all new commits."
    repo.commit({"content/articles/b.md": None, "content/articles/2025/b.md": old}, "2025-02-03")
    repo.commit({"content/articles/2025/b.md": article("Second", text)}, "2025-03-03")
    repo.commit(
        {"content/articles/2025/b.md": None, "content/articles/c.md": article("Second", text)}, "2025-04-03"
    )
    shown = changes(repo)
    assert "1 withdrawn" not in shown
    assert "as it is in all +new+ commits." in shown
    assert "3 April 2025 1 revised Revised Second Changed: address" in shown
    assert "February" not in shown, "a move within the folders changes no address"


def test_a_withdrawn_document_shows_its_title_alone(repo: Repository) -> None:
    repo.commit(
        {"content/articles/b.md": article("Last title", "SECRET text B.", summary="SECRET")}, "2025-02-03"
    )
    repo.commit({"content/articles/b.md": None}, "2025-03-03")
    shown = changes(repo)
    assert "3 March 2025 1 withdrawn Withdrawn Last title Article" in shown
    assert "Withdrawn: Last title" in repo.page("changes/feed.xml")
    assert not [path for path, data in repo.tree().items() if b"SECRET" in data or b"Text B" in data]


def test_what_came_and_went_on_a_day_was_never_there(repo: Repository) -> None:
    repo.commit({"content/articles/c.md": article("Oversight", "x")}, "2025-02-03")
    repo.commit({"content/articles/c.md": None}, "2025-02-03")
    assert "Oversight" not in changes(repo)


def test_drafts_and_the_future_leave_no_trace(repo: Repository) -> None:
    """Until it is public, nothing of a document shows; afterwards it is new on that day, without its past."""
    repo.commit({"content/articles/c.md": article("Secret plan", "SECRET one", draft="true")}, "2025-02-03")
    repo.commit(
        {"content/articles/d.md": article("Secret plan", "SECRET two", date="2025-12-24")}, "2025-02-03"
    )
    repo.commit({"content/articles/e.md": article("Secret plan", "SECRET three", draft="true")}, "2025-02-03")
    repo.commit(
        {"content/articles/f.md": article("Secret plan", "SECRET four", date="2027-01-01")}, "2025-02-03"
    )
    repo.commit({"content/articles/c.md": article("Open plan", "Public one")}, "2025-03-03")
    repo.commit({"content/articles/d.md": article("Open day", "Public two", date="2025-12-24")}, "2025-03-03")
    repo.commit({"content/articles/e.md": None}, "2025-03-03")
    shown = changes(repo)
    assert "3 March 2025 1 article added New article Open plan" in shown
    assert "24 December 2025 1 article added New article Open day" in shown
    assert not [path for path, data in repo.tree().items() if b"SECRET" in data or b"Secret" in data]


def test_a_document_that_became_a_draft_is_gone_without_a_word(repo: Repository) -> None:
    repo.commit({"content/articles/b.md": article("Second", "Text B.", draft="true")}, "2025-02-03")
    assert "Second" not in changes(repo)


@pytest.mark.parametrize(
    ("was", "became", "site"),
    [
        ("", "", "excerpt"),
        ("reference", "full", "full"),
        ("full", "reference", "full"),
        ("excerpt", "excerpt", "full"),
        ("full", "", "reference"),
    ],
)
def test_withheld_text_is_in_no_difference(repo: Repository, was: str, became: str, site: str) -> None:
    """Whatever the rights were and are: words that may not be published are counted, never shown."""

    def text(marker: str, rights: str) -> str:
        given = {"rights": rights} if rights else {}
        body = "word " * 320 + f"with a {marker} in its depths"
        return article("Withheld", body, **given)

    repo.commit({"content/articles/w.md": text("WITHHELDONE", was)}, "2025-02-03")
    settings = SETTINGS.replace("rights: full", f"rights: {site}")
    repo.commit({"site.yaml": settings, "content/articles/w.md": text("WITHHELDTWO", became)}, "2025-03-03")
    assert "Text revised: 1 word added, 1 word removed" in changes(repo)
    found = {path for path, data in repo.tree().items() if b"WITHHELD" in data}
    allowed = {"articles/w.html"} if (became or site) == "full" else set()
    assert found <= allowed
    assert not [path for path, data in repo.tree().items() if b"WITHHELDONE" in data]


def test_text_that_may_be_shown_is(repo: Repository) -> None:
    repo.commit(
        {"content/articles/b.md": article("Second", "Text B, changed.", text="summary")}, "2025-02-03"
    )
    assert "+changed.+" in changes(repo).replace("Text B, ", "")


def test_comments_and_marks_of_markdown_do_not_show(repo: Repository) -> None:
    for number, day in enumerate(("2025-02-03", "2025-03-03"), start=1):
        text = f"A [link](https://example.org/{number}) and **more{number}**.\n\n<!-- HIDDEN{number} -->\n"
        repo.commit({"content/articles/b.md": article("Second", text)}, day)
    shown = changes(repo)
    assert "A link and -more1.- +more2.+" in shown
    assert not [path for path, data in repo.tree().items() if b"HIDDEN" in data]


def test_an_edit_that_no_page_shows_is_no_change(repo: Repository) -> None:
    repo.commit(
        {"content/articles/b.md": BEGIN["content/articles/b.md"] + "\n\n<!-- a remark -->\n"}, "2025-02-03"
    )
    assert "3 February" not in changes(repo)


def test_a_merge_counts_on_its_own_day(repo: Repository) -> None:
    repo.git("checkout", "--quiet", "-b", "work")
    repo.commit({"content/articles/c.md": article("From a branch", "x")}, "2025-02-03")
    repo.git("checkout", "--quiet", "main")
    repo.commit({"content/articles/b.md": article("Second", "Meanwhile.")}, "2025-03-03")
    repo.git("merge", "--quiet", "--no-ff", "-m", "Merge", "work", when="2025-04-03T12:00:00Z")
    shown = changes(repo)
    assert "3 April 2025 1 article added New article From a branch" in shown
    assert "February" not in shown


def test_only_what_is_committed_counts(repo: Repository) -> None:
    before = changes(repo)
    repo.write({"content/articles/a.md": article("First", "Not committed.", topics="[t]")})
    repo.write({"content/articles/z.md": article("Untracked", "x")})
    assert changes(repo) == before
    assert "Not committed" in repo.page("articles/a.html")
    assert "Last changed here" not in repo.page("articles/z.html")


def test_names_of_authors_show_only_where_they_are_wanted(repo: Repository) -> None:
    repo.git("config", "user.name", "ignored")
    repo.write({"content/articles/b.md": article("Second", "By somebody.")})
    repo.git("add", "--all")
    repo.git(
        *("commit", "-q", "-m", "<script>alert(1)</script>\n\nSigned-off-by: SECRET"),
        when="2025-02-03T12:00:00Z",
        GIT_AUTHOR_NAME=HOSTILE_NAME,
    )
    repo.build()
    assert not [path for path, data in repo.tree().items() if b"Mallory" in data or b"SECRET" in data]
    repo.commit({"site.yaml": SETTINGS + "changes_authors: true\n"}, "2025-02-04")
    repo.build()
    page = repo.page("changes/index.html")
    assert "Mallory" in page
    assert "<b>" not in page
    assert "\x1b" not in page
    assert not [path for path, data in repo.tree().items() if b"SECRET" in data or b"alert(1)" in data]


def test_hostile_files_in_history_do_no_harm(repo: Repository) -> None:
    nasty = {
        "content/articles/latin.md": "---\ntitle: Latin\n---\nCaf\u00e9.\n".encode("latin-1"),
        "content/articles/broken.md": "---\ntitle: [\n---\n",
        "content/articles/nul.md": b"\0\1\2",
        "content/articles/-n 'x'\n\"y\".md": article("Odd name", "x"),
        "content/articles/.. .md": article("Odder name", "x"),
    }
    repo.commit(nasty, "2025-02-03")
    folder = os.fsencode(repo.site.folder / "content/articles")
    with open(folder + b"/\xff\xfe.md", "wb") as file:
        file.write(article("No name", "x").encode())
    repo.git("add", "--all")
    repo.git("commit", "-q", "-m", "x", when="2025-02-04T12:00:00Z")
    os.unlink(folder + b"/\xff\xfe.md")
    repo.commit(
        {**dict.fromkeys(nasty), "content/articles/latin.md": article("Latin", "Café.")}, "2025-03-03"
    )
    shown = changes(repo)
    assert "Latin" in shown
    assert "No name" not in shown


def test_links_and_submodules_are_no_documents(repo: Repository) -> None:
    os.symlink("/etc/passwd", repo.site.folder / "content/articles/link.md")
    repo.commit({}, "2025-02-03")
    os.unlink(repo.site.folder / "content/articles/link.md")
    repo.commit({"content/articles/link.md": article("No link", "x")}, "2025-03-03")
    assert "3 March 2025 1 article added New article No link" in changes(repo)


def test_a_site_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", "docs/dossier")
    repo.commit(BEGIN, "2025-01-01")
    (repo.folder / "content/articles").mkdir(parents=True)
    (repo.folder / "content/articles/other.md").write_text(article("Of another site", "x"))
    repo.commit({"content/articles/b.md": article("Second", "Text B, changed.")}, "2025-02-03")
    shown = changes(repo)
    assert "3 February 2025 1 revised" in shown
    assert "another site" not in shown


def test_two_clones_of_a_commit_have_the_same_bytes(repo: Repository, tmp_path: Path) -> None:
    """Whenever, wherever, by however many steps: what a commit's site is depends on the commit alone."""
    repo.build()
    repo.commit({"content/articles/b.md": article("Second", "Text B, changed.")}, "2025-02-03")
    repo.commit({"content/articles/a.md": None}, "2025-03-03")
    repo.build()
    one, other = (repo.clone(tmp_path / name) for name in ("one", "other"))
    for clone, zone in ((one, "Pacific/Kiritimati"), (other, "America/Los_Angeles")):
        done = clone.site.run("build", TZ=zone, LC_ALL="C", GIT_DIR="/nowhere", GIT_CONFIG_COUNT="0")
        assert done.returncode == 0, done.stderr
    assert one.tree() == other.tree() == repo.tree()


def test_packed_references_and_linked_work_trees(repo: Repository, tmp_path: Path) -> None:
    before = looking.revision(str(repo.site.folder))
    repo.git("pack-refs", "--all")
    assert looking.revision(str(repo.site.folder)) == before != ""
    repo.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "other")
    tree = Repository(tmp_path / "tree")
    assert looking.revision(str(tree.folder)) == before
    tree.commit({"content/articles/c.md": article("In the work tree", "x")}, "2025-02-03")
    assert looking.revision(str(tree.folder)) != before
    assert looking.revision(str(repo.site.folder)) == before
    assert "In the work tree" in changes(tree)
    repo.git("checkout", "--quiet", "--detach")
    assert looking.revision(str(repo.site.folder)) == before


def test_a_shallow_clone_says_how_to_get_the_rest(repo: Repository, tmp_path: Path) -> None:
    repo.commit({"content/articles/b.md": article("Second", "Text B, once.")}, "2025-02-03")
    repo.commit({"content/articles/b.md": article("Second", "Text B, twice.")}, "2025-03-03")
    shallow = repo.clone(tmp_path / "shallow", "--depth=2")
    result = shallow.build(strict=True)
    assert [found.code for found in result.diagnostics] == ["history-shallow"]
    assert "fetch-depth: 0" in result.diagnostics[0].hint
    shown = words(shallow.page("changes/index.html"))
    assert "-once.- +twice.+" in shown
    assert "February" not in shown, "what a clone begins with wasn't added then"
    assert "Last changed here" not in shallow.page("articles/a.html")
    shallow.git("fetch", "--quiet", "--unshallow")
    repo.build()
    shallow.build()
    assert shallow.tree() == repo.tree()


def test_a_clone_at_depth_one_builds(repo: Repository, tmp_path: Path) -> None:
    shallow = repo.clone(tmp_path / "shallow", "--depth=1")
    assert not shallow.build(strict=True).failed


def test_a_partial_clone_asks_nobody_for_files(repo: Repository, tmp_path: Path) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit(
        {"content/articles/b.md": article("Second", "Text B, once.", date="2025-01-05")}, "2025-02-03"
    )
    partial = repo.clone(tmp_path / "partial", "--filter=blob:none")
    result = partial.build()
    assert [found.code for found in result.diagnostics] == ["history-unreadable"]
    assert "by the dates of the documents" in words(partial.page("changes/index.html"))


def test_without_git_the_dates_tell(repo: Repository, tmp_path: Path) -> None:
    repo.commit({"content/articles/b.md": article("Second", "Text B.", date="2025-01-05")}, "2025-02-03")
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    first = repo.site.run("build", PATH=str(nothing))
    assert first.returncode == 0, first.stderr
    assert "history-unreadable" in first.stderr + first.stdout
    assert "5 January 2025" in repo.page("changes/index.html")
    again = repo.site.run("build")
    assert "history-unreadable" not in again.stderr + again.stdout
    assert "3 February 2025" in repo.page("changes/index.html")


def test_a_damaged_repository_is_said(repo: Repository) -> None:
    head = (repo.folder / ".git/refs/heads/main").read_text().strip()
    (repo.folder / f".git/objects/{head[:2]}/{head[2:]}").unlink()
    result = repo.build()
    assert not result.failed
    assert [found.code for found in result.diagnostics] == ["history-unreadable"]


def test_without_a_repository_the_dates_tell(tmp_path: Path) -> None:
    repo = Repository(tmp_path / "plain")
    repo.write(
        {
            **BEGIN,
            "content/articles/a.md": article("First", "x", date="2020-02", accessed="2025-05-06"),
            "content/notes/n.md": "---\ntitle: A note\ndate: 2025-02-01\nupdated: 2025-06-07\n---\nText.\n",
        }
    )
    shown = changes(repo)
    assert "7 June 2025 1 revised Revised A note Updated" in shown
    assert "6 May 2025 1 article added New article First" in shown
    assert "Second" not in shown


def test_off_means_off(repo: Repository) -> None:
    repo.commit({"site.yaml": SETTINGS + "changes: off\n"}, "2025-02-03")
    repo.build()
    assert not [path for path in repo.tree() if "changes" in path and not path.startswith("assets/")]
    assert "Last changed" not in repo.page("articles/a.html")


def test_many_documents_of_a_day_read_well(repo: Repository) -> None:
    many = {f"content/articles/m{number:03}.md": article(f"Number {number}", "x") for number in range(250)}
    repo.commit(many, "2025-02-03")
    shown = changes(repo)
    assert "3 February 2025 250 articles added" in shown
    assert "250 articles added" in repo.page("changes/feed.xml")
    listed = [page for page in repo.tree() if re.fullmatch(r"changes/(index|\d+)\.html", page)]
    assert len(listed) == 3
    assert "and 50 that aren’t listed" in words(repo.page("changes/2.html"))
