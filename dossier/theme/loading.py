"""A theme as one value, put together from its own files and those of the themes it extends."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from dossier.diagnostics import Diagnostic, DossierError, Mark, did_you_mean, error
from dossier.theme.settings import Settings, read_settings

NOWHERE = Mark()
PAGE_TEMPLATES = (
    *("home.html", "topic.html", "article.html", "note.html", "claim.html", "claims.html"),
    *("person.html", "organization.html", "place.html", "source.html"),
    *("articles.html", "notes.html", "documents.html", "topics.html"),
    *("people.html", "organizations.html", "places.html", "sources.html"),
    *(
        "timeline.html",
        "changes.html",
        "search.html",
        "404.html",
        "redirect.html",
        "feed.xml",
        "feed.json",
        "sitemap.xml",
        "robots.txt",
    ),
)

# Those of capabilities that a site may do without, as themes may that were made before there were any.
OPTIONAL_TEMPLATES = frozenset(["claim.html", "claims.html", "search.html", "changes.html", "redirect.html"])


@dataclass(frozen=True, slots=True)
class Template:
    """A template's source and the file that it comes from, relative to the site."""

    path: str
    source: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme ready to render pages.

    `chain` names the theme and those it extends, nearest first. `templates` holds the nearest theme's
    template under each name (`article.html`), and every theme's own under its full name
    (`briefing/article.html`), so that a template can extend the one it stands in for. `assets` are bytes by
    output path. `digest` covers all that decides how pages look: names and sources of the templates, and
    the chain.
    """

    name: str
    description: str
    chain: tuple[str, ...]
    templates: Mapping[str, Template]
    assets: Mapping[str, bytes]
    digest: str


def load(name: str, files: Mapping[str, bytes]) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """The theme of that name from files keyed `themes/<name>/…`, and what is wrong with it.

    A theme holds `theme.yaml` (optional), `templates/` and `assets/`. A theme that can't be put together at
    all (no such theme, a circle of `extends`) raises DossierError.
    """
    chain, findings = _chain(name, files)
    templates: dict[str, Template] = {}
    assets: dict[str, bytes] = {}
    for member, _ in reversed(chain):
        own, unreadable = _templates(member, files)
        findings += unreadable
        templates |= own
        templates |= {f"{member}/{template}": value for template, value in own.items()}
        assets |= _below(f"themes/{member}/assets/", files, "assets/")
    names = tuple(member for member, _ in chain)
    findings += _missing(names, templates)
    digest = _digest(names, templates)
    return Theme(name, chain[0][1].description, names, templates, assets, digest), tuple(findings)


def _chain(name: str, files: Mapping[str, bytes]) -> tuple[list[tuple[str, Settings]], list[Diagnostic]]:
    """The theme and those it extends, nearest first, with their settings."""
    chain: list[tuple[str, Settings]] = []
    findings: list[Diagnostic] = []
    path, mark = "site.yaml", NOWHERE
    while name:
        passed = [member for member, _ in chain]
        if name in passed:
            circle = " → ".join([*passed[passed.index(name) :], name])
            hint = "a theme can't extend itself, not even through others"
            raise DossierError(error(path, mark, "theme-cycle", f"themes extend each other: {circle}", hint))
        if not any(file.startswith(f"themes/{name}/") for file in files):
            known = sorted({file.split("/")[1] for file in files if file.count("/") > 1})
            hint = did_you_mean(name, known, f"there are: {', '.join(known)}" if known else "")
            raise DossierError(error(path, mark, "unknown-theme", f"no theme '{name}'", hint))
        path = f"themes/{name}/theme.yaml"
        settings, found = read_settings(path, files.get(path, b""))
        findings += found
        chain.append((name, settings))
        name, mark = settings.extends, settings.extends_mark
    return chain, findings


def _templates(name: str, files: Mapping[str, bytes]) -> tuple[dict[str, Template], list[Diagnostic]]:
    """One theme's own templates."""
    templates: dict[str, Template] = {}
    findings = []
    for template, data in _below(f"themes/{name}/templates/", files).items():
        path = f"themes/{name}/templates/{template}"
        try:
            templates[template] = Template(path, data.decode("utf-8-sig").replace("\r\n", "\n"))
        except UnicodeDecodeError as problem:
            line = data.count(b"\n", 0, problem.start) + 1
            hint = "save the template as UTF-8"
            findings.append(error(path, Mark(line), "template-encoding", "the template is not UTF-8", hint))
    return templates, findings


def _below(folder: str, files: Mapping[str, bytes], prefix: str = "") -> dict[str, bytes]:
    """The files in a folder by their paths within it, without hidden files and editors' leftovers."""
    return {
        prefix + path.removeprefix(folder): data
        for path, data in sorted(files.items())
        if path.startswith(folder) and "/." not in path and not path.endswith(("~", ".swp", ".orig"))
    }


def _missing(chain: tuple[str, ...], templates: Iterable[str]) -> list[Diagnostic]:
    """A finding for each page template that every site needs and no theme of the chain has."""
    wanted = [name for name in PAGE_TEMPLATES if name not in OPTIONAL_TEMPLATES]
    return [missing_template(chain, name) for name in wanted if name not in set(templates)]


def missing_template(chain: tuple[str, ...], name: str) -> Diagnostic:
    """The finding for a page template that no theme of the chain has."""
    path = f"themes/{chain[-1]}/theme.yaml"
    hint = f"add themes/{chain[-1]}/templates/{name}, or 'extends: briefing' to {path}"
    return error(path, NOWHERE, "missing-template", f"theme '{chain[0]}' has no template {name}", hint)


def _digest(chain: tuple[str, ...], templates: Mapping[str, Template]) -> str:
    sources = [(name, template.source) for name, template in sorted(templates.items())]
    return hashlib.blake2b(msgspec.msgpack.encode((chain, sources)), digest_size=16).hexdigest()
