"""Builds in one warm process, which look at little but what changed, come out as clean ones do."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from dossier.build import Result, build
from dossier.output import writer
from tests.engine.site import Site, small_site

ARTICLE, NOTE = "content/articles/a.md", "content/notes/n.md"
THEME = "themes/plain/templates/all.txt"


def again(site: Site, former: Result, *changed: str) -> Result:
    """The next build in the same process; told what changed, or left to look at everything."""
    warm = former.warm and replace(former.warm, changed=frozenset(changed) if changed else None)
    return build(site.options(), warm)


def edit(site: Site, path: str, old: str, new: str) -> None:
    text = site.read(path)
    assert old in text
    site.write({path: text.replace(old, new)})


def test_an_edit_is_built_by_looking_at_its_file_alone(site: Site, tmp_path: Path) -> None:
    former = build(site.options())
    edit(site, ARTICLE, "Text A.", "Text A, edited.")
    result = again(site, former, ARTICLE)
    assert "articles/a.html" in result.changed
    assert result.parsed == 1
    assert site.tree() == site.clean(tmp_path / "clean")


def test_what_was_read_while_another_file_was_wrong_is_not_forgotten(site: Site, tmp_path: Path) -> None:
    result = build(site.options())
    edit(site, NOTE, "[@a, p. 3]", "[@nobody]")
    result = again(site, result, NOTE)
    assert result.failed
    edit(site, ARTICLE, "Text A.", "Text A, edited meanwhile.")
    result = again(site, result, ARTICLE)
    assert result.failed
    edit(site, NOTE, "[@nobody]", "[@a, p. 3]")
    result = again(site, result, NOTE)
    assert not result.failed
    assert "edited meanwhile" in site.read("public/articles/a.html")
    assert site.tree() == site.clean(tmp_path / "clean")


def test_a_build_by_somebody_else_is_noticed(site: Site, tmp_path: Path) -> None:
    result = build(site.options())
    site.write({"content/notes/d.md": "---\ntitle: D\ndate: 2020-01-01\ndraft: true\n---\nDraft.\n"})
    site.build(drafts=True)
    edit(site, ARTICLE, "Text A.", "Text A, edited.")
    again(site, result, ARTICLE)
    assert site.tree() == site.clean(tmp_path / "clean")


def test_what_wasnt_kept_costs_time_and_nothing_else(site: Site, tmp_path: Path) -> None:
    result = build(site.options())
    for word in ("one", "two"):
        site.write({ARTICLE: site.read(ARTICLE) + f"And {word}.\n"})
        result = again(site, result, ARTICLE)
    site.build()
    assert site.tree() == site.clean(tmp_path / "clean")
    assert result.warm is not None
    result.warm.keep()
    site.build(verify=True)


def test_the_whole_tree_is_exchanged_after_a_first_build(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MANY", 0)
    result = build(site.options())
    before = site.output.stat().st_ino
    for word in ("one", "two"):
        site.write({THEME: word})
        result = again(site, result, THEME)
        assert not result.diagnostics
        assert site.output.stat().st_ino != before, "the tree was exchanged"
        assert site.tree() == site.clean(tmp_path / word)
    (site.folder / NOTE).unlink()  # Its folder goes, and is not missed by the next exchange.
    result = again(site, result, NOTE)
    site.write({THEME: "three"})
    result = again(site, result, THEME)
    assert not result.diagnostics
    assert site.tree() == site.clean(tmp_path / "three")


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_changes(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Edits, additions, deletions, renames, mistakes and new themes, as a watch would tell of them."""
    monkeypatch.setattr(writer, "MANY", 0 if seed % 2 else 500)  # Most changes at once, or file by file.
    chance = random.Random(seed)
    site = small_site(tmp_path / "site")
    result = build(site.options())
    for turn in range(12):
        changed = change(site, chance, turn)
        result = again(site, result, *(changed if chance.random() < 0.9 else ()))
        if not result.failed:
            assert site.tree() == site.clean(tmp_path / f"clean{turn}"), changed


def change(site: Site, chance: random.Random, turn: int) -> list[str]:
    """Change something; the paths that changed."""
    notes = sorted((site.folder / "content/notes").glob("*.md"))
    name = f"content/notes/extra{turn}.md"
    match chance.randrange(7):
        case 0:
            site.write({name: f"---\ntitle: T {turn}\ndate: 2020-01-01\ntopics: [t]\n---\nNew [@a].\n"})
            return [name]
        case 1 if len(notes) > 1:
            notes[0].unlink()
            return [str(notes[0].relative_to(site.folder))]
        case 2 if notes:
            target = notes[0].with_name(f"moved{turn}.md")
            notes[0].rename(target)
            return [str(path.relative_to(site.folder)) for path in (notes[0], target)]
        case 3:
            wrong = "[@nobody]" not in site.read(ARTICLE)
            broken = "---\ntitle: First\ntitel: x\n---\n" if wrong else "---\ntitle: First\n---\nText.\n"
            site.write({ARTICLE: broken + f"{turn}\n"})
            return [ARTICLE]
        case 4:
            site.write({THEME: "{{ view | string }} " + str(turn) + "\n{{ body }}\n"})
            return [THEME]
        case 5:
            site.write({ARTICLE: f"---\ntitle: First {turn}\ntopics: [t]\n---\nText {turn}.\n"})
            return [ARTICLE]
    site.write({ARTICLE: f"---\ntitle: First\n---\nText {turn}.\n", "content/articles/x.png": f"{turn}"})
    return [ARTICLE, "content/articles/x.png"]
