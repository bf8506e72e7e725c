"""A theme is put together from its own files and those of the themes it extends."""

import pytest

from dossier.diagnostics import DossierError, show
from dossier.theme import OPTIONAL_TEMPLATES, PAGE_TEMPLATES, load
from tests.theme.pages import briefing, briefing_files, rendered
from tests.theme.views import full


def mine(**files: str) -> dict[str, bytes]:
    """The bundled theme, and one of a site's own that extends it."""
    own = {"theme.yaml": "extends: briefing\n"} | files
    return {**briefing_files(), **{f"themes/mine/{path}": text.encode() for path, text in own.items()}}


def shown(caught: pytest.ExceptionInfo[DossierError]) -> str:
    return "\n".join(show(diagnostic) for diagnostic in caught.value.diagnostics)


def test_a_site_overrides_one_template() -> None:
    files = mine(**{"templates/topics.html": "{{ view.title }}, in my own way\n"})
    theme, findings = load("mine", files)
    assert findings == ()
    assert theme.chain == ("mine", "briefing")
    assert rendered("topics.html", full()["topics.html"], theme) == b"Topics, in my own way\n"
    assert rendered("404.html", full()["404.html"], theme) == rendered("404.html", full()["404.html"])


def test_a_site_overrides_one_partial() -> None:
    theme, _ = load("mine", mine(**{"templates/partials/footer.html": "<footer>Mine</footer>\n"}))
    assert b"<footer>Mine</footer>" in rendered("topic.html", full()["topic.html"], theme)


def test_a_template_can_extend_the_one_it_stands_in_for() -> None:
    source = '{% extends "briefing/topics.html" %}{% block main %}<p>First.</p>{{ super() }}{% endblock %}'
    theme, _ = load("mine", mine(**{"templates/topics.html": source}))
    page = rendered("topics.html", full()["topics.html"], theme).decode()
    assert "<p>First.</p>" in page
    assert "<h1>Topics</h1>" in page


def test_assets_lie_over_those_of_the_theme_beneath() -> None:
    theme, _ = load("mine", mine(**{"assets/briefing.css": "body {}", "assets/mine/logo.svg": "<svg/>"}))
    assert theme.assets["assets/briefing.css"] == b"body {}"
    assert theme.assets["assets/mine/logo.svg"] == b"<svg/>"
    assert theme.assets["assets/icon.svg"] == briefing().assets["assets/icon.svg"]


def test_hidden_files_and_leftovers_are_no_part_of_a_theme() -> None:
    theme, _ = load(
        "mine", mine(**{"templates/.topic.html.swp": "x", "assets/a.css~": "x", "assets/.DS_Store": "x"})
    )
    assert set(theme.assets) == set(briefing().assets)
    assert not any("swp" in name for name in theme.templates)


def test_the_digest_follows_the_templates_of_the_whole_chain_and_nothing_else() -> None:
    before = load("mine", mine())[0].digest
    assert load("mine", mine())[0].digest == before
    assert load("mine", mine(**{"assets/a.css": "x"}))[0].digest == before
    assert load("mine", mine(**{"templates/partials/row.html": "x"}))[0].digest != before
    changed = mine()
    changed["themes/briefing/templates/base.html"] += b"<!-- changed -->"
    assert load("mine", changed)[0].digest != before


def test_line_ends_and_byte_order_marks_change_nothing() -> None:
    windows = {
        path: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") if "/templates/" in path else data
        for path, data in briefing_files().items()
    }
    assert load("briefing", windows)[0].digest == briefing().digest


def test_an_unknown_theme_is_said_with_the_nearest() -> None:
    with pytest.raises(DossierError) as caught:
        load("breifing", briefing_files())
    assert shown(caught).splitlines()[0] == "site.yaml: error[unknown-theme]: no theme 'breifing'"
    assert "did you mean 'briefing'?" in shown(caught)


def test_an_unknown_theme_to_extend_is_said_at_its_place() -> None:
    with pytest.raises(DossierError) as caught:
        load("mine", mine(**{"theme.yaml": "# my theme\nextends: brefing\n"}))
    assert shown(caught).startswith("themes/mine/theme.yaml:2:10: error[unknown-theme]: no theme 'brefing'")


def test_themes_that_extend_each_other_are_refused() -> None:
    files = mine(**{"theme.yaml": "extends: other\n"}) | {"themes/other/theme.yaml": b"extends: mine\n"}
    with pytest.raises(DossierError) as caught:
        load("mine", files)
    expected = (
        "themes/other/theme.yaml:1:10: error[theme-cycle]: themes extend each other: mine → other → mine"
    )
    assert shown(caught).startswith(expected)


def test_a_theme_without_templates_says_which_are_missing_and_what_to_do() -> None:
    _, findings = load("mine", {"themes/mine/templates/home.html": b"x"})
    assert len(findings) == len(PAGE_TEMPLATES) - len(OPTIONAL_TEMPLATES) - 1
    assert findings[0].code == "missing-template"
    assert "extends: briefing" in findings[0].hint


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("extend: briefing\n", "themes/mine/theme.yaml:1:1: error[unknown-key]: unknown key 'extend'"),
        ("extends: [briefing]\n", "themes/mine/theme.yaml:1:10: error[wrong-type]: 'extends' must be a text"),
        ("extends: ../x\n", "themes/mine/theme.yaml:1:10: error[bad-value]: '../x' is no theme's name"),
    ],
)
def test_mistakes_in_theme_yaml(text: str, line: str) -> None:
    try:
        _, findings = load("mine", mine(**{"theme.yaml": text}))
    except DossierError as stop:
        findings = stop.diagnostics
    assert line in "\n".join(show(finding) for finding in findings)


def test_a_template_that_is_not_utf_8() -> None:
    _, findings = load("mine", mine() | {"themes/mine/templates/note.html": b"a\nb\xff"})
    assert [show(finding).splitlines()[0] for finding in findings] == [
        "themes/mine/templates/note.html:2:1: error[template-encoding]: the template is not UTF-8"
    ]
