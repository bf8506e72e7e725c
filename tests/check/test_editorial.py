"""What an editor sees: orphans, gaps, claims without support, topics gone quiet, reliance on one source."""

import pytest

from dossier.diagnostics import Mark, Severity
from tests.check.desk import article, codes, seen

NOTE = "title: N\ndate: 2026-05-01\ntopics: [t]\n"


def test_a_sound_dossier_is_left_alone() -> None:
    assert seen({"articles/a.md": article("a"), "articles/b.md": article("b"), "notes/n.md": NOTE}) == []


LONELY = "title: Lonely\nsource: X\ndate: 2026\nurl: https://x.example/\n"


def test_an_article_in_no_topic_that_nothing_refers_to_is_an_orphan() -> None:
    (finding,) = seen({"articles/a.md": article("a"), "articles/lonely.md": LONELY})
    assert (finding.path, finding.code, finding.mark) == (
        "content/articles/lonely.md",
        "orphan-article",
        Mark(2, 8, 6),
    )
    assert finding.hint == "add topics: […], or cite it in a note: [@lonely]"


@pytest.mark.parametrize(
    "other",
    [
        {"articles/lonely.md": LONELY + "topics: [t]\n"},
        {"notes/n.md": f"---\n{NOTE}---\nSee [@lonely].\n"},
        {"notes/n.md": f"---\n{NOTE}---\nSee [[lonely]].\n"},
        {"notes/n.md": f"---\n{NOTE}---\nSee [it](../articles/lonely.md).\n"},
        {"notes/n.md": NOTE + "events: [{date: 2026, title: E, articles: [lonely]}]\n"},
        {
            "notes/n.md": NOTE
            + "claims: [{statement: C, id: c, evidence: [{article: lonely, stance: supports}]}]\n"
        },
        {"articles/b.md": article("b", fields="via: lonely\n")},
    ],
    ids=["topic", "cited", "linked", "linked-by-file", "event", "claim", "repeated"],
)
def test_an_article_that_is_used_anywhere_is_none(other: dict[str, str]) -> None:
    assert codes({"articles/a.md": article("a"), "articles/lonely.md": LONELY, **other}) == []


def test_what_is_featured_is_no_orphan() -> None:
    files = {"articles/a.md": article("a"), "articles/lonely.md": LONELY}
    assert codes(files, site="featured: [lonely]\n") == []


def test_to_cite_itself_doesnt_help_a_note() -> None:
    files = {"articles/a.md": article("a"), "notes/n.md": "---\ntitle: N\ndate: 2026\n---\n[[n]]\n"}
    (finding,) = seen(files)
    assert (finding.code, finding.severity) == ("orphan-note", Severity.INFO)


def test_a_topic_without_anything_in_it_is_empty() -> None:
    assert codes({}) == [("topics/t.md", "empty-topic")]
    assert codes({"topics/u.md": "title: U\nparent: t\n", "notes/n.md": NOTE.replace("[t]", "[u]")}) == []
    assert codes({"claims/c.md": "statement: C\ntopics: [t]\nevidence: []\n"}) == [
        ("claims/c.md", "claim-without-support")
    ]


def test_an_article_says_when_it_was_published_by_whom_and_where_it_is() -> None:
    found = codes({"articles/a.md": article("a"), "articles/b.md": "title: B\ntopics: [t]\n"})
    assert [code for _, code in found] == [
        "article-without-link",
        "article-without-source",
        "undated-article",
    ]
    archived = (
        "title: B\nsource: X\ndate: 2026\ntopics: [t]\narchive_url: https://web.archive.org/web/2026/x\n"
    )
    assert codes({"articles/b.md": archived}) == []


CLAIM = "statement: C\ntopics: [t]\nevidence: [{{article: a, stance: {}}}]\n"


@pytest.mark.parametrize(("stance", "missing"), [("supports", False), ("disputes", True), ("mentions", True)])
def test_a_claim_that_no_article_supports_is_named(stance: str, missing: bool) -> None:
    files = {"articles/a.md": article("a"), "claims/c.md": CLAIM.format(stance)}
    assert codes(files) == [("claims/c.md", "claim-without-support")] * missing


def test_a_claim_in_a_note_is_named_in_its_place() -> None:
    note = (
        NOTE
        + "claims:\n  - id: c\n    statement: It is so.\n    evidence: [{article: a, stance: disputes}]\n"
    )
    (finding,) = seen({"articles/a.md": article("a"), "notes/n.md": note})
    assert (finding.path, finding.mark) == ("content/notes/n.md", Mark(7, 16, 9))
    assert finding.message == "no article on file supports the claim 'c', and 1 against it"


def test_a_claim_that_another_supersedes_needs_no_support() -> None:
    files = {
        "articles/a.md": article("a"),
        "claims/c.md": "statement: C\ntopics: [t]\nsuperseded_by: d\n",
        "claims/d.md": CLAIM.format("supports"),
    }
    assert codes(files) == []


@pytest.mark.parametrize(
    ("newest", "today", "quiet"),
    [
        ("2025-05-31", "2026-05-01", False),
        ("2025-05-01", "2026-06-01", True),
        ("2025-05", "2026-05-31", False),
        ("2025-04", "2026-05-01", True),
        ("2024", "2025-12-31", False),
        ("2024", "2026-01-01", True),
    ],
)
def test_a_topic_is_quiet_after_a_year_without_news(newest: str, today: str, quiet: bool) -> None:
    files = {"notes/n.md": f"title: N\ndate: '{newest}'\ntopics: [t]\n"}
    assert codes(files, today=today) == [("topics/t.md", "quiet-topic")] * quiet
    assert codes(files, today=today, site="check: {quiet_months: 13}\n") == []


@pytest.mark.parametrize(
    "files",
    [
        {"topics/u.md": "title: U\nparent: t\n", "notes/m.md": "title: M\ndate: 2026-05-01\ntopics: [u]\n"},
        {"topics/t.md": "title: T\nevents: [{date: 2026-05-01, title: E}]\n"},
        {"notes/m.md": "title: M\ndate: 2020\ntopics: [t]\nevents: [{date: 2019, end: 2026-04, title: E}]\n"},
    ],
    ids=["subtopic", "event-of-topic", "event-of-note"],
)
def test_subtopics_and_events_are_news(files: dict[str, str]) -> None:
    assert codes({"notes/n.md": "title: N\ndate: 2020\ntopics: [t]\n", **files}) == []


def outlets(*names: str) -> dict[str, str]:
    return {
        f"articles/a{number}.md": article(f"a{number}").replace(f"a{number} Times", name)
        for number, name in enumerate(names)
    }


def test_a_topic_that_rests_on_one_source_is_named_with_its_share() -> None:
    (finding,) = seen(outlets("NATO", "NATO", "NATO", "NATO", "AP", "AFP"))
    assert (finding.path, finding.code) == ("content/topics/t.md", "one-source")
    assert finding.message == "4 of the 6 articles in 't' (66 %) are from NATO"
    assert codes(outlets("NATO", "NATO", "NATO", "AP", "AFP")) == []
    assert codes(outlets("NATO", "NATO", "NATO", "NATO")) == []


def test_sources_of_one_owner_are_one() -> None:
    register = (
        "a: {name: Alpha, owner: Holding}\nb: {name: Beta, owner: Holding}\nc: {name: Gamma, owner: a}\n"
    )
    files = {**outlets("a", "b", "c", "b", "AP"), "sources.yaml": register}
    (finding,) = seen(files)
    assert finding.message == "4 of the 5 articles in 't' (80 %) are from holding"
    assert codes(files, site="check: {source_share: 80}\n") == []
    assert codes(files, site="check: {source_articles: 6}\n") == []
