"""What stands where: topics, names, backlinks, events, order."""

import msgspec
import pytest

from dossier.views import (
    ArticleView,
    DocumentsView,
    EntitiesView,
    EntityView,
    FeedView,
    HomeView,
    NoteView,
    SitemapView,
    TimelineView,
    TopicView,
)


def titles(cards):
    return [card.title for card in cards]


def in_years(view):
    return [(group.year, titles(group.cards)) for group in view.years]


def test_an_article_stands_in_several_topics(make):
    dossier = make(
        {
            "topics/iraq.md": "title: Iraq",
            "topics/posture.md": "title: Posture",
            "articles/a.md": "{title: On both, date: 2020-02-12, topics: [iraq, posture]}",
            "articles/b.md": "{title: On one, date: 2020-02-13, topics: [posture]}",
        }
    )
    assert dossier.diagnostics == ()
    assert in_years(dossier.view("topics/iraq.html")) == [("2020", ["On both"])]
    assert in_years(dossier.view("topics/posture.html")) == [("2020", ["On one", "On both"])]
    article = dossier.view("articles/a.html")
    assert isinstance(article, ArticleView)
    assert [(link.text, link.url) for link in article.topics] == [
        ("Iraq", "../topics/iraq.html"),
        ("Posture", "../topics/posture.html"),
    ]


def test_a_document_says_who_cites_and_who_mentions_it(make):
    dossier = make(
        {
            "articles/a.md": "{title: A, date: 2020}",
            "articles/other.md": "---\ntitle: Other\ndate: 2019\n---\nSee [A](a.md) twice: [A](a.md).",
            "notes/cites.md": "---\ntitle: Cites\ndate: 2020-03-01\n---\nAs [@a; @a, p. 2]. Also [[a]].",
            "notes/links.md": "---\ntitle: Links\ndate: 2020-04-01\n---\nSee [[a|that one]] and [[links]].",
        }
    )
    assert dossier.diagnostics == ()
    mentions = dossier.view("articles/a.html").mentions
    assert [(mention.how, mention.card.title) for mention in mentions] == [
        ("cites", "Cites"),
        ("mentions", "Links"),
        ("mentions", "Other"),
    ]
    assert dossier.view("notes/links.html").mentions == ()


def test_references_are_numbered_by_first_citation_and_lead_back(make):
    dossier = make(
        {
            "sources.yaml": "ap: {name: Associated Press}",
            "articles/a.md": "{title: A, date: 2020-02, source: ap, url: 'https://example.org/a'}",
            "articles/b.md": "{title: B, date: 2020}",
            "notes/n.md": "---\ntitle: N\ndate: 2020-03-01\n---\nOne [@b]. Two [@a, p. 4]. Again [@b].",
        }
    )
    note = dossier.view("notes/n.html")
    assert isinstance(note, NoteView)
    assert [(e.number, e.title, e.date, e.original, e.backlinks) for e in note.references] == [
        (1, "B", "2020", "", ("cite-1-1", "cite-1-2")),
        (2, "A", "2020-02", "https://example.org/a", ("cite-2-1",)),
    ]
    assert note.references[1].source.text == "Associated Press"
    first, second, third = dossier.pages["notes/n.html"].anchors
    assert 'id="cite-1-1" href="#ref-1"' in first
    assert 'id="cite-2-1" href="#ref-2"' in second
    assert ">2</a>, p. 4" in second
    assert 'id="cite-1-2" href="#ref-1"' in third


def test_running_text_names_an_article_by_its_outlet_not_by_the_outlets_id(make):
    dossier = make(
        {
            "sources.yaml": "ap: {name: Associated Press}",
            "articles/a.md": "{title: A, date: 2020-02, source: ap}",
            "notes/n.md": "---\ntitle: N\ndate: 2020-03-01\n---\nAs @a reported.",
        }
    )
    (anchor,) = dossier.pages["notes/n.html"].anchors
    assert anchor.startswith("Associated Press (2020) <a ")


def test_names_resolve_by_id_name_alias_and_without_regard_to_case(make):
    dossier = make(
        {
            "people.yaml": """
                jens-stoltenberg:
                  name: Jens Stoltenberg
                  aliases: [Stoltenberg]
            """,
            "articles/id.md": "{title: By id, people: [jens-stoltenberg]}",
            "articles/name.md": "{title: By name, people: [Jens Stoltenberg]}",
            "articles/alias.md": "{title: By alias, people: [stoltenberg]}",
            "articles/case.md": "{title: By case, people: [JENS STOLTENBERG]}",
            "articles/twice.md": "{title: Twice, people: [Stoltenberg, Jens Stoltenberg]}",
        }
    )
    assert list(dossier.library.entities["person"]) == ["jens-stoltenberg"]
    person = dossier.view("people/jens-stoltenberg.html")
    assert isinstance(person, EntityView)
    assert person.count == 5
    assert [link.text for link in dossier.view("articles/twice.html").people] == ["Jens Stoltenberg"]


def test_names_that_no_register_knows_get_pages_of_their_own(make):
    dossier = make(
        {
            "articles/a.md": "{title: A, people: [José Agüero], source: Le Monde}",
            "articles/b.md": "{title: B, people: [José Agüero, josé agüero], places: [Besmaya]}",
        }
    )
    assert dossier.diagnostics == ()
    assert dossier.view("people/josé-agüero.html").name == "José Agüero"
    assert dossier.view("people/josé-agüero.html").count == 2
    assert titles(dossier.view("sources/le-monde.html").years[0].cards) == ["A"]
    index = dossier.view("people/index.html")
    assert isinstance(index, EntitiesView)
    assert [(group.letter, [e.text for e in group.entities]) for group in index.letters] == [
        ("J", ["José Agüero"])
    ]


def test_wiki_links_reach_documents_and_entities_by_id_name_title_and_alias(make):
    dossier = make(
        {
            "topics/iraq.md": "{title: NATO in Iraq, aliases: [NMI]}",
            "people.yaml": "ada: {name: Ada Lovelace, aliases: [Countess]}",
            "sources.yaml": "ada: {name: Ada Daily}",
            "notes/n.md": """
                ---
                title: N
                date: 2020-01-01
                ---
                [[iraq]] [[NATO in Iraq]] [[nmi]]
                [[Ada Lovelace]] [[countess]] [[ada]]
                [[sources/ada]] [[iraq|there]]
            """,
        }
    )
    assert dossier.diagnostics == ()
    assert [
        anchor.partition('href="')[2].partition('"')[0] for anchor in dossier.pages["notes/n.html"].anchors
    ] == [
        *["../topics/iraq.html"] * 3,
        *["../people/ada.html"] * 3,
        "../sources/ada.html",
        "../topics/iraq.html",
    ]
    assert [card.title for card in dossier.view("people/ada.html").notes] == ["N"]


def test_a_speaker_is_found_by_alias_whatever_the_case(make):
    dossier = make(
        {
            "people.yaml": "ada: {name: Ada Lovelace, aliases: [Countess]}",
            "articles/a.md": """
                title: A
                excerpts:
                  - {text: First words., speaker: ada lovelace}
                  - {text: Second words., speaker: countess}
                  - {text: Third words., speaker: Nobody known}
            """,
        }
    )
    excerpts = dossier.view("articles/a.html").excerpts
    assert [excerpt.speaker.url for excerpt in excerpts] == [*["../people/ada.html"] * 2, ""]
    assert [passage.text for passage in dossier.view("people/ada.html").spoken] == [
        "First words.",
        "Second words.",
    ]


def test_topics_nest(make):
    dossier = make(
        {
            "topics/top.md": "title: Top",
            "topics/middle.md": "{title: Middle, parent: top}",
            "topics/low.md": "{title: Low, parent: middle}",
            "topics/second.md": "{title: Another, parent: top, order: -1}",
        }
    )
    top = dossier.view("topics/top.html")
    assert isinstance(top, TopicView)
    assert titles(top.children) == ["Another", "Middle"]
    low = dossier.view("topics/low.html")
    assert [crumb.text for crumb in low.crumbs] == ["Home", "Topics", "Top", "Middle", "Low"]
    assert low.parent.text == "Middle"
    home = dossier.view("index.html")
    assert isinstance(home, HomeView)
    assert titles(home.topics) == ["Top"]


def test_a_cycle_of_topics_is_one_finding_and_no_endless_loop(make):
    dossier = make(
        {
            "topics/a.md": "{title: A, parent: b}",
            "topics/b.md": "{title: B, parent: c}",
            "topics/c.md": "{title: C, parent: a}",
            "topics/own.md": "{title: Own, parent: own}",
            "topics/tail.md": "{title: Tail, parent: a}",
        }
    )
    cycles = [finding for finding in dossier.diagnostics if finding.code == "topic-cycle"]
    assert [(finding.path, finding.message) for finding in cycles] == [
        ("content/topics/a.md", "topics are each other's parents: a → b → c → a"),
        ("content/topics/own.md", "topics are each other's parents: own → own"),
    ]
    assert dossier.view("topics/a.html").title == "A"


EVENT = "events: [{date: 2020-02-12, title: Ministers meet, places: [Brussels], articles: [%s]}]"


def test_an_event_that_two_documents_record_is_shown_once_with_all_sources(make):
    dossier = make(
        {
            "topics/t.md": "title: T",
            "articles/a.md": f"title: A\ndate: 2020-02-12\ntopics: [t]\n{EVENT % 'a'}",
            "articles/b.md": f"title: B\ndate: 2020-02-13\ntopics: [t]\n{EVENT % ''}",
            "notes/n.md": f"title: N\ndate: 2020-03-01\ntopics: [t]\n{EVENT % 'a'}",
        }
    )
    (year,) = dossier.view("topics/t.html").timeline
    events = [entry for entry in year.entries if entry.kind == "event"]
    assert [(event.title, sorted(link.text for link in event.sources)) for event in events] == [
        ("Ministers meet", ["A", "B"])
    ]
    assert [entry.title for entry in dossier.view("places/brussels.html").events] == ["Ministers meet"]


def test_an_event_is_on_the_page_of_whom_it_names_wherever_it_is_recorded(make):
    event = "events: [{date: 2020-02-12, title: Ministers meet, people: [Ada]}]"
    for place in ("topics/t.md", "articles/a.md", "notes/n.md"):
        date = "" if place.startswith("topics") else "\ndate: 2020-03-01"
        dossier = make({place: f"title: T{date}\n{event}"})
        assert [entry.title for entry in dossier.view("people/ada.html").events] == ["Ministers meet"], place


def test_years_and_months_are_sorted_and_never_padded(make):
    dossier = make(
        {
            "articles/day.md": "{title: Day, date: 2020-02-12}",
            "articles/month.md": "{title: Month, date: '2020-02'}",
            "articles/year.md": "{title: Year, date: '2020'}",
            "articles/older.md": "{title: Older, date: 2019-12-31}",
            "articles/undated.md": "title: Undated",
        }
    )
    view = dossier.view("articles/index.html")
    assert isinstance(view, DocumentsView)
    assert in_years(view) == [
        ("2020", ["Day", "Month", "Year"]),
        ("2019", ["Older"]),
        ("", ["Undated"]),
    ]
    timeline = dossier.view("timeline/index.html")
    assert isinstance(timeline, TimelineView)
    assert [(entry.date, entry.title) for year in timeline.years for entry in year.entries] == [
        ("2019-12-31", "Older"),
        ("2020", "Year"),
        ("2020-02", "Month"),
        ("2020-02-12", "Day"),
    ]
    assert dossier.view("articles/month.html").date == "2020-02"
    assert b"2020-02-01" not in msgspec.msgpack.encode(dossier.view("articles/month.html"))


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (3, 1), (4, 2), (7, 3)])
def test_lists_are_paged_at_page_size(make, count, pages):
    files = {
        f"articles/a{n}.md": f"{{title: A{n}, topics: [t], source: Ap, date: 2020-01-0{n}}}"
        for n in range(count + 1)
        if n
    }
    dossier = make({"topics/t.md": "title: T", **files}, site="{title: Test, page_size: 3}")
    for first, more in (
        ("articles/index.html", "articles/index"),
        ("documents/index.html", "documents"),
        ("sources/ap.html", "sources/ap"),
        ("topics/t.html", "topics/t"),
    ):
        paths = [first, *(f"{more}/{number}.html" for number in range(2, pages + 1))]
        assert f"{more}/{pages + 1}.html" not in dossier.pages
        shown = [title for path in paths for _, cards in in_years(dossier.view(path)) for title in cards]
        assert shown == [f"A{n}" for n in range(count, 0, -1)]
        assert all(len(in_years(dossier.view(path))[0][1]) <= 3 for path in paths)
    last = dossier.view(paths[-1])
    if pages > 1:
        assert last.pager.previous.endswith(paths[-2])
        assert (last.pager.number, last.pager.count, last.pager.next) == (pages, pages, "")
        assert dossier.view("topics/t.html").more_articles == "../topics/t/2.html"
    else:
        assert dossier.view("topics/t.html").more_articles == ""


def test_further_pages_of_an_entity_and_of_its_index_are_kept_apart(make):
    files = {f"articles/a{n}.md": f"{{title: A{n}, people: [Page, Someone {n}]}}" for n in range(4)}
    dossier = make(files, site="{title: Test, page_size: 1}")
    assert dossier.pages["people/page/2.html"].template == "person.html"
    assert sum(page.template == "people.html" for page in dossier.pages.values()) == 2


def test_feeds_are_newest_first_and_no_longer_than_feed_size(make):
    dossier = make(
        {
            "topics/t.md": "title: T",
            "articles/a.md": "{title: A, date: 2020-02-12, topics: [t]}",
            "articles/b.md": "{title: B, date: '2020-03', topics: [t]}",
            "articles/undated.md": "{title: Undated, topics: [t]}",
            "notes/n.md": "{title: N, date: 2019-01-01, updated: 2020-02-20, topics: [t]}",
        },
        site="{title: Test, url: 'https://example.org/d/', feed_size: 2}",
    )
    for path in ("feed.xml", "feed.json", "topics/t/feed.xml", "topics/t/feed.json"):
        feed = dossier.view(path)
        assert isinstance(feed, FeedView)
        assert [(entry.title, entry.updated) for entry in feed.entries] == [
            ("B", "2020-03-01T00:00:00Z"),
            ("N", "2020-02-20T00:00:00Z"),
        ]
        assert feed.updated == "2020-03-01T00:00:00Z"
        assert feed.self_url == f"https://example.org/d/{path}"
        assert feed.entries[1].url == "https://example.org/d/notes/n.html"


def test_a_feed_tells_the_time_where_the_document_does(make):
    dossier = make(
        {
            "articles/a.md": "{title: A, date: 2020-02-12T23:30:00-05:00}",
            "articles/b.md": "{title: B, date: 2020-02-13T01:00:00Z}",
        }
    )
    assert [(e.title, e.published, e.updated) for e in dossier.view("feed.xml").entries] == [
        ("A", "2020-02-12T23:30:00-05:00", "2020-02-12T23:30:00-05:00"),
        ("B", "2020-02-13T01:00:00Z", "2020-02-13T01:00:00Z"),
    ]


def test_the_sitemap_lists_every_page_but_the_one_for_lost_readers(make):
    files = {"articles/a.md": "{title: A, source: Ärzteblatt}", "notes/n.md": "{title: N, date: 2020-01-01}"}
    assert "sitemap.xml" not in make(files).pages
    dossier = make(files, site="{title: Test, url: 'https://example.org/d'}")
    sitemap = dossier.view("sitemap.xml")
    assert isinstance(sitemap, SitemapView)
    assert [entry.url.removeprefix("https://example.org/d/") for entry in sitemap.entries] == [
        "articles/a.html",
        "articles/",
        "changes/",
        "documents/",
        "",
        "notes/",
        "notes/n.html",
        "sources/",
        "sources/%C3%A4rzteblatt.html",
        "timeline/",
    ]
    assert dossier.view("robots.txt").sitemap == "https://example.org/d/sitemap.xml"


def test_the_home_page_leads_to_what_is_featured(make):
    dossier = make(
        {
            "articles/a.md": "{title: A, date: 2020}",
            "notes/n.md": "{title: N, date: 2020-01-01}",
            "notes/newer.md": "{title: Newer, date: 2020-01-02}",
        },
        site="{title: Test, featured: [n, a]}",
    )
    home = dossier.view("index.html")
    assert home.lead.title == "N"
    assert titles(home.featured) == ["A"]
    assert titles(home.notes) == ["Newer"]


@pytest.mark.parametrize("identifier", ["1", "2020", "event-1"])
def test_anchors_are_unique_on_a_timeline_whatever_documents_are_called(make, identifier):
    dossier = make(
        {
            "topics/t.md": "title: T",
            f"notes/{identifier}.md": "{title: N, date: 2020-02-12, topics: [t],"
            " events: [{date: '2020', title: E}]}",
        }
    )
    for path in ("topics/t.html", "timeline/index.html"):
        view = dossier.view(path)
        years = view.timeline if isinstance(view, TopicView) else view.years
        anchors = [entry.anchor for year in years for entry in year.entries]
        assert len(set(anchors)) == len(anchors) == 2


def test_addresses_lead_from_every_depth_to_pages_that_exist(make):
    files = {
        f"articles/a{n}.md": f"{{title: A{n}, topics: [t], people: [Ada], source: Ap, date: 2020}}"
        for n in range(4)
    }
    dossier = make({"topics/t.md": "title: T", **files}, site="{title: Test, page_size: 1}")
    for page in dossier.pages.values():
        for url in local_urls(msgspec.to_builtins(page.view)):
            base = page.path.split("/")[:-1]
            if page.path == "404.html":  # It is served at any depth.
                assert url.startswith("/"), url
                base, url = [], url.removeprefix("/")
            parts = url.split("/")
            while parts[0] == "..":
                base.pop()
                parts = parts[1:]
            assert "/".join([*base, *parts]) in dossier.pages, (page.path, url)


def local_urls(value):
    if isinstance(value, list):
        for item in value:
            yield from local_urls(item)
    elif isinstance(value, str) and value.endswith((".html", ".xml")) and " " not in value:
        yield value
