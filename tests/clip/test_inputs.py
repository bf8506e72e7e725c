"""What can be clipped besides pages of the web: letters, packages, saved pages, streams, lists."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dossier.clip.inputs import listed_in
from tests.clip.corpus import DATED, GERMAN, WORDS, linked, page
from tests.clip.desk import Desk, codes, field, new_desk
from tests.clip.serving import serving


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "site")


def letter(html: bool) -> bytes:
    text = "\r\n\r\n".join(WORDS)
    plain = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\r\n-- \r\nPress office\r\n"
    other = f"Content-Type: text/html; charset=utf-8\r\n\r\n{page('<title>x</title>')}\r\n" if html else ""
    parts = f"--b\r\n{plain}" + (f"--b\r\n{other}" if html else "") + "--b--\r\n"
    return (
        "From: Press Office of Amerstadt <press@amer.example>\r\n"
        "Subject: =?utf-8?q?Press_release=3A_Br=C3=BCcke_closed?=\r\n"
        "Date: Wed, 12 Feb 2020 23:30:00 -0500\r\n"
        "MIME-Version: 1.0\r\n"
        f"Content-Type: multipart/alternative; boundary=b\r\n\r\n{parts}"
    ).encode()


@pytest.mark.parametrize("html", [True, False])
def test_an_e_mail(desk: Desk, tmp_path: Path, html: bool) -> None:
    (tmp_path / "release.eml").write_bytes(letter(html))
    (outcome,) = desk.clip(str(tmp_path / "release.eml"))
    content = desk.read(outcome.path)
    assert field(content, "title") == '"Press release: Brücke closed"'
    assert field(content, "source") == "Press Office of Amerstadt"
    assert (field(content, "date"), field(content, "kind")) == ("2020-02-12", "press-release")
    assert field(content, "obtained") == "received"
    assert all(words in content for words in WORDS)
    assert "Imprint of the house" not in content
    assert "Press office\n" not in content
    assert [verdict.state for verdict in desk.verify()] == ["matches"]


def warc(pages: dict[str, tuple[str, str, bytes]]) -> bytes:
    """A WARC as crawlers write it: addresses with status, content type and body."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for address, (status, kind, body) in pages.items():
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2021-03-04T05:06:07Z"},
        )
        writer.write_record(record)
    return buffer.getvalue()


CRAWL = {
    "https://amer.example/": ("200 OK", "text/html", page(linked(**DATED)).encode()),
    "https://amer.example/robots.txt": ("200 OK", "text/plain", b"User-agent: *"),
    "https://amer.example/style.css": ("200 OK", "text/css", b"p { margin: 0 }"),
    "https://amer.example/gone": ("404 Not Found", "text/html", b"<p>gone</p>"),
    "https://amer.example/de": (
        "200 OK",
        "text/html; charset=utf-8",
        page(linked(datePublished="2020-03-01"), *GERMAN, lang="de", heading="Brücke gesperrt").encode(),
    ),
}


def test_a_web_archive_gives_its_pages_as_they_were_then(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(warc(CRAWL))
    outcomes = desk.clip(str(tmp_path / "crawl.warc.gz"))
    contents = [desk.read(outcome.path) for outcome in outcomes]
    assert [field(content, "url") for content in contents] == [
        "https://amer.example/",
        "https://amer.example/de",
    ]
    assert [field(content, "accessed") for content in contents] == ["2021-03-04"] * 2
    assert [verdict.state for verdict in desk.verify()] == ["matches"] * 2


def test_a_wacz_gives_the_pages_that_it_names(desk: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as package:
        package.writestr("archive/data.warc.gz", warc(CRAWL))
        lines = [{"format": "json-pages-1.0"}, {"url": "https://amer.example/de", "title": "Brücke"}]
        package.writestr("pages/pages.jsonl", "\n".join(map(json.dumps, lines)))
    outcomes = desk.clip(str(tmp_path / "crawl.wacz"))
    assert [field(desk.read(outcome.path), "url") for outcome in outcomes] == ["https://amer.example/de"]


@pytest.mark.parametrize("name", ["broken.warc.gz", "broken.wacz", "some.zip"])
def test_a_broken_package_is_named(desk: Desk, tmp_path: Path, name: str) -> None:
    data = warc(CRAWL)
    if name == "some.zip":
        with zipfile.ZipFile(tmp_path / name, "w") as package:
            package.writestr("letter.docx", b"x")
    else:
        (tmp_path / name).write_bytes(data[:300] if name.endswith("gz") else b"PK\x03\x04" + data)
    outcomes = desk.clip(str(tmp_path / name))
    assert codes(outcomes)[-1] in ("damaged", "no-text")
    assert desk.articles == []
    assert desk.captures == []


def test_a_page_that_singlefile_saved_says_where_it_was(desk: Desk, tmp_path: Path) -> None:
    note = (
        "<!--\n Page saved with SingleFile \n url: https://amer.example/news/bridge?utm_source=x \n"
        " saved date: Wed May 20 2026 10:00:00 GMT+0000 (Coordinated Universal Time)\n-->"
    )
    saved = page(linked(**DATED)).replace("<html lang='en'>", f"<html lang='en'>{note}")
    (tmp_path / "saved.html").write_text(saved, encoding="utf-8")
    (outcome,) = desk.clip(str(tmp_path / "saved.html"))
    assert field(desk.read(outcome.path), "url") == "https://amer.example/news/bridge?utm_source=x"
    again = desk.clip("https://amer.example/news/bridge")
    assert (again[0].state, again[0].path) == ("on-file", outcome.path)


def test_a_stream(desk: Desk) -> None:
    (outcome,) = desk.clip(
        "-", stdin=("A headline\n\n" + "\n\n".join(WORDS)).encode(), given=(("date", ("2020-02",)),)
    )
    assert (outcome.path, outcome.findings) == ("content/articles/2020-02-a-headline.md", ())


def test_a_text_whose_lines_are_paragraphs(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bridge-2020-02-12.txt").write_text("\n".join(WORDS), encoding="utf-8")
    (outcome,) = desk.clip(str(tmp_path / "bridge-2020-02-12.txt"))
    content = desk.read(outcome.path)
    assert content.endswith("\n---\n\n" + "\n\n".join(WORDS) + "\n")
    assert field(content, "date") == "2020-02-12"
    assert codes([outcome]) == ["no-title", "no-date"]


def test_what_a_curator_states_stands_above_all_that_a_source_says(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(linked(**DATED)), encoding="utf-8")
    given = (
        ("title", ("Another title",)),
        ("source", ("Post",)),
        ("date", ("2020",)),
        ("authors", ("One", "Two")),
        ("topics", ("bridges",)),
        ("kind", ("report",)),
    )
    (outcome,) = desk.clip(str(tmp_path / "page.html"), given=given)
    content = desk.read(outcome.path)
    fields = ("title", "source", "date", "authors", "topics", "kind")
    found = [field(content, key) for key in fields]
    assert found == ["Another title", "amer-post", "'2020'", "[One, Two]", "[bridges]", "report"]


def test_what_isnt_there_or_cant_be_clipped_is_named_and_the_others_go_on(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "fine.txt").write_text("A headline\n\n" + "\n\n".join(WORDS), encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    names = ["nothing.txt", "amer.example/page", ".", "empty.txt", "picture.png", "fine.txt"]
    outcomes = desk.clip(*(str(tmp_path / name) if "/" not in name else name for name in names))
    assert [outcome.state for outcome in outcomes] == ["failed"] * 5 + ["written"]
    assert codes(outcomes[:5]) == ["no-source", "no-source", "no-source", "no-text", "unknown-format"]
    assert outcomes[1].findings[0].hint == "write https://amer.example/page"


def test_a_list_may_have_comments() -> None:
    assert listed_in("\ufeff# of May\nhttps://a.example/x#part # why\n\n  b.pdf  \n") == [
        "https://a.example/x#part",
        "b.pdf",
    ]


def test_one_page_is_fetched_once_however_often_it_is_named(desk: Desk) -> None:
    with serving() as server:
        outcomes = desk.clip(
            server.url("json-ld"), server.url("json-ld?utm_source=x"), server.url("json-ld#top")
        )
        assert [outcome.state for outcome in outcomes] == ["written", "on-file", "on-file"]
        assert sum(server.asked.values()) == 1
