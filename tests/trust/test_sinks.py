"""Whatever texts go into, they come out of as they were: each sink escapes in its own way.

A site of one article for each odd text is built once; then the readers of each form read it.
"""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dossier.bibliography import read_bibliography
from dossier.search import search_entry
from dossier.views import Page
from tests.conftest import REPOSITORY
from tests.library.conftest import made
from tests.site.conftest import Built, build, write
from tests.trust.payloads import front_matter

TEXTS = {
    "script": "<script>alert(1)</script>",
    "script-end": "</script></ScRiPt ><!--<script><!--",
    "attribute": "\"'><img src=x onerror=alert(1)> ` = /",
    "entities": "&amp; &lt;b&gt; &#60; & &quot; &nbsp",
    "cdata": "<![CDATA[ ]]> ]]&gt; -->",
    "doctype": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>&b;',
    "separators": "one\u2028two\u2029three\u0085four",
    "template": "{{ 7*7 }} {% raw %} ${7*7} <%= 7 %> #{7}",
    "tex": r"100 % of $5 & #1_a {b} ~c ^d \input{/etc/passwd} \write18{x} -- ``q''",
    "ris": "a\nER  - \n\nTY  - BOOK\nTI  - forged",
    "bibtex": "a}, title = {forged}, @comment{ @string{x = {y}}",
    "json": '"}], "forged": [{"a": "\\u003c \\',
    "sheet": '=HYPERLINK("http://evil.test","x") +1 -1 @SUM(1) |cmd|\' /C calc\'!A0',
    "right-to-left": "\u202etxt.exe\u202c \u2066isolated\u2069 שלום مرحبا",
    "zero-width": "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "combining": "Z\u0351\u036b\u0343a\u0328\u0349l\u035ago e\u0301",
    "beyond": "🇮🇶 👩‍👩‍👧 𝒳 \U0010fffd",
    "long": "word " * 40 + "<b>",
}
FILES = {
    "site.yaml": "title: T\nurl: https://dossier.example/\nrights: full\nfeed_size: 100\n",
    **{
        f"content/articles/{name}.md": front_matter(
            title=text,
            summary=text,
            source=text,
            authors=[text],
            tags=[text],
            date="2020-01-02",
            kind="report",
        )
        for name, text in TEXTS.items()
    },
}
Reader = Callable[[Built], dict[str, str]]


class Shown(HTMLParser):
    """What a reader of a page sees, and what its attributes say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.heading, self.title, self.description = "", "", ""
        self.json_ld: list[str] = []
        self._in: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name") == "description":
            self.description = given.get("content") or ""
        if tag in ("h1", "title") or (tag == "script" and given.get("type") == "application/ld+json"):
            self._in.append(tag)
            if tag == "script":
                self.json_ld.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._in and self._in[-1] == "script":
            self.json_ld[-1] += data
        elif self._in == ["h1"]:
            self.heading += data
        elif self._in == ["title"]:
            self.title += data


def shown(built: Built) -> dict[str, Shown]:
    pages = {name: built.files[f"articles/{name}.html"].read_text(encoding="utf-8") for name in TEXTS}
    return {name: Shown(html) for name, html in pages.items()}


def headings(built: Built) -> dict[str, str]:
    return {name: page.heading for name, page in shown(built).items()}


def attributes(built: Built) -> dict[str, str]:
    return {name: page.description for name, page in shown(built).items()}


def linked_data(built: Built) -> dict[str, str]:
    found = {}
    for name, page in shown(built).items():
        nodes = [node for block in page.json_ld for node in json.loads(block)["@graph"]]
        (found[name],) = {node["headline"] for node in nodes if "headline" in node}
        assert not any(re.search("[<>&\u2028\u2029]", block) for block in page.json_ld)
    return found


def atom(built: Built) -> dict[str, str]:
    feed = ElementTree.fromstring(built.files["feed.xml"].read_bytes())
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("a:entry", space)
    assert len(entries) == len(TEXTS)
    links = [entry.find("a:link", space).get("href", "") for entry in entries]  # type: ignore[union-attr]
    return {
        name_of(link): entry.findtext("a:title", "", space)
        for link, entry in zip(links, entries, strict=True)
    }


def json_feed(built: Built) -> dict[str, str]:
    feed = json.loads(built.files["feed.json"].read_bytes())
    return {name_of(item["url"]): item["title"] for item in feed["items"]}


def bibliography(form: str) -> Reader:
    def read(built: Built) -> dict[str, str]:
        name = f"bibliography.{form}"
        works = read_bibliography(name, built.files[name].read_bytes())
        return {read.work.id: read.work.title for read in works}

    return read


def search_entries(_: Built) -> dict[str, str]:
    dossier = made(
        {path.removeprefix("content/"): text for path, text in FILES.items() if path.endswith(".md")},
        site=FILES["site.yaml"],
    )
    found = {}
    for page in dossier.pages.values():
        if page.template == "article.html":
            entry = search_entry(Page(page.path, page.template, page.view, page.body, page.anchors), ("",))
            assert entry is not None
            assert entry.html.startswith("<p>")  # The summary, which is the title once more.
            found[name_of(page.path)] = Shown(f"<h1>{entry.html.partition('</p>')[0]}</h1>").heading
    return found


def name_of(address: str) -> str:
    return address.rpartition("/")[2].removesuffix(".html")


SINKS: dict[str, Reader] = {
    "HTML": headings,
    "attributes": attributes,
    "JSON-LD": linked_data,
    "Atom": atom,
    "JSON Feed": json_feed,
    "CSL-JSON": bibliography("json"),
    "BibTeX": bibliography("bib"),
    "RIS": bibliography("ris"),
    "search": search_entries,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = build(write(tmp_path_factory.mktemp("sinks"), FILES))
    assert built.code == 0, built.said
    return built


@pytest.fixture(scope="module")
def read(built: Built) -> dict[str, dict[str, str]]:
    return {name: reader(built) for name, reader in SINKS.items()}


def plain(text: str) -> str:
    """A text as far as it must outlast: without the kinds of white space, and what only guides a line."""
    return " ".join(re.sub("[\u2028\u2029\u0085]", " ", unicodedata.normalize("NFC", text)).split())


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("sink", SINKS)
def test_a_text_comes_out_as_it_went_in(read: dict[str, dict[str, str]], sink: str, text: str) -> None:
    assert set(read[sink]) == set(TEXTS)
    assert plain(read[sink][text]) == plain(TEXTS[text])


def test_sitemaps_hold_addresses_alone(built: Built) -> None:
    root = ElementTree.fromstring(built.files["sitemap.xml"].read_bytes())
    for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        assert re.fullmatch(r"https://dossier\.example/[\w./%-]*", element.text or "", re.ASCII)


ODD = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202egnp.evil\u200b"
STEERING = {
    "site.yaml": 'title: "T\\u202e"\ncolour: x\n',
    "content/notes/n.md": front_matter(title=f"Title {ODD}", date="2020-01-01", odd=1) + "[[x\u202e]]\n",
    "content/articles/a.md": front_matter(title="\u202eA\u2066", topics=["\u202et"], people=["\u202dP"]),
    f"content/{ODD}.md": "x",
    f"content/articles/{ODD}.md": "---\ntitle: B\n---\n",
}


@pytest.mark.parametrize("command", ["build", "check", "list", "build --timings", "list --drafts"])
@pytest.mark.parametrize("wrong", [True, False])
def test_no_text_and_no_file_name_steers_the_terminal(tmp_path: Path, command: str, wrong: bool) -> None:
    files = STEERING if wrong else {"site.yaml": 'title: "T\\u202e"\n'}
    site = write(
        tmp_path, files | {"content/articles/b.md": front_matter(title="\u202eA\u2066", date="2020")}
    )
    inherited = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "dossier", *command.split()],
        cwd=site,
        env=inherited,
        capture_output=True,
        timeout=60,
    )
    said = (done.stdout + done.stderr).decode("utf-8")
    assert "Traceback" not in said
    assert said.strip()
    assert {letter for letter in said if not letter.isprintable()} <= {"\n", "\t"}
