"""The data types of a dossier: what documents, registers, settings and bodies are made of.

All are frozen and plain (strings, numbers, booleans, tuples of these and of one another), so that their
MessagePack form is canonical: equal values have equal bytes, and a digest of the bytes is a key.

Dates are strings of EDTF level 0 (`2020-02-12`, `2020-02`, `2020`): they sort as they are shown, and never
say more than the source does.
"""

from typing import Literal

import msgspec

from dossier.diagnostics import Diagnostic, Mark


class Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A frozen value whose MessagePack form is an array of its fields, in their order."""


# ---------------------------------------------------------------- bodies

SlotKind = Literal["wiki", "citation", "file", "quotation", "footnote", "note"]


class Heading(Record, frozen=True):
    """A heading of a body: its level (2 to 6), its anchor and its plain text."""

    level: int
    id: str
    text: str


class CitationItem(Record, frozen=True):
    """One cited document of a citation: `[see @id, p. 4]` has prefix `see` and locator `p. 4`.

    `[-@id]` is without the author's name, which the text itself gives.
    """

    id: str
    number: int
    prefix: str = ""
    locator: str = ""
    suppressed: bool = False


class Slot(Record, frozen=True):
    """A place in a body whose address or text depends on other documents.

    `wiki` and `file` slots have a `target` (an id, or a path relative to the site), perhaps a `fragment`
    and the HTML of their own text; a `citation` has items, and `narrative` where it stands in running text. A
    `quotation` stands behind the citation of the next of the body's quotations. A `footnote` refers to the
    footnote whose number is its `target`; a `note` stands before each footnote and behind the last, where a
    style's notes may be put.
    """

    kind: SlotKind
    target: str = ""
    fragment: str = ""
    html: str = ""
    items: tuple[CitationItem, ...] = ()
    narrative: bool = False


class Quotation(Record, frozen=True):
    """Words in quotation marks, or a block quote, with the ids of the articles that are cited for them.

    `text` is plain, without the marks around it; a line feed in it begins a paragraph. `speaker` is whoever
    is named as having said it.
    """

    text: str
    articles: tuple[str, ...]
    speaker: str = ""


class Body(Record, frozen=True):
    """What is known of a document's text besides its HTML.

    The HTML is kept in `len(slots) + 1` segments, apart from this, under `digest`, which covers the
    segments, the slots and the headings. `citations` holds the cited ids in the order of their numbers;
    `mentions` the wiki-linked ids; `assets` the images and files that it uses, as paths relative to the site;
    `links` the addresses on the web that it leads to, as they stand in its HTML before escaping.

    `opening` holds the first words as plain text, and no more of them than pages may show, since every build
    reads it: 300 words of an article that may be published as an excerpt only (its text isn't a summary, and
    its rights are `excerpt` or the site's); else 100 words of what has no summary and is published; else
    none. `quotations` are those with a citation, in the order of their slots.

    `checksum` is that of an article's text as it stands below its front matter: the SHA-256 digest, in
    hexadecimal digits, of its lines in UTF-8, each ending in one line feed. Empty where there is no text.
    """

    digest: str = ""
    slots: tuple[Slot, ...] = ()
    headings: tuple[Heading, ...] = ()
    citations: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    words: int = 0
    opening: str = ""
    links: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    checksum: str = ""


# ---------------------------------------------------------------- documents

Stance = Literal["supports", "disputes", "mentions"]
ClaimState = Literal["unsupported", "single-source", "corroborated", "disputed", "superseded"]
Kind = Literal["news", "report", "transcript", "press-release", "official", "analysis", "dataset", "other"]
Rights = Literal["full", "excerpt", "reference"]
TextOnFile = Literal["full", "excerpts", "summary"]
Obtained = Literal["clipped", "imported", "typed", "scanned", "received", "transcribed"]


class Excerpt(Record, frozen=True):
    """A short verbatim passage of an article."""

    text: str
    speaker: str = ""
    role: str = ""
    locator: str = ""


class Event(Record, frozen=True):
    """A dated thing that happened. `articles` are the ids of its sources."""

    date: str
    title: str
    end: str = ""
    summary: str = ""
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


class Evidence(Record, frozen=True):
    """What an article, by its id, says to a claim. `quote` are the article's own words, said by `speaker`."""

    article: str
    stance: Stance
    quote: str = ""
    comment: str = ""
    speaker: str = ""
    locator: str = ""


class Claim(Record, frozen=True, tag=True):
    """A statement that can be true or false, with the articles that support or dispute it.

    `as_of` is the date for which it is said. A claim of a note's or topic's front matter has that document's
    path and topics and, as `holder`, its id; it has no body. `superseded_by` is the id of another claim.
    """

    id: str
    path: str
    statement: str
    body: Body
    as_of: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    superseded_by: str = ""
    holder: str = ""
    draft: bool = False
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What links to a claim say: its statement."""
        return self.statement

    @property
    def summary(self) -> str:
        """A claim has none: its statement is short enough."""
        return ""

    @property
    def events(self) -> tuple[Event, ...]:
        """A claim records none."""
        return ()


class Article(Record, frozen=True, tag=True):
    """Somebody else's text, clipped or summarised, and where it came from.

    `time` is the full RFC 3339 time where `date` was given as one. People, organizations, places and the
    source stand as they are written: a name, an alias or an id. `via` is what the article repeats: the id of
    another article, or the name of an agency. `capture` is the checksum of the bytes from which the text was
    taken: `sha256:` and 64 hexadecimal digits. `obtained` is how it came here.
    """

    id: str
    path: str
    title: str
    body: Body
    source: str = ""
    via: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    time: str = ""
    url: str = ""
    archive_url: str = ""
    accessed: str = ""
    language: str = ""
    kind: Kind = "other"
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    rights: Rights | Literal[""] = ""
    text: TextOnFile = "full"
    excerpts: tuple[Excerpt, ...] = ()
    events: tuple[Event, ...] = ()
    draft: bool = False
    capture: str = ""
    obtained: Obtained | Literal[""] = ""
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()


class Note(Record, frozen=True, tag=True):
    """The curator's own writing; cites articles."""

    id: str
    path: str
    title: str
    body: Body
    date: str = ""
    time: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    status: str = ""
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    draft: bool = False
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()


class Topic(Record, frozen=True, tag=True):
    """A page that groups articles and notes under an overview written by the curator."""

    id: str
    path: str
    title: str
    body: Body
    summary: str = ""
    parent: str = ""
    order: int = 0
    aliases: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    draft: bool = False
    formerly: tuple[str, ...] = ()


# `aliases` of a document are other names, by which `[[name]]` finds it; `formerly` are the output paths at
# which it was published before, and from which pages lead to it.
Document = Article | Note | Topic | Claim

# ---------------------------------------------------------------- registers

EntityKind = Literal["person", "organization", "place", "source"]


class WebLink(Record, frozen=True):
    """A link out of the site."""

    title: str
    url: str


class Coordinates(Record, frozen=True):
    """WGS 84, in degrees: latitude north (-90 to 90), longitude east (-180 to 180)."""

    latitude: float
    longitude: float


class Entity(Record, frozen=True):
    """A person, an organization, a place or a source, as its register describes it.

    `formerly` are the output paths at which its page was published before.
    """

    kind: EntityKind
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    role: str = ""
    owner: str = ""
    coordinates: Coordinates | None = None
    links: tuple[WebLink, ...] = ()
    formerly: tuple[str, ...] = ()


class Register(Record, frozen=True, tag=True):
    """One register file: the entities of one kind, in the file's order."""

    path: str
    kind: EntityKind
    entities: tuple[Entity, ...] = ()


class LinkState(Record, frozen=True):
    """An address on the web that no longer leads to what it led to, without its fragment.

    `dead` is one whose server says that there is nothing (any more), or that has been unreachable for weeks;
    `unreachable` one whose server couldn't be asked of late. `since` is the day on which that was first
    found. What a person wrote, `by_hand`, no check changes.
    """

    url: str
    state: Literal["dead", "unreachable"]
    since: str = ""
    by_hand: bool = False
    comment: str = ""


class LinkRecord(Record, frozen=True, tag=True):
    """`content/links.yaml`: what `dossier check --external --record` found of links out of the site."""

    path: str
    states: tuple[LinkState, ...] = ()


# ---------------------------------------------------------------- files


class Picture(Record, frozen=True):
    """A picture made of pixels, as its header has it; `width` is 0 where the file is none.

    Width and height are those of the picture as it is shown, in pixels. Of one that is `still`, smaller ones
    can be made. `clean` is the digest of its bytes without metadata, empty where these are all its bytes.
    """

    width: int = 0
    height: int = 0
    still: bool = False
    clean: str = ""


# ---------------------------------------------------------------- settings


class Level(Record, frozen=True):
    """How grave a site takes findings of one code to be."""

    code: str
    level: Literal["error", "warning", "info", "off"]


class CheckSettings(Record, frozen=True):
    """What `dossier check` takes for too long, too much and too alike.

    `quiet_months` are those that a topic may be without news; of its articles, if there are at least
    `source_articles`, no source may have more than `source_share` per cent. Texts that are `similarity` per
    cent alike are nearly the same. `contact` is told to servers whose links are checked; addresses that begin
    with one of `ignore_links` aren't.
    """

    quiet_months: int = 12
    source_share: int = 60
    source_articles: int = 5
    similarity: int = 75
    contact: str = ""
    ignore_links: tuple[str, ...] = ()


# How references are given: numbered, as dossier does it by itself, or in a style that Typst carries.
# https://typst.app/docs/reference/model/bibliography/#parameters-style
CITATION_STYLES = (
    "numbered",
    "apa",
    "chicago-author-date",
    "chicago-notes",
    "chicago-shortened-notes",
    "harvard-cite-them-right",
    "modern-humanities-research-association",
    "turabian-author-date",
    "turabian-fullnote-8",
)


class PublishSettings(Record, frozen=True):
    """Where `dossier publish` publishes to: a remote of the repository and a branch, the usual ones if empty.

    `keep` are paths of the branch, or folders with a slash at their end, that it leaves as they are.
    """

    remote: str = ""
    branch: str = ""
    keep: tuple[str, ...] = ()


Changes = Literal["git", "dates", "off"]


class CitationStyle(Record, frozen=True, tag=True):
    """A style of the Citation Style Language: one that Typst carries, by its `name`, or a file's `text`.

    Its citations may be `notes`; a page's number may stand without `p.`.
    """

    name: str
    text: str = ""
    notes: bool = False
    bare_pages: bool = False


class Site(Record, frozen=True, tag=True):
    """`site.yaml`. Only the title must be given.

    `url` is where the site will be published, for canonical links, feeds and the sitemap only.
    `featured` names the documents that the home page leads to, the first of them largest.
    `rights` is what is published of an article's full text where the article doesn't say.
    `excerpt_words`, `page_size` and `feed_size` are counts of words, list entries and feed entries. `search`
    says whether the site has a search page, whose index Pagefind makes; `images` whether pictures are given
    in several sizes and forms; `social_cards` whether cards are drawn for topics and notes; `bibliographies`
    whether there are files for reference managers; `related` whether pages name what else to read.
    `citation_style` is one of `CITATION_STYLES`, or the path of a file in `content/`.
    `findings` are the levels of codes that aren't to have their own. `captures` is the folder in which the
    bytes of what was clipped are kept, relative to the site, and `captures_in_git` whether git takes them in.
    `publish` says where the site is published to.
    `changes` says where what changed is known from: the commits of a repository where there is one, or the
    documents' own dates; `changes_authors` whether the authors of commits are named.
    """

    title: str
    subtitle: str = ""
    description: str = ""
    url: str = ""
    language: str = "en"
    theme: str = "briefing"
    authors: tuple[str, ...] = ()
    featured: tuple[str, ...] = ()
    rights: Rights = "excerpt"
    excerpt_words: int = 80
    page_size: int = 100
    feed_size: int = 30
    search: bool = False
    images: bool = True
    social_cards: bool = False
    bibliographies: bool = True
    related: bool = True
    citation_style: str = "numbered"
    findings: tuple[Level, ...] = ()
    captures: str = "captures"
    captures_in_git: bool = False
    changes: Changes = "git"
    changes_authors: bool = False
    check: CheckSettings = CheckSettings()
    publish: PublishSettings = PublishSettings()


# ---------------------------------------------------------------- the result of parsing one file

ReferenceKind = Literal["topic", "article", "claim", "via", "document", "citation", "wiki", "file", "asset"]


class Reference(Record, frozen=True):
    """A name that one file gives to something elsewhere, and where it gives it.

    `field` is the front matter's key, or `body`.
    """

    kind: ReferenceKind
    target: str
    fragment: str
    field: str
    mark: Mark


class Silence(Record, frozen=True):
    """A kind of finding that a file allows, and why.

    It holds from the line `first` to the line `last`, or in all of the file where these are 0.
    """

    code: str
    reason: str
    mark: Mark
    first: int = 0
    last: int = 0

    def covers(self, line: int) -> bool:
        """Whether it holds for a finding on this line; one of the whole file is on line 0."""
        return not self.last or self.first <= line <= self.last


class Parsed(Record, frozen=True):
    """What one file says. `value` is None where the file is too broken to stand in the site.

    `segments` is the HTML of the body, cut at its slots. `marks` place the front matter's keys, and the
    quotations of evidence as `evidence/<number>/quote`, counted from 0; those of a claim that a note or topic
    holds are named `claims/<id>/<key>`. `quoted` are the places of the body's quotations.
    """

    path: str
    value: Document | Register | LinkRecord | CitationStyle | Site | None
    segments: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    marks: tuple[tuple[str, Mark], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    silences: tuple[Silence, ...] = ()
    quoted: tuple[Mark, ...] = ()
