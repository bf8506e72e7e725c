"""Pages made with a theme's templates."""

import re
from collections.abc import Iterator
from itertools import chain

from jinja2 import Environment, FunctionLoader, TemplateError, meta, nodes
from markupsafe import Markup

from dossier.diagnostics import Diagnostic, DossierError
from dossier.evidence.segments import joined
from dossier.theme import filters
from dossier.theme.faults import Absent, diagnosed, no_template, unknown
from dossier.theme.lapses import marked
from dossier.theme.loading import Theme
from dossier.theme.parts import parts_of
from dossier.theme.pictures import pictured
from dossier.theme.reach import Reach
from dossier.views import Page

# A preview that follows edits of a theme needs the last one or two; each holds compiled templates.
ENVIRONMENTS_KEPT = 4
_environments: dict[str, Environment] = {}
_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
# C1 controls, and the characters that Unicode reserves as non-characters, in UTF-8.
_MORE_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
_NO_CHARACTERS = re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")


class Text(Markup):
    """The HTML of a body, which knows the checksum of the text that it was made of."""

    checksum: str = ""


def render(theme: Theme, page: Page, segments: tuple[str, ...], checksum: str = "") -> bytes:
    """The page's bytes: its template, given its view and its body.

    The body is the segments with the page's anchors between them, passages and lapsed links marked;
    `checksum` is its own. The output is UTF-8 without any character that HTML and XML forbid. What is wrong
    in a template raises DossierError.
    """
    html = joined(segments, page.anchors)
    if page.passages:
        from dossier.evidence.passages import Passage, highlighted  # Few builds need them.

        html = highlighted(html, [Passage(each.anchor, each.text) for each in page.passages])
    if page.lapsed:
        html = marked(html, page.lapsed)
    if page.pictures:
        html = pictured(html, page.path, page.pictures)
    body = Text(html)
    body.checksum = checksum
    try:
        text = _environment(theme).get_template(page.template).render(view=page.view, body=body)
    # A template adds, divides and calls as it likes, so it can raise anything.
    except Exception as problem:
        raise DossierError(diagnosed(theme, page.template, problem)) from None
    return _allowed(text.encode("utf-8", "replace"))


def check(theme: Theme) -> tuple[Diagnostic, ...]:
    """What is wrong with any of the theme's templates, as far as that shows without a page."""
    environment = _environment(theme)
    # By path, since most templates have two names; the short one is what pages are rendered with.
    names = {template.path: name for name, template in reversed(list(theme.templates.items()))}
    found = (_checked(environment, theme, name) for name in names.values())
    return tuple(sorted(set(chain.from_iterable(found))))


def _checked(environment: Environment, theme: Theme, name: str) -> Iterator[Diagnostic]:
    path, source = theme.templates[name].path, theme.templates[name].source
    try:
        tree = environment.parse(source, name)
    except TemplateError as problem:
        yield diagnosed(theme, name, problem)
        return
    for used in (*meta.find_referenced_templates(tree), *_parts_used(tree)):
        if used is not None and used not in theme.templates:
            yield no_template(theme, name, used)
    missing = False
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        kind, known = (
            ("filter", filters.ALL) if isinstance(node, nodes.Filter) else ("test", environment.tests)
        )
        if node.name not in known:
            missing = True
            yield unknown(theme, path, node.lineno, kind, node.name, known)
    if not missing:
        yield from _compiled(environment, theme, name)


def _parts_used(tree: nodes.Template) -> Iterator[str]:
    """The templates that are named in calls of `part`."""
    for call in tree.find_all(nodes.Call):
        is_part = isinstance(call.node, nodes.Name) and call.node.name == "part"
        if is_part and call.args and isinstance(call.args[0], nodes.Const):
            yield str(call.args[0].value)


def _compiled(environment: Environment, theme: Theme, name: str) -> Iterator[Diagnostic]:
    """What only shows when the template is made into code."""
    try:
        environment.get_template(name)
    except TemplateError as problem:
        yield diagnosed(theme, name, problem)


def _environment(theme: Theme) -> Environment:
    """The theme's compiled templates, kept for the next pages of the same theme."""
    known = _environments.get(theme.digest)
    if known is None:
        if len(_environments) >= ENVIRONMENTS_KEPT:
            _environments.pop(next(iter(_environments)))
        known = _environments[theme.digest] = _made(theme)
    return known


def _made(theme: Theme) -> Environment:
    def source(name: str) -> tuple[str, str, None] | None:
        template = theme.templates.get(name)
        return (template.source, template.path, None) if template else None

    environment = Reach(
        loader=FunctionLoader(source),
        undefined=Absent,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals = {"range": range, "part": parts_of(environment)}
    environment.filters = filters.ALL
    return environment


def _allowed(data: bytes) -> bytes:
    """The text without the characters that neither HTML nor XML can hold."""
    data = data.translate(None, _CONTROLS)
    if b"\xc2" in data:  # Most pages hold neither of the two, and this shows it in a fraction of the time.
        data = _MORE_CONTROLS.sub(b"", data)
    return _NO_CHARACTERS.sub(b"", data) if b"\xef" in data else data
