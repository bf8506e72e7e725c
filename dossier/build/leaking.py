"""What in a site's files must not become public. Files that have nothing of the kind are remembered."""

from dossier import sources, urls
from dossier.build.documents import Documents
from dossier.diagnostics import Diagnostic
from dossier.leaks import leaks
from dossier.pictures import is_picture, stripped

TABLE = "harmless"


def find_leaks(documents: Documents) -> list[Diagnostic]:
    """The findings in all files of a site, drafts included, but not in themes that come with dossier."""
    memo, listing = documents.memo, documents.listing
    known = memo.keys(TABLE)
    findings: list[Diagnostic] = []
    harmless: list[tuple[bytes, bytes]] = []
    live: set[bytes] = set()
    for path, entry in documents.entries.items():
        key = entry.digest + urls.suffix_of(path).encode()
        live.add(key)
        if key in known or (path.startswith("themes/") and path in listing.elsewhere):
            continue
        try:
            data, _ = sources.read(listing, path)
        except OSError:
            continue  # It went; a build says so where that matters.
        if path in listing.assets and is_picture(path):
            data = stripped(data)  # As it is published.
        found = list(leaks(path, data))
        findings += found
        if not found:
            harmless.append((key, b""))
    memo.put(TABLE, harmless)
    memo.prune(TABLE, live)
    memo.commit()
    return findings
