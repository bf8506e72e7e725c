"""Links of a body that no longer lead to what they led to."""

import pytest

from dossier.theme.lapses import marked
from dossier.views import LapsedLink
from tests.markup.examples import note

GONE = "https://a.example/gone?b=1&c=2"
COPY = "https://web.archive.org/web/20200212143000/https://a.example/gone"
DEAD = LapsedLink(GONE, "dead", "2026-05-20")


def html(text: str) -> str:
    return "".join(note(text).segments)


def test_a_dead_link_says_so_and_leads_where_it_led() -> None:
    assert marked(html(f"See [the *page*]({GONE} 'Its title')."), [DEAD]) == (
        '<p>See <a class="lapsed" href="https://a.example/gone?b=1&amp;c=2" title="Its title" rel="external">'
        'the <em>page</em></a> <span class="lapse">(no longer there, found 20 May 2026)</span>.</p>\n'
    )


def test_one_with_a_copy_leads_there_first_and_names_its_original() -> None:
    link = LapsedLink(GONE, "dead", "", COPY, "2020-02-12")
    assert marked(html(f"[page]({GONE})"), [link]) == (
        f'<p><a class="archived" href="{COPY}" rel="external" '
        'data-originalurl="https://a.example/gone?b=1&amp;c=2" data-versiondate="2020-02-12">page</a> '
        '<span class="lapse">(archived copy; the original is no longer there)</span></p>\n'
    )


def test_one_that_couldnt_be_reached_stays_first() -> None:
    link = LapsedLink(GONE, "unreachable", "", COPY, "2020-02-12")
    shown = marked(html(f"<{GONE}>"), [link])
    assert f'<a class="lapsed" href="{GONE}"'.replace("&", "&amp;") in shown
    assert f'data-versionurl="{COPY}" data-versiondate="2020-02-12"' in shown
    assert "(could not be reached)" in shown


@pytest.mark.parametrize(
    "written", [f"[x]({GONE}#part)", f"{GONE} and", f"**[x]({GONE})**", f"| [x]({GONE}) |\n| - |"]
)
def test_however_it_is_written(written: str) -> None:
    assert marked(html(written), [DEAD]).count('class="lapsed"') == 1


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://a.example/)",
        f'`<a href="{GONE}" rel="external">x</a>`',
        f"    [x]({GONE})",
        f"![x]({GONE[:-1]})",
    ],
)
def test_other_links_and_code_are_left_alone(text: str) -> None:
    assert marked(html(text), [DEAD]) == html(text)


def test_every_place_of_it_is_marked() -> None:
    text = f"[one]({GONE}) [two](https://b.example/) [three]({GONE})\n\n[four][r]\n\n[r]: {GONE}\n"
    shown = marked(html(text), [DEAD])
    assert shown.count('class="lapsed"') == shown.count('class="lapse"') == 3
    assert '<a href="https://b.example/" rel="external">two</a>' in shown
