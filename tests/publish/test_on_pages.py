"""The published branch, checked out and served as GitHub Pages serves it, in a real browser."""

import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from dossier.publish.pages import CNAME, host_files
from tests.conftest import REPOSITORY
from tests.engine.site import Site
from tests.publish.conftest import BRANCH, Desk, environment, git
from tests.publish.pages_host import pages_host
from tests.site.pages import read_page

NAME = "iraq"
WITHOUT, WITH, OWN = "", f"url: https://ann.github.io/{NAME}/\n", "url: https://iraq.example.org/\n"
LATER = "2027-01-01"  # than all that there is in this repository
STARTER = REPOSITORY / "dossier/starter"
ADDRESSES = """() => [...document.querySelectorAll('a[href], link[href], img[src], script[src], source[src]')]
    .map(element => element.href || element.src)"""


@dataclass
class Github:
    """A repository `Ann/iraq` on GitHub, as git reaches it by SSH, and a desk where its site is written."""

    folder: Path
    ssh: str

    def desk(self, source: Path, settings: str) -> Desk:
        """The site of a folder, without its address but with these settings, committed."""
        site = Site(self.folder / "site")
        for part in ("content", "themes"):
            if (source / part).is_dir():
                shutil.copytree(source / part, site.folder / part)
        lines = (source / "site.yaml").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("url:")]
        site.write({"site.yaml": "\n".join(kept) + "\n" + settings, ".gitignore": "/public/\n"})
        desk = Desk(site, self.folder / "remote.git")
        git(self.folder, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
        desk.git("init", "--quiet", "--initial-branch=main")
        desk.git("remote", "add", "origin", f"git@github.com:Ann/{NAME}.git")
        desk.commit({}, "Begin")
        return desk

    def publish(self, desk: Desk) -> Path:
        """Publish, and check the branch out."""
        outcome = desk.publish(environment=environment(GIT_SSH_COMMAND=self.ssh), today=LATER)
        assert not outcome.result.failed, outcome.result.diagnostics
        assert outcome.address
        out = self.folder / "branch"
        git(self.folder, "clone", "--quiet", "--branch", BRANCH, str(desk.remote), str(out))
        return out


@pytest.fixture
def github(tmp_path: Path) -> Github:
    """What stands for ssh runs the other side's command here, on the bare repository."""
    ssh = tmp_path / "ssh"
    ssh.write_text(
        "#!/bin/sh\n"
        '[ "$1" = -G ] && exit 0\n'
        'for last; do :; done\ncase "$last" in\n'
        f"  *\"'Ann/{NAME}.git'\") exec \"${{last%% *}}\" '{tmp_path}/remote.git' ;;\nesac\nexit 1\n"
    )
    ssh.chmod(ssh.stat().st_mode | stat.S_IXUSR)
    return Github(tmp_path, str(ssh))


@dataclass
class Crawl:
    """All that can be reached from a home page, page by page, in a browser."""

    page: Page
    home: str
    dead: list[str] = field(default_factory=list)
    pages: dict[str, set[str]] = field(default_factory=dict)
    anchors: set[tuple[str, str, str]] = field(default_factory=set)

    def run(self) -> None:
        self.page.on("response", lambda answer: self._note(answer.status, answer.url, "loaded"))
        self.page.on("console", lambda said: self.dead.append(said.text) if said.type == "error" else None)
        waiting, seen = [(self.home, "the start")], {self.home}
        while waiting:
            address, found_on = waiting.pop()
            for link in self._open(address, found_on):
                plain, fragment = urldefrag(link)
                if not plain.startswith(self.home):
                    if urlsplit(plain).netloc == urlsplit(self.home).netloc:
                        self.dead.append(f"{address}: {link} leaves the site")
                    continue
                self.anchors.add((plain, fragment, address))
                if plain not in seen:
                    seen.add(plain)
                    waiting.append((plain, address))
        for plain, fragment, found_on in self.anchors:
            name = unquote(fragment.partition(":~:")[0])
            if name and plain in self.pages and name not in self.pages[plain]:
                self.dead.append(f"{found_on}: {plain} has no #{name}")

    def _open(self, address: str, found_on: str) -> list[str]:
        """The addresses on a page, which are none where it is no page."""
        if not address.endswith((".html", "/")):
            self._note(self.page.request.get(address).status, address, found_on)
            return []
        answer = self.page.goto(address, wait_until="load")
        assert answer is not None
        if answer.url != address:
            self.dead.append(f"{found_on}: {address} is at {answer.url}")
        ids = self.page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
        self.pages[address] = set(ids)
        return list(self.page.evaluate(ADDRESSES))

    def _note(self, status: int, address: str, found_on: str) -> None:
        if status >= 300:
            self.dead.append(f"{found_on}: {address} answers {status}")


def crawled(browser: Browser, branch: Path, name: str) -> set[str]:
    """The pages of a branch that can be reached, each of whose links is alive; paths in the branch."""
    page = browser.new_page()
    try:
        with pages_host(branch, name) as home:
            crawl = Crawl(page, home)
            crawl.run()
            assert crawl.dead == []
            lost_readers_find_back(page, home)
            found = {unquote(address.removeprefix(home)) for address in crawl.pages}
            return {path + "index.html" if path.endswith("/") or not path else path for path in found}
    finally:
        page.close()


def lost_readers_find_back(page: Page, home: str) -> None:
    """404.html has its style at any depth, and leads home."""
    for lost in ("lost", "a/b/c/lost.html", "articles/lost/"):
        loaded: list[tuple[int, str]] = []
        page.on("response", lambda answer, seen=loaded: seen.append((answer.status, answer.url)))
        answer = page.goto(home + lost)
        assert answer is not None
        assert answer.status == 404
        assert [item for item in loaded if item[0] != 200] == [(404, home + lost)]
        assert page.evaluate("() => document.styleSheets.length > 0 || !document.querySelector('link')")
        host = urlsplit(home).netloc
        targets = {urldefrag(link)[0] for link in page.evaluate(ADDRESSES) if urlsplit(link).netloc == host}
        assert f"{home}index.html" in targets
        dead = [link for link in targets if link != home + lost and page.request.get(link).status != 200]
        assert dead == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "name"),
    [
        pytest.param(WITHOUT, NAME, id="no url"),
        pytest.param(WITH, NAME, id="url"),
        pytest.param(OWN, "", id="own domain"),
    ],
)
def test_every_link_of_a_new_site_is_alive(
    github: Github, browser: Browser, settings: str, name: str
) -> None:
    branch = github.publish(github.desk(STARTER, settings))
    reached = crawled(browser, branch, name)
    assert {"index.html", "notes/start-here.html", "people/tim-berners-lee.html"} <= reached


@pytest.mark.slow
@pytest.mark.parametrize("settings", [WITHOUT, WITH], ids=["no url", "url"])
def test_every_link_of_this_repositorys_dossier_is_alive(
    github: Github, browser: Browser, settings: str
) -> None:
    branch = github.publish(github.desk(REPOSITORY, settings))
    pages = {path.relative_to(branch).as_posix() for path in branch.rglob("*.html")}
    assert crawled(browser, branch, NAME) == pages - {"404.html"}


# ---------------------------------------------------------------- what the host reads, what engines read


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("", None),
        ("https://ann.github.io/iraq/", None),
        ("https://ann.github.io", None),
        ("https://Ann.GitHub.io/iraq", None),
        ("https://ann.example/iraq/", None),
        ("https://iraq.example.org/", b"iraq.example.org\n"),
        ("https://iraq.example.org", b"iraq.example.org\n"),
        ("http://www.example.org", b"www.example.org\n"),
        ("https://größe.example/", b"xn--gre-6ka8i.example\n"),
        ("http://localhost/", None),
        ("https://example.org:8443/", None),
        ("http://192.0.2.7/", None),
        ("http://[2001:db8::7]/", None),
    ],
)
def test_a_domain_of_its_own_is_named(url: str, domain: bytes | None) -> None:
    files = host_files(url)
    assert files[".nojekyll"].data == b""
    assert (files[CNAME].data if CNAME in files else None) == domain


def addresses(branch: Path) -> dict[str, str]:
    """The canonical link of each page."""
    names = sorted(path.relative_to(branch).as_posix() for path in branch.rglob("*.html"))
    return {name: read_page(branch / name).canonical for name in names}


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(WITHOUT, id="no url"),
        pytest.param(WITH, id="url", marks=pytest.mark.slow),
        pytest.param(OWN, id="own domain", marks=pytest.mark.slow),
    ],
)
def test_canonical_links_name_where_the_site_is(github: Github, settings: str) -> None:
    branch = github.publish(github.desk(STARTER, settings))
    base = "https://iraq.example.org/" if settings == OWN else "https://ann.github.io/iraq/"
    found = addresses(branch)
    assert found.pop("404.html") in ("", f"{base}404.html")
    assert found == {
        name: base + name.removesuffix("index.html") if name.endswith("index.html") else base + name
        for name in found
    }
    assert (branch / CNAME).exists() == (settings == OWN)
    assert f"{base}notes/start-here.html" in (branch / "sitemap.xml").read_text(encoding="utf-8")


def test_a_site_whose_address_nobody_knows(github: Github, tmp_path: Path) -> None:
    """Its links are relative, it names no address at all, and the curator is told what that means."""
    desk = github.desk(STARTER, WITHOUT)
    desk.git("remote", "set-url", "origin", str(desk.remote))
    outcome = desk.publish()
    assert [(notice.code, notice.severity) for notice in outcome.notices] == [("no-url", "info")]
    assert "leads to the root of its host" in outcome.notices[0].message
    git(tmp_path, "clone", "--quiet", "--branch", BRANCH, str(desk.remote), "branch")
    assert set(addresses(tmp_path / "branch").values()) == {""}
    assert "index.html" in desk.published()
