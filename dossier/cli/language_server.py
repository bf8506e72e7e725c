"""`dossier lsp`."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

from dossier.cli.printing import say
from dossier.diagnostics import DossierError, Mark, error


def run_language_server(site: Path | None, today: Callable[[], str]) -> None:
    """Serve an editor, if what that stands on is installed."""
    if importlib.util.find_spec("pygls") is None:
        message, hint = "this needs a package that isn't installed: pygls", "pip install 'dossier-site[lsp]'"
        raise DossierError(error("dossier lsp", Mark(), "lsp-missing", message, hint))
    from dossier.lsp.serving import serve  # Nothing else has a use for it.

    if sys.stdin.isatty():
        say("this is for editors, which start it themselves: docs/editors.md says how", to=sys.stderr)
    serve(today, site)
