"""What is wrong in a template is said with its place and what to write instead, never with a traceback."""

import pytest

from dossier.diagnostics import DossierError, show
from dossier.theme import check, load
from tests.theme.pages import rendered
from tests.theme.test_loading import mine
from tests.theme.views import bare, full

TEMPLATE = "themes/mine/templates/topics.html"

RENDERED = [
    (
        "<h1>\n{{ view.titel }}</h1>",
        ":2:9: error[undefined-field]: TopicsView has no 'titel'",
        "did you mean 'title'",
    ),
    (
        "{{ view.topics[0].wombat }}",
        ":1:19: error[undefined-field]: TopicCard has no 'wombat'",
        "TopicCard has url, title,",
    ),
    (
        "{% for t in viev.topics %}{% endfor %}",
        ":1:13: error[undefined-field]: no 'viev'",
        "did you mean 'view'",
    ),
    ("{{ config }}", ":1:4: error[undefined-field]: no 'config'", "templates see view, body, range, part"),
    ("{{ view.title + 1 }}", ":1:1: error[template-error]: can only concatenate str", "docs/themes.md"),
    ("{{ lipsum() }}", ":1:4: error[undefined-field]: no 'lipsum'", "templates see"),
    (
        'a\n{% include "partials/crumb.html" %}',
        ":2:13: error[missing-template]",
        "did you mean 'partials/crumbs.html'",
    ),
    (
        '{% from "partials/words.html" import wen %}{{ wen("2020") }}',
        ":1:38: error[undefined-field]",
        "a macro that another template imports has to keep its name",
    ),
]
CHECKED = [
    ("a\n{% if view.title %}", ":2:1: error[template-syntax]: Unexpected end of template", ""),
    ("{{ view.title | upcase }}", ":1:17: error[unknown-filter]: no filter 'upcase'", ""),
    ("{{ view.title | safe }}", ":1:17: error[unknown-filter]: no filter 'safe'", ""),
    ("{{ view.title | dat }}", ":1:17: error[unknown-filter]: no filter 'dat'", "did you mean 'date'"),
    (
        "{% if view.title is odder %}{% endif %}",
        ":1:21: error[unknown-test]: no test 'odder'",
        "did you mean 'odd'",
    ),
    (
        '\n{% extends "bass.html" %}',
        ":2:13: error[missing-template]: no template 'bass.html'",
        "did you mean 'base.html'",
    ),
]


@pytest.mark.parametrize(("source", "line", "hint"), RENDERED)
def test_found_when_a_page_is_made(source: str, line: str, hint: str) -> None:
    theme, _ = load("mine", mine(**{"templates/topics.html": source}))
    with pytest.raises(DossierError) as caught:
        rendered("topics.html", full()["topics.html"], theme)
    (finding,) = caught.value.diagnostics
    assert show(finding).startswith(TEMPLATE + line)
    assert hint in finding.hint
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(("source", "line", "hint"), CHECKED)
def test_found_before_any_page_is_made(source: str, line: str, hint: str) -> None:
    theme, _ = load("mine", mine(**{"templates/topics.html": source}))
    (finding,) = check(theme)
    assert show(finding).startswith(TEMPLATE + line)
    assert hint in finding.hint


def test_a_mistake_in_a_partial_is_said_at_the_partial() -> None:
    theme, _ = load(
        "mine", mine(**{"templates/partials/footer.html": "<footer>\n\n{{ site.nmae }}\n</footer>"})
    )
    with pytest.raises(DossierError) as caught:
        rendered("home.html", full()["home.html"], theme)
    expected = (
        "themes/mine/templates/partials/footer.html:3:9: error[undefined-field]: SiteView has no 'nmae'"
    )
    assert str(caught.value).startswith(expected)


def test_a_part_that_is_empty_has_to_be_asked_for_first() -> None:
    theme, _ = load("mine", mine(**{"templates/home.html": "{{ view.lead.title }}"}))
    with pytest.raises(DossierError) as caught:
        rendered("home.html", bare()["home.html"], theme)
    assert "no 'title' here: what should have it is empty" in str(caught.value)
    assert "{% if" in str(caught.value)


def test_a_page_whose_template_does_not_exist() -> None:
    theme, _ = load("mine", {"themes/mine/templates/home.html": b"x"})
    with pytest.raises(DossierError) as caught:
        rendered("topics.html", full()["topics.html"], theme)
    assert str(caught.value).startswith("themes/mine/templates/topics.html: error[missing-template]")
