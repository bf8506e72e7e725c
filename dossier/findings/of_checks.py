"""What an editor would see; found by `dossier check` alone."""

from dossier.findings.code import INFO, WARNING, Code

CODES = (
    Code(
        "orphan-article", WARNING, "in no topic, and nothing cites or links it", "give it a topic, or cite it"
    ),
    Code("orphan-note", INFO, "a note in no topic that nothing links to", "give it a topic, or link to it"),
    Code("claim-without-support", WARNING, "no article on file supports a claim", "add evidence for it"),
    Code("empty-topic", WARNING, "a topic without articles, notes and subtopics", "fill it, or delete it"),
    Code("undated-article", WARNING, "an article without a date", "add `date`, as precise as the source is"),
    Code("article-without-source", WARNING, "an article without a source", "add `source`"),
    Code("article-without-link", WARNING, "no `url` and no `archive_url`", "add one of them"),
    Code("same-url", WARNING, "two articles are one page on the web", "keep one of the two files"),
    Code(
        "near-duplicate",
        WARNING,
        "two articles are nearly the same",
        "keep one, or say what it repeats: `via`",
    ),
    Code("quiet-topic", INFO, "nothing new in a topic for long (`check: quiet_months`)", "look for news"),
    Code("one-source", WARNING, "a topic rests on one source (`check: source_share`)", "look for others"),
)
