"""How an article came here, and how its links out stand: what provenance says beside the front matter."""

import re

from dossier.model import Article, Body
from dossier.plan.frame import Frame
from dossier.views import Lapsed, LapsedLink

OBTAINED = {
    "": "",
    "clipped": "Clipped from the page",
    "imported": "Imported from another program",
    "typed": "Typed or copied by hand",
    "scanned": "Scanned from paper",
    "received": "Received from somebody",
    "transcribed": "Transcribed from a recording",
}
# As the Wayback Machine and others that play archives back write it: https://web.archive.org/web/20200212143000/…
_STAMP = re.compile(r"/(?:web/)?((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{6})?(?:[a-z]{2}_)?/")


def archived_on(article: Article) -> str:
    """The day of the archived copy as its address gives it; else the day on which the original was read."""
    return stamped(article.archive_url) or article.accessed


def stamped(archive: str) -> str:
    """The day of an archived copy, if its address gives it; else ''."""
    stamp = _STAMP.search(archive) if archive else None
    return "-".join(stamp.groups()) if stamp else ""


def lapsed(frame: Frame, article: Article) -> Lapsed | None:
    """What is known against an article's original; None where nothing is."""
    state = frame.library.link_state(article.url)
    return Lapsed(state.state, state.since) if state else None


def lapsed_links(frame: Frame, body: Body) -> tuple[LapsedLink, ...]:
    """The links of a body that no longer lead to what they led to, each with its copy if one is on file."""
    library = frame.library
    if not library.lapsed:
        return ()
    found = {state.url: state for url in body.links if (state := library.link_state(url))}
    links = []
    for state in found.values():
        kept = library.copies.get(state.url)
        archive = kept.archive_url if kept else ""
        links.append(LapsedLink(state.url, state.state, state.since, archive, stamped(archive)))
    return tuple(links)
