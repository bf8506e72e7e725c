"""An error that can be lowered leaves a site that can be made: tried with every broken file there is."""

from pathlib import Path

import pytest

from dossier import documents, sources, theme, urls
from dossier.findings.codes import CODES
from dossier.library import link
from dossier.plan import plan
from dossier.theme import Theme
from dossier.views import BibliographyView
from dossier.walking import bundled_themes
from tests.broken.test_broken import TODAY, cases, files_of

CASES = [*cases("one-file"), *cases("several-files")]


@pytest.fixture(scope="module")
def briefing() -> Theme:
    listing = sources.scan(Path("/nowhere"), bundled_themes())
    files = {path: sources.read(listing, path)[0] for path in listing.files}
    return theme.load("briefing", files)[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_page_is_made_without_the_errors_that_can_be_lowered(case: Path, briefing: Theme) -> None:
    files = files_of(case)
    parsed = [
        documents.parse(path, data) for path, data in files.items() if urls.document_kind(path) != "asset"
    ]
    library, findings = link(parsed, frozenset(files), TODAY, drafts=True)
    found = {finding.code for finding in (*findings, *(f for one in parsed for f in one.diagnostics))}
    if all(CODES[code].fixed for code in found):
        return
    segments = {one.value.body.digest: one.segments for one in parsed if hasattr(one.value, "body")}
    for page in plan(library):
        if not isinstance(page.view, BibliographyView):  # Themes have no say in those.
            assert theme.render(briefing, page, segments.get(page.body, ())), page.path
