"""Exchanges with servers on the web: one request, one answer, within limits of time and size.

It knows httpx, as `clip` does beside it, and protego, which come with the extra `dossier-site[check]` and are
loaded by those who ask a server for something.
"""

from importlib.util import find_spec

from dossier.diagnostics import Diagnostic, Mark, error

PACKAGES = ("httpx", "protego")


def missing() -> Diagnostic | None:
    """The finding where the packages aren't installed; None where they are."""
    lacking = [package for package in PACKAGES if find_spec(package) is None]
    if not lacking:
        return None
    message = f"to ask servers needs {' and '.join(lacking)}, not installed here"
    return error("dossier", Mark(), "fetching-missing", message, "pip install 'dossier-site[check]'")
