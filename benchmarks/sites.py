"""The sites that are built: making them, bringing them to a cold state, editing them, checking the result."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import Article, make_article, make_corpus, make_head
from tools import Tool

HERE = Path(__file__).parent
BASE_TEMPLATE = Path("themes/bench/templates/base.html")


@dataclass(frozen=True)
class Site:
    """A generator's copy of the corpus. `trash` is where earlier outputs go: see `make_cold`."""

    tool: Tool
    folder: Path
    trash: Path
    size: int
    seed: int

    @property
    def public(self) -> Path:
        """The built site."""
        return self.folder / "public"


@dataclass(frozen=True)
class Edit:
    """A change to one file, `{mark}` standing for what differs from run to run.

    `pages` are the built files that must show the mark afterwards, or the build was a stale one.
    """

    file: Path
    text: str
    pages: tuple[str, ...]

    def apply(self, folder: Path, mark: str) -> None:
        """Write the file with a fresh mark."""
        (folder / self.file).write_text(self.text.replace("{mark}", mark), encoding="utf-8")

    def stale_pages(self, public: Path, mark: str) -> Iterator[str]:
        """The pages that should show the mark and don't."""
        for page in self.pages:
            path = public / page
            if not path.exists() or mark not in path.read_text(encoding="utf-8"):
                yield page


def make_site(tool: Tool, work: Path, size: int, seed: int) -> Site:
    """Write the corpus for a generator, in a process of its own so that this one stays small."""
    folder = work / str(size) / tool.name
    arguments = [tool.layout, str(folder), "--size", str(size), "--seed", str(seed)]
    subprocess.run([sys.executable, str(HERE / "layouts.py"), *arguments], check=True)
    return Site(tool, folder, work / "trash", size, seed)


def make_cold(site: Site) -> None:
    """Take away output and caches, by moving them aside: they are deleted when all is measured.

    ext4 steps over every inode that was freed in the last minutes whenever it makes a file, which doubles
    the time of a build of 10,000 pages that comes soon after deleting as many.
    """
    site.trash.mkdir(parents=True, exist_ok=True)
    turn = sum(1 for _ in site.trash.iterdir())
    for number, name in enumerate(site.tool.leftovers):
        path = site.folder / name
        if path.exists():
            path.rename(site.trash / f"{turn + number}-{name}")


def make_edits(site: Site) -> dict[str, Edit]:
    """The edits of a dossier: an article's body, the newest article's title, the base template."""
    corpus = make_corpus(site.size, site.seed)
    middle = make_article(corpus, site.size // 2)
    newest_number = max(range(site.size), key=lambda n: (make_head(site.seed, n).date, n))
    newest = make_article(corpus, newest_number)
    edits = {"body": body_edit(site, middle), "title": title_edit(site, newest)}
    if (site.folder / BASE_TEMPLATE).exists():
        text = (site.folder / BASE_TEMPLATE).read_text(encoding="utf-8")
        pages = ("index.html", f"articles/{middle.id}.html", f"articles/{newest.id}.html")
        edits["template"] = Edit(BASE_TEMPLATE, text.replace('"first"', '"{mark}"'), pages)
    return edits


def article_file(article: Article) -> Path:
    """Where an article's Markdown is."""
    return Path("content/articles") / f"{article.id}.md"


def body_edit(site: Site, article: Article) -> Edit:
    """A sentence more at the end of an article's last paragraph."""
    text = (site.folder / article_file(article)).read_text(encoding="utf-8")
    return Edit(
        article_file(article), f"{text.rstrip()} Revision {{mark}}.\n", (f"articles/{article.id}.html",)
    )


def title_edit(site: Site, article: Article) -> Edit:
    """Another title for the newest article, which stands on the home page, in feeds and in its topics."""
    text = (site.folder / article_file(article)).read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("title:"))
    pages = ("index.html", "feed.xml", f"articles/{article.id}.html")
    topics = tuple(f"topics/{topic.id}.html" for topic in article.topics)
    return Edit(article_file(article), text.replace(old, "title: Revision {mark}", 1), pages + topics)
