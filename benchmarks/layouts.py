"""The same corpus written as a site for each generator.

Run as a program, this writes one site: `python layouts.py hugo FOLDER --size 1000`. The benchmark does so in
a process of its own, because on Linux a measured child never reports less peak memory than its parent held.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from corpus import Article, Citation, Corpus, Entity, Head, Note, Topic, make_corpus

HERE = Path(__file__).parent
SITE_URL = "https://dossier.example/"
SITE_TITLE = "Benchmark dossier"
ENTITY_FOLDERS = ("people", "organizations", "places", "sources")
PLAIN = re.compile(r"[A-Za-z][\w .,/()-]*")
YAML_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


# ---------------------------------------------------------------- YAML


def yaml_scalar(value: str) -> str:
    """A string as a person would write it: bare where YAML reads it back as it is, quoted elsewhere."""
    bare = PLAIN.fullmatch(value) and value.lower() not in YAML_WORDS and value == value.strip()
    return value if bare else json.dumps(value, ensure_ascii=False)


def yaml_list(values: Iterable[str]) -> str:
    """A flow list. Its items are quoted where they hold a comma."""
    return f"[{', '.join(json.dumps(v, ensure_ascii=False) if ',' in v else v for v in values)}]"


def front_matter(fields: Mapping[str, str]) -> str:
    """Front matter of keys with YAML values; empty values are left out."""
    lines = (f"{key}: {value}\n" for key, value in fields.items() if value not in ("", "[]"))
    return f"---\n{''.join(lines)}---\n\n"


def write(path: Path, text: str) -> None:
    """Write a text file."""
    path.write_text(text, encoding="utf-8")


# ---------------------------------------------------------------- dossier


def write_dossier(corpus: Corpus, folder: Path, theme: str = "bench") -> None:
    """The site as dossier reads it. The bench theme comes along; other themes ship with dossier."""
    content = folder / "content"
    for name in ("articles", "notes", "topics"):
        (content / name).mkdir(parents=True)
    settings = {
        "title": SITE_TITLE,
        "url": SITE_URL,
        "language": "en",
        "theme": theme,
        "rights": "full",
        "changes": "off",
    }
    if theme == "bench":
        # The other generators make none, and their layouts show nothing of the kind.
        settings |= {"bibliographies": "false", "related": "false", "changes": "off"}
    write(folder / "site.yaml", "".join(f"{key}: {value}\n" for key, value in settings.items()))
    if theme == "bench":
        shutil.copytree(HERE / "themes" / "bench", folder / "themes" / "bench")
    for article in corpus.articles():
        write(content / "articles" / f"{article.id}.md", dossier_article(article))
    for note in corpus.notes():
        write(content / "notes" / f"{note.id}.md", dossier_note(note))
    for topic in corpus.topics:
        write(content / "topics" / f"{topic.id}.md", dossier_topic(topic))
    for name in ENTITY_FOLDERS:
        write(content / f"{name}.yaml", dossier_register(name, getattr(corpus, name)))


def dossier_article(article: Article) -> str:
    """An article's file."""
    fields = {
        "title": yaml_scalar(article.title),
        "source": article.source.id,
        "authors": yaml_list(article.authors),
        "date": article.date,
        "url": article.url,
        "accessed": article.accessed,
        "kind": article.kind,
        "topics": yaml_list(topic.id for topic in article.topics),
        "people": yaml_list(entity.id for entity in article.people),
        "organizations": yaml_list(entity.id for entity in article.organizations),
        "places": yaml_list(entity.id for entity in article.places),
        "summary": yaml_scalar(article.summary),
        "rights": "full",
        "text": "full",
    }
    return front_matter(fields) + article.body


def dossier_note(note: Note) -> str:
    """A note's file, with `[@id]` and `[[id]]`."""
    fields = {
        "title": yaml_scalar(note.title),
        "date": note.date,
        "authors": yaml_list(note.authors),
        "topics": yaml_list(topic.id for topic in note.topics),
        "summary": yaml_scalar(note.summary),
        "status": note.status,
    }
    return front_matter(fields) + note_text(note, dossier_citation)


def dossier_citation(citation: Citation) -> str:
    """A citation in dossier's own syntax."""
    return f"[[{citation.article.id}]]" if citation.wiki else f"[@{citation.article.id}]"


def dossier_topic(topic: Topic) -> str:
    """A topic's file."""
    fields = {"title": yaml_scalar(topic.title), "summary": yaml_scalar(topic.summary)}
    return front_matter({**fields, "order": str(topic.order)}) + topic.overview


def dossier_register(name: str, entities: Iterable[Entity]) -> str:
    """A register: every entity with its description, people with a role, places with coordinates."""
    lines: list[str] = []
    for entity in entities:
        lines += [f"{entity.id}:", f"  name: {yaml_scalar(entity.name)}"]
        if name == "people":
            lines.append(f"  role: {yaml_scalar(entity.role)}")
        lines.append(f"  description: {yaml_scalar(entity.description)}")
        if name == "places":
            position = f"{{latitude: {entity.latitude}, longitude: {entity.longitude}}}"
            lines.append(f"  coordinates: {position}")
    return "\n".join(lines) + "\n"


def note_text(note: Note, cite: Callable[[Citation], str]) -> str:
    """A note's Markdown, its citations written by `cite`."""
    return "".join(part if isinstance(part, str) else cite(part) for part in note.text)


# ---------------------------------------------------------------- Hugo


def write_hugo(corpus: Corpus, folder: Path) -> None:
    """The site as Hugo reads it: taxonomies for topics and entities, registers as data files."""
    shutil.copytree(HERE / "hugo", folder)
    content = folder / "content"
    for name in ("articles", "notes", "documents"):
        (content / name).mkdir(parents=True)
        write(content / name / "_index.md", front_matter({"title": name.capitalize()}))
    for article in corpus.articles():
        write(content / "articles" / f"{article.id}.md", hugo_article(article))
    for note in corpus.notes():
        write(content / "notes" / f"{note.id}.md", hugo_note(note))
    for topic in corpus.topics:
        (content / "topics" / topic.id).mkdir(parents=True)
        write(content / "topics" / topic.id / "_index.md", dossier_topic(topic))
    # Only topics have feeds of their own, as in dossier.
    cascade = "\n  - target: {kind: term}\n    outputs: [html, rss]"
    write(content / "topics" / "_index.md", front_matter({"title": "Topics", "cascade": cascade}))
    (folder / "data").mkdir()
    for name in ENTITY_FOLDERS:
        write(folder / "data" / f"{name}.json", hugo_register(getattr(corpus, name)))


def hugo_article(article: Article) -> str:
    """An article's page. `url` and `kind` mean something else to Hugo, so they have other names here.

    Entities are written by name: Hugo makes the term's title and address of it without a file per entity.
    """
    fields = {
        "title": yaml_scalar(article.title),
        "sources": yaml_list([article.source.name]),
        "authors": yaml_list(article.authors),
        "date": article.date,
        "original": article.url,
        "accessed": article.accessed,
        "label": article.kind,
        "topics": yaml_list(topic.id for topic in article.topics),
        "people": yaml_list(entity.name for entity in article.people),
        "organizations": yaml_list(entity.name for entity in article.organizations),
        "places": yaml_list(entity.name for entity in article.places),
        "summary": yaml_scalar(article.summary),
    }
    return front_matter(fields) + article.body


def hugo_note(note: Note) -> str:
    """A note's page; its citations are links already, so that Hugo has nothing to look up."""
    fields = {
        "title": yaml_scalar(note.title),
        "date": note.date,
        "authors": yaml_list(note.authors),
        "topics": yaml_list(topic.id for topic in note.topics),
        "summary": yaml_scalar(note.summary),
        "status": note.status,
    }
    return front_matter(fields) + note_text(note, plain_citation(".html"))


def hugo_register(entities: Iterable[Entity]) -> str:
    """A data file: what the entity pages show besides their documents."""
    rows = {e.id: {"role": e.role, "description": e.description} for e in entities}
    return json.dumps(rows, ensure_ascii=False, indent=1)


def plain_citation(suffix: str) -> Callable[[Citation], str]:
    """Citations as ordinary Markdown links: the number, or the title for a wiki link."""

    def cite(citation: Citation) -> str:
        text = citation.article.title if citation.wiki else f"\\[{citation.number}\\]"
        return f"[{text}](../articles/{citation.article.id}{suffix})"

    return cite


# ---------------------------------------------------------------- generators without taxonomies


def write_plain(corpus: Corpus, folder: Path, suffix: str, slugs: bool = False) -> None:
    """Markdown files for every page, lists and metadata written out as Markdown links.

    The generators that read this only turn Markdown into pages: topics, entities and lists are ready-made,
    which spares them work that dossier and Hugo do themselves. `suffix` ends the links between documents;
    `slugs` adds the address to the front matter for Pelican, which would make one of the title.
    """
    listed: dict[str, list[Head]] = defaultdict(list)
    for name in ("articles", "notes", "topics", *ENTITY_FOLDERS):
        (folder / name).mkdir(parents=True)

    def page(kind: str, id: str, title: str, date: str, body: str) -> None:
        fields = {"title": yaml_scalar(title), "date": date, "slug": id if slugs else ""}
        write(folder / kind / f"{id}.md", front_matter(fields) + body)

    for article in corpus.articles():
        metadata = plain_metadata(article, suffix)
        page("articles", article.id, article.title, article.date, f"{metadata}\n\n{article.body}")
        for key in plain_places_in_lists(article):
            listed[key].append(Head(article.id, article.title, article.date))
    for note in corpus.notes():
        text = note_text(note, plain_citation(suffix))
        page("notes", note.id, note.title, note.date, text)
    for topic in corpus.topics:
        links = plain_list(listed[f"topics/{topic.id}"], "../articles/", suffix)
        page("topics", topic.id, topic.title, "2025-12-31", f"{topic.overview}\n{links}")
    for name in ENTITY_FOLDERS:
        for entity in getattr(corpus, name):
            links = plain_list(listed[f"{name}/{entity.id}"], "../articles/", suffix)
            page(name, entity.id, entity.name, "2025-12-31", f"{entity.description}\n\n{links}")
    write(folder / "index.md", plain_home(corpus, listed["latest"], suffix))


def plain_links(article: Article) -> Iterator[tuple[str, str, str]]:
    """Folder, id and text of everything that an article's metadata links to."""
    yield "sources", article.source.id, article.source.name
    for topic in article.topics:
        yield "topics", topic.id, topic.title
    for name in ("people", "organizations", "places"):
        for entity in getattr(article, name):
            yield name, entity.id, entity.name


def plain_metadata(article: Article, suffix: str) -> str:
    """An article's metadata as a paragraph of links."""
    links = (f"[{text}](../{name}/{id}{suffix})" for name, id, text in plain_links(article))
    return f"{article.date} · {article.kind} · [original]({article.url}) · {' · '.join(links)}"


def plain_places_in_lists(article: Article) -> list[str]:
    """The pages that list an article."""
    return ["latest", *(f"{name}/{id}" for name, id, _ in plain_links(article))]


def plain_list(heads: Iterable[Head], folder: str, suffix: str) -> str:
    """Links to articles, newest first."""
    newest = sorted(heads, key=lambda head: (head.date, head.id), reverse=True)
    return "".join(f"- {h.date} [{h.title}]({folder}{h.id}{suffix})\n" for h in newest)


def plain_home(corpus: Corpus, heads: list[Head], suffix: str) -> str:
    """The home page: the latest thirty articles, and the topics."""
    newest = sorted(heads, key=lambda head: (head.date, head.id), reverse=True)[:30]
    topics = "".join(f"- [{t.title}](topics/{t.id}{suffix})\n" for t in corpus.topics)
    body = f"{plain_list(newest, 'articles/', suffix)}\n## Topics\n\n{topics}"
    return front_matter({"title": SITE_TITLE}) + body


def write_pelican(corpus: Corpus, folder: Path) -> None:
    """Pelican: articles are its articles, everything else its pages; a theme of two templates."""
    shutil.copytree(HERE / "pelican", folder)
    write_plain(corpus, folder / "content", ".html", slugs=True)


def write_mkdocs(corpus: Corpus, folder: Path) -> None:
    """MkDocs with Material."""
    shutil.copytree(HERE / "mkdocs", folder)
    write_plain(corpus, folder / "docs", ".md")


def write_zensical(corpus: Corpus, folder: Path) -> None:
    """Zensical, which reads MkDocs' settings."""
    shutil.copytree(HERE / "zensical", folder)
    write_plain(corpus, folder / "docs", ".md")


def write_eleventy(corpus: Corpus, folder: Path) -> None:
    """Eleventy with one Nunjucks layout."""
    shutil.copytree(HERE / "eleventy", folder)
    write_plain(corpus, folder / "content", ".html")


LAYOUTS: dict[str, Callable[[Corpus, Path], None]] = {
    "dossier": write_dossier,
    "dossier-briefing": lambda corpus, folder: write_dossier(corpus, folder, theme="briefing"),
    "hugo": write_hugo,
    "pelican": write_pelican,
    "mkdocs": write_mkdocs,
    "zensical": write_zensical,
    "eleventy": write_eleventy,
}


def main() -> None:
    """Write one site into a folder that doesn't exist yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layout", choices=LAYOUTS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=1000, help="articles (default: 1000)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    LAYOUTS[options.layout](make_corpus(options.size, options.seed), options.folder)


if __name__ == "__main__":
    main()
