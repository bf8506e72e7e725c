"""What must not get out: drafts, documents of the future, text that its rights withhold."""

import msgspec
import pytest

MARKER = "Zanzibar"


def everything(dossier):
    """All that any page shows, as bytes."""
    return msgspec.msgpack.encode(tuple(dossier.pages.values()))


LATER = ("date: 2026-06-01", "date: '2027'")


@pytest.mark.parametrize(
    ("folder", "why"),
    [(folder, "draft: true") for folder in ("articles", "notes", "topics")]
    + [(folder, date) for folder in ("articles", "notes") for date in LATER],
)
def test_drafts_and_documents_of_the_future_are_nowhere(make, folder, why):
    date = "date: 2020-01-01\n" if folder != "topics" and why.startswith("draft") else ""
    names = {
        "articles": f"people: [{MARKER} One]\nsource: {MARKER} News\ntags: [{MARKER}]\ntopics: [open]\n",
        "notes": f"tags: [{MARKER}]\ntopics: [open]\n",
        "topics": f"aliases: [{MARKER} alias]\nparent: open\n",
    }
    hidden = f"""---
title: {MARKER} title
{date}{why}
{names[folder]}events: [{{date: 2020-02-02, title: {MARKER} event, places: [{MARKER} town]}}]
summary: {MARKER} summary
---
## {MARKER} heading

{MARKER} body with [[open]].
"""
    files = {f"{folder}/zanzibar.md": hidden, "topics/open.md": "title: Open", "articles/a.md": "title: A"}
    dossier = make(files, site="{title: Test, url: 'https://example.org/'}")
    assert MARKER.lower().encode() not in everything(dossier).lower()
    assert dossier.codes == ([] if why.startswith("draft") else ["future-date"])
    assert MARKER.encode() in everything(make(files, drafts=True))


def test_a_link_to_a_draft_is_a_finding_and_shows_no_title(make):
    dossier = make(
        {
            "articles/secret.md": f"{{title: {MARKER}, draft: true}}",
            "notes/n.md": "---\ntitle: N\ndate: 2020-01-01\n---\n"
            "See [[secret]], [@secret], [it](../articles/secret.md).",
        }
    )
    assert dossier.codes == ["draft-target"] * 3
    assert MARKER.encode() not in everything(dossier)


def test_the_day_itself_is_not_the_future(make):
    assert make({"articles/a.md": "{title: A, date: 2020-05}"}, today="2020-05-01").codes == []
    assert make({"articles/a.md": "{title: A, date: '2020'}"}, today="2020-05-01").codes == []
    assert make({"articles/a.md": "{title: A, date: 2020-05-02}"}, today="2020-05-01").codes == [
        "future-date"
    ]


TEXT = " ".join(f"word{number}" for number in range(1, 200)) + f" {MARKER}"
ARTICLE = f"""---
title: A
date: 2020-01-01
topics: [t]
{{rights}}
---
{TEXT}

## {MARKER} heading

![{MARKER}](picture.png)
"""
WITH = {"topics/t.md": "title: T", "articles/picture.png": "", "notes/n.md": "{title: N, date: 2020-01-02}"}


@pytest.mark.parametrize("rights", ["excerpt", "reference"])
@pytest.mark.parametrize("said_by", ["article", "site"])
def test_withheld_text_is_in_no_page(make, rights, said_by):
    article = ARTICLE.format(rights=f"rights: {rights}" if said_by == "article" else "")
    site = f"title: Test\nurl: https://example.org/\nrights: {rights if said_by == 'site' else 'full'}\n"
    dossier = make({**WITH, "articles/a.md": article}, site=site)
    view, page = dossier.view("articles/a.html"), dossier.pages["articles/a.html"]
    assert MARKER.encode() not in everything(dossier)
    assert b"word81" not in everything(dossier)
    assert (page.body, view.has_body, view.contents) == ("", False, ())
    if rights == "excerpt":
        assert view.opening.startswith("word1 word2")
        assert view.opening.endswith("word80 …")
    else:
        assert view.opening == ""
        assert b"word2" not in everything(dossier)


def test_text_that_may_be_shown_is_shown(make):
    dossier = make({**WITH, "articles/a.md": ARTICLE.format(rights="rights: full")})
    page = dossier.pages["articles/a.html"]
    assert page.body == dossier.library.documents["a"].body.digest != ""
    assert [heading.text for heading in page.view.contents] == [f"{MARKER} heading"]


def test_a_curators_summary_is_shown_whatever_the_rights(make):
    dossier = make({**WITH, "articles/a.md": ARTICLE.format(rights="rights: reference\ntext: summary")})
    assert dossier.view("articles/a.html").shown == "full"
    assert dossier.pages["articles/a.html"].body
