"""Quotations held against the texts that they are cited from, and what of that earlier builds know.

What an article's text says to its quotations is kept by the article's path, with what it depends on: which
quotations there are, and what is on file. So a build reads the texts of those articles only of which one or
the other changed. An edit of a text alone, after which all its quotations stand as before, changes no plan.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from dossier.build.documents import ENCODER, ENOUGH, Documents, Kept
from dossier.evidence.standings import Standing
from dossier.memo import Memo
from dossier.model import Article, Claim, Note, Parsed, Record, Topic

if TYPE_CHECKING:
    from dossier.library import Standings

TABLE = "quotations"
_ALL = b""


class Quoted(Record, frozen=True):
    """All articles that are quoted, by their paths.

    `texts` are the digests of their bodies, of those whose text is on file; `standings` the digests of how
    their quotations stand.
    """

    texts: dict[str, str] = msgspec.field(default_factory=dict)
    standings: dict[str, bytes] = msgspec.field(default_factory=dict)

    def digest(self) -> bytes:
        """The digest of how all quotations stand; empty where there are none."""
        if not self.standings:
            return b""
        parts = (b"\0" + path.encode() + b"\0" + standing for path, standing in self.standings.items())
        return hashlib.blake2b(b"".join(parts), digest_size=16).digest()

    def moved(self, former: "Quoted") -> set[str]:
        """The articles whose quotations stand otherwise than before."""
        paths = self.standings.keys() | former.standings.keys()
        return {path for path in paths if self.standings.get(path) != former.standings.get(path)}


class Held(Record, frozen=True):
    """How the quotations of one article stand, and what that depends on."""

    quotations: tuple[str, ...]
    basis: bytes
    standings: tuple[Standing, ...]


def kept(documents: Documents) -> Quoted:
    """How the quotations stood in the last build that looked at them."""
    value = documents.memo.get(TABLE, _ALL)
    return msgspec.msgpack.decode(value, type=Quoted) if value is not None else Quoted()


def followed(documents: Documents, former: Quoted) -> Quoted:
    """How the same quotations stand to the texts as they are now.

    Where it can't be told without joining all documents, an article has another digest than any before it.
    """
    changed = [
        path
        for path, text in former.texts.items()
        if path in documents.entries and documents.entries[path].body != text
    ]
    if not changed:
        return former
    texts, standings, rows = dict(former.texts), dict(former.standings), []
    for path in changed:
        entry = documents.entries[path]
        row, head = documents.memo.get(TABLE, path.encode()), documents.memo.get("heads", entry.digest)
        article = _article(head) if head is not None else None
        if row is None or article is None:
            standings[path] = entry.digest
            continue
        held = msgspec.msgpack.decode(row, type=Held)
        held = hold(documents, documents.memo, path, article, held.quotations)
        texts[path], standings[path] = entry.body, _digest(held)
        rows.append((path.encode(), ENCODER.encode(held)))
    current = Quoted(texts, standings)
    documents.memo.put(TABLE, [*rows, (_ALL, ENCODER.encode(current))])
    return current


def _article(head: bytes) -> Article | None:
    value = msgspec.msgpack.decode(msgspec.msgpack.decode(head, type=Kept).head, type=Parsed).value
    return value if isinstance(value, Article) else None


def standings_of(documents: Documents, heads: Sequence[Parsed]) -> "tuple[Standings, Quoted]":
    """How every quotation of a site stands, by the article's id and the words."""
    asked = quotations_in(heads)
    if not asked:
        return {}, Quoted()
    articles: dict[str, Article] = {}
    for head in heads:
        if isinstance(head.value, Article) and head.value.id in asked:
            articles.setdefault(head.value.id, head.value)
    found = _kept_rows(documents, articles, asked)
    lacking = [article for identifier, article in articles.items() if identifier not in found]
    # One after another: to fork a process costs more than to look for some thousand quotations.
    for article in lacking:
        found[article.id] = hold(documents, documents.memo, article.path, article, asked[article.id])
    standings = {
        (identifier, words): standing
        for identifier, held in found.items()
        for words, standing in zip(held.quotations, held.standings, strict=True)
    }
    return standings, _remembered(documents, articles, found, lacking)


def quotations_in(heads: Iterable[Parsed]) -> dict[str, tuple[str, ...]]:
    """The words that documents quote, by the ids of the articles that they cite for them, each once."""
    asked: dict[str, dict[str, None]] = {}
    for head in heads:
        value = head.value
        if not isinstance(value, Note | Topic | Claim):
            continue
        for quotation in value.body.quotations:
            for article in quotation.articles:
                asked.setdefault(article, {})[quotation.text] = None
        for claim in (value,) if isinstance(value, Claim) else value.claims:
            for evidence in claim.evidence:
                if evidence.quote:
                    asked.setdefault(evidence.article, {})[evidence.quote] = None
    return {article: tuple(sorted(words)) for article, words in asked.items()}


def _kept_rows(
    documents: Documents, articles: Mapping[str, Article], asked: Mapping[str, tuple[str, ...]]
) -> dict[str, Held]:
    """What is kept of articles of which nothing changed since, by id."""
    memo, decoder = documents.memo, msgspec.msgpack.Decoder(Held)
    if len(articles) > ENOUGH:
        rows = dict(memo.all(TABLE))
    else:
        keys = [article.path.encode() for article in articles.values()]
        rows = {key: value for key in keys if (value := memo.get(TABLE, key)) is not None}
    found: dict[str, Held] = {}
    for identifier, article in articles.items():
        row = rows.get(article.path.encode())
        held = decoder.decode(row) if row is not None else None
        if held and (held.quotations, held.basis) == (asked[identifier], _basis(documents, article)):
            found[identifier] = held
    return found


def hold(documents: Documents, memo: Memo, path: str, article: Article, quotations: tuple[str, ...]) -> Held:
    """How quotations stand to an article's words on file."""
    # Most builds have a text to look at only where a quoted one was edited.
    from dossier.evidence.verifying import on_file

    words = on_file(article, lambda: documents.text(path, memo).segments)
    standings = tuple(words.standing(quotation) for quotation in quotations)
    return Held(quotations, _basis(documents, article), standings)


def _basis(documents: Documents, article: Article) -> bytes:
    """The digest of an article's words on file."""
    text = "" if article.text == "summary" else documents.entries[article.path].body
    excerpts = tuple(excerpt.text for excerpt in article.excerpts)
    return hashlib.blake2b(ENCODER.encode((text, excerpts)), digest_size=16).digest()


def _digest(held: Held) -> bytes:
    return hashlib.blake2b(ENCODER.encode((held.quotations, held.standings)), digest_size=16).digest()


def _remembered(
    documents: Documents,
    articles: Mapping[str, Article],
    found: Mapping[str, Held],
    anew: Iterable[Article],
) -> Quoted:
    """All articles that are quoted, kept for the next build together with what was found anew."""
    ordered = sorted(articles.values(), key=lambda article: article.path)
    quoted = Quoted(
        {a.path: documents.entries[a.path].body for a in ordered if a.text != "summary"},
        {a.path: _digest(found[a.id]) for a in ordered},
    )
    rows = [(article.path.encode(), ENCODER.encode(found[article.id])) for article in anew]
    documents.memo.put(TABLE, [*rows, (_ALL, ENCODER.encode(quoted))])
    documents.memo.prune(TABLE, {_ALL, *(article.path.encode() for article in ordered)})
    return quoted
