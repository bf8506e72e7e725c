"""The dossier as data, in names that stay. The JSON Schema and its documentation are made of this.

Within a version fields are only ever added. A dossier that needs a field to be gone, or to mean something
else, has the next version.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from dossier.model import ClaimState, Kind, Obtained, Stance, TextOnFile
from dossier.model import Rights as Shown

VERSION = 1
SCHEMA = f"dossier-{VERSION}.schema.json"


class Data(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An object of the data."""


Identifier = Annotated[str, Meta(description="its id, unique among all of its kind")]
Page = Annotated[str, Meta(description="where its page is in the site, relative to the site's root")]
Address = Annotated[str, Meta(description="the page's address on the web; empty where the site has no `url`")]
Date = Annotated[str, Meta(description="EDTF level 0 (`2020-02-12`, `2020-02`, `2020`); empty where unknown")]
Html = Annotated[
    str, Meta(description="its text as XHTML, whose links into the site are relative to the site's root")
]
Topics = Annotated[tuple[str, ...], Meta(description="ids of topics")]
People = Annotated[tuple[str, ...], Meta(description="ids of people")]
Organizations = Annotated[tuple[str, ...], Meta(description="ids of organizations")]
Places = Annotated[tuple[str, ...], Meta(description="ids of places")]
Cites = Annotated[tuple[str, ...], Meta(description="ids of the articles that the text cites, in that order")]


class EventData(Data, frozen=True, kw_only=True):
    """A dated thing that happened."""

    date: Date
    end: Date
    title: Annotated[str, Meta(description="what happened, in a short sentence")]
    summary: Annotated[str, Meta(description="a sentence or two more; may be empty")]
    people: People
    organizations: Organizations
    places: Places
    articles: Annotated[tuple[str, ...], Meta(description="ids of the articles that are its sources")]


class ExcerptData(Data, frozen=True, kw_only=True):
    """A verbatim passage of an article."""

    text: Annotated[str, Meta(description="the words")]
    speaker: Annotated[str, Meta(description="who says them, as named; may be empty")]
    role: Annotated[str, Meta(description="as what; may be empty")]
    locator: Annotated[str, Meta(description="where in the article; may be empty")]


class ArticleData(Data, frozen=True, kw_only=True):
    """Somebody else's text, and where it came from."""

    id: Identifier
    page: Page
    address: Address
    title: Annotated[str, Meta(description="its headline")]
    kind: Annotated[Kind, Meta(description="what kind of text it is")]
    source: Annotated[str, Meta(description="the id of the outlet or body that published it; may be empty")]
    via: Annotated[
        str,
        Meta(
            description="what it repeats: `articles/<id>`, `sources/<id>`, or an agency's name; may be empty"
        ),
    ]
    authors: Annotated[tuple[str, ...], Meta(description="who wrote it")]
    date: Date
    time: Annotated[str, Meta(description="RFC 3339, where the time of its publication is known, or empty")]
    url: Annotated[str, Meta(description="the original's address; may be empty")]
    archive_url: Annotated[str, Meta(description="the address of an archived copy; may be empty")]
    accessed: Annotated[str, Meta(description="the day on which the original was read; may be empty")]
    language: Annotated[str, Meta(description="BCP 47 tag of its language")]
    topics: Topics
    people: People
    organizations: Organizations
    places: Places
    tags: Annotated[tuple[str, ...], Meta(description="the curator's tags")]
    summary: Annotated[str, Meta(description="what it says, in the curator's words; may be empty")]
    text: Annotated[TextOnFile, Meta(description="what is on file: the full text, excerpts, or a summary")]
    shown: Annotated[Shown, Meta(description="how much of what is on file is published")]
    html: Annotated[
        str, Meta(description="the text on file as XHTML where all of it is published, else empty")
    ]
    opening: Annotated[str, Meta(description="its first words where an excerpt is published, else empty")]
    excerpts: Annotated[tuple[ExcerptData, ...], Meta(description="verbatim passages")]
    quoted: Annotated[
        tuple[str, ...], Meta(description="words that the site quotes of a text published as an excerpt")
    ]
    events: Annotated[tuple[EventData, ...], Meta(description="events that it records")]
    cited_by: Annotated[
        tuple[str, ...], Meta(description="the documents that cite it: `notes/<id>`, `topics/<id>` …")
    ]
    obtained: Annotated[Obtained | Literal[""], Meta(description="how its text came here; may be empty")]
    checksum: Annotated[str, Meta(description="SHA-256 of the text on file, in hexadecimal digits, or empty")]
    capture: Annotated[str, Meta(description="SHA-256 of the bytes that the text was taken from, or empty")]


class NoteData(Data, frozen=True, kw_only=True):
    """The curator's own writing."""

    id: Identifier
    page: Page
    address: Address
    title: Annotated[str, Meta(description="its title")]
    date: Date
    updated: Date
    authors: Annotated[
        tuple[str, ...], Meta(description="who wrote it; the site's authors if it doesn't say")
    ]
    status: Annotated[
        str, Meta(description="as what it is offered (`analysis`, `open question`); may be empty")
    ]
    topics: Topics
    tags: Annotated[tuple[str, ...], Meta(description="its tags")]
    summary: Annotated[str, Meta(description="what it says, in a sentence; may be empty")]
    html: Html
    cites: Cites
    claims: Annotated[tuple[str, ...], Meta(description="ids of the claims that it makes")]
    events: Annotated[tuple[EventData, ...], Meta(description="events that it records")]


class TopicData(Data, frozen=True, kw_only=True):
    """What groups articles and notes, with the curator's overview."""

    id: Identifier
    page: Page
    address: Address
    title: Annotated[str, Meta(description="its title")]
    summary: Annotated[str, Meta(description="what it is about; may be empty")]
    parent: Annotated[str, Meta(description="the id of the topic that it stands within; may be empty")]
    html: Html
    cites: Cites
    claims: Annotated[tuple[str, ...], Meta(description="ids of the claims that it makes itself")]
    events: Annotated[tuple[EventData, ...], Meta(description="events that it records itself")]


class EvidenceData(Data, frozen=True, kw_only=True):
    """What an article says to a claim."""

    article: Annotated[str, Meta(description="the article's id")]
    stance: Annotated[Stance, Meta(description="on which side it is")]
    quote: Annotated[str, Meta(description="its own words; may be empty")]
    speaker: Annotated[str, Meta(description="who says them, as named; may be empty")]
    locator: Annotated[str, Meta(description="where in the article; may be empty")]
    comment: Annotated[str, Meta(description="the curator's; may be empty")]


class ClaimData(Data, frozen=True, kw_only=True):
    """A statement that can be true or false, and how it stands by the evidence."""

    id: Identifier
    page: Page
    address: Address
    statement: Annotated[str, Meta(description="what is said to be so")]
    as_of: Date
    state: Annotated[ClaimState, Meta(description="how it stands, worked out from its evidence")]
    supporting: Annotated[int, Meta(description="how many independent sources support it")]
    disputing: Annotated[int, Meta(description="how many independent sources dispute it")]
    topics: Topics
    tags: Annotated[tuple[str, ...], Meta(description="its tags")]
    evidence: Annotated[tuple[EvidenceData, ...], Meta(description="what articles say to it")]
    superseded_by: Annotated[str, Meta(description="the id of the claim in its place; may be empty")]
    holder: Annotated[str, Meta(description="the id of the note or topic that makes it; may be empty")]
    html: Html
    cites: Cites


class LinkData(Data, frozen=True, kw_only=True):
    """A link out of the site."""

    title: Annotated[str, Meta(description="where it leads")]
    url: Annotated[str, Meta(description="the address")]


class EntityData(Data, frozen=True, kw_only=True):
    """A person, an organization, a place or a source."""

    id: Identifier
    page: Page
    address: Address
    name: Annotated[str, Meta(description="the name it goes by")]
    aliases: Annotated[tuple[str, ...], Meta(description="other names of it")]
    description: Annotated[str, Meta(description="a line; may be empty")]
    role: Annotated[str, Meta(description="of a person; may be empty")]
    owner: Annotated[str, Meta(description="of a source: who owns it, an id or a name; may be empty")]
    latitude: Annotated[float | None, Meta(description="of a place: degrees north, WGS 84, or null")]
    longitude: Annotated[float | None, Meta(description="of a place: degrees east, WGS 84, or null")]
    links: Annotated[tuple[LinkData, ...], Meta(description="where there is more of it")]


class SiteData(Data, frozen=True, kw_only=True):
    """The site as a whole."""

    title: Annotated[str, Meta(description="its title")]
    subtitle: Annotated[str, Meta(description="may be empty")]
    description: Annotated[str, Meta(description="may be empty")]
    url: Annotated[str, Meta(description="where it is published; may be empty")]
    language: Annotated[str, Meta(description="BCP 47 tag of the curator's language")]
    authors: Annotated[tuple[str, ...], Meta(description="whose dossier it is")]
    as_of: Date


class Dossier(Data, frozen=True, kw_only=True):
    """All that a dossier publishes."""

    format: Annotated[Literal["dossier"], Meta(description="says that this is such data")] = "dossier"
    version: Annotated[Literal[1], Meta(description="of the names and meanings used here")] = 1
    site: Annotated[SiteData, Meta(description="the site as a whole")]
    topics: Annotated[tuple[TopicData, ...], Meta(description="in the curator's order")]
    articles: Annotated[tuple[ArticleData, ...], Meta(description="newest first")]
    notes: Annotated[tuple[NoteData, ...], Meta(description="newest first")]
    claims: Annotated[tuple[ClaimData, ...], Meta(description="newest first, those superseded last")]
    people: Annotated[tuple[EntityData, ...], Meta(description="by name")]
    organizations: Annotated[tuple[EntityData, ...], Meta(description="by name")]
    places: Annotated[tuple[EntityData, ...], Meta(description="by name")]
    sources: Annotated[
        tuple[EntityData, ...], Meta(description="the outlets and bodies that publish, by name")
    ]


def schema() -> dict[str, object]:
    """The JSON Schema of the data (draft 2020-12)."""
    made = msgspec.json.schema(Dossier)
    about = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Dossier, version {VERSION}",
    }
    return {**about, **made}
