"""`part` makes what many pages share once, as a pure function of what it is given."""

import pytest

from dossier.diagnostics import DossierError
from dossier.theme import load, render
from dossier.views import Page
from tests.theme.test_loading import mine
from tests.theme.views import full


def made(page: str, **parts: str) -> bytes:
    sources = {"templates/topics.html": page}
    sources |= {f"templates/{name}.html": source for name, source in parts.items()}
    theme, _ = load("mine", mine(**sources))
    return render(theme, Page("topics/index.html", "topics.html", full()["topics.html"]), ())


def test_a_part_sees_the_values_it_is_given() -> None:
    page = '{{ part("head.html", site=view.site, place=2) }}'
    assert made(page, head="{{ place }}: {{ site.root }}") == b"2: ../"


def test_other_values_make_another_text() -> None:
    page = "{% for place in range(3) %}{{ part('head.html', place=place % 2) }}{% endfor %}"
    assert made(page, head="<{{ place }}>") == b"<0><1><0>"


def test_values_that_differ_by_their_type_alone_are_not_taken_for_each_other() -> None:
    page = "{{ part('head.html', it=1) }} {{ part('head.html', it=true) }}"
    assert made(page, head="{{ it }}") == b"1 True"


def test_what_a_part_is_given_is_escaped_once() -> None:
    page = "{{ part('head.html', text='<b>') }}"
    assert made(page, head="{{ text }}") == b"&lt;b&gt;"


def test_a_part_does_not_see_the_page() -> None:
    with pytest.raises(DossierError, match="no 'view'"):
        made("{{ part('head.html') }}", head="{{ view.title }}")
