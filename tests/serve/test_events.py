"""Files of a site that is previewed: what happens to them, and what comes of it."""

import html
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.engine.site import Site
from tests.serve.conftest import FILES, Preview, many_notes, new_site, previewed

NOTE = "content/notes/n.md"


def eventually(preview: Preview, target: str, text: bytes, seconds: float = 8) -> None:
    """Wait until a page shows a text."""
    end = time.monotonic() + seconds
    while text not in preview.get(f"/small/{target}").body:
        assert time.monotonic() < end, preview.said()
        time.sleep(0.02)


def settled(preview: Preview, seconds: float = 0.5) -> int:
    """Wait until nothing more is said; how often was it built until now?"""
    before = -1
    while before != len(preview.lines):
        before = len(preview.lines)
        time.sleep(seconds)
    return sum(" written" in line for line in preview.lines[1:]) + preview.said().count("last good one")


def test_a_file_saved_twice_is_one_rebuild(preview: Preview) -> None:
    before = settled(preview)
    text = preview.site.read(NOTE)
    for word in ("one", "two", "three"):
        preview.site.write({NOTE: text.replace("Paragraph 2 ", f"Paragraph {word} ")})
    eventually(preview, "notes/n", b"Paragraph three")
    assert settled(preview) - before <= 2


def test_many_files_at_once_are_one_rebuild_whatever_happens_to_them(
    preview: Preview, tmp_path: Path
) -> None:
    site, folder = preview.site, preview.site.folder / "content/notes"
    before = settled(preview)
    site.write(many_notes(300))
    eventually(preview, "notes/m299", b"Many.")
    assert settled(preview) - before == 1
    (folder / "many").rename(folder / "moved")
    site.write(many_notes(1, "Moved.", "content/notes/moved"))
    eventually(preview, "notes/m0", b"Moved.")
    (folder / "moved").rename(tmp_path / "away")
    eventually(preview, "notes/m299", b"Page not found")
    (tmp_path / "away").rename(folder / "moved")
    eventually(preview, "notes/m299", b"Many.")
    shutil.rmtree(folder / "moved")
    eventually(preview, "notes/m299", b"Page not found")
    assert settled(preview) - before <= 6
    assert preview.tree() == site.clean(tmp_path / "clean")


def test_names_that_change_in_case_alone(preview: Preview, tmp_path: Path) -> None:
    folder = preview.site.folder / "content/notes"
    (folder / "n.md").rename(folder / "N.md")
    eventually(preview, "notes/N.html", b"Paragraph 9 ")
    assert preview.get("/small/notes/n.html").status == 404
    (folder / "N.md").rename(folder / "n.md")
    eventually(preview, "notes/n.html", b"Paragraph 9 ")
    settled(preview)
    assert preview.tree() == preview.site.clean(tmp_path / "clean")


def test_reading_touching_and_own_output_build_nothing(preview: Preview) -> None:
    settled(preview)
    before = preview.said()
    for path in preview.site.folder.rglob("*.md"):
        path.read_text()
    (preview.output / "index.html").touch()
    preview.site.write({"README.md": "x", "content/notes/.n.md.swp": "x", "public/index.html": "x"})
    time.sleep(0.4)
    assert preview.said() == before


def test_a_folder_of_content_deleted_and_restored(preview: Preview) -> None:
    content = preview.site.folder / "content"
    content.rename(preview.site.folder / "away")
    time.sleep(0.2)
    (preview.site.folder / "away").rename(content)
    eventually(preview, "notes/n", b"Paragraph 9 ")
    preview.site.write({NOTE: FILES[NOTE].replace("Paragraph 4 ", "Paragraph restored ")})
    eventually(preview, "notes/n", b"Paragraph restored")


def test_the_terminal_tells_each_mistake_once(preview: Preview) -> None:
    settled(preview)
    begun = len(preview.lines)
    preview.site.write({NOTE: FILES[NOTE].replace("[@a]", "[@nobody] and [@noone]")})
    eventually(preview, "notes/n", b"@noone")
    for number in range(3):  # They move, and are still the same.
        line = f"{number} lines above.\n"
        preview.site.write({NOTE: FILES[NOTE].replace("See [@a]", line * number + "[@nobody] and [@noone]")})
        settled(preview, 0.3)
    preview.site.write({NOTE: FILES[NOTE].replace("[@a]", "[@nobody]")})
    settled(preview, 0.3)
    preview.site.write({NOTE: FILES[NOTE]})
    settled(preview, 0.3)
    said = "".join(preview.lines[begun:])
    assert said.count("no article 'nobody'") == said.count("no article 'noone'") == 1
    assert "mended: 1 error\n" in said
    assert said.endswith("mended: no findings\n")


def test_content_behind_links(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    (site.folder / "content").rename(tmp_path / "vault")
    (site.folder / "content").symlink_to(tmp_path / "vault")
    (tmp_path / "vault/notes/shared").symlink_to("../kept")
    shared = FILES["content/notes/gone.md"]
    site.write({"content/kept/shared.md": shared})
    with previewed(site) as preview:
        site.write({NOTE: FILES[NOTE].replace("Paragraph 7 ", "Paragraph seven ")})
        eventually(preview, "notes/n", b"Paragraph seven")
        site.write({"content/kept/shared.md": shared.replace("Short.", "Shorter.")})
        eventually(preview, "notes/shared", b"Shorter.")
        site.write({"content/new/x.png": "x", "content/notes/new.md": FILES["content/notes/gone.md"]})
        eventually(preview, "notes/new", b"Short.")
        (site.folder / "content").unlink()
        (site.folder / "content").symlink_to(tmp_path / "other")
        Site(tmp_path).write({"other/notes/n.md": FILES[NOTE].replace("[@a]", "nothing: other")})
        eventually(preview, "notes/n", b"nothing: other")
        Site(tmp_path).write({"other/notes/n.md": FILES[NOTE].replace("[@a]", "nothing: edited")})
        eventually(preview, "notes/n", b"nothing: edited")


def test_polling(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    with previewed(site, "--poll") as preview:
        site.write({NOTE: FILES[NOTE].replace("Paragraph 7 ", "Paragraph seven ")})
        eventually(preview, "notes/n", b"Paragraph seven")


def test_a_site_that_is_wrong_from_the_start_is_served_once_it_is_mended(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    site.write({NOTE: FILES[NOTE].replace("title: Note", "titel: Note")})
    with previewed(site) as preview:
        assert b"no site yet" in preview.get("/small/").body
        site.write({NOTE: FILES[NOTE]})
        eventually(preview, "notes/n", b"Paragraph 7 ")


def test_another_command_at_work_is_waited_for(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    with previewed(site) as preview:
        settled(preview)
        held = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(site.folder / ".dossier/lock")], stdin=subprocess.PIPE
        )
        while not (site.folder / ".dossier/held").exists():
            time.sleep(0.01)
        site.write({NOTE: FILES[NOTE].replace("Paragraph 7 ", "Paragraph seven ")})
        time.sleep(0.5)
        assert b"Paragraph seven" not in preview.get("/small/notes/n").body
        held.communicate(b"")
        eventually(preview, "notes/n", b"Paragraph seven")
        assert "another dossier" not in preview.said()
        assert site.run("build").returncode == 0  # It goes on beside the preview.
        site.write({NOTE: FILES[NOTE].replace("Paragraph 7 ", "Paragraph eight ")})
        eventually(preview, "notes/n", b"Paragraph eight")
        assert b"Paragraph seven" in site.tree()["notes/n.html"]


HOLD = """
import fcntl, os, sys
descriptor = os.open(sys.argv[1], os.O_RDWR)
fcntl.flock(descriptor, fcntl.LOCK_EX)
open(os.path.join(os.path.dirname(sys.argv[1]), "held"), "w").close()
sys.stdin.read()
"""


def test_a_port_in_use_is_said_in_a_line(preview: Preview) -> None:
    command = [sys.executable, "-m", "dossier", "serve", "--port", str(preview.port)]
    done = subprocess.run(command, cwd=preview.site.folder, capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert f"127.0.0.1:{preview.port}: error[port]: can't serve here: address already in use" in done.stderr


def test_serving_to_others_is_said_with_a_code(tmp_path: Path) -> None:
    with previewed(new_site(tmp_path / "site"), "--host", "0.0.0.0") as preview:
        said = preview.wait_for("▀")
        assert "warning: everybody in this network can read the preview" in said
        assert preview.get("/small/", host=f"192.0.2.7:{preview.port}").status == 200
        assert preview.get("/small/", host=f"evil.example:{preview.port}").status == 403


# ---------------------------------------------------------------- the day


AT_MIDNIGHT = """
import sys
from pathlib import Path
from dossier import __main__, looking
from dossier.serve import preview
looking.today = lambda: Path("../today").read_text()
preview.TURN = 0.1
sys.argv = ["dossier", "serve", *sys.argv[1:]]
__main__.main()
"""


def test_a_document_of_the_future_appears_when_its_day_has_come(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    site.write({"content/notes/soon.md": "---\ntitle: Soon\ndate: 2026-03-02\n---\nAt last.\n"})
    (tmp_path / "today").write_text("2026-03-01")
    with previewed(site, program=AT_MIDNIGHT) as preview:
        assert preview.get("/small/notes/soon").status == 404
        assert b"Soon" not in preview.get("/small/notes/").body
        (tmp_path / "today").write_text("2026-03-02")
        eventually(preview, "notes/soon", b"At last.")
        eventually(preview, "notes/", b"Soon")


def test_drafts_and_documents_of_the_future_are_marked_in_lists_and_on_their_pages(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    soon = "---\ntitle: Soon\ndate: 2027-03-02\ntopics: [t, later]\n---\nAt last.\n"
    site.write(
        {
            "content/articles/soon.md": soon,
            "content/notes/both.md": soon.replace("---\nAt", "draft: true\n---\nAt"),
            "content/topics/later.md": "---\ntitle: Later\ndraft: true\n---\nNot yet.\n",
            "content/claims/c.md": "---\nstatement: So it is\nas_of: 2027\ntopics: [t]\n---\n",
        }
    )
    marks = {
        "articles/soon": ["Scheduled"],
        "notes/both": ["Draft", "Scheduled"],
        "notes/d": ["Draft"],
        "notes/n": [],
        "topics/later": ["Draft", "Draft", "Scheduled", "Scheduled"],  # And what it lists.
        "articles/": ["Scheduled"],
        "notes/": ["Draft", "Scheduled", "Draft"],
        "topics/": ["Draft"],
        "claims/": ["Scheduled"],
        "claims/c": ["Scheduled"],
    }
    with previewed(site, "--drafts") as preview:
        for page, expected in marks.items():
            body = preview.get(f"/small/{page}").body.decode()
            assert re.findall(r'class="draft">(\w+)<', body) == expected, page
        facts = html.unescape(preview.get("/small/notes/both").body.decode())
        assert '"marks": ["draft", "from 2027-03-02"]' in facts
    assert not site.output.exists()


# ---------------------------------------------------------------- much at once


def test_large_rebuilds_fork_no_process_that_has_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first build may, since it comes before all threads. From 3.12 on Python would warn."""
    monkeypatch.setenv("PYTHONWARNINGS", "always::DeprecationWarning")
    site = new_site(tmp_path / "site")
    site.write(many_notes(100) | {"site.yaml": FILES["site.yaml"] + "theme: own\n"})
    with previewed(site, "--jobs", "2") as preview:
        site.write({"themes/own/templates/base.html": BASE.format(word="All anew")})
        eventually(preview, "notes/m99", b"All anew")
        site.write(many_notes(100, "Read anew."))
        eventually(preview, "notes/m99", b"Read anew.")
        settled(preview)
        assert "Warning" not in preview.said()


@pytest.mark.slow
def test_a_branch_that_is_checked_out_is_one_rebuild(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    # The clean site that it is compared with has no repository, and so no history to show.
    site.write(many_notes(400) | {"site.yaml": FILES["site.yaml"] + "changes: off\n"})
    git(site, "init", "-q", "-b", "main")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "One")
    git(site, "checkout", "-q", "-b", "other")
    site.write(many_notes(350, "Otherwise."))
    site.write(many_notes(200, "New.", "content/notes/new") | {NOTE: FILES[NOTE] + "Other.\n"})
    (site.folder / "content/notes/gone.md").unlink()
    for path in (site.folder / "content/notes/new").iterdir():
        path.rename(path.with_stem(f"new-{path.stem}"))
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "Two")
    with previewed(site) as preview:
        for turn, branch in enumerate(("main", "other", "main"), start=1):
            before = settled(preview)
            git(site, "checkout", "-q", branch)
            assert settled(preview, 1.5) - before == 1, preview.said()
            assert preview.tree() == site.clean(tmp_path / f"clean{turn}")


def git(site: Site, *arguments: str) -> None:
    name = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "core.autocrlf=false")
    (site.folder / ".gitignore").write_text(".dossier/\npublic/\n")
    subprocess.run(["git", *name, *arguments], cwd=site.folder, check=True, capture_output=True)


BASE = "{{% extends 'briefing/base.html' %}}{{% block crumbs %}}{word}{{{{ super() }}}}{{% endblock %}}\n"


@pytest.mark.slow
def test_of_a_theme_that_is_edited_while_it_is_built_the_newest_wins(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    site.write(many_notes(800))
    site.write({"site.yaml": FILES["site.yaml"] + "theme: own\n"})
    with previewed(site) as preview:
        for turn, pause in enumerate((0.02, 0.1, 0.2, 0.35, 0.5)):
            for part in range(4):  # Each a rebuild of all pages, begun before the one before it ended.
                time.sleep(pause)
                site.write({"themes/own/templates/base.html": BASE.format(word=f"{turn}-{part}")})
            eventually(preview, "notes/m799", f"{turn}-3".encode())
            settled(preview, 1)
            assert "error" not in preview.said()
            assert preview.tree() == site.clean(tmp_path / f"clean{turn}")


WRITER = """
import os, random, sys, time
from pathlib import Path
number, folder = int(sys.argv[1]), Path(sys.argv[2])
chance = random.Random(number)
begun = time.monotonic()
for event in range(200):  # each is a writing and a renaming, or a writing and a deletion
    name = folder / f"s{chance.randrange(40)}.md"
    text = f"---\\ntitle: Storm {number} {event}\\ndate: 2020-01-01\\n---\\nText {chance.random()}\\n"
    if chance.random() < 0.2:
        name.write_text(text)
        name.unlink(missing_ok=True)
    else:
        beside = folder / f"x{number}.tmp"
        beside.write_text(text)
        os.replace(beside, name)
    time.sleep(max(0, begun + (event + 1) * 0.01 - time.monotonic()))
"""


@pytest.mark.slow
def test_a_storm_ends_in_the_state_of_a_clean_build(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    with previewed(site) as preview:
        folder = site.folder / "content/notes/storm"
        folder.mkdir()
        before = settled(preview)
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, str(number), str(folder)]) for number in range(5)
        ]
        assert [writer.wait(30) for writer in writers] == [0] * 5
        assert settled(preview, 1.5) - before < 20
        assert preview.tree() == site.clean(tmp_path / "clean")
