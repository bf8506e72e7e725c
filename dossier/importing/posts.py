"""Posts of a site generator: where each was published, and what their links and pictures lead to."""

import posixpath
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from dossier import urls
from dossier.importing.folders import Attachments, Folder
from dossier.importing.items import Item, Paths
from dossier.importing.markdown import Target

# Where a post's beginning ends, for lists.
MORE = re.compile(r"^[ \t]*<!--\s*more\s*-->[ \t]*$", re.M | re.I)


@dataclass
class Posts:
    """All posts of a site, with their files and their addresses, and the site's other files.

    `roots` are the folders below which files are served from the home page on; `bases` the addresses of the
    site itself.
    """

    folder: Folder
    attachments: Attachments
    roots: Sequence[str] = ("",)
    bases: Sequence[str] = ()
    paths: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, item: Item, *names: str) -> None:
        """Know a post by its file, its addresses, and other names."""
        number = len(self.items)
        self.items.append(item)
        self.paths.append(path)
        stem = re.sub(r"(?:/_?index)?\.[a-z]+$", "", path, flags=re.I)
        for name in (path, stem, *item.formerly, *names):
            self._numbers.setdefault(_plain(name), number)
        self._numbers.setdefault("?" + _plain(stem).rpartition("/")[2], number)

    def resolve(self, target: str, number: int, paths: Paths, files: dict[str, str]) -> Target | None:
        """Where a link of a post leads now; a file there is added to `files`, with where it is put."""
        formerly = self.items[number].formerly
        above = formerly[0] if formerly else "/"
        base = next((base for base in self.bases if base and target.startswith(base)), "")
        target = target.removeprefix(base) if base else target
        try:
            parts = urlsplit(target)
        except ValueError:
            return None
        path = unquote(parts.path)
        if "://" in target or not path:
            return None
        document = paths[number]
        other = self._number(path, self.paths[number], above)
        if other is not None:
            return self._post(other, number, paths, parts.fragment)
        return self._file(path, self.paths[number], document, files)

    def _number(self, path: str, own: str, above: str) -> int | None:
        folder = posixpath.dirname(own)
        tries = (
            [path]
            if path.startswith("/")
            else [posixpath.join(folder, path), posixpath.join(above, path), path]
        )
        for wanted in tries:
            if (number := self._numbers.get(_plain(wanted))) is not None:
                return number
        bare = "/" not in path.strip("/")
        return self._numbers.get("?" + _plain(re.sub(r"\.[a-z]+$", "", path))) if bare else None

    def _post(self, other: int, number: int, paths: Paths, fragment: str) -> Target | None:
        path = paths.get(other, "")
        if not path or (self.items[other].draft and not self.items[number].draft):
            return None
        return Target(urls.relative(paths[number], path) + (f"#{fragment}" if fragment else ""))

    def _file(self, path: str, own: str, document: str, files: dict[str, str]) -> Target | None:
        folder = posixpath.dirname(own)
        tries = [posixpath.join(folder, path)] if not path.startswith("/") else []
        tries += [posixpath.join(root, path.lstrip("/")) for root in self.roots]
        if not self._known:
            self._known = {unicodedata.normalize("NFC", path): path for path in self.folder.files}
        for wanted in tries:
            inside = self._known.get(unicodedata.normalize("NFC", posixpath.normpath(wanted)))
            if inside is not None:
                target = self.attachments.put(self.folder.root / inside, document)
                if target:
                    files[str(self.folder.root / inside)] = target
                    return Target(urls.relative(document, target), urls.suffix_of(target) in urls.PICTURES)
        return None


def _plain(name: str) -> str:
    """An address or a path in the form in which two are compared."""
    name = re.sub(r"/index\.html?$", "/", posixpath.normpath("/" + name.strip("/")), flags=re.I)
    name = re.sub(r"\.html?$", "", name.strip("/"), flags=re.I)
    return unicodedata.normalize("NFC", name).casefold()


def slugged(text: str) -> str:
    """A piece of an address as generators make it of a name."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w.-]+", "-", text.strip().lower())).strip("-")
