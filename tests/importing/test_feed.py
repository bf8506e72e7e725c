"""`dossier import feed`: the entries of RSS and Atom, from a file or from the web."""

import pytest

from tests.clip.corpus import Page
from tests.clip.serving import of_pages, serving
from tests.importing.conftest import Desk

RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
  <title>Amer Post &amp; Sons</title><link>https://amer.example/</link><language>de-at</language>
  <item>
    <title>Bridge &lt;i&gt;closed&lt;/i&gt;</title>
    <link>https://amer.example/closed?a=1&amp;b=2</link>
    <pubDate>Wed, 12 Feb 2020 23:30:00 -0500</pubDate>
    <dc:creator><![CDATA[Ada Brückner]]></dc:creator>
    <category>bridge</category><category>traffic</category>
    <description>Short.</description>
    <content:encoded><![CDATA[<p>All of <a href="/it">it</a> [[x]].</p>\
<script>steal()</script><img src="x.png">]]></content:encoded>
    <enclosure url="https://amer.example/a.mp3" type="audio/mpeg" length="1"/>
  </item>
  <item>
    <title>Only told of</title><guid>https://amer.example/told</guid>
    <description>&lt;p&gt;A few words.&lt;/p&gt;</description>
  </item>
  <item><title>On file</title><link>https://amer.example/one</link></item>
  <item><description>Nothing but words</description></item>
</channel></rss>
"""
ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <title>Council</title><id>urn:uuid:1</id><updated>2020-02-14T00:30:00+02:00</updated>
  <entry>
    <title>Minutes</title><id>urn:uuid:2</id>
    <link rel="alternate" href="minutes/7.html"/>
    <published>2020-02-14T00:30:00+02:00</published><updated>2020-03-01T00:00:00Z</updated>
    <author><name>Clerk</name></author>
    <content type="xhtml">
    <div xmlns="http://www.w3.org/1999/xhtml"><h1>Item 1</h1><p>Agreed.</p></div></content>
  </entry>
</feed>
"""


def test_entries_become_articles_with_what_the_feed_gives_of_them(desk: Desk) -> None:
    desk.put({"feed.xml": RSS})
    done = desk.take("feed", "feed.xml")
    assert done.code == 0
    assert desk.new["articles/2020-02-12-bridge-closed.md"] == (
        "---\ntitle: Bridge closed\nsource: Amer Post & Sons\nauthors: [Ada Brückner]\ndate: 2020-02-12\n"
        "url: https://amer.example/closed?a=1&b=2\nlanguage: de-AT\ntopics: [bridges]\ntags: [traffic]\n"
        "text: full\nobtained: imported\n---\n\nAll of [it](https://amer.example/it) \\[\\[x\\]\\].\n"
    )
    assert desk.field("articles/only-told-of.md", "text") == "excerpts"
    assert desk.body("articles/only-told-of.md") == "A few words."
    assert "feed.xml:7:1: info[left-field]: 'enclosure' has no place here" in done.told
    assert sorted(done.codes) == ["left-field", "not-imported", "on-file"]
    assert "4 items read: 2 written, 1 on file already, 1 left out" in done.out


def test_a_feed_is_fetched_as_pages_are(desk: Desk) -> None:
    with serving(of_pages({"/feed.atom": Page(ATOM.encode(), kind="application/atom+xml")})) as server:
        refused = desk.take("feed", server.url("/feed.atom"))
        assert refused.codes == ["private-address"]
        assert refused.code == 1
        done = desk.take(
            "feed", server.url("/feed.atom"), "--private", "--contact", "https://amer.example/me"
        )
        assert done.code == 0
        assert "https://amer.example/me" in server.headers["User-Agent"]
        path = "articles/2020-02-14-minutes.md"
        assert desk.field(path, "url") == server.url("/minutes/7.html")
        assert desk.body(path) == "## Item 1\n\nAgreed."
        assert desk.field(path, "authors") == "[Clerk]"
        assert desk.take("feed", server.url("/nothing"), "--private").codes == ["bad-response"]


def test_the_pages_of_teasers_can_be_fetched(desk: Desk) -> None:
    text = "<p>" + "The council agreed to close the bridge for good, and to build another. " * 6 + "</p>"
    page = Page(f"<html lang=en><title>Told</title><article><h1>Told</h1>{text}</article>".encode())
    with serving(of_pages({"/told": page})) as server:
        desk.put({"feed.xml": RSS.replace("https://amer.example/told", server.url("/told"))})
        done = desk.take("feed", "feed.xml", "--fetch", "--private")
    assert done.code == 0
    assert "content/articles/only-told-of.md: fetched" in done.out
    assert desk.body("articles/only-told-of.md").startswith("The council agreed")
    assert desk.field("articles/only-told-of.md", "summary") == "# it says of itself: A few words."
    assert desk.body("articles/2020-02-12-bridge-closed.md").startswith("All of")


@pytest.mark.slow
def test_what_is_no_feed_is_told(desk: Desk) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{entities}]><rss version="2.0"><channel>'
    hostile = {
        "page.html": "<!doctype html><html><title>x</title><p>no feed",
        "empty.xml": "",
        "nothing.xml": RSS.partition("<item>")[0] + "</channel></rss>",
        "nul.xml": "\0\0\0",
        "bomb.xml": bomb
        + "<item><title>&l11;</title><link>https://amer.example/b</link></item></channel></rss>",
        "outside.xml": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<rss version="2.0"><channel><item><title>&x;T</title><link>https://amer.example/o</link></item></channel></rss>',
        "cut.xml": RSS[:900],
    }
    desk.put(dict(hostile))
    for name in hostile:
        done = desk.take("feed", name)
        assert set(done.codes) & {"import-format", "odd-export"} or name == "outside.xml", name
    assert not any("root:" in text for text in desk.new.values())
    assert desk.take("feed", "missing.xml").codes == ["unreadable"]
