"""A template reaches its view and the documented filters, and nothing else of the process or the machine."""

import pytest

from dossier.diagnostics import DossierError
from dossier.theme import load, render
from dossier.views import Page
from tests.theme.test_loading import mine
from tests.theme.views import full

ATTEMPTS = [
    "{{ view.__class__ }}",
    "{{ view['__class__'] }}",
    "{{ view['__cl' ~ 'ass__'] }}",
    "{{ view.title.__class__.__mro__[1].__subclasses__() }}",
    "{{ [view] | map(attribute='__class__') | join }}",
    "{{ [view] | map(attribute='title.__class__') | join }}",
    "{{ ([view] | groupby('__class__') | first).grouper }}",
    "{{ [view] | sort(attribute='__module__') | first | json }}{{ view.__module__ }}",
    "{{ '{0.__class__}'.format(view) }}",
    "{{ '{x.__class__}'.format_map({'x': view}) }}",
    "{{ ('{0.__class__}' | e).format(view) }}",
    "{{ range.__self__ }}",
    "{{ part.__globals__ }}",
    "{{ part.__closure__[0].cell_contents }}",
    "{{ self._TemplateReference__context }}",
    "{% for t in view.topics %}{{ loop._iterable }}{% endfor %}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{{ view | attr('__class__') }}",
    "{% include '/etc/passwd' %}",
    "{% include '../theme.yaml' %}",
    "{{ lipsum() }}",
    "{{ cycler('a') }}",
    "{{ joiner() }}",
    "{{ namespace() }}",
    "{{ dict() }}",
    "{{ open('/etc/passwd') }}",
    "{{ view.topics | random }}",
    "{{ config }}",
    "{{ environment }}",
    "{{ now() }}",
]


@pytest.mark.parametrize("source", ATTEMPTS)
def test_nothing_else_is_reached(source: str) -> None:
    theme, _ = load("mine", mine(**{"templates/topics.html": source}))
    with pytest.raises(DossierError):
        render(theme, Page("topics/index.html", "topics.html", full()["topics.html"]), ())


def test_a_view_is_reached_by_name_and_by_item() -> None:
    source = "{{ view.title }} {{ view['title'] }} {{ view.topics[0].title == view.topics[0]['title'] }}"
    theme, _ = load("mine", mine(**{"templates/topics.html": source}))
    page = Page("topics/index.html", "topics.html", full()["topics.html"])
    assert render(theme, page, ()) == f"{page.view.title} {page.view.title} True".encode()
