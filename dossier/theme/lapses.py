"""Links of a body that no longer lead to what they led to: readers are told, and led to a copy first."""

import re
from collections.abc import Sequence
from html import escape, unescape

from dossier.dates import in_words
from dossier.views import LapsedLink

# A link out as `markup` writes it; nothing of it stands in code, whose marks are escaped.
_LINK = re.compile(r'<a href="([^"]*)"((?: title="[^"]*")?) rel="external">(.*?)</a>', re.DOTALL)
WORDS = {"dead": "no longer there", "unreachable": "could not be reached"}


def marked(html: str, lapsed: Sequence[LapsedLink]) -> str:
    """The HTML with each lapsed link marked; one that is dead leads to its copy, where there is one.

    The address of the original stays at hand (Robust Links, https://robustlinks.mementoweb.org/spec/).
    """
    by_url = {link.url: link for link in lapsed}

    def mark(found: re.Match[str]) -> str:
        link = by_url.get(unescape(found[1]).partition("#")[0])
        if link is None:
            return found[0]
        return _to_copy(found, link) if link.archive and link.state == "dead" else _to_original(found, link)

    return _LINK.sub(mark, html)


def _to_original(found: re.Match[str], link: LapsedLink) -> str:
    version = f' data-versionurl="{escape(link.archive)}"' if link.archive else ""
    version += _versiondate(link)
    opening = f'<a class="lapsed" href="{found[1]}"{found[2]} rel="external"{version}>'
    return f"{opening}{found[3]}</a> {_told(WORDS[link.state], link)}"


def _to_copy(found: re.Match[str], link: LapsedLink) -> str:
    original = f' data-originalurl="{found[1]}"{_versiondate(link)}'
    opening = f'<a class="archived" href="{escape(link.archive)}"{found[2]} rel="external"{original}>'
    return f"{opening}{found[3]}</a> {_told('archived copy; the original is no longer there', link)}"


def _versiondate(link: LapsedLink) -> str:
    return f' data-versiondate="{escape(link.archived_on)}"' if link.archived_on else ""


def _told(words: str, link: LapsedLink) -> str:
    since = f", found {in_words(link.since)}" if link.since else ""
    return f'<span class="lapse">({words}{escape(since)})</span>'
