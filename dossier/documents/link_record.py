"""`content/links.yaml`: what a check found of links out of the site. Written by it, and by hand."""

from dossier.documents import dates
from dossier.documents.addresses import url_problem
from dossier.documents.reading import Reading, Table, read_fields, require, shortened
from dossier.documents.shapes import Keys
from dossier.documents.values import choice, flag, kind_of, line
from dossier.frontmatter import Entry, Mapping
from dossier.model import LinkRecord, LinkState

LINK: Table = {"state": choice("dead", "unreachable"), "since": dates.day, "by_hand": flag, "comment": line()}
SHAPE = Keys(LINK, ("state",))


def read_link_record(reading: Reading, mapping: Mapping) -> LinkRecord:
    """The states of addresses, in the file's order."""
    states = (_state(reading, entry) for entry in mapping.entries)
    return LinkRecord(reading.path, tuple(state for state in states if state is not None))


def _state(reading: Reading, entry: Entry) -> LinkState | None:
    problem = url_problem(entry.key)
    if problem is None and "#" in entry.key:
        problem = "an address without its '#' is meant here", f"write {entry.key.partition('#')[0]}"
    if problem:
        reading.error(entry.mark, "bad-url", *problem)
        return None
    if not isinstance(entry.value, Mapping):
        message = f"an address must have a mapping of keys, not {kind_of(entry.value)}"
        hint = "write 'state: dead' in a line of its own, indented"
        reading.error(entry.value.mark, "wrong-type", message, hint)
        return None
    what = f"the entry of {shortened(entry.key)}"
    fields = read_fields(reading, what, entry.value, LINK)
    require(reading, fields, "state", entry.mark, "add a line under it: state: dead")
    return LinkState(url=entry.key, **fields.values) if "state" in fields.values else None
