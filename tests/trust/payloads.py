"""The payloads of `tests/data/hostile.txt`, and a site that holds each of them in every field and context."""

import json
import re
from dataclasses import dataclass

from tests.conftest import REPOSITORY

FILE = REPOSITORY / "tests/data/hostile.txt"
PICTURES = {0x2400 + code: chr(code) for code in range(0x20)}
CONTROLS = frozenset(map(chr, range(0x20))) - frozenset("\t\n\r")
PAIR = re.compile(r"\\ud[89ab]..\\ud[c-f]..")
PER_DOCUMENT = 40
# What a site of such texts can't be without.
LOWERED = [
    *("quotation-differs", "quotation-speaker", "missing-asset", "unknown-citation", "unknown-link"),
    *("raw-html", "unsafe-link", "unknown-footnote", "unused-footnote", "duplicate-footnote"),
    "remote-image",
]
# Everything in which a writer of Markdown can put somebody's words.
CONTEXTS = (
    "{}",
    "In a sentence {} of a paragraph.",
    "## {}",
    "[a link]({})",
    "[a link](<{}>)",
    '[a link](https://example.org "{}")',
    "![a picture]({})",
    "[{}](https://example.org)",
    "<{}>",
    "`{}`",
    "> {}",
    "- {}\n- *{}*",
    "| {} | b |\n| --- | --- |\n| {} | **{}** |",
    "```{}\n{}\n```",
    "Term {}\n: Definition {}",
    "> [!NOTE]\n> {}",
    "A footnote[^n]. [[{}]] [[@{}]]\n\n[^n]: {}",
    "[reference]: {}\n\n[reference]",
)


@dataclass(frozen=True)
class Payload:
    """A text, and where it was published."""

    text: str
    source: str

    @property
    def is_text(self) -> bool:
        """Whether it has no control characters, which are refused wherever they stand."""
        return not CONTROLS.intersection(self.text)


def payloads() -> list[Payload]:
    """All of them, in the order of the file."""
    found, source = [], ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            source = line.removeprefix("## ")
        elif source and line:
            found.append(Payload(line.translate(PICTURES), source))
    return found


def in_contexts(text: str) -> str:
    """The text as a body that says it in every way that Markdown has."""
    return "\n\n".join(context.replace("{}", text) for context in CONTEXTS)


def front_matter(**fields: object) -> str:
    """JSON is YAML, but for pairs of surrogates: the fields as a document's front matter."""
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
    return "---\n" + PAIR.sub(lambda pair: json.loads(f'"{pair[0]}"'), lines) + "---\n"


def hostile_site() -> dict[str, str]:
    """A site's files: a short article titled by each payload, and some with many in all other places."""
    texts = [payload.text for payload in payloads() if payload.is_text]
    files = {
        "site.yaml": front_matter(
            title=texts[0],
            subtitle=texts[1],
            description=texts[2],
            url="https://dossier.example/",
            rights="full",
            page_size=200,
            findings=dict.fromkeys(LOWERED, "off"),
        ).strip("-\n")
        + "\n",
        "content/topics/t.md": front_matter(title=texts[3], summary=texts[4]) + in_contexts(texts[5]),
    }
    for number, text in enumerate(texts):
        named = {"title": text, "summary": text, "source": text, "date": "2020-01-01"}
        files[f"content/articles/short-{number}.md"] = front_matter(**named, topics=["t"], kind="news")
    for start in range(0, len(texts), PER_DOCUMENT):
        some = texts[start : start + PER_DOCUMENT]
        files |= _dense(f"{start}", some)
    return files


def _dense(name: str, texts: list[str]) -> dict[str, str]:
    """An article, a note and a claim that hold all of the texts in every list, and in every context."""
    events = [{"date": "2020-02-12", "title": text, "summary": text} for text in texts]
    said = [{"text": text, "speaker": text, "role": text, "locator": text} for text in texts]
    evidence = [
        {"article": f"dense-{name}", "stance": "supports", "comment": text, "quote": text, "locator": text}
        for text in texts
    ]
    common = {"title": f"Dense {name}", "topics": ["t"], "tags": texts, "authors": texts}
    # A comment that isn't closed is refused in bodies, as every one of them is elsewhere in the tests.
    texts = [text for text in texts if "<!--" not in text]
    body = "\n\n".join(map(in_contexts, texts))
    cite = "“{0}” [see {0} @dense-{1}, p. {0}]. [[dense-{1}|{0}]]"
    cited = "\n\n".join(cite.format(text, name) for text in texts)
    return {
        f"content/articles/dense-{name}.md": front_matter(
            **common, date="2020-01-02", events=events, excerpts=said, people=texts[:3], places=texts[3:6]
        )
        + body,
        f"content/notes/note-{name}.md": front_matter(
            **common, date="2020-02-13", status=texts[0], events=events
        )
        + f"{body}\n\n{cited}\n",
        f"content/claims/claim-{name}.md": front_matter(
            statement=texts[-1], topics=["t"], as_of="2020-02-12", evidence=evidence[:1]
        )
        + body,
    }
