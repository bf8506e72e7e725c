"""Sample views of every page kind: one with all that a page can show, one with nothing that it need not have.

The full ones are set in a small dossier on NATO's mission in Iraq, with words of real length, so that a
screenshot of them is a fair look at a theme.
"""

# ruff: noqa: E501 (sample words of real length)

from dossier.model import Heading
from dossier.views import (
    Added,
    AnyView,
    ArticleView,
    Card,
    ChangesOfDay,
    ChangesView,
    ClaimRow,
    ClaimsView,
    ClaimView,
    Counted,
    Dependence,
    DocumentsView,
    Edit,
    EntitiesView,
    EntityView,
    EvidenceView,
    ExcerptView,
    FeedEntry,
    FeedView,
    HomeView,
    Lapsed,
    LetterGroup,
    Link,
    Mention,
    Meta,
    NoteView,
    NotFoundView,
    Page,
    Pager,
    QuotedPassage,
    RedirectView,
    ReferenceEntry,
    Related,
    Revised,
    RobotsView,
    SearchView,
    SitemapEntry,
    SitemapView,
    SiteView,
    Spoken,
    StateCount,
    TimelineEntry,
    TimelineView,
    TimelineYear,
    TopicCard,
    TopicsView,
    TopicView,
    Used,
    Withdrawn,
    Words,
    YearGroup,
)

SECTIONS = ("Topics", "Articles", "Notes", "People", "Organizations", "Places", "Sources", "Timeline")


def site(root: str = "../") -> SiteView:
    return SiteView(
        title="The Iraq Mission File",
        subtitle="NATO in Iraq, American forces abroad, and what the sources say about both",
        description="A dossier on NATO's mission in Iraq and on where the United States keeps its forces.",
        language="en",
        direction="ltr",
        root=root,
        home=f"{root}index.html",
        sections=(
            *(Link(f"{root}{name.lower()}/index.html", name) for name in SECTIONS),
            Link(f"{root}documents/index.html", "All documents"),
        ),
        topics=(
            Link(f"{root}topics/nato-iraq-mission.html", "NATO Mission Iraq"),
            Link(f"{root}topics/us-force-posture.html", "US force posture"),
        ),
        feed=f"{root}feed.xml",
        json_feed=f"{root}feed.json",
        search=f"{root}search.html",
        changes=f"{root}changes/index.html",
    )


BARE_SITE = SiteView("Bare", "", "", "en", "ltr", "../", "../index.html", (), (), "", "")
BARE_META = Meta("Bare", "")


def meta(title: str) -> Meta:
    return Meta(
        title=title,
        description="What the page is about, in one sentence.",
        canonical="https://example.org/dossier/topics/nato-iraq-mission.html",
        kind="article",
        published="2020-02-12",
        modified="2026-05-01",
        authors=("Ada Curator",),
        feeds=(Link("nato-iraq-mission.xml", "NATO Mission Iraq"),),
    )


def crumbs(*names: str) -> tuple[Link, ...]:
    return tuple(Link(f"../{name.lower()}/index.html", name) for name in ("Home", *names))


NATO = Link("../organizations/nato.html", "NATO")
AP = Link("../sources/associated-press.html", "Associated Press")
REUTERS = Link("../sources/reuters.html", "Reuters")
DOD = Link("../sources/us-department-of-defense.html", "US Department of Defense")
STOLTENBERG = Link("../people/jens-stoltenberg.html", "Jens Stoltenberg")
ESPER = Link("../people/mark-esper.html", "Mark Esper")
MISSION = Link("../topics/nato-iraq-mission.html", "NATO Mission Iraq")
POSTURE = Link("../topics/us-force-posture.html", "US force posture")
BAGHDAD = Link("../places/baghdad.html", "Baghdad")


def article(
    title: str, date: str, label: str = "News report", source: Link | None = AP, **more: object
) -> Card:
    return Card("article", "../articles/sample.html", title, label, date, "", source, (MISSION,), **more)


ARTICLES = (
    article("Pentagon to pull about 5,000 troops out of Germany", "2026-05-01"),
    article("NATO moves its Iraq staff to Naples", "2026-03-20", "News report", REUTERS),
    article("No timeline for the end of the mission in Iraq, says NATO", "2026-02", "News report", REUTERS),
    article(
        "Transcript of the press conference after the meeting of defence ministers",
        "2020-02-12",
        "Transcript",
        NATO,
    ),
    article("Esper: NATO allies ready to do more in Iraq", "2020-02-12", "Official document", DOD),
    article(
        "Danmarks bidrag til NATO's mission i Irak",
        "2020",
        "Official document",
        None,
        language="da",
        direction="ltr",
    ),
    article(
        "حلف شمال الأطلسي: المهمة في العراق مستمرة",
        "2020-02-13",
        "News report",
        None,
        language="ar",
        direction="rtl",
        draft=True,
    ),
)
NOTES = (
    Card(
        "note",
        "../notes/who-said-it.html",
        "Who said that fewer troops in Iraq would help to right-size other theatres?",
        "Finding",
        "2026-05-04",
        "A widely read article ends on a sentence that its readers take for the NATO Secretary General's. The "
        "Pentagon's own report of the same day gives it to the US defence secretary.",
        None,
        (MISSION, POSTURE),
    ),
    Card(
        "note",
        "../notes/how-many.html",
        "From 500 to 4,000 and back: counting the mission's people",
        "Analysis",
        "2026-04-18",
        "Ministers spoke of up to 4,000 trainers in 2021. No source on file shows that the mission ever came near.",
        None,
        (MISSION,),
    ),
    Card(
        "note",
        "../notes/dates.html",
        "Four dates for one beginning",
        "Note",
        "2026-04-02",
        "",
        None,
        (MISSION,),
    ),
)
EVENTS = (
    TimelineEntry(
        "event", "2018-07-11", "2018-07-12", "NATO launches a training mission in Iraq",
        "Leaders at the Brussels summit agree to Iraq's request for a non-combat mission.",
        "../articles/sample.html", "event-1", "Event", (Link("../articles/a.html", "NATO Mission Iraq"),), (NATO, BAGHDAD),
    ),
    TimelineEntry(
        "event", "2020-01-03", "", "Qassem Soleimani is killed near Baghdad airport", "",
        "../articles/sample.html", "event-2", "Event",
        (Link("../articles/a.html", "Statement by the Department of Defense"), Link("../articles/b.html", "109 US troops diagnosed")),
    ),
    TimelineEntry("article", "2020-02-12", "", "Transcript of the press conference", "", "../articles/sample.html", "event-t", "Transcript", (NATO,)),
    TimelineEntry("note", "2026-05-04", "", "Who said that fewer troops in Iraq would help?", "", "../notes/who-said-it.html", "event-n", "Finding"),
)  # fmt: skip
TIMELINE = (
    TimelineYear("2018", EVENTS[:1]),
    TimelineYear("2020", EVENTS[1:3]),
    TimelineYear("2026", EVENTS[3:]),
)
YEARS = (
    YearGroup("2026", ARTICLES[:3]),
    YearGroup("2020", ARTICLES[3:6]),
    YearGroup("", (article("An undated handout", "", "Other", None),)),
)
TOPICS = (
    TopicCard(
        "../topics/nato-iraq-mission.html", "NATO Mission Iraq",
        "Launched in 2018, suspended and resumed in 2020, enlarged twice, and moved to Naples in March 2026: "
        "what the mission is, who runs it, and what it was meant to become.",
        34, 5, "2018-07-11", "2026-03-20", (Link("../topics/command.html", "Who commanded it"),),
    ),
    TopicCard(
        "../topics/us-force-posture.html", "US force posture",
        "Where American forces stand, why they were sent there, and who wants them elsewhere.",
        28, 3, "2014-06", "2026-05-01",
    ),
)  # fmt: skip
PEOPLE = (
    Counted(
        "../people/jens-stoltenberg.html", "Jens Stoltenberg", 12, "Secretary General of NATO, 2014 to 2024"
    ),
    Counted("../people/mark-esper.html", "Mark Esper", 7, "US Secretary of Defense, 2019 to 2020"),
    Counted("../people/jose.html", "José Antonio Agüero Martínez", 1),
)
ORGANIZATIONS = tuple(Counted("../organizations/x.html", f"Organization {n}", 30 - n) for n in range(20))
PLACES = (
    Counted("../places/baghdad.html", "Baghdad", 1234),
    Counted("../places/ain-al-asad.html", "Ain al-Asad", 9),
)
RELATED = (
    Related(ARTICLES[1], (STOLTENBERG, NATO, BAGHDAD), 2, (Link(NOTES[0].url, NOTES[0].title),), (REUTERS,)),
    Related(ARTICLES[5], (NATO,)),
)
REFERENCES = (
    ReferenceEntry(
        1, "ref-1", "../articles/sample.html", "Esper: NATO allies ready to do more in Iraq", ("C. Todd Lopez", "Jim Garamone"),
        DOD, "2020-02-12", "https://www.defense.gov/News/article?id=1&x=2", "https://web.archive.org/x", ("cite-1-1", "cite-1-2"),
        "2020-02-14", Lapsed("dead", "2026-05-20"), passages=(Link("../articles/sample.html#excerpt-1", "1"), Link("../articles/sample.html#quoted-1f", "2")), summary="Ministers agreed to do more.",
    ),
    ReferenceEntry(
        2, "ref-2", "../articles/sample.html", "Transcript of the press conference after the meeting of defence ministers", (),
        NATO, "2020-02-12", "https://www.nato.int/x", "", ("cite-2-1",), "2026-05-02", Lapsed("unreachable"),
    ),
    ReferenceEntry(3, "ref-3", "../articles/sample.html", "An undated handout", (), None, "", "", "", ()),
)  # fmt: skip
CLAIMS = (
    ClaimRow(
        "../claims/a.html", "NATO’s decision of 12 February 2020 did not require more Western troops in Iraq", "disputed",
        "Disputed", "2020-02-13", 4, 1, 3, 1, "2020-02-12", "2020-02-13",
    ),
    ClaimRow(
        "../claims/b.html", "The resolution of Iraq’s parliament did not bind the government", "corroborated", "Corroborated",
        "2020-01", 2, 0, 2, 0, "2020-01-05", "2020-01-31", draft=True,
    ),
    ClaimRow("../claims/c.html", "109 had been injured", "single-source", "Single source", "", 1, 0, 1, 0, "2020-02", "2020-02"),
    ClaimRow("../claims/d.html", "Nobody says so", "unsupported", "Unsupported", "2026", 0, 0, 0, 0, "", ""),
    ClaimRow("../claims/e.html", "34 had been injured", "superseded", "Superseded", "2020-01-24", 1, 0, 1, 0, "2020-01-24", "2020-01-24"),
)  # fmt: skip


def evidence(
    card: Card, stance: str, quote: str = "", dependence: Dependence | None = None, checked: str = "verified"
) -> EvidenceView:
    """An article's word on a claim."""
    comment = "Speaks of activities that change hands, and never of numbers."
    if not quote:
        return EvidenceView(card, stance, "", "", "", None, "", comment, None, dependence)  # type: ignore[arg-type]
    said = (quote, checked, f"{card.url}#excerpt-1", ESPER, "p. 4")
    return EvidenceView(card, stance, *said, comment, REUTERS, dependence)  # type: ignore[arg-type]


OTHER = Link("../articles/sample.html", "NATO moves its Iraq staff to Naples")
DEPENDENT = (
    Dependence("unknown"),
    Dependence("repeats", OTHER),
    Dependence("repeated", OTHER),
    Dependence("outlet", OTHER, REUTERS),
    Dependence("owner", OTHER, Link("", "Desk Holdings")),
    Dependence("origin", OTHER, AP),
)
PAGER = Pager(
    2, 3, "index.html", "3.html", (Link("index.html", "1"), Link("2.html", "2"), Link("3.html", "3"))
)
ONE_PAGE = Pager(1, 1, "", "", (Link("index.html", "1"),))
CONTENTS = (
    Heading(2, "what-it-is", "What the mission is"),
    Heading(3, "who-runs-it", "Who runs it"),
    Heading(2, "what-is-disputed", "What is disputed"),
)
MENTIONS = (Mention(NOTES[0], "cites"), Mention(NOTES[1], "mentions"))

BODY = """<p>NATO Mission Iraq is a <strong>non-combat</strong> mission: it <em>advises</em> ministries and schools, \
and trains trainers. It was launched at the <a class="wiki" href="../places/brussels.html">Brussels</a> summit of July \
2018, on Iraq's request<span class="citations">[<a class="citation" id="cite-1-1" href="#ref-1">1</a>; see \
<a class="citation" id="cite-2-1" href="#ref-2">2</a>, p. 4]</span>, and stood at about 500 people in 2020.</p>
<h2 id="what-it-is">What the mission is</h2>
<p>Its numbers were to grow from 500 to around 4,000, and <span class="broken" title="No such document: x">nobody</span> \
on file reports that they did<sup class="footnote-ref"><a href="#fn1" id="fnref1" role="doc-noteref">1</a></sup>. So says NATO (2020) \
<a class="citation" id="cite-1-2" href="#ref-1">[1]</a>.</p>
<ul><li>Advice to the ministry of defence</li><li>Advice to the national security adviser</li></ul>
<aside class="admonition note" role="note"><p class="admonition-title">Note</p><p>Figures are those of the day, not of today.</p></aside>
<aside class="admonition warning" role="note"><p class="admonition-title">Disputed</p><p>Two sources differ on the month.</p></aside>
<h3 id="who-runs-it">Who runs it</h3>
<div class="table"><table><thead><tr><th>Commander</th><th>Country</th><th>From</th></tr></thead>
<tbody><tr><td>Dany Fortin</td><td>Canada</td><td>2018</td></tr><tr><td>Jennie Carignan</td><td>Canada</td>\
<td>November or December 2019</td></tr><tr><td>Per Pugholm Olsen</td><td>Denmark</td><td>24 November 2020</td></tr></tbody></table></div>
<h2 id="what-is-disputed">What is disputed</h2>
<blockquote><p>And we will only stay in Iraq as long as <mark class="quoted" id="quoted-2e">we are welcome</mark>. \
<span class="citations">[<a class="citation" id="cite-2-2" href="#ref-2">2</a>]</span> \
<a class="check verified" href="../articles/sample.html#excerpt-1" title="Verified">✓</a></p></blockquote>
<p>A number “of 4,000” <a class="check differs" href="../articles/sample.html" title="Other words">≠</a>, “soon” \
<a class="check unverifiable" href="../articles/sample.html" title="Not verifiable">?</a>.</p>
<dl><dt>Launch</dt><dd>The political decision of July 2018.</dd><dt>Establishment</dt><dd>Its beginning in Baghdad.</dd></dl>
<pre class="highlight"><code class="language-python"><span class="k">def</span> <span class="nf">strength</span>(<span class="n">year</span>):
    <span class="k">return</span> {<span class="mi">2020</span>: <span class="mi">500</span>}[<span class="n">year</span>]  \
<span class="c1"># people</span></code></pre>
<div class="footnotes" role="doc-endnotes"><ol><li id="fn1"><p>As of May 2026. <a href="#fnref1" \
class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></div>"""

ENTITY = {"person": "Person", "organization": "Organization", "place": "Place", "source": "Source"}
INDEXES = {"people": "person", "organizations": "organization", "places": "place", "sources": "source"}


CHANGES = ChangesOfDay(
    "2026-05-21",
    (Added("note", 2, tuple((1795000000, card) for card in NOTES[:2]), 0), Added("article", 9_000, tuple((1, card) for card in ARTICLES[:7] * 2), 8_986)),
    (
        Revised(NOTES[0], (
            Edit(1795000000, ("title", "summary"), 12, 3, (
                (Words("same", "… the closing sentence of a widely read article"), Words("removed", "was Stoltenberg’s"), Words("added", "is Mark Esper’s, spoken the day before"), Words("same", "and nobody …")),
                (Words("added", "A new paragraph."),),
            ), 140, False, "Ada Curator"),
            Edit(1, (), 0, 0, (), 0, False),
        )),
        Revised(ARTICLES[6], (Edit(1, (), 1, 0, (), 1, True),)),
    ),
    (Withdrawn(1795000000, "article", "A report that was withdrawn"),),
)  # fmt: skip


def full() -> dict[str, AnyView]:
    """A view with everything for each page template, by the template's name."""
    views: dict[str, AnyView] = {
        "home.html": HomeView(
            site(""), meta("The Iraq Mission File"), "home", (), NOTES[0], NOTES[1:], TOPICS, NOTES, ARTICLES, EVENTS, CLAIMS,
            (Counted("articles/index.html", "articles", 62), Counted("notes/index.html", "notes", 1), Counted("people/index.html", "people", 48)),
        ),
        "topic.html": TopicView(
            site(), meta("NATO Mission Iraq"), "topics", crumbs("Topics", "x"), "NATO Mission Iraq",
            "Launched in 2018, suspended and resumed in 2020, enlarged twice, and moved to Naples in March 2026: what the "
            "mission is, who runs it, and what it was meant to become.",
            "2026-05-04", POSTURE, TOPICS[1:], True, CONTENTS, NOTES, CLAIMS, TIMELINE, YEARS, 134, "nato-iraq-mission/2.html",
            PEOPLE, ORGANIZATIONS, PLACES, PLACES, REFERENCES, (Link("nato-iraq-mission.xml", "Atom feed"),),
            (Link("nato-iraq-mission/bibliography.bib", "BibTeX"), Link("nato-iraq-mission/bibliography.ris", "RIS")),
            words=700, note_count=40, more_notes="nato-iraq-mission/notes.html", claim_count=80, more_claims="../claims/index.html",
            began="2014", more_timeline="nato-iraq-mission/timeline.html",
        ),
        "article.html": ArticleView(
            site=site(), meta=meta("Esper"), section="articles", crumbs=crumbs("Articles", "x"),
            title="Danmarks bidrag til NATO's mission i Irak", date="2020-02-12", time="2020-02-12T14:30:00+01:00",
            kind="official", label="Official document", source=DOD, via=REUTERS, authors=("C. Todd Lopez", "Jim Garamone"),
            original="https://www.defense.gov/News/a b?id=1&x=2", archive="https://web.archive.org/web/2020/x",
            accessed="2026-05-02", language="da", language_name="Danish", direction="ltr", draft=True,
            summary="The Pentagon's report of the first day of the meeting. It has the closing sentence of a widely read "
            "article as Mark Esper's, spoken the day before.",
            text="summary", shown="full", opening="", has_body=True, contents=CONTENTS,
            quotations=(QuotedPassage("quoted-1f", "We stay.\nWe <b>help</b>."),),
            excerpts=(
                ExcerptView("excerpt-1", "with the consent of the Iraqis,", STOLTENBERG, "NATO Secretary General", "p. 4"),
                ExcerptView("excerpt-2", "building more sustainable, transparent, inclusive and effective armed forces and security institutions", None, "", ""),
            ),
            topics=(MISSION, POSTURE), people=(STOLTENBERG, ESPER), organizations=(NATO,), places=(BAGHDAD,),
            tags=("training", "ministerial"), events=EVENTS[:2],
            claims=(Used(CLAIMS[0], "supports", "Says so."), Used(CLAIMS[1], "disputes", ""), Used(CLAIMS[2], "mentions", "")), references=REFERENCES, mentions=MENTIONS,
            previous=Link("a.html", "Transcript of the press conference"), next=Link("b.html", "Iraq gives NATO the green light to stay"),
            obtained="Clipped from the page", checksum="0f" * 32, capture="a1" * 32, archived_on="2020-02-14",
            lapsed=Lapsed("dead", "2026-05-20"), changed="2026-05-21", history="../changes/index.html", words=460, within=MISSION, related=RELATED,
        ),
        "note.html": NoteView(
            site(), meta("Who said it"), "notes", crumbs("Notes", "x"), NOTES[0].title, "2026-05-04", "2026-05-06", "finding",
            ("Ada Curator", "Ben Reader"), True, NOTES[0].summary, True, 1200, CONTENTS, (MISSION, POSTURE), ("attribution",),
            EVENTS[:2], CLAIMS, REFERENCES, MENTIONS, Link("a.html", "Four dates for one beginning"), Link("b.html", "From 500 to 4,000 and back"),
            within=MISSION, related=RELATED,
        ),
        "claim.html": ClaimView(
            site(), meta("Claim"), "claims", crumbs("Claims", "x"), CLAIMS[0].statement, "superseded", "Superseded", "2020-02-13",
            True, (MISSION, POSTURE), ("figures",), Link("../notes/how-many.html", NOTES[1].title), CLAIMS[1], CLAIMS[3:], 3, 1,
            (evidence(ARTICLES[0], "supports", "Not every mission can be the top priority."),
             *(evidence(ARTICLES[n], "supports", dependence=why) for n, why in enumerate(DEPENDENT))),
            tuple(
                evidence(ARTICLES[5], "disputes", "Danmark bidrager.", checked=checked)
                for checked in ("differs", "misattributed", "unverifiable", "")
            ), (evidence(ARTICLES[6], "mentions", "المهمة مستمرة"),),
            True, CONTENTS, REFERENCES, MENTIONS, Link("a.html", CLAIMS[1].statement), Link("b.html", CLAIMS[2].statement),
        ),
        "claims.html": ClaimsView(
            site(), meta("Claims"), "claims", crumbs("Claims"), "Claims", 5,
            (StateCount("disputed", "Disputed", 1), StateCount("corroborated", "Corroborated", 4)), CLAIMS, PAGER,
        ),
        "timeline.html": TimelineView(site(), meta("Timeline"), "timeline", crumbs("Timeline"), "Timeline", 214, TIMELINE, PAGER),
        "topics.html": TopicsView(site(), meta("Topics"), "topics", crumbs("Topics"), "Topics", 2, TOPICS),
        "changes.html": ChangesView(
            site(), meta("What changed"), "changes", crumbs("What changed"), "What changed", MISSION, "git", "topics/x",
            1795000000, (CHANGES, ChangesOfDay("2020-02", (Added("claim", 1, ((1, ARTICLES[5]),), 0),), (), ())),
            Link("../changes/feed.xml", "Feed"), PAGER,
        ),
        "search.html": SearchView(site(), meta("Search"), "search", crumbs("Search"), "Search", ("../search/0/", "../search/1/")),
        "redirect.html": RedirectView(
            "en", "ltr", "../", Link("../articles/a.html", ARTICLES[0].title), "https://example.org/articles/a.html",
        ),
        "404.html": NotFoundView(site("/dossier/"), meta("Page not found"), "", (), site("/dossier/").topics),
        "feed.xml": feed(), "feed.json": feed(),
        "sitemap.xml": SitemapView((SitemapEntry("https://example.org/", "2026-05-01"), SitemapEntry("https://example.org/a?b=1&c=2", ""))),
        "robots.txt": RobotsView("https://example.org/sitemap.xml"),
    }  # fmt: skip
    for kind, label in ENTITY.items():
        views[f"{kind}.html"] = EntityView(
            site(), meta("Jens Stoltenberg"), "people", crumbs("People", "x"), kind, label, "Jens Stoltenberg",
            ("J. Stoltenberg",), "Secretary General of NATO", "Norwegian politician; led the alliance from 2014 to 2024.",
            NATO, "33.2625", "44.2346", (Link("https://www.nato.int/bio", "nato.int"), Link("javascript:alert(1)", "bad")), 12,
            YEARS, ARTICLES[:2], NOTES, (Spoken("And we will only stay in Iraq as long as we are welcome,", "NATO Secretary General", ARTICLES[6]),),
            EVENTS[:2], PLACES, PEOPLE, PAGER,
        )  # fmt: skip
    for name, kind in INDEXES.items():
        letters = (LetterGroup("J", PEOPLE[::2]), LetterGroup("M", PEOPLE[1:2]), LetterGroup("#", PLACES))
        views[f"{name}.html"] = EntitiesView(
            site(), meta(name), name, crumbs("x"), kind, name.capitalize(), 1234, letters, PAGER
        )  # fmt: skip
    for name in ("articles", "notes", "documents"):
        views[f"{name}.html"] = DocumentsView(
            site(), meta(name), name, crumbs("x"), name.capitalize(), "Everything on file.", 62, YEARS, PAGER
        )
    return views


def feed() -> FeedView:
    entry = FeedEntry(
        "https://example.org/notes/a.html", "https://example.org/notes/a.html", "Who said it?", "2026-05-04T00:00:00Z",
        "2026-05-04T00:00:00Z", "A finding.", ("Ada Curator",), "Finding", "https://www.nato.int/x", ("NATO Mission Iraq",),
    )  # fmt: skip
    bare = FeedEntry(
        "urn:x:1", "https://example.org/b.html", "Bare", "2026-05-04T00:00:00Z", "", "", (), "", "", ()
    )
    return FeedView(
        "https://example.org/feed.xml", "The Iraq Mission File", "A dossier", "en", "https://example.org/",
        "https://example.org/feed.xml", "2026-05-04T00:00:00Z", ("Ada Curator",), (entry, bare),
    )  # fmt: skip


def bare() -> dict[str, AnyView]:
    """A view for each page template in which everything that can be missing is."""
    frame = (BARE_SITE, BARE_META, "", ())
    feed = FeedView("urn:x", "Bare", "", "", "", "", "2026-05-04T00:00:00Z", (), ())
    views: dict[str, AnyView] = {
        "home.html": HomeView(*frame, None, (), (), (), (), (), (), ()),
        "topic.html": TopicView(*frame, "Bare", "", "", None, (), False, (), (), (), (), (), 0, "", (), (), (), (), (), ()),
        "article.html": ArticleView(
            *frame, "Bare", "", "", "other", "Document", None, None, (), "", "", "", "", "", "ltr", False, "", "full", "reference", "", False,
            (), (), (), (), (), (), (), (), (), (), (), None, None,
        ),
        "note.html": NoteView(*frame, "Bare", "", "", "", (), False, "", False, 0, (), (), (), (), (), (), (), None, None),
        "claim.html": ClaimView(
            *frame, "Bare", "unsupported", "Unsupported", "", False, (), (), None, None, (), 0, 0, (), (), (), False, (), (), (), None, None,
        ),
        "claims.html": ClaimsView(*frame, "Claims", 0, (), (), ONE_PAGE),
        "timeline.html": TimelineView(*frame, "Timeline", 0, (), ONE_PAGE),
        "topics.html": TopicsView(*frame, "Topics", 0, ()),
        "changes.html": ChangesView(*frame, "Changes", None, "dates", "", 0, (), Link("../changes/feed.xml", "Feed"), ONE_PAGE),
        "search.html": SearchView(*frame, "Search", ("search/0/",)),
        "redirect.html": RedirectView("", "ltr", "", Link("a.html", "a"), ""),
        "404.html": NotFoundView(*frame, ()),
        "feed.xml": feed, "feed.json": feed,
        "sitemap.xml": SitemapView(()), "robots.txt": RobotsView(""),
    }  # fmt: skip
    for kind, label in ENTITY.items():
        views[f"{kind}.html"] = EntityView(
            *frame, kind, label, "Bare", (), "", "", None, "", "", (), 0, (), (), (), (), (), (), (), ONE_PAGE
        )  # fmt: skip
    for name, kind in INDEXES.items():
        views[f"{name}.html"] = EntitiesView(*frame, kind, name, 0, (), ONE_PAGE)
    for name in ("articles", "notes", "documents"):
        views[f"{name}.html"] = DocumentsView(*frame, name, "", 0, (), ONE_PAGE)
    return views


def page(template: str, view: AnyView) -> Page:
    """A page of that view, whose body (where the template shows one) is BODY in two segments."""
    path = template if isinstance(view, (HomeView, NotFoundView)) or "." not in template else f"x/{template}"
    return Page(path, template, view, "digest", ('<a class="wiki" href="y.html">a link</a>',))


def segments(view: AnyView) -> tuple[str, ...]:
    """The body's HTML for a view: BODY where it has one."""
    has_body = getattr(view, "has_body", False)
    first, second = BODY.split("non-combat", 1)
    return (first + "non-combat ", second) if has_body else ()
