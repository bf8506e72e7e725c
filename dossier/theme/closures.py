"""Which templates a template needs, so that a page is rendered again for these and for no others."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import msgspec
from jinja2 import Environment, TemplateSyntaxError, meta

from dossier.theme.loading import Template, Theme


def closures(theme: Theme) -> dict[str, bytes]:
    """By a template's name, the digest of its source and of all that it includes, extends and imports.

    A template that takes the name of another from its view may need any of them.
    """
    needed = {name: _references(template.source) for name, template in theme.templates.items()}
    return {name: _digest(_reached(name, needed), theme.templates) for name in theme.templates}


@lru_cache(maxsize=512)  # Most templates have two names.
def _references(source: str) -> frozenset[str | None]:
    """The names that a template gives of others; None for one that only rendering tells."""
    try:
        return frozenset(meta.find_referenced_templates(Environment().parse(source)))
    except TemplateSyntaxError:
        return frozenset()


def _reached(name: str, needed: Mapping[str, frozenset[str | None]]) -> list[str]:
    reached: set[str] = set()
    waiting: list[str | None] = [name]
    while waiting:
        found = waiting.pop()
        if found is None:
            return sorted(needed)
        if found not in reached:
            reached.add(found)
            waiting += needed.get(found, frozenset())
    return sorted(reached)


def _digest(names: list[str], templates: Mapping[str, Template]) -> bytes:
    sources = [(name, templates[name].source if name in templates else "") for name in names]
    return hashlib.blake2b(msgspec.msgpack.encode(sources), digest_size=16).digest()
