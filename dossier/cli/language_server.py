"""`dossier lsp`."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

from dossier.diagnostics import DossierError, Mark, error


def run_language_server(site: Path | None, today: Callable[[], str]) -> None:
    """Serve an editor, if what that stands on is installed."""
    if importlib.util.find_spec("pygls") is None:
        message, hint = "this needs a package that isn't installed: pygls", "pip install 'dossier-site[lsp]'"
        raise DossierError(error("dossier lsp", Mark(), "lsp-missing", message, hint))
    from dossier.lsp.serving import serve  # Nothing else has a use for it.

    serve(today, site)
