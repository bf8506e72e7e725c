"""Articles, notes and topics: each field as it is written and as it is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.diagnostics import Mark
from dossier.documents import parse
from dossier.documents.pages import ARTICLE, NOTE, TOPIC
from dossier.documents.settings import SITE
from dossier.model import Article, Event, Excerpt, Note, Reference, Topic
from tests.documents.examples import PATHS, article, document, hint, note, places, topic


def test_an_article_with_all_its_fields() -> None:
    parsed = parse(
        "content/articles/2020/nato-expands.md",
        b"""---
title: "NATO: a larger mission"
source: NATO
authors: [Jim Garamone, Terri Moon Cronk]
date: 2020-02-12T14:30:00+0100
url: https://www.nato.int/a
archive_url: https://web.archive.org/web/2020/https://www.nato.int/a
accessed: 2026-05-20
language: pt-br
kind: press-release
topics: [nato-iraq-mission, us-force-posture]
people: [jens-stoltenberg]
organizations: [nato]
places: [brussels]
tags: [training]
summary: >-
  Ministers agreed
  in principle.
rights: excerpt
text: summary
excerpts:
  - text: |
      We will
      right-size.
    speaker: Mark Esper
    role: Secretary of Defense
    locator: p. 4
events:
  - date: 2020-02-12
    end: 2020-02-13
    title: Ministers met
    summary: In Brussels.
    people: [mark-esper]
    organizations: [nato]
    places: [brussels]
    articles: [nato-expands]
draft: no
---
Text.
""",
    )
    assert parsed.diagnostics == ()
    value = parsed.value
    assert isinstance(value, Article)
    assert value == Article(
        id="nato-expands",
        path="content/articles/2020/nato-expands.md",
        title="NATO: a larger mission",
        body=value.body,
        source="NATO",
        authors=("Jim Garamone", "Terri Moon Cronk"),
        date="2020-02-12",
        time="2020-02-12T14:30:00+01:00",
        url="https://www.nato.int/a",
        archive_url="https://web.archive.org/web/2020/https://www.nato.int/a",
        accessed="2026-05-20",
        language="pt-BR",
        kind="press-release",
        topics=("nato-iraq-mission", "us-force-posture"),
        people=("jens-stoltenberg",),
        organizations=("nato",),
        places=("brussels",),
        tags=("training",),
        summary="Ministers agreed in principle.",
        rights="excerpt",
        text="summary",
        excerpts=(Excerpt("We will\nright-size.", "Mark Esper", "Secretary of Defense", "p. 4"),),
        events=(
            Event(
                date="2020-02-12",
                end="2020-02-13",
                title="Ministers met",
                summary="In Brussels.",
                people=("mark-esper",),
                organizations=("nato",),
                places=("brussels",),
                articles=("nato-expands",),
            ),
        ),
    )
    assert parsed.references == (
        Reference("topic", "nato-iraq-mission", "", "topics", Mark(11, 10, 17)),
        Reference("topic", "us-force-posture", "", "topics", Mark(11, 29, 16)),
        Reference("article", "nato-expands", "", "events", Mark(36, 16, 12)),
    )
    marks = dict(parsed.marks)
    assert marks["title"] == Mark(2, 9, 22)
    assert marks["date"] == Mark(5, 7, 24)


def test_a_note_and_a_topic() -> None:
    parsed = note(
        "updated: 2026-05-27", "authors: [Desk]", "topics: [nato]", "status: open question", "tags: [a]"
    )
    assert parsed.diagnostics == ()
    value = parsed.value
    assert isinstance(value, Note)
    assert (value.date, value.updated, value.status) == ("2026-05-12", "2026-05-27", "open question")
    parsed = topic("summary: Short.", "parent: iraq", "order: -2", "aliases: [NMI]", "draft: true")
    value = parsed.value
    assert isinstance(value, Topic)
    assert (value.parent, value.order, value.aliases, value.draft) == ("iraq", -2, ("NMI",), True)
    assert parsed.references == (Reference("topic", "iraq", "", "parent", Mark(4, 9, 4)),)


def test_the_body_is_rendered_with_its_place_in_the_file() -> None:
    parsed = note("tags: [a]")
    assert "Text." in "".join(parsed.segments)
    cited = document("note", "title: A", "date: 2020", body="Words [@nato-expands].\n")
    assert [(r.kind, r.target, r.mark.line) for r in cited.references] == [("citation", "nato-expands", 5)]
    assert article(body="Write to @nato.\n").references == ()


def test_findings_of_front_matter_and_body_come_in_one_run_even_from_broken_yaml() -> None:
    parsed = parse("content/notes/a.md", b"---\ntitle: NATO: a\n---\nText [x](javascript:a) \xff\n")
    assert parsed.value is None
    assert {finding.code for finding in parsed.diagnostics} >= {"yaml-syntax", "encoding"}
    assert parsed.references == ()


# ---------------------------------------------------------------- ids


def test_the_file_name_is_the_id_and_an_articles_id_field_overrides_it() -> None:
    assert article().value.id == "a"
    assert article("id: nato-expands").value.id == "nato-expands"
    assert places(note("id: b")) == [("unknown-key", 4, 1, 2)]
    assert hint(note("id: b")) == "delete it: the file's name, without .md, is the id"


@pytest.mark.parametrize(
    ("name", "better"),
    [("NATO expands", "nato-expands"), ("con", "con-d1d8ab24"), ("-a", "a"), ("a:b", "a-b"), ("ü.", "ü")],
)
def test_names_that_not_every_system_has_are_refused_with_one_that_it_has(name: str, better: str) -> None:
    parsed = parse(f"content/articles/{name}.md", b"---\ntitle: A\n---\n")
    assert parsed.value is None
    assert [finding.code for finding in parsed.diagnostics] == ["bad-id"]
    assert hint(parsed) == f"rename the file to {better}.md"
    fixed = parse(f"content/articles/{name}.md", b"---\ntitle: A\nid: a\n---\n")
    assert fixed.diagnostics == ()


def test_ids_and_references_are_compared_in_one_unicode_form() -> None:
    assert parse("content/topics/u\u0308.md", b"---\ntitle: A\n---\n").value.id == "ü"
    assert article("topics: [u\u0308]").references[0].target == "ü"


# ---------------------------------------------------------------- titles and texts


def test_a_document_without_a_title_goes_by_its_id_so_that_its_links_hold() -> None:
    parsed = document("article", "source: NATO")
    assert places(parsed) == [("missing-title", 1, 1, 3)]
    assert parsed.value.title == "a"
    assert places(document("article", "title: ''")) == [("missing-title", 2, 9, 0)]
    assert places(document("article", "headline: NATO expands")) == [("unknown-key", 2, 1, 8)]


@pytest.mark.parametrize("written", ["2020", "No", "null and void", "'null'", "1e3", "'- x'", '"\\u00e9"'])
def test_a_title_is_the_text_that_was_written(written: str) -> None:
    parsed = document("article", f"title: {written}")
    assert parsed.diagnostics == ()
    assert parsed.value.title in (written, written.strip("'"), "é")


def test_white_space_in_a_line_is_one_space() -> None:
    parsed = article("source: '  Task \u00a0 & Purpose '", "summary: |", "  One.", "  Two.")
    assert (parsed.value.source, parsed.value.summary) == ("Task & Purpose", "One. Two.")


def test_a_text_has_a_limit() -> None:
    assert places(document("article", "title: " + "x" * 1001)) == [("too-long", 2, 8, 1001)]
    assert places(article("tags: [" + "x" * 301 + "]")) == [("too-long", 3, 8, 301)]
    assert places(article("tags: [" + ", ".join(f"t{n}" for n in range(1001)) + "]"))[0][0] == "too-long"


# ---------------------------------------------------------------- drafts


@pytest.mark.parametrize("word", ["true", "True", "yes", "on", '"true"', "'YES'"])
def test_a_draft_is_a_draft_however_it_is_written(word: str) -> None:
    parsed = article(f"draft: {word}")
    assert parsed.diagnostics == ()
    assert parsed.value.draft is True


@pytest.mark.parametrize("word", ["false", "no", "off", '"false"', "No"])
def test_what_is_no_draft(word: str) -> None:
    parsed = article(f"draft: {word}")
    assert parsed.diagnostics == ()
    assert parsed.value.draft is False


@pytest.mark.parametrize(
    "lines",
    [
        ["draft: maybe"],
        ["draft:"],
        ["draft: ''"],
        ["draft: 1"],
        ["draft: [false]"],
        ["draft: null"],
        ["Draft: true"],
        ["drafts: false"],
        ["darft: true"],
        ["published: false"],
        ["draft: true", "draft: false"],
        ["draft: false", "draft: true"],
    ],
)
def test_a_slip_never_publishes_a_draft(lines: list[str]) -> None:
    parsed = article(*lines)
    assert len(parsed.diagnostics) == 1
    assert parsed.value.draft is True


def test_another_wrong_key_does_not_make_a_draft() -> None:
    parsed = article("draft: false", "outlet: NATO", "kind: news", "kind: report")
    assert parsed.value.draft is False


# ---------------------------------------------------------------- lists, choices, addresses


def test_a_list_is_written_as_a_list() -> None:
    assert hint(article("topics: nato")) == "write topics: [nato]"
    assert hint(article("topics: nato, iraq")) == "write topics: [nato, iraq]"
    assert hint(article("authors: 'Jim: a'")) == 'write authors: ["Jim: a"]'
    assert hint(article("topics: {nato: iraq}")) == "write topics: […]"
    assert places(article("topics:", "  nato: iraq")) == [("wrong-type", 4, 3, 10)]
    assert article("topics:", "people: []").diagnostics == ()


def test_one_bad_item_leaves_the_others() -> None:
    parsed = article("people: [a, [b], '', c, a]")
    assert places(parsed) == [
        ("wrong-type", 3, 13, 3),
        ("empty-list-item", 3, 19, 0),
        ("repeated-item", 3, 25, 1),
    ]
    assert parsed.value.people == ("a", "c")


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("kind: newz", "did you mean 'news'?"),
        ("kind: Press Release", "did you mean 'press-release'?"),
        ("rights: all", "write one of: full, excerpt, reference"),
        ("text: excerpt", "did you mean 'excerpts'?"),
        ("kind: [news]", "write one of: news, report"),
    ],
)
def test_choices(line: str, advice: str) -> None:
    assert hint(article(line)).startswith(advice)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "HTTP://example.org:8080/a?b=c&d=%20#e",
        "https://[2001:db8::1]/a",
        "https://münchen.example/straße",
        "https://web.archive.org/web/2020/https://a.b/c",
        "https://example.org/a_(b)/c'd;e,f!",
    ],
)
def test_addresses_of_the_web(address: str) -> None:
    parsed = article(f'url: "{address}"')
    assert parsed.diagnostics == ()
    assert parsed.value.url == address


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("www.nato.int/a", "write https://www.nato.int/a"),
        ("//nato.int/a", "write https://nato.int/a"),
        ("javascript:alert(1)", "write an address that begins with https://"),
        ("data:text/html;base64,AA", "write an address that begins with https://"),
        ("ftp://nato.int", "write an address that begins with https://"),
        ("https:/nato.int", "write the whole address, as https://example.org/page"),
        ("https://", "write the whole address, as https://example.org/page"),
        ("/a/b", "write the whole address, as https://example.org/page"),
        ("https://me:secret@nato.int/", "delete everything between '//' and '@', and the '@'"),
        ("https://nato.int/a b", "write %20 instead of it"),
        ("https://nato.int/a|b", "write %7C instead of it"),
        ("https://nato.int/100%", "write %25 instead of it"),
        ("https://nato.int:99999/", "delete the port"),
    ],
)
def test_other_addresses_are_refused(address: str, advice: str) -> None:
    parsed = article(f"url: '{address}'")
    assert places(parsed) == [("bad-url", 3, 7, len(address))]
    assert hint(parsed) == advice
    assert parsed.value.url == ""


@pytest.mark.parametrize(("written", "tag"), [("en", "en"), ("DE-at", "de-AT"), ("zh-hans-cn", "zh-Hans-CN")])
def test_languages(written: str, tag: str) -> None:
    assert article(f"language: {written}").value.language == tag


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("English", "write language: en"),
        ("en_US", "write language: en-US"),
        ("123", "write its short code, as en, ar, pt-BR or zh-Hans"),
        ('en" onload="', "write its short code, as en, ar, pt-BR or zh-Hans"),
    ],
)
def test_no_languages(written: str, advice: str) -> None:
    assert hint(article(f"language: '{written}'")) == advice


# ---------------------------------------------------------------- events and excerpts


def test_an_event_needs_a_date_and_a_title() -> None:
    parsed = topic("events:", "  - date: 2020", "  - title: A", "  - {date: 2021, title: B}", "  - 2022: C")
    assert places(parsed) == [
        ("missing-title", 4, 5, 10),
        ("missing-date", 5, 5, 8),
        ("unknown-key", 7, 5, 4),
        ("missing-date", 7, 5, 7),
        ("missing-title", 7, 5, 7),
    ]
    assert [event.title for event in parsed.value.events] == ["B"]


def test_events_and_excerpts_are_lists_of_mappings() -> None:
    assert hint(topic("events:", "  date: 2020")) == "begin each with a dash: - {date: 2020-02-12, title: …}"
    assert hint(article("excerpts: [Never]")) == 'write - text: "Never"'
    assert places(article("excerpts:", "  - speaker: A")) == [("missing-text", 4, 5, 10)]


# ---------------------------------------------------------------- anything


@pytest.mark.parametrize("path", [*PATHS.values(), "content/a.png", "README.md"])
def test_a_path_decides_what_a_file_is(path: str) -> None:
    parsed = parse(path, b"---\ntitle: A\n---\n" if path.endswith(".md") else b"title: A\n")
    assert parsed.path == path
    if path in ("content/a.png", "README.md"):
        assert parsed.value is None
        assert parsed.diagnostics == ()


KEYS = st.sampled_from(
    [*ARTICLE, *NOTE, *TOPIC, *SITE, "name", "links", "coordinates", "owner", "Title", "topic"]
)
SCALARS = st.text("ab2:-/. '\"[]{}#é\t", max_size=12) | st.sampled_from(
    [
        "2020-02-12",
        "true",
        "https://a.b",
        "[a, b]",
        "{a: b}",
        "{latitude: 1e9, longitude: 2}",
        "",
        "~",
        "9" * 400,
    ]
)
LINES = st.tuples(st.sampled_from(["", "  ", "  - ", "- "]), KEYS, SCALARS).map(
    lambda parts: f"{parts[0]}{parts[1]}: {parts[2]}"
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(PATHS)), st.lists(LINES, max_size=8))
def test_no_fields_are_too_strange(kind: str, lines: list[str]) -> None:
    parsed = document(kind, *lines)
    assert parsed == document(kind, *lines)
    assert parsed.value is not None or parsed.diagnostics
    assert all(finding.hint and finding.message for finding in parsed.diagnostics)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(PATHS.values())), st.binary(max_size=120), st.booleans())
def test_no_bytes_are_too_strange(path: str, data: bytes, fenced: bool) -> None:
    data = b"---\ntitle: A\n---\n" + data if fenced else data
    assert parse(path, data) == parse(path, data)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), 300),
        (("summary: A", "rights: excerpt"), 300),
        (("rights: full",), 100),
        (("summary: A", "rights: full"), 0),
        (("rights: reference",), 0),
        (("text: summary",), 100),
        (("text: summary", "summary: A"), 0),
    ],
)
def test_the_opening_of_an_article_is_no_longer_than_pages_may_show(
    lines: tuple[str, ...], words: int
) -> None:
    value = article(*lines, body="word " * 400 + "\n").value
    assert isinstance(value, Article)
    assert len(value.body.opening.split()) == words
    assert value.body.words == 400


@pytest.mark.parametrize(("lines", "words"), [((), 100), (("summary: A",), 0)])
def test_the_opening_of_a_note_or_topic_stands_in_for_its_summary(lines: tuple[str, ...], words: int) -> None:
    for kind in ("note", "topic"):
        date = ("date: 2020",) if kind == "note" else ()
        value = document(kind, "title: A", *date, *lines, body="word " * 400 + "\n").value
        assert isinstance(value, Note | Topic)
        assert len(value.body.opening.split()) == words
