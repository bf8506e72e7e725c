"""`dossier import obsidian`: a vault's notes with their links, properties, tags, callouts and embeds."""

import os

from tests.importing.conftest import Desk

CLIPPING = """\
---
title: "Bridge closed: lorries"
source: "https://amer.example/closed"
author:
  - "[[Ada Brückner]]"
published: 2020-02-12
created: 2020-02-13
description: "The page's own words"
tags:
  - "clippings"
---
# Bridge closed: lorries

The **bridge** is [closed](https://amer.example/more). ![](https://amer.example/x.jpg)

## What was said

No. ^said
"""
HISTORY = """\
---
tags: bridge, amer/old
aliases: [The old bridge]
date: 2021-01-02
cssclasses: wide
rating: 5
---
# Bridge history

See [[Bridge closed#What was said|the news]], [[Clippings/Bridge closed#^said]] and [[bridge CLOSED]].
[[Nowhere]] and [[Nowhere|elsewhere]]; [[#Later]], [[#Never]]. #towns/amer #1

![[img/map.png|300]] ![[map.png|The map]] ![[Bridge closed]] ![[report.pdf]] ![[sound.flac]]

> [!faq]- Why?
> Because ==of it== %%secret%% $a_b*c*$.

> [!quote] Ada
> Words

> [!danger]
> Mind

| a | b |
| - | - |
| [[Bridge closed\\|x]] | [y](Clippings/Bridge%20closed.md#What%20was%20said) |

```dataview
LIST [[x]] %%stays%%
```

- [ ] to do
- [x] done

%%
hidden [[Bridge closed]]
%%

$$
E = m_c^2
$$

## Later
Text^[an inline note] <u>under</u> `[[code]]` [gone](nope.md) [open](obsidian://open?vault=x) @nobody <br>new
"""
VAULT: dict[str, str | bytes] = {
    "Vault/.obsidian/app.json": "{}",
    "Vault/.trash/Old.md": "gone",
    "Vault/Clippings/Bridge closed.md": CLIPPING,
    "Vault/Bridge history.md": HISTORY,
    "Vault/Daily/2021-03-04.md": "Just words.\n",
    "Vault/img/map.png": b"a map",
    "Vault/report.pdf": b"%PDF-1.4",
    "Vault/sound.flac": b"fLaC",
    "Vault/Board.canvas": "{}",
}
ARTICLE = "articles/2020-02-12-bridge-closed-lorries.md"
NOTE = "notes/2021-01-02-bridge-history.md"


def test_a_clipping_is_an_article_with_what_the_clipper_knew(desk: Desk) -> None:
    desk.put(VAULT)
    desk.take("obsidian", "Vault", "--as", "auto")
    assert desk.new[ARTICLE] == (
        '---\ntitle: "Bridge closed: lorries"\nauthors: [Ada Brückner]\ndate: 2020-02-12\n'
        "url: https://amer.example/closed\naccessed: 2020-02-13\ntags: [clippings]\n"
        "aliases: [Bridge closed]\n"
        "summary:  # it says of itself: The page's own words\ntext: full\nobtained: imported\n---\n\n"
        "The **bridge** is [closed](https://amer.example/more). ![](https://amer.example/x.jpg)\n\n"
        "## What was said\n\nNo.\n"
    )


def test_a_note_keeps_its_links_its_tags_and_its_blocks(desk: Desk) -> None:
    desk.put(VAULT)
    done = desk.take("obsidian", "Vault", "--as", "auto")
    assert done.code == 0
    assert desk.field(NOTE, "tags") == "[bridge, amer/old, towns/amer]"
    assert desk.field(NOTE, "aliases") == "[The old bridge]"
    body = desk.body(NOTE)
    link = "2020-02-12-bridge-closed-lorries"
    assert body.startswith(
        f"See [[{link}#What was said|the news]], [[{link}|Bridge closed]] and [[{link}|bridge CLOSED]].\n"
        "Nowhere and elsewhere; [[#Later|Later]], "
    )
    assert (
        "![](attachments/map.png){width=300} ![The map](attachments/map.png) "
        f"[[{link}|Bridge closed]] [report.pdf](attachments/report.pdf) sound.flac\n"
    ) in body
    assert "> [!NOTE] Why?\n> Because **of it**  `$a_b*c*$`.\n" in body
    assert "> Ada\n> \n> Words\n" in body
    assert "> [!CAUTION] Danger\n> Mind\n" in body
    assert f"| [[{link}\\|x]] | [y](../articles/{link}.md#What%20was%20said) |" in body
    assert "```dataview\nLIST [[x]] %%stays%%\n```\n\n- ☐ to do\n- ☑ done\n" in body
    assert "secret" not in body
    assert "hidden" not in body
    assert "```\n$$\nE = m_c^2\n$$\n```" in body
    assert "Text[^inline-1] under `[[code]]` gone open \\@nobody \\\nnew\n" in body
    assert body.endswith("[^inline-1]: an inline note")
    assert desk.new["notes/attachments/map.png"] == "a map"
    assert desk.new["notes/2021-03-04.md"] == "---\ntitle: 2021-03-04\ndate: 2021-03-04\n---\n\nJust words.\n"


def test_what_has_no_place_is_told_with_its_line(desk: Desk) -> None:
    desk.put(VAULT)
    told = desk.take("obsidian", "Vault", "--as", "auto").told
    for said in (
        "Vault/Board.canvas: info[not-imported]: a canvas",
        "Vault/Bridge history.md:6:1: info[left-field]: 'rating' has no place here",
        "Vault/Bridge history.md:10:47: warning[left-markup]: a link to a block: leads to its note",
        "Vault/Bridge history.md:11:1: warning[left-link]: 'Nowhere' is not among what is imported, "
        "so that the link's words are text (2 times)",
        "Vault/Clippings/Bridge closed.md:14:58: warning[left-markup]: a picture on another site: shows as",
        "Vault/Bridge history.md:13:43: warning[left-markup]: an embedded note: became a link",
        "Vault/Bridge history.md:13:78: warning[left-link]: 'sound.flac'",
        "Vault/Bridge history.md:15:1: warning[left-markup]: a callout that folds: stands open",
        "Vault/Bridge history.md:16:11: warning[left-markup]: a highlight: became bold",
        "Vault/Bridge history.md:16:21: warning[left-markup]: a comment: is left out (2 times)",
        "Vault/Bridge history.md:28:1: warning[left-markup]: a block of dataview: stays as code",
        "Vault/Bridge history.md:44:23: warning[left-markup]: <u>: its text stays",
        "Vault/Bridge history.md:44:68: warning[left-link]: 'obsidian://open?vault=x' can't be linked to",
        "Vault/Bridge history.md:44:96: warning[left-markup]: no article 'nobody', so that it is text",
    ):
        assert said in told


def test_all_can_be_articles_or_notes(desk: Desk) -> None:
    desk.put(VAULT)
    os.utime(desk.around / "Vault/Clippings/Bridge closed.md")
    desk.take("obsidian", "Vault")
    assert sorted(path for path in desk.new if path.endswith(".md")) == [
        "articles/2020-02-12-bridge-closed-lorries.md",
        "articles/2021-01-02-bridge-history.md",
        "articles/2021-03-04.md",
    ]


def test_a_note_without_a_date_has_that_of_its_file(desk: Desk) -> None:
    desk.put({"V/Undated.md": "Words.\n", "V/Other.md": "See [[Undated]]."})
    for name in ("Undated", "Other"):
        os.utime(desk.around / f"V/{name}.md", (1581465600, 1581465600))
    done = desk.take("obsidian", "V", "--as", "notes")
    assert desk.field("notes/2020-02-12-undated.md", "date") == "2020-02-12"
    assert "V/Undated.md:1:1: info[date-guessed]" in done.told
    assert desk.body("notes/2020-02-12-other.md") == "See [[2020-02-12-undated|Undated]]."


def test_a_vault_can_be_imported_again(desk: Desk) -> None:
    desk.put(VAULT)
    desk.take("obsidian", "Vault", "--as", "auto")
    desk.put({"Vault/New.md": "---\ndate: 2021-05-06\n---\nSee [[Bridge history]].\n"})
    done = desk.take("obsidian", "Vault", "--as", "auto")
    assert "4 items read: 1 written, 3 on file already" in done.out
    assert desk.body("notes/2021-05-06-new.md") == "See [[2021-01-02-bridge-history|Bridge history]]."


def test_links_to_drafts_are_words_and_names_that_are_taken_get_numbers(desk: Desk) -> None:
    desk.put(
        {
            "V/Plan.md": "---\ndraft: true\n---\nSecret.\n",
            "V/a/Index.md": "To [[Plan]], [[b/Index]] and [[Index]].\n",
            "V/b/Index.md": "Other.\n",
        }
    )
    done = desk.take("obsidian", "V")
    assert desk.body(_named(desk, "To ")) == (
        f"To Plan, [[{_id(desk, 'Other.')}|Index]] and [[{_id(desk, 'To ')}|Index]]."
    )
    assert "'Plan' is not among what is imported" in done.told
    assert len(desk.new) == 3
    desk.put({"V/c.md": "[[a/Index]] [[b/Index]]"})
    assert "4 items read: 1 written, 3 on file already" in desk.take("obsidian", "V").out
    assert desk.body("articles/c.md") == (f"[[{_id(desk, 'To ')}|Index]] [[{_id(desk, 'Other.')}|Index]]")


def _named(desk: Desk, text: str) -> str:
    return next(path for path in desk.new if desk.body(path).startswith(text))


def _id(desk: Desk, text: str) -> str:
    return _named(desk, text).rpartition("/")[2].removesuffix(".md")


def test_templates_are_no_notes(desk: Desk) -> None:
    settings = '{"folder": "Templates/daily"}'
    desk.put(
        {
            "V/.obsidian/templates.json": settings,
            "V/Templates/daily/Day.md": "# {{title}}\n",
            "V/A.md": "A.\n",
        }
    )
    done = desk.take("obsidian", "V")
    assert list(desk.new) == ["articles/a.md"]
    assert "V/Templates/daily/Day.md: info[not-imported]: it is a template" in done.told
    assert "1 article without an address: your own writing comes in with --as notes" in done.out


def test_properties_that_dossier_has_as_well_are_carried_over(desk: Desk) -> None:
    fields = (
        "people: ['[[Ada]]', Bo]\norganizations: Council\nplaces: [Amerstadt]\ntopics: [Bridge, Ferries]\n"
    )
    desk.put({"V/A.md": f"---\nurl: https://amer.example/a\n{fields}---\nA.\n"})
    done = desk.take("obsidian", "V")
    assert desk.field("articles/a.md", "people") == "[Ada, Bo]"
    assert desk.field("articles/a.md", "organizations") == "[Council]"
    assert desk.field("articles/a.md", "places") == "[Amerstadt]"
    assert desk.field("articles/a.md", "topics") == "[bridges]"
    assert desk.field("articles/a.md", "tags") == "[Ferries]"
    assert done.codes == []


def test_names_are_found_in_either_form_of_their_letters(desk: Desk) -> None:
    composed, apart = "Br\u00fccke", "Bru\u0308cke"
    desk.put(
        {f"V/{apart}.md": "Text.\n", f"V/{apart}.png": b"x", "V/A.md": f"[[{composed}]] ![[{composed}.png]]"}
    )
    desk.take("obsidian", "V")
    assert desk.body("articles/a.md") == f"[[brücke|{composed}]] ![](attachments/brücke.png)"
