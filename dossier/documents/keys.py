"""Keys that dossier doesn't know, and those that were probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from dossier.frontmatter import Node, Scalar

# Names that other tools and other habits give to these fields.
_SYNONYMS = {
    "title": ("headline", "heading", "name", "subject", "statement"),
    "statement": ("claim", "title", "headline", "assertion", "text", "name"),
    "as_of": ("date", "asof", "when", "day", "since", "at"),
    "evidence": ("articles", "sources", "proof", "citations", "references", "support"),
    "stance": ("position", "side", "verdict", "direction", "relation", "kind"),
    "article": ("id", "source", "articles", "cites"),
    "quote": ("text", "quotation", "excerpt", "passage", "words"),
    "comment": ("note", "remark", "comments", "explanation", "reason"),
    "superseded_by": ("superseded", "replaced_by", "supersededby", "obsoleted_by", "see"),
    "claims": ("claim", "statements"),
    "via": ("agency", "wire", "syndicated_from", "repeats", "originally", "credit", "reprinted_from"),
    "name": ("title", "label"),
    "source": ("outlet", "publisher", "publication", "website", "newspaper", "container_title", "from"),
    "authors": ("author", "byline", "by", "creator", "creators", "writer"),
    "date": ("published", "publish_date", "pubdate", "publication_date", "issued", "created", "when", "day"),
    "updated": ("lastmod", "modified", "last_modified", "changed", "revised"),
    "url": ("link", "href", "uri", "address", "source_url", "original", "baseurl", "base_url", "site_url"),
    "archive_url": ("archive", "archived", "archive_link", "wayback"),
    "accessed": ("retrieved", "access_date", "accessed_at", "visited", "clipped"),
    "language": ("lang", "locale", "language_code"),
    "kind": ("type", "genre", "item_type"),
    "topics": ("topic", "category", "categories", "dossier", "dossiers", "subjects"),
    "people": ("person", "persons", "who"),
    "organizations": ("organization", "organisation", "organisations", "org", "orgs", "companies"),
    "places": ("place", "location", "locations", "where", "countries", "country"),
    "tags": ("tag", "keywords", "keyword", "labels"),
    "summary": ("description", "abstract", "lede", "teaser", "standfirst", "dek", "summery"),
    "description": ("summary", "about", "bio", "abstract"),
    "rights": ("license", "licence", "copyright", "licensing"),
    "text": ("content", "body", "quote", "quotation", "passage"),
    "capture": ("checksum", "hash", "sha256", "digest", "snapshot"),
    "obtained": ("how", "provenance", "acquired", "method", "origin", "via_method"),
    "changes": ("history", "changelog", "git", "recent_changes"),
    "captures": ("capture_folder", "captures_dir", "warc"),
    "excerpts": ("excerpt", "quotes", "quote", "quotations", "highlights"),
    "events": ("event", "timeline", "dates"),
    "id": ("slug", "permalink", "identifier", "key"),
    "parent": ("part_of", "belongs_to", "up"),
    "order": ("weight", "position", "sort", "nav_order"),
    "aliases": ("alias", "also_known_as", "aka", "other_names", "names"),
    "status": ("state", "stage"),
    "draft": ("drafts", "unpublished", "hidden", "private"),
    "end": ("until", "to", "end_date", "date_end"),
    "articles": ("article", "sources", "source", "citations"),
    "speaker": ("who", "by", "author", "person", "said_by"),
    "locator": ("page", "pages", "paragraph", "where"),
    "role": ("position", "function", "office", "job", "title"),
    "links": ("link", "url", "urls", "website", "homepage"),
    "coordinates": ("coords", "location", "geo", "position", "latlng", "latitude", "longitude"),
    "latitude": ("lat",),
    "longitude": ("lon", "lng", "long"),
    "owner": ("owned_by", "parent", "publisher"),
    "subtitle": ("tagline", "claim", "slogan"),
    "page_size": ("paginate", "per_page", "entries_per_page"),
    "feed_size": ("feed_limit", "rss_limit"),
    "featured": ("feature", "highlights", "pinned", "home"),
    "theme": ("template", "skin", "design"),
    "findings": ("levels", "rules", "severity", "lint", "codes"),
    "allow": ("ignore", "silence", "noqa", "suppress", "disable", "accept"),
}
# What people type where they would rule on a claim themselves.
_RULINGS = frozenset(["state", "status", "verdict", "rating", "truth", "confidence", "true", "proven"])
_LISTS = frozenset(
    ["authors", "topics", "people", "organizations", "places", "tags", "aliases", "articles", "featured"]
)


def suggestion(key: str, node: Node, known: Iterable[str]) -> str:
    """The known key that was probably meant, or ''."""
    known = list(known)
    plain = key.strip().casefold().replace("-", "_").replace(" ", "_")
    if plain in known:
        return plain
    if _rules_on_a_claim(plain, known):
        return ""
    if plain in ("published", "publish") and "draft" in known and _says_no_or_yes(node):
        return "draft"
    for candidate in known:
        if plain in _SYNONYMS.get(candidate, ()):
            return candidate
    near = get_close_matches(plain, known, n=1, cutoff=0.7)
    return near[0] if near else ""


def unknown_key_hint(key: str, node: Node, known: Iterable[str], meant: str) -> str:
    """What to write instead of an unknown key."""
    if meant == "draft" and key.casefold().startswith("publish"):
        return "write 'draft: true' for what is not to be published"
    if meant in _LISTS and isinstance(node, Scalar) and not node.empty:
        return f"did you mean '{meant}'? write {meant}: [{_as_item(node)}]"
    if meant:
        return f"did you mean '{meant}'?"
    if _rules_on_a_claim(key.casefold(), known):
        return "delete it: whether a claim is corroborated or disputed follows from its evidence"
    if key == "id":
        return "delete it: the file's name, without .md, is the id"
    return "delete it; the keys are " + ", ".join(known)


def _rules_on_a_claim(plain: str, known: Iterable[str]) -> bool:
    return plain in _RULINGS and "superseded_by" in known


def _as_item(node: Scalar) -> str:
    text = node.text.strip()
    return text if text.replace("-", "").replace(" ", "").isalnum() else f'"{text}"'


def _says_no_or_yes(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text.casefold() in ("true", "false", "yes", "no")
