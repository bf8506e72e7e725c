"""A site's history: what commits changed in its documents, and how."""

from dossier.history.commits import Log, history_log
from dossier.history.git import Blobs, Unreadable, executable
from dossier.history.stories import Step, Stories, Story, changed_days, day_of, stories_of
from dossier.history.versions import Version, public_since, version
from dossier.history.words import Part, Revision, Run

__all__ = [
    "Blobs",
    "Log",
    "Part",
    "Revision",
    "Run",
    "Step",
    "Stories",
    "Story",
    "Unreadable",
    "Version",
    "changed_days",
    "day_of",
    "executable",
    "history_log",
    "public_since",
    "stories_of",
    "version",
]
