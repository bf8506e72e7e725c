"""Cards for links to topics and notes: drawn at build time, where they can be drawn right."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from dossier.build import picturing
from dossier.pictures import cards
from dossier.walking import bundled_themes
from tests.engine.site import Site

FILES: dict[str, str | bytes] = {
    "site.yaml": "title: The File\nurl: https://example.org/file/\nsocial_cards: true\nchanges: dates\n",
    "content/topics/t.md": "---\ntitle: The topic\nsummary: S.\n---\nText.\n",
    "content/notes/n.md": "---\ntitle: The note\ndate: 2020-01-01\ntopics: [t]\nauthors: [Ada]\n---\nText.\n",
    "content/articles/a.md": "---\ntitle: A\ndate: 2020-01-01\ntopics: [t]\n---\n",
}
ARABIC = "مهمة الناتو في العراق"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site")
    made.write(FILES)
    return made


def fonts() -> dict[str, bytes]:
    folder = Path(bundled_themes() or "") / "briefing/assets/fonts"
    return {name: (folder / name).read_bytes() for name in cards.font_files()}


def test_topics_and_notes_have_cards(site: Site) -> None:
    assert site.build().diagnostics == ()
    for path, title in (("topics/t", "The topic"), ("notes/n", "The note")):
        page = site.read(f"public/{path}.html")
        assert f'<meta property="og:image" content="https://example.org/file/cards/{path}.png">' in page
        assert f'<meta property="og:image:alt" content="{title}">' in page
        assert '<meta name="twitter:card" content="summary_large_image">' in page
        with Image.open(site.output / f"cards/{path}.png") as card:
            assert (card.format, card.size) == ("PNG", (1200, 630))
        assert (site.output / f"cards/{path}.png").stat().st_size < 60_000
    assert "og:image" not in site.read("public/articles/a.html")
    assert "og:image" not in site.read("public/index.html")


def test_a_site_has_none_unless_it_asks_for_them(site: Site) -> None:
    site.write({"site.yaml": "title: The File\nurl: https://example.org/\n"})
    site.build()
    assert not (site.output / "cards").exists()
    assert '<meta name="twitter:card" content="summary">' in site.read("public/notes/n.html")


def test_a_title_in_other_letters_has_no_card_rather_than_a_broken_one(site: Site) -> None:
    site.write({"content/notes/n.md": f"---\ntitle: {ARABIC}\ndate: 2020-01-01\n---\n"})
    assert site.build().diagnostics == ()
    assert "og:image" not in site.read("public/notes/n.html")
    assert sorted(path for path in site.tree() if path.startswith("cards/")) == ["cards/topics/t.png"]


def test_titles_of_any_length_stay_within_the_card() -> None:
    for title in ("Word", "Łódź, Győr – “naïve”", "Several words " * 30, "W" * 120):
        data = cards.drawn(
            cards.SocialCard("cards/x.png", "The File", "Note", title, "Ada · 1 January 2020"), fonts()
        )
        with Image.open(BytesIO(data)) as opened:
            card = opened.convert("L")
        assert card.crop((0, 540, 72, 630)).getextrema() == (255, 255)  # nothing in the margin
        assert card.crop((72, 500, 1128, 516)).getextrema()[0] > 250  # nor from the title on the line below
        assert card.crop((72, 140, 1128, 500)).getextrema()[0] < 60


def test_a_card_is_drawn_anew_when_what_it_says_changes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build()
    site.write({"content/notes/n.md": str(FILES["content/notes/n.md"]).replace("Text", "Other text")})
    assert not any(path.startswith("cards/") for path in site.build().changed)
    site.write({"content/notes/n.md": str(FILES["content/notes/n.md"]).replace("The note", "Other")})
    assert [path for path in site.build().changed if path.startswith("cards/")] == ["cards/notes/n.png"]
    monkeypatch.setattr(cards, "drawn", lambda *_: pytest.fail("drawn again"))
    assert site.build().written == 0


@pytest.mark.slow
def test_incremental_equals_clean(site: Site, tmp_path: Path) -> None:
    edits: list[dict[str, str | bytes]] = [
        {},
        {"content/notes/n.md": str(FILES["content/notes/n.md"]).replace("The note", "Other")},
        {"content/articles/b.md": "---\ntitle: B\ndate: 2021\ntopics: [t]\n---\n"},
        {"content/notes/n.md": f"---\ntitle: {ARABIC}\ndate: 2020-01-01\n---\n"},
        {"site.yaml": "title: Another\nurl: https://example.org/\nsocial_cards: true\nchanges: dates\n"},
        {"site.yaml": "title: Another\nurl: https://example.org/\nchanges: dates\n"},
    ]
    for number, edit in enumerate(edits):
        site.write(edit)
        site.build()
        assert site.tree() == site.clean(tmp_path / f"clean-{number}")
        assert not site.build(verify=True).failed


def test_what_is_lacking_is_said(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picturing.sizes, "available", lambda: False)
    assert [f.code for f in site.build().diagnostics] == ["images-missing"]
    site.write({"site.yaml": "title: The File\nsocial_cards: true\n"})
    assert [(f.code, f.hint) for f in site.build().diagnostics] == [
        ("cards-without-url", "write where the site will be: url: https://…")
    ]
    assert "og:image" not in site.read("public/notes/n.html")
