"""A site that is built and held: no other command changes it or its output until it is let go."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dossier import output, sources
from dossier.build.options import Options
from dossier.build.pipeline import made
from dossier.build.result import Result
from dossier.build.session import Session, opened
from dossier.model import Site


@dataclass
class Held:
    """A site, locked and listed; once it is built, `files` are those of its output, without the marker."""

    session: Session
    files: Mapping[str, output.Written] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The output."""
        return self.session.options.folder

    @property
    def state(self) -> Path | None:
        """The site's `.dossier/`; None where nothing can be kept."""
        return self.session.state.folder if self.session.state else None

    def build(self) -> Result:
        """Make the output equal to what a clean build would give."""
        options, session = self.session.options, self.session
        output.refuse(options.folder, options.site)
        writer = output.Writer(options.folder, session.state, adopt=options.adopt)
        writer.claim()
        with session.documents() as documents:
            result = made(session, documents, writer)
        if writer.manifest is not None and not result.failed:
            files = writer.manifest.files
            self.files = {path: written for path, written in files.items() if path != output.MARKER}
        return result


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
