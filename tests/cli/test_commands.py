"""The command line as people and scripts use it."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dossier import __version__
from tests.engine.site import Site, environment_of, small_site

WRONG = {"content/notes/n.md": "---\ntitle: Note\ndate: 2021-01-01\ntopics: [tt]\n---\nText.\n"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return small_site(tmp_path / "site")


def test_the_version(site: Site) -> None:
    assert site.run("--version").stdout == f"dossier {__version__}\n"


@pytest.mark.parametrize(
    "command", [[], ["build"], ["check"], ["list"], ["new"], ["new", "site"], ["new", "article"]]
)
def test_help_is_there_for_every_command(site: Site, command: list[str]) -> None:
    done = site.run(*command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: dossier")


@pytest.mark.slow
def test_help_teaches_by_commands_that_work(site: Site, tmp_path: Path) -> None:
    """Every example of a command's help is run as it stands."""
    started = Site(tmp_path / "start")
    started.folder.mkdir()
    examples: list[str] = []
    for command in ([], ["build"], ["check"], ["new"], ["doctor"]):
        text = site.run(*command, "--help").stdout.partition("Examples:")[2].partition("\n\n")[0]
        examples += re.findall(r"^ +(dossier (?:\"[^\"]*\"|[^ \n]+ ?)+)", text, re.MULTILINE)
    assert len(examples) > 10
    here = started.folder
    # All but the preview, which doesn't end by itself.
    for example in dict.fromkeys(line.strip() for line in examples if "dossier serve" not in line):
        arguments = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', example)][1:]
        arguments = [
            a if a != "articles/x.html" else "articles/berners-lee-proposal-1989.html" for a in arguments
        ]
        done = Site(here).run(*arguments)
        assert done.returncode == 0, f"{example}: {done.stderr}"
        if arguments[:2] == ["new", "site"]:
            here = started.folder / "my-dossier"


def test_a_build_says_in_one_line_what_it_did(site: Site) -> None:
    done = site.run("build")
    assert done.returncode == 0
    assert re.fullmatch(r"\d+ pages, \d+ written, 0 removed in \d+\.\d s → public/index\.html\n", done.stdout)
    assert done.stderr == ""


def test_findings_go_to_stderr_and_fail_the_build(site: Site) -> None:
    site.run("build")
    before = site.tree()
    site.write(WRONG)
    done = site.run("build")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "content/notes/n.md:4:10: error[unknown-topic]: no topic 'tt'\n"
        "  4 | topics: [tt]\n"
        "    |          ^^\n"
        "  hint: did you mean 't'? topics live in content/topics/\n"
        "1 error; nothing was written, public is as it was\n"
    )
    assert site.tree() == before


def test_warnings_are_told_and_the_site_is_written_unless_strict(site: Site) -> None:
    site.write({"content/lost.md": "x"})
    assert site.run("build", "--strict").returncode == 1
    assert not site.output.exists()
    done = site.run("build")
    assert done.returncode == 0
    assert "warning[unused-file]" in done.stderr
    assert done.stdout.endswith("; 1 warning\n")


def test_check_writes_nothing(site: Site) -> None:
    done = site.run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("pages checked: no findings\n")
    assert not site.output.exists()


def test_check_as_json(site: Site) -> None:
    assert json.loads(site.run("check", "--format", "json").stdout) == []
    site.write(WRONG)
    done = site.run("check", "--format", "json")
    (finding,) = json.loads(done.stdout)
    assert done.returncode == 1
    assert (finding["path"], finding["line"], finding["column"], finding["length"]) == (
        "content/notes/n.md",
        4,
        10,
        2,
    )
    assert (finding["severity"], finding["code"]) == ("error", "unknown-topic")


def test_check_for_github(site: Site) -> None:
    site.write(WRONG)
    line = site.run("check", "--format", "github").stdout
    assert line == (
        "::error file=content/notes/n.md,line=4,col=10,endColumn=12,title=unknown-topic::no topic 'tt'"
        "%0Ahint: did you mean 't'? topics live in content/topics/\n"
    )


def test_check_finds_what_is_wrong_in_a_template_only_when_it_is_used(site: Site) -> None:
    site.write({"themes/plain/templates/note.html": "{{ view.tittle }}"})
    done = site.run("check")
    assert done.returncode == 1
    assert "themes/plain/templates/note.html" in done.stderr


def test_the_site_is_found_from_below_and_named_from_elsewhere(site: Site, tmp_path: Path) -> None:
    assert Site(site.folder / "content/notes").run("build").returncode == 0
    assert site.output.exists()
    assert Site(tmp_path).run("--site", "site", "check").returncode == 0


def test_no_site_is_one_line_with_what_to_type(tmp_path: Path) -> None:
    done = Site(tmp_path).run("build")
    assert done.returncode == 1
    assert "error[missing-site]: there is no site.yaml here or above" in done.stderr
    assert "dossier new site DIR" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["bild"],
        ["build", "--strickt"],
        ["build", "--jobs", "0"],
        ["new", "site"],
        ["check", "--format", "xml"],
    ],
)
def test_wrong_usage_is_2(site: Site, arguments: list[str]) -> None:
    done = site.run(*arguments)
    assert done.returncode == 2
    assert "Usage: dossier" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_list_of_what_there_is(site: Site) -> None:
    site.write(
        {
            "content/articles/lonely.md": "---\ntitle: Lonely\n---\nText.\n",
            "content/topics/e.md": "---\ntitle: Empty\n---\n",
        }
    )
    lines = site.run("list").stdout.splitlines()
    assert "articles\t3" in lines
    assert "article\tlonely\tin no topic, never cited" in lines
    assert "topic\te\twithout documents" in lines
    assert not [line for line in lines if "\ta\t" in line and "never cited" in line]


def test_a_list_of_claims_says_how_they_stand(site: Site) -> None:
    assert "# claims" not in site.run("list").stdout
    site.write(
        {
            "content/articles/lonely.md": "---\ntitle: Lonely\ntopics: [t]\n---\nText.\n",
            "content/claims/so.md": "---\nstatement: It is so\nevidence:\n"
            "  - {article: a, stance: supports}\n  - {article: lonely, stance: disputes}\n---\n",
        }
    )
    lines = site.run("list").stdout.splitlines()
    assert "disputed\t1\t1\tso\tIt is so" in lines
    assert "claim\tso\tin no topic" in lines
    assert not [line for line in lines if "lonely" in line and "never cited" in line]


def test_a_new_site_builds_without_findings_and_is_never_overwritten(tmp_path: Path) -> None:
    start = Site(tmp_path)
    assert start.run("new", "site", "mine").returncode == 0
    made = Site(tmp_path / "mine")
    done = made.run("build", "--strict")
    assert (done.returncode, done.stderr) == (0, "")
    assert {"/public/", "/.dossier/"} <= set(made.read(".gitignore").splitlines())
    again = start.run("new", "site", "mine")
    assert again.returncode == 1
    assert "error[not-empty]" in again.stderr


def test_a_new_site_may_begin_in_a_new_repository(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    done = Site(tmp_path).run("new", "site", ".")
    assert (done.returncode, done.stderr) == (0, "")
    assert "GitHub reads workflows" not in done.stdout
    assert Site(tmp_path).read(".github/workflows/pages.yml").startswith("# Checks and builds")


@pytest.mark.parametrize("title", ['A "quoted": title # and more?', "José’s Überblick", "…"])
def test_new_documents_are_drafts_without_errors(tmp_path: Path, title: str) -> None:
    start = Site(tmp_path)
    start.run("new", "site", "mine")
    made = Site(tmp_path / "mine")
    for kind in ("article", "note", "claim", "topic"):
        done = made.run("new", kind, title)
        assert done.returncode == 0, done.stderr
        path = done.stdout.strip()
        text = made.read(path)
        assert "draft: true" in text
        again = made.run("new", kind, title)
        assert again.returncode == 1
        assert "error[exists]" in again.stderr
        assert made.read(path) == text
        checked = made.run("check", "--drafts", "--strict")
        assert "error" not in checked.stderr, checked.stderr
        # A document of another kind may not have the same id.
        (made.folder / path).unlink()


def test_a_day_that_is_no_day_is_said(site: Site) -> None:
    done = site.run("build", SOURCE_DATE_EPOCH="tomorrow")
    assert done.returncode == 1
    assert "error[date]: 'tomorrow' is no time" in done.stderr


def test_timings(site: Site) -> None:
    done = site.run("build", "--timings")
    assert "slowest pages" in done.stdout
    assert "slowest templates" in done.stdout
    assert "read and parse" in done.stdout


def test_explain(site: Site) -> None:
    site.run("build")
    done = site.run("build", "--explain", "index.html")
    assert done.stdout.startswith("index.html is not rendered: ")


def on_a_terminal(site: Site, *arguments: str, **environment: str) -> str:
    """What a person sees of a command."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "dossier", *arguments],
        cwd=site.folder,
        env=environment_of({"TERM": "xterm-256color", "COLUMNS": "100", **environment}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(ours)
    process.wait()
    return seen.decode()


def test_colour_on_a_terminal_unless_it_is_not_wanted(site: Site) -> None:
    site.write(WRONG)
    assert "\x1b[1;31m" in on_a_terminal(site, "check")
    assert "\x1b[" not in on_a_terminal(site, "check", NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(site, "check", TERM="dumb")


def test_a_list_on_a_terminal_is_a_table(site: Site) -> None:
    seen = on_a_terminal(site, "list")
    assert "\t" not in seen
    assert "Second" in seen


@pytest.mark.slow
def test_a_progress_bar_for_work_that_takes_longer(site: Site) -> None:
    site.write(
        {
            f"content/notes/n{n}.md": f"---\ntitle: N{n}\ndate: 2021-01-01\n---\n" + "Text *here*.\n\n" * 300
            for n in range(500)
        }
    )
    seen = on_a_terminal(site, "build", "--jobs", "1")
    assert "read" in seen
    assert re.search(r"[1-9]\d*/[1-9]\d*", seen), "how many of how many"


INTERRUPTED = """
import os, signal, sys
from dossier import documents
from dossier.cli.running import run
documents.parse = lambda path, data: os.kill(os.getpid(), signal.SIGINT)
sys.exit(run(["build", "--jobs", "1"]))
"""


def test_an_interrupted_build_is_quiet(site: Site) -> None:
    done = site.python(INTERRUPTED)
    assert done.returncode == 130
    assert (done.stdout, done.stderr.strip()) == ("", "")
    assert not site.output.exists()
    assert not list(site.folder.glob(".public*"))


def test_hostile_titles_do_not_steer_the_terminal(site: Site) -> None:
    site.write(
        {
            "content/notes/n.md": '---\ntitle: "\\e]0;owned\\a\\u202e"\ndate: 2021-01-01\n'
            'topics: ["\\e[31m"]\n---\n'
        }
    )
    for command in (["list"], ["check"], ["check", "--format", "github"]):
        done = site.run(*command)
        assert "\x1b" not in done.stdout + done.stderr
        assert "\u202e" not in done.stdout + done.stderr
