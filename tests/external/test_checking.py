"""`dossier check --external`, from the files of a site to findings in them and to the record."""

import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.build import Result
from dossier.build.asking import Outward
from dossier.build.checking import check
from dossier.check.links import place_of
from dossier.diagnostics import DossierError, Mark
from tests.engine.site import Site, environment_of, small_site
from tests.external.server import QUICK, Web, redirect, serving, slow, status, text

TODAY = "2026-05-20"
RECORD = "content/links.yaml"


@pytest.fixture
def web() -> Iterator[Web]:
    with serving({"/fine": status(200), "/gone": status(410), "/moved": redirect(301, "/fine")}) as web:
        yield web


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The small site, whose own two links are left alone."""
    site = small_site(tmp_path / "site")
    settings = site.read("site.yaml").replace("{", "{ignore_links: [https://a.example/], ")
    site.write({"site.yaml": settings})
    return site


def ask(site: Site, **given: object) -> Result:
    """Check a site with its links out, on this machine and without waiting."""
    outward = Outward(**{"now": 1_800_000_000.0, "private": True, "manners": QUICK, **given})  # type: ignore[arg-type]
    return check(site.options(today=TODAY), outward)


def found(result: Result) -> list[tuple[str, str, int, int]]:
    return [(f.path, f.code, f.mark.line, f.mark.column) for f in result.diagnostics]


ARTICLE = (
    "---\ntitle: C\nsource: C\ndate: 2020-01-02\ntopics: [t]\n"
    "url: {url}\narchive_url: {archive}\n---\n{body}\n"
)
NOTE = "---\ntitle: N\ndate: 2021-01-01\ntopics: [t]\n---\n{}\n"


def test_every_place_of_a_link_that_isnt_as_it_was_is_named(site: Site, web: Web) -> None:
    gone, moved, fine = web.url("/gone"), web.url("/moved"), web.url("/fine")
    site.write(
        {
            "content/articles/c.md": ARTICLE.format(url=moved, archive=fine, body=f"See <{gone}>."),
            "content/notes/n.md": NOTE.format(f"One {web.url('/fine')}\n\ntwo [it]({gone}#part)."),
            "content/people.yaml": f"ada:\n  name: Ada\n  links:\n    - {{title: Home, url: '{gone}'}}\n",
        }
    )
    result = ask(site)
    assert found(result) == [
        ("content/articles/c.md", "moved-link", 6, 6),
        ("content/articles/c.md", "dead-link", 9, 6),
        ("content/notes/n.md", "dead-link", 8, 10),
        ("content/people.yaml", "dead-link", 4, 27),
    ]
    assert result.diagnostics[0].hint == f"write {web.url('/fine')}"
    assert result.diagnostics[1].message == f"nothing is there any more (410 Gone): {gone}"
    assert result.diagnostics[1].hint == f"look for a copy: https://web.archive.org/web/*/{gone}"
    assert result.diagnostics[2].mark.length == len(gone + "#part")
    assert result.asked is not None
    assert (result.asked.links, result.asked.new) == (3, 3)


def test_what_is_known_isnt_asked_again_in_the_next_check(site: Site, web: Web) -> None:
    site.write({"content/notes/n.md": NOTE.format(f"{web.url('/gone')} {web.url('/fine')}")})
    first = ask(site)
    asked = len(web.asked)
    again = ask(site, now=1_800_000_060.0)
    assert again.diagnostics == first.diagnostics
    assert len(web.asked) == asked
    ask(site, now=1_800_000_060.0, refresh=True)
    assert len(web.asked) > asked


def test_a_check_without_external_asks_nobody(site: Site, web: Web) -> None:
    site.write({"content/notes/n.md": NOTE.format(web.url("/gone"))})
    assert check(site.options(today=TODAY)).diagnostics == ()
    assert web.asked == []


def test_levels_and_silences_hold_for_links(site: Site, web: Web) -> None:
    comment = "<!-- dossier: allow dead-link: the page is the subject -->"
    body = f"{comment}\n\n{web.url('/gone')}\n\n{web.url('/moved')}"
    site.write({"content/notes/n.md": NOTE.format(body)})
    assert found(ask(site)) == [("content/notes/n.md", "moved-link", 10, 1)]
    # Without --external the comment isn't found to be of no use.
    assert check(site.options(today=TODAY)).diagnostics == ()
    site.write({"site.yaml": site.read("site.yaml") + "findings: {moved-link: error}\n"})
    assert ask(site).failed


def test_links_that_settings_leave_alone_arent_asked(site: Site, web: Web) -> None:
    site.write({"content/notes/n.md": NOTE.format(web.url("/gone"))})
    site.write({"site.yaml": f"title: S\ntheme: plain\ncheck: {{ignore_links: ['{web.origin}']}}\n"})
    result = ask(site)
    assert [code for _, code, *_ in found(result) if "link" in code] == ["unreachable-link"] * 2
    assert web.asked == []


def test_a_machine_of_the_own_network_is_named_unless_asked_for(site: Site, web: Web) -> None:
    site.write({"content/notes/n.md": NOTE.format(web.url("/fine"))})
    (finding,) = ask(site, private=False).diagnostics
    assert (finding.code, web.asked) == ("private-link", [])
    assert ask(site).diagnostics == ()


def test_who_asks_says_who_to_write_to(site: Site, web: Web) -> None:
    site.write({"content/notes/n.md": NOTE.format(web.url("/fine"))})
    ask(site)
    assert web.asked[-1].headers["User-Agent"].endswith("link check; +https://example.org/small)")
    site.write({"site.yaml": site.read("site.yaml").replace("{", "{contact: desk@example.org, ")})
    ask(site, refresh=True)
    assert web.asked[-1].headers["User-Agent"].endswith("link check; +desk@example.org)")


@pytest.mark.parametrize(
    ("line", "column", "length"),
    [
        ("url: https://a.example/b", 6, 19),
        ("https://a.example/b/c https://a.example/b", 23, 19),
        ("https://a.example/b?c https://a.example/bc https://a.example/b-c (https://a.example/b).", 67, 19),
        ("see https://a.example/b.", 5, 19),
        ("nothing", 1, 0),
    ],
)
def test_the_place_of_an_address_isnt_that_of_a_longer_one(line: str, column: int, length: int) -> None:
    expected = Mark(2 if length else 1, column, length)
    assert place_of("https://a.example/b", ["---", line]) == expected


@pytest.mark.parametrize("written", ["https://a.example/ü?b=1&c=2", "https://a.example/%C3%BC?b=1&amp;c=2"])
def test_an_address_is_found_as_it_was_written(written: str) -> None:
    assert place_of("https://a.example/%C3%BC?b=1&c=2", [written]) == Mark(1, 1, len(written))


# ------------------------------------------------------------ the record


def test_the_record_names_what_lapsed_and_nothing_else(site: Site, web: Web) -> None:
    site.write(
        {"content/notes/n.md": NOTE.format(f"{web.url('/gone')} {web.url('/fine')} {web.url('/moved')}")}
    )
    result = ask(site, record=True)
    assert result.asked is not None
    assert result.asked.written
    assert site.read(RECORD) == (
        "# Links out of the site that no longer lead to what they led to: dossier check --external --record\n"
        "# writes this, and builds read it. An entry with `by_hand: true` is left as it is.\n"
        f'"{web.url("/gone")}":\n  state: dead\n  since: {TODAY}\n'
    )
    again = ask(site, record=True)
    assert again.asked is not None
    assert not again.asked.written
    assert site.build().diagnostics == ()


def test_without_anything_to_record_there_is_no_file(site: Site, web: Web) -> None:
    site.write({"content/notes/n.md": NOTE.format(web.url("/fine"))})
    ask(site, record=True)
    assert not (site.folder / RECORD).exists()


def test_what_came_back_goes_from_the_record_and_what_a_person_wrote_stays(site: Site, web: Web) -> None:
    fine, gone = web.url("/fine"), web.url("/gone")
    site.write(
        {
            "content/notes/n.md": NOTE.format(f"{fine} {gone}"),
            RECORD: f'"{fine}": {{state: dead, since: 2026-05-01}}\n'
            f'"{gone}": {{state: unreachable, by_hand: true, comment: "Shows the front page."}}\n'
            '"https://unused.example/": {state: dead}\n',
        }
    )
    ask(site, record=True)
    assert site.read(RECORD).partition("is.\n")[2] == (
        f'"{gone}":\n  state: unreachable\n  by_hand: true\n  comment: "Shows the front page."\n'
    )


def test_what_cant_be_reached_for_a_week_is_dead(site: Site, web: Web) -> None:
    web.routes["/down"] = status(500)
    down = web.url("/down")
    site.write({"content/notes/n.md": NOTE.format(down)})
    ask(site, record=True)
    assert f"state: unreachable\n  since: {TODAY}\n" in site.read(RECORD)
    for today, state in (("2026-05-26", "unreachable"), ("2026-05-27", "dead"), ("2026-06-01", "dead")):
        outward = Outward(now=1.9e9, private=True, manners=QUICK, record=True, refresh=True)
        check(site.options(today=today), outward)
        assert f'"{down}":\n  state: {state}\n  since: {TODAY}\n' in site.read(RECORD)


def test_what_wasnt_asked_stays_on_record_as_it_was(site: Site, web: Web) -> None:
    web.routes |= {"/robots.txt": text("User-agent: *\nDisallow: /kept\n"), "/kept": status(200)}
    kept = web.url("/kept")
    site.write(
        {"content/notes/n.md": NOTE.format(kept), RECORD: f'"{kept}": {{state: dead, since: 2026-05-01}}\n'}
    )
    ask(site, record=True)
    assert "since: 2026-05-01" in site.read(RECORD)


def test_what_is_on_record_and_has_a_copy_needs_nothing_more(site: Site, web: Web) -> None:
    gone, copy = web.url("/gone"), web.url("/fine")
    site.write({"content/articles/c.md": ARTICLE.format(url=gone, archive=copy, body="Text.")})
    (finding,) = ask(site).diagnostics
    assert finding.hint == "run it with --record: pages then lead to the archived copy first"
    assert ask(site, record=True).diagnostics == ()
    assert ask(site).diagnostics == ()


# ------------------------------------------------------------ what goes wrong


def test_a_machine_that_isnt_on_the_web_says_so_and_records_nothing(site: Site) -> None:
    links = " ".join(f"http://127.0.0.{n}:9/" for n in range(1, 5))
    site.write({"content/notes/n.md": NOTE.format(links)})
    with pytest.raises(DossierError) as stopped:
        ask(site, record=True)
    (finding,) = stopped.value.diagnostics
    assert finding.code == "offline"
    assert not (site.folder / RECORD).exists()
    with pytest.raises(DossierError):
        ask(site)  # Nothing was kept, either.


def test_without_the_packages_it_says_what_to_install(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr("dossier.fetching.find_spec", lambda name: None if name == "httpx" else real(name))
    with pytest.raises(DossierError) as stopped:
        ask(site)
    (finding,) = stopped.value.diagnostics
    assert (finding.code, finding.hint) == ("fetching-missing", "pip install 'dossier-site[check]'")


def test_a_record_that_cant_be_written_is_one_finding(site: Site, web: Web) -> None:
    site.write({"content/notes/n.md": NOTE.format(web.url("/gone"))})
    (site.folder / RECORD / "x").mkdir(parents=True)
    with pytest.raises(DossierError) as stopped:
        ask(site, record=True)
    assert stopped.value.diagnostics[0].code == "disk"


def test_damaged_memory_is_no_trouble(site: Site, web: Web) -> None:
    site.write({"content/notes/n.md": NOTE.format(web.url("/gone"))})
    ask(site)
    (site.folder / ".dossier/links").write_bytes(b"dossier 1\nrubbish")
    assert [code for _, code, *_ in found(ask(site))] == ["dead-link"]


# ------------------------------------------------------------ the command


def test_the_command_tells_how_many_links_and_how_many_now(site: Site, web: Web) -> None:
    site.write({"content/notes/n.md": NOTE.format(web.url("/fine"))})
    done = site.run("check", "--external", "--private")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("pages and 1 link out checked: no findings\n")
    again = site.run("check", "--external", "--private")
    assert again.stdout.endswith("pages and 1 link out, 0 of them now checked: no findings\n")


def test_options_of_external_need_it(site: Site) -> None:
    done = site.run("check", "--record")
    assert done.returncode == 2
    assert "--record needs --external" in done.stderr


def test_a_check_that_asks_nobody_loads_no_client(site: Site) -> None:
    program = "import sys; from dossier.cli.running import run; run(['check']); print('httpx' in sys.modules)"
    assert site.python(program).stdout.endswith("False\n")


@pytest.mark.slow
def test_interrupted_it_ends_cleanly_and_goes_on_from_there(site: Site) -> None:
    asked = threading.Event()

    def stuck(handler: object) -> None:
        asked.set()
        slow(3)(handler)  # type: ignore[arg-type]

    with serving({"/a": status(200)}) as quick, serving({"/a": stuck}, "127.0.0.2") as never:
        site.write({"content/notes/n.md": NOTE.format(f"{quick.url('/a')} {never.url('/a')}")})
        process = subprocess.Popen(
            [sys.executable, "-m", "dossier", "check", "--external", "--private"],
            cwd=site.folder,
            env=environment_of({}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert asked.wait(30)
        until(lambda: quick.methods("/a") == ["HEAD"])
        time.sleep(0.2)
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out) == (130, "")
        assert err == "interrupted: 1 of 2 links asked, and kept; the next check goes on from there\n"
        never.routes["/a"] = status(200)
        done = site.run("check", "--external", "--private")
        assert done.stdout.endswith("pages and 2 links out, 1 of them now checked: no findings\n")
        assert quick.methods("/a") == ["HEAD"]


def until(happened: object, seconds: float = 20) -> None:
    """Wait for something to happen."""
    end = time.monotonic() + seconds
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)
