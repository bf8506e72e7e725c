"""Dossier's own version, and the packages that it stands on: those that it needs, and those of its extras."""

import platform
import re
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from dossier import __version__
from dossier.doctor.report import Asked, Line

DISTRIBUTION = "dossier-site"
REQUIREMENTS = "requirements.txt"
# Of the extras, what each is for; `dev` is for work on dossier itself.
EXTRAS = {
    "check": "links out of the site",
    "citations": "citation styles",
    "clip": "clipping sources",
    "images": "pictures in several sizes",
    "lsp": "editors",
    "pdf": "exports as PDF",
    "search": "full-text search",
}
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)[^;]*(?:;.*extra == ['\"](?P<extra>[^'\"]+)['\"])?.*")
_PINNED = re.compile(r"dossier[-_.]site(?:\[[^\]]*\])?\s*==\s*([^\s;#]+)", re.IGNORECASE)


def installed(asked: Asked) -> Iterator[Line]:
    """The version of dossier, whether the site asks for another, and what is installed."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield Line("ok", "dossier", f"{__version__} on {python}, {platform.platform(terse=True)}")
    if asked.site is not None:
        yield from _pinned(asked.site)
    try:
        required = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Line("note", "packages", "dossier runs without being installed, so what it needs isn't listed")
        return
    needed = dict(_by_extra(required))
    yield _needed(needed.pop("", ()))
    for extra, what_for in EXTRAS.items():
        if extra in needed:
            yield _extra(extra, what_for, needed[extra], wanted=_is_wanted(asked, extra))


def _pinned(site: Path) -> Iterator[Line]:
    try:
        text = (site / REQUIREMENTS).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for version in _PINNED.findall(re.sub(r"(?m)^\s*#.*", "", text))[:1]:
        if version == __version__:
            yield Line("ok", REQUIREMENTS, f"asks for {version}, which this is")
        else:
            hint = f"python -m pip install -r {REQUIREMENTS}, or raise the version there"
            yield Line("note", REQUIREMENTS, f"asks for {version}, and this is {__version__}", hint)


def _by_extra(required: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The names of packages by the extra that needs them; '' for what is always needed."""
    found: dict[str, list[str]] = {}
    for requirement in required:
        read = _REQUIREMENT.fullmatch(requirement)
        if read:
            found.setdefault(read["extra"] or "", []).append(read["name"])
    yield from found.items()


def version(name: str) -> str:
    """The version of a package that is installed; '' where it isn't."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _needed(names: Iterable[str]) -> Line:
    missing = sorted(name for name in names if not version(name))
    if missing:
        hint = f"python -m pip install --force-reinstall {DISTRIBUTION}"
        return Line("wrong", "packages", f"missing: {', '.join(missing)}", hint)
    return Line("ok", "packages", "all that are needed are there")


def _extra(extra: str, what_for: str, names: Iterable[str], *, wanted: bool) -> Line:
    versions = {name: version(name) for name in sorted(names)}
    subject = f"extra {extra}"
    missing = [name for name, found in versions.items() if not found]
    if not missing:
        return Line("ok", subject, ", ".join(f"{name} {found}" for name, found in versions.items()))
    told = f"not installed, for {what_for}" + (", which the site asks for" if wanted else "")
    if len(missing) < len(versions):
        told = f"not whole, for {what_for}: {', '.join(missing)} missing"
    hint = f"python -m pip install '{DISTRIBUTION}[{extra}]'"
    return Line("wrong" if wanted else "note", subject, told, hint)


def _is_wanted(asked: Asked, extra: str) -> bool:
    """Whether a site can't be built without an extra."""
    if extra == "search":
        return bool(asked.settings.search)
    return extra == "citations" and asked.settings.citation_style not in ("", "numbered")
