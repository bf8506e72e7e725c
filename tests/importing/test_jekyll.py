"""`dossier import jekyll`: posts and drafts, Liquid, kramdown's attributes, former addresses."""

from tests.importing.conftest import Desk

HELLO = """\
---
layout: post
title:  "Hello & welcome"
date:   2020-02-12 14:30:00 +0100
categories: towns bridge
tags: one two
image: /assets/a.png
redirect_from: /old/
---
* TOC
{:toc}

[post]({% post_url 2020-02-13-second %}), [link]({% link _posts/2020-02-13-second.md %}),
[self]({{ "/towns/bridge/2020/02/12/hello-world/" | relative_url }}){:target="_blank"}, [gone](/about/)

![a]({{ site.baseurl }}/assets/a.png){: .right width="20"}

{% include video.html id="x" %}

{% highlight ruby %}
puts "x"
{% endhighlight %}

{% raw %}{{ literal }}{% endraw %} {{ site.time | date: "%Y" }}
{: .note}

{% if x %}shown{% endif %}
{% comment %}
secret
{% endcomment %}
[[x]]
"""
JEKYLL: dict[str, str | bytes] = {
    "old-blog/_config.yml": "title: Blog\nurl: https://blog.example\nbaseurl: /sub\npermalink: pretty\n",
    "old-blog/_posts/2020-02-12-hello-world.md": HELLO,
    "old-blog/_posts/2020-02-13-second.md": "---\nlayout: post\n---\nNo title.\n",
    "old-blog/_drafts/idea.md": "---\ntitle: Idea\n---\nDraft\n",
    "old-blog/news/_posts/2021-1-2-n.markdown": "---\ntitle: N\npublished: false\n---\n"
    "[home](/sub/towns/bridge/2020/02/12/hello-world/) [web](https://blog.example/sub/2020/02/13/second/)\n",
    "old-blog/_posts/undated.md": "---\n---\n",
    "old-blog/_layouts/post.md": "x",
    "old-blog/_recipes/soup.md": "---\ntitle: Soup\n---\n",
    "old-blog/_site/2020/x.md": "x",
    "old-blog/about.md": "---\ntitle: About\n---\n",
    "old-blog/assets/a.png": b"a picture",
}


def test_posts_come_with_what_their_names_and_fields_say(desk: Desk) -> None:
    desk.put(JEKYLL)
    done = desk.take("jekyll", "old-blog")
    assert done.code == 0
    path = "articles/2020-02-12-hello-welcome.md"
    assert desk.new[path] == (
        "---\ntitle: Hello & welcome\ndate: 2020-02-12\ntopics: [bridges]\ntags: [one, two, towns]\n"
        'aliases: ["/towns/bridge/2020/02/12/hello-world/", "/old/"]\ntext: full\nobtained: imported\n---\n\n'
        "[post](2020-02-13-second.md), [link](2020-02-13-second.md),\n"
        "[self](2020-02-12-hello-welcome.md), gone\n\n![a](attachments/a.png)\n\n\n\n"
        '```ruby\nputs "x"\n```\n\n{{ literal }} \n\n\nshown\n\n\n\n\\[[x]]\n'
    )
    assert "secret" not in desk.new[path]
    assert desk.field("articles/2020-02-13-second.md", "title") == "Second"
    assert desk.field("articles/idea.md", "draft") == "true"
    assert desk.field("articles/2021-01-02-n.md", "draft") == "true"
    assert desk.body("articles/2021-01-02-n.md") == (
        "[home](2020-02-12-hello-welcome.md) [web](2020-02-13-second.md)"
    )
    assert desk.field("articles/2021-01-02-n.md", "tags") == "[news]"


def test_readers_of_the_old_addresses_are_led_on(desk: Desk) -> None:
    desk.put(JEKYLL)
    desk.take("jekyll", "old-blog", "--as", "notes")
    assert (desk.site.output / "towns/bridge/2020/02/12/hello-world/index.html").is_file()
    assert (desk.site.output / "old/index.html").is_file()
    assert desk.field("notes/2020-02-12-hello-welcome.md", "date") == "2020-02-12"


def test_what_has_no_place_is_told_with_its_line(desk: Desk) -> None:
    desk.put(JEKYLL)
    told = desk.take("jekyll", "old-blog").told
    for said in (
        "old-blog/about.md: info[not-imported]: it is a page, not a post",
        "old-blog/_recipes/soup.md: info[not-imported]: it is in a collection of its own, not a post",
        "old-blog/_posts/undated.md: info[not-imported]: a post's name begins with its day",
        "hello-world.md:7:1: info[left-field]: 'image' has no place here",
        "warning[left-link]: '/about/'",
        "hello-world.md:18:1: warning[left-markup]: Liquid's 'include video.html': is left out",
        "hello-world.md:24:36: warning[left-markup]: a value of Liquid: is left out",
        "hello-world.md:27:1: warning[left-markup]: Liquid's 'if': is left out; what stands within it stays",
    ):
        assert said in told


def test_former_addresses_that_lead_elsewhere_are_told(desk: Desk) -> None:
    for day, former in (("01-a", "[/timeline/, /old/]"), ("02-b", "[/articles/x.html, '/a?b']")):
        fields = f"permalink: /about.html\nredirect_from: {former}\n"
        desk.put({f"blog/_posts/2020-01-{day}.md": f"---\n{fields}---\nText.\n"})
    done = desk.take("jekyll", "blog")
    assert desk.field("articles/2020-01-01-a.md", "aliases") == '["/about.html", "/old/"]'
    assert desk.field("articles/2020-01-02-b.md", "aliases") == ""
    for address in ("/timeline/", "/about.html", "/articles/x.html", "/a?b"):
        assert f"the former address '{address}' can't lead here" in done.told


def test_settings_may_begin_as_front_matter_does(desk: Desk) -> None:
    desk.put({"blog/_config.yml": "---\npermalink: pretty\nbaseurl: /sub\n"})
    desk.put({"blog/_posts/2020-02-12-first.md": "---\n---\n[second](/sub/2020/02/13/second/)\n"})
    desk.put({"blog/_posts/2020-02-13-second.md": "---\n---\nText.\n"})
    assert desk.take("jekyll", "blog").told == ""
    assert desk.field("articles/2020-02-12-first.md", "aliases") == '["/2020/02/12/first/"]'
    assert desk.body("articles/2020-02-12-first.md") == "[second](2020-02-13-second.md)"


def test_a_mistake_in_the_settings_is_told_at_its_line(desk: Desk) -> None:
    desk.put({"blog/_config.yml": "title: Blog\nurl: [\n"})
    desk.put({"blog/_posts/2020-02-12-a.md": "---\n---\nText.\n"})
    done = desk.take("jekyll", "blog")
    assert done.codes == ["import-format"]
    assert "blog/_config.yml:2:7: error[import-format]" in done.told
