"""Fields of other programs, taken out one by one; what remains has no place here."""

import re
from collections.abc import Iterable

from dossier.diagnostics import Mark
from dossier.documents.dates import Written, read_date
from dossier.importing.folders import Folder
from dossier.importing.items import Batch, Left
from dossier.importing.matter import Matter, Value, read_matter

_WIKI = re.compile(r"!?\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^()\s]+)\)")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
WEB = re.compile(r"https?://[^\s/]+\S*", re.I)


class Fields:
    """The fields of one file. Keys are found whatever their case, and with spaces for hyphens."""

    def __init__(self, matter: Matter, left: Left) -> None:
        self.left = left
        self._marks = {_key(key): mark for key, mark in matter.marks.items()}
        self._names = {_key(key): key for key in matter.values}
        self._values = {_key(key): value for key, value in matter.values.items()}

    def mark(self, *names: str) -> Mark:
        """The place of the first of these that there is."""
        return next((self._marks[name] for name in map(_key, names) if name in self._marks), Mark(1))

    def take(self, *names: str) -> list[tuple[str, Value]]:
        """These fields, as far as they say anything."""
        taken = [(name, self._values.pop(name, "")) for name in map(_key, names)]
        return [(self._names.get(name, name), value) for name, value in taken if value not in ("", [], {})]

    def text(self, *names: str) -> str:
        """The first of these that is a text; the others are left."""
        found = ""
        for name, value in self.take(*names):
            text = ", ".join(_texts(value))
            if found and text and text != found:
                self._left(name)
            found = found or text
        return found

    def texts(self, *names: str, apart: str = "") -> tuple[str, ...]:
        """All texts of these; a single text is several where `apart` stands between them."""
        found: list[str] = []
        for _, value in self.take(*names):
            texts = list(_texts(value))
            if apart and isinstance(value, str):
                texts = [part for text in texts for part in re.split(apart, text)]
            found += [text.strip() for text in texts if text.strip()]
        return tuple(dict.fromkeys(found))

    def flag(self, name: str, default: bool = False) -> bool:
        """Whether a field says yes."""
        text = self.text(name).casefold()
        return default if not text else text in ("true", "yes", "on", "1")

    def day(self, *names: str) -> str:
        """The first date of these, without its time; what is no date is left."""
        found = ""
        for name, value in self.take(*names):
            read = day(" ".join(_texts(value)))
            if not read:
                self._left(name, "is no date that can be read")
            found = found or read
        return found

    def web(self, *names: str) -> str:
        """The first of these that is an address of the web; others stay for other uses."""
        found = ""
        for name in map(_key, names):
            for text in _texts(self._values.get(name, "")):
                address = WEB.search(text)
                if address and not found:
                    found = address[0].rstrip(")>]")
                    del self._values[name]
                    break
        return found

    def rest(self) -> None:
        """All that remains is left."""
        for name, value in list(self._values.items()):
            if value not in ("", [], {}, "false"):
                self._left(self._names[name])

    def drop(self, *names: str) -> None:
        """Fields that say nothing to a reader."""
        for name in names:
            self._values.pop(_key(name), None)

    def _left(self, name: str, why: str = "has no place here") -> None:
        self.left.field(self.mark(name), name, why)


def opened(folder: Folder, path: str, batch: Batch) -> tuple[Matter, Fields] | None:
    """What a file of a folder says, and its fields; None where nothing can be made of it, which is told."""
    data = folder.read(path)
    if data is None:
        return None
    place = folder.place(path)
    matter = read_matter(place, data)
    if matter.wrong:
        batch.findings += matter.wrong
        return None
    return matter, Fields(matter, Left(place))


def _key(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def _texts(value: Value) -> Iterable[str]:
    """The texts of a value, a wiki link or a link in one being its words."""
    if isinstance(value, str):
        text = _WIKI.sub(lambda found: found[2] or found[1].rpartition("/")[2], value)
        yield _LINK.sub(lambda found: found[1], text) if not WEB.match(text) else text
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    else:
        name = value.get("name") or value.get("title")
        if name:
            yield from _texts(name)


def day(text: str) -> str:
    """A date as it is written, without its time; '' for what is none."""
    text = text.strip()
    read = read_date(text)
    if isinstance(read, Written):
        return read.date
    found = _DAY.match(text)
    if found:
        read = read_date(f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}")
    return read.date if isinstance(read, Written) else ""
