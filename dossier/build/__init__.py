"""The engine: reads a site, and makes its output equal to what a clean build would give.

Two pure functions are memoised by the digest of all their arguments, `parse(path, bytes)` and the joining of
what was parsed into pages; a page whose key (engine, theme, view, body) is that of the file on disk is not
rendered again. The arguments are the dependencies, so nothing is ever invalidated.
"""

from dossier.build.options import Options, Progress
from dossier.build.pipeline import build, read_library
from dossier.build.result import Explanation, Report, Result
from dossier.build.warm import Warm

__all__ = ["Explanation", "Options", "Progress", "Report", "Result", "Warm", "build", "read_library"]
