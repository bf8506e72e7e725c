"""A site of Hugo: its content with front matter in YAML, TOML or JSON, bundles, shortcodes, former addresses.

https://gohugo.io/content-management/front-matter/, https://gohugo.io/content-management/shortcodes/,
https://gohugo.io/content-management/urls/
"""

import posixpath
import re
from pathlib import Path

from msgspec.structs import replace

from dossier import urls
from dossier.diagnostics import Diagnostic, info
from dossier.importing.fields import Fields, opened
from dossier.importing.folders import MARKDOWN, Attachments, Folder, look_through
from dossier.importing.items import Batch, Finished, Item, Left, Paths
from dossier.importing.markdown import NO_WIKI, Conversion, Target, in_link, unmarked, without_title
from dossier.importing.matter import Value, read_matter, read_toml, read_yaml
from dossier.importing.posts import MORE, Posts, slugged
from dossier.importing.scanning import Scan

_CONFIGS = ("hugo", "config", "config/_default/hugo", "config/_default/config")
_OTHER_FORMS = (".html", ".htm", ".org", ".adoc", ".asciidoc", ".rst", ".pdc", ".ipynb")
_SHORTCODE = re.compile(
    r"\{\{(?P<kind>[<%])(?P<quoted>/\*)?\s*(?P<close>/)?\s*(?P<name>[\w][\w./-]{0,60})"
    r"(?P<given>(?:[^{}\"`>%]|\"(?:[^\"\\\n]|\\.){0,2000}\"|`[^`]{0,2000}`|[>%](?!\}\})){0,2000}?)(?:\*/|/)?\s*[>%]\}\}"
)
_ARGUMENT = re.compile(
    r"(?:(?P<key>[\w-]+)=)?(?:\"(?P<text>(?:[^\"\\]|\\.)*)\"|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"`=]+))"
)
_TOKENS = (
    r"(?P<attribute>[ \t]+\{[#.:][^{}\n]{0,200}\}[ \t]*$|^[ \t]*\{[.#:][^{}\n]{0,200}\}[ \t]*$)",
    NO_WIKI,
)
_LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[a-z]{2,4})?)$", re.I)
_NOT_SHOWN = (
    *("layout", "type", "weight", "menu", "menus", "outputs", "markup", "sitemap", "build", "cascade"),
    *("toc", "showtoc", "tocopen", "comments", "linktitle", "iscjklanguage", "headless", "translationkey"),
)
_SERVICES = {
    "youtube": "https://www.youtube.com/watch?v={0}",
    "vimeo": "https://vimeo.com/{0}",
    "instagram": "https://www.instagram.com/p/{0}/",
    "gist": "https://gist.github.com/{0}/{1}",
    "x": "https://x.com/{user}/status/{id}",
    "tweet": "https://x.com/{user}/status/{id}",
    "twitter": "https://x.com/{user}/status/{id}",
}


def read_site(root: Path, site: Path, kind: str, today: str) -> Batch:
    """The pages of a site, or of a folder of content."""
    folder = look_through(root, site, lambda name: name in ("node_modules", "public", "resources", "themes"))
    config = _config(folder)
    content = "content/" if any(path.startswith("content/") for path in folder.files) else ""
    roots = ("static", "assets", content.rstrip("/"), "")
    base = str(config.get("baseURL") or config.get("baseurl") or "").rstrip("/")
    posts = Posts(folder, Attachments(site), roots, (base,) if base else ())
    batch = Batch()
    for path in folder.files:
        if path.startswith(content):
            _take(folder, path, path.removeprefix(content), config, (kind, today), posts, batch)
    batch.items = posts.items
    batch.findings += folder.findings
    batch.finish = lambda number, item, paths: _Page(posts, number, item, paths).finished()
    return batch


def _config(folder: Folder) -> dict[str, Value]:
    for name in _CONFIGS:
        for suffix in (".toml", ".yaml", ".yml", ".json"):
            data = folder.read(name + suffix) if name + suffix in folder.files else None
            if data is None:
                continue
            text = data.decode("utf-8-sig", "replace")
            if suffix == ".toml":
                values, wrong = read_toml(folder.place(name + suffix), text, 1)
                folder.findings += [wrong] if wrong else []
                return values
            read = read_matter if suffix == ".json" else read_yaml
            matter = read(folder.place(name + suffix), text.encode())
            folder.findings += matter.wrong
            return dict(matter.values)
    return {}


def _take(
    folder: Folder,
    path: str,
    inside: str,
    config: dict[str, Value],
    asked: tuple[str, str],
    posts: Posts,
    batch: Batch,
) -> None:
    suffix = urls.suffix_of(path)
    name = inside.rpartition("/")[2]
    if suffix in _OTHER_FORMS:
        folder.leave(path, f"a page in {suffix.removeprefix('.')} isn't Markdown")
        return
    if suffix not in MARKDOWN:
        return
    batch.read += 1
    if name.startswith("_index."):
        folder.leave(
            path, "it is a section's page: dossier makes lists by itself; write a topic for its text"
        )
        return
    found = opened(folder, path, batch)
    if found is None:
        return
    matter, fields = found
    item = _item(folder.place(path), inside, fields, config, *asked)
    fields.rest()
    item = replace(item, body=matter.body, body_line=matter.body_line)
    posts.add(path, replace(item, findings=(*item.findings, *fields.left.findings())), inside, f"/{inside}")


def _item(place: str, inside: str, fields: Fields, config: dict[str, Value], kind: str, today: str) -> Item:
    stem = inside.rpartition("/")[2].rpartition(".")[0]
    language = _LANGUAGE.search(stem)
    languages = config.get("languages")
    spoken = language[1] if language and isinstance(languages, dict) and language[1] in languages else ""
    stem = stem[: -len(spoken) - 1] if spoken else stem
    bundle = inside.rpartition("/")[0]
    name = bundle.rpartition("/")[2] if stem == "index" and bundle else stem
    fields.drop(*_NOT_SHOWN)
    title = fields.text("title") or name.replace("-", " ").replace("_", " ").strip().capitalize()
    url = fields.web("externalurl", "external_url", "source_url", "canonicalurl", "canonical", "link", "url")
    is_note = kind == "note" or (kind == "auto" and not url)
    date = fields.day("date", "publishdate", "pubdate", "published")
    updated = fields.day("lastmod", "modified", "updated")
    slug = fields.text("slug")
    own = _address(inside, name, slug, fields.text("url"), title, date, config, spoken)
    former = [_absolute(one, own) for one in fields.texts("aliases", "alias")]
    findings: tuple[Diagnostic, ...] = ()
    if is_note and not date:
        date = updated or today
        message = f"nothing says when it was written; the note has {date}"
        findings = (info(place, fields.mark("title"), "date-guessed", message, "write it there: date"),)
    return Item(
        place,
        kind="note" if is_note else "article",
        title=title,
        source="" if is_note else fields.text("source", "publisher"),
        authors=fields.texts("author", "authors", apart=";"),
        date=date,
        updated=updated if is_note else "",
        url="" if is_note else url,
        language="" if is_note else fields.text("language", "lang") or spoken,
        categories=fields.texts("categories", "category", "series"),
        tags=fields.texts("tags", "tag", "keywords", apart=","),
        formerly=tuple(dict.fromkeys(address for address in (own, *former) if address)),
        summary=fields.text("summary", "description"),
        draft=fields.flag("draft"),
        findings=findings,
    )


def _absolute(alias: str, own: str) -> str:
    """An alias from the home page on: one without a slash stands beside the page."""
    return alias if alias.startswith("/") else posixpath.join(posixpath.dirname(own.rstrip("/")), alias)


def _address(
    inside: str,
    name: str,
    slug: str,
    url: str,
    title: str,
    date: str,
    config: dict[str, Value],
    language: str,
) -> str:
    """Where Hugo published a page: by its own address, the site's permalinks, or its place."""
    if url:
        return url if url.startswith("/") else f"/{url}"
    parts = inside.split("/")[:-1]
    if inside.rpartition("/")[2].startswith("index.") and parts:
        parts = parts[:-1]
    section = parts[0] if parts else ""
    pattern = _permalink(config, section)
    last = slugged(slug or name)
    ugly = str(config.get("uglyURLs", config.get("uglyurls", ""))) == "true"
    prefix = (
        f"/{language.lower()}"
        if language and language != str(config.get("defaultContentLanguage", "en"))
        else ""
    )
    if not pattern:
        whole = "/".join([*map(slugged, parts), last])
        return f"{prefix}/{whole}" + (".html" if ugly else "/")
    year, month, day = [*(date.split("-") if date else []), "", "", ""][:3]
    values = {
        "year": year,
        "month": month,
        "day": day,
        "section": slugged(section),
        "sections": "/".join(map(slugged, parts)),
        "title": slugged(title),
        "slug": slugged(slug or title),
        "slugorfilename": last,
        "slugorcontentbasename": last,
        "filename": slugged(name),
        "contentbasename": slugged(name),
    }
    found = re.sub(r":([a-z]+)", lambda token: values.get(token[1], ""), pattern)
    return prefix + re.sub(r"/{2,}", "/", f"/{found}")


def _permalink(config: dict[str, Value], section: str) -> str:
    permalinks = config.get("permalinks")
    if not isinstance(permalinks, dict):
        return ""
    pages = permalinks.get("page")
    pattern = (pages if isinstance(pages, dict) else permalinks).get(section, "")
    return pattern if isinstance(pattern, str) else ""


class _Page:
    """One page's text on its way."""

    def __init__(self, posts: Posts, number: int, item: Item, paths: Paths) -> None:
        self.posts, self.number, self.item, self.paths = posts, number, item, paths
        self.left = Left(item.place)
        self.files: dict[str, str] = {}
        self._stack: list[str] = []

    def finished(self) -> Finished:
        """Shortcodes first, as Hugo reads them, then the Markdown that they stand in."""
        scan = Scan(self.item.body, self.item.body_line)
        body = _SHORTCODE.sub(lambda found: self._shortcode(found, scan), self.item.body)
        body = MORE.sub("", body)
        conversion = Conversion(Scan(body, self.item.body_line, self.item.body), self.left, self._resolve)
        conversion.extra = {"attribute": lambda found: found.end()}
        body = without_title(conversion.run(*_TOKENS), self.item.title)
        return Finished(body, (), tuple(self.files.items()), self.left.findings())

    def _resolve(self, target: str) -> Target | None:
        return self.posts.resolve(target, self.number, self.paths, self.files)

    # ------------------------------------------------------------ shortcodes

    def _shortcode(self, found: re.Match[str], scan: Scan) -> str:
        """What a shortcode becomes. As many lines as it had, so that places hold."""
        lines = "\n" * found[0].count("\n")
        if found["quoted"]:
            return found[0].replace("/*", "", 1).replace("*/", "", 1)
        name = found["name"].lower()
        if found["close"]:
            return "```" + lines if name == "highlight" else lines
        given = _given(found["given"])
        mark = scan.mark(found.start(), len(found[0].partition("\n")[0]))
        match name:
            case "highlight":
                return f"```{given.get('0', '')}" + lines
            case "ref" | "relref":
                return in_link(given.get("0") or given.get("path", "")) + lines
            case "figure" | "img" | "image" if given.get("src") or given.get("0"):
                return _figure(given) + lines
        if name in _SERVICES:
            address = _service(name, given)
            if address:
                self.left.markup(mark, f"the shortcode '{found['name']}'", "became a link")
                return f"<{address}>" + lines
        if name == "param" or name.startswith("_"):
            self.left.markup(mark, f"the shortcode '{found['name']}'", "is left out")
            return lines
        self.left.markup(mark, f"the shortcode '{found['name']}'", "is left out; what stands within it stays")
        return lines


def _given(text: str) -> dict[str, str]:
    """A shortcode's arguments by name, or by number."""
    given: dict[str, str] = {}
    for found in _ARGUMENT.finditer(text):
        value = found["text"] if found["text"] is not None else found["raw"] or found["bare"] or ""
        given[found["key"] or str(len(given))] = re.sub(r"\\(.)", r"\1", value)
    return given


def _figure(given: dict[str, str]) -> str:
    words = given.get("alt") or given.get("caption") or given.get("title") or ""
    caption = given.get("caption") or given.get("title") or ""
    alt = unmarked(" ".join(words.split()))
    title = " ".join(caption.replace('"', "”").split())
    return f"![{alt}]({in_link(given.get('src') or given.get('0', ''))}" + (f' "{title}")' if title else ")")


def _service(name: str, given: dict[str, str]) -> str:
    pattern = _SERVICES[name]
    names = re.findall(r"\{(\w+)\}", pattern)
    values = {key: given.get(key) or (given.get("id") if key == "0" else "") or "" for key in names}
    if not all(re.fullmatch(r"[\w.-]{1,100}", value) for value in values.values()):
        return ""
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], pattern)
