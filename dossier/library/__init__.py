"""Documents, joined: who cites, names and groups whom. Every check that needs more than one file."""

from dossier.library.join import link
from dossier.library.model import Library, Standings, Target

__all__ = ["Library", "Standings", "Target", "link"]
