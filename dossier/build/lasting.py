"""Addresses that were published and would vanish: what the site's list has, against the pages there are."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from dossier import published, sources, urls
from dossier.build.documents import Documents
from dossier.build.planning import Planned
from dossier.diagnostics import Diagnostic
from dossier.plan.redirects import TEMPLATE
from dossier.sources import Listing


def record_of(listing: Listing) -> Mapping[str, int] | None:
    """The published addresses of a site, each with its line; None where it has no list."""
    try:
        data, _ = sources.read(listing, published.RECORD)
    except OSError:
        return None
    return published.read_record(data)


def lasting_pages(planned: Planned) -> set[str]:
    """The pages whose addresses are promised: of documents and entities, and former addresses."""
    former = {path for path, recipe in planned.recipes.items() if recipe.is_former}
    former |= {path for path, row in planned.rows.items() if row.template == TEMPLATE}
    return former | {path for path in (*planned.recipes, *planned.rows) if published.lasts(path)}


def vanished(
    documents: Documents,
    planned: Planned,
    record: Mapping[str, int] | None,
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> Iterable[Diagnostic]:
    """The findings for published addresses that would vanish."""
    if not record:
        return ()
    pages = {*planned.recipes, *planned.rows}
    files = {}
    for path in documents.paths():
        kind = urls.document_kind(path)
        if kind in urls.FOLDERS:
            page = urls.page_path(kind, urls.document_id(path))
            if page in pages:
                files[page] = path
    return published.vanished(record, pages, files, renamed)
