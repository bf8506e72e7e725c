"""A site to clip into, and calls of `clip` in this process."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dossier.clip.clipping import Asked, Outcome, clip
from dossier.clip.fetching import Limits, Manner
from dossier.clip.verifying import Verdict, verify

NOW = "2026-05-20T10:00:00Z"
HASTE = Manner(Limits(connect=3, read=3, total=4), private=True, contact="https://example.org/about")
SITE = {
    "site.yaml": "title: The Amer File\n",
    "content/topics/bridges.md": "---\ntitle: Bridges of Amerstadt\naliases: [bridge]\n---\nAbout.\n",
    "content/people.yaml": "ada-brueckner: {name: Ada Brückner}\nbo: {name: Bo Who, aliases: [Who]}\n",
    "content/organizations.yaml": "army: {name: US Army, aliases: [US]}\ncouncil: {name: Town Council}\n",
    "content/places.yaml": "amerstadt: {name: Amerstadt}\nhohenfeld: {name: Hohenfeld, aliases: [Old]}\n",
    "content/sources.yaml": "amer-post: {name: The Amer Post, aliases: [Post]}\n",
}


@dataclass(frozen=True)
class Desk:
    """A site's folder, with what is done at it."""

    folder: Path

    def clip(self, *inputs: str, stdin: bytes = b"", **given: object) -> list[Outcome]:
        asked = {"manner": HASTE, "now": NOW, "jobs": 2, **given}
        stream = io.BytesIO(stdin)
        call = Asked(self.folder, list(inputs), stdin=stream, **asked)  # type: ignore[arg-type]
        return list(clip(call))

    def verify(self) -> list[Verdict]:
        return list(verify(self.folder, lambda stage, done, total: None))

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")

    @property
    def captures(self) -> list[Path]:
        return sorted((self.folder / "captures").rglob("*.warc.gz"))

    @property
    def articles(self) -> list[Path]:
        return sorted((self.folder / "content" / "articles").rglob("*.md"))


def new_desk(folder: Path) -> Desk:
    """A site with a topic and registers, and no articles yet."""
    desk = Desk(folder)
    for path, text in SITE.items():
        desk.write(path, text)
    return desk


def codes(outcomes: Sequence[Outcome]) -> list[str]:
    """The codes of all findings."""
    return [finding.code for outcome in outcomes for finding in outcome.findings]


def field(content: str, key: str) -> str:
    """A field of front matter as it is written; '' where it isn't there."""
    lines = content.partition("\n---\n")[0].split("\n")
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(f"{key}:")), "")
