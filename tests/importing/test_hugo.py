"""`dossier import hugo`: pages, whatever their front matter, bundles, shortcodes, former addresses."""

import pytest

from tests.importing.conftest import Desk

FIRST = """\
+++
title = "First: a post"
date = 2020-02-12T23:30:00-05:00
lastmod = 2020-03-01
draft = false
tags = ["bridge", "night"]
categories = ["Towns"]
aliases = ["/old/first/", "older"]
description = "What it says."
weight = 3
[params]
  hero = "x.png"
+++

# First: a post

Intro.

<!--more-->

{{< figure src="/images/b.png" alt="A bridge" caption="An \\"old\\" one" >}}

See [second]({{< ref "bundle" >}}), [path]({{% relref "posts/bundle/index.md#part" %}}),
[abs](/posts/bundle/), [full](https://old.example/posts/bundle/#part),
[other](https://else.example/posts/bundle/) and [gone](/nope/).

{{< youtube dQw4w9WgXcQ >}}

{{< notice warning >}}
Inner *text*
{{< /notice >}}

{{< highlight go "linenos=table" >}}
x := 1
{{< /highlight >}}

Write `{{</* figure */>}}` for one. [[x]] {{% param hero %}}

## Part {#part .big}
"""
SECOND = """\
---
title: Second
date: 2020-02-14
author: Ada
unknown: {a: 1}
---
![Cover](cover.jpg "Cap") <div class="x">html</div>

## Part
"""
THIRD = """\
{
  "title": "Third",
  "date": "2020-02-15T10:00:00Z",
  "draft": true,
  "link": "https://amer.example/third"
}

[first](../first/) and [again](first.md)
"""
HUGO: dict[str, str | bytes] = {
    "old-site/hugo.toml": 'baseURL = "https://old.example/"\n'
    '[permalinks]\n  essays = "/:year/:month/:slug/"\n',
    "old-site/content/_index.md": "---\ntitle: Home\n---\n",
    "old-site/content/posts/first.md": FIRST,
    "old-site/content/posts/bundle/index.md": SECOND,
    "old-site/content/posts/bundle/cover.jpg": b"a cover",
    "old-site/content/posts/third.md": THIRD,
    "old-site/content/essays/on-bridges.md": "---\ntitle: On bridges\n"
    "date: 2019-05-06\nslug: Bridging\n---\nLong.\n",
    "old-site/content/posts/old.html": "<p>",
    "old-site/static/images/b.png": b"a bridge",
    "old-site/themes/x/content/no.md": "no",
}
NOTE = "notes/2020-02-12-first-a-post.md"


def test_pages_come_with_fields_links_and_pictures(desk: Desk) -> None:
    desk.put(HUGO)
    done = desk.take("hugo", "old-site", "--as", "auto")
    assert done.code == 0
    assert desk.new[NOTE] == (
        '---\ntitle: "First: a post"\ndate: 2020-02-12\nupdated: 2020-03-01\n'
        'tags: [bridge, night, Towns]\naliases: ["/posts/first/", "/old/first/", "/posts/older"]\n'
        "summary: What it says.\n---\n\nIntro.\n\n\n\n"
        '![A bridge](attachments/b.png "An ”old” one")\n\n'
        "See [second](2020-02-14-second.md), [path](2020-02-14-second.md#part),\n"
        "[abs](2020-02-14-second.md), [full](2020-02-14-second.md#part),\n"
        "[other](https://else.example/posts/bundle/) and gone.\n\n"
        "<https://www.youtube.com/watch?v=dQw4w9WgXcQ>\n\n\nInner *text*\n\n\n```go\nx := 1\n```\n\n"
        "Write `{{< figure >}}` for one. \\[[x]] \n\n## Part\n"
    )
    assert desk.new["notes/attachments/b.png"] == "a bridge"
    assert desk.body("notes/2020-02-14-second.md") == (
        '![Cover](attachments/cover.jpg "Cap") html\n\n## Part'
    )


def test_json_is_front_matter_and_a_draft_stays_one(desk: Desk) -> None:
    desk.put(HUGO)
    desk.take("hugo", "old-site", "--as", "auto")
    path = "articles/2020-02-15-third.md"
    assert desk.field(path, "url") == "https://amer.example/third"
    assert desk.field(path, "draft") == "true"
    assert desk.body(path).count("(../notes/2020-02-12-first-a-post.md)") == 2


def test_readers_of_the_old_addresses_are_led_on(desk: Desk) -> None:
    desk.put(HUGO)
    desk.take("hugo", "old-site", "--as", "notes")
    assert desk.field("notes/2019-05-06-on-bridges.md", "aliases") == '["/2019/05/bridging/"]'
    for address in ("posts/first", "old/first", "posts/older", "posts/bundle", "2019/05/bridging"):
        assert (desk.site.output / address / "index.html").is_file(), address


def test_what_has_no_place_is_told_with_its_line(desk: Desk) -> None:
    desk.put(HUGO)
    told = desk.take("hugo", "old-site").told
    for said in (
        "old-site/content/_index.md: info[not-imported]: it is a section's page",
        "old-site/content/posts/old.html: info[not-imported]: a page in html isn't Markdown",
        "first.md:11:2: info[left-field]: 'params' has no place here",
        "first.md:25:54: warning[left-link]: '/nope/'",
        "first.md:27:1: warning[left-markup]: the shortcode 'youtube': became a link",
        "first.md:29:1: warning[left-markup]: the shortcode 'notice': is left out; what stands within",
        "first.md:37:43: warning[left-markup]: the shortcode 'param': is left out",
        "bundle/index.md:5:1: info[left-field]: 'unknown' has no place here",
        "bundle/index.md:7:27: warning[left-markup]: <div>: its text stays",
    ):
        assert said in told


BROKEN = {
    "toml": ('+++\ntitle = "Broken\n+++\nText', "2:16"),
    "toml-twice": ("+++\na = 1\na = 2\n+++\n", "3:6"),
    "toml-open": ("+++\ntitle = 'x'\n", "1:1"),
    "toml-deep": ("+++\nx = " + "[" * 60_000 + "\n+++\n", ""),
    "toml-number": ("+++\nx = " + "9" * 10_000 + "\n+++\n", ""),
    "json": ('{"title": "x",,}\n', "1:15"),
    "json-deep": ('{"a":' * 60_000, ""),
    "yaml": ("---\ntitle: [\n---\n", ""),
    "yaml-bomb": ("---\na: &a [x]\nb: [*a, *a]\n---\n", "2:4"),
    "latin": (b"---\ntitle: Gr\xfc\xdfe\n---\n", "2:10"),
    "utf-16": ("---\ntitle: x\n---\n".encode("utf-16"), ""),
}


def test_broken_front_matter_is_a_finding_at_its_place(desk: Desk) -> None:
    desk.put({f"broken/content/{name}.md": text for name, (text, _) in BROKEN.items()})
    desk.put({"broken/content/fine.md": "+++\ntitle = 'Fine'\n+++\nText.\n", "broken/config.toml": "x = [\n"})
    done = desk.take("hugo", "broken")
    assert done.code == 1
    assert list(desk.new) == ["articles/fine.md"]
    for name, (_, place) in BROKEN.items():
        assert f"broken/content/{name}.md:{place}".rstrip(":") in done.told, name
    assert set(done.codes) == {"import-format"}


@pytest.mark.parametrize(
    "folder", ["missing", "site/site.yaml", "site", "site/content", "site/content/topics"]
)
def test_what_is_no_other_programs_folder_is_refused(desk: Desk, folder: str) -> None:
    for program in ("hugo", "jekyll", "obsidian"):
        done = desk.take(program, folder)
        assert (done.code, done.codes) == (1, ["no-source"])


def test_a_dossier_within_the_folder_is_left_alone(desk: Desk) -> None:
    desk.put({"page.md": "---\ntitle: Page\n---\nText.\n"})
    desk.take("hugo", ".")
    assert list(desk.new) == ["articles/page.md"]


@pytest.mark.parametrize("settings", ["hugo.yaml", "config/_default/config.yml"])
def test_settings_in_yaml_may_begin_as_front_matter_does(desk: Desk, settings: str) -> None:
    desk.put({f"h/{settings}": "---\nuglyURLs: true\n"})
    desk.put({"h/content/posts/a.md": "---\ntitle: A\n---\nText.\n"})
    desk.take("hugo", "h")
    assert desk.field("articles/a.md", "aliases") == '["/posts/a.html"]'
