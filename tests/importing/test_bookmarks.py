"""`dossier import bookmarks`: pages saved in Pocket, Instapaper, Raindrop or a browser become articles."""

import io
import json
import sys
import zipfile

import msgspec
import pytest

from dossier.importing import exports
from tests.clip.corpus import Page
from tests.clip.serving import of_pages, serving
from tests.importing.conftest import Desk

POCKET = """\
title,url,time_added,tags,status
"The bridge, closed",https://amer.example/closed?utm_campaign=x,1581465600,bridge|traffic,unread
https://amer.example/untitled,https://amer.example/untitled,1581465601,,archive
Again,https://m.amer.example/closed,1581465602,,archive
On file elsewhere,http://amer.example/one,1581465603,,unread
A script,javascript:alert(1),1581465604,,unread
"""
POCKET_PAGE = """\
<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
<title>Pocket Export</title></head>
<body><h1>Unread</h1><ul>
<li><a href="https://amer.example/a" time_added="1581465600" tags="bridge,night">A &amp; O</a></li>
</ul><h1>Read Archive</h1><ul>
<li><a href="https://amer.example/b" time_added="1581465600" tags="">B</a></li>
</ul></body></html>
"""
INSTAPAPER = """\
URL,Title,Selection,Folder,Timestamp,Tags
https://amer.example/c,C,"We will close it, ""for good"".",Unread,1581465600,"[""traffic"",""bridge""]"
https://amer.example/d,D,,Old bridges,1581465600,[]
"""
RAINDROP = """\
id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite
42,"E, with a note","First line
second line

* no list [[x]] <b>","What the page says of itself",https://amer.example/e,Research / Bridges,\
"traffic, night, ",2020-02-12T03:04:05.123Z,https://amer.example/e.jpg,"First passage
Second passage",true
"""
BROWSER = """\
<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1581465600" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
    <DL><p>
        <DT><H3>Bridge</H3>
        <DL><p>
            <DT><A HREF="https://amer.example/f" ADD_DATE="1581465600" ICON="data:image/png;base64,AA==" \
TAGS="night">F</A>
            <DD>Why I kept it
        </DL><p>
    </DL><p>
    <DT><A HREF="place:type=6" ADD_DATE="1581465600">Recent tags</A>
    <DT><A HREF="https://amer.example/g" ADD_DATE="1581465600" PRIVATE="1" TOREAD="0">G</A>
</DL><p>
"""


def test_pocket_rows_become_articles_once_each(desk: Desk) -> None:
    desk.put({"part_000000.csv": POCKET})
    done = desk.take("bookmarks", "part_000000.csv")
    assert done.code == 0
    assert desk.new["articles/the-bridge-closed.md"] == (
        "---\ntitle: The bridge, closed\nurl: https://amer.example/closed?utm_campaign=x\n"
        "accessed: 2020-02-12\ntopics: [bridges]\ntags: [traffic]\ntext: summary\nobtained: imported\n---\n"
    )
    assert (
        "part_000000.csv:4:1: info[asked-twice]: it is from the same address as part_000000.csv:2"
        in done.told
    )
    assert "part_000000.csv:5:1: info[on-file]: it is on file as content/articles/on-file.md" in done.told
    assert "part_000000.csv:6:1: info[not-imported]: 'javascript:alert(1)' is no address" in done.told
    assert "part_000000.csv:2:1: info[left-field]: 'status' has no place here (4 times)" in done.told
    assert "5 items read: 2 written, 2 on file already, 1 left out" in done.out
    again = desk.take("bookmarks", "part_000000.csv")
    assert "0 written" not in again.out
    assert len(desk.new) == 2


def packed(files: dict[str, str]) -> bytes:
    """A zip file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def test_pockets_archive_has_what_was_marked_in_the_pages(desk: Desk) -> None:
    marked = [
        {"url": "https://www.amer.example/closed", "title": "x", "highlights": [{"quote": "It is\nclosed."}]}
    ]
    files = {"part_000000.csv": POCKET, "annotations/part_000000.json": json.dumps([*marked, 1, {"url": 2}])}
    desk.put({"pocket.zip": packed(files)})
    done = desk.take("bookmarks", "pocket.zip")
    assert '  - text: "It is closed."\n' in desk.new["articles/the-bridge-closed.md"]
    assert "pocket.zip/part_000000.csv:6:1: info[not-imported]" in done.told
    assert "5 items read: 2 written" in done.out


@pytest.mark.parametrize("files", [{}, {"a.txt": "x"}, {"a.csv": "PK\x03\x04"}])
def test_an_archive_without_a_list_is_told(desk: Desk, files: dict[str, str]) -> None:
    desk.put({"some.zip": packed(files) if files else b"PK\x03\x04 and no more"})
    assert desk.take("bookmarks", "some.zip").codes == ["import-format"]


@pytest.mark.slow
def test_an_archive_that_blows_up_is_told(desk: Desk) -> None:
    desk.put({"some.zip": packed({"a.csv": "0" * (129 << 20)})})
    assert desk.take("bookmarks", "some.zip").codes == ["import-format"]


def test_a_page_of_pocket_has_tags_and_days(desk: Desk) -> None:
    desk.put({"ril_export.html": POCKET_PAGE})
    desk.take("bookmarks", "ril_export.html")
    assert desk.field("articles/a-o.md", "title") == "A & O"
    assert desk.field("articles/a-o.md", "topics") == "[bridges]"
    assert desk.field("articles/a-o.md", "tags") == "[night]"
    assert desk.field("articles/b.md", "accessed") == "2020-02-12"
    assert desk.field("articles/b.md", "tags") == ""


def test_a_selection_of_instapaper_is_an_excerpt(desk: Desk) -> None:
    desk.put({"instapaper.csv": INSTAPAPER})
    desk.take("bookmarks", "instapaper.csv")
    assert '  - text: "We will close it, \\"for good\\"."\n' in desk.new["articles/c.md"]
    assert desk.field("articles/c.md", "topics") == "[bridges]"
    assert desk.field("articles/d.md", "tags") == "[Old bridges]"


def test_raindrop_keeps_notes_apart_from_what_is_somebody_elses(desk: Desk) -> None:
    desk.put({"raindrop.csv": RAINDROP})
    done = desk.take("bookmarks", "raindrop.csv")
    path = "articles/e-with-a-note.md"
    assert desk.body(path) == "First line second line\n\n\\* no list \\[\\[x\\]\\] \\<b>"
    assert desk.field(path, "summary") == "# it says of itself: What the page says of itself"
    assert '  - text: "First passage"\n  - text: "Second passage"\n' in desk.new[path]
    assert desk.field(path, "tags") == "[traffic, night, Research / Bridges]"
    assert "'cover' has no place here" in done.told
    assert "'favorite' has no place here" in done.told


def test_bookmarks_of_a_browser_have_folders_and_descriptions(desk: Desk) -> None:
    desk.put({"bookmarks.html": BROWSER})
    done = desk.take("bookmarks", "bookmarks.html")
    assert desk.field("articles/f.md", "topics") == "[bridges]"
    assert desk.field("articles/f.md", "tags") == "[night]"
    assert desk.body("articles/f.md") == "Why I kept it"
    assert sorted(desk.new) == ["articles/f.md", "articles/g.md"]
    assert "'PRIVATE' has no place here" in done.told


def test_all_can_be_given_a_topic_and_a_tag_and_be_drafts(desk: Desk) -> None:
    desk.put({"i.csv": INSTAPAPER, "p.html": POCKET_PAGE})
    desk.take("bookmarks", "i.csv", "p.html", "--topic", "bridges", "--tag", "reading list", "--draft")
    for path in desk.new:
        assert desk.field(path, "topics") == "[bridges]"
        assert "reading list" in desk.field(path, "tags")
        assert desk.field(path, "draft") == "true"
    refused = desk.take("bookmarks", "i.csv", "--topic", "bridgez")
    assert refused.codes == ["bad-field"]


def test_pages_can_be_fetched_with_their_bytes_as_evidence(desk: Desk) -> None:
    text = "<p>" + "The old bridge is closed to all lorries from Monday on, the town says. " * 6 + "</p>"
    page = Page(f"<html lang=en><title>Closed</title><article><h1>Closed</h1>{text}</article>".encode())
    moved = Page(b"", status=301, headers={"Location": "/closed"})
    with serving(of_pages({"/closed": page, "/moved": moved})) as server:
        rows = [f"{path},{server.url(path)},1581465600,," for path in ("/moved", "/gone")]
        desk.put({"p.csv": "\n".join(["title,url,time_added,tags,status", *rows]) + "\n"})
        done = desk.take("bookmarks", "p.csv", "--fetch", "--private")
        assert done.code == 1
        assert "bad-response" in done.codes
        assert "2 items read: 2 written, 1 fetched" in done.out
        assert "The old bridge is closed to all lorries" in desk.body("articles/moved.md")
        assert desk.field("articles/moved.md", "text") == "full"
        assert desk.field("articles/moved.md", "title") == '"/moved"'
        assert desk.field("articles/moved.md", "obtained") == "clipped"
        assert desk.field("articles/moved.md", "capture").startswith("sha256:")
        assert desk.field("articles/gone.md", "text") == "summary"
        assert sorted(desk.new) == ["articles/gone.md", "articles/moved.md"]


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    desk.put({"p.csv": POCKET})
    done = desk.take("bookmarks", "p.csv", "--dry-run")
    assert "content/articles/the-bridge-closed.md: The bridge, closed" in done.out
    assert "2 would be written" in done.out
    assert desk.new == {}


def test_what_needs_a_package_that_isnt_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dossier.clip.pages", None)
    request = exports.Request("bookmarks", "bookmarks.html", BROWSER.encode())
    answered = msgspec.msgpack.decode(exports.answer(msgspec.msgpack.encode(request)), type=exports.Answer)
    assert [finding.code for finding in answered.findings] == ["clip-missing"]
    table = exports.Request("bookmarks", "pocket.csv", POCKET.encode())
    assert msgspec.msgpack.decode(exports.answer(msgspec.msgpack.encode(table)), type=exports.Answer).items


HOSTILE = {
    "nothing": b"",
    "no addresses": b"name,age\nAda,36\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "a page without links": b"<!doctype html><p>Hello",
    "a field of two megabytes": b"title,url\n" + b"x" * (2 << 20) + b",https://amer.example/x\n",
    "an unfinished quote": b'title,url\n"A,https://amer.example/x\nB,https://amer.example/y\n' * 3,
    "NUL": b"title,url\nA\0B,https://amer.example/\0x\n",
    "a date beyond all": b"title,url,time_added\nA,https://amer.example/t,99999999999999\n",
    "tags that nest": b"title,url,tags\nA,https://amer.example/n," + b"[" * 100_000 + b"\n",
    "a title of a megabyte": b"title,url\n" + b"x y " * 200_000 + b",https://amer.example/x\n",
    "folders in folders": b"<DL><DT><H3>x</H3>" * 3000 + b'<DT><A HREF="https://amer.example/d">D</A>',
    "control characters": "title,url\nA\x1b[31m\u202e\ud7ff,https://amer.example/c\n".encode(),
    "UTF-16": "title,url\nÜ,https://amer.example/u\n".encode("utf-16"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_tables_cost_no_more_than_themselves(desk: Desk, name: str) -> None:
    desk.put({"hostile.csv": HOSTILE[name]})
    done = desk.take("bookmarks", "hostile.csv")
    assert done.code in (0, 1)
    if done.code:
        assert set(done.codes) & {"import-format", "unreadable-source", "not-imported"}
    assert "\x1b" not in done.told + done.out
