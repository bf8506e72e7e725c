"""A vault of Obsidian: notes with properties, links by name, embeds, callouts, tags, comments.

https://help.obsidian.md/syntax, https://help.obsidian.md/properties; clippings have the properties of the Web
Clipper: title, source, author, published, created, description, tags.
"""

import json
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from dossier import urls
from dossier.diagnostics import Mark, info
from dossier.importing.fields import WEB, Fields, day, opened
from dossier.importing.folders import MARKDOWN, Attachments, Folder, look_through
from dossier.importing.items import Batch, Finished, Item, Left, Paths
from dossier.importing.markdown import Conversion, Target, in_link, sized, unmarked, without_title
from dossier.importing.scanning import Scan

# What dossier has for each kind of callout; where the kind says more than that, its word is the title.
_CALLOUTS = {
    **dict.fromkeys(("note", "info"), "NOTE"),
    **dict.fromkeys(("abstract", "summary", "tldr", "todo", "question", "help", "faq", "example"), "NOTE"),
    **dict.fromkeys(("tip", "hint", "success", "check", "done"), "TIP"),
    "important": "IMPORTANT",
    **dict.fromkeys(("warning", "caution", "attention"), "WARNING"),
    **dict.fromkeys(("failure", "fail", "missing", "danger", "error", "bug"), "CAUTION"),
}
_SAME = frozenset(["note", "tip", "important", "warning"])
_TOKENS = (
    r"(?P<wiki>(?P<embed>!?)\[\[(?P<inner>[^\[\]\n]{1,500})\]\])",
    r"(?P<hidden>%%)",
    r"(?P<callout>^(?P<quote>[ \t]*(?:>[ \t]?){1,9})\[!(?P<kind>[\w-]{1,40})(?:\|[^\]\n]{0,100})?\]"
    r"(?P<fold>[+-]?)(?P<heading>[^\n]*)$)",
    r"(?P<highlight>(?<![=\w])==(?=[^\s=])(?P<lit>[^=\n]{1,500})(?<=\S)==(?!=))",
    r"(?P<footnote>\^\[(?P<note>[^\[\]\n]{1,1000})\])",
    r"(?P<block>[ \t]+\^[A-Za-z0-9-]{1,60}[ \t]*$|^\^[A-Za-z0-9-]{1,60}[ \t]*$)",
    r"(?P<formula>\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n`]{0,300}[^\s$`\\]\$(?![\w$])|(?<![\\$\w])\$[^\s$`]\$(?![\w$]))",
    r"(?P<hashtag>(?:(?<=\s)|^)#(?P<topic>[\w/-]*[^\W\d_][\w/-]*))",
)
_QUERIES = frozenset(["dataview", "dataviewjs", "tasks", "query", "base", "excalidraw", "mermaid", "chart"])
LARGEST_SETTINGS = 1 << 20
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


def read_vault(root: Path, site: Path, kind: str, today: str) -> Batch:
    """The notes of a vault. `kind` is `article`, `note` or, by whether there is an address, `auto`.

    `today` is the latest day on which a note can have been written.
    """
    vault = look_through(root, site, lambda name: name == "node_modules")
    batch = Batch()
    paths: list[str] = []
    templates = _templates(root)
    for path in vault.files:
        if templates and path.startswith(f"{templates}/"):
            vault.leave(path, "it is a template")
            continue
        suffix = urls.suffix_of(path)
        if suffix in MARKDOWN and not path.endswith(".excalidraw.md"):
            batch.read += 1
            item = _item(vault, path, kind, today, batch)
            if item is not None:
                batch.items.append(item)
                paths.append(path)
        elif suffix in (".canvas", ".base") or path.endswith(".excalidraw.md"):
            vault.leave(path, "a canvas, a base or a drawing isn't Markdown")
    batch.findings += vault.findings
    batch.finish = _Vault(vault, paths, Attachments(site), batch.items).finish
    return batch


def _templates(root: Path) -> str:
    """The folder of templates that the vault's settings name; '' where they name none."""
    try:
        settings = json.loads((root / ".obsidian" / "templates.json").read_bytes()[:LARGEST_SETTINGS])
    except (OSError, ValueError, RecursionError):
        return ""
    folder = settings.get("folder") if isinstance(settings, dict) else None
    return folder.strip("/") if isinstance(folder, str) else ""


def _item(vault: Folder, path: str, kind: str, today: str, batch: Batch) -> Item | None:
    found = opened(vault, path, batch)
    if found is None:
        return None
    matter, fields = found
    stem = path.rpartition("/")[2].rpartition(".")[0]
    url = fields.web("url", "source_url", "source", "link", "address")
    is_note = kind == "note" or (kind == "auto" and not url)
    fields.drop("cssclasses", "cssclass", "position")
    title = fields.text("title") or stem
    aliases = [name for name in (*fields.texts("aliases", "alias", apart=","), stem) if name != title]
    described = fields.text("summary") or ("" if not is_note else fields.text("description"))
    draft = fields.flag("draft") or not fields.flag("publish", default=True)
    item = Item(
        vault.place(path),
        kind="note" if is_note else "article",
        title=title,
        source=fields.text("source", "publisher", "site", "publication", "outlet") if not is_note else "",
        authors=fields.texts("author", "authors", "creator", "by", apart=";"),
        url="" if is_note else url,
        archive_url="" if is_note else fields.web("archive_url", "archived", "archive"),
        language="" if is_note else fields.text("language", "lang"),
        categories=fields.texts("topics", "topic", "categories", "category"),
        people=() if is_note else fields.texts("people", "persons", apart=","),
        organizations=() if is_note else fields.texts("organizations", "organisations", apart=","),
        places=() if is_note else fields.texts("places", "locations", apart=","),
        tags=_tags(fields.texts("tags", "tag", "keywords", apart=r"[,\s]")),
        aliases=tuple(name for name in aliases if not urls.is_former_address(name)),
        formerly=tuple(f"/{one.strip('/')}" for one in fields.texts("permalink")),
        summary=described,
        described="" if is_note else fields.text("description"),
        draft=draft,
        body=matter.body,
        body_line=matter.body_line,
    )
    if is_note and url:
        fields.left.field(fields.mark("url", "source"), "url", "has no place in a note")
    item = _dated(item, fields, stem, vault.root / path, today)
    fields.rest()
    return replace(item, findings=(*item.findings, *fields.left.findings()))


def _dated(item: Item, fields: Fields, stem: str, path: Path, today: str) -> Item:
    """The item with its dates: an article's is that of its source, and when it was kept another."""
    named = _DAY.match(stem)
    if item.kind == "article":
        published = fields.day("published", "date", "publish_date", "pubdate", "date_published")
        accessed = fields.day("accessed", "created", "date_created", "clipped", "saved", "date_saved")
        fields.drop("updated", "modified", "date_modified", "lastmod")
        return replace(item, date=published or (day(named[0]) if named else ""), accessed=accessed)
    written = fields.day("date", "created", "date_created", "published")
    updated = fields.day("updated", "modified", "date_modified", "lastmod")
    if written or named:
        return replace(item, date=written or day(named[0] if named else ""), updated=updated)
    changed = min(datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat(), today)
    message = f"nothing says when it was written; {changed} is when the file was last changed"
    said = info(item.place, Mark(1), "date-guessed", message, "write it into the note: date: 2020-02-12")
    return replace(item, date=changed, updated=updated, findings=(*item.findings, said))


def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tag.strip().lstrip("#") for tag in tags if tag.strip("# "))


class _Vault:
    """What links of a vault lead to."""

    def __init__(self, vault: Folder, notes: list[str], attachments: Attachments, items: list[Item]) -> None:
        self.vault, self.attachments, self.items = vault, attachments, items
        self.notes = notes
        self._names: dict[str, int] = {}
        self._files: dict[str, str] = {}
        for number, path in enumerate(notes):
            self._names.setdefault(_key(path.rpartition(".")[0]), number)
        for number, path in sorted(enumerate(notes), key=lambda pair: pair[1].count("/")):
            self._names.setdefault(_key(path.rpartition("/")[2].rpartition(".")[0]), number)
        for number, item in enumerate(items):
            for alias in (item.title, *item.aliases):
                self._names.setdefault(_key(alias), number)
        for path in sorted(vault.files, key=lambda path: path.count("/")):
            self._files.setdefault(_key(path), path)
            self._files.setdefault(_key(path.rpartition("/")[2]), path)

    def finish(self, number: int, item: Item, paths: Paths) -> Finished:
        """A note's text with links to where its fellows are now."""
        return _Note(self, number, item, paths).finished()

    def note(self, name: str, above: str) -> int | None:
        """The number of the note that a link means, seen from a folder."""
        name = _key(re.sub(r"\.md$", "", name.strip().strip("/"), flags=re.I))
        for wanted in (_joined(above, name), name):
            if wanted in self._names:
                return self._names[wanted]
        return None

    def file(self, name: str, above: str) -> Path | None:
        """The file that a link means."""
        for wanted in (_joined(above, name), name.strip().strip("/")):
            if _key(wanted) in self._files:
                return self.vault.root / self._files[_key(wanted)]
        return None


def _key(name: str) -> str:
    """A name as it is compared: Obsidian minds no case, and some disks keep letters in pieces."""
    return unicodedata.normalize("NFC", name).casefold()


def _joined(above: str, name: str) -> str:
    parts = [part for part in above.split("/") if part]
    for step in name.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)


class _Note:
    """One note's text on its way."""

    def __init__(self, vault: _Vault, number: int, item: Item, paths: Paths) -> None:
        self.vault, self.number, self.item, self.paths = vault, number, item, paths
        self.above = _key(vault.notes[number].rpartition("/")[0])
        self.left = Left(item.place)
        self.tags: list[str] = []
        self.notes: list[str] = []
        self.files: dict[str, str] = {}
        self.conversion = Conversion(Scan(item.body, item.body_line), self.left, self._resolve)
        acts = ("wiki", "hidden", "callout", "highlight", "footnote", "block", "formula", "hashtag")
        self.conversion.extra = {name: getattr(self, f"_{name}") for name in acts}

    def finished(self) -> Finished:
        body = self.conversion.run(*_TOKENS, fenced=self._fenced)
        if self.notes:
            definitions = (f"[^inline-{number}]: {note}" for number, note in enumerate(self.notes, 1))
            body = body.rstrip("\n") + "\n\n" + "\n\n".join(definitions) + "\n"
        body = without_title(body, self.item.title)
        files = tuple(self.files.items())
        return Finished(body, tuple(dict.fromkeys(self.tags)), files, self.left.findings())

    def _fenced(self, language: str, mark: Mark) -> None:
        if language.lower() in _QUERIES:
            self.left.markup(mark, f"a block of {language}", "stays as code")

    # ------------------------------------------------------------ links

    def _wiki(self, found: re.Match[str]) -> int:
        target, _, words = found["inner"].replace("\\|", "|").partition("|")
        name, _, heading = target.partition("#")
        mark = self.conversion.mark(found)
        words, name, heading = words.strip(), name.strip(), heading.rpartition("#")[2].strip()
        embed = bool(found["embed"])
        shown = words or heading.lstrip("^") or name.rpartition("/")[2]
        if heading.startswith("^"):
            self.left.markup(mark, "a link to a block", "leads to its note")
            heading = ""
        number = self.number if not name else self.vault.note(name, self.above)
        if number is not None and (path := self._path(number)):
            if embed:
                self.left.markup(mark, "an embedded note", "became a link")
            in_table = self.conversion.scan.line_of(found.start()).lstrip(" >").startswith("|")
            self.conversion.add(self._link(path, heading, words or _shown(name, heading), in_table))
            return found.end()
        file = self.vault.file(name, self.above)
        leads = None if file is None else self._shown_file(file)
        if leads is None:
            self.left.link(mark, target.strip())
            self.conversion.add(unmarked(shown))
        elif leads.picture and embed:
            size = words if re.fullmatch(r"\d+(?:x\d+)?", words) else ""
            alt = "" if size or not words else unmarked(words)
            self.conversion.add(f"![{alt}]({leads.href}){sized(size)}")
        else:
            self.conversion.add(f"[{unmarked(words or name.rpartition('/')[2])}]({leads.href})")
        return found.end()

    def _path(self, number: int) -> str:
        """The path of a note's document; '' where there is none, or a draft that readers don't get."""
        path = self.paths.get(number, "")
        hidden = number < len(self.vault.items) and self.vault.items[number].draft and not self.item.draft
        return "" if hidden else path

    def _link(self, path: str, heading: str, words: str, in_table: bool) -> str:
        identifier = urls.document_id(path)
        if path == self.paths.get(self.number):
            identifier = "" if heading else identifier
        target = identifier + (f"#{heading}" if heading else "")
        separator = "\\|" if in_table else "|"
        return f"[[{target}{separator}{_plain(words)}]]" if words else f"[[{target}]]"

    def _resolve(self, target: str) -> Target | None:
        """Where a Markdown link leads: `Note.md`, `folder/Note`, `picture.png`."""
        if WEB.match(target):
            return None
        path, _, heading = target.partition("#")
        number = self.vault.note(path, self.above)
        if number is not None and (document := self._path(number)):
            fragment = f"#{in_link(heading, '|')}" if heading and not heading.startswith("^") else ""
            return Target(_relative(self.paths.get(self.number, ""), document) + fragment)
        file = self.vault.file(path, self.above)
        return None if file is None else self._shown_file(file)

    def _shown_file(self, file: Path) -> Target | None:
        target = self.vault.attachments.put(file, self.paths[self.number])
        if not target:
            return None
        self.files[str(file)] = target
        return Target(_relative(self.paths[self.number], target), urls.suffix_of(target) in urls.PICTURES)

    # ------------------------------------------------------------ blocks and spans

    def _hidden(self, found: re.Match[str]) -> int:
        self.left.markup(self.conversion.mark(found), "a comment", "is left out")
        end = self.conversion.scan.text.find("%%", found.end())
        return len(self.conversion.scan.text) if end < 0 else end + 2

    def _callout(self, found: re.Match[str]) -> int:
        kind, heading = found["kind"].lower(), found["heading"].strip()
        quote = found["quote"]
        if found["fold"]:
            self.left.markup(self.conversion.mark(found), "a callout that folds", "stands open")
        if kind in ("quote", "cite"):
            self.conversion.add(f"{quote}{heading}" + (f"\n{quote}" if heading else ""))
            return found.end()
        if kind not in _CALLOUTS:
            self.left.markup(self.conversion.mark(found), f"a callout '{kind}'", "became a note")
        title = heading or ("" if kind in _SAME else kind.replace("-", " ").capitalize())
        self.conversion.add(f"{quote}[!{_CALLOUTS.get(kind, 'NOTE')}]" + (f" {title}" if title else ""))
        return found.end()

    def _highlight(self, found: re.Match[str]) -> int | None:
        self.left.markup(self.conversion.mark(found), "a highlight", "became bold")
        self.conversion.add(
            f"**{found['lit'].replace('*', '')}**" if "[" not in found["lit"] else found["lit"]
        )
        return found.end()

    def _footnote(self, found: re.Match[str]) -> int:
        self.notes.append(found["note"].strip())
        self.conversion.add(f"[^inline-{len(self.notes)}]")
        return found.end()

    def _block(self, found: re.Match[str]) -> int:
        return found.end()

    def _formula(self, found: re.Match[str]) -> int:
        self.left.markup(self.conversion.mark(found), "a formula", "stands as it is typed")
        text = found[0]
        if text == "$$":
            end = self.conversion.scan.text.find("$$", found.end())
            if end < 0 or "```" in self.conversion.scan.text[found.end() : end]:
                self.conversion.add("$$")
                return found.end()
            text = self.conversion.scan.text[found.start() : end + 2]
            self.conversion.add(f"```\n{text}\n```" if "\n" in text else f"`{text}`")
            return end + 2
        self.conversion.add(f"`{text}`")
        return found.end()

    def _hashtag(self, found: re.Match[str]) -> int:
        self.tags.append(found["topic"].strip("/"))
        self.conversion.add(found[0])
        return found.end()


def _shown(name: str, heading: str) -> str:
    """What Obsidian shows of a link without words."""
    last = name.rpartition("/")[2]
    return f"{last} > {heading}" if last and heading else last or heading


def _plain(words: str) -> str:
    """Words as they can stand in a wiki link."""
    return re.sub(r"[\[\]|]", "", words).strip()


def _relative(document: str, target: str) -> str:
    """The path from a document to another file, as a link has it."""
    path = urls.relative(document, target)
    return f"<{path}>" if re.search(r"[\s()]", path) else path
