"""What a listing takes up, and what it leaves out with or without a word."""

import os
import unicodedata
from pathlib import Path

import pytest

from dossier import sources
from dossier.sources import Listing
from dossier.walking import bundled_themes
from tests.engine.site import Site


def listed(site: Site) -> Listing:
    return sources.scan(site.folder, None)


def codes(listing: Listing) -> dict[str, str]:
    return {finding.path: finding.code for finding in listing.findings}


def test_a_listing_is_sorted_and_knows_kinds(site: Site) -> None:
    listing = listed(site)
    assert list(listing.files) == sorted(listing.files)
    assert listing.assets == {"content/articles/x.png"}
    assert "content/people.yaml" in listing.documents
    assert "site.yaml" in listing.documents


@pytest.mark.parametrize(
    "name", [".hidden.md", "a.md~", ".a.md.swp", "#a.md#", "a.md.tmp", "a.md.orig", ".DS_Store", "Thumbs.db"]
)
def test_what_editors_and_systems_leave_is_ignored(site: Site, name: str) -> None:
    before = listed(site).files
    site.write({f"content/articles/{name}": "x", f"themes/plain/templates/{name}": "x"})
    assert listed(site).files == before
    assert listed(site).findings == []


@pytest.mark.parametrize("name", [".git", "node_modules", ".obsidian"])
def test_folders_of_tools_are_ignored(site: Site, name: str) -> None:
    before = listed(site).files
    site.write({f"content/{name}/articles/a.md": "x", f"content/{name}/key.json": "x"})
    assert listed(site).files == before


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("content/a.md", "content/articles/"),
        ("content/article/a.md", "content/articles/"),
        ("content/articles/a.markdown", "name it .md"),
        ("content/peoples.yaml", "'content/people.yaml'"),
        ("content/people.yml", "'content/people.yaml'"),
    ],
)
def test_a_misplaced_document_is_named(site: Site, path: str, hint: str) -> None:
    site.write({path: "x"})
    (finding,) = listed(site).findings
    assert (finding.path, finding.code) == (path, "unused-file")
    assert hint in finding.hint


def test_links_inside_are_followed_and_links_outside_are_not(site: Site, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/a.md").write_text("x")
    articles = site.folder / "content/articles"
    (articles / "inside.md").symlink_to("a.md")
    (articles / "key.json").symlink_to(tmp_path / "secret.json")
    (articles / "folder").symlink_to(tmp_path / "folder")
    (articles / "settings.json").symlink_to(site.folder / "site.yaml")
    (articles / "nothing.md").symlink_to("nowhere.md")
    (site.folder / "themes/plain/assets/key.js").symlink_to(tmp_path / "secret.json")
    listing = listed(site)
    assert "content/articles/inside.md" in listing.files
    assert not [path for path in listing.files if "key" in path or "folder" in path or "settings" in path]
    assert codes(listing) == {
        "content/articles/key.json": "link-outside",
        "content/articles/folder": "link-outside",
        "content/articles/settings.json": "link-outside",
        "content/articles/nothing.md": "broken-link",
        "themes/plain/assets/key.js": "link-outside",
    }


def test_loops_end(site: Site) -> None:
    (site.folder / "content/articles/loop").symlink_to(".")
    (site.folder / "content/notes/up").symlink_to("..")
    (site.folder / "content/one").mkdir()
    (site.folder / "content/two").mkdir()
    (site.folder / "content/one/x").symlink_to("../two")
    (site.folder / "content/two/y").symlink_to("../one")
    assert set(codes(listed(site)).values()) == {"link-loop"}


def test_pipes_and_devices_are_left_out(site: Site) -> None:
    os.mkfifo(site.folder / "content/articles/pipe.md")
    assert codes(listed(site)) == {"content/articles/pipe.md": "special-file"}


def test_a_pipe_that_takes_a_files_place_is_neither_read_nor_waited_for(site: Site) -> None:
    listing = listed(site)
    article = site.folder / "content/articles/a.md"
    article.unlink()
    os.mkfifo(article)
    with pytest.raises(OSError, match="not a regular file"):
        sources.read(listing, "content/articles/a.md")


def test_a_link_that_takes_a_files_place_is_not_followed(site: Site, tmp_path: Path) -> None:
    listing = listed(site)
    (tmp_path / "secret.md").write_text("x")
    article = site.folder / "content/articles/a.md"
    article.unlink()
    article.symlink_to(tmp_path / "secret.md")
    with pytest.raises(OSError, match="symbolic links"):
        sources.read(listing, "content/articles/a.md")


@pytest.mark.parametrize("another", [False, True], ids=["a plain site", "a site with a link"])
def test_a_link_that_takes_a_folders_place_is_not_followed(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, another: bool
) -> None:
    if another:
        (site.folder / "content/articles/inside.md").symlink_to("a.md")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret.md").write_text("x")
    scandir, notes, looks = os.scandir, site.folder / "content/notes", []

    def swap(place: str) -> object:
        # A site with links is walked through twice.
        looks.append(os.fspath(place))
        if looks.count(str(notes)) == 1 + another and not notes.is_symlink():
            notes.rename(tmp_path / "kept")
            notes.symlink_to(tmp_path / "elsewhere")
        return scandir(place)

    monkeypatch.setattr(os, "scandir", swap)
    listing = listed(site)
    assert "content/articles/a.md" in listing.files
    assert not [path for path in listing.files if path.startswith("content/notes/")]
    assert codes(listing) == {"content/notes": "link-outside"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_is_an_error_with_its_name(site: Site) -> None:
    (site.folder / "content/articles/a.md").chmod(0)
    finding = site.build().diagnostics[0]
    assert (finding.path, finding.code) == ("content/articles/a.md", "unreadable")


def test_a_name_in_either_unicode_form_is_one_path(site: Site) -> None:
    decomposed = unicodedata.normalize("NFD", "content/notes/café.md")
    site.write({decomposed: "---\ntitle: Café\ndate: 2021-01-01\n---\nText.\n"})
    listing = listed(site)
    assert "content/notes/café.md" in listing.files
    assert sources.read(listing, "content/notes/café.md")[0].startswith(b"---")
    assert not site.build().failed
    assert "notes/café.html" in site.tree()


def test_two_names_that_differ_only_in_their_unicode_form_are_an_error(site: Site) -> None:
    for form in ("NFC", "NFD"):
        site.write(
            {unicodedata.normalize(form, "content/notes/café.md"): "---\ntitle: C\ndate: 2021-01-01\n---\n"}
        )
    assert codes(listed(site)) == {"content/notes/café.md": "same-name"}


def test_a_name_that_is_not_utf8_is_left_out_with_a_warning(site: Site) -> None:
    (site.folder / os.fsdecode(b"content/articles/caf\xe9.md")).write_text("x")
    (finding,) = listed(site).findings
    assert finding.code == "file-name"
    assert finding.path.isprintable()
    assert not site.build().failed


def test_bundled_themes_lie_under_the_sites_own(site: Site) -> None:
    site.write({"themes/briefing/templates/note.html": "mine"})
    listing = sources.scan(site.folder, bundled_themes())
    assert sources.read(listing, "themes/briefing/templates/note.html")[0] == b"mine"
    assert sources.read(listing, "themes/briefing/templates/article.html")[0] != b"mine"


def test_a_file_that_is_not_older_than_its_index_is_read_again(site: Site) -> None:
    stat = listed(site).files["site.yaml"]
    entry = sources.Entry(stat, b"digest")
    newest = max(stat[1:3])
    files, entries = {"site.yaml": stat}, {"site.yaml": entry}
    assert sources.Index(stamp=newest + 1, entries=entries).current(files) == entries
    assert sources.Index(stamp=newest, entries=entries).current(files) == {}
