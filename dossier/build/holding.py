"""A site that is built and held: no other command changes it or its output until it is let go."""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dossier import output, sources, urls
from dossier.build import planning
from dossier.build.documents import Documents
from dossier.build.lasting import lasting_pages, record_of, vanished
from dossier.build.leaking import find_leaks
from dossier.build.options import Options
from dossier.build.pipeline import concluded, made
from dossier.build.result import Result
from dossier.build.session import Session, opened
from dossier.library.checks import not_yet
from dossier.library.model import document_kind_of
from dossier.model import Document, Register, Site
from dossier.plan.redirects import TEMPLATE
from dossier.published import lasts


@dataclass
class Held:
    """A site, locked and listed.

    Once it is built, `files` are those of its output, without the marker; and `lasting` are the pages whose
    addresses are promised. `held_back` are the pages that there must not be, of drafts and documents of the
    future, each with its document's path; `former` are the pages that lead to others, and to which.
    """

    session: Session
    files: Mapping[str, output.Written] = field(default_factory=dict)
    lasting: Collection[str] = ()
    held_back: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The output."""
        return self.session.options.folder

    @property
    def state(self) -> Path | None:
        """The site's `.dossier/`; None where nothing can be kept."""
        return self.session.state.folder if self.session.state else None

    def build(self, renamed: Mapping[str, str], published: Collection[str]) -> Result:
        """Make the output equal to what a clean build would give, and find what must not go out.

        `renamed` leads from the paths of files when they were last published to those that they have now, and
        `published` are the addresses that were, for a site that has no list of them.
        """
        options, session = self.session.options, self.session
        output.refuse(options.folder, options.site)
        writer = output.Writer(options.folder, session.state, adopt=options.adopt)
        writer.claim()
        with session.documents() as documents:
            result = made(session, documents, writer)
            if not result.failed:
                self._look_at_what_goes_out(documents, renamed, published)
        if writer.manifest is not None and not result.failed:
            files = writer.manifest.files
            self.files = {path: written for path, written in files.items() if path != output.MARKER}
        return result

    def _look_at_what_goes_out(
        self, documents: Documents, renamed: Mapping[str, str], published: Collection[str]
    ) -> None:
        session, planned = self.session, planning.planned(documents, self.session.options)
        record = record_of(session.listing)
        if record is None:
            record = dict.fromkeys(filter(lasts, published), 0)
        found = [*find_leaks(documents), *vanished(documents, planned, record, renamed)]
        self.lasting = lasting_pages(planned)
        values = [head.value for head in documents.heads()]
        led_on = {path for path, row in planned.rows.items() if row.template == TEMPLATE}
        self.former = {path: page for page, path in _formerly(values) if path in led_on}
        self.held_back = dict(_held_back(values, session.options.today, led_on))
        former = session.result.diagnostics
        concluded(found, session, planned.policy, ["publish"])
        session.result.diagnostics = (*former, *session.result.diagnostics)


def _formerly(values: Iterable[object]) -> Iterator[tuple[str, str]]:
    """The pages of documents and entities, each with an address that it had before."""
    for value in values:
        if isinstance(value, Document):
            for path in value.formerly:
                yield urls.page_path(document_kind_of(value), value.id), path
        elif isinstance(value, Register):
            for entity in value.entities:
                for path in entity.formerly:
                    yield urls.page_path(entity.kind, entity.id), path


def _held_back(values: Iterable[object], today: str, led_on: Collection[str]) -> Iterator[tuple[str, str]]:
    """The pages of drafts and of documents of the future, each with its document's path."""
    for value in values:
        if isinstance(value, Document) and (value.draft or not_yet(value, today)):
            page = urls.page_path(document_kind_of(value), value.id)
            if page not in led_on:
                yield page, value.path


@contextlib.contextmanager
def held(options: Options) -> Iterator[Held]:
    """Lock and list a site. Raises DossierError where another command is at work on it."""
    with opened(options) as session:
        yield Held(session)


def read_settings(site: Path) -> Site | None:
    """What `site.yaml` says; None where it can't be read, which a build tells more of."""
    from dossier import documents  # It loads the parsers.

    listing = sources.Listing(site)
    try:
        data, _ = sources.read(listing, "site.yaml")
    except OSError:
        return None
    value = documents.parse("site.yaml", data).value
    return value if isinstance(value, Site) else None
