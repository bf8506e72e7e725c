"""The texts of a site whose every field was written by somebody who means harm."""

import json

# Whatever of this runs shows itself: a dialog, an error, a request.
SCRIPT = "<script>alert(1)</script>"
ATTRIBUTES = "\"'><img src=x onerror=alert(2)>"
LEFTOVERS = "]]> --> </style></title></textarea></script> {{ 7*7 }} {% raw %} & &lt;b&gt; &#60;"
CHARACTERS = "\u2028\u2029\u202e\u2066\u200b\ufeff"
TEXT = f"{SCRIPT}{ATTRIBUTES}{LEFTOVERS}{CHARACTERS}end"
RUNNING = (
    "javascript:alert(3)",
    "JaVa\tscript:alert(3)",
    "data:text/html,<script>alert(3)</script>",
    "//evil.test",
)


def quoted(text: str) -> str:
    """The text as a YAML scalar, with every character that YAML can't hold escaped."""
    return json.dumps(text)


def front_matter(**fields: object) -> str:
    """JSON is YAML: the fields as a document's front matter."""
    lines = [f"{key}: {json.dumps(value)}\n" for key, value in fields.items()]
    return "---\n" + "".join(lines) + "---\n"


EVENT = {"date": "2020-02-12", "title": TEXT, "summary": TEXT, "people": [TEXT], "places": [TEXT]}
BODY = f"""
## {SCRIPT} heading {ATTRIBUTES}

{SCRIPT}

<div onclick="alert(4)" style="position:fixed">raw <b>html</b></div>

<svg><script>alert(5)</script></svg> <math><mtext></mtext></math>

{LEFTOVERS}

A \u202ereversed\u202c word, a \u2028 line separator, a `code {SCRIPT}` span, [^1] and {{{{ 7*7 }}}}.

```html {ATTRIBUTES}
{SCRIPT}
```

| {SCRIPT} | b |
| --- | --- |
| {ATTRIBUTES} | ]]> |

> [!NOTE]
> {SCRIPT}

Term {SCRIPT}
: Definition {ATTRIBUTES}

[text {SCRIPT}](https://example.org/?a="onmouseover=alert(6)&b='c' "title {SCRIPT}")

[^1]: A footnote {SCRIPT}.
"""
LINKS = "\n\n".join(f"[click]({url}) ![image]({url}) <{url}>" for url in RUNNING)

COMMON = {
    "title": TEXT,
    "summary": TEXT,
    "tags": [TEXT],
    "authors": [TEXT],
    "topics": ["topic"],
    "events": [EVENT],
}
SPOKEN = [{"text": TEXT, "speaker": TEXT, "role": TEXT, "locator": TEXT}]
ARTICLE = {
    **COMMON,
    "source": TEXT,
    "people": [TEXT],
    "organizations": [TEXT],
    "places": [TEXT],
    "date": "2020-02-12",
    "rights": "full",
    "excerpts": SPOKEN,
}
SAID = {"quote": TEXT, "comment": TEXT, "speaker": TEXT, "locator": TEXT}
EVIDENCE = [
    {"article": name, "stance": stance, **SAID}
    for name, stance in (
        ("article", "supports"),
        ("repeated", "supports"),
        ("arabic", "disputes"),
        ("excerpt", "mentions"),
    )
]
# What is quoted: some of it is in the texts, and some of it isn't.
WORDS = (SCRIPT, f"{SCRIPT} heading {ATTRIBUTES}", "onclick=alert(4)", "word, a \u2028 line separator", TEXT)
ADDRESSED = "https://example.org/?a=%22&amp;b='c'&lt=d#&quot;"
REGISTER = {"name": TEXT, "aliases": [f"alias {TEXT}"], "description": TEXT}

HOSTILE = {
    "site.yaml": json.dumps(
        {
            "title": TEXT,
            "subtitle": TEXT,
            "description": TEXT,
            "authors": [TEXT],
            "url": "https://dossier.example/a%20b/",
            "featured": ["article", "note"],
            # What a claim quotes here is in no text, so that it is shown as that, too.
            "findings": {"quotation-differs": "warning", "quotation-speaker": "warning"},
        }
    )
    + "\n",
    "content/articles/article.md": front_matter(**ARTICLE, url=ADDRESSED, archive_url=ADDRESSED) + BODY,
    "content/articles/arabic.md": front_matter(
        title=f"مقال {TEXT}", language="ar", topics=["topic"], excerpts=SPOKEN
    )
    + BODY,
    "content/articles/excerpt.md": front_matter(**{**ARTICLE, "rights": "excerpt"}) + BODY,
    "content/articles/links.md": front_matter(title="Links that run", topics=["topic"], rights="full")
    + LINKS,
    "content/notes/note.md": front_matter(**COMMON, date="2020-02-13", status=TEXT)
    + BODY
    + f"\nCited [{SCRIPT} @article, p. {SCRIPT}]. @article says. [[article|{SCRIPT}]]\n"
    + "\n".join(f"“{words}” [@article], “{words}” [@excerpt]." for words in WORDS)
    + f"\n\n({SCRIPT}, “{SCRIPT}” [@arabic]{{speaker={SCRIPT}}}).\n",
    "content/topics/topic.md": front_matter(title=TEXT, summary=TEXT, aliases=[TEXT], events=[EVENT])
    + BODY
    + "\nCited [@article].\n",
    "content/articles/repeated.md": front_matter(
        title=TEXT, source=TEXT, via=TEXT, rights="full", excerpts=SPOKEN
    ),
    "content/claims/claim.md": front_matter(
        statement=TEXT, tags=[TEXT], topics=["topic"], as_of="2020-02-12", evidence=EVIDENCE
    )
    + BODY,
    "content/notes/holder.md": front_matter(
        title="Holder", date="2020-02-13", claims=[{"id": "held", "statement": TEXT, "evidence": EVIDENCE}]
    )
    + "\n[[claim]] and [[held|"
    + SCRIPT
    + "]]\n",
    "content/people.yaml": json.dumps({"person": {**REGISTER, "role": TEXT}}) + "\n",
    "content/places.yaml": json.dumps({"place": REGISTER}) + "\n",
    "content/sources.yaml": json.dumps({"source": {**REGISTER, "owner": TEXT}}) + "\n",
    "content/organizations.yaml": json.dumps(
        {"organization": {**REGISTER, "links": [{"title": TEXT, "url": ADDRESSED}]}}
    )
    + "\n",
}
