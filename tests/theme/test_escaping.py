"""What templates put out is escaped as markupsafe escapes it, and a template can't switch that off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from dossier.theme.escaping import escaped
from tests.theme.test_parts import made

TEXTS = st.text(alphabet=st.sampled_from("ab&<>'\"é\u2028;#3"))


@given(TEXTS | TEXTS.map(Markup) | st.integers() | st.booleans() | st.none() | st.tuples(TEXTS))
def test_it_gives_what_markupsafe_gives(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))


@pytest.mark.parametrize(
    "source",
    [
        "{{ part('head.html', it='<b>') }}",
        "{% autoescape false %}{{ part('head.html', it='<b>') }}{% endautoescape %}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m('<b>' ~ '') }}",
        "{% set x %}{{ '<b>' ~ '' }}{% endset %}{{ x }}",
        "{% filter trim %}{{ '<b>' ~ '' }}{% endfilter %}",
        "{% for x in ['<b>'] %}{{ x }}{% endfor %}",
        "{{ ['<b>'] | join }}",
        "{{ '<b>' | lower }}",
    ],
)
def test_nothing_goes_out_unescaped(source: str) -> None:
    assert made(source, head="{% autoescape false %}{{ it }}{% endautoescape %}") == b"&lt;b&gt;"
