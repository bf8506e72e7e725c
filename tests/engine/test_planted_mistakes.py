"""The check of builds against clean ones has teeth: with any part of a key forgotten, it fails."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dossier.build import documents, rendering
from dossier.build.documents import ENCODER
from dossier.views import ArticleView, Page, View
from tests.engine.site import Site, small_site

EDITS: dict[str, dict[str, str | bytes]] = {
    "a citing note": {"content/notes/o.md": "---\ntitle: Other\ndate: 2021-01-01\n---\n[@a]\n"},
    "a topic's title": {"content/topics/t.md": "---\ntitle: Another topic\n---\nOverview.\n"},
    "a body": {"content/topics/t.md": "---\ntitle: Topic\n---\n*Overview.*\n"},
    "a template": {"themes/plain/templates/all.txt": "new {{ view | string }}\n{{ body }}\n"},
    "a linked title": {"content/articles/b.md": "---\ntitle: Renamed\ntopics: [t]\n---\nText B.\n"},
}


def without(field: str) -> Callable[[Page], bytes]:
    """What a page shows, but for one field of article views."""

    def shown(page: Page) -> bytes:
        view = page.view
        if isinstance(view, ArticleView):
            view = msgspec.structs.replace(view, **{field: ()})
        return ENCODER.encode(msgspec.structs.replace(page, view=view, body=""))

    return shown


def without_site(page: Page) -> bytes:
    view = page.view
    parts = [
        getattr(view, name) for name in view.__struct_fields__ if name not in ("site", "topics", "title")
    ]
    return ENCODER.encode(parts if isinstance(view, View) else page)


def differs(site: Site, folder: Path, edit: str) -> bool:
    """Whether a build after an edit leaves anything else than a clean build."""
    site.build()
    site.write(EDITS[edit])
    site.build()
    return site.tree() != site.clean(folder)


@pytest.mark.parametrize("edit", EDITS)
def test_without_a_mistake_nothing_differs(site: Site, tmp_path: Path, edit: str) -> None:
    assert not differs(site, tmp_path / "clean", edit)


def test_a_view_field_that_is_left_out_of_the_digest_is_found(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "shown", without("mentions"))
    assert differs(site, tmp_path / "clean", "a citing note")


def test_what_all_pages_share_left_out_of_the_digest_is_found(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "shown", without_site)
    assert differs(site, tmp_path / "clean", "a topic's title")


@pytest.mark.parametrize(
    ("part", "edit"), [("view", "a citing note"), ("body", "a body"), ("theme", "a template")]
)
def test_a_part_that_is_left_out_of_the_key_is_found(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, edit: str
) -> None:
    whole, place = rendering.Maker.key, rendering.KEY_PARTS[part]

    def key(maker: rendering.Maker, row: rendering.Row) -> bytes:
        made = bytearray(whole(maker, row))
        made[place] = bytes(len(made[place]))
        return bytes(made)

    monkeypatch.setattr(rendering.Maker, "key", key)
    assert differs(site, tmp_path / "clean", edit)


def test_an_outline_that_forgets_a_field_is_found(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = documents.parsed

    def parsed(path: str, data: bytes) -> tuple[documents.Kept, bytes]:
        kept, segments = whole(path, data)
        return documents.Kept(b"the same for all", kept.body, kept.head), segments

    monkeypatch.setattr(documents, "parsed", parsed)
    assert differs(site, tmp_path / "clean", "a linked title")


def test_verify_finds_what_was_kept_and_is_no_longer_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build()
    assert site.build(verify=True).diagnostics == ()
    real = rendering.theme.render

    def other(*arguments: object) -> bytes:
        return real(*arguments) + b"<!-- another time -->"  # type: ignore[arg-type]

    monkeypatch.setattr(rendering.theme, "render", other)
    found = site.build(verify=True)
    assert found.failed
    assert {finding.code for finding in found.diagnostics} == {"not-reproducible"}


def test_verify_finds_the_same_whatever_order_sets_have(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    site.write({f"content/articles/x{n}.md": f"---\ntitle: X{n}\ntopics: [t]\n---\n" for n in range(20)})
    for seed in range(3):
        found = site.run("build", "--verify", PYTHONHASHSEED=str(seed))
        assert (found.returncode, found.stderr) == (0, "")
