"""The live preview: watches a site, builds it in one warm process, serves it, and tells open pages.

The main thread builds, since only there can a build be interrupted; one thread serves, watchdog's own watch.
"""

from dossier.serve.preview import Reporter, preview
from dossier.serve.settings import Settings

__all__ = ["Reporter", "Settings", "preview"]
