"""What is said of each key while people type: the words of docs/front-matter.md, without its links."""

from collections.abc import Mapping

_ALIASES = "other names, and addresses at which it was published before"
_ALLOW = "findings that are allowed in this file, each with its reason"
_DRAFT = "`true` or `false` (also `yes`, `no`, `on`, `off`). Anything else is an error, and a draft"
_LINKS = "`https://…`: where it was found, and a copy in an archive"
_NAMED = "names, or ids of the registers"

_ARTICLE = {
    "title": "required; one line",
    "source": "the outlet or body that published it: a name, or an id of `content/sources.yaml`",
    "via": "what it repeats: the id of another article, or the name of an agency (`Reuters`)",
    "authors": "`[Jim Garamone, Terri Moon Cronk]`",
    "date": "when it was published: a date",
    "url": _LINKS,
    "archive_url": _LINKS,
    "accessed": "the day on which it was read: `2026-05-20`",
    "language": "`de`, `pt-BR`, `zh-Hans` (BCP 47); the site's language where it is missing",
    "kind": "`news`, `report`, `transcript`, `press-release`, `official`, `analysis`, `dataset`, `other`",
    "topics": "ids of topics: `[nato-iraq-mission, us-force-posture]`",
    "people": _NAMED,
    "organizations": _NAMED,
    "places": _NAMED,
    "tags": "free words",
    "summary": "one or two plain sentences",
    "rights": (
        "what may be published of the text: `full`, `excerpt` or `reference`; else what `site.yaml` says"
    ),
    "text": (
        "what the body is: `full` (the source's own words; the default), `excerpts` of them, `summary` "
        "(yours)"
    ),
    "capture": "the checksum of the bytes that the text was taken from, kept by `dossier clip`",
    "obtained": ("how it came here: `clipped`, `imported`, `typed`, `scanned`, `received`, `transcribed`"),
    "excerpts": "short verbatim passages",
    "events": "what happened",
    "aliases": _ALIASES,
    "draft": _DRAFT,
    "id": "an id instead of the file's name",
    "allow": _ALLOW,
}
_SHARED = {key: _ARTICLE[key] for key in ("title", "summary", "events", "aliases", "draft", "allow")}
_CLAIMS = "claims that it makes, each with an `id`"
_NOTE = {
    **_SHARED,
    "date": "required; when it was written: a date",
    "updated": "when it was last changed: a date",
    "authors": _ARTICLE["authors"],
    "topics": _ARTICLE["topics"],
    "tags": _ARTICLE["tags"],
    "status": "a word or two, as `open question`",
    "claims": _CLAIMS,
}
_TOPIC = {
    **_SHARED,
    "parent": "the id of the topic that it belongs to",
    "order": "a whole number: the lowest comes first",
    "claims": _CLAIMS,
}
_CLAIM = {
    "statement": "required; one sentence",
    "as_of": "the date for which it is said",
    "topics": _ARTICLE["topics"],
    "tags": _ARTICLE["tags"],
    "aliases": _ALIASES,
    "draft": _DRAFT,
    "allow": _ALLOW,
    "evidence": "a list of what articles say to it",
    "superseded_by": "the id of the claim that took its place",
}
_HELD = {key: text for key, text in _CLAIM.items() if key not in ("topics", "aliases", "allow")}
_SPOKEN = {
    "speaker": "who said it: a name, or an id of `content/people.yaml`",
    "locator": "where it stands: `p. 4`",
}
_ENTRY = {
    "name": "required; as pages show it",
    "aliases": _ALIASES,
    "description": "one line",
    "links": "pages elsewhere, each with a `title` and a `url`",
    "allow": "findings that are allowed in this entry, each with its reason",
}

_DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "article": _ARTICLE,
    "note": _NOTE,
    "topic": _TOPIC,
    "claim": _CLAIM,
    "held claim": {**_HELD, "id": "required; what its page and `[[id]]` are named by"},
    "evidence": {
        "article": "required; the id of an article",
        "stance": "required; `supports`, `disputes` or `mentions`",
        "quote": "the article's own words",
        "comment": "your words",
        **_SPOKEN,
    },
    "event": {
        "date": "required; when it happened, or began: a date",
        "end": "when it ended: a date",
        "title": "required; one short sentence",
        "summary": "a sentence or two more",
        "people": _NAMED,
        "organizations": _NAMED,
        "places": _NAMED,
        "articles": "the ids of the articles that are its sources",
    },
    "excerpt": {
        "text": "required; the words, exactly as the source has them",
        **_SPOKEN,
        "role": "what the speaker was then",
    },
    "person": {**_ENTRY, "role": "of people: what the person does or did"},
    "organization": _ENTRY,
    "place": {
        **_ENTRY,
        "coordinates": "of places: `{latitude: 33.31, longitude: 44.36}`, in decimal degrees",
    },
    "source": {**_ENTRY, "owner": "of sources: who owns it: a name, or an id of `content/sources.yaml`"},
    "web link": {"title": "required; what the link says", "url": "required; `https://…`"},
    "coordinates": {
        "latitude": "required; decimal degrees north, -90 to 90",
        "longitude": "required; decimal degrees east, -180 to 180",
    },
    "link": {
        "state": "required; `dead` or `unreachable`",
        "since": "the day on which that was first found",
        "by_hand": "`true`: a check leaves it as it is",
        "comment": "one line",
    },
    "site": {
        "title": "required",
        "subtitle": "one line each",
        "description": "one line each",
        "url": (
            "where the site will be published, as `https://example.org/dossier`; only feeds and canonical "
            "links need it"
        ),
        "language": "the language of the pages; `en`",
        "theme": "a folder of `themes/`; `briefing`",
        "authors": "who is responsible",
        "featured": "ids of the documents that the home page leads to, the most important first",
        "rights": "`full`, `excerpt` or `reference`, for articles that don't say; `excerpt`",
        "excerpt_words": "words of an excerpt, 0 to 1,000; 80",
        "page_size": "entries of a list's page, 1 to 10,000; 100",
        "feed_size": "entries of a feed, 1 to 1,000; 30",
        "citation_style": (
            "how citations and references are written: numbered, APA, Chicago and others, or a file such as "
            "`content/journal.csl`"
        ),
        "bibliographies": "`false` for a site without files for reference managers; true",
        "search": "`true` for a search page; needs `dossier-site[search]`",
        "images": "`false` to give pictures as they are, in no other sizes and forms; true",
        "social_cards": "`true` to draw cards for links to topics and notes; needs `url` and "
        "`dossier-site[images]`",
        "related": "`false` for pages that don't name what else to read; true",
        "check": (
            "`quiet_months`, `source_share`, `source_articles`, `similarity`, `contact`, `ignore_links`: "
            "what a check takes for too long, too much, too alike, and how it goes about links"
        ),
        "findings": ("what findings count as here, by their code: `error`, `warning`, `info` or `off`"),
        "changes": (
            "where what changed is known from: `git` (where there is a repository), `dates` or `off`; `git`"
        ),
        "changes_authors": "`true` to name the authors of commits there",
        "captures": ("the folder for the bytes of what was clipped, relative to the site; `captures`"),
        "captures_in_git": "`true` where git is to take them in",
        "publish": (
            "`remote`, `branch`, `keep`: where `dossier publish` publishes to, and what of the branch it "
            "leaves alone"
        ),
    },
    "check": {
        "quiet_months": "months that a topic may be without news, 1 to 1,200; 12",
        "source_share": "per cent of a topic's articles that one source may have, 1 to 100; 60",
        "source_articles": "articles of a topic from which on that counts, 2 to 10,000; 5",
        "similarity": "per cent from which on texts are nearly the same, 30 to 100; 75",
        "contact": "an address of the web or of mail, told to servers whose links are checked",
        "ignore_links": "beginnings of addresses that aren't asked for",
    },
    "publish": {
        "remote": "a remote of the repository; `origin`",
        "branch": "a branch; `gh-pages`",
        "keep": "paths of the branch that stay as they are; folders end in a slash",
    },
}


# What the items of a list are called here, where it isn't by the list's own name.
_ITEMS = {"events": "event", "excerpts": "excerpt", "claims": "held claim", "links": "web link"}


def item_of(key: str) -> str:
    """What has the keys of a list's items, or of a mapping, by the key that holds it."""
    return _ITEMS.get(key, key)


def description(what: str, key: str) -> str:
    """What is said of a key."""
    text = _DESCRIPTIONS[what][key]
    return text[0].upper() + text[1:]


def described() -> Mapping[str, Mapping[str, str]]:
    """All that is said, by what has the keys."""
    return _DESCRIPTIONS
