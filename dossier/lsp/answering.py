"""What editors ask of a place: what may be written there, what is meant, and where that is."""

from lsprotocol import types as lsp

from dossier.lsp import answers
from dossier.lsp.completing import Offer, offers
from dossier.lsp.matter import spot, what_at, yaml_lines
from dossier.lsp.outline import outline
from dossier.lsp.places import lines_of
from dossier.lsp.running import File
from dossier.lsp.server import Server
from dossier.schemas.descriptions import described, description
from dossier.schemas.kinds import kind_of

# After these editors ask by themselves.
TRIGGERS = ["[", "@", "#", ",", " ", "-"]
_ICONS = {
    "document": lsp.CompletionItemKind.File,
    "entity": lsp.CompletionItemKind.Reference,
    "key": lsp.CompletionItemKind.Property,
    "value": lsp.CompletionItemKind.EnumMember,
    "heading": lsp.CompletionItemKind.Reference,
}


def answer(server: Server) -> None:
    """Let a server answer what is asked of places."""
    completion = lsp.CompletionOptions(trigger_characters=TRIGGERS)
    server.feature(lsp.TEXT_DOCUMENT_COMPLETION, completion)(complete)
    server.feature(lsp.TEXT_DOCUMENT_HOVER)(hover)
    server.feature(lsp.TEXT_DOCUMENT_DEFINITION)(define)
    server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(symbols)


def complete(ls: Server, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    """What may be written at a place."""
    file = ls.file(params.text_document.uri)
    if file is None:
        return None
    units, running = ls.units, file.running
    line, column = units.place(file.lines, params.position)
    found = offers(file.path, file.lines, line - 1, column - 1, running.snapshot, running.choices)
    text = file.lines[line - 1]
    starts = {offer.start: units.units(text[: offer.start]) for offer in found.items}
    items = [
        _item(offer, number, lsp.Range(lsp.Position(line - 1, starts[offer.start]), params.position))
        for number, offer in enumerate(found.items)
    ]
    return lsp.CompletionList(is_incomplete=not found.whole, items=items)


def _item(offer: Offer, number: int, place: lsp.Range) -> lsp.CompletionItem:
    return lsp.CompletionItem(
        label=offer.label,
        kind=_ICONS[offer.kind],
        detail=offer.detail or None,
        documentation=offer.about or None,
        sort_text=f"{number:04}",
        filter_text=offer.found_by or offer.label,
        text_edit=lsp.TextEdit(place, offer.text),
    )


def hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    """What there is to say of what is named at a place, or of a key of front matter."""
    file = ls.file(params.text_document.uri)
    if file is None:
        return None
    plain, snapshot = not _reads_markdown(ls), file.running.snapshot
    mention = ls.mention(file, params.position)
    if mention is not None and snapshot is not None:
        text = answers.card(mention.target, snapshot, plain=plain)
        return _hover(text, plain, ls.units.range(file.lines, mention.mark))
    line, column = ls.units.place(file.lines, params.position)
    about = _of_key(file, line - 1, column - 1)
    return _hover(about, plain) if about else None


def _reads_markdown(ls: Server) -> bool:
    about = ls.client_capabilities.text_document
    formats = about.hover.content_format if about and about.hover else None
    return lsp.MarkupKind.Markdown in (formats or ())


def _hover(text: str, plain: bool, place: lsp.Range | None = None) -> lsp.Hover:
    kind = lsp.MarkupKind.PlainText if plain else lsp.MarkupKind.Markdown
    return lsp.Hover(lsp.MarkupContent(kind, text), place)


def _of_key(file: File, line: int, column: int) -> str:
    """What is said of the key under a cursor, both counted from 0; '' where there is none that is known."""
    kind = kind_of(file.path)
    within = yaml_lines(file.path, file.lines)
    if kind is None or line not in within:
        return ""
    key, colon, _ = file.lines[line].partition(":")
    place = spot(file.lines, within, line, len(key) + 1) if colon and column <= len(key) else None
    if place is None or place.key is None or (kind.keyed and not place.above):
        return ""
    what = what_at(kind, place.above)
    return description(what, place.key) if place.key in described().get(what, ()) else ""


def define(ls: Server, params: lsp.DefinitionParams) -> lsp.Location | None:
    """Where what is named at a place is."""
    file = ls.file(params.text_document.uri)
    mention = ls.mention(file, params.position) if file else None
    if file is None or mention is None or file.running.snapshot is None:
        return None
    running, site = file.running, file.running.site
    place = answers.definition(
        mention.target, mention.fragment, file.running.snapshot, lambda path: lines_of(site.text(path))
    )
    return None if place is None else ls.location(running, place)


def symbols(ls: Server, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    """What a file is made of: headings within headings, or the entries of a register."""
    file = ls.file(params.text_document.uri)
    parsed = file.running.site.parsed(file.path) if file else None
    roots: list[lsp.DocumentSymbol] = []
    if file is None or parsed is None:
        return roots
    above: list[tuple[int, list[lsp.DocumentSymbol]]] = [(0, roots)]
    for item in outline(parsed, file.lines):
        place = ls.units.range(file.lines, item.mark)
        children: list[lsp.DocumentSymbol] = []
        symbol = lsp.DocumentSymbol(item.title, lsp.SymbolKind.String, place, place, children=children)
        while above[-1][0] >= item.level:
            above.pop()
        above[-1][1].append(symbol)
        above.append((item.level, children))
    return roots
