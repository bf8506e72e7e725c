"""A site of Jekyll: posts and drafts, Liquid, kramdown's attributes, former addresses.

https://jekyllrb.com/docs/posts/, https://jekyllrb.com/docs/permalinks/, https://kramdown.gettalong.org/syntax.html
"""

import re
from pathlib import Path

from msgspec.structs import replace

from dossier import urls
from dossier.importing.fields import Fields, opened
from dossier.importing.folders import MARKDOWN, Attachments, Folder, look_through
from dossier.importing.items import Batch, Finished, Item, Left, Paths
from dossier.importing.markdown import NO_WIKI, Conversion, Target, in_link, without_title
from dossier.importing.matter import Value, read_yaml
from dossier.importing.posts import MORE, Posts, slugged
from dossier.importing.scanning import Scan

_POST = re.compile(r"(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<name>.+)\.[a-z]+$", re.I)
_LIQUID = re.compile(
    r"\{%-?\s*(?P<tag>\w{1,40})(?P<given>(?:[^%]|%(?!\})){0,2000}?)\s*-?%\}"
    r"|\{\{-?\s*(?P<value>(?:[^{}]){0,500}?)\s*-?\}\}"
)
_PATTERNS = {
    "": "/:categories/:year/:month/:day/:title.html",
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
_TOKENS = (
    r"(?P<attribute>^[ \t>]*\{:{1,2}/?[^{}\n]{0,300}\}[ \t]*$|\{:{1,2}/?[^{}\n]{0,300}\})",
    r"(?P<contents>^[ \t]*[*+-][ \t]+[^\n]{0,60}\n[ \t]*\{:toc[^{}\n]{0,100}\}[ \t]*$)",
    NO_WIKI,
)
_NOT_SHOWN = (
    *("layout", "comments", "sitemap", "pin", "toc", "mathjax", "math", "mermaid", "classes", "sidebar"),
    *("excerpt_separator", "render_with_liquid", "nav_order", "weight", "author_profile", "share", "related"),
)
_MACHINERY = frozenset(["_layouts", "_includes", "_sass", "_data", "_plugins", "_theme"])
_NO_DAY = "a post's name begins with its day: 2020-02-12-title.md"
_COLLECTED = "it is in a collection of its own, not a post"
_QUOTED = re.compile(r"^(['\"])(?P<text>.*?)\1")


def read_site(root: Path, site: Path, kind: str, today: str) -> Batch:
    """The posts and drafts of a site, or of a folder of posts."""
    folder = look_through(root, site, lambda name: name in ("_site", "node_modules", "vendor"))
    config = _config(folder)
    url = str(config.get("url") or "").rstrip("/")
    base = "/" + str(config.get("baseurl") or "").strip("/")
    bases = tuple(each for each in (url + base.rstrip("/"), url) if each)
    posts = Posts(folder, Attachments(site), ("",), bases)
    batch = Batch()
    for path in folder.files:
        _take(folder, path, config, (kind, today), posts, batch)
    batch.items = posts.items
    batch.findings += folder.findings
    batch.finish = lambda number, item, paths: _Post(posts, number, item, paths, base).finished()
    return batch


def _config(folder: Folder) -> dict[str, Value]:
    for name in ("_config.yml", "_config.yaml"):
        data = folder.read(name) if name in folder.files else None
        if data is not None:
            matter = read_yaml(folder.place(name), data)
            folder.findings += matter.wrong
            return dict(matter.values)
    return {}


def _take(
    folder: Folder, path: str, config: dict[str, Value], asked: tuple[str, str], posts: Posts, batch: Batch
) -> None:
    parts, suffix = path.split("/"), urls.suffix_of(path)
    named = _POST.match(parts[-1])
    drafted = "_drafts" in parts[:-1]
    above = "_posts" in parts[:-1] or drafted
    is_post = drafted or (
        named is not None and (above or not any(part.startswith("_") for part in parts[:-1]))
    )
    if suffix in (".html", ".textile", ".org") and above:
        batch.read += 1
        folder.leave(path, f"a post in {suffix.removeprefix('.')} isn't Markdown")
        return
    if suffix not in MARKDOWN or parts[-1].lower() in ("readme.md", "license.md", "changelog.md"):
        return
    if not is_post:
        if not any(part in _MACHINERY for part in parts):
            batch.read += 1
            inside = any(part.startswith("_") for part in parts[:-1])
            folder.leave(path, _NO_DAY if above else _COLLECTED if inside else "it is a page, not a post")
        return
    batch.read += 1
    found = opened(folder, path, batch)
    if found is None:
        return
    matter, fields = found
    item = _item(folder.place(path), path, fields, config, *asked, drafted)
    fields.rest()
    item = replace(item, body=matter.body, body_line=matter.body_line, findings=fields.left.findings())
    posts.add(path, item, parts[-1], re.sub(r"\.[a-z]+$", "", parts[-1]))


def _item(
    place: str, path: str, fields: Fields, config: dict[str, Value], kind: str, today: str, drafted: bool
) -> Item:
    name = path.rpartition("/")[2]
    named = _POST.match(name)
    stem = named["name"] if named else name.rpartition(".")[0]
    fields.drop(*_NOT_SHOWN)
    title = fields.text("title") or " ".join(word.capitalize() for word in re.split(r"[-_]+", stem))
    date = fields.day("date") or (_of_name(named["date"]) if named else "")
    url = fields.web("external_url", "source_url", "canonical_url", "link", "original_url", "url")
    is_note = kind == "note" or (kind == "auto" and not url)
    above = [part for part in path.split("/")[:-1] if not part.startswith("_")]
    categories = (*above, *fields.texts("category"), *fields.texts("categories", apart=r"\s"))
    own = _address(config, fields.text("permalink"), fields.text("slug") or stem, date, categories)
    former = fields.texts("redirect_from", "alias", "aliases")
    updated = fields.day("last_modified_at", "modified", "updated")
    draft = drafted or fields.flag("draft") or not fields.flag("published", default=True)
    return Item(
        place,
        kind="note" if is_note else "article",
        title=title,
        source="" if is_note else fields.text("source", "publisher"),
        authors=fields.texts("author", "authors", apart=";"),
        date=date or (today if is_note else ""),
        updated=updated if is_note else "",
        url="" if is_note else url,
        language="" if is_note else fields.text("lang", "language", "locale"),
        categories=tuple(dict.fromkeys(categories)),
        tags=fields.texts("tags", "tag", "keywords", apart=r"[,\s]"),
        formerly=tuple(
            dict.fromkeys(one for one in ("" if drafted else own, *former) if one.startswith("/"))
        ),
        summary=fields.text("excerpt", "description", "summary"),
        draft=draft,
    )


def _of_name(date: str) -> str:
    year, month, day = date.split("-")
    return f"{year if len(year) == 4 else '20' + year}-{int(month):02d}-{int(day):02d}"


def _address(config: dict[str, Value], own: str, stem: str, date: str, categories: tuple[str, ...]) -> str:
    """Where Jekyll published a post."""
    defaults = str(config.get("permalink") or "")
    pattern = own or _PATTERNS.get(defaults, defaults)
    year, month, day = [*(date.split("-") if date else []), "", "", ""][:3]
    values = {
        "categories": "/".join(map(slugged, categories)),
        "year": year,
        "short_year": year[2:],
        "month": month,
        "i_month": month.lstrip("0"),
        "day": day,
        "i_day": day.lstrip("0"),
        "title": slugged(stem),
        "slug": slugged(stem),
        "output_ext": ".html",
    }
    found = re.sub(r":([a-z_]+)", lambda token: values.get(token[1], ""), pattern)
    return re.sub(r"/{2,}", "/", f"/{found}")


class _Post:
    """One post's text on its way."""

    def __init__(self, posts: Posts, number: int, item: Item, paths: Paths, base: str) -> None:
        self.posts, self.number, self.item, self.paths = posts, number, item, paths
        self.base = base.rstrip("/")
        self.left = Left(item.place)
        self.files: dict[str, str] = {}

    def finished(self) -> Finished:
        """Liquid first, as Jekyll reads it, then the Markdown that it stands in."""
        body = MORE.sub("", self._without_liquid())
        conversion = Conversion(Scan(body, self.item.body_line, self.item.body), self.left, self._resolve)
        conversion.extra = {"attribute": lambda found: found.end(), "contents": lambda found: found.end()}
        body = without_title(conversion.run(*reversed(_TOKENS)), self.item.title)
        return Finished(body, (), tuple(self.files.items()), self.left.findings())

    def _resolve(self, target: str) -> Target | None:
        if self.base and (target == self.base or target.startswith(f"{self.base}/")):
            target = target.removeprefix(self.base) or "/"
        return self.posts.resolve(target, self.number, self.paths, self.files)

    # ------------------------------------------------------------ Liquid

    def _without_liquid(self) -> str:
        """The text with what its tags and values say, as far as that is known without running Jekyll."""
        text = self.item.body
        scan = Scan(text, self.item.body_line)
        out: list[str] = []
        at = 0
        while (found := _LIQUID.search(text, at)) is not None:
            out.append(text[at : found.start()])
            at = found.end()
            if found["tag"] in ("raw", "comment"):
                end = re.compile(rf"\{{%-?\s*end{found['tag']}\s*-?%\}}").search(text, at)
                inner = text[at : end.start() if end else len(text)]
                at = end.end() if end else len(text)
                out.append(inner if found["tag"] == "raw" else "\n" * inner.count("\n"))
            elif found["tag"]:
                out.append(self._tag(found, scan))
            else:
                out.append(self._value(found, scan))
        out.append(text[at:])
        return "".join(out)

    def _tag(self, found: re.Match[str], scan: Scan) -> str:
        tag, given = found["tag"], found["given"].strip()
        lines = "\n" * found[0].count("\n")
        match tag:
            case "highlight":
                return f"```{given.partition(' ')[0]}" + lines
            case "endhighlight":
                return "```" + lines
            case "post_url" | "link":
                return in_link(given) + lines
        if not tag.startswith("end") and tag not in ("else", "elsif", "when"):
            named = f"{tag} {given.partition(' ')[0]}" if tag in ("include", "include_relative") else tag
            mark = scan.mark(found.start(), len(found[0].partition("\n")[0]))
            self.left.markup(mark, f"Liquid's '{named}'", "is left out; what stands within it stays")
        return lines

    def _value(self, found: re.Match[str], scan: Scan) -> str:
        value, _, filters = found["value"].partition("|")
        value = value.strip()
        lines = "\n" * found[0].count("\n")
        quoted = _QUOTED.match(value)
        if quoted and re.fullmatch(r"(?:\s*(?:relative_url|absolute_url|prepend:.*|escape)\s*\|?)*", filters):
            return quoted["text"] + lines
        known = {"site.baseurl": "", "site.url": "", "page.title": self.item.title}
        if value in known and not filters.strip():
            return known[value] + lines
        mark = scan.mark(found.start(), len(found[0].partition("\n")[0]))
        self.left.markup(mark, "a value of Liquid", "is left out")
        return lines
