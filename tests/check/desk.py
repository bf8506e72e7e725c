"""A dossier made of texts in memory, and what an editor sees in it."""

from dossier import documents
from dossier.check import editorial
from dossier.check.sketches import sketch, text_of
from dossier.diagnostics import Diagnostic
from dossier.library import link
from dossier.model import Article, Parsed

TODAY = "2026-05-31"
# An article in which an editor finds nothing.
SOUND = "title: {0}\nsource: {0} Times\ndate: 2026-05-01\nurl: https://{0}.example/1\ntopics: [t]\n"


class Read:
    """The texts of parsed articles; sketches are counted."""

    def __init__(self, files: dict[str, Parsed]) -> None:
        self._files = files
        self.sketched = 0

    def sketch(self, article: Article) -> bytes:
        self.sketched += 1
        return sketch(self.text(article))

    def text(self, article: Article) -> str:
        return text_of(self._files[article.path].segments)


def seen(files: dict[str, str], *, site: str = "", today: str = TODAY) -> list[Diagnostic]:
    """What an editor sees in a topic `t` and these files, by their paths below content/.

    A Markdown text without fences is front matter alone.
    """
    texts = {"topics/t.md": "title: T", **files}
    parsed = {
        path: documents.parse(path, text.encode())
        for path, text in {
            "site.yaml": f"title: Test\n{site}",
            **{f"content/{name}": fenced(name, text) for name, text in texts.items()},
        }.items()
    }
    assert [finding for one in parsed.values() for finding in one.diagnostics] == []
    library, findings = link(list(parsed.values()), frozenset(parsed), today, drafts=False)
    assert findings == ()
    return sorted(editorial(parsed, library, today, Read(parsed)))


def codes(files: dict[str, str], **given: str) -> list[tuple[str, str]]:
    """The names of the files with findings, and the codes."""
    return [(finding.path.removeprefix("content/"), finding.code) for finding in seen(files, **given)]


def fenced(name: str, text: str) -> str:
    return f"---\n{text.rstrip()}\n---\n" if name.endswith(".md") and not text.startswith("---") else text


def article(name: str, text: str = "", fields: str = "") -> str:
    """A sound article of an outlet of its own, with this text and these further fields."""
    return f"---\n{SOUND.format(name)}{fields}---\n{text}\n"
