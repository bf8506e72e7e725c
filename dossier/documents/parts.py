"""What stands inside a document's fields: events, excerpts, links."""

from collections.abc import Iterator

from dossier.documents import dates
from dossier.documents.addresses import url
from dossier.documents.reading import Fields, Reading, Table, read_fields, require
from dossier.documents.shapes import Codes, Keys, Many, Text, takes
from dossier.documents.values import (
    LONGEST_NAME,
    items,
    kind_of,
    line,
    names,
    one_line,
    passage,
    references,
    scalar_of,
    title,
)
from dossier.frontmatter import Mapping, Node, Scalar
from dossier.model import Event, Excerpt, Silence, WebLink

EVENT: Table = {
    "date": dates.date,
    "end": dates.date,
    "title": title,
    "summary": line(),
    "people": names,
    "organizations": names,
    "places": names,
    "articles": references("article", field="events"),
}
EXCERPT: Table = {
    "text": passage,
    "speaker": line(LONGEST_NAME),
    "role": line(LONGEST_NAME),
    "locator": line(LONGEST_NAME),
}
LINK: Table = {"title": title, "url": url}


def mappings(
    reading: Reading, key: str, node: Node, what: str, table: Table, example: str
) -> Iterator[tuple[Mapping, Fields]]:
    """The mappings of a list, read by a table; `what` names one in messages, and `example` shows it."""
    hint = f"begin each with a dash: - {example}"
    for item in items(reading, key, node, hint):
        if isinstance(item, Mapping):
            yield item, read_fields(reading, what, item, table)
        else:
            message = f"an item of '{key}' must be {what}, not {kind_of(item)}"
            reading.error(item.mark, "wrong-type", message, f"write - {_filled(example, item)}")


def _filled(example: str, item: Node) -> str:
    """The example with what was written in the place of its ellipsis, where that fits on a line."""
    if isinstance(item, Scalar) and len(item.text) <= 60 and '"' not in item.text and "\n" not in item.text:
        return example.replace("…", f'"{item.text}"', 1)
    return example


@takes(Many(Keys(EVENT, ("date", "title"))))
def events(reading: Reading, key: str, node: Node) -> tuple[Event, ...]:
    """A list of dated things that happened."""
    found = []
    for item, fields in mappings(reading, key, node, "an event", EVENT, "{date: 2020-02-12, title: …}"):
        require(reading, fields, "date", item.mark, "write date: 2020-02-12, or less where less is known")
        require(reading, fields, "title", item.mark, "write title: and one short sentence")
        values = fields.values
        if "date" not in values or "title" not in values:
            continue
        if "end" in values and dates.before(values["end"], values["date"]):
            message = f"the event ends ({values['end']}) before it begins ({values['date']})"
            reading.warning(fields.marks["end"], "date-order", message, "change one of the two dates")
            del values["end"]
        found.append(Event(**values))
    return tuple(found)


@takes(Many(Keys(EXCERPT, ("text",))))
def excerpts(reading: Reading, key: str, node: Node) -> tuple[Excerpt, ...]:
    """A list of verbatim passages."""
    found = []
    for item, fields in mappings(reading, key, node, "an excerpt", EXCERPT, "text: …"):
        require(reading, fields, "text", item.mark, "write text: and the words of the source")
        if fields.values.get("text"):
            found.append(Excerpt(**fields.values))
    return tuple(found)


@takes(Many(Keys(LINK, ("title", "url"))))
def links(reading: Reading, key: str, node: Node) -> tuple[WebLink, ...]:
    """A list of links out of the site."""
    found = []
    for item, fields in mappings(reading, key, node, "a link", LINK, "{title: Own website, url: …}"):
        for part in ("title", "url"):
            require(reading, fields, part, item.mark, f"write {part}: …")
        if len(fields.values) == len(LINK):
            found.append(WebLink(**fields.values))
    return tuple(found)


@takes(Codes(Text()))
def allow(reading: Reading, key: str, node: Node) -> None:
    """Kinds of findings that are allowed in all of a file, each with its reason."""
    if not isinstance(node, Mapping):
        code = node.text if isinstance(node, Scalar) and len(node.text) <= 60 else "orphan-article"
        hint = f"write {key}: {{{code}: the reason why}}"
        reading.error(node.mark, "wrong-type", f"'{key}' must give codes their reasons", hint)
        return
    for entry in node.entries:
        reason = scalar_of(reading, entry.key, entry.value, f"write {entry.key}: the reason why")
        if reason is not None:
            text = "" if reason.empty else one_line(reason.text)
            reading.silences.append(Silence(entry.key, text, entry.mark))
