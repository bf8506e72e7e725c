"""An edit of an article reaches whoever quotes it, where a quotation stands otherwise after it."""

import contextlib
from pathlib import Path

import pytest

from dossier.memo import Memo
from tests.engine.site import Site

NOTE = "---\ntitle: Note\ndate: 2021-01-01\ntopics: [t]\n---\n"
QUOTING = f"{NOTE}He said “we will not leave” [@a], and [@b].\n"
ARTICLE = "---\ntitle: First\ndate: 2020-01-02\nsummary: It says so.\nrights: full\ntopics: [t]\n---\n"
SAID = f"{ARTICLE}As he said, we will not leave.\n"
OTHER = f"{ARTICLE}As he said, we will leave.\n"
LOWERED = "findings: {quotation-differs: warning, quotation-speaker: warning}\n"


@pytest.fixture
def quoting(site: Site) -> Site:
    """The small site, whose note quotes an article."""
    site.write(
        {
            "content/notes/n.md": QUOTING,
            "content/articles/a.md": SAID,
            "site.yaml": site.read("site.yaml") + LOWERED,
            **{f"content/articles/x{n}.md": f"---\ntitle: X {n}\n---\nText.\n" for n in range(30)},
        }
    )
    return site


def state(site: Site) -> str:
    """How the note's quotation stands, as its page says."""
    page = site.read("public/notes/n.html")
    return next(
        name for name in ("verified", "differs", "unverifiable", "misattributed") if f"check {name}" in page
    )


def test_the_mark_follows_the_text_there_and_back(quoting: Site, tmp_path: Path) -> None:
    assert quoting.build().diagnostics == ()
    assert state(quoting) == "verified"
    for number, (text, expected) in enumerate([(OTHER, "differs"), (SAID, "verified"), (OTHER, "differs")]):
        quoting.write({"content/articles/a.md": text})
        result = quoting.build()
        assert state(quoting) == expected
        assert [finding.code for finding in result.diagnostics] == ["quotation-differs"] * (
            expected == "differs"
        )
        assert quoting.tree() == quoting.clean(tmp_path / f"clean-{number}")
        assert 0 < result.rendered < 10


def test_an_edit_after_which_all_stands_as_before_renders_the_article_alone(
    quoting: Site, tmp_path: Path
) -> None:
    quoting.build()
    quoting.write({"content/articles/a.md": SAID + "\nMore text.\n"})
    result = quoting.build()
    assert result.changed == ("articles/a.html",)
    quoting.write({"content/articles/a.md": f"{ARTICLE}It was late.\n\nHe said that *we will not leave*.\n"})
    assert quoting.build().changed == ("articles/a.html",)
    assert '<em><mark class="quoted"' in quoting.read("public/articles/a.html")
    assert quoting.tree() == quoting.clean(tmp_path / "clean")


def test_a_quotation_that_comes_and_goes_is_followed(quoting: Site, tmp_path: Path) -> None:
    edits = [
        {"content/notes/n.md": QUOTING.replace("not leave", "leave")},
        {"content/articles/a.md": OTHER},
        {"content/notes/n.md": QUOTING.replace("“we will not leave” ", "")},
        {"content/articles/a.md": SAID},
        {"content/notes/n.md": QUOTING},
        {"content/articles/a.md": SAID.replace("rights: full", "rights: excerpt")},
        {"content/articles/a.md": SAID.replace("title:", "text: summary\ntitle:")},
        {"content/articles/a.md": SAID.replace("title:", "excerpts: [{text: we will not leave}]\ntitle:")},
        {"content/notes/n.md": QUOTING.replace("“we", "(Ada, “we").replace("[@a]", "[@a])")},
        {
            "content/articles/a.md": SAID.replace(
                "title:", "excerpts: [{text: we will not leave, speaker: Ada Lovelace}]\ntitle:"
            )
        },
        {"content/people.yaml": "ada: {name: Ada Byron, aliases: [Ada]}\nlovelace: {name: Ada Lovelace}\n"},
        {"content/notes/n.md": QUOTING.replace("title:", "draft: true\ntitle:")},
        {"content/articles/a.md": SAID.replace("title:", "draft: true\ntitle:")},
    ]
    quoting.build()
    for number, edit in enumerate(edits):
        quoting.write(edit)
        with contextlib.suppress(StopIteration):
            quoting.build()
        assert quoting.tree() == quoting.clean(tmp_path / f"clean-{number}")


def test_an_article_that_is_replaced_by_another_of_its_id(quoting: Site, tmp_path: Path) -> None:
    quoting.build()
    (quoting.folder / "content/articles/a.md").unlink()
    quoting.write({"content/articles/2020/a.md": OTHER})
    quoting.build()
    assert state(quoting) == "differs"
    assert quoting.tree() == quoting.clean(tmp_path / "clean")


def test_a_build_with_errors_forgets_nothing(site: Site, tmp_path: Path) -> None:
    site.write({"content/notes/n.md": QUOTING, "content/articles/a.md": SAID})
    site.build()
    before = site.tree()
    site.write({"content/articles/a.md": OTHER})
    for _ in range(2):
        assert [finding.code for finding in site.build().diagnostics] == ["quotation-differs"]
        assert site.tree() == before
    site.write({"content/articles/a.md": SAID + "\nMore.\n"})
    assert site.build().diagnostics == ()
    assert site.tree() == site.clean(tmp_path / "clean")


def test_what_is_kept_of_quotations_may_be_lost(
    quoting: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    quoting.build()
    get = Memo.get
    monkeypatch.setattr(Memo, "get", lambda memo, table, key: get(memo, table, key) if key else None)
    quoting.write({"content/articles/a.md": OTHER})
    quoting.build()
    assert state(quoting) == "differs"
    monkeypatch.setattr(
        Memo, "get", lambda memo, table, key: get(memo, table, key) if table != "quotations" else None
    )
    quoting.write({"content/articles/a.md": SAID})
    quoting.build()
    assert quoting.tree() == quoting.clean(tmp_path / "clean")


def test_verify_finds_them_as_they_are(quoting: Site) -> None:
    quoting.build()
    quoting.write({"content/articles/a.md": OTHER})
    quoting.build()
    assert quoting.build(verify=True).diagnostics != ()


def test_many_are_held_in_several_processes(quoting: Site, tmp_path: Path) -> None:
    articles = {f"content/articles/x{n}.md": f"---\ntitle: X {n}\n---\nText {n}.\n" for n in range(60)}
    quoted = " ".join(f"“Text {n}” [@x{n}]" for n in range(60))
    quoting.write({**articles, "content/notes/many.md": f"{NOTE}{quoted}\n"})
    assert quoting.build(jobs=3).diagnostics == ()
    assert quoting.read("public/notes/many.html").count("check verified") == 60
    assert quoting.tree() == quoting.clean(tmp_path / "clean")
