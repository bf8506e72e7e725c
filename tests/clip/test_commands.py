"""`dossier clip` and `dossier verify` as people type them, and the README's first source."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dossier.cli import clipping
from dossier.cli.running import run
from tests.clip.corpus import DATED, WORDS, Page, linked, page
from tests.clip.desk import field, new_desk
from tests.clip.serving import of_pages, serving
from tests.conftest import REPOSITORY
from tests.engine.site import Site, copy

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    desk = new_desk(tmp_path / "site")
    monkeypatch.chdir(desk.folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    return desk.folder


def test_the_readmes_first_source_gets_to_a_page_with_its_topic(tmp_path: Path) -> None:
    block = README.partition("<!-- clip -->\n```\n")[2].partition("```")[0]
    assert block.startswith("dossier clip first-source.txt ")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = None
    for line, where in [("dossier new site my-dossier", tmp_path)] + [
        (line, tmp_path / "my-dossier") for line in block.splitlines()
    ]:
        command = [sys.executable, "-m", *shlex.split(line)]
        done = subprocess.run(
            command, cwd=where, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert done is not None
    assert "1 as captured" in done.stdout
    (named,) = re.findall(r"wrote `content/(articles/[^`]+)\.md`", README)
    built = (tmp_path / "my-dossier" / "public" / f"{named}.html").read_text(encoding="utf-8")
    assert 'href="../topics/how-a-dossier-works.html"' in built
    topic = (tmp_path / "my-dossier" / "public" / "topics" / "how-a-dossier-works.html").read_text(
        encoding="utf-8"
    )
    assert f"../{named}.html" in topic


@pytest.mark.slow
def test_a_plain_text_on_this_dossiers_subject_gets_to_a_page_with_its_topic(tmp_path: Path) -> None:
    """What a curator of this dossier does with a report that came as text: paragraphs, and nothing else."""
    for name in ("site.yaml", "content"):
        copy(REPOSITORY / name, tmp_path / name)
    (tmp_path / "report.txt").write_text(
        "The alliance wants to send more trainers, the Secretary General said, if Baghdad agrees.\n"
        "The NATO training mission in Iraq had been suspended in January for the safety of its people.\n"
        "“We will stay as long as we are asked to,” Jens Stoltenberg said in Brussels.\n"
    )
    site = Site(tmp_path)
    stated = ("--title", "More trainers for Iraq", "--source", "A newspaper", "--date", "2020-02-12")
    done = site.run("clip", "report.txt", *stated, "--yes")
    assert done.returncode == 0, done.stderr
    written = site.read("content/articles/2020-02-12-more-trainers-for-iraq.md")
    assert field(written, "topics") == "[nato-iraq-mission]"
    assert "jens-stoltenberg" in field(written, "people")
    done = site.run("build", SOURCE_DATE_EPOCH="1798761600")
    assert done.returncode == 0, done.stderr
    built = site.read("public/articles/2020-02-12-more-trainers-for-iraq.html")
    assert 'href="../topics/nato-iraq-mission.html"' in built
    assert "2020-02-12-more-trainers-for-iraq.html" in site.read("public/topics/nato-iraq-mission.html")


def test_a_page_and_the_way_to_it_are_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = {"/s": Page(status=301, headers={"Location": "/a"}), "/a": Page(page(linked(**DATED)).encode())}
    with serving(of_pages(pages)) as server:
        assert run(["clip", server.url("/s"), "--private"]) == 0
    said = capsys.readouterr()
    assert said.out == "content/articles/2020-02-12-bridge-closed-to-lorries.md\n"
    assert said.err == f"{server.url('/s')}: 301 Moved Permanently, from {server.url('/s')}\n"
    assert run(["build"]) == 0
    assert run(["verify"]) == 0
    assert "1 article: 1 as captured" in capsys.readouterr().out


def test_a_private_address_is_refused_with_what_to_type(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving() as server:
        assert run(["clip", server.url("json-ld")]) == 1
    said = capsys.readouterr().err
    assert "error[private-address]: the address leads to 127.0.0.1" in said
    assert "hint: if that is meant, add --private" in said


def test_a_list_with_what_fails_in_it(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "a.txt").write_text("A headline\n\n" + "\n\n".join(WORDS), encoding="utf-8")
    (site / "list.txt").write_text("# mine\na.txt\nnothing.txt\n", encoding="utf-8")
    assert run(["clip", "--from", "list.txt", "--date", "2020-02"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == ["content/articles/2020-02-a-headline.md", "1 written; 1 failed"]
    assert "nothing.txt: error[no-source]: there is no such file" in said.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "error[no-source]: nothing to clip was named"),
        (["a.txt", "--date", "12/02/2020"], "--date: error[bad-field]"),
        (["a.txt", "--kind", "story"], "--kind: error[bad-field]"),
        (["a.txt", "--url", "www.example.org"], "write https://www.example.org"),
        (["--from", "nowhere.txt"], "nowhere.txt: error[no-source]: the list can't be read"),
    ],
)
def test_wrong_use_is_told(
    site: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert run(["clip", *arguments]) == 1
    assert told in capsys.readouterr().err


def test_a_site_sets_the_level_of_what_is_noticed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "site.yaml").write_text("title: x\nfindings: {no-date: error, no-title: off}\n", encoding="utf-8")
    (site / "a.txt").write_text("\n".join(WORDS), encoding="utf-8")
    assert run(["clip", "a.txt"]) == 1
    said = capsys.readouterr().err
    assert "error[no-date]" in said
    assert "no-title" not in said


def test_what_strangers_wrote_cant_steer_the_terminal(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = page("<title>\x1b[31mred\x1b]0;x\x07 \u202etitle</title>", heading="")
    (site / "a.html").write_text(hostile, encoding="utf-8")
    assert run(["clip", "a.html", "--dry-run"]) == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "\u202e" not in said.out + said.err


def test_missing_packages_are_named_with_what_to_install(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipping, "PACKAGES", ("trafilatura", "no_such_package"))
    assert run(["clip", "a.txt"]) == 1
    assert capsys.readouterr().err == (
        "dossier clip: error[clip-missing]: this needs packages that aren't installed: no_such_package\n"
        "  hint: install them: python -m pip install 'dossier-site[clip]'\n"
    )


def test_nothing_of_it_is_loaded_by_other_commands() -> None:
    program = (
        "import sys; from dossier.cli.running import run; run(['list', '--help']); "
        "print([name for name in sys.modules if name.partition('.')[0] in "
        "('httpx', 'httpcore', 'lxml', 'trafilatura', 'pdfminer', 'warcio') or name == 'dossier.clip'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=REPOSITORY, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_clipping_itself_never_parses_a_page_in_its_own_process(site: Path) -> None:
    (site / "a.html").write_text(page(linked(**DATED)), encoding="utf-8")
    program = (
        "import sys; from dossier.cli.running import run; run(['clip', 'a.html']); "
        "print([name for name in ('lxml', 'trafilatura', 'pdfminer') if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, cwd=site, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
    assert (
        field((next((site / "content" / "articles").iterdir())).read_text(encoding="utf-8"), "kind") == "news"
    )
