"""One session of an editor after another, each through what somebody who writes would do."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.cli.running import run
from tests.lsp.editor import Editor, edit

SITE = {
    "site.yaml": "title: A dossier\n",
    "content/articles/nato-expands.md": """\
---
title: NATO *expands* its mission
source: nato
date: 2020-02-12
topics: [mission]
people: [Jens Stoltenberg]
excerpts:
  - text: We stay as long as we are welcome.
    speaker: jens-stoltenberg
---
Ministers agreed.
""",
    "content/articles/arabic.md": "---\ntitle: الناتو 𝒳 يوسع\ndate: 2020-02-13\ntopics: [mission]\n---\nنص\n",
    "content/topics/mission.md": "---\ntitle: The mission\n---\nWhat it is.\n\n## How it began\n\nSo.\n",
    "content/notes/welcome.md": """\
---
title: Are they welcome?
date: 2020-03-01
topics: [mission]
---
NATO stays “as long as we are welcome” [@nato-expands].
See [[mission#how-it-began]] and [[Jens Stoltenberg]].
""",
    "content/claims/more-troops.md": """\
---
statement: There are more troops
evidence:
  - article: nato-expands
    stance: supports
---
""",
    "content/people.yaml": "jens-stoltenberg:\n  name: Jens Stoltenberg\n  role: Secretary General\n",
    "content/sources.yaml": "nato:\n  name: NATO\n",
}
NOTE = "---\ntitle: N\ndate: 2020-03-02\n---\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small dossier without mistakes."""
    for path, text in SITE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def told_by_check(site: Path, capsys: pytest.CaptureFixture[str]) -> set[tuple[str, int, int, str, str]]:
    """What `dossier check` says: path, line, column, code, message with hint."""
    run(["--site", str(site), "check", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    return {
        (
            f["path"],
            max(f["line"], 1),  # Of what is wrong with a whole file, its beginning.
            max(f["column"], 1),
            f["code"],
            f["message"] + (f"\nhint: {f['hint']}" if f["hint"] else ""),
        )
        for f in found
    }


def told_to(editor: Editor) -> set[tuple[str, int, int, str, str]]:
    return {
        (editor.path(uri), f.range.start.line + 1, f.range.start.character + 1, str(f.code), f.message)
        for uri, findings in editor.client.diagnostics.items()
        for f in findings
    }


def test_what_is_wrong_is_told_while_one_types(site: Path) -> None:
    async def session(editor: Editor) -> None:
        await editor.ready()
        note = "content/notes/welcome.md"
        editor.open(note)
        text = SITE[note].replace("@nato-expands", "@nato-expand").replace("[mission]", "[misson]")
        editor.type(note, text)
        await editor.until(lambda: "unknown-citation" in editor.codes(note))
        topic, cited = editor.findings(note)
        assert (topic.code, topic.range.start.line, topic.range.start.character) == ("unknown-topic", 3, 9)
        assert topic.message.startswith("no topic 'misson'\nhint: did you mean 'mission'?")
        assert cited.range.end.character - cited.range.start.character == len("nato-expand")
        editor.type(note, SITE[note])
        await editor.until(lambda: editor.codes(note) == [])
        editor.type(note, SITE[note].replace("as long as we are welcome", "as long as we like"))
        await editor.until(lambda: editor.codes(note) == ["quotation-differs"])
        # The article is mended, not the note: what hangs on a file is told where it shows.
        article = "content/articles/nato-expands.md"
        editor.open(article)
        editor.type(article, SITE[article].replace("as long as we are welcome", "as long as we like"))
        await editor.until(lambda: editor.codes(note) == [])
        editor.close(article)
        await editor.until(lambda: editor.codes(note) == ["quotation-differs"])

    edit(site, session)


def test_places_are_counted_as_the_protocol_counts_them(site: Path) -> None:
    note = "content/notes/n.md"

    async def session(editor: Editor) -> None:
        await editor.ready()
        editor.open(note, NOTE + "𝒳𝒴 قال الناتو [@nobody] 𝒵 [@nato-exp‸ands]\n")
        await editor.until(lambda: "unknown-citation" in editor.codes(note))
        (finding,) = (f for f in editor.findings(note) if f.code == "unknown-citation")
        before = "𝒳𝒴 قال الناتو [@"
        assert finding.range.start.character == len(before) + 2
        assert "expands" in await editor.hover(note)
        assert await editor.definition(note) == ("content/articles/nato-expands.md", 1, 7)
        assert await editor.rename(note, "nato-grows") is not None

    (site / note).write_text(NOTE + "𝒳𝒴 قال الناتو [@nobody] 𝒵 [@nato-expands]\n", encoding="utf-8")
    edit(site, session)
    assert (site / note).read_text(encoding="utf-8") == NOTE + "𝒳𝒴 قال الناتو [@nobody] 𝒵 [@nato-grows]\n"


@pytest.mark.slow
def test_it_says_what_check_says_of_the_whole_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mistakes = {
        "content/articles/wrong.md": (
            "---\ntitle: Wrong\ndate: 12/02/2020\nkind: nws\ntopics: [nothing]\n---\n[x](y.md)\n"
        ),
        "content/articles/alone.md": (
            "---\ntitle: Alone\ndate: 2020-02-14\nallow: {orphan-article: It will be used.}\n---\nA\n"
        ),
        "content/notes/draft.md": NOTE.replace("title", "draft: true\ntitle") + "[@nobody]\n",
        "content/places.yaml": "baghdad:\n  nam: Baghdad\n",
        "content/README.md": "x",
    }
    for path, text in mistakes.items():
        (site / path).write_text(text, encoding="utf-8")
    expected = told_by_check(site, capsys)
    assert len({code for _, _, _, code, _ in expected}) > 6

    async def session(editor: Editor) -> None:
        await editor.ready()
        with contextlib.suppress(AssertionError):
            await editor.until(lambda: expected <= told_to(editor))
        assert expected - told_to(editor) == set()
        # Of drafts, which stay out of the site, it tells more than a check does without --drafts.
        assert {(path, code) for path, _, _, code, _ in told_to(editor) - expected} == {
            ("content/notes/draft.md", "unknown-citation")
        }

    edit(site, session)


def test_ids_are_offered_in_links_and_citations(site: Path) -> None:
    note = "content/notes/n.md"

    async def session(editor: Editor) -> None:
        await editor.ready()
        editor.open(note, NOTE + "[@‸\n")
        assert await editor.labels(note) == ["arabic", "nato-expands"]
        editor.type(note, NOTE + "[see @mis‸sion]\n")  # Found by its title.
        assert await editor.labels(note) == ["nato-expands"]
        editor.type(note, NOTE + "He said @nat‸ that\n")
        (item,) = await editor.offered(note)
        assert item.text_edit is not None
        assert (item.text_edit.new_text, item.detail) == ("nato-expands", "NATO *expands* its mission")
        editor.type(note, NOTE + "[[sto‸\n")
        (person,) = await editor.offered(note)
        assert person.text_edit is not None
        assert person.text_edit.new_text == "jens-stoltenberg]]"
        editor.type(note, NOTE + "[[mission#‸]]\n")
        assert await editor.labels(note) == ["how-it-began"]
        editor.type(note, NOTE + "[[الناتو‸]]\n")
        assert await editor.labels(note) == ["arabic"]
        editor.type(note, NOTE + "Nothing here, at an@address.org‸\n")
        assert await editor.labels(note) == []

    edit(site, session)


def test_front_matter_is_completed(site: Path) -> None:
    article = "content/articles/new.md"

    async def session(editor: Editor) -> None:
        await editor.ready()
        editor.open(article, "---\ntitle: T\n‸\n---\n")
        offered = await editor.offered(article)
        assert {"date", "source", "kind"} <= {item.label for item in offered}
        assert "title" not in {item.label for item in offered}
        (rights,) = (item for item in offered if item.label == "rights")
        assert str(rights.documentation).startswith("What may be published of the text")
        for typed, wanted in (
            ("topics: [‸", ["mission"]),
            ("topics:\n  - mis‸", ["mission"]),
            ("people: [Jens‸", ["jens-stoltenberg"]),
            ("source: NA‸", ["nato"]),
            ("rights: ‸", ["full", "excerpt", "reference"]),
            ("draft: ‸", ["true", "false"]),
            ("events:\n  - date: 2020\n    articles: [exp‸", ["nato-expands"]),
            ("events:\n  - {date: 2020, places: [], articles: [a, exp‸", ["nato-expands"]),
            (
                "events:\n  - {date: 2020, places: [], title: T, a‸",
                ["end", "summary", "people", "organizations", "articles"],
            ),
            ("excerpts:\n  - text: T\n    ‸", ["speaker", "role", "locator"]),
            ("allow:\n  orphan-a‸", None),
        ):
            editor.type(article, f"---\ntitle: T\n{typed}\n---\n")
            labels = await editor.labels(article)
            assert "orphan-article" in labels if wanted is None else labels == wanted, typed
        editor.open("content/people.yaml", "a:\n  name: A\n  ‸\n")
        assert await editor.labels("content/people.yaml") == [
            "aliases",
            "description",
            "links",
            "allow",
            "role",
        ]
        editor.open("site.yaml", "title: A\nchanges: ‸\n")
        assert await editor.labels("site.yaml") == ["git", "dates", "off"]

    edit(site, session)


def test_what_is_named_is_told_and_found(site: Path) -> None:
    async def session(editor: Editor) -> None:
        await editor.ready()
        note = "content/notes/welcome.md"
        editor.open(note, SITE[note].replace("@nato-expands", "@nato-‸expands"))
        told = await editor.hover(note)
        assert told.startswith("**NATO \\*expands\\* its mission**")
        assert "article · NATO · 2020-02-12" in told
        assert "“We stay as long as we are welcome.” (jens-stoltenberg)" in told
        editor.type(note, SITE[note].replace("[[Jens", "[[J‸ens"))
        assert "Secretary General" in await editor.hover(note)
        assert await editor.definition(note) == ("content/people.yaml", 0, 0)
        editor.type(note, SITE[note].replace("#how", "#h‸ow"))
        assert await editor.definition(note) == ("content/topics/mission.md", 5, 3)
        editor.type(note, SITE[note].replace("[mission]", "[mis‸sion]"))
        assert await editor.definition(note) == ("content/topics/mission.md", 1, 7)
        editor.type(note, SITE[note].replace("topics:", "to‸pics:"))
        assert await editor.hover(note) == "Ids of topics: `[nato-iraq-mission, us-force-posture]`"
        claim = "content/claims/more-troops.md"
        editor.open(claim, SITE[claim].replace("article: nato", "article: na‸to"))
        assert await editor.definition(claim) == ("content/articles/nato-expands.md", 1, 7)

    edit(site, session)


@pytest.mark.slow
def test_headings_and_entries_are_listed(site: Path) -> None:
    from lsprotocol import types as lsp

    async def session(editor: Editor) -> None:
        topic = editor.open(
            "content/topics/mission.md", "---\ntitle: T\n---\n## A\n### B\n```\n## no\n```\n## C\n"
        )
        people = editor.open("content/people.yaml")
        found = await editor.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(topic))
        assert [(s.name, [c.name for c in s.children or ()]) for s in found or ()] == [
            ("A", ["B"]),
            ("C", []),
        ]  # type: ignore[union-attr]
        found = await editor.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(people))
        assert [symbol.name for symbol in found or ()] == ["Jens Stoltenberg"]

    edit(site, session)


def test_an_id_is_renamed_everywhere(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content/notes/links.md").write_text(
        NOTE + "[x](../articles/nato-expands.md), [[nato-expands|this]], [[articles/nato-expands]]; 𝒳 "
        "@nato-expands\n"
    )
    before = told_by_check(site, capsys)

    async def session(editor: Editor) -> dict[str, str]:
        await editor.ready()
        note = "content/notes/welcome.md"
        editor.open(note, SITE[note].replace("@nato-expands", "@nato-‸expands"))
        return await editor.rename(note, "nato-grows")

    changed = edit(site, session)
    assert set(changed) == {
        "content/articles/nato-grows.md",
        "content/notes/welcome.md",
        "content/notes/links.md",
        "content/claims/more-troops.md",
    }
    assert changed["content/notes/links.md"] == (
        NOTE + "[x](../articles/nato-grows.md), [[nato-grows|this]], [[articles/nato-grows]]; 𝒳 @nato-grows\n"
    )
    assert "article: nato-grows" in changed["content/claims/more-troops.md"]
    assert not (site / "content/articles/nato-expands.md").exists()
    after = told_by_check(site, capsys)
    assert {(code, line) for _, line, _, code, _ in after} == {(code, line) for _, line, _, code, _ in before}


@pytest.mark.slow
def test_an_entry_of_a_register_is_renamed_everywhere(site: Path) -> None:
    note = "content/notes/welcome.md"

    async def session(editor: Editor) -> dict[str, str]:
        await editor.ready()
        editor.open("content/people.yaml", "jens-‸stoltenberg:\n  name: Jens Stoltenberg\n")
        return await editor.rename("content/people.yaml", "stoltenberg")

    (site / note).write_text(SITE[note].replace("[[Jens Stoltenberg]]", "[[people/jens-stoltenberg]]"))
    changed = edit(site, session)
    assert changed["content/people.yaml"].startswith("stoltenberg:\n")
    assert "speaker: stoltenberg" in changed["content/articles/nato-expands.md"]
    assert (
        "people: [Jens Stoltenberg]" in changed["content/articles/nato-expands.md"]
    )  # A name leads there still.
    assert "[[people/stoltenberg]]" in changed[note]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("arabic", "the id 'arabic' is taken"),
        ("two words", "can't be an id"),
        ("con", "is a reserved name"),
    ],
)
def test_an_id_that_cant_be_is_refused(site: Path, new: str, told: str) -> None:
    async def session(editor: Editor) -> None:
        await editor.ready()
        note = "content/notes/welcome.md"
        editor.open(note, SITE[note].replace("@nato-expands", "@nato-‸expands"))
        with pytest.raises(Exception, match=told):
            await editor.rename(note, new)

    edit(site, session)


@pytest.mark.slow
def test_what_others_change_on_the_disk_is_seen(site: Path) -> None:
    async def session(editor: Editor) -> None:
        await editor.ready()
        note = "content/notes/n.md"
        editor.open(note, NOTE + "[@newly-clipped]\n")
        await editor.until(lambda: "unknown-citation" in editor.codes(note))
        editor.write("content/articles/newly-clipped.md", "---\ntitle: New\ndate: 2020-03-01\n---\nA\n")
        editor.tell_of("content/articles/newly-clipped.md")
        await editor.until(lambda: "unknown-citation" not in editor.codes(note))
        (editor.site / "content/articles/newly-clipped.md").unlink()
        editor.save("content/notes/n.md", NOTE + "[@newly-clipped]\n")
        await editor.until(lambda: "unknown-citation" in editor.codes(note))

    edit(site, session)


BROKEN: list[Callable[[str], str]] = [
    lambda text: "",
    lambda text: "---\n",
    lambda text: "---\ntitle: [\n",
    lambda text: text[: len(text) // 2],
    lambda text: "\ud800\x00\ufeff---\r\ntitle: \t{\r---\n[[[[[@@@ [@[[\u2028]]",
    lambda text: "---\na: &x [*x]\n---\n" + "[[" * 500 + "> " * 500,
    lambda text: "﻿" + text,
]


@pytest.mark.slow
def test_broken_texts_and_places_that_arent_there_stop_nothing(site: Path, tmp_path: Path) -> None:
    from lsprotocol import types as lsp

    async def session(editor: Editor) -> None:
        await editor.ready()
        note = "content/notes/welcome.md"
        document = editor.open(note)
        for broken in BROKEN:
            text = broken(SITE[note])
            editor.type(note, text.replace("\ud800", "\ufffd"))
            for place in (
                lsp.Position(0, 0),
                lsp.Position(1, 5),
                lsp.Position(4, 999),
                lsp.Position(99_999, 7),
            ):
                editor.cursor = place
                await editor.offered(note)
                await editor.hover(note)
                await editor.definition(note)
            await editor.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
            await editor.client.text_document_prepare_rename_async(
                lsp.PrepareRenameParams(document, editor.cursor)
            )
        editor.type(note, SITE[note])
        await editor.until(lambda: editor.codes(note) == [])
        assert "mistake in dossier" not in editor.said()

    edit(site, session)


@pytest.mark.slow
def test_files_of_no_site_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()

    async def session(editor: Editor) -> None:
        editor.open("elsewhere/readme.md", "# [[Nothing‸]]\n")
        assert await editor.labels("elsewhere/readme.md") == []
        assert await editor.hover("elsewhere/readme.md") == ""
        await editor.until(lambda: "there is no site.yaml here or above" in editor.said())
        # A site begins there while the editor is open.
        editor.write("site.yaml", "title: T\n")
        editor.open("content/notes/n.md", NOTE + "[@nobody]\n")
        await editor.until(lambda: "unknown-citation" in editor.codes("content/notes/n.md"))

    edit(tmp_path, session)


@pytest.mark.slow
def test_a_site_is_named_to_an_editor_that_renames_no_files(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Emacs 29, begun in another folder."""

    async def session(editor: Editor) -> None:
        await editor.ready()
        note = "content/notes/welcome.md"
        editor.open(note, SITE[note].replace("@nato-expands", "@nato-‸expands"))
        assert "expands" in await editor.hover(note)
        with pytest.raises(Exception, match=r"rename content/articles/nato-expands\.md yourself"):
            await editor.rename(note, "nato-grows")
        editor.open("content/people.yaml", "jens-‸stoltenberg:\n  name: Jens Stoltenberg\n")
        assert "content/people.yaml" in await editor.rename("content/people.yaml", "stoltenberg")

    elsewhere = tmp_path_factory.mktemp("elsewhere")
    edit(site, session, arguments=["--site", str(site)], like="emacs", folder=elsewhere)


@pytest.mark.slow
def test_neovim_renames_too(site: Path) -> None:
    async def session(editor: Editor) -> dict[str, str]:
        await editor.ready()
        note = "content/notes/welcome.md"
        editor.open(note, SITE[note].replace("@nato-expands", "@nato-‸expands"))
        return await editor.rename(note, "nato-grows")

    assert "content/articles/nato-grows.md" in edit(site, session, like="neovim")


def test_it_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert run(["lsp"]) == 1
    assert "pip install 'dossier-site[lsp]'" in capsys.readouterr().err
