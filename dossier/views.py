"""What each template may see: one view per page kind, and the parts they are made of.

A view is plain and frozen; a page is a pure function of it. It carries everything the page shows, already
chosen, sorted and linked with addresses relative to the page, and no line numbers, so that an edit that
moves lines changes no page. The body of a document is the one thing kept apart: a page names it by its
digest, and the template gets its HTML as `body`.

Templates see `view` and `body` and nothing else. Strings are plain text and escaped by the template; fields
whose name ends in `_html` are HTML that dossier made.
"""

from typing import Literal

from dossier.model import ClaimState, EntityKind, Heading, Kind, Record, Stance

Direction = Literal["ltr", "rtl"]


class Link(Record, frozen=True):
    """An address relative to the page (or absolute, for links out) and its text."""

    url: str
    text: str


class SiteView(Record, frozen=True):
    """What every page shows of the site. `root` leads from the page to the site's root: '' or '../'.

    `search` is empty where the site has no search page, `changes` where nothing is known of what changed.
    """

    title: str
    subtitle: str
    description: str
    language: str
    direction: Direction
    root: str
    home: str
    sections: tuple[Link, ...]
    topics: tuple[Link, ...]
    feed: str
    json_feed: str
    search: str = ""
    changes: str = ""


class Meta(Record, frozen=True):
    """What a page says of itself to machines: search engines, link previews, feed readers.

    `canonical` is absolute, and empty where the site has no `url`. `published` and `modified` are EDTF or
    RFC 3339. `feeds` are the page's own Atom feeds, `citation` what reference managers take from it.
    `image` is the absolute address of its card, of 1200 by 630 pixels, empty where it has none.
    """

    title: str
    description: str
    canonical: str = ""
    kind: Literal["website", "article"] = "website"
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    feeds: tuple[Link, ...] = ()
    index: bool = True
    citation: tuple["MetaTag", ...] = ()
    image: str = ""


class MetaTag(Record, frozen=True):
    """A `meta` element by which browsers' tools see what a page is a record of."""

    name: str
    content: str


class Card(Record, frozen=True):
    """A document as lists show it. `label` is the kind in words (`News report`, `Analysis`, `Topic`).

    `date` is EDTF level 0 and may be empty; `source` is the outlet of an article.
    `language` and `direction` are empty where they are the site's.
    """

    kind: Literal["article", "note", "topic", "claim"]
    url: str
    title: str
    label: str
    date: str = ""
    summary: str = ""
    source: Link | None = None
    topics: tuple[Link, ...] = ()
    language: str = ""
    direction: Direction | Literal[""] = ""
    draft: bool = False
    coming: bool = False


class Counted(Record, frozen=True):
    """An entity or topic with the number of documents that name it."""

    url: str
    text: str
    count: int
    description: str = ""


class YearGroup(Record, frozen=True):
    """Documents of one year, newest first; `year` is empty for undated ones."""

    year: str
    cards: tuple[Card, ...]


class TimelineEntry(Record, frozen=True):
    """An event or a dated document on a timeline.

    `kind` is `event`, `article` or `note`; `url` leads to the document (for an event, to the one that
    records it). `sources` are the articles behind an event. `anchor` is unique on its page.
    """

    kind: Literal["event", "article", "note"]
    date: str
    end: str
    title: str
    summary: str
    url: str
    anchor: str
    label: str = ""
    sources: tuple[Link, ...] = ()
    entities: tuple[Link, ...] = ()


class TimelineYear(Record, frozen=True):
    """The entries of one year, oldest first."""

    year: str
    entries: tuple[TimelineEntry, ...]


Emphasis = Literal["", "em", "strong", "sup", "sub"]


class Piece(Record, frozen=True):
    """A piece of a line: its text, how it is emphasised, and where it leads, if anywhere."""

    text: str
    emphasis: Emphasis = ""
    url: str = ""


class ReferenceEntry(Record, frozen=True):
    """One entry of a page's numbered reference list; `anchor` is `ref-3`.

    `url` is the article's page here, `original` the source's own address. `backlinks` are the anchors
    (`cite-3-1`, …) where the page's text cites it. `archived_on` and `lapsed` are as in `ArticleView`. `text`
    is what the site's citation style says of the article, empty where the style is dossier's own; not
    `numbered` are the entries of styles without numbers. `summary` is the curator's, else the first passage
    on file, `passages` lead to what the page's text quotes of it.
    """

    number: int
    anchor: str
    url: str
    title: str
    authors: tuple[str, ...]
    source: Link | None
    date: str
    original: str
    archive: str
    backlinks: tuple[str, ...]
    archived_on: str = ""
    lapsed: "Lapsed | None" = None
    text: tuple[Piece, ...] = ()
    numbered: bool = True
    summary: str = ""
    passages: tuple[Link, ...] = ()


class Lapsed(Record, frozen=True):
    """An address that no longer leads to what it led to; `since` is when that was found, EDTF or empty."""

    state: Literal["dead", "unreachable"]
    since: str = ""


class ExcerptView(Record, frozen=True):
    """A verbatim passage of an article; `anchor` is `excerpt-2`."""

    anchor: str
    text: str
    speaker: Link | None
    role: str
    locator: str


class QuotedPassage(Record, frozen=True):
    """Words of an article's text that a document of the site quotes; `anchor` is unique on its page."""

    anchor: str
    text: str


class Mention(Record, frozen=True):
    """A document that cites or mentions this one, newest first."""

    card: Card
    how: Literal["cites", "mentions"]


class Related(Record, frozen=True):
    """A document that shares much with this one, and what: why it may be read next.

    `named` are entities that both name, those that few documents name first, `more` how many more there are;
    `cited_in` documents that cite both, `cites` articles that both cite.
    """

    card: Card
    named: tuple[Link, ...] = ()
    more: int = 0
    cited_in: tuple[Link, ...] = ()
    cites: tuple[Link, ...] = ()


class ClaimRow(Record, frozen=True):
    """A claim as tables and lists show it. `label` is its state in words (`Single source`).

    `supporting` and `disputing` count articles, `sources` and `opposing` the independent sources among
    them; `first` and `latest` are the dates of the oldest and the newest of these articles.
    """

    url: str
    statement: str
    state: ClaimState
    label: str
    as_of: str
    supporting: int
    disputing: int
    sources: int
    opposing: int
    first: str
    latest: str
    draft: bool = False
    coming: bool = False


class Used(Record, frozen=True):
    """A claim that an article is evidence for, and what it says to it."""

    claim: ClaimRow
    stance: Stance
    comment: str


class Dependence(Record, frozen=True):
    """Why an article counts for no source of its own beside `other`.

    `reason` is `repeats` (it repeats the other), `repeated` (the other repeats it), `outlet` (both are of one
    outlet, `shared`), `owner` (of outlets that `shared` owns), `origin` (both reports come from `shared`), or
    `unknown` (where it comes from isn't known; there is no other then).
    """

    reason: Literal["repeats", "repeated", "outlet", "owner", "origin", "unknown"]
    other: Link | None = None
    shared: Link | None = None


class EvidenceView(Record, frozen=True):
    """What an article says to a claim. `via` is what it repeats: another article, or an agency.

    `checked` says how the quotation stands to the article's text on file, and `passage` is the address of the
    place there; both are empty where there is none. `speaker` is who is named, or who says it by that text.
    `dependence` is there where the article counts together with another on the same side.
    """

    article: Card
    stance: Stance
    quote: str
    checked: Literal["", "verified", "differs", "misattributed", "unverifiable"]
    passage: str
    speaker: Link | None
    locator: str
    comment: str
    via: Link | None
    dependence: Dependence | None


class Pager(Record, frozen=True):
    """Where a list stands among its pages; `previous` and `next` are empty at the ends."""

    number: int
    count: int
    previous: str
    next: str
    pages: tuple[Link, ...]


class View(Record, frozen=True):
    """What all pages have. `section` is the part of the site that the page belongs to, for navigation."""

    site: SiteView
    meta: Meta
    section: str
    crumbs: tuple[Link, ...]


class HomeView(View, frozen=True, tag=True):
    """home.html: the featured documents, the topics, what is new, how much there is."""

    lead: Card | None
    featured: tuple[Card, ...]
    topics: tuple["TopicCard", ...]
    notes: tuple[Card, ...]
    latest: tuple[Card, ...]
    events: tuple[TimelineEntry, ...]
    claims: tuple[ClaimRow, ...]
    counts: tuple[Counted, ...]


class TopicCard(Record, frozen=True):
    """A topic with what it holds; `latest` is its newest document's date, `first` its oldest."""

    url: str
    title: str
    summary: str
    articles: int
    notes: int
    first: str
    latest: str
    children: tuple[Link, ...] = ()
    claims: int = 0
    draft: bool = False


class TopicView(View, frozen=True, tag=True):
    """topic.html: overview (`body`), notes, timeline, articles by year, who and where, sources.

    `changes` is the address of what changed in it, empty where nothing is known of that. `words` counts those
    of the overview. Of what there is much of only the newest is here, of entities those named most; the rest
    is at `more_articles`, `more_notes`, `more_claims` and `more_timeline`, empty where there is no more.
    `began` is the date of the first entry of the whole timeline.
    """

    title: str
    summary: str
    latest: str
    parent: Link | None
    children: tuple[TopicCard, ...]
    has_body: bool
    contents: tuple[Heading, ...]
    notes: tuple[Card, ...]
    claims: tuple[ClaimRow, ...]
    timeline: tuple[TimelineYear, ...]
    years: tuple[YearGroup, ...]
    article_count: int
    more_articles: str
    people: tuple[Counted, ...]
    organizations: tuple[Counted, ...]
    places: tuple[Counted, ...]
    sources: tuple[Counted, ...]
    references: tuple[ReferenceEntry, ...]
    feeds: tuple[Link, ...]
    bibliographies: tuple[Link, ...] = ()
    changes: str = ""
    draft: bool = False
    words: int = 0
    note_count: int = 0
    more_notes: str = ""
    claim_count: int = 0
    more_claims: str = ""
    began: str = ""
    more_timeline: str = ""


class ArticleView(View, frozen=True, tag=True):
    """article.html: an article's record.

    `text` says what `body` is: the source's full text, excerpts of it, or the curator's summary; `shown`
    says how much of it is published. Where `shown` is `excerpt`, `opening` holds the first words instead of
    a body; where it is `reference`, there is neither. `via` is what the article repeats.

    `obtained` says in words how the text came here; `checksum` is the SHA-256 digest of the text on file
    where that isn't published (else it is `body.checksum`), `capture` that of the bytes it was taken from.
    `archived_on` is the day of the archived copy, or on which the original was read; `lapsed` says that the
    original is no longer what it was. `changed` is the day of the last commit that changed the article here,
    EDTF, and `history` the address of what changed; both are empty where there is no history. `quotations`
    are the words that the site quotes of a text that is published as an excerpt. `words` counts those of the
    text that is shown. `within` is the topic in whose order `previous` and `next` stand.
    """

    title: str
    date: str
    time: str
    kind: Kind
    label: str
    source: Link | None
    via: Link | None
    authors: tuple[str, ...]
    original: str
    archive: str
    accessed: str
    language: str
    language_name: str
    direction: Direction
    draft: bool
    summary: str
    text: Literal["full", "excerpts", "summary"]
    shown: Literal["full", "excerpt", "reference"]
    opening: str
    has_body: bool
    contents: tuple[Heading, ...]
    excerpts: tuple[ExcerptView, ...]
    topics: tuple[Link, ...]
    people: tuple[Link, ...]
    organizations: tuple[Link, ...]
    places: tuple[Link, ...]
    tags: tuple[str, ...]
    events: tuple[TimelineEntry, ...]
    claims: tuple[Used, ...]
    references: tuple[ReferenceEntry, ...]
    mentions: tuple[Mention, ...]
    previous: Link | None
    next: Link | None
    obtained: str = ""
    checksum: str = ""
    capture: str = ""
    archived_on: str = ""
    lapsed: "Lapsed | None" = None
    changed: str = ""
    history: str = ""
    quotations: tuple[QuotedPassage, ...] = ()
    coming: bool = False
    words: int = 0
    within: Link | None = None
    related: tuple[Related, ...] = ()


class NoteView(View, frozen=True, tag=True):
    """note.html: the curator's own writing, with its numbered references.

    `claims` are those that it makes and those that its text leads to. `within` is the topic in whose order
    `previous` and `next` stand.
    """

    title: str
    date: str
    updated: str
    status: str
    authors: tuple[str, ...]
    draft: bool
    summary: str
    has_body: bool
    words: int
    contents: tuple[Heading, ...]
    topics: tuple[Link, ...]
    tags: tuple[str, ...]
    events: tuple[TimelineEntry, ...]
    claims: tuple[ClaimRow, ...]
    references: tuple[ReferenceEntry, ...]
    mentions: tuple[Mention, ...]
    previous: Link | None
    next: Link | None
    bibliographies: tuple[Link, ...] = ()
    coming: bool = False
    within: Link | None = None
    related: tuple[Related, ...] = ()


class ClaimView(View, frozen=True, tag=True):
    """claim.html: a claim with its evidence, the oldest first. `body` is the curator's reasoning, if any.

    `holder` is the note or topic that makes the claim. `sources` and `opposing` count the independent
    sources among the articles that support it and that dispute it. `within` is the topic in whose order
    `previous` and `next` stand.
    """

    statement: str
    state: ClaimState
    label: str
    as_of: str
    draft: bool
    topics: tuple[Link, ...]
    tags: tuple[str, ...]
    holder: Link | None
    superseded_by: ClaimRow | None
    supersedes: tuple[ClaimRow, ...]
    sources: int
    opposing: int
    supporting: tuple[EvidenceView, ...]
    disputing: tuple[EvidenceView, ...]
    mentioning: tuple[EvidenceView, ...]
    has_body: bool
    contents: tuple[Heading, ...]
    references: tuple[ReferenceEntry, ...]
    mentions: tuple[Mention, ...]
    previous: Link | None
    next: Link | None
    coming: bool = False
    within: Link | None = None


class EntityView(View, frozen=True, tag=True):
    """person.html, organization.html, place.html, source.html: one entity and the documents that name it.

    For a source, `years` are the articles that it published, and `carried` those of others that repeat its
    reports. `latitude` and `longitude` are degrees as text,
    empty where the register has none.
    """

    kind: EntityKind
    label: str
    name: str
    aliases: tuple[str, ...]
    role: str
    description: str
    owner: Link | None
    latitude: str
    longitude: str
    links: tuple[Link, ...]
    count: int
    years: tuple[YearGroup, ...]
    carried: tuple[Card, ...]
    notes: tuple[Card, ...]
    spoken: tuple["Spoken", ...]
    events: tuple[TimelineEntry, ...]
    topics: tuple[Counted, ...]
    together: tuple[Counted, ...]
    pager: Pager


class Spoken(Record, frozen=True):
    """A passage on file that a person spoke, and the article that has it."""

    text: str
    role: str
    article: Card


class DocumentsView(View, frozen=True, tag=True):
    """articles.html, notes.html, documents.html: a paged list of documents, newest first, by year."""

    title: str
    intro: str
    total: int
    years: tuple[YearGroup, ...]
    pager: Pager
    bibliographies: tuple[Link, ...] = ()


class ClaimsView(View, frozen=True, tag=True):
    """claims.html: every claim, newest first, those that others supersede last. `states` counts them all."""

    title: str
    total: int
    states: tuple["StateCount", ...]
    claims: tuple[ClaimRow, ...]
    pager: Pager


class StateCount(Record, frozen=True):
    """How many claims have a state."""

    state: ClaimState
    label: str
    count: int


class TopicsView(View, frozen=True, tag=True):
    """topics.html: every topic."""

    title: str
    total: int
    topics: tuple[TopicCard, ...]


class EntitiesView(View, frozen=True, tag=True):
    """people.html, organizations.html, places.html, sources.html: every entity of a kind, by name."""

    kind: EntityKind
    title: str
    total: int
    letters: tuple["LetterGroup", ...]
    pager: Pager


class LetterGroup(Record, frozen=True):
    """Entities whose names begin with one letter (`#` for anything else)."""

    letter: str
    entities: tuple[Counted, ...]


class TimelineView(View, frozen=True, tag=True):
    """timeline.html: every event and dated document of the site, by year, oldest first; paged by year."""

    title: str
    total: int
    years: tuple[TimelineYear, ...]
    pager: Pager


class Words(Record, frozen=True):
    """Words in a row that were kept, added or removed; `…` stands for kept ones that aren't shown."""

    kind: Literal["same", "added", "removed"]
    text: str


class Edit(Record, frozen=True):
    """One change of a document.

    `fields` are what changed besides the text, in words; `added` and `removed` count the text's words.
    `parts` are the paragraphs that differ, as far as there is room; `more` counts the words that there was
    no room for. Where `withheld`, the text may not be published, and so may not what differs. `author` is
    empty where authors aren't named.
    """

    time: int
    fields: tuple[str, ...]
    added: int
    removed: int
    parts: tuple[tuple[Words, ...], ...]
    more: int
    withheld: bool
    author: str = ""


class Revised(Record, frozen=True):
    """A document and how it was changed on a day, the latest first."""

    card: Card
    edits: tuple[Edit, ...]


class Withdrawn(Record, frozen=True):
    """A document that was taken out, by the title that it was last published under."""

    time: int
    kind: Literal["article", "note", "topic", "claim"]
    title: str


class Added(Record, frozen=True):
    """New documents of one kind. `count` counts all of the day, `more` those that aren't named."""

    kind: Literal["article", "note", "topic", "claim"]
    count: int
    cards: tuple[tuple[int, Card], ...]
    more: int


class ChangesOfDay(Record, frozen=True):
    """What changed on a day; in `added`, each card stands behind its time, in seconds since 1970."""

    day: str
    added: tuple[Added, ...]
    revised: tuple[Revised, ...]
    withdrawn: tuple[Withdrawn, ...]


class ChangesView(View, frozen=True, tag=True):
    """changes.html: what changed, in all of the site or in one `topic`; the latest first, by day, in pages.

    `known_by` says whether that is known from commits or from the documents' own dates. `key` names the list
    among those of the site, for readers' browsers to remember how far it was read.
    """

    title: str
    topic: Link | None
    known_by: Literal["git", "dates"]
    key: str
    newest: int
    days: tuple[ChangesOfDay, ...]
    feed: Link
    pager: Pager


class SearchView(View, frozen=True, tag=True):
    """search.html: where the browser searches. `shards` are the addresses of the index's parts."""

    title: str
    shards: tuple[str, ...]


class NotFoundView(View, frozen=True, tag=True):
    """404.html: `root` is the site's absolute path here, since the page is served at any depth."""

    topics: tuple[Link, ...]


class RedirectView(Record, frozen=True, tag=True):
    """redirect.html: a former address of a document, from which readers are led on to `target`.

    `root` leads to the site's root: '' or '../', more than once if need be. `canonical` is the target's
    absolute address, and empty where the site has no `url`.
    """

    language: str
    direction: Direction
    root: str
    target: Link
    canonical: str


class FeedEntry(Record, frozen=True):
    """One entry of a feed. Times are RFC 3339; `url` is absolute where the site has one."""

    id: str
    url: str
    title: str
    updated: str
    published: str
    summary: str
    authors: tuple[str, ...]
    label: str
    via: str
    topics: tuple[str, ...]


class FeedView(Record, frozen=True, tag=True):
    """feed.xml (Atom, RFC 4287) and feed.json (JSON Feed 1.1) of the site or of one topic."""

    id: str
    title: str
    subtitle: str
    language: str
    home: str
    self_url: str
    updated: str
    authors: tuple[str, ...]
    entries: tuple[FeedEntry, ...]


class CitedName(Record, frozen=True):
    """Who wrote something: a person with family and given name, or a body, which has neither."""

    name: str
    family: str = ""
    given: str = ""


class CitedWork(Record, frozen=True):
    """An article as bibliographies list it, by its id. Dates are EDTF level 0.

    `container` is the newspaper or magazine that it appeared in, `publisher` the body that issued anything
    else; `genre` says in words what a type leaves open (`Press release`). `url` is the original's,
    `page` the output path of the article's page.
    """

    id: str
    kind: Kind
    title: str
    authors: tuple[CitedName, ...]
    container: str
    publisher: str
    genre: str
    date: str
    url: str
    archive: str
    accessed: str
    language: str
    abstract: str
    tags: tuple[str, ...]
    page: str


class BibliographyView(Record, frozen=True, tag=True):
    """bibliography.json, .bib, .ris: the articles of the site or of a topic, or those that a note cites."""

    works: tuple[CitedWork, ...]


class SitemapEntry(Record, frozen=True):
    """One address of the sitemap; `modified` is a W3C date or empty."""

    url: str
    modified: str


class SitemapView(Record, frozen=True, tag=True):
    """sitemap.xml (sitemaps.org 0.9); made only where the site has a `url`."""

    entries: tuple[SitemapEntry, ...]


class RobotsView(Record, frozen=True, tag=True):
    """robots.txt: everything may be read; `sitemap` is absolute or empty."""

    sitemap: str


AnyView = (
    HomeView
    | TopicView
    | ArticleView
    | NoteView
    | ClaimView
    | EntityView
    | DocumentsView
    | ClaimsView
    | TopicsView
    | EntitiesView
    | TimelineView
    | ChangesView
    | SearchView
    | NotFoundView
    | RedirectView
    | FeedView
    | BibliographyView
    | SitemapView
    | RobotsView
)


class LapsedLink(Record, frozen=True):
    """A link of a body, by its address without a fragment, that no longer leads to what it led to.

    `archive` is the address of the copy that is on file, if there is one, and `archived_on` its day.
    """

    url: str
    state: Literal["dead", "unreachable"]
    since: str = ""
    archive: str = ""
    archived_on: str = ""


class PictureView(Record, frozen=True):
    """A picture of a body, by its output path: its size in pixels, and its forms and widths.

    `sources` are, for each form, its media type and the output paths of its widths, the narrowest first.
    """

    path: str
    width: int
    height: int
    sources: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()


class Page(Record, frozen=True):
    """An output path, the name of its template, its view, and the digest of the body that it shows.

    `anchors` are the HTML of the body's slots, in order; `passages` and `lapsed` links are to be marked in
    the body, and its `pictures` given in their sizes.
    """

    path: str
    template: str
    view: AnyView
    body: str = ""
    anchors: tuple[str, ...] = ()
    passages: tuple[QuotedPassage, ...] = ()
    lapsed: tuple[LapsedLink, ...] = ()
    pictures: tuple[PictureView, ...] = ()
