"""Whatever was edited, in whatever order: an incremental build equals a clean one, byte for byte."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.engine.site import SMALL, TODAY, copy, environment_of, small_site, tree

IDS = st.sampled_from(["a", "b", "c", "d"])
NOTES = st.sampled_from(["n", "o"])
TOPICS = st.sampled_from(["t", "u"])
CLAIMS = st.sampled_from(["c", "d"])
STANCES = st.lists(st.tuples(IDS, st.sampled_from(["supports", "disputes", "mentions"])), max_size=3)
WORDS = st.sampled_from(SOME := ["Alpha", "Beta", "Gamma", "Delta"])
TEXTS = st.sampled_from(["Alpha.", "Beta.", "![x](x.png)\n\n## Heading", "[Text](b.md)"])
DATES = st.sampled_from(["2019", "2020-02", "2020-02-12", "2021-01-01", ""])
RIGHTS = st.sampled_from(["full", "excerpt", "reference", ""])
TEMPLATES = st.sampled_from(
    ["article.html", "topic.html", "home.html", "note.html", "person.html", "feed.xml"]
)
# Two files are enough for processes of their own here, so that batches are of all shapes.
CLEAN_BUILD = """
import sys
from pathlib import Path
from dossier.build import Options, build, documents, rendering
documents.ENOUGH = rendering.ENOUGH = 2
sys.exit(build(Options(site=Path(".").absolute(), today="{today}", jobs=3)).failed)
"""
# A site whose quotations are wrong is built all the same.
LOWERED = "findings: {quotation-differs: info, quotation-speaker: info}\n"
# How many sequences of edits the slow run tries.
SEQUENCES = int(os.environ.get("DOSSIER_SEQUENCES", "8"))


def article(
    title: str,
    date: str,
    topics: set[str],
    people: set[str],
    rights: str,
    text: str,
    source: str = "",
    via: str = "",
) -> str:
    """An article's file, without fields that are empty."""
    fields = {
        "title": title,
        "source": source,
        "via": via,
        "date": date,
        "topics": f"[{', '.join(sorted(topics))}]",
        "people": f"[{', '.join(sorted(people))}]",
        "rights": rights,
    }
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in fields.items() if v) + f"---\n{text}\n"


Said = list[tuple[str, str, str]]


def evidence(said: Said, margin: str = "") -> str:
    """Evidence as lines of front matter: articles, stances, and words that are quoted."""
    items = (
        f"{margin}  - article: {name}\n{margin}    stance: {stance}\n"
        + (f"{margin}    quote: {quote}\n" if quote else "")
        for name, stance, quote in said
    )
    return f"{margin}evidence:\n" + "".join(items) if said else ""


def claim(statement: str, said: Said, successor: str, text: str) -> str:
    """A claim's file."""
    head = f"statement: {statement}\nas_of: 2020-05\ntopics: [t]\n"
    if successor:
        head += f"superseded_by: {successor}\n"
    return f"---\n{head}{evidence(said)}---\n{text}\n"


class Edits(RuleBasedStateMachine):
    """Edits a site at random, and builds it after each. Clean builds are made in this process."""

    @initialize()
    def begin(self) -> None:
        self.parent = Path(tempfile.mkdtemp(prefix="dossier-edits-"))
        self.site = small_site(self.parent / "site")
        self.write("site.yaml", SMALL["site.yaml"] + LOWERED)
        self.builds = 0
        self.former: dict[str, bytes] = {}

    @rule(name=IDS, title=WORDS, date=DATES, rights=RIGHTS, text=TEXTS)
    def write_article(self, name: str, title: str, date: str, rights: str, text: str) -> None:
        topics = {"t"} if (self.site.folder / "content/topics/t.md").exists() else set[str]()
        self.write(f"content/articles/{name}.md", article(title, date, topics, {"Ada", title}, rights, text))

    @rule(
        name=IDS, title=WORDS, source=st.sampled_from(["AP", "ap", "VOA", ""]), via=WORDS | IDS | st.just("")
    )
    def write_report(self, name: str, title: str, source: str, via: str) -> None:
        """An article that may repeat another, an agency, or itself."""
        self.write(
            f"content/articles/{name}.md", article(title, "2020-03", set(), set(), "", title, source, via)
        )

    @rule(
        name=CLAIMS,
        statement=WORDS,
        said=STANCES,
        other=CLAIMS | st.just(""),
        text=WORDS | st.just(""),
        quoting=st.booleans(),
    )
    def write_claim(
        self, name: str, statement: str, said: list[tuple[str, str]], other: str, text: str, quoting: bool
    ) -> None:
        there = other and other != name and self.place(f"content/claims/{other}.md").exists()
        self.write(
            f"content/claims/{name}.md",
            claim(statement, self.there(said, quoting), other if there else "", text),
        )

    @rule(statement=WORDS, said=STANCES, draft=st.booleans())
    def write_note_with_a_claim(self, statement: str, said: list[tuple[str, str]], draft: bool) -> None:
        head = f"claims:\n  - id: held\n    statement: {statement}\n    draft: {draft}\n"
        text = "As it is." if draft else "As [[held]]."
        head += evidence(self.there(said, True), "    ")
        note = f"---\ntitle: Held\ndate: 2021-02-01\n{head}---\n{text}\n"
        self.write("content/notes/h.md", note)

    def there(self, said: list[tuple[str, str]], quoting: bool) -> Said:
        """The evidence whose articles are there, quoting a word that they have."""
        found = []
        for name, stance in said:
            if self.place(f"content/articles/{name}.md").exists():
                text = self.site.read(f"content/articles/{name}.md").rpartition("---\n")[2]
                found.append((name, stance, next((w for w in SOME if quoting and w in text), "")))
        return found

    @rule(owner=st.sampled_from(["", "VOA", "Desk"]))
    def write_sources(self, owner: str) -> None:
        lines = f"ap: {{name: AP, owner: '{owner}'}}\nvoa: {{name: VOA, owner: Desk}}\n"
        self.write("content/sources.yaml", lines)

    @rule(name=IDS, text=WORDS)
    def edit_body(self, name: str, text: str) -> None:
        self.edit(f"content/articles/{name}.md", lambda old: old + f"\n{text}\n")

    @rule(name=NOTES, cited=IDS, text=WORDS, draft=st.booleans())
    def write_note(self, name: str, cited: str, text: str, draft: bool) -> None:
        cites = f"[@{cited}]" if (self.site.folder / f"content/articles/{cited}.md").exists() else ""
        head = "draft: true\n" if draft else ""
        self.write(
            f"content/notes/{name}.md", f"---\ntitle: {text}\ndate: 2021-01-01\n{head}---\n{text} {cites}\n"
        )

    @rule(name=NOTES, cited=IDS, other=IDS, words=WORDS, speaker=st.sampled_from(["", "(Ada, "]))
    def write_quotation(self, name: str, cited: str, other: str, words: str, speaker: str) -> None:
        """A note that quotes what an article may say, or may say no longer."""
        both = [each for each in (cited, other) if self.place(f"content/articles/{each}.md").exists()]
        cites = "; ".join(f"@{each}" for each in both)
        text = f"{speaker}“{words}” [{cites}]." if both else words
        self.write(f"content/notes/{name}.md", f"---\ntitle: N\ndate: 2021-01-01\n---\n{text}\n")

    @rule(name=IDS, words=WORDS, speaker=st.sampled_from(["Ada", "Bob", "''"]))
    def write_excerpt(self, name: str, words: str, speaker: str) -> None:
        excerpt = f"excerpts: [{{text: {words}, speaker: {speaker}}}]\n"
        self.write(
            f"content/articles/{name}.md", f"---\ntitle: E\ndate: 2020-03\n{excerpt}---\nAlpha Beta.\n"
        )

    @rule(name=TOPICS, title=WORDS, order=st.integers(0, 2))
    def write_topic(self, name: str, title: str, order: int) -> None:
        self.write(
            f"content/topics/{name}.md", f"---\ntitle: {title}\norder: {order}\n---\n{title} overview.\n"
        )

    @rule(old=IDS, new=IDS)
    def rename_article(self, old: str, new: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.replace(self.place(f"content/articles/{old}.md"), self.place(f"content/articles/{new}.md"))

    @rule(one=IDS, other=IDS)
    def swap_articles(self, one: str, other: str) -> None:
        a, b, between = (
            self.place(f"content/articles/{name}") for name in (f"{one}.md", f"{other}.md", "z.tmp")
        )
        if one != other and a.exists() and b.exists():
            os.replace(a, between)
            os.replace(b, a)
            os.replace(between, b)

    @rule(
        path=st.sampled_from(
            [f"content/articles/{n}.md" for n in "abcd"]
            + [f"content/notes/{n}.md" for n in "noh"]
            + [f"content/claims/{n}.md" for n in "cd"]
        )
    )
    def delete(self, path: str) -> None:
        self.place(path).unlink(missing_ok=True)

    @rule(role=WORDS, name=st.sampled_from(["Ada Lovelace", "Augusta King"]))
    def write_register(self, role: str, name: str) -> None:
        self.write("content/people.yaml", f"ada: {{name: {name}, role: {role}, aliases: [Ada]}}\n")

    @rule(title=WORDS, size=st.integers(2, 4), rights=st.sampled_from(["full", "excerpt"]))
    def write_settings(self, title: str, size: int, rights: str) -> None:
        text = (
            f"title: {title}\nurl: https://example.org/\ntheme: plain\nrights: {rights}\npage_size: {size}\n"
        )
        self.write("site.yaml", text + LOWERED)

    @rule(word=WORDS)
    def edit_shared_template(self, word: str) -> None:
        self.write("themes/plain/templates/all.txt", f"{word} {{{{ view | string }}}}\n{{{{ body }}}}\n")

    @rule(name=TEMPLATES, word=WORDS)
    def edit_template(self, name: str, word: str) -> None:
        self.write(f"themes/plain/templates/{name}", f"{word} {{% include 'all.txt' %}}")

    @rule(text=WORDS)
    def write_assets(self, text: str) -> None:
        self.write("content/articles/x.png", text)
        self.write("themes/plain/assets/style.css", text)

    @rule(path=st.sampled_from(list(SMALL)))
    def restore(self, path: str) -> None:
        self.write(path, SMALL[path])

    @rule(path=st.sampled_from(list(SMALL)))
    def touch(self, path: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.utime(self.place(path))

    @rule(name=IDS)
    def edit_keeping_size_and_time(self, name: str) -> None:
        place = self.place(f"content/articles/{name}.md")
        if place.exists():
            status = place.stat()
            self.edit(
                f"content/articles/{name}.md", lambda old: old[:-2] + ("x" if old[-2] != "x" else "y") + "\n"
            )
            os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))

    @rule()
    def break_and_mend(self) -> None:
        """A failed build in between changes nothing."""
        self.write("content/notes/broken.md", "---\ntitle: [\n---\n")
        before = self.site.tree()
        assert self.site.build().failed
        assert self.site.tree() == before
        self.place("content/notes/broken.md").unlink()

    @rule(atomic=st.booleans())
    def build_otherwise(self, atomic: bool) -> None:
        self.site.build(atomic=atomic, drafts=True)

    @rule()
    def damage_output(self) -> None:
        for path in list(self.site.output.glob("*/*.html"))[:2]:
            path.write_bytes(b"?")
        self.former = self.site.tree()  # A build that fails leaves this too as it is.

    @rule()
    def forget(self) -> None:
        shutil.rmtree(self.site.folder / ".dossier", ignore_errors=True)

    @invariant()
    def an_incremental_build_equals_a_clean_one(self) -> None:
        if not hasattr(self, "site"):
            return
        result = self.site.build()
        clean = self.parent / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        if result.failed:
            assert self.site.tree() == self.former
        else:
            assert self.site.tree() == self.clean_tree(clean)
            self.former = self.site.tree()
        self.builds += 1

    def clean_tree(self, folder: Path) -> dict[str, bytes]:
        """A clean build in another folder."""
        return self.site.clean(folder)

    def place(self, path: str) -> Path:
        return self.site.folder / path

    def write(self, path: str, content: str | bytes) -> None:
        self.site.write({path: content})

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        if self.place(path).exists():
            self.write(path, change(self.site.read(path)))

    def teardown(self) -> None:
        if hasattr(self, "parent"):
            shutil.rmtree(self.parent)


class EditsComparedAbroad(Edits):
    """Clean builds are made by several processes with another hash seed, time zone and locale."""

    def clean_tree(self, folder: Path) -> dict[str, bytes]:
        for path in ("site.yaml", "content", "themes"):
            copy(self.site.folder / path, folder / path)
        program = CLEAN_BUILD.format(today=TODAY)
        abroad = {"PYTHONHASHSEED": str(self.builds + 1), "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        command = [sys.executable, "-c", program]
        subprocess.run(command, cwd=folder, env=environment_of(abroad), check=True, timeout=120)
        return tree(folder / "public")


EVERY = settings(deadline=None, suppress_health_check=list(HealthCheck))


class TestEdits(Edits.TestCase):  # type: ignore[misc]
    """A few short sequences, the same each time."""

    settings = settings(EVERY, max_examples=6, stateful_step_count=12, derandomize=True)


@pytest.mark.slow
class TestEditsComparedAbroad(EditsComparedAbroad.TestCase):  # type: ignore[misc]
    """Longer sequences, others each time."""

    settings = settings(EVERY, max_examples=SEQUENCES, stateful_step_count=30)
