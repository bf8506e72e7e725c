"""A site that stays parsed: what is saved, what editors hold unsaved, and what comes of the two together.

At the start everything comes from what builds have kept; from then on a file is parsed again when it has
changed, and nothing else is. Neither the memo nor the site's lock is held meanwhile, so that builds go on as
ever.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dossier import documents, library, sources, urls
from dossier.build import Options
from dossier.build.editing import KeptTexts
from dossier.build.linking import Linked
from dossier.build.quoted import Quoted, quotations_in, standings_of
from dossier.build.session import opened
from dossier.check import editorial
from dossier.check.sketches import sketch, text_of
from dossier.diagnostics import Diagnostic
from dossier.evidence.standings import Standing
from dossier.evidence.verifying import OnFile, on_file
from dossier.findings.code import Stage
from dossier.findings.policy import ALWAYS, judged
from dossier.library import Library
from dossier.library.checks import DOCUMENTS, not_yet
from dossier.lsp.uses import UsedIn, used_in
from dossier.model import Article, Parsed
from dossier.plan.redirects import formers
from dossier.sources import Listing
from dossier.walking import Stat, bundled_themes

STAGES: frozenset[Stage] = ALWAYS | {"check"}
# Up to so many files are looked at as an editor would while one types; more, once something is saved.
FEW = 1_000


@dataclass(frozen=True)
class Snapshot:
    """A site as it was a moment ago: its files, joined, drafts included; and the findings by path."""

    heads: Mapping[str, Parsed]
    library: Library
    findings: Mapping[str, tuple[Diagnostic, ...]]
    uses: UsedIn


@dataclass
class OpenSite:
    """`buffers` are the texts that editors hold, by path. `today` gives the day as an ISO date."""

    site: Path
    today: Callable[[], str]
    buffers: dict[str, str] = field(default_factory=dict)
    snapshot: Snapshot | None = None

    def __post_init__(self) -> None:
        self._saved: dict[str, Parsed] = {}
        self._stats: dict[str, Stat] = {}
        self._listing = Listing(self.site)
        self._unread: dict[str, Diagnostic] = {}
        self._sketches: dict[str, bytes] = {}
        self._standings: dict[tuple[str, str], Standing] = {}
        self._judged_by: dict[str, Parsed] = {}
        self._editorial: tuple[Diagnostic, ...] = ()
        self._parsed: dict[str, tuple[str, Parsed]] = {}
        self._lock = threading.Lock()

    # ------------------------------------------------------------ one file

    def parsed(self, path: str) -> Parsed | None:
        """What a file says as the editor has it, else as it was saved; None for one of no kind."""
        text = self.buffers.get(path)
        return self._saved.get(path) if text is None else self._parse(path, text)

    def text(self, path: str) -> str:
        """The text of a file, as the editor has it, else as it is on the disk; '' where it can't be read."""
        held = self.buffers.get(path)
        if held is not None:
            return held
        try:
            return sources.read(self._listing, path)[0].decode("utf-8-sig", "replace")
        except OSError:
            return ""

    def place(self, path: str) -> str:
        """Where a file is on the disk, whatever Unicode form its name has there."""
        return self._listing.place(path)

    def _parse(self, path: str, text: str) -> Parsed:
        # Requests and the joining of all ask for the same texts, from two threads.
        with self._lock:
            known = self._parsed.get(path)
            if known is None or known[0] != text:
                known = self._parsed[path] = (
                    text,
                    documents.parse(path, text.encode("utf-8", "surrogatepass")),
                )
            return known[1]

    # ------------------------------------------------------------ what is saved

    def begin(self) -> None:
        """Take in the whole site, from what builds have kept of it as far as they have."""
        options = Options(site=self.site, today=self.today(), jobs=1)
        with opened(options, wait=False) as session, session.documents() as kept:
            heads = kept.heads()
            self._saved = {head.path: head for head in heads}
            self._stats = {path: entry.stat for path, entry in kept.entries.items()}
            self._listing = session.listing
            self._unread = {finding.path: finding for finding in kept.findings}
            self._standings = dict(standings_of(kept, heads)[0])
            self._judged_by = dict(self._saved)
            articles = [head.value for head in heads if isinstance(head.value, Article)]
            texts = KeptTexts(kept, len(articles), options)
            self._sketches = {article.path: texts.sketch(article) for article in articles}
            texts.keep()

    def look_again(self) -> None:
        """Take in what changed on the disk."""
        self._listing = sources.scan(self.site, bundled_themes())
        files = self._listing.files
        for path in self._stats.keys() - files.keys():
            self._forget(path)
        for path, stat in files.items():
            if self._stats.get(path) != stat:
                self._read(path, stat)

    def _forget(self, path: str) -> None:
        for held in (self._stats, self._saved, self._unread, self._sketches):
            held.pop(path, None)

    def _read(self, path: str, stat: Stat) -> None:
        self._forget(path)
        self._stats[path] = stat
        if path not in self._listing.documents:
            return
        try:
            data, self._stats[path] = sources.read(self._listing, path)
        except FileNotFoundError:
            self._forget(path)
        except OSError as problem:
            self._unread[path] = sources.unreadable(path, problem)
        else:
            with self._lock:
                self._saved[path] = documents.parse(path, data)

    # ------------------------------------------------------------ all of it together

    def join(self, *, thoroughly: bool) -> Snapshot:
        """Join what is saved with what isn't; `thoroughly` to see it as an editor would, too."""
        # Copied at once, since editors go on typing.
        buffers = {path: text for path, text in dict(self.buffers).items() if is_read(path)}
        heads = self._saved | {path: self._parse(path, text) for path, text in buffers.items()}
        with self._lock:
            self._parsed = {path: known for path, known in self._parsed.items() if path in self.buffers}
        paths = frozenset(self._stats) | buffers.keys()
        self._judge_quotations(heads)
        today, files = self.today(), list(heads.values())
        whole, findings = library.link(files, paths, today, True, self._standings)
        linked = Linked(files, whole, findings, Quoted())
        away = {path for path, head in heads.items() if stays_out(head, today)}
        if away:
            shown, of_shown = library.link(files, paths, today, False, self._standings)
            linked = Linked(files, shown, (*of_shown, *(f for f in findings if f.path in away)), Quoted())
        found = [*self._listing.findings, *self._unread.values(), *linked.findings]
        found += [finding for head in files for finding in head.diagnostics]
        if next(formers(linked.library), None) is not None:
            found += linked.clashes(linked.recipes().values())
        if thoroughly or len(heads) <= FEW:
            self._editorial = editorial(heads, linked.library, today, _Texts(self))
        unsaved = {path for path in buffers if heads[path] is not self._saved.get(path)}
        few = len(heads) <= FEW
        found += [finding for finding in self._editorial if few or finding.path not in unsaved]
        findings_by_path = _by_path(judged(found, linked.policy, STAGES))
        self.snapshot = Snapshot(heads, whole, findings_by_path, used_in(heads.values(), whole))
        return self.snapshot

    def _judge_quotations(self, heads: Mapping[str, Parsed]) -> None:
        """Hold quotations against the texts on file, as far as that isn't known."""
        articles = {h.value.id: h for h in heads.values() if isinstance(h.value, Article)}
        asked = {
            (name, words) for name, all_words in quotations_in(heads.values()).items() for words in all_words
        }
        moved = {name for name, head in articles.items() if self._judged_by.get(head.path) is not head}
        known = {
            key: standing
            for key, standing in self._standings.items()
            if key in asked and key[0] in articles and key[0] not in moved
        }
        held: dict[str, OnFile] = {}
        for name, words in sorted(asked - known.keys()):
            if name in articles:
                if name not in held:
                    held[name] = self._on_file(articles[name])
                known[name, words] = held[name].standing(words)
        self._standings = known
        self._judged_by = dict(heads)

    def _on_file(self, head: Parsed) -> OnFile:
        article = head.value
        assert isinstance(article, Article)
        return on_file(article, lambda: self._segments(head))

    def _segments(self, head: Parsed) -> tuple[str, ...]:
        """The HTML of a text; what builds have kept comes without."""
        return head.segments or self._parse_again(head.path).segments

    def _parse_again(self, path: str) -> Parsed:
        with self._lock:
            return documents.parse(path, self.text(path).encode("utf-8", "surrogatepass"))

    # ------------------------------------------------------------ texts, for those who compare them

    def sketch(self, article: Article) -> bytes:
        """The sketch of an article's text as it was saved last."""
        kept = self._sketches.get(article.path)
        if kept is None:
            kept = self._sketches[article.path] = sketch(self.plain_text(article))
        return kept

    def plain_text(self, article: Article) -> str:
        """An article's text without its marks."""
        head = self._saved.get(article.path)
        segments = self._segments(head) if head else self._parse_again(article.path).segments
        return text_of(segments)


@dataclass(frozen=True)
class _Texts:
    """The texts of an open site's articles."""

    site: OpenSite

    def sketch(self, article: Article) -> bytes:
        return self.site.sketch(article)

    def text(self, article: Article) -> str:
        return self.site.plain_text(article)


def is_read(path: str) -> bool:
    """Whether a path is that of a document, a register or a file of settings."""
    return urls.document_kind(path) not in (None, "asset", "style")


def stays_out(head: Parsed, today: str) -> bool:
    """Whether a file's document, or a claim that it holds, stays out of the site as it is built."""
    value = head.value
    if not isinstance(value, DOCUMENTS):
        return False
    claims = getattr(value, "claims", ())
    return any(document.draft or not_yet(document, today) for document in (value, *claims))


def _by_path(findings: Iterable[Diagnostic]) -> dict[str, tuple[Diagnostic, ...]]:
    grouped: dict[str, list[Diagnostic]] = {}
    for finding in sorted(set(findings)):
        grouped.setdefault(finding.path, []).append(finding)
    return {path: tuple(group) for path, group in grouped.items()}
