"""Claims among the other documents: whose witnesses are independent, what stands where, what is wrong."""

import json
from textwrap import indent

import pytest

from dossier.diagnostics import Mark, show
from dossier.documents import parse
from dossier.evidence.verifying import OnFile
from dossier.library import link
from dossier.linked_data import json_ld
from dossier.model import Article, Claim, Note
from tests.library.conftest import TODAY, Dossier

OUTLETS = """
ap: {name: Associated Press, aliases: [AP]}
politico: {name: POLITICO}
politico-europe: {name: POLITICO Europe, owner: politico}
nato-int: {name: NATO, owner: nato}
shape: {name: SHAPE, owner: NATO}
long-war-journal: {name: Long War Journal, owner: FDD}
fdd-blog: {name: FDD Blog, owner: fdd}
one: {name: One, owner: two}
two: {name: Two, owner: one}
"""
SUPPORTED = ("title: A\nsource: VOA", "title: B\nsource: Reuters")


def claim(*stances: str, **fields: str) -> str:
    """A claim on the articles a, b, c, … with these stances."""
    lines = [f"{key}: {value}" for key, value in {"statement": "It is so", **fields}.items()]
    said = [
        f"  - {{article: {name}, stance: {stance}}}" for name, stance in zip("abcdef", stances, strict=False)
    ]
    return "\n".join([*lines, "evidence:" if said else "", *said])


def weighed(make, *articles: str, against: int = 0):
    """What becomes of a claim that these articles support, the last `against` of them dispute."""
    files = {f"articles/{name}.md": text for name, text in zip("abcdef", articles, strict=False)}
    stances = ["supports"] * (len(articles) - against) + ["disputes"] * against
    dossier = make({**files, "claims/x.md": claim(*stances), "sources.yaml": OUTLETS})
    assert dossier.codes == []
    found = dossier.library.weighed["x"]
    return found.state, len(found.supporting)


@pytest.mark.parametrize(
    ("articles", "state", "sources"),
    [
        (SUPPORTED, "corroborated", 2),
        (("title: A\nsource: ap", "title: B\nsource: Associated Press"), "single-source", 1),
        (("title: A\nsource: AP", "title: B\nsource: VOA\nvia: ap"), "single-source", 1),
        (
            ("title: A\nsource: VOA\nvia: AP", "title: B\nsource: CNBC\nvia: Associated Press"),
            "single-source",
            1,
        ),
        # An agency that no register knows, by its name.
        (("title: A\nsource: VOA\nvia: DPA", "title: B\nsource: CNBC\nvia: dpa"), "single-source", 1),
        (("title: A\nsource: VOA\nvia: DPA", "title: B\nsource: CNBC\nvia: AFP"), "corroborated", 2),
        # By the article that it repeats, itself evidence or not, and through it the agency.
        (("title: A\nsource: VOA", "title: B\nsource: CNBC\nvia: a"), "single-source", 1),
        (
            ("title: A\nsource: VOA\nvia: AP", "title: B\nsource: CNBC\nvia: a", "title: C\nsource: AP"),
            "single-source",
            1,
        ),
        # One owner, who is a source, an organization by another name, or just a name.
        (("title: A\nsource: politico", "title: B\nsource: POLITICO Europe"), "single-source", 1),
        (("title: A\nsource: nato-int", "title: B\nsource: shape"), "single-source", 1),
        (("title: A\nsource: long-war-journal", "title: B\nsource: fdd-blog"), "single-source", 1),
        # Owners in a circle own each other.
        (("title: A\nsource: one", "title: B\nsource: two"), "single-source", 1),
        # An outlet that isn't known.
        (("title: A", "title: B\nsource: VOA"), "single-source", 1),
        (("title: A",), "single-source", 1),
    ],
)
def test_sources_that_are_one(make, articles, state, sources):
    assert weighed(make, *articles) == (state, sources)


def test_an_article_that_disputes(make):
    assert weighed(make, *SUPPORTED, "title: C\nsource: CNBC", against=1) == ("disputed", 2)


def test_a_claim_that_nothing_supports(make):
    assert weighed(make) == ("unsupported", 0)


def test_a_superseded_claim_names_its_successor_and_stands_last(make):
    dossier = make(
        {
            "claims/old.md": claim(superseded_by="new", as_of="2026-05-01"),
            "claims/new.md": claim(as_of="2020-01-01"),
        }
    )
    assert [one.id for one in dossier.library.claims] == ["new", "old"]
    assert dossier.library.weighed["old"].state == "superseded"
    assert dossier.view("claims/old.html").superseded_by.url == "../claims/new.html"
    assert [row.url for row in dossier.view("claims/new.html").supersedes] == ["../claims/old.html"]


def test_beside_a_claim_stand_the_earlier_and_the_later_one(make):
    dossier = make(
        {
            "claims/a.md": claim(as_of="2020-01-01", superseded_by="c"),
            "claims/b.md": claim(as_of="2020-02-01", superseded_by="c", statement="B"),
            "claims/c.md": claim(as_of="2020-01-15", statement="C"),
        }
    )
    view = dossier.view("claims/c.html")
    assert (view.previous.text, view.next.text) == ("It is so", "B")


def test_a_claims_page_has_both_sides_the_oldest_first(make):
    dossier = make(
        {
            "articles/a.md": "title: A\nsource: VOA\ndate: 2021-01-01",
            "articles/b.md": "title: B\nsource: CNBC\ndate: 2020-01-01\nvia: a",
            "articles/c.md": "title: C\nsource: Reuters",
            "claims/x.md": claim("supports", "supports", "disputes", as_of="2022"),
        }
    )
    view = dossier.view("claims/x.html")
    assert [one.article.title for one in view.supporting] == ["B", "A"]
    assert [one.article.title for one in view.disputing] == ["C"]
    assert (view.state, view.sources, view.opposing) == ("disputed", 1, 1)
    assert view.supporting[0].dependence.reason == "repeats"
    assert view.supporting[0].dependence.other.url == "../articles/a.html"
    assert view.supporting[1].dependence is None


@pytest.mark.parametrize(
    ("one", "other", "reason", "shared"),
    [
        ("source: VOA", "source: VOA", "outlet", "VOA"),
        ("source: nato-int", "source: shape", "owner", "nato"),
        ("source: long-war-journal", "source: fdd-blog", "owner", "FDD"),
        ("source: VOA\nvia: AP", "source: CNBC\nvia: AP", "origin", "Associated Press"),
        ("source: VOA", "source: ''", "unknown", ""),
    ],
)
def test_why_two_articles_count_once(make, one, other, reason, shared):
    dossier = make(
        {
            "articles/a.md": f"title: A\ndate: 2020\n{one}",
            "articles/b.md": f"title: B\ndate: 2021\n{other}",
            "claims/x.md": claim("supports", "supports"),
            "sources.yaml": OUTLETS,
        }
    )
    first, second = dossier.view("claims/x.html").supporting
    assert first.dependence is None
    assert second.dependence.reason == reason
    assert (second.dependence.shared.text if shared else "") == shared


def test_what_a_claims_page_says_to_machines(make):
    dossier = make(
        {
            "articles/a.md": "title: A\nsource: VOA\ndate: 2021-01-01",
            "articles/b.md": "title: B",
            "claims/x.md": claim("supports", "disputes", as_of="2022"),
        },
        site="{title: Test, url: 'https://example.org/'}",
    )
    graph = json.loads(json_ld(dossier.view("claims/x.html")))["@graph"]
    (node,) = [node for node in graph if node["@type"] != "BreadcrumbList"]
    assert (node["@type"], node["text"], node["temporalCoverage"]) == ("Claim", "It is so", "2022")
    assert [work["url"] for work in node["appearance"]] == ["https://example.org/articles/a.html"]
    assert [work["name"] for work in node["citation"]] == ["A", "B"]
    assert "https://example.org/claims/x.html" in repr(dossier.view("sitemap.xml"))


def test_a_claim_that_a_note_or_topic_makes_has_its_page_and_their_topics(make):
    held = "claims:\n  - {id: c, statement: It is so, evidence: [{article: a, stance: supports}]}"
    dossier = make(
        {
            "articles/a.md": "title: A",
            "topics/t.md": f"title: T\n{held.replace('id: c', 'id: of-topic')}",
            "notes/n.md": f"---\ntitle: N\ndate: 2020-01-01\ntopics: [t]\n{held}\n---\nAs [[c|they say]].\n",
        }
    )
    assert dossier.codes == []
    assert dossier.view("claims/c.html").holder.text == "N"
    assert [link.text for link in dossier.view("claims/c.html").topics] == ["T"]
    assert [row.url for row in dossier.view("notes/n.html").claims] == ["../claims/c.html"]
    assert [row.url for row in dossier.view("topics/t.html").claims] == [
        "../claims/of-topic.html",
        "../claims/c.html",
    ]
    assert {used.claim.url for used in dossier.view("articles/a.html").claims} == {
        "../claims/c.html",
        "../claims/of-topic.html",
    }
    (anchor,) = dossier.pages["notes/n.html"].anchors
    assert 'href="../claims/c.html" title="It is so">they say <span class="state single-source">' in anchor


def test_reports_that_others_carried_stand_on_the_agencys_page(make):
    dossier = make({"articles/a.md": "title: A\nsource: VOA\nvia: DPA"})
    view = dossier.view("sources/dpa.html")
    assert (view.count, [card.title for card in view.carried]) == (0, ["A"])
    assert dossier.view("articles/a.html").via.url == "../sources/dpa.html"


NOTE = "title: N\ndate: 2020-01-01\n"
HELD = "claims: [{id: c, statement: It is so}]"


def test_ids_of_claims_are_those_of_no_other_document(make):
    dossier = make(
        {
            "claims/a.md": claim(),
            "notes/n.md": NOTE + HELD.replace("id: c", "id: t"),
            "topics/t.md": "title: T\n" + HELD,
            "notes/m.md": NOTE + HELD.replace("id: c", "id: A"),
        }
    )
    assert [(f.path, f.code, f.mark) for f in sorted(dossier.diagnostics)] == [
        ("content/notes/m.md", "case-collision", Mark(4, 15, 1)),
        ("content/notes/n.md", "duplicate-id", Mark(4, 15, 1)),
    ]
    assert set(dossier.library.documents) == {"a", "c", "m", "n", "t"}


def test_what_evidence_and_successors_name_must_be_there(make):
    dossier = make(
        {
            "articles/there.md": "title: There",
            "articles/secret.md": "{title: Secret, draft: true}",
            "claims/a.md": "statement: A\nsuperseded_by: bb\nevidence:\n"
            "  - {article: ther, stance: supports}\n  - {article: secret, stance: disputes}\n",
            "claims/b.md": "statement: B\nsuperseded_by: there",
        }
    )
    assert [show(finding) for finding in dossier.diagnostics] == [
        "content/claims/a.md:3:16: error[unknown-claim]: no claim 'bb'\n"
        "  hint: did you mean 'b'? claims live in content/claims/, or in the front matter of notes and "
        "topics",
        "content/claims/a.md:5:15: error[unknown-article]: no article 'ther'\n"
        "  hint: did you mean 'there'? articles live in content/articles/; their ids are their files' names "
        "without .md",
        "content/claims/a.md:6:15: error[draft-target]: 'secret' is not in the site: it is a draft\n"
        "  hint: take the link out, or publish the document; --drafts shows it meanwhile",
        "content/claims/b.md:3:16: error[unknown-claim]: 'there' is not a claim, and only a claim "
        "supersedes one\n"
        "  hint: write the id of a claim",
    ]
    assert dossier.library.weighed["a"].state == "unsupported"


def test_circles_are_cut_and_named(make):
    dossier = make(
        {
            "articles/a.md": "title: A\nsource: VOA\nvia: b",
            "articles/b.md": "title: B\nsource: CNBC\nvia: a",
            "claims/x.md": claim("supports", "supports", superseded_by="y"),
            "claims/y.md": claim("supports", "supports", superseded_by="x"),
            "claims/z.md": claim("supports", "supports", superseded_by="z"),
        }
    )
    assert dossier.codes == ["claim-cycle", "claim-cycle", "via-cycle"]
    assert "x → y → x" in dossier.diagnostics[0].message
    assert dossier.view("claims/z.html").state == "single-source"


@pytest.mark.parametrize(
    ("via", "codes"),
    [("ap-cook-2020", []), ("Reuters", []), ("ap-cook-220", ["unknown-via"]), ("n", ["unknown-via"])],
)
def test_an_agency_that_is_almost_an_article_is_most_likely_one(make, via, codes):
    dossier = make(
        {
            "articles/ap-cook-2020.md": "title: A",
            "articles/b.md": f"title: B\nvia: {via}",
            "notes/n.md": NOTE,
        }
    )
    assert dossier.codes == codes


@pytest.mark.parametrize(
    "claims",
    [
        {"claims/c.md": "statement: Zanzibar\ndraft: true\nevidence: [{article: s, stance: supports}]"},
        {"claims/c.md": "statement: Zanzibar\nas_of: '2027'\nevidence: [{article: a, stance: supports}]"},
        {"notes/n.md": NOTE + "draft: true\nclaims: [{id: c, statement: Zanzibar}]"},
        {"notes/n.md": NOTE.replace("2020", "2027") + "claims: [{id: c, statement: Zanzibar}]"},
        {"notes/n.md": NOTE + "claims: [{id: c, statement: Zanzibar, draft: true, superseded_by: nowhere}]"},
    ],
)
def test_claims_that_are_held_back_are_nowhere(make, claims):
    files = {
        "articles/a.md": "title: A",
        "articles/s.md": "{title: S, draft: true}",
        "notes/link.md": f"---\n{NOTE}---\nSee [[c]].\n",
        **claims,
    }
    dossier = make(files)
    assert [code for code in dossier.codes if code != "future-date"] == ["draft-target"]
    assert "Zanzibar" not in repr(dossier.pages)
    assert "Zanzibar" in repr(make(files, drafts=True).pages)


def test_an_article_that_repeats_a_draft_shows_nothing_of_it(make):
    dossier = make(
        {"articles/a.md": "title: A\nvia: secret", "articles/secret.md": "{title: S, draft: true}"}
    )
    assert dossier.codes == ["draft-target"]
    assert "secret" not in repr(dossier.pages)


ESPER = """title: Esper
source: VOA
excerpts:
  - {text: "We will bring some forces home,", speaker: Mark Esper}
"""
QUOTING = """statement: It is so
evidence:
  - article: esper
    stance: supports
    quote: {quote}
    speaker: {speaker}
"""


def held_against(files: dict[str, str]) -> Dossier:
    """The dossier of these texts, the quotations of its claims held against its articles' excerpts."""
    parsed = [parse(f"content/{path}", f"---\n{text}---\n".encode()) for path, text in files.items()]
    articles = [one.value for one in parsed if isinstance(one.value, Article)]
    claims = [claim for one in parsed for claim in ([one.value] if isinstance(one.value, Claim) else [])]
    claims += [claim for one in parsed if isinstance(one.value, Note) for claim in one.value.claims]
    standings = {
        (article.id, said.quote): OnFile([each.text for each in article.excerpts], str).standing(said.quote)
        for article in articles
        for claim in claims
        for said in claim.evidence
        if said.quote and said.article == article.id
    }
    return Dossier(*link(parsed, frozenset(one.path for one in parsed), TODAY, False, standings))


@pytest.mark.parametrize(
    ("quote", "speaker", "codes", "checked", "shown"),
    [
        ("We will bring some forces home", "''", [], "verified", "Mark Esper"),
        ("“We will bring […] home.”", "Esper", [], "verified", "Esper"),
        ("We will bring no forces home", "''", ["quotation-differs"], "differs", ""),
        ("some forces home", "Trump", ["quotation-speaker"], "misattributed", "Trump"),
    ],
)
def test_the_words_of_evidence_are_held_against_the_article(quote, speaker, codes, checked, shown):
    claim = QUOTING.format(quote=quote, speaker=speaker)
    dossier = held_against({"articles/esper.md": ESPER, "claims/x.md": claim})
    assert [code for code in dossier.codes if code != "missing-site"] == codes
    assert [finding.mark for finding in dossier.diagnostics if finding.code in codes] == (
        [Mark(6, 12, len(quote))] if codes else []
    )
    (said,) = dossier.view("claims/x.html").supporting
    assert said.checked == checked
    assert (said.speaker.text if said.speaker else "") == shown
    assert said.passage == "../articles/esper.html" + ("#excerpt-1" if checked != "differs" else "")


def test_words_that_a_note_quotes_in_a_claim_are_checked_at_their_place():
    said = indent(QUOTING.format(quote="Never said", speaker="''"), "    ")
    held = f"claims:\n  - id: c\n{said}"
    note = f"title: N\ndate: 2020-01-01\n{held}"
    dossier = held_against({"articles/esper.md": ESPER, "notes/n.md": note})
    findings = [finding for finding in dossier.diagnostics if finding.code == "quotation-differs"]
    assert [(finding.path, finding.mark) for finding in findings] == [
        ("content/notes/n.md", Mark(10, 16, 10))
    ]


def test_of_an_article_with_a_summary_alone_nothing_can_be_said():
    dossier = held_against(
        {
            "articles/esper.md": "title: E\ntext: summary\n",
            "claims/x.md": QUOTING.format(quote="Words", speaker="''"),
        }
    )
    assert "quotation-unverifiable" in dossier.codes
    assert dossier.view("claims/x.html").supporting[0].checked == "unverifiable"
