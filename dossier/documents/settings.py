"""`site.yaml`: the settings of a site."""

import re

from dossier.diagnostics import Mark
from dossier.documents.addresses import URL, language, site_url, url
from dossier.documents.capture import folder
from dossier.documents.pages import RIGHTS
from dossier.documents.reading import Fields, Reading, Table, read_fields, require, shortened
from dossier.documents.shapes import Choice, Codes, Keys, Text, takes
from dossier.documents.values import (
    LONGEST_NAME,
    choice,
    flag,
    kind_of,
    line,
    names,
    references,
    scalar_of,
    title,
    whole,
)
from dossier.frontmatter import Mapping, Node, Scalar
from dossier.model import CITATION_STYLES, CheckSettings, Level, PublishSettings, Site
from dossier.urls import document_kind

_MAIL = re.compile(r"[^\s@<>()\"',;:]{1,64}@[\w.-]{1,255}")
_THEME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
LEVELS = ("error", "warning", "info", "off")


@takes(Text(_THEME.pattern))
def _theme(reading: Reading, key: str, node: Node) -> str | None:
    """The name of a folder in `themes/`: never a path."""
    scalar = scalar_of(reading, key, node, f"write {key}: briefing")
    if scalar is None:
        return None
    if not _THEME.fullmatch(scalar.text):
        message = f"'{shortened(scalar.text)}' can't be a theme's name"
        hint = "write the name of a folder in themes/: lower-case letters, digits, '-' and '_'"
        reading.error(scalar.mark, "bad-theme", message, hint)
        return None
    return scalar.text


_read_level = choice(*LEVELS)


@takes(Codes(Choice(LEVELS)))
def _levels(reading: Reading, key: str, node: Node) -> tuple[Level, ...] | None:
    """`{orphan-article: off, near-duplicate: error}`: what findings of a code count as."""
    if not isinstance(node, Mapping):
        message = f"'{key}' must give codes their levels, not be {kind_of(node)}"
        reading.error(node.mark, "wrong-type", message, f"write {key}: {{near-duplicate: off}}")
        return None
    from dossier.findings.codes import code_problem  # Few sites set levels.

    levels = []
    for entry in node.entries:
        problem = code_problem(reading.path, entry.mark, entry.key)
        level = _read_level(reading, entry.key, entry.value)
        if problem is not None:
            reading.diagnostics.append(problem)
        elif level is not None:
            levels.append(Level(entry.key, level))
    return tuple(levels)


@takes(Text(rf"{URL.pattern}|[^\s@<>()\"',;:]+@[\w.-]+"))
def _contact(reading: Reading, key: str, node: Node) -> str | None:
    """An address of the web, or of mail."""
    scalar = scalar_of(reading, key, node, f"write {key}: desk@example.org")
    if scalar is None:
        return None
    if "@" in scalar.text and _MAIL.fullmatch(scalar.text.strip()):
        return scalar.text.strip()
    written: str | None = url(reading, key, node)
    return written


_carried_style = choice(*CITATION_STYLES)


@takes(Choice(CITATION_STYLES, r"(\./)?content/.*\.[Cc][Ss][Ll]"))
def _citation_style(reading: Reading, key: str, node: Node) -> str | None:
    """A style by its name, or the path of a file in `content/`."""
    if isinstance(node, Scalar) and node.text.endswith(".csl"):
        path = node.text.removeprefix("./")
        if document_kind(path) == "style" and ".." not in path.split("/"):
            return path
        message = "a citation style's file isn't in content/"
        name = path.rpartition("/")[2]
        reading.error(node.mark, "citation-style", message, f"write {key}: content/{name}, and put it there")
        return None
    read: str | None = _carried_style(reading, key, node)
    return read


CHECK: Table = {
    "quiet_months": whole(1, 1_200),
    "source_share": whole(1, 100),
    "source_articles": whole(2, 10_000),
    "similarity": whole(30, 100),
    "contact": _contact,
    "ignore_links": names,
}


@takes(Keys(CHECK))
def _check_settings(reading: Reading, key: str, node: Node) -> CheckSettings | None:
    """`{quiet_months: 24}`: what `dossier check` takes for too long, too much and too alike."""
    if not isinstance(node, Mapping):
        message = f"'{key}' must be a mapping of keys, not {kind_of(node)}"
        reading.error(node.mark, "wrong-type", message, f"write {key}: {{quiet_months: 12}}")
        return None
    return CheckSettings(**read_fields(reading, f"'{key}'", node, CHECK).values)


PUBLISH: Table = {"remote": line(LONGEST_NAME), "branch": line(LONGEST_NAME), "keep": names}


@takes(Keys(PUBLISH))
def _publish_settings(reading: Reading, key: str, node: Node) -> PublishSettings | None:
    """`{branch: gh-pages}`: where the site is published to."""
    if not isinstance(node, Mapping):
        message = f"'{key}' must be a mapping of keys, not {kind_of(node)}"
        reading.error(node.mark, "wrong-type", message, f"write {key}: {{branch: gh-pages}}")
        return None
    return PublishSettings(**read_fields(reading, f"'{key}'", node, PUBLISH).values)


SITE: Table = {
    "title": title,
    "subtitle": line(),
    "description": line(),
    "url": site_url,
    "language": language,
    "theme": _theme,
    "authors": names,
    "featured": references("document"),
    "rights": choice(*RIGHTS),
    "excerpt_words": whole(0, 1_000),
    "page_size": whole(1, 10_000),
    "feed_size": whole(1, 1_000),
    "search": flag,
    "images": flag,
    "social_cards": flag,
    "bibliographies": flag,
    "related": flag,
    "citation_style": _citation_style,
    "findings": _levels,
    "captures": folder,
    "captures_in_git": flag,
    "changes": choice("git", "dates", "off"),
    "changes_authors": flag,
    "check": _check_settings,
    "publish": _publish_settings,
}
SHAPE = Keys(SITE, ("title",))


def read_site(reading: Reading, mapping: Mapping) -> tuple[Site, Fields]:
    """The settings; what is wrong keeps its default."""
    fields = read_fields(reading, "site.yaml", mapping, SITE)
    require(reading, fields, "title", Mark(1, 1, 0), "add a line: title: My dossier")
    return Site(**{"title": "Untitled", **fields.values}), fields
